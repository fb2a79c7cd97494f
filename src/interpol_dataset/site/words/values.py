"""
Numbers and dates in words.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from interpol_dataset.errors import NotationError
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import date_in_words, quantity_in_words

_UNITS: Final = {
    "g": "grams",
    "kg": "kg",
    "t": "tonnes",
    "l": "litres",
    "m3": "cubic metres",
    "ha": "hectares",
    "km2": "square kilometres",
}
_LARGE: Final = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
#: From here on a number of two decimals in words is easier than its digits.
_MILLION: Final = 10**6

#: How many quantities and dates are kept in words: pages repeat them several times.
_KEPT: Final = 2**14


def number(value: Decimal | float) -> str:
    """Write a number: 2,800 or 129,975,440, but 130 million."""
    exact = Decimal(str(value))
    for size, word in _LARGE:
        if exact >= size and (exact * 100) % size == 0:
            return f"{(exact / size).normalize():f} {word}"

    return f"{exact.normalize():,f}" if exact == exact.to_integral() else f"{exact:,f}"


@lru_cache(maxsize=_KEPT)
def amount(notation: str, unit: str | None = None) -> str:
    """
    Write a quantity with its hedge and unit: "nearly 2,800", "USD 130 million".

    :param notation: The quantity; any other text is returned as it is.
    :param unit: The code of its unit or currency.
    """
    try:
        quantity = Quantity.parse(notation)
    except NotationError:
        return notation

    return quantity_in_words(quantity, unit, number=number, units=_UNITS)


def roman(value: int) -> str:
    """Write a number below 40 as that of an edition: 14 is "XIV"."""
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")

    return "X" * (value // 10) + ones[value % 10]


@lru_cache(maxsize=_KEPT)
def date(notation: str | None) -> str:
    """Write a day or a period: "28 June to 23 November 2022", "about March 2019"."""
    if not notation:
        return ""
    try:
        return date_in_words(Edtf.parse(notation))
    except NotationError:
        return notation
