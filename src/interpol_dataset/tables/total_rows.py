"""
The rows of cases and of their totals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from interpol_dataset.evidence.testimony import EXISTS
from interpol_dataset.tables import rows as r
from interpol_dataset.tables.case_rows import bounds, status_of
from interpol_dataset.totals.cases import counted_in, known_cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.evidence.facts import Facts
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.totals.cases import KnownCase
    from interpol_dataset.totals.figures import Catalogue
    from interpol_dataset.totals.total import Total


def total_rows(records: Records, facts: Facts, catalogue: Catalogue) -> Iterator[r.Row]:
    """
    Make the rows of cases and of their totals.

    :param records: All records.
    :param facts: Their facts.
    :param catalogue: What is known of objects and metrics.
    """
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


def _headlines(known: KnownCase) -> dict[str, float | None]:
    """Return the points of the totals that have a column."""
    points = {
        (total.key.metric, total.key.object): float(total.amount.point)
        for total in known.totals.values()
        if total.basis.is_total and total.key.country is None and total.key.unit in r.PLAIN_UNITS
    }

    return {name: points.get((item.metric, item.object)) for name, item in r.HEADLINES.items()}


def _total_row(known: KnownCase, total: Total, counted: str | None) -> r.Row:
    key, amount = total.key, total.amount
    cells: dict[str, Any] = {
        "case_id": known.case.id,
        "metric_id": key.metric,
        "unit": key.unit,
        "point": float(amount.point),
        "lower": float(amount.lower),
        "upper": None if amount.upper is None else float(amount.upper),
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
