"""
Columns that are not text: what a Parquet file or another engine hands over.

A native type that fits the field is taken as it is, without a lexical form. A type that holds the
same in another form (a dictionary, a decimal, a list) is written as the text that a CSV file would
hold, and checked as such. Any other type is wrong in every cell, and so is one that can't be read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
from pyarrow import types

from interpol_dataset.tablecheck import arrow

if TYPE_CHECKING:
    from collections.abc import Callable

    from interpol_dataset.tablecheck.schema.schema import Field

__all__ = ["Column", "as_column", "show", "write"]

_STRUCTURED: Final = {"array", "list", "object", "geojson", "geopoint"}
#: The days that Python and the standard have, 0001-01-01 to 9999-12-31, counted from 1970-01-01.
_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896


class Column(NamedTuple):
    """
    A column as text, or as values of a native type.

    :param text: The cells as text; ``None`` for native values.
    :param wrong: Where a native column is not of the field's type.
    :param values: Native values that can be compared.
    """

    text: pa.Array | None = None
    wrong: pa.BooleanArray | None = None
    values: pa.Array | None = None


def as_column(field: Field, raw: pa.Array) -> Column:
    """Return a column in the form in which it is checked."""
    type_ = raw.type
    if type_ == arrow.TEXT:
        return Column(text=raw)

    try:
        if types.is_dictionary(type_):
            return as_column(field, arrow.cast(raw, type_.value_type))

        if types.is_large_string(type_) or types.is_string_view(type_) or types.is_null(type_):
            return Column(text=arrow.cast(raw, arrow.TEXT))

        return _native(field, raw)
    except (*arrow.CAN_NOT, ValueError, OverflowError):
        return Column(wrong=arrow.call("is_valid", raw))


def _native(field: Field, raw: pa.Array) -> Column:
    fits, values_type = _FITS.get(field.type, (_never, None))
    if fits(raw.type) and not _needs_text(field):
        values = _values(raw, values_type)
        if values is not None and field.type == "date":
            wrong = _outside_calendar(values)
            return Column(wrong=wrong, values=arrow.with_nulls(values, wrong))
        if values is not None or not field.constraints.bounds:
            return Column(values=values)

    if field.type in _STRUCTURED and types.is_nested(raw.type):
        return Column(text=_map_cells(raw, _structured_text(field)))

    if _WRITTEN.get(field.type, _never)(raw.type):
        return Column(text=_as_text(field, raw))

    return Column(wrong=arrow.call("is_valid", raw))


def _needs_text(field: Field) -> bool:
    """Return whether a rule reads texts, or a value such as -99 means a missing one."""
    rules = field.constraints

    return any(field.missing) or bool(
        rules.enum or rules.pattern or field.categories or rules.min_length or rules.max_length
    )


def _values(raw: pa.Array, type_: pa.DataType | None) -> pa.Array | None:
    if type_ is None:
        return None

    try:
        return arrow.cast(raw, type_)
    except pa.ArrowInvalid:
        return None


def _outside_calendar(days: pa.Array) -> pa.BooleanArray:
    numbers = days.view(pa.int32())
    early = arrow.call("less", numbers, arrow.number(_FIRST_DAY))
    late = arrow.call("greater", numbers, arrow.number(_LAST_DAY))

    return arrow.no_nulls(arrow.call("or", early, late))


def _never(_type: pa.DataType) -> bool:
    return False


def _always(_type: pa.DataType) -> bool:
    return True


def _is_number(type_: pa.DataType) -> bool:
    return bool(types.is_floating(type_) or types.is_integer(type_))


def _is_number_or_decimal(type_: pa.DataType) -> bool:
    return _is_number(type_) or bool(types.is_decimal(type_))


#: Native types that are taken as they are, and the type in which their values are compared.
_FITS: Final[dict[str, tuple[Callable[[pa.DataType], bool], pa.DataType | None]]] = {
    "any": (_always, None),
    "boolean": (types.is_boolean, None),
    "date": (types.is_date, pa.date32()),
    "duration": (types.is_duration, None),
    "integer": (types.is_integer, arrow.INT64),
    "number": (_is_number, pa.float64()),
    "year": (types.is_integer, arrow.INT64),
}

#: Native types that are written as text and then checked.
_WRITTEN: Final[dict[str, Callable[[pa.DataType], bool]]] = {
    "any": _always,
    "boolean": types.is_boolean,
    "date": types.is_date,
    "datetime": types.is_timestamp,
    "integer": _is_number_or_decimal,
    "number": _is_number_or_decimal,
    "time": types.is_time,
    "year": types.is_integer,
}


def _as_text(field: Field, raw: pa.Array) -> pa.Array:
    if types.is_boolean(raw.type):
        # A field may have no word for a value; any word that isn't one of its own is then a fault.
        words = (*field.true_values, "true")[0], (*field.false_values, "false")[0]
        true, false = arrow.texts(words)
        return arrow.call("if_else", raw, true, false)

    if field.type == "any":
        return write(raw)

    if types.is_timestamp(raw.type):
        zone = "UTC" if raw.type.tz else None
        moments = arrow.cast(raw, pa.timestamp(raw.type.unit, zone))
        return arrow.replace(arrow.cast(moments, arrow.TEXT), " ", "T")

    text = arrow.cast(raw, arrow.TEXT)
    if types.is_floating(raw.type):
        text = arrow.replace(arrow.replace(text, "^nan$", "NaN"), "inf$", "INF")

    if types.is_floating(raw.type) or types.is_decimal(raw.type):
        # A whole number may be of any type: 5.0 and 5.00 are the integer 5.
        return arrow.replace(text, r"\.0+$", "")

    return text


def _structured_text(field: Field) -> Callable[[Any], str]:
    if field.type == "list":
        return lambda value: field.delimiter.join(map(_plain, value))

    if field.type == "geopoint" and field.format == "default":
        return lambda value: ",".join(map(_plain, value))

    return lambda value: json.dumps(value, default=str, ensure_ascii=False)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _map_cells(raw: pa.Array, change: Callable[[Any], str]) -> pa.Array:
    """Write each cell; a map, which Arrow has as pairs, becomes an object."""
    cells = raw.to_pylist()
    if types.is_map(raw.type):
        cells = [None if cell is None else dict(cell) for cell in cells]

    return arrow.texts([None if cell is None else change(cell) for cell in cells])


def write(raw: pa.Array) -> pa.StringArray:
    """Write any cells as texts: as Arrow does, as Python does, or at least with their type."""
    try:
        return arrow.cast(raw, arrow.TEXT)
    except arrow.CAN_NOT:
        pass

    try:
        return _map_cells(raw, str)
    except (*arrow.CAN_NOT, ValueError, OverflowError):
        valid = arrow.call("is_valid", raw).to_pylist()
        return arrow.texts([f"<{raw.type}>" if there else None for there in valid])


def show(raw: pa.Array) -> pa.StringArray:
    """Write cells as a finding shows them, shortened."""
    return arrow.shorten(write(raw))
