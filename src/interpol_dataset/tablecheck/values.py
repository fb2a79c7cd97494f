"""
The standard's types: how their values are written, and the value that one text stands for.

Readers of files accept more than the standard does (``0x1F``, ``1_000``, ``2020-1-5``) or less
(``+1``), so a text is matched with a pattern of RE2 before it is cast. Arrow reads whole columns;
the functions here read the few texts that Arrow can't: limits and lists of values in a schema,
numbers beyond 64 bits, and types that Arrow doesn't have. Whatever has an order becomes a decimal
number, so that one comparison serves every type and nothing is rounded.
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

    from interpol_dataset.tablecheck.schema import Field

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
_ZONE: Final = "(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"

#: A day of the proleptic Gregorian calendar, leap years and all.
DATE: Final = f"(?:{_YEAR_4}-{_DAY}|{_LEAP})"
TIME: Final = (
    rf"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?){_ZONE}"
)
YEAR: Final = "-?(?:0[0-9]{3}|[1-9][0-9]{3,})"

_LABEL: Final = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ATOM: Final = r"[^\x00-\x20\x7f\"(),.:;<>@\[\\\]]+"

# RFC 3986, with its character sets written out: a scheme, an authority or a path, query, fragment.
_PCHAR: Final = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_USER: Final = r"(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*"
_HOST: Final = r"(?:\[[0-9A-Fa-fv:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)"
_AUTHORITY: Final = f"//(?:{_USER}@)?{_HOST}(?::[0-9]*)?"
_PATH: Final = f"(?:{_AUTHORITY}(?:/{_PCHAR}*)*|/?(?:{_PCHAR}+(?:/{_PCHAR}*)*)?)"
_TAIL: Final = f"(?:{_PCHAR}|[/?])*"

#: The forms of types and formats, not anchored; a type without one is read in another way.
FORMS: Final = {
    ("integer", "default"): INTEGER,
    ("number", "default"): NUMBER,
    ("date", "default"): DATE,
    ("time", "default"): TIME,
    ("datetime", "default"): f"{DATE}T{TIME}",
    ("year", "default"): YEAR,
    ("yearmonth", "default"): f"{YEAR}-(?:0[1-9]|1[0-2])",
    ("string", "email"): (
        rf"(?:{_ATOM}(?:\.{_ATOM})*|\"[^\x00-\x1f\"\\]+\")@(?:{_LABEL}(?:\.{_LABEL})+)"
    ),
    ("string", "uri"): rf"[A-Za-z][A-Za-z0-9+.-]*:{_PATH}(?:\?{_TAIL})?(?:#{_TAIL})?",
    ("string", "uuid"): "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
}

#: Digits up to which a number is written out.
_WRITTEN_OUT: Final = 400
_DAY_SECONDS: Final = 86_400
_CLOCK: Final = re.compile(
    r"(?:(?P<day>[0-9-]{10})T)?(?P<h>[0-9]{2}):(?P<m>[0-9]{2}):(?P<s>[0-9.]+)"
    r"(?:Z|(?P<sign>[+-])(?P<zh>[0-9]{2}):(?P<zm>[0-9]{2}))?"
)


@lru_cache(maxsize=1024)
def read(field: Field, text: str) -> Hashable:
    """
    Return the value that a text stands for.

    :returns: A decimal number for whatever has an order; else a value that is equal to another
        exactly when the two texts mean the same.
    :raises ValueError: The text is not of the field's type and format.
    """
    form = FORMS.get((field.type, field.format))
    if form is not None and not re.fullmatch(form, text):
        raise ValueError(text)

    return _READERS[field.type](field, text)


def is_value(field: Field, text: str) -> bool:
    """Return whether a text is of the field's type and format."""
    try:
        read(field, text)
    except (ValueError, RecursionError):
        return False

    return True


def number_of(field: Field, text: str) -> Decimal:
    """
    Return the place of a value in the order of its type.

    :raises ValueError: The text is not of the type, or the type has no order.
    """
    value = read(field, text)
    if not isinstance(value, Decimal):
        raise ValueError(text)  # noqa: TRY004 - to the caller it is not a value of the type

    return value


def key_of(field: Field, text: str) -> str:
    """Write a value so that equal values are equal texts, for use as a key."""
    try:
        value = read(field, text)
    except (ValueError, RecursionError):
        return text

    if isinstance(value, Decimal) and value.is_finite():
        # Written out, 1e1000000 would be a megabyte.
        short = value.normalize()
        return f"{short:f}" if abs(value.adjusted()) < _WRITTEN_OUT else str(short)

    return str(value)


def size_of(field: Field, text: str) -> int:
    """Count the items of an array, the members of an object, or the characters."""
    return len(text if field.type == "string" else json.loads(text))


def _number(_field: Field, text: str) -> Decimal:
    text = text.replace("INF", "Infinity")
    try:
        return Decimal(text)
    except InvalidOperation:
        # The exponent is beyond any that a decimal can have.
        mantissa, exponent = re.split("[eE]", text)
        if exponent.startswith("-") or not Decimal(mantissa):
            return Decimal(0)

        return Decimal("Infinity").copy_sign(Decimal(mantissa))


def _boolean(field: Field, text: str) -> bool:
    if text in field.true_values:
        return True

    if text in field.false_values:
        return False

    raise ValueError(text)


def _date(_field: Field, text: str) -> Decimal:
    return Decimal(date.fromisoformat(text).toordinal())


def _moment(_field: Field, text: str) -> Decimal:
    """Return a time or a datetime in seconds; without a zone it counts as UTC."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)

    total = Decimal(found["s"]) + int(found["m"]) * 60 + int(found["h"]) * 3600
    if found["day"]:
        total += date.fromisoformat(found["day"]).toordinal() * _DAY_SECONDS
    if found["sign"]:
        zone = int(found["zh"]) * 3600 + int(found["zm"]) * 60
        total += -zone if found["sign"] == "+" else zone

    return total


def _yearmonth(_field: Field, text: str) -> Decimal:
    year, month = text.rsplit("-", 1)

    return Decimal(year) * 12 + int(month)


def _json(text: str, kind: type) -> str:
    value = json.loads(text, parse_constant=no_number)
    if not isinstance(value, kind):
        raise ValueError(text)  # noqa: TRY004 - a cell that is not of its type is a value error

    return json.dumps(value, sort_keys=True)


def no_number(word: str) -> None:
    """Refuse NaN and Infinity, which Python reads in JSON."""
    raise ValueError(f"{word} is not a number of JSON")


_READERS: Final[dict[str, Callable[[Field, str], Hashable]]] = {
    "any": lambda _, text: text,
    "array": lambda _, text: _json(text, list),
    "boolean": _boolean,
    "date": _date,
    "datetime": _moment,
    "integer": _number,
    "number": _number,
    "object": lambda _, text: _json(text, dict),
    "string": lambda _, text: text,
    "time": _moment,
    "year": _number,
    "yearmonth": _yearmonth,
}

#: The field types that can be checked.
TYPES: Final = frozenset(_READERS)


# --- values of JSON and of nested columns, as the texts that a CSV file would hold -------------


class Number(str):
    """A JSON number as it is written, so that no digit is lost."""

    __slots__ = ()


class Faulty:
    """An object in which a member is there twice, or one of Python's words for no number."""


def write_cell(field: Field, value: Any) -> str:
    """
    Write a value as a cell of a field.

    :raises ValueError: There is something faulty in it.
    :raises RecursionError: It is nested too deep.
    """
    if isinstance(value, bool) and field.type == "boolean":
        # A field may have no word for a value; any word that isn't one of its own is then a fault.
        return (*(field.true_values if value else field.false_values), write(value))[0]

    return write(value)


def write(value: Any) -> str:
    """Write a text as it is, and anything else as JSON."""
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
