"""The rows of cases, of what is linked to them, and of their figures and totals."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.evidence.testimony import EXISTS, LISTED
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.tables import rows as r
from interpol_dataset.totals.cases import counted_in, known_cases
from interpol_dataset.totals.containment import Membership, containment
from interpol_dataset.totals.figures import Catalogue, figures_of
from interpol_dataset.totals.money import CONVERTED_TO, conversion_day, convert, dollars_of
from interpol_dataset.totals.total import HEDGES
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from interpol_dataset.evidence.facts import Fact, Facts, FactsOfRecord
    from interpol_dataset.records import models as m
    from interpol_dataset.records.document import Records
    from interpol_dataset.totals.cases import KnownCase
    from interpol_dataset.totals.figures import Figure
    from interpol_dataset.totals.total import Total, TotalValue

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
    for to, name in product(CONVERTED_TO, _NUMBERS):
        amount = getattr(quantity, name, None) if reported in v.CURRENCIES else None
        converted = None if amount is None else convert(amount, str(reported), to, day)
        columns[f"{to.lower()}_{name}"] = converted
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
    for known in cases.values():
        yield _case_row(known)
        for key, total in known.totals.items():
            yield _total_row(known, total, counted_in(key, known, cases))


def _case_row(known: KnownCase) -> r.CaseRow:
    case, period, count, year = known.case, known.period, known.country_count, known.year

    return r.CaseRow.of(
        case,
        year=year and year.year,
        year_basis=year and year.basis,
        period=period,
        start=period and period.earliest,
        end=period and period.latest,
        announced=known.announced,
        main_area=case.categories[0],
        top_area=known.area,
        interpol_role=known.role,
        country_count=count and count.notation,
        **bounds("country_count_", count and count.whole),
        countries_listed=len(known.countries),
        countries_complete=known.is_list_complete,
        part_of_case=known.part_of,
        **_headlines(known),
        existence_status=status_of(known.facts[EXISTS]),
    )


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
