"""
What the pictures show, in the units of their drawings. The templates draw it as SVG.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.schema.vocabulary import InterpolRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from interpol_dataset.site.model import Case, Fact
    from interpol_dataset.values.quantity import Quantity


#: Roles in the order of a stack, and what a legend calls them.
ROLES: Final = {
    InterpolRole.COORDINATED: "coordinated by INTERPOL",
    InterpolRole.CO_LED: "co-led",
    InterpolRole.SUPPORTED: "supported",
    None: "role not stated",
}
_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 640, 240, 34, 22
#: So few years have a label each.
_FEW: Final = 10
_EVERY: Final = 5


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a column: the class of its colour, its place and height, and its count."""

    kind: str
    y: float
    height: float
    count: int


class Column(NamedTuple):
    """A column: its place, what it is, and its parts."""

    x: float
    width: float
    label: str
    segments: tuple[Segment, ...]

    @property
    def total(self) -> int:
        """The count of all its parts."""
        return sum(segment.count for segment in self.segments)

    def count_of(self, role: InterpolRole | None) -> int:
        """Return the count of a role."""
        kind = _kind(role)

        return sum(segment.count for segment in self.segments if segment.kind == kind)


class Tick(NamedTuple):
    """A line of a scale, with its label."""

    at: float
    label: str


class Columns(NamedTuple):
    """Stacked columns over years, and how many operations have no date and are in none."""

    width: int
    height: int
    left: int
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    years: tuple[Tick, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a list: where it leads, what it is, its count and its share of the longest."""

    href: str
    label: str
    count: int
    percent: float


def by_year(cases: Iterable[Case]) -> Columns:
    """Count operations by the year in which they began and INTERPOL's role."""
    counts: defaultdict[int, Counter[str | None]] = defaultdict(Counter)
    undated = 0
    for case in cases:
        if case.year is None:
            undated += 1
        else:
            counts[case.year][case.row["interpol_role"]] += 1
    if not counts:
        return Columns(_WIDTH, _HEIGHT, _LEFT, (), (), (), undated)

    first, last = min(counts), max(counts)
    top = _round_up(max(found.total() for found in counts.values()))
    step = (_WIDTH - _LEFT) / (last - first + 1)
    scale = (_HEIGHT - _BOTTOM - 6) / top
    columns = []
    for year in range(first, last + 1):
        y = float(_HEIGHT - _BOTTOM)
        segments = []
        for role in ROLES:
            count = counts[year][role] if year in counts else 0
            if count:
                height = count * scale
                y -= height
                segments.append(Segment(_kind(role), round(y, 1), round(height, 1), count))
        x = _LEFT + (year - first) * step
        columns.append(
            Column(round(x + step * 0.1, 1), round(step * 0.8, 1), str(year), (*segments,))
        )

    return Columns(
        _WIDTH,
        _HEIGHT,
        _LEFT,
        tuple(columns),
        tuple(
            Tick(round(_HEIGHT - _BOTTOM - value * scale, 1), str(value))
            for value in range(0, top + 1, max(1, top // 5))
        ),
        year_ticks(first, last, _LEFT, step),
        undated,
    )


def _kind(role: InterpolRole | None) -> str:
    """Return the class of a role's colour."""
    return role.value if role else "unstated"


def year_ticks(first: int, last: int, left: float, step: float) -> tuple[Tick, ...]:
    """
    Return the labels of years: each of a few, else every fifth.

    :param first: The first year.
    :param last: The last year.
    :param left: Where the first year begins.
    :param step: The width of a year.
    """
    return tuple(
        Tick(round(left + (year - first + 0.5) * step, 1), str(year))
        for year in range(first, last + 1)
        if year % _EVERY == 0 or last - first < _FEW
    )


def _round_up(value: int) -> int:
    """Return the next number that a scale may end with."""
    size = 10 ** floor(log10(max(value, 1)))
    step = size // 2 or 1

    return ceil(value / step) * step


def shares(counts: Iterable[tuple[str, str, int]]) -> list[Bar]:
    """Return bars, longest first, from addresses, names and counts."""
    found = sorted((item for item in counts if item[2]), key=lambda item: (-item[2], item[1]))
    longest = found[0][2] if found else 1

    return [
        Bar(href, label, count, round(100 * count / longest, 1)) for href, label, count in found
    ]


def middle(quantity: Quantity) -> float:
    """Return the number that was said, or the middle of a range."""
    if quantity.point is not None:
        return float(quantity.point)

    return (float(quantity.lower) + float(quantity.upper or quantity.lower)) / 2


class Edition(NamedTuple):
    """A figure of an edition as a bar: where its point and the ends of its range are."""

    case: Case
    fact: Fact
    point: float
    low: float
    high: float


def compared(cases: Sequence[Case], path: str) -> list[Edition]:
    """Compare a figure by the editions that state it, in per cent of the greatest."""
    found = [
        (case, fact, quantity)
        for case in cases
        if (fact := case.by_path.get(path)) and (quantity := fact.quantity)
    ]
    greatest = max((_top(quantity) for *_, quantity in found), default=0) or 1

    def percent(value: float) -> float:
        return round(100 * value / greatest, 1)

    return [
        Edition(
            case,
            fact,
            percent(middle(quantity)),
            percent(float(quantity.lower)),
            percent(_top(quantity)),
        )
        for case, fact, quantity in found
    ]


def _top(quantity: Quantity) -> float:
    return middle(quantity) if quantity.upper is None else float(quantity.upper)
