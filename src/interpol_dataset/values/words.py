"""
Values in words: "nearly 1,000", "400 to 500 kg", "28 June to 23 November 2022".
"""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from interpol_dataset.values.edtf import Edtf
    from interpol_dataset.values.quantity import Quantity

__all__ = ["date_in_words", "listed", "lowered", "quantity_in_words"]

#: How a hedge is said before a number, by its sign.
_HEDGES: Final = {
    "": "",
    "~": "about ",
    ">=": "at least ",
    ">": "more than ",
    "<=": "up to ",
    "<": "nearly ",
}

#: Units that are written before the number are currencies: codes of three capitals.
_CODE: Final = 3


def quantity_in_words(
    quantity: Quantity,
    unit: str | None = None,
    *,
    number: Callable[[Decimal], str] | None = None,
    units: Mapping[str, str] | None = None,
) -> str:
    """
    Write a number as people do.

    :param quantity: The number, with its hedge.
    :param unit: Its unit: ``kg`` and the like, or the code of a currency.
    :param number: Writes a number without hedge and unit; by default with all its digits.
    :param units: Words for units, in the plural; by default they are written as they are.
    """
    written = number or _grouped
    if quantity.point is None:
        upper = quantity.lower if quantity.upper is None else quantity.upper
        text = f"{written(quantity.lower)} to {written(upper)}"
    else:
        text = written(quantity.point)

    return f"{_HEDGES.get(quantity.sign, '')}{_with_unit(text, unit, units or {})}"


def date_in_words(period: Edtf) -> str:
    """Write a day or a period as people do; what EDTF says beyond that stays in its notation."""
    first, last = period.start, period.end
    if any(sign in period.notation for sign in "~?%X") or not period.earliest or not period.latest:
        return period.notation
    if "/" not in period.notation:
        return _span(first) or period.notation

    begin, end = _span(first), _span(last)
    if not begin or not end or first == last:
        return period.notation

    return f"{_shortened(begin, end)} to {end}"


def _shortened(begin: str, end: str) -> str:
    """Leave out of a beginning what the end repeats: the year, and the month before it."""
    words, others = begin.split(), end.split()
    while len(words) > 1 and words[-1] == others[-1]:
        words, others = words[:-1], others[:-1]

    return " ".join(words)


def _span(days: tuple[date, date]) -> str | None:
    """Write a day, a month or a year; none where the days are something else."""
    first, last = days
    if first == last:
        return f"{first.day} {calendar.month_name[first.month]} {first.year}"
    if first.year != last.year:
        return None
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    length = calendar.monthrange(first.year, first.month)[1]
    if first.month == last.month and (first.day, last.day) == (1, length):
        return f"{calendar.month_name[first.month]} {first.year}"

    return None


def _grouped(number: Decimal) -> str:
    return f"{number:,f}"


def _with_unit(text: str, unit: str | None, units: Mapping[str, str]) -> str:
    if unit is None:
        return text
    if len(unit) == _CODE and unit.isupper():
        return f"{unit} {text}"
    word = units.get(unit, unit)

    return f"{text} {word.removesuffix('s') if text == '1' else word}"


def lowered(name: str) -> str:
    """Write a name in the middle of a sentence; one that begins with an abbreviation stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def listed(names: Iterable[str]) -> str:
    """Join names: a, b and c."""
    *first, last = names

    return f"{', '.join(first)} and {last}" if first else last
