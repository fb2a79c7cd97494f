"""From records to the rows of the tables, which are enough to restore the records."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, cast

from interpol_dataset.evidence.facts import acting_in, bodies_of, grade_of, has_number, value_of
from interpol_dataset.evidence.testimony import EXISTS, LISTED, NOT_LISTED, STATEMENT, Standing
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.vocabulary import FACTORS, Shows, Sought, StatementVerdict, Status
from interpol_dataset.tables import rows as r
from interpol_dataset.totals.cases import all_countries_of, counted_in, countries_of, known_cases
from interpol_dataset.totals.containment import Membership, containment
from interpol_dataset.totals.figures import (
    Catalogue,
    conversion_day,
    convert,
    dollars_of,
    figures_of,
    known_rates,
)
from interpol_dataset.totals.total import HEDGES, Total, TotalValue
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.iso import COUNTRY_ROWS
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from interpol_dataset.evidence.facts import Fact, Facts, FactsOfRecord
    from interpol_dataset.evidence.parties import Party
    from interpol_dataset.evidence.verification import Verdict
    from interpol_dataset.records import models as m
    from interpol_dataset.records.document import Records
    from interpol_dataset.totals.cases import KnownCase
    from interpol_dataset.totals.figures import Figure
    from interpol_dataset.values.edtf import Edtf


#: Rows by table, each table in the order of its key.
TableRows: TypeAlias = dict[str, tuple[r.Row, ...]]
_R = TypeVar("_R", bound=r.Row)
#: The tables with a row for each fact, and for each statement on it.
_OF_FACTS: Final = (r.EvidenceRow, r.VerificationRow)
_REGIONS: Final = {row["code"]: row["region"] for row in COUNTRY_ROWS if row["region"]}


def tabulate(records: Records, facts: Facts) -> TableRows:
    """Build all tables from records whose references hold, and their facts."""
    found = tabulate_records(records, facts) | tabulate_facts(facts)
    return {model.TABLE: found[model.TABLE] for model in r.TABLES}


def tabulate_facts(facts: Facts) -> TableRows:
    """Build the tables of what is said of each fact and of what follows, which are most rows."""
    rows = chain.from_iterable(_fact_rows(*record, known) for record, known in facts.items())
    return _in_order(rows, _OF_FACTS)


def tabulate_records(records: Records, facts: Facts) -> TableRows:
    """Build all other tables."""
    return _in_order(_rows(records, facts), [row for row in r.TABLES if row not in _OF_FACTS])


def _in_order(rows: Iterable[r.Row], models: Iterable[type[r.Row]]) -> TableRows:
    tables: dict[str, list[r.Row]] = defaultdict(list)
    for row in rows:
        # pydantic keeps which columns were given. Nobody asks, and it is most of a row's memory.
        row.__pydantic_fields_set__.clear()
        tables[row.TABLE].append(row)
    return {
        model.TABLE: tuple(sorted(tables[model.TABLE], key=attrgetter(*model.KEY)))
        for model in models
    }


def rows_of(tables: TableRows, kind: type[_R]) -> tuple[_R, ...]:
    """Return the rows of a table; empty if there is no such table."""
    return cast("tuple[_R, ...]", tables.get(kind.TABLE, ()))


def _rows(records: Records, facts: Facts) -> Iterator[r.Row]:
    dimensions = {metric.id: metric.dimension for metric in records.metrics}
    catalogue = Catalogue.of(records.metrics, records.objects)
    for case in records.cases:
        yield from case_rows(case, facts["cases", case.id], dimensions, catalogue)
        yield from _search_rows("cases", case)
    for document in records.claims:
        for claim in document.claims:
            verdict = _verdict_on(facts["claims", claim.id])
            yield r.ClaimRow.of(claim, document_id=document.document, verdict=verdict)
            yield from _search_rows("claims", claim)
    yield from _vocabulary_rows(records, facts)

    made = [*total_rows(records, facts, catalogue)]
    yield from made
    cases = {row.id: row for row in made if isinstance(row, r.CaseRow)}
    yield from _statement_rows(records, facts, cases)


def _search_rows(
    table: str, record: m.Case | m.Challenge | m.Claim | m.Lesson
) -> Iterator[r.SearchRow]:
    for position, search in enumerate(record.searches, 1):
        yield r.SearchRow.of(
            search,
            record_table=table,
            record_id=record.id,
            position=position,
            sought=getattr(search, "sought", Sought.STATEMENT),
            of_id=getattr(search, "of", None),
            searched_on=search.on,
        )


def _fact_rows(
    table: str, record: str, facts: FactsOfRecord
) -> Iterator[r.EvidenceRow | r.VerificationRow]:
    for path, fact in facts.items():
        about = {"record_table": table, "record_id": record, "field": path}
        heard = _heard(fact)
        for said in fact.testimonies:
            party, standing = heard.get(said.source.id, (None, None))
            yield r.EvidenceRow.of(
                said,
                **about,
                source_id=said.source.id,
                value=str(said.value),
                stance=fact.verdict and fact.verdict.stances[said.source.id],
                party_id=party and party.id,
                observer_id=party and party.observer,
                read=None if standing is None else standing.read,
            )

        if fact.verdict is not None:
            yield _verification_row(about, fact, fact.verdict)


def _heard(fact: Fact) -> dict[str, tuple[Party, Standing]]:
    """Return the party for which each source speaks, and how near to its words."""
    if fact.verdict is None:
        return {}
    return {
        item.source.id: (party, item.standing)
        for party in (*fact.verdict.parties, *fact.verdict.bystanders)
        for item in party.members
    }


def _verification_row(about: Mapping[str, str], fact: Fact, verdict: Verdict) -> r.VerificationRow:
    unit = fact.chosen and fact.chosen.unit
    variants = tuple(
        str(item.value) if item.unit == unit else f"{item.value} {item.unit}"
        for item in verdict.variants
    )

    return r.VerificationRow.of(
        verdict,
        **about,
        fact_class=fact.fact_class,
        preferred=fact.preferred,
        value=fact.chosen and str(fact.chosen.value),
        source_id=fact.chosen and fact.chosen.source.id,
        verdict=verdict.statement,
        read=None if verdict.read is None else verdict.read.read,
        parties=verdict.supporting,
        variants=tuple(dict.fromkeys(variants)) or None,
        variance_type=fact.variance,
        variance_reason=fact.dispute and fact.dispute.reason,
    )


def _category_row(category: m.Category) -> r.CategoryRow:
    code, name, match = (getattr(category.iccs, of, None) for of in ("code", "name", "match"))
    return r.CategoryRow.of(category, iccs_code=code, iccs_name=name, iccs_match=match)


def _source_row(source: m.Source) -> r.SourceRow:
    earliest, latest = (getattr(source.published, end, None) for end in ("earliest", "latest"))
    return r.SourceRow.of(source, published_earliest=earliest, published_latest=latest)


def _vocabulary_rows(records: Records, facts: Facts) -> Iterator[r.Row]:
    yield from map(_category_row, records.categories)
    yield from map(_source_row, records.sources)
    yield from map(r.MetricRow.of, records.metrics)
    yield from map(r.ObjectRow.of, records.objects)
    acting = acting_in(
        path for (table, _), known in facts.items() if table == "cases" for path in known
    )
    for body in records.organizations:
        yield r.OrganizationRow.of(body, acts=body.id in acting)
    for country in COUNTRY_ROWS:
        cells: dict[str, Any] = {name: cell or None for name, cell in country.items()}
        yield r.CountryRow(id=cells.pop("code"), alpha2=cells.pop("alpha_2"), **cells)
    for (currency, day), rate in known_rates().items():
        if rate is not None:
            yield r.RateRow(currency=currency, date=day, rate=rate)
    for retired in records.retired_ids:
        yield r.RetiredIdRow.of(retired, record_table=retired.table)


def _statement_rows(
    records: Records, facts: Facts, cases: Mapping[str, r.CaseRow]
) -> Iterator[r.Row]:
    bodies = bodies_of(records.organizations)
    for challenge in records.challenges:
        own = facts["challenges", challenge.id]
        yield r.ChallengeRow.of(challenge, **_seen(challenge, own, facts, cases))
        yield from _parts("challenges", challenge, own, facts)
    for lesson in records.lessons:
        own = facts["lessons", lesson.id]
        yield r.LessonRow.of(
            lesson,
            challenge_ids=lesson.challenges or None,
            grade=grade_of(lesson, facts, bodies),
            **_seen(lesson, own, facts, cases),
        )
        yield from _parts("lessons", lesson, own, facts)


def _verdict_on(facts: FactsOfRecord) -> StatementVerdict | None:
    verdict = facts[STATEMENT].verdict
    return verdict.statement if verdict else None


def _seen(
    record: m.Challenge | m.Lesson, own: FactsOfRecord, facts: Facts, cases: Mapping[str, r.CaseRow]
) -> dict[str, Any]:
    showing = [link.case for link in record.cases if link.shows is not Shows.COUNTER_EXAMPLE]
    years = [year for case in showing if (year := cases[case].year)]
    took_part = {country for case in showing for country in countries_of(facts["cases", case])}
    return {
        "verdict": _verdict_on(own),
        "cases": len(showing),
        "results": sum(has_number(link, own, facts) for link in record.cases),
        "counter_examples": len(record.cases) - len(showing),
        "areas": tuple(sorted({cases[case].top_area for case in showing})) or None,
        "regions": tuple(sorted({_REGIONS[code] for code in took_part & _REGIONS.keys()})) or None,
        "first_seen": min(years, default=None),
        "last_seen": max(years, default=None),
    }


def _parts(
    table: str, record: m.Challenge | m.Lesson, own: FactsOfRecord, facts: Facts
) -> Iterator[r.Row]:
    yield from _search_rows(table, record)
    about = {"record_table": table, "record_id": record.id}
    for link in record.cases:
        value, unit, status = _figure(facts["cases", link.case], link.result)
        if link.value is not None:
            value, unit = link.value, link.unit
            status = status_of(own[FactPath(f"cases/{link.case}")])
        stated = value.whole if value and unit not in FACTORS else value
        cells = _told(value, unit) | {"status": status, **bounds("", stated)}
        yield r.StatementCaseRow.of(link, **about, **cells)
    for position, number in enumerate(record.numbers, 1):
        cells = _number(number, facts) | {"locator": number.at}
        yield r.StatementNumberRow.of(number, **about, position=position, **cells)


def _number(number: m.StatementNumber, facts: Facts) -> dict[str, Any]:
    """Work out a number: count cases, look up a fact, or take what a source says."""
    if number.cases_with is not None:
        cases = [item for (table, _), item in facts.items() if table == "cases"]
        among = [item for item in cases if number.among is None or _has(item, number.among)]
        count = sum(_has(item, number.cases_with) for item in among)
        told = {"value": str(count), "value_text": f"{count:,} of {len(among):,}", "unit": None}
        return told | {"out_of": len(among), "status": None}
    value, unit, status = number.value, number.unit, None
    if number.case is not None:
        value, unit, status = _figure(facts["cases", number.case], number.fact)
    return _told(value, unit) | {"out_of": None, "status": status}


def _has(facts: FactsOfRecord, start: str) -> bool:
    """Return whether a source that counts states a fact of a case that begins so."""
    return any(
        path.begins(start) and fact.chosen and fact.chosen.value != NOT_LISTED
        for path, fact in facts.items()
    )


def _figure(
    facts: FactsOfRecord, path: FactPath | None
) -> tuple[Quantity | None, str | None, Status | None]:
    """Return a figure with unit and status; nothing where no source that counts has it."""
    fact = facts.get(path) if path else None
    if fact is None or not fact.chosen:
        return None, None, None
    return cast("Quantity", fact.chosen.value), fact.chosen.unit, status_of(fact)


def _told(value: Quantity | None, unit: str | None) -> dict[str, Any]:
    return {
        "value": value and value.notation,
        "value_text": value and quantity_in_words(value, unit),
        "unit": unit,
    }


#: What a quantity's notation stands for.
_NUMBERS: Final = ("point", "lower", "upper")


def case_rows(
    case: m.Case, facts: FactsOfRecord, dimensions: Mapping[str, v.Dimension], catalogue: Catalogue
) -> Iterator[r.Row]:
    """Make the rows of what is linked to a case, and of its figures."""
    yield from _case_links(case, facts)
    steps = (fact for path, fact in facts.items() if path.kind == "proceedings")
    yield from (_step_row(case.id, fact) for fact in steps)
    yield from _outcome_rows(case, facts, dimensions, catalogue)


def status_of(fact: Fact) -> v.Status:
    """Return the status of a fact."""
    return (fact.verdict and fact.verdict.status) or v.Status.UNVERIFIED


def bounds(prefix: str, number: Quantity | Figure | TotalValue | None) -> dict[str, Any]:
    """Return the columns that say what a quantity's notation stands for."""
    return {f"{prefix}{name}": getattr(number, name, None) for name in _NUMBERS}


def _case_links(case: m.Case, facts: FactsOfRecord) -> Iterator[r.Row]:
    for position, category in enumerate(case.categories, 1):
        yield r.CaseCategoryRow(case_id=case.id, category_id=category, position=position)
    for position, relation in enumerate(case.relations, 1):
        yield r.CaseRelationRow.of(
            relation, case_id=case.id, position=position, related_case_id=relation.case
        )
    for path, fact in facts.items():
        if not fact.chosen or not fact.verdict:
            continue
        about: dict[str, Any] = {"case_id": case.id, "status": fact.verdict.status}
        value = fact.chosen.value
        if path.kind == "countries" and value == LISTED:
            yield r.CaseCountryRow(country=path.member, **about)
        elif path.kind == "organizations":
            yield r.CaseOrganizationRow(organization_id=path.member, role=value, **about)
        elif path.kind == "tools":
            yield r.CaseToolRow(tool=path.member, **about)


def _step_row(case: str, fact: Fact) -> r.ProceedingRow:
    path = fact.path
    is_named = path.object in {*v.Counted}
    other = v.Counted.PERSONS if path.is_figure else v.Counted.GOODS
    value = _quantity(fact)

    return r.ProceedingRow(
        **_chosen(case, fact, path.currency),
        **bounds("", value and (value if path.currency else value.whole)),
        country=path.place,
        year=path.year,
        group=path.part_name,
        outcome=path.member,
        what=None if is_named else path.object,
        counted=path.object if is_named else v.Counted.MONEY if path.currency else other,
        unit=path.currency,
    )


def _chosen(case: str, fact: Fact, unit: str | None) -> dict[str, Any]:
    value = _quantity(fact)
    return {
        "case_id": case,
        "fact": fact.path,
        "value": value and value.notation,
        "value_text": value and quantity_in_words(value, unit),
        "hedge": value and HEDGES[value.sign],
        "status": status_of(fact),
        "stated_by": _stated_by(fact) or None,
        "source_id": fact.chosen and fact.chosen.source.id,
    }


def _quantity(fact: Fact) -> Quantity | None:
    value = fact.chosen and fact.chosen.value
    return value if isinstance(value, Quantity) else None


def _outcome_rows(
    case: m.Case, facts: FactsOfRecord, dimensions: Mapping[str, v.Dimension], catalogue: Catalogue
) -> Iterator[r.OutcomeRow]:
    reasons = {part.fact: part.reason for part in case.parts}
    figures = {figure.path: figure for figure in figures_of(facts)}
    included = containment(figures.values(), case.wholes, catalogue, dollars_of(facts))
    overlaps = defaultdict(list)
    for doubt in included.doubts:
        overlaps[doubt.fact].append(doubt.other)
        overlaps[doubt.other].append(doubt.fact)

    day = conversion_day(facts)
    for path, fact in facts.items():
        if path.kind != "outcomes":
            continue

        reported = fact.chosen.unit if fact.chosen else None
        member = included.members.get(path, Membership())
        scope = v.Scope.COUNTRY if path.place else v.Scope.WHOLE
        yield r.OutcomeRow(
            **_chosen(case.id, fact, reported),
            **bounds("", figures.get(path)),
            **_converted(_quantity(fact), reported, day),
            metric_id=path.member,
            object_id=path.object,
            place=path.place,
            scope=v.Scope.PART if path.is_part else scope,
            part_name=path.part_name,
            value_unit=reported,
            unit=_base_unit(dimensions[path.member], reported),
            part_of=member.whole,
            part_of_basis=member.basis or None,
            part_of_reason=reasons.get(path),
            may_overlap=tuple(sorted(overlaps[path])) or None,
        )


def _stated_by(fact: Fact) -> tuple[str, ...]:
    if fact.verdict is None:
        return ()
    stances = fact.verdict.stances
    return tuple(
        party.id
        for party in fact.verdict.parties
        if fact.chosen in party.members
        or any(stances[item.source.id] is v.Stance.SUPPORTS for item in party.speakers)
    )


def _converted(
    quantity: Quantity | None, reported: str | None, day: date | None
) -> dict[str, Decimal | date | None]:
    columns: dict[str, Decimal | date | None] = {}
    for name in _NUMBERS:
        amount = getattr(quantity, name, None) if reported in v.CURRENCIES else None
        converted = None if amount is None else convert(amount, str(reported), "USD", day)
        columns[f"usd_{name}"] = converted
    is_converted = any(value is not None for value in columns.values())
    return columns | {"rate_date": day if is_converted else None}


def _base_unit(dimension: v.Dimension, reported: str | None) -> str | None:
    """Return the unit of the bounds: that of the dimension, the currency or the package."""
    if reported in v.CURRENCIES or reported in v.PACKAGES:
        return reported
    return next(iter(v.UNITS[dimension]), None) if reported else None


def total_rows(records: Records, facts: Facts, catalogue: Catalogue) -> Iterator[r.Row]:
    """Make the rows of cases and of their totals."""
    cases = known_cases(records, facts, catalogue)
    published = {source.id: source.published for source in records.sources}
    for known in cases.values():
        yield _case_row(known, published)
        for key, total in known.totals.items():
            yield _total_row(known, total, counted_in(key, known, cases))


def _case_row(known: KnownCase, published: Mapping[str, Edtf | None]) -> r.CaseRow:
    case, facts, countries = known.case, known.facts, countries_of(known.facts)
    dates = (published.get(report.source) for report in case.reports)
    sources = (date.earliest for date in dates if date and date.earliest)
    period, announced, role, count = (
        value_of(facts, name) for name in ("period", "announced", "interpol_role", "country_count")
    )
    start, end = (period.earliest, period.latest) if period else (None, None)
    year, basis = year_of(start, end, announced, min(sources, default=None))

    return r.CaseRow.of(
        case,
        year=year,
        year_basis=basis,
        period=period,
        start=start,
        end=end,
        announced=announced,
        main_area=case.categories[0],
        top_area=known.area,
        interpol_role=role,
        country_count=count and count.whole.notation,
        **bounds("country_count_", count and count.whole),
        countries_listed=len(countries),
        countries_complete=bool(all_countries_of(facts)) if countries else None,
        part_of_case=known.part_of,
        **_headlines(known),
        existence_status=status_of(facts[EXISTS]),
    )


def year_of(
    start: date | None, end: date | None, announced: date | None, first_source: date | None
) -> tuple[int, v.YearBasis] | tuple[None, None]:
    """Return the year of a case, the first that is known, and what it is taken from."""
    days = (
        (end, v.YearBasis.ENDED),
        (announced, v.YearBasis.ANNOUNCED),
        (start, v.YearBasis.BEGAN),
        (first_source, v.YearBasis.SOURCE),
    )
    return next(((day.year, basis) for day, basis in days if day), (None, None))


def _headlines(known: KnownCase) -> dict[str, Decimal | None]:
    points = {
        (total.key.metric, total.key.object): total.amount.point
        for total in known.totals.values()
        if total.basis.is_total and total.key.country is None and total.key.unit in v.PLAIN_UNITS
    }
    return {name: points.get((item.metric, item.object)) for name, item in v.HEADLINES.items()}


def _total_row(known: KnownCase, total: Total, counted: str | None) -> r.Row:
    key, amount = total.key, total.amount
    cells = bounds("", amount) | {
        "case_id": known.case.id,
        "metric_id": key.metric,
        "unit": key.unit,
        "value_text": amount.text,
        "counted_in": counted,
    }
    if key.country:
        what = f"{key.metric}/{key.object}" if key.object else key.metric
        cells |= {"country": key.country, "what": what, "object_id": key.object}
        return r.CountryTotalRow.of(total, **cells)
    if key.object:
        return r.CaseObjectTotalRow.of(total, object_id=key.object, hedge=amount.hedge, **cells)
    return r.CaseTotalRow.of(total, hedge=amount.hedge, **cells)
