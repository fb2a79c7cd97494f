"""
Panels: countries by year, and the editions of a series.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.schema.vocabulary import InterpolRole, MeasureBasis, Status
from interpol_dataset.totals.ancestry import above
from interpol_dataset.totals.definitions import MEASURES
from interpol_dataset.totals.measures import measure
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.totals.measures import MeasureValue
    from interpol_dataset.totals.operations import Operation

__all__ = ["CountryYear", "Edition", "country_years", "editions"]

_ARRESTS: Final = next(item for item in MEASURES if item.id == "arrests")
_CONFIRMED: Final = frozenset({Status.CONFIRMED, Status.CORROBORATED})
_COORDINATED: Final = frozenset({InterpolRole.COORDINATED, InterpolRole.CO_LED})


@dataclass(slots=True)
class CountryYear:
    """
    What can be said of a country in a year.

    :param country: The country.
    :param year: The year in which the operations began.
    :param operations: The operations that list it, but for parts of others that do.
    :param confirmed: Those of them in which its part is confirmed or corroborated.
    :param coordinated: Those of them that INTERPOL coordinated or co-led.
    :param arrests: The least number of arrests stated for it; none where none are.
    :param arrest_facts: The figures that this rests on, each after the id of its case.
    """

    country: str
    year: int
    operations: list[str] = field(default_factory=list)
    confirmed: int = 0
    coordinated: int = 0
    arrests: Decimal | None = None
    arrest_facts: list[str] = field(default_factory=list)


def country_years(operations: Mapping[str, Operation]) -> list[CountryYear]:
    """Return what can be said of each country in each year, in that order."""
    found: dict[tuple[str, int], CountryYear] = {}
    for id_, operation in sorted(operations.items()):
        year = operation.year
        if year is None:
            continue
        larger = [operations[whole] for whole in above(id_, lambda id_: operations[id_].part_of)]
        for country in operation.countries:
            if not any(country in other.countries for other in larger):
                row = found.setdefault((country, year), CountryYear(country, year))
                status = operation.facts[FactPath(f"countries/{country}")].verdict
                row.operations.append(id_)
                row.confirmed += status is not None and status.status in _CONFIRMED
                row.coordinated += operation.role in _COORDINATED

        for country in sorted({path.place for path in operation.facts if path.place}):
            value = measure(_ARRESTS, operation.figures, country)
            if value is None or value.value is None:
                continue
            if any(measure(_ARRESTS, other.figures, country) for other in larger):
                continue
            row = found.setdefault((country, year), CountryYear(country, year))
            row.arrests = (row.arrests or Decimal(0)) + value.value.lower
            row.arrest_facts += [f"{id_} {path}" for path in value.facts]

    return [found[key] for key in sorted(found)]


class Edition(NamedTuple):
    """
    An edition of a series beside the one before it.

    :param operation: The edition.
    :param previous: The edition with the number before it, where there is one and no other.
    :param changes: For each measure for which both state the same figure, by how much it differs
        from the one before.
    """

    operation: Operation
    previous: Operation | None
    changes: dict[str, Decimal]


def editions(operations: Mapping[str, Operation]) -> Iterator[Edition]:
    """Return the numbered editions of every series."""
    by_number: dict[tuple[str, int], list[Operation]] = defaultdict(list)
    for operation in operations.values():
        case = operation.case
        if case.series and case.edition:
            by_number[case.series, case.edition].append(operation)

    for (series, number), listed in sorted(by_number.items()):
        before = by_number.get((series, number - 1), [])
        previous = before[0] if len(before) == 1 else None
        for operation in listed:
            yield Edition(operation, previous, _changes(operation, previous))


def _changes(operation: Operation, previous: Operation | None) -> dict[str, Decimal]:
    """Return the differences of the measures for which two editions state the same figure."""
    changes = {}
    for id_, value in operation.measures.items():
        before = previous.measures.get(id_) if previous else None
        if before is None or not _is_same_figure(value, before):
            continue
        now, then = value.value, before.value
        if now and then and now.point is not None and then.point is not None:
            changes[id_] = now.point - then.point

    return changes


def _is_same_figure(one: MeasureValue, other: MeasureValue) -> bool:
    """Return whether two measures are stated totals of one metric, object and kind of money."""
    if not one.basis is other.basis is MeasureBasis.STATED:
        return False
    (now,), (then,) = one.facts, other.facts
    converted = "USD" not in {now.currency, then.currency}

    return (now.member, now.object) == (then.member, then.object) and (
        now.currency == then.currency or converted
    )
