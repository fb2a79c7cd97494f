"""Rules on who took part: what a report says of countries and roles has to fit together."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.testimony import carries_text
from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, record_rule
from interpol_dataset.schema.vocabulary import InterpolRole, OrganizationRole
from interpol_dataset.values.iso import COUNTRIES, countries_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context


@record_rule("MNG007", "interpol-is-no-partner", m.Case, needs=("reports",))
def interpol_is_no_partner(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """INTERPOL's own part is in interpol_role, not among the organizations."""
    for index, report in enumerate(record.reports):
        for number, partner in enumerate(report.organizations):
            if partner.organization == "interpol":
                path = ("reports", index, "organizations", number, "organization")
                message = "INTERPOL is named among its own partners"
                yield Breach(entry, path, message, "state it as interpol_role instead")


@record_rule("MNG020", "count-fits-list", m.Case, needs=("reports",), **WARNING)
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


@record_rule("MNG021", "place-in-list", m.Case, needs=("reports",), **WARNING)
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
with Path(__file__).with_name("alike_countries.csv").open(encoding="utf-8", newline="") as _file:
    _ALIKE: Final = tuple(frozenset(row.values()) for row in csv.DictReader(_file))


@record_rule(
    "MNG045", "country-that-is-meant", m.Case, needs=("name", "summary", "reports"), **WARNING
)
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


@record_rule("MNG022", "roles-fit", m.Case, needs=("reports",), **WARNING)
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


@record_rule(
    "POL010", "supported-is-not-coordinated", m.Case, needs=("summary", "reports"), excusable=True
)
def supported_is_not_coordinated(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """The summary of a case that INTERPOL only supported does not say that it coordinated."""
    roles = {r.interpol_role.value for r in record.reports if r.interpol_role}
    match = _COORDINATED.search(record.summary)
    if roles == {InterpolRole.SUPPORTED} and match and entry.is_whole(("reports",)):
        message = f"the summary says '{match[0]}', the reports say that INTERPOL supported"
        yield Breach(entry, ("summary",), message, "say who led it")


@record_rule("MNG014", "body-has-country", m.Organization, needs=("kind", "country"))
def body_has_country(entry: Entry, record: m.Organization, _context: Context) -> Breaches:
    """A police force, a customs authority, a government body or a prosecutor has a country."""
    if record.kind.is_executive and record.country is None:
        message = f"a body of the kind '{record.kind}' has a country"
        hint = "add 'country: ...', or write 'intergovernmental' for a body of several states"
        yield Breach(entry, ("kind",), message, hint)


@record_rule("MNG015", "complete-list", m.Case, needs=("reports",), **WARNING)
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
