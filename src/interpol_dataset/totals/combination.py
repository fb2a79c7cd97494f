"""
How the figures of a measure that are in no other make one value.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.schema.vocabulary import Doubt, MeasureBasis, Status
from interpol_dataset.values.quantity import Quantity, canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from interpol_dataset.totals.definitions import Measure
    from interpol_dataset.totals.doubts import DoubtfulPair
    from interpol_dataset.totals.figures import Figure
    from interpol_dataset.values.fact_path import FactPath

__all__ = ["STATUSES", "Candidate", "at_least", "combine", "value_of"]

#: The statuses of figures that count, the weakest last.
STATUSES: Final = (
    Status.CONFIRMED,
    Status.CORROBORATED,
    Status.JOINT,
    Status.DOCUMENTED,
    Status.REPORTED,
    Status.INCONSISTENT,
    Status.DISPUTED,
)

#: In a larger group only the largest counts: to try all ways to choose from it would take long.
_MAX_GROUP: Final = 16

#: What is said of a value that is only a lower bound.
_AT_LEAST: Final = ">="


class Candidate(NamedTuple):
    """A figure that a measure takes, in its unit, under the path that it has there."""

    figure: Figure
    path: FactPath
    status: Status
    sign: str


def combine(
    definition: Measure,
    roots: list[Candidate],
    doubts: Iterable[DoubtfulPair],
    country: str | None = None,
) -> tuple[MeasureBasis, list[Candidate]]:
    """
    Decide how figures make a value, and which of them count.

    :param definition: The measure.
    :param roots: Its figures that are in no other, at least one.
    :param doubts: The pairs of them that may overlap.
    :param country: The country whose figures they are; none for those of a case.
    """
    if len(roots) == 1:
        (root,) = roots
        total = root.path.place == country and not root.path.is_part
        total = total and not (definition.total_is_bare and root.path.object)
        return (MeasureBasis.STATED if total else MeasureBasis.PART), roots
    overlaps = {frozenset((doubt.fact, doubt.other)) for doubt in doubts if _may_overlap(*doubt)}
    groups = _groups(roots, overlaps)
    kept = [_most(group, overlaps) for group in groups]
    totals = [_outgrown_total(*pair) for pair in zip(groups, kept, strict=True)]
    chosen = [
        item
        for total, items in zip(totals, kept, strict=True)
        for item in ([total] if total else items)
    ]
    if len(chosen) > 1:
        return MeasureBasis.SUM, chosen

    return (MeasureBasis.STATED if totals[0] else MeasureBasis.LARGEST), chosen


def _groups(
    roots: list[Candidate], overlaps: Iterable[frozenset[FactPath]]
) -> list[list[Candidate]]:
    """Group what may overlap, also by way of others; the largest of a group comes first."""
    groups = {item.figure.path: [item] for item in roots}
    for pair in overlaps:
        one, other = (groups[path] for path in pair)
        if one is not other:
            one += other
            groups |= dict.fromkeys((item.figure.path for item in other), one)
    found = {id(group): group for group in groups.values()}.values()

    return [sorted(group, key=_size, reverse=True) for group in found]


def _most(group: list[Candidate], overlaps: Collection[frozenset[FactPath]]) -> list[Candidate]:
    """
    Return those of a group that can't overlap one another and add up to the most.

    Of several that add up to the same, the better known are returned.
    """
    if len(group) > _MAX_GROUP:
        return group[:1]
    if not group:
        return []
    first, *others = group
    beside = [item for item in others if {first.figure.path, item.figure.path} not in overlaps]
    with_it = [first, *_most(beside, overlaps)]
    if len(beside) == len(others):
        return with_it

    return max(with_it, _most(others, overlaps), key=_worth)


def _worth(items: list[Candidate]) -> tuple[Decimal, int]:
    """Return how much figures make, and how little is known of the least known, negated."""
    return at_least(items), -max((STATUSES.index(item.status) for item in items), default=0)


def at_least(items: Iterable[Candidate]) -> Decimal:
    """Return the sum of the lower bounds of figures."""
    return sum((item.figure.lower for item in items), Decimal(0))


def _size(item: Candidate) -> tuple[Decimal, int, FactPath]:
    return item.figure.size, -STATUSES.index(item.status), item.path


def _outgrown_total(group: list[Candidate], kept: list[Candidate]) -> Candidate | None:
    """Return the total of the whole case and of one metric that what is kept of it outgrows."""
    for item in group:
        path, upper = item.path, item.figure.upper
        is_total = path.object is None and path.place is None and not path.is_part
        same = [other for other in kept if other.path.member == path.member]
        if is_total and upper is not None and at_least(same) > upper:
            return item

    return None


def _may_overlap(one: FactPath, other: FactPath, kind: Doubt) -> bool:
    """Return whether a doubt keeps two figures from being added up."""
    if kind is Doubt.OBJECT:
        return one.object is None or other.object is None

    return kind is not Doubt.REST


def value_of(basis: MeasureBasis, chosen: list[Candidate]) -> Quantity:
    """
    Return the value that the figures that count make, with its hedge.

    What is no stated total is "at least" its lower bound; its point adds up the stated numbers.
    """
    figures = [item.figure for item in chosen]
    lower = sum((figure.lower for figure in figures), Decimal(0))
    points = [figure.point for figure in figures if figure.point is not None]
    point = sum(points, Decimal(0)) if len(points) == len(figures) else None
    if basis is not MeasureBasis.STATED:
        shown = lower if point is None else point
        return Quantity(f"{_AT_LEAST}{canonical(lower)}", _tidy(shown), _tidy(lower), None)

    upper = figures[0].upper
    if point is None and upper is not None:
        return Quantity(f"{canonical(lower)}..{canonical(upper)}", None, _tidy(lower), _tidy(upper))
    shown = lower if point is None else point

    return Quantity(
        f"{chosen[0].sign}{canonical(shown)}",
        _tidy(shown),
        _tidy(lower),
        None if upper is None else _tidy(upper),
    )


def _tidy(number: Decimal) -> Decimal:
    return Decimal(canonical(number))
