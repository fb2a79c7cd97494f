"""
What the pictures show, in the units of their drawings. The templates draw it as SVG.

Figures over time have the range that their hedge stands for, and none is added to another.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import ceil, floor, log10
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.schema.vocabulary import InterpolRole
from interpol_dataset.site.words import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


def compared(figures: Iterable[tuple[Case, Fact]]) -> list[Edition]:
    """Compare figures of operations that have a value, in per cent of the greatest."""
    found = [(case, fact, quantity) for case, fact in figures if (quantity := fact.quantity)]
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


_TALL, _TOP = 320, 8
#: Room for the labels of a scale; from a million on they are words.
_WORDS, _MILLION = 62, 6
#: How far the arrow of a figure without a greatest value reaches.
_ARROW: Final = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """
    A figure to be drawn.

    :param case: Its operation.
    :param path: The fact on the operation's page that it leads to; a measure that is made of
        several leads to the list of them.
    :param text: What it says.
    :param status: Its status.
    :param point: Its value, or the middle of its range.
    :param low: The least value that it stands for.
    :param high: The greatest; none where there is no limit.
    """

    case: Case
    path: str
    text: str
    status: str
    point: float
    low: float
    high: float | None


def stated(figures: Iterable[tuple[Case, Fact]]) -> list[Mark]:
    """Return figures as marks; those without a value are left out."""
    marks = []
    for case, fact in figures:
        quantity = fact.quantity
        if quantity is None:
            continue
        low = float(quantity.lower)
        high = None if quantity.upper is None else float(quantity.upper)
        text = str(fact.line)
        marks.append(Mark(case, fact.path, text, fact.status, middle(quantity), low, high))

    return marks


def measured(
    cases: Iterable[Case], rows: Mapping[str, Mapping[str, Mapping[str, Any]]], measure: str
) -> list[Mark]:
    """
    Return the values of a measure as marks; operations without a number are left out.

    :param cases: The operations.
    :param rows: For each operation, its rows of measures.
    :param measure: The measure's id.
    """
    marks = []
    for case in cases:
        row = rows.get(case.id, {}).get(measure)
        if row is None or row["lower"] is None:
            continue
        low = float(row["lower"])
        high = None if row["upper"] is None else float(row["upper"])
        between = low if high is None else (low + high) / 2
        point = between if row["point"] is None else float(row["point"])
        facts = row["facts"] or []
        path = facts[0] if len(facts) == 1 else f"measures/{measure}"
        status = row["status"] or "unverified"
        marks.append(Mark(case, path, row["value_text"], status, point, low, high))

    return marks


class Dot(NamedTuple):
    """A mark, and where it is drawn: in time, its value and the ends of its range."""

    mark: Mark
    x: float
    y: float
    low: float
    high: float


class Dots(NamedTuple):
    """Marks over time on a logarithmic scale."""

    width: int
    height: int
    left: int
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    years: tuple[Tick, ...]


def over_time(marks: Sequence[Mark], width: int = _WIDTH) -> Dots:
    """Place the marks of dated operations in time."""
    dated = [mark for mark in marks if mark.case.year is not None]
    if not dated:
        return Dots(width, _TALL, _LEFT, (), (), ())

    years = [mark.case.year or 0 for mark in dated]
    first, last = min(years), max(years)
    top = max(1, *(ceil(log10(max(mark.high or mark.point, 1))) for mark in dated))
    room = _TALL - _BOTTOM - _TOP
    left = _LEFT if top < _MILLION else _WORDS
    step = (width - left) / (last - first + 1)

    def y(value: float) -> float:
        return round(_TALL - _BOTTOM - room * log10(max(value, 1)) / top, 1)

    return Dots(
        width,
        _TALL,
        left,
        tuple(
            Dot(
                mark,
                round(left + (_moment(mark.case) - first) * step, 1),
                y(mark.point),
                y(mark.low),
                y(mark.point) - _ARROW if mark.high is None else y(mark.high),
            )
            for mark in dated
        ),
        tuple(Tick(y(10**power), number(10**power)) for power in range(top + 1)),
        year_ticks(first, last, left, step),
    )


def _moment(case: Case) -> float:
    """Return when a case began, in years; in the middle of its year where that is all there is."""
    day = str(case.row["start"] or case.row["announced"] or "")
    month = int(day[5:7]) if day[5:7].isdigit() else 7

    return (case.year or 0) + (month - 0.5) / 12


#: The least numbers of operations of the map's shades.
_SHADES: Final = (1, 5, 15, 30, 60)


class WorldMap(NamedTuple):
    """Countries by the number of operations that list them."""

    width: int
    height: int
    shapes: tuple[tuple[str, int, str], ...]
    dots: tuple[tuple[str, int, int, int], ...]
    shades: tuple[str, ...]
    lacking: tuple[str, ...]
    source: str


@cache
def _world() -> dict[str, Any]:
    text = Path(__file__).with_name("data").joinpath("world.json").read_text("utf-8")
    world: dict[str, Any] = json.loads(text)

    return world


def world_map(counts: Mapping[str, int]) -> WorldMap:
    """Shade the map's countries by counts; the shade 0 is for none."""
    world = _world()
    shades = [
        *(f"{low}–{high - 1}" for low, high in pairwise(_SHADES)),
        f"{_SHADES[-1]} or more",
    ]

    return WorldMap(
        world["width"],
        world["height"],
        tuple((code, _shade(counts.get(code, 0)), path) for code, path in world["shapes"].items()),
        tuple((code, _shade(counts.get(code, 0)), x, y) for code, (x, y) in world["dots"].items()),
        ("none", *shades),
        tuple(code for code in counts if code not in world["shapes"] and code not in world["dots"]),
        world["source"],
    )


def _shade(count: int) -> int:
    return bisect_right(_SHADES, count)
