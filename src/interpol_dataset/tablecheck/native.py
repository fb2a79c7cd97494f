"""
Columns that are not text: what a Parquet file or another engine hands over.

A native type that fits the field is taken as it is, without a lexical form. A type that holds the
same thing in another dress (a dictionary, a decimal, a list) is written as the text that a CSV
file would hold, and checked as such. Any other type is wrong in every cell.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
from pyarrow import types

from interpol_dataset.tablecheck import kernels

if TYPE_CHECKING:
    from collections.abc import Callable

    from interpol_dataset.tablecheck.schema import Field

__all__ = ["Column", "as_column", "show"]

_TEXT: Final = pa.string()
_STRUCTURED: Final = {"array", "list", "object", "geojson", "geopoint"}


class Column(NamedTuple):
    """
    A column as text, or as values of a native type.

    :param text: The cells as text; none for native values.
    :param wrong: Where a native column is not of the field's type.
    :param values: Native values that can be compared.
    """

    text: pa.Array | None = None
    wrong: pa.BooleanArray | None = None
    values: pa.Array | None = None


def as_column(field: Field, raw: pa.Array) -> Column:
    """Return a column the form in which it is checked."""
    type_ = raw.type
    if type_ == _TEXT:
        return Column(text=raw)

    if types.is_dictionary(type_):
        return as_column(field, kernels.cast(raw, type_.value_type))

    if types.is_large_string(type_) or types.is_string_view(type_):
        return Column(text=kernels.cast(raw, _TEXT))

    if types.is_null(type_):
        return Column(text=kernels.cast(raw, _TEXT))

    return _native(field, raw)


def _native(field: Field, raw: pa.Array) -> Column:
    fits, values_type = _FITS.get(field.type, (_never, None))
    if fits(raw.type) and not _needs_text(field):
        values = _values(raw, values_type)
        if values is not None or not field.constraints.bounds:
            return Column(values=values)

    if field.type in _STRUCTURED and types.is_nested(raw.type):
        return Column(text=_map_cells(raw, _structured_text(field)))

    if _WRITTEN.get(field.type, _never)(raw.type):
        return Column(text=_as_text(field, raw))

    return Column(wrong=kernels.call("is_valid", raw))


def _needs_text(field: Field) -> bool:
    """Say whether a rule reads texts, or a value of the type itself means a missing one (-99)."""
    rules = field.constraints

    return any(field.missing) or bool(
        rules.enum or rules.pattern or field.categories or rules.min_length or rules.max_length
    )


def _values(raw: pa.Array, type_: pa.DataType | None) -> pa.Array | None:
    if type_ is None:
        return None

    try:
        return kernels.cast(raw, type_)
    except pa.ArrowInvalid:
        return None


def _never(_type: pa.DataType) -> bool:
    return False


def _is_number(type_: pa.DataType) -> bool:
    return bool(types.is_floating(type_) or types.is_integer(type_))


def _always(_type: pa.DataType) -> bool:
    return True


#: Native types that are taken as they are, and the type in which their values are compared.
_FITS: Final[dict[str, tuple[Callable[[pa.DataType], bool], pa.DataType | None]]] = {
    "any": (_always, None),
    "boolean": (types.is_boolean, None),
    "date": (types.is_date, pa.date32()),
    "duration": (types.is_duration, None),
    "integer": (types.is_integer, pa.int64()),
    "number": (_is_number, pa.float64()),
    "year": (types.is_integer, pa.int64()),
}

#: Native types that are written as text and then checked.
_WRITTEN: Final[dict[str, Callable[[pa.DataType], bool]]] = {
    "any": _always,
    "datetime": types.is_timestamp,
    "integer": lambda type_: _is_number(type_) or types.is_decimal(type_),
    "number": lambda type_: _is_number(type_) or types.is_decimal(type_),
    "time": types.is_time,
    "boolean": types.is_boolean,
    "date": types.is_date,
    "year": types.is_integer,
}


def _as_text(field: Field, raw: pa.Array) -> pa.Array:
    if types.is_boolean(raw.type):
        # Where a field has no word for it, it is no value of the field, and any other word tells.
        words = (*field.true_values, "true")[0], (*field.false_values, "false")[0]
        true, false = kernels.texts(words)
        return kernels.call("if_else", raw, true, false)

    if field.type == "any":
        return show(raw)

    text = kernels.cast(raw, _TEXT)
    if types.is_timestamp(raw.type):
        return kernels.replace(text, " ", "T")

    if types.is_floating(raw.type):
        text = kernels.replace(kernels.replace(text, "^nan$", "NaN"), "inf$", "INF")

    if types.is_floating(raw.type) or types.is_decimal(raw.type):
        # A whole number is one in any dress: 5.0 and 5.00 are the integer 5.
        return kernels.replace(text, r"\.0+$", "")

    return text


def _structured_text(field: Field) -> Callable[[Any], str]:
    if field.type == "list":
        return lambda value: field.delimiter.join(map(_plain, value))

    if field.type == "geopoint" and field.format == "default":
        return lambda value: ",".join(map(_plain, value))

    return lambda value: json.dumps(value, default=str, ensure_ascii=False)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _map_cells(raw: pa.Array, write: Callable[[Any], str]) -> pa.Array:
    """Write each cell; a map, which Arrow gives as pairs, becomes an object."""
    cells = raw.to_pylist()
    if types.is_map(raw.type):
        cells = [None if cell is None else dict(cell) for cell in cells]

    return kernels.texts([None if cell is None else write(cell) for cell in cells])


def show(raw: pa.Array) -> pa.Array:
    """Write cells as text for a finding."""
    if raw.type == _TEXT:
        return kernels.shorten(raw)

    return kernels.texts([None if cell is None else str(cell)[:200] for cell in raw.to_pylist()])
