"""
Figures over time: each with the range that its hedge stands for, and none added to another.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log10
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.site.charts import Tick, middle, year_ticks
from interpol_dataset.site.words.values import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from interpol_dataset.site.model import Case, Fact


_WIDTH, _HEIGHT, _BOTTOM, _TOP = 640, 320, 22, 8
#: Room for the labels of a scale; from a million on they are words.
_LEFT, _WORDS, _MILLION = 34, 62, 6
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
        return Dots(width, _HEIGHT, _LEFT, (), (), ())

    years = [mark.case.year or 0 for mark in dated]
    first, last = min(years), max(years)
    top = max(1, *(ceil(log10(max(mark.high or mark.point, 1))) for mark in dated))
    room = _HEIGHT - _BOTTOM - _TOP
    left = _LEFT if top < _MILLION else _WORDS
    step = (width - left) / (last - first + 1)

    def y(value: float) -> float:
        return round(_HEIGHT - _BOTTOM - room * log10(max(value, 1)) / top, 1)

    return Dots(
        width,
        _HEIGHT,
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
