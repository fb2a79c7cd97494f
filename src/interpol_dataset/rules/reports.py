"""Rules on what reports say of time, countries and roles: the impossible and the unlikely."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.testimony import carries_text
from interpol_dataset.files import csv_rows
from interpol_dataset.records import models as m
from interpol_dataset.records.notes import years_until
from interpol_dataset.rules.context import Context, steps_of
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, record_rule
from interpol_dataset.schema.vocabulary import InterpolRole, OrganizationRole
from interpol_dataset.values.iso import COUNTRIES, countries_in
from interpol_dataset.values.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.values.edtf import Edtf


#: How long before it begins an operation is announced in the news of the week.
_AHEAD: Final = timedelta(days=7)
#: A month that is given as a whole ends after the announcement of its results.
_LATER: Final = timedelta(days=31)
#: Where it is the next day already.
_ZONES: Final = timedelta(days=1)
_YEAR: Final = timedelta(days=366)
_DATE: Final = re.compile(
    r"(?<![0-9a-z])(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?(?![0-9])"
)
#: A report on results that comes later is probably of another year's operation.
_LATE: Final = timedelta(days=335)
#: How long after its announcement an operation ends whose last days were still to come.
_LAST_DAYS: Final = timedelta(days=3)
_YEAR_IN_TEXT: Final = re.compile(r"(?<![0-9])(?:19[5-9]|20[0-9])[0-9](?![0-9])")


@record_rule(
    "MNG009", m.Case, m.Source, needs=("reports", "published", "retrieved"), excusable=True
)
def dates_in_order(entry: Entry, record: m.Case | m.Source, context: Context) -> Breaches:
    """Nothing is announced before it begins, and nothing is read before it is published."""
    if isinstance(record, m.Case):
        yield from _announced(entry, record)
    elif record.published and record.retrieved < record.published.start[0]:
        message = f"read on {record.retrieved}, before it was published"
        yield Breach(entry, ("retrieved",), message, _swapped(record, context.today))


def _announced(entry: Entry, case: m.Case) -> Breaches:
    """Compare each announcement with the period in its report, or with all where there is none."""
    periods = [report.period.value for report in case.reports if report.period]
    for index, report in enumerate(case.reports):
        own = [report.period.value] if report.period else periods
        if report.announced is None or not own:
            continue
        period = min(own, key=lambda value: value.start[0])
        if report.announced.value < period.start[0]:
            message = f"announced on {report.announced.value}, before the period {period} began"
            hint = "correct one of the two dates; a page on plans does not announce results"
            yield Breach(entry, ("reports", index, "announced", "value"), message, hint)


def _swapped(source: m.Source, today: date) -> str:
    """Return the right order of two dates that may have been swapped."""
    published = str(source.published)
    try:
        is_possible = date.fromisoformat(published) <= today
    except ValueError:
        is_possible = False
    if not is_possible:
        return f"'published' is {published}; correct one of the two dates"
    return f"were they swapped? write published: {source.retrieved}, retrieved: {published}"


@record_rule(
    "POL001",
    m.Case,
    m.Challenge,
    m.Lesson,
    m.Source,
    m.ClaimSet,
    needs=("reports", "searches", "proceedings", "published", "retrieved", "claims"),
)
def not_in_the_future(entry: Entry, record: m.Model, context: Context) -> Breaches:
    """Nothing was announced, published, read, searched for or decided in the future."""
    for path, day in _days(entry, record):
        if day > context.today:
            yield Breach(entry, path, f"{day} is in the future", "correct the date")


def _days(entry: Entry, record: m.Model) -> Iterator[tuple[KeyPath, date]]:
    """Return the days on which something is said to have happened."""
    for index, search in enumerate(getattr(record, "searches", ())):
        yield ("searches", index, "on"), search.on
    match record:
        case m.Case():
            yield from _days_of_reports(record)
        case m.Source():
            yield ("retrieved",), record.retrieved
            if record.published:
                yield ("published",), _reached(record.published)
        case m.ClaimSet():
            # The model sorts claims; places follow the file.
            for index, claim in enumerate(entry.data["claims"]):
                for number, search in enumerate(claim.get("searches", [])):
                    path = ("claims", index, "searches", number, "on")
                    yield path, date.fromisoformat(search["on"])


def _days_of_reports(case: m.Case) -> Iterator[tuple[KeyPath, date]]:
    for index, report in enumerate(case.reports):
        if report.announced:
            yield ("reports", index, "announced", "value"), report.announced.value
        if report.period:
            yield ("reports", index, "period", "value"), _reached(report.period.value)
    for path, step in steps_of(case):
        yield (*path, "year"), date(step.year, 1, 1)


def _reached(period: Edtf) -> date:
    """Return the last day that a period is sure to have reached."""
    return max(period.start[0], period.end[0])


@record_rule("MNG023", m.Case, needs=("reports",), **WARNING)
def period_fits_page(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """A page reports what has begun, and an operation ends before its results are announced."""
    announced = max(
        (report.announced.value for report in record.reports if report.announced), default=None
    )
    for index, report in enumerate(record.reports):
        if report.period is None or report.period.value.end[0] > context.today:
            continue  # what is still to come is another rule's
        if report.announced and report.announced.value < report.period.value.start[0]:
            continue  # and so is what was announced before it began

        period, source = report.period.value, context.sources.get(report.source)
        published = source.published if source else None
        if published and period.start[0] > _after(published.end[1], _AHEAD):
            message = f"the page is of {published}, before the period {period} begins"
        elif published and period.end[0] > _after(published.end[1], _LATER):
            message = f"the page is of {published}, before the period {period} ends"
        elif announced and period.end[0] > _after(announced, _LATER):
            message = f"the results were announced on {announced}, and {period} ends later"
        else:
            continue
        path = ("reports", index, "period", "value")
        yield Breach(entry, path, message, "correct the year, or day and month")


def _after(day: date, time: timedelta) -> date:
    """Return a day that is later by some time, as far as the calendar goes."""
    try:
        return day + time
    except OverflowError:
        return day


@record_rule("MNG024", m.Case, needs=("reports",), **WARNING)
def announced_near_page(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """
    A case is announced no later than the page that says so, and near one of its official pages.
    """
    cited = [context.sources.get(report.source) for report in record.reports]
    official = [
        source.published
        for source in cited
        if source and source.kind.is_document and source.published
    ]
    for index, (report, source) in enumerate(zip(record.reports, cited, strict=True)):
        if report.announced is None:
            continue

        path, day = ("reports", index, "announced", "value"), report.announced.value
        if day > context.today or (report.period and day < report.period.value.start[0]):
            continue  # other rules say so
        published = source.published if source else None
        if published and day > _after(published.end[1], _ZONES):
            message = f"announced on {day} by a page of {published}"
            yield Breach(entry, path, message, "correct one of the two dates")
        elif official and all(
            day > _after(page.end[1], _YEAR) or _after(day, _YEAR) < page.start[0]
            for page in official
        ):
            message = f"announced on {day}, more than a year off every official page"
            yield Breach(entry, path, message, "correct the year")


@record_rule("MNG025", m.Source, needs=("id", "published", "retrieved"), **WARNING)
def date_in_id(entry: Entry, record: m.Source, _context: Context) -> Breaches:
    """The date in a source's id is that of its publication."""
    match = _DATE.search(record.id)
    if match is None or record.published is None:
        return
    if record.retrieved < record.published.start[0]:
        return  # another rule says so

    written = re.sub(r"[~?%]", "", record.published.notation)
    if not written.isascii() or "/" in written or "X" in written:
        return
    if not (written.startswith(match[0]) or match[0].startswith(written)):
        message = f"published on {written}, and the id says {match[0]}"
        yield Breach(entry, ("published",), message, "correct one of the two")


@record_rule("MNG037", m.Case, needs=("reports",), **WARNING)
def announced_after_action(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """An operation is not announced in the middle of the action, nor a year after it."""
    hint = f"correct the year, or day and month; or {announced_after_action.exception}"
    for index, report in enumerate(record.reports):
        if report.period is None or report.announced is None:
            continue
        day, period = report.announced.value, report.period.value
        # What ends later than that, another rule says.
        if period.start[1] < day and _after(day, _LAST_DAYS) < period.end[0] <= _after(day, _LATER):
            message = f"announced on {day}, in the middle of the action: {period}"
            yield Breach(entry, ("reports", index, "announced", "value"), message, hint)

    periods = [
        (report.period.value.end[1], index)
        for index, report in enumerate(record.reports)
        if report.period
    ]
    first = _first_told(record, context)
    if periods and first is not None:
        end, index = max(periods)
        if first > _after(end, _LATE):
            message = f"the action ended on {end}, and no page tells of it before {first}"
            yield Breach(entry, ("reports", index, "period", "value"), message, hint)


def _first_told(case: m.Case, context: Context) -> date | None:
    """Return the first day on which a page can have reported a case."""
    announced = [report.announced.value for report in case.reports if report.announced]
    sources = [context.sources.get(report.source) for report in case.reports]
    if any(source is None or source.published is None for source in sources):
        return min(announced, default=None)
    published = [source.published.start[0] for source in sources if source and source.published]
    return min([*announced, *published], default=None)


@record_rule("MNG038", m.Case, needs=("id", "name", "summary", "reports"), **WARNING)
def year_of_case(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """The year in the name of a case, or in its id, is one of the years that its reports give."""
    known = sorted(_years(record))
    texts = {"name": f"{record.name} {record.id}"}
    if not known:
        texts["summary"] = record.summary
    reports = f"the reports have {listed(map(str, known))}" if known else "no report has a date"
    for field, text in texts.items():
        years = dict.fromkeys(_YEAR_IN_TEXT.findall(text))
        if years and not any(int(year) in known for year in years):
            message = f"the {field} says {listed(years)}, and {reports}"
            hint = "correct the year, or add the period or the day of announcement from a page"
            yield Breach(entry, (field,), message, hint)
            return


def _years(case: m.Case) -> set[int]:
    """Return the years in which a case took place or was announced."""
    years = {report.announced.value.year for report in case.reports if report.announced}
    for report in case.reports:
        if report.period is not None:
            years.update(years_until(report.period.value, report.period.value.end[1]))
    return years


@record_rule("MNG007", m.Case, needs=("reports",))
def interpol_is_no_partner(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """INTERPOL's own part is in interpol_role, not among the organizations."""
    for index, report in enumerate(record.reports):
        for number, partner in enumerate(report.organizations):
            if partner.organization == "interpol":
                path = ("reports", index, "organizations", number, "organization")
                message = "INTERPOL is named among its own partners"
                yield Breach(entry, path, message, "state it as interpol_role instead")


@record_rule("MNG020", m.Case, needs=("reports",), **WARNING)
def count_fits_list(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """
    A page that counts the countries lists no more of them, and exactly as many in a complete list.
    """
    for index, report in whole_reports(entry, record):
        counted, listed = report.country_count, report.countries
        if counted is None or listed is None:
            continue

        value, length = counted.value, len(set(listed.list))
        source = context.sources.get(report.source)
        if value.lower % 1:
            continue  # no count at all
        if value.upper is not None and length > value.upper:
            path = ("reports", index, "country_count", "value")
            message = f"the page counts {value} countries, and {length} are listed"
            hint = "count again, or remove countries that did not take part"
            yield Breach(entry, path, message, hint)
        elif source and shows_all(report, source) and length < value.lower:
            path = ("reports", index, "countries", "complete")
            message = f"a complete list has {length} countries, and the page counts {value}"
            hint = "write 'complete: false', or add the countries that are missing"
            yield Breach(entry, path, message, hint)


@record_rule("MNG021", m.Case, needs=("reports",), **WARNING)
def place_in_list(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """A share is that of a country that took part, where the page lists all that did."""
    for index, report in whole_reports(entry, record):
        listed, source = report.countries, context.sources.get(report.source)
        if listed is None or source is None or not shows_all(report, source):
            continue
        for number, outcome in enumerate(report.outcomes):
            if outcome.place is not None and outcome.place not in listed.list:
                path = ("reports", index, "outcomes", number, "place")
                message = f"'{outcome.place}' is not in the complete list of this page"
                hint = "correct the code, or write 'complete: false'"
                yield Breach(entry, path, message, hint)


#: Countries that are taken for each other, because of their names or codes.
_ALIKE: Final = tuple(frozenset(row.values()) for row in csv_rows(__file__, "alike_countries.csv"))


@record_rule("MNG045", m.Case, needs=("name", "summary", "reports"), **WARNING)
def country_that_is_meant(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """A country is not recorded in place of another of a similar name or code that is named."""
    places = _places(entry, record)
    alike = [pair for pair in _ALIKE if len(pair & places.keys()) == 1]
    named = _named_countries(record, context) if alike else set()
    for pair in alike:
        recorded, meant = pair & places.keys(), pair & named
        if len(meant) == 1 and recorded != meant:
            (code,), (other,) = recorded, meant
            message = (
                f"{code} is {COUNTRIES[code]}, and the record names {COUNTRIES[other]} elsewhere"
            )
            yield Breach(entry, places[code], message, f"did you mean '{other}'?")


def _places(entry: Entry, case: m.Case) -> dict[str, KeyPath]:
    """Return the countries of all reports, each with the path to where it stands first."""
    places: dict[str, KeyPath] = {}
    for index, report in enumerate(case.reports):
        at = ("reports", index)
        if report.countries:
            for number, code in enumerate(entry.data["reports"][index]["countries"]["list"]):
                places.setdefault(code, (*at, "countries", "list", number))
        for number, outcome in enumerate(report.outcomes):
            if outcome.place:
                places.setdefault(outcome.place, (*at, "outcomes", number, "place"))
    return places


def _named_countries(case: m.Case, context: Context) -> set[str]:
    """Return the countries that texts of a case name, and those of the bodies that took part."""
    sources = [context.sources.get(report.source) for report in case.reports]
    titles = [source.title for source in sources if source]
    bodies = [
        context.organizations.get(body.organization)
        for report in case.reports
        for body in report.organizations
    ]
    text = " ".join((case.name, case.summary, *titles))
    return countries_in(text) | {body.country for body in bodies if body and body.country}


@record_rule("MNG022", m.Case, needs=("reports",), **WARNING)
def roles_fit(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """INTERPOL's role in a report fits the roles of the organizations."""
    for index, report in whole_reports(entry, record):
        wrong = _wrong_roles(report)
        if wrong is not None:
            name, message, hint = wrong
            yield Breach(entry, ("reports", index, name), message, hint, key=True)


def _wrong_roles(report: m.Report) -> tuple[str, str, str] | None:
    """Return what is wrong with the roles in a report: the field, the message and a hint."""
    own = report.interpol_role.value if report.interpol_role else None
    # INTERPOL among its own partners is another rule's.
    roles = Counter(body.role for body in report.organizations if body.organization != "interpol")
    leads, co_leads = roles[OrganizationRole.LEAD], roles[OrganizationRole.CO_LEAD]

    if leads > 1:
        return "organizations", f"{leads} bodies have the role 'lead'", "write 'co-lead' for each"
    if own is InterpolRole.CO_LED and not co_leads:
        message = "INTERPOL co-led, and no other body has the role 'co-lead'"
        return "interpol_role", message, "add the body it led with, or write 'coordinated'"
    if own is InterpolRole.COORDINATED and leads + co_leads:
        message = "INTERPOL coordinated, and another body led or co-led"
        return "interpol_role", message, "write 'co-led' or 'supported', or correct the other role"
    if own is InterpolRole.SUPPORTED and co_leads == 1 and not leads:
        message = "one body alone has the role 'co-lead'"
        return "organizations", message, "write 'lead', or add those that it led with"

    return None


_COORDINATED: Final = re.compile(
    r"\bINTERPOL[- ](?:coordinated|led|organi[sz]ed)\b"
    r"|\b(?:coordinated|led|run|organi[sz]ed) by INTERPOL\b",
    re.IGNORECASE,
)


@record_rule("POL010", m.Case, needs=("summary", "reports"), excusable=True)
def supported_is_not_coordinated(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """The summary of a case that INTERPOL only supported does not say that it coordinated."""
    roles = {r.interpol_role.value for r in record.reports if r.interpol_role}
    match = _COORDINATED.search(record.summary)
    if roles == {InterpolRole.SUPPORTED} and match and entry.is_whole(("reports",)):
        message = f"the summary says '{match[0]}', the reports say that INTERPOL supported"
        yield Breach(entry, ("summary",), message, "say who led it")


@record_rule("MNG014", m.Organization, needs=("kind", "country"))
def body_has_country(entry: Entry, record: m.Organization, _context: Context) -> Breaches:
    """A police force, a customs authority, a government body or a prosecutor has a country."""
    if record.kind.is_executive and record.country is None:
        message = f"a body of the kind '{record.kind}' has a country"
        hint = "add 'country: ...', or write 'intergovernmental' for a body of several states"
        yield Breach(entry, ("kind",), message, hint)


@record_rule("MNG015", m.Case, needs=("reports",), **WARNING)
def complete_list(entry: Entry, record: m.Case, context: Context) -> Breaches:
    """
    A list of countries is complete in a document, in a copy, or where the page counts as many.
    """
    for index, report in whole_reports(entry, record):
        source = context.sources.get(report.source)
        if source is None or report.countries is None or not report.countries.complete:
            continue
        if not shows_all(report, source):
            path = ("reports", index, "countries", "complete")
            length = len(report.countries.list)
            message = f"'{source.id}' only retells, and does not count {length} countries"
            hint = "write 'complete: false', or state the country_count that the page gives"
            yield Breach(entry, path, message, hint)


def whole_reports(entry: Entry, case: m.Case) -> Iterator[tuple[int, m.Report]]:
    """Return the reports of a case that were read in full, each with its index."""
    for index, report in enumerate(case.reports):
        if entry.is_whole(("reports", index)):
            yield index, report


def shows_all(report: m.Report, source: m.Source) -> bool:
    """Return whether a page shows that its complete list of countries lacks none."""
    if report.countries is None or not report.countries.complete:
        return False
    length, counted = str(len(report.countries.list)), report.country_count
    return carries_text(source) or (counted is not None and str(counted.value) == length)
