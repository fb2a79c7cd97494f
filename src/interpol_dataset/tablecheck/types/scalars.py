"""
The value that one text stands for, in plain Python.

Arrow reads whole columns; this reads the few texts that Arrow can't: limits and lists of values in
a schema, numbers beyond 64 bits, and types that Arrow doesn't have. It is called once for each
distinct text. Whatever has an order becomes a decimal number, so that one comparison serves every
type and nothing is rounded.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from interpol_dataset.tablecheck.types.lexical import form_of, steps_to_plain
from interpol_dataset.tablecheck.types.temporal import read_date, read_datetime, read_time

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from interpol_dataset.tablecheck.schema.schema import Field

#: Digits up to which a number is written out.
_WRITTEN_OUT: Final = 400


@lru_cache(maxsize=1024)
def read(field: Field, text: str) -> Hashable:
    """
    Return the value that a text stands for.

    :returns: A decimal number for whatever has an order; else a value that is equal to another
        exactly when the two texts mean the same.
    :raises ValueError: The text is not of the field's type and format.
    """
    form = form_of(field.type, field.format)
    plain = _plain(field, text)
    if form is not None and not re.fullmatch(form, plain):
        raise ValueError(text)

    return _READERS[field.type](field, plain)


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
    """Count the items of a list or an array, the members of an object, or the characters."""
    if field.type in {"array", "object"}:
        return len(json.loads(text))

    if field.type == "list":
        return text.count(field.delimiter) + 1

    return len(text)


def _plain(field: Field, text: str) -> str:
    if field.type in {"integer", "number"}:
        for pattern, new in steps_to_plain(field):
            text = re.sub(pattern, new, text)

    return text


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


def _yearmonth(_field: Field, text: str) -> Decimal:
    year, month = text.rsplit("-", 1)

    return Decimal(year) * 12 + int(month)


def _json(text: str, kind: type) -> str:
    value = json.loads(text, parse_constant=_refuse)
    if not isinstance(value, kind):
        raise ValueError(text)  # noqa: TRY004 - a cell that is not of its type is a value error

    return json.dumps(value, sort_keys=True)


def _refuse(constant: str) -> None:
    """Python reads NaN and Infinity in JSON, which JSON does not have."""
    raise ValueError(constant)


def _list(field: Field, text: str) -> tuple[Hashable, ...]:
    item = type(field)(name=field.name, type=field.item_type)

    return tuple(read(item, part) for part in text.split(field.delimiter))


_READERS: Final[dict[str, Callable[[Field, str], Hashable]]] = {
    "any": lambda _, text: text,
    "array": lambda _, text: _json(text, list),
    "boolean": _boolean,
    "date": read_date,
    "datetime": read_datetime,
    "duration": lambda _, text: text,
    "integer": _number,
    "list": _list,
    "number": _number,
    "object": lambda _, text: _json(text, dict),
    "string": lambda _, text: text,
    "time": read_time,
    "year": _number,
    "yearmonth": _yearmonth,
}

#: The field types of the standard.
TYPES: Final = frozenset(_READERS)
