"""
Columns that are not text: what a Parquet file or another engine hands over.

A native column is written as the texts that a CSV file would hold, and checked as such, so that one
set of rules serves every source. A column of a type that the field can't have, or whose values
can't be read, is wrong in every cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyarrow import types

from interpol_dataset.tablecheck import arrow
from interpol_dataset.tablecheck.types.structured import write_cell

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from interpol_dataset.tablecheck.schema.schema import Field

_STRUCTURED: Final = {"array", "list", "object"}
#: What Arrow and Python raise where a value of a native type can't be written; a KeyError comes of
#: a time zone that pytz does not know, which Arrow asks where it is installed.
_WRITE_ERRORS: Final = (
    *arrow.CAST_ERRORS,
    *(TypeError, ValueError, OverflowError, RecursionError, KeyError),
)


def sound(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return text columns that are not UTF-8 as bytes, which no field can hold."""
    return pa.RecordBatch.from_arrays([*map(_sound, batch.columns)], batch.schema.names)


def _sound(raw: pa.Array) -> pa.Array:
    try:
        raw.validate(full=True)
    except pa.ArrowInvalid:
        raw = arrow.take(raw.dictionary, raw.indices) if types.is_dictionary(raw.type) else raw
        return arrow.cast(raw, pa.binary()) if _is_text(raw.type) else raw

    return raw


def plain(raw: pa.Array) -> pa.Array:
    """Return a column in a type that all of Arrow's functions take."""
    if types.is_run_end_encoded(raw.type):
        return plain(arrow.call("run_end_decode", raw))

    if types.is_string_view(raw.type):
        return arrow.cast(raw, arrow.TEXT)

    return arrow.cast(raw, pa.binary()) if types.is_binary_view(raw.type) else raw


def as_text(field: Field, raw: pa.Array) -> pa.StringArray | None:
    """Return a column as text; ``None`` if its type is not one that the field can have."""
    try:
        if types.is_dictionary(raw.type):
            return as_text(field, arrow.take(raw.dictionary, raw.indices))

        if _is_text(raw.type):
            return arrow.cast(raw, arrow.TEXT)

        if types.is_nested(raw.type) and field.type in _STRUCTURED:
            return _map_cells(raw, lambda value: write_cell(field, value))

        return _scalar_text(field, raw)
    except _WRITE_ERRORS:
        return None


def _is_text(type_: pa.DataType) -> bool:
    return any(
        test(type_)
        for test in (types.is_string, types.is_large_string, types.is_string_view, types.is_null)
    )


def _is_number(type_: pa.DataType) -> bool:
    return any(test(type_) for test in (types.is_integer, types.is_floating, types.is_decimal))


#: Native types that a field may have.
_HELD: Final[dict[str, Callable[[pa.DataType], bool]]] = {
    "any": lambda _: True,
    "boolean": types.is_boolean,
    "date": types.is_date,
    "datetime": types.is_timestamp,
    "duration": types.is_duration,
    "integer": _is_number,
    "number": _is_number,
    "time": types.is_time,
    "year": types.is_integer,
}


def _scalar_text(field: Field, raw: pa.Array) -> pa.StringArray | None:
    type_ = raw.type
    if field.type not in _HELD or not _HELD[field.type](type_):
        return None

    if types.is_boolean(type_):
        true, false = arrow.texts([write_cell(field, value) for value in (True, False)])
        return arrow.call("if_else", raw, true, false)

    if types.is_timestamp(type_) and field.type == "datetime":
        moments = arrow.cast(raw, pa.timestamp(type_.unit, "UTC")) if type_.tz else raw
        return arrow.replace(write(moments), " ", "T")

    if types.is_duration(type_) and field.type == "duration":
        return _map_cells(raw, _write_duration)

    text = write(raw)
    if types.is_floating(type_):
        text = arrow.replace(arrow.replace(text, "^nan$", "NaN"), "inf$", "INF")

    # A whole number may be of any type: 5.0 and 5.00 are the integer 5.
    whole = types.is_floating(type_) or types.is_decimal(type_)

    return arrow.replace(text, r"\.0+$", "") if whole else text


def _write_duration(value: timedelta) -> str:
    seconds = value.total_seconds()

    return f"{'-' if seconds < 0 else ''}PT{abs(seconds):.6f}S"


def _map_cells(raw: pa.Array, change: Callable[[Any], str]) -> pa.StringArray:
    """Write each cell; a map, which Arrow has as pairs, becomes an object."""
    cells = raw.to_pylist()
    if types.is_map(raw.type):
        cells = [None if cell is None else dict(cell) for cell in cells]

    return arrow.texts([None if cell is None else change(cell) for cell in cells])


def write(raw: pa.Array) -> pa.StringArray:
    """Write any cells: as Arrow does, as Python does, or at least with their type."""
    try:
        return arrow.cast(raw, arrow.TEXT)
    except arrow.CAST_ERRORS:
        pass

    try:
        return _map_cells(raw, str)
    except _WRITE_ERRORS:
        valid = arrow.call("is_valid", raw).to_pylist()
        return arrow.texts([f"<{raw.type}>" if there else None for there in valid])


def show(raw: pa.Array) -> pa.StringArray:
    """Write cells as a finding shows them, shortened."""
    return arrow.shorten(write(raw))
