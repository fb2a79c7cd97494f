"""
The standard's types: how their values are written, and the value that one text stands for.

Arrow reads whole columns; the functions here read the few texts that Arrow can't: limits and lists
of values in a schema, and numbers beyond 64 bits. Whatever has an order becomes a decimal number,
so that one comparison serves every type and nothing is rounded.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.tablecheck import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

INTEGER: Final = "[+-]?[0-9]+"
NUMBER: Final = r"(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|-?INF)"
_YEAR_4: Final = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP: Final = (
    "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
)
_DAY: Final = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_TIME: Final = (
    r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
    "(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
#: A day of the proleptic Gregorian calendar, leap years and all.
DATE: Final = f"(?:{_YEAR_4}-{_DAY}|{_LEAP})"
#: The forms of types, not anchored; a type without one is read in another way.
FORMS: Final = {"integer": INTEGER, "number": NUMBER, "date": DATE, "datetime": f"{DATE}T{_TIME}"}
#: Texts that mean true and false.
TRUE_VALUES: Final = ("true", "True", "TRUE", "1")
FALSE_VALUES: Final = ("false", "False", "FALSE", "0")
#: Digits up to which a number is written out.
_WRITTEN_OUT: Final = 400


@lru_cache(maxsize=1024)
def read(type_: str, text: str) -> Any:
    """
    Return the value that a text stands for.

    :returns: A decimal number for whatever has an order; else a value that is equal to another
        exactly when the two texts mean the same.
    :raises ValueError: The text is not of the type.
    """
    form = FORMS.get(type_)
    if form is not None and not re.fullmatch(form, text):
        raise ValueError(text)
    return _READERS[type_](text)


def is_value(type_: str, text: str) -> bool:
    """Return whether a text is of a type."""
    try:
        read(type_, text)
    except (ValueError, RecursionError):
        return False
    return True


def key_of(type_: str, text: str) -> str:
    """Write a value so that equal values are equal texts, for use as a key."""
    try:
        value = read(type_, text)
    except (ValueError, RecursionError):
        return text
    if isinstance(value, Decimal) and value.is_finite():
        # Written out, 1e1000000 would be a megabyte.
        short = value.normalize()
        return f"{short:f}" if abs(value.adjusted()) < _WRITTEN_OUT else str(short)
    return str(value)


def _number(text: str) -> Decimal:
    text = text.replace("INF", "Infinity")
    try:
        return Decimal(text)
    except InvalidOperation:
        # The exponent is beyond any that a decimal can have.
        mantissa, exponent = re.split("[eE]", text)
        if exponent.startswith("-") or not Decimal(mantissa):
            return Decimal(0)
        return Decimal("Infinity").copy_sign(Decimal(mantissa))


def _boolean(text: str) -> bool:
    if text not in {*TRUE_VALUES, *FALSE_VALUES}:
        raise ValueError(text)
    return text in TRUE_VALUES


def _date(text: str) -> Decimal:
    return Decimal(date.fromisoformat(text).toordinal())


def _moment(text: str) -> Decimal:
    """Return a datetime in seconds; without a zone it counts as UTC."""
    clock, sign, zone = re.split("([Z+-]|$)", text[11:], maxsplit=1)
    hours, minutes, seconds = clock.split(":")
    total = (_date(text[:10]) * 24 + int(hours)) * 3600 + int(minutes) * 60 + Decimal(seconds)
    if zone:
        offset = int(zone[:2]) * 3600 + int(zone[3:]) * 60
        total += -offset if sign == "+" else offset
    return total


def _json(text: str, kind: type) -> str:
    value = json.loads(text, parse_constant=no_number)
    if not isinstance(value, kind):
        raise ValueError(text)  # noqa: TRY004 - a cell that is not of its type is a value error
    return json.dumps(value, sort_keys=True)


def no_number(word: str) -> None:
    """Refuse NaN and Infinity, which Python reads in JSON."""
    raise ValueError(f"{word} is not a number of JSON")


_READERS: Final[dict[str, Callable[[str], Hashable]]] = {
    "any": str,
    "array": lambda text: _json(text, list),
    "boolean": _boolean,
    "date": _date,
    "datetime": _moment,
    "integer": _number,
    "number": _number,
    "object": lambda text: _json(text, dict),
    "string": str,
}

#: The field types that can be checked.
TYPES: Final = frozenset(_READERS)


# --- values of JSON and of nested columns, as the texts that a CSV file would hold -------------


class Number(str):
    """A JSON number as it is written, so that no digit is lost."""

    __slots__ = ()


class Faulty:
    """An object with a member twice, or one of Python's words such as NaN."""


def write(value: Any) -> str:
    """Write a text as it is, and anything else as JSON, if it is sound and not nested too deep."""
    return value if isinstance(value, str) else _write_json(value, 1)


def _write_json(value: Any, depth: int) -> str:
    if depth == limits.MAX_JSON_DEPTH:
        raise RecursionError
    match value:
        case Number():
            return value
        case dict():
            members = [f"{json.dumps(k)}: {_write_json(v, depth + 1)}" for k, v in value.items()]
            return f"{{{', '.join(members)}}}"
        case list():
            return f"[{', '.join(_write_json(item, depth + 1) for item in value)}]"
        case Faulty():
            raise ValueError
        case _:
            return json.dumps(value, default=str, ensure_ascii=False)
