"""What the pictures show, in the units of their drawings. The templates draw it as SVG."""

from __future__ import annotations

from math import ceil, floor, log10
from textwrap import shorten
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.schema.vocabulary import InterpolRole
from interpol_dataset.site.words import amount
from interpol_dataset.values import grouped

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
#: The height of a picture, and its room for names above and years below. Widths are per cent, so
#: that text has the same size on every screen.
_HEIGHT, _TOP, _BOTTOM = 230, 20, 20
_ROOM: Final = _HEIGHT - _TOP - _BOTTOM


class Part(NamedTuple):
    """
    What a column is to show: its year, its parts by kind, and where it leads.

    :param note: What most of it is.
    """

    year: int
    amounts: tuple[tuple[str, float], ...] = ()
    href: str = ""
    note: str = ""

    @property
    def total(self) -> float:
        """The sum of its parts."""
        return sum(amount for _, amount in self.amounts)


class Column(NamedTuple):
    """A column: its place, what it is, the name above it, and its parts: kind, y and height."""

    x: float
    width: float
    y: float
    part: Part
    note: str
    text: str
    segments: tuple[tuple[str, float, float], ...]

    def amount_of(self, kind: str) -> float:
        """Return how much it has of a kind."""
        return sum(amount for other, amount in self.part.amounts if other == kind)


class Columns(NamedTuple):
    """
    Stacked columns over years, and how many operations have no date and are in none.

    :param ticks: The lines of the scale: where, with their labels; likewise the years.
    """

    height: int
    columns: tuple[Column, ...] = ()
    ticks: Sequence[tuple[float, str]] = ()
    years: Sequence[tuple[float, str]] = ()
    undated: int = 0


def columns(parts: Sequence[Part], named: int = 0, unit: str | None = None) -> Columns:
    """Return columns over years, of which so many of the largest may bear their names."""
    if not parts:
        return Columns(_HEIGHT)

    known = {part.year: part for part in parts}
    first, last = min(known), max(known)
    step = 100 / (last - first + 1)
    scale, ticks = _scale(max(part.total for part in parts), unit)
    drawn = [
        _column(known.get(year, Part(year)), (year - first + 0.5) * step, step, scale, unit)
        for year in range(first, last + 1)
    ]
    names = _names(drawn, named)

    return Columns(
        _HEIGHT,
        tuple(column._replace(note=names.get(column.part.year, "")) for column in drawn),
        ticks,
        _years(first, last, step),
    )


def _column(part: Part, middle: float, step: float, scale: float, unit: str | None) -> Column:
    widest = 6.0
    width = min(step * 0.8, widest)
    y = float(_HEIGHT - _BOTTOM)
    segments = []
    for kind, value in part.amounts:
        height = value * scale
        if height:
            y -= height
            segments.append((kind, round(y, 1), round(height, 1)))
    text = amount(str(int(part.total)), unit)

    return Column(
        round(middle - width / 2, 2), round(width, 2), round(y, 1), part, "", text, (*segments,)
    )


def _scale(greatest: float, unit: str | None) -> tuple[float, list[tuple[float, str]]]:
    """Return the pixels of one, and the lines of a scale: three to five, at round numbers."""
    size = 10 ** floor(log10(max(greatest, 1)))
    steps = (size * tenths / 10 for tenths in (2, 5, 10, 20, 25))
    step = next(step for step in steps if greatest <= step * 4)
    step = max(step, 1)
    top = ceil(max(greatest, 1) / step)
    scale = _ROOM / (top * step)
    ticks = [
        (
            round(_HEIGHT - _BOTTOM - at * step * scale, 1),
            amount(str(round(at * step)), unit if at == top else None),
        )
        for at in range(top + 1)
    ]
    return scale, ticks


def _names(drawn: Sequence[Column], most: int) -> dict[int, str]:
    """Return the names of the largest columns that have one, by year, none over another."""
    near, high, beside, notable, letters = 30, 17, 10, 0.15, 26
    placed: list[Column] = []
    for column in sorted(drawn, key=lambda column: column.y):
        is_next_to_note = any(
            abs(column.x - other.x) < near and abs(column.y - other.y) < high for other in placed
        ) or any(abs(column.x - other.x) < beside and other.y < column.y for other in drawn)
        tall = _HEIGHT - _BOTTOM - column.y >= _ROOM * notable
        if column.part.note and tall and not is_next_to_note and len(placed) < most:
            placed.append(column)
    return {
        column.part.year: shorten(column.part.note, letters, placeholder="…") for column in placed
    }


def by_year(cases: Iterable[Case], query: str = "") -> Columns:
    """
    Count operations by their year and INTERPOL's role.

    :param query: What selects them in the list of operations: ``area=cybercrime&``.
    """
    groups = grouped((case.year or 0, case.row["interpol_role"]) for case in cases)
    undated = groups.pop(0, [])
    parts = [
        Part(
            year,
            tuple((kind(role), roles.count(role)) for role in ROLES),
            f"cases/index.html?{query}from={year}&to={year}",
        )
        for year, roles in sorted(groups.items())
    ]
    return columns(parts)._replace(undated=len(undated))


def kind(role: InterpolRole | None) -> str:
    """Return the class of a role's colour."""
    return InterpolRole(role).value if role else "unstated"


def _years(first: int, last: int, step: float) -> list[tuple[float, str]]:
    """Return the labels of years: each of a few, else every fifth."""
    few, every = 10, 5
    return [
        (round((year - first + 0.5) * step, 2), str(year))
        for year in range(first, last + 1)
        if year % every == 0 or last - first < few
    ]


def shares(counts: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, int, float]]:
    """Return bars, longest first, from addresses, names and counts: with per cents of it."""
    found = sorted((item for item in counts if item[2]), key=lambda item: (-item[2], item[1]))
    return [(*bar, round(100 * bar[2] / found[0][2], 1)) for bar in found]


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
    spans = [(case, fact, *_span(quantity)) for case, fact, quantity in found]
    greatest = max((high for *_, high in spans), default=0) or 1
    return [
        Edition(case, fact, *(round(100 * value / greatest, 1) for value in span))
        for case, fact, *span in spans
    ]


def _span(size: Quantity) -> tuple[float, float, float]:
    """Return the number that was said, or the middle of a range, and the ends of the range."""
    low, high = float(size.lower), float(size.upper or 0)
    point = (low + (high or low)) / 2 if size.point is None else float(size.point)
    return point, low, high or point
