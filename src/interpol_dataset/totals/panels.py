"""
Panels: countries by year, and the operations of a series.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.schema.vocabulary import InterpolRole, MeasureBasis, Status
from interpol_dataset.totals.ancestry import above
from interpol_dataset.totals.definitions import MEASURES
from interpol_dataset.totals.measures import measure
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
    An operation of a series beside the one before it.

    :param operation: The operation.
    :param position: Its place in the order of its series, from 1.
    :param previous: The operation before it, where one is known to be that.
    :param changes: For each measure for which both state the same figure, by how much it differs
        from the one before.
    """

    operation: Operation
    position: int
    previous: Operation | None
    changes: dict[str, Decimal]


def editions(operations: Mapping[str, Operation]) -> Iterator[Edition]:
    """
    Return all operations of every series, with or without a number, in the order of time.

    A series is sorted by the first day on which each can have begun, on one day by number; those
    without any date are last.

    The one before is that with the number before. Where there is none, it is the last that began
    for sure earlier, if it is sure to be the last: a date that leaves open which of two was first
    gives none. Neither do two numbers that are not neighbours, nor an operation without any date.
    What an operation is a part of, and its own parts, are passed over.
    """
    series: dict[str, list[Operation]] = defaultdict(list)
    for operation in operations.values():
        if operation.case.series:
            series[operation.case.series].append(operation)

    for _, listed in sorted(series.items()):
        ordered = sorted(listed, key=_place)
        for position, operation in enumerate(ordered, start=1):
            previous = _previous(operation, ordered, operations)
            yield Edition(operation, position, previous, _changes(operation, previous))


def _place(operation: Operation) -> tuple[date, int, str]:
    """Return what the operations of a series are sorted by."""
    first, _ = operation.began or (date.max, date.max)

    return first, operation.case.edition or 0, operation.case.id


def _previous(
    operation: Operation, series: Sequence[Operation], operations: Mapping[str, Operation]
) -> Operation | None:
    """Return the operation before another in its series; see :func:`editions`."""
    case, began = operation.case, operation.began
    numbered = [item for item in series if case.edition and item.case.edition == case.edition - 1]
    if numbered:
        return numbered[0] if len(numbered) == 1 else None
    if began is None:
        return None

    def wholes(id_: str) -> set[str]:
        return {*above(id_, lambda id_: operations[id_].part_of)}

    others = [
        (item, item.began)
        for item in series
        if item.began
        and item is not operation
        and item.case.id not in wholes(case.id)
        and case.id not in wholes(item.case.id)
    ]
    earlier = [other for other in others if other[1][1] < began[0]]
    if not earlier:
        return None
    last, since = max(earlier, key=lambda other: other[1][0])
    is_sure = all(item is last or days[1] < since[0] or began[1] < days[0] for item, days in others)

    return last if is_sure and not (case.edition and last.case.edition) else None


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
