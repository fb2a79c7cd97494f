"""One column of a batch, read by the rules of its field: as a whole if a cast can be trusted."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
from pyarrow import types

from interpol_dataset.tablecheck import arrow, values

if TYPE_CHECKING:
    from collections.abc import Callable

    from interpol_dataset.tablecheck.schema import Field

#: 0001-01-01, in days from 1970-01-01.
_FIRST_DAY: Final = -719_162
#: Whole numbers up to this many digits fit into 64 bits.
_FITTING: Final = "^[+-]?0*[0-9]{1,18}$"


class Cells(NamedTuple):
    """A column's cells, as the batch holds them, and what is known of them."""

    raw: pa.Array
    #: Null where missing or wrong.
    text: pa.Array
    #: Where a value is missing; nowhere if ``None``.
    missing: pa.BooleanArray | None
    #: Where a cell is not of the field's type; nowhere if ``None``.
    wrong: pa.BooleanArray | None
    #: What can be compared, if the type has it; null where missing, wrong or beyond 64 bits.
    values: pa.Array | None


#: Where cells are wrong, and their values, as in :class:`Cells`.
_Reading = tuple[pa.BooleanArray | None, pa.Array | None]


def read_cells(field: Field, raw: pa.Array) -> Cells:
    """Read a column: find its missing and wrong cells, and the values of the others."""
    text = _as_text(field, raw)
    if text is None:
        missing = arrow.call("is_null", raw) if raw.null_count else None
        nothing = pa.nulls(len(raw), arrow.TEXT)
        return Cells(raw, nothing, missing, arrow.call("is_valid", raw), None)
    missing = _missing(field, text)
    text = arrow.with_nulls(text, missing)
    wrong, found = _READERS.get(field.type, _read_form)(field, text)
    return Cells(raw, arrow.with_nulls(text, wrong), missing, wrong, found)


def _missing(field: Field, text: pa.Array) -> pa.BooleanArray | None:
    absent = arrow.call("is_null", text) if text.null_count else None
    if field.missing == ("",):
        length = arrow.call("binary_length", text)
        is_there = arrow.call("min", length).as_py() == 0
        named = arrow.call("equal", length, arrow.number(0)) if is_there else None
    else:
        named = arrow.is_in(text, arrow.texts(field.missing)) if field.missing else None
    if absent is not None and named is not None:
        return arrow.call("or_kleene", absent, named)
    found = named if absent is None else absent
    return found if found is not None and found.true_count else None


def _read_form(field: Field, text: pa.Array) -> _Reading:
    form = values.FORMS.get(field.type)
    return None if form is None else mismatches(text, form), None


def _read_integer(_field: Field, text: pa.Array) -> _Reading:
    content = arrow.bytes_of(text)
    if b"x" not in content and b"X" not in content:
        try:
            return None, arrow.cast(text, arrow.INT64)
        except pa.ArrowInvalid:
            pass
    fits = arrow.match(text, _FITTING)
    fitting = arrow.with_nulls(text, arrow.call("invert", fits))
    found = arrow.cast(arrow.replace(fitting, r"^\+", ""), arrow.INT64)
    return mismatches(text, values.INTEGER), found


def _read_number(_field: Field, text: pa.Array) -> _Reading:
    def are_finite(numbers: pa.Array) -> bool:  # Arrow reads "inf", "nan" and "1e999", too
        return bool(arrow.call("is_finite", numbers).false_count == 0)

    return _read_cast(text, pa.float64(), values.NUMBER, are_finite)


def _read_date(_field: Field, text: pa.Array) -> _Reading:
    def begin_in_year_1(days: pa.Array) -> bool:  # Arrow reads the year 0, too
        first = arrow.call("min", days.view(pa.int32())).as_py()
        return first is None or bool(first >= _FIRST_DAY)

    return _read_cast(text, pa.date32(), values.DATE, begin_in_year_1)


def _read_cast(
    text: pa.Array, type_: pa.DataType, form: str, is_sound: Callable[[pa.Array], bool]
) -> _Reading:
    """Cast texts, and match those alone whose cast does not prove their form."""
    try:
        found = arrow.cast(text, type_)
    except pa.ArrowInvalid:
        found = None
    if found is not None and is_sound(found):
        return None, found
    wrong = mismatches(text, form)
    return wrong, arrow.cast(arrow.with_nulls(text, wrong), type_)


def _read_boolean(_field: Field, text: pa.Array) -> _Reading:
    words = arrow.texts((*values.TRUE_VALUES, *values.FALSE_VALUES))
    return arrow.absent(arrow.is_in(text, words), text), None


def _read_json(field: Field, text: pa.Array) -> _Reading:
    """Read each distinct text in Python."""
    wrong = arrow.where_distinct(text, lambda cell: not values.is_value(field.type, cell))
    return arrow.no_nulls(wrong), None


#: Readers of types; texts of others are matched with their form, if they have one.
_READERS: Final[dict[str, Callable[[Field, pa.Array], _Reading]]] = {
    "array": _read_json,
    "boolean": _read_boolean,
    "date": _read_date,
    "integer": _read_integer,
    "number": _read_number,
    "object": _read_json,
}


# --- patterns, in RE2 -----------------------------------------------------------------------
# RE2 never backtracks: its time is linear in the text. A pattern that needs backtracking, with
# look-around or back-references, is refused when the schema is read: its time has no bound.


#: Fewer texts are not worth a second way to match them.
_MANY: Final = 1_000


def mismatches(text: pa.Array, pattern: str) -> pa.BooleanArray | None:
    """Return which texts don't match the whole of a pattern; ``None`` where all do or are null."""
    if text.null_count == len(text) or _all_match(text, pattern):
        return None
    found = arrow.match(text, f"^(?:{pattern})$")
    return arrow.absent(arrow.no_nulls(found), text)


def _all_match(text: pa.Array, pattern: str) -> bool:
    """Return whether all texts match, from one look at all of them as lines: in half the time."""
    if len(text) < _MANY or not _stays_in_line(pattern) or b"\n" in arrow.bytes_of(text):
        return False
    there = text if text.null_count == 0 else arrow.call("drop_null", text)
    whole = pa.ListArray.from_arrays(arrow.numbers([0, len(there)], "i"), there)
    lines = arrow.call("binary_join", whole, arrow.texts(["\n"])[0])
    try:
        return bool(arrow.match(lines, f"^(?:{pattern})(?:\n(?:{pattern}))*$")[0].as_py())
    except pa.ArrowInvalid:  # twice the pattern is too large for RE2
        return False


@lru_cache(maxsize=256)
def _stays_in_line(pattern: str) -> bool:
    """Return whether nothing in a pattern can match a line break, or means its line."""
    has_groups_only = pattern.count("(?") == pattern.count("(?:")
    may_match_more = any(part in pattern for part in ("\\", ".", "[^", "[:", "^", "$"))
    return pattern.isascii() and pattern.isprintable() and has_groups_only and not may_match_more


# --- columns that are not text --------------------------------------------------------------

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


def _as_text(field: Field, raw: pa.Array) -> pa.StringArray | None:
    """Return a column as text; ``None`` if its type is not one that the field can have."""
    try:
        if types.is_dictionary(raw.type):
            return _as_text(field, arrow.take(raw.dictionary, raw.indices))
        if _is_text(raw.type):
            return arrow.cast(raw, arrow.TEXT)
        if types.is_nested(raw.type) and field.type in {"array", "object"}:
            return _map_cells(raw, values.write)
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
    "integer": _is_number,
    "number": _is_number,
}


def _scalar_text(field: Field, raw: pa.Array) -> pa.StringArray | None:
    type_ = raw.type
    if field.type not in _HELD or not _HELD[field.type](type_):
        return None
    if types.is_boolean(type_):
        return arrow.call("if_else", raw, *arrow.texts(["true", "false"]))
    if types.is_timestamp(type_) and field.type == "datetime":
        moments = arrow.cast(raw, pa.timestamp(type_.unit, "UTC")) if type_.tz else raw
        return arrow.replace(_write(moments), " ", "T")
    text = _write(raw)
    if types.is_floating(type_):
        text = arrow.replace(arrow.replace(text, "^nan$", "NaN"), "inf$", "INF")
    # A whole number may be of any type: 5.0 and 5.00 are the integer 5.
    whole = types.is_floating(type_) or types.is_decimal(type_)
    return arrow.replace(text, r"\.0+$", "") if whole else text


def _map_cells(raw: pa.Array, change: Callable[[Any], str]) -> pa.StringArray:
    """Write each cell; a map, which Arrow has as pairs, becomes an object."""
    cells = raw.to_pylist()
    if types.is_map(raw.type):
        cells = [None if cell is None else dict(cell) for cell in cells]
    return arrow.texts([None if cell is None else change(cell) for cell in cells])


def _write(raw: pa.Array) -> pa.StringArray:
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
    return arrow.shorten(_write(raw))
