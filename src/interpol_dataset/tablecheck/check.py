"""
The check of rows: pure functions from a schema and record batches to findings.

A column is read as a whole if a cast can be trusted, and cell by cell where it can't.
A key is kept as one text that equals another exactly when the values do. A row counts as a parent
by its key alone: a fault elsewhere in it makes no dangling reference.
"""

from __future__ import annotations

import json
import operator
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
from pyarrow import types
from pyarrow.compute import SliceOptions

from interpol_dataset.tablecheck import arrow
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.report import join, repeated
from interpol_dataset.tablecheck.schema import (
    FALSE_VALUES,
    FORMS,
    TRUE_VALUES,
    Field,
    as_cell,
    is_value,
    key_of,
    read_value,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from interpol_dataset.tablecheck.schema import TableSchema, UniqueKey


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
    form = FORMS.get(field.type)
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
    return mismatches(text, FORMS["integer"]), found


def _read_number(_field: Field, text: pa.Array) -> _Reading:
    def are_finite(numbers: pa.Array) -> bool:  # Arrow reads "inf", "nan" and "1e999", too
        return bool(arrow.call("is_finite", numbers).false_count == 0)

    return _read_cast(text, pa.float64(), FORMS["number"], are_finite)


def _read_date(_field: Field, text: pa.Array) -> _Reading:
    def begin_in_year_1(days: pa.Array) -> bool:  # Arrow reads the year 0, too
        first = arrow.call("min", days.view(pa.int32())).as_py()
        return first is None or bool(first >= _FIRST_DAY)

    return _read_cast(text, pa.date32(), FORMS["date"], begin_in_year_1)


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
    words = arrow.texts((*TRUE_VALUES, *FALSE_VALUES))
    return arrow.absent(arrow.is_in(text, words), text), None


def _read_json(field: Field, text: pa.Array) -> _Reading:
    """Read each distinct text in Python."""
    wrong = arrow.where_distinct(text, lambda cell: not is_value(field.type, cell))
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
            return _map_cells(raw, as_cell)
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


#: How a good value compares with a limit: in Arrow, and in Python.
_KEEPS: Final = {
    Fault.MINIMUM: ("greater_equal", operator.ge),
    Fault.MAXIMUM: ("less_equal", operator.le),
    Fault.EXCLUSIVE_MINIMUM: ("greater", operator.gt),
    Fault.EXCLUSIVE_MAXIMUM: ("less", operator.lt),
}
#: Zero-width spaces, and byte order marks: within a text some scripts need them, at its ends none.
_UNSEEN: Final = "\u200b\u2060\ufeff"


def check_batch(schema: TableSchema, batch: pa.RecordBatch, first_row: int) -> pa.RecordBatch:
    """
    Check the rows of a batch, each by itself; a field without a column of its name is not checked.

    :param batch: The rows: texts as a CSV file holds them, or native types.
    :param first_row: The number of the batch's first row, from 1.
    :returns: Findings with the columns ``row`` (int64), ``field``, ``fault`` and ``value`` (texts).
    """
    return join(check_cells(schema, read_batch(schema, sound(batch)), first_row))


def read_batch(schema: TableSchema, batch: pa.RecordBatch) -> dict[str, Cells]:
    """Read the columns of a batch that the schema has fields for."""
    columns = {name: index for index, name in enumerate(batch.schema.names)}
    return {
        field.name: read_cells(field, plain(batch.column(columns[field.name])))
        for field in schema.fields
        if field.name in columns
    }


def check_cells(
    schema: TableSchema, columns: Mapping[str, Cells], first_row: int, *, is_ascii: bool = False
) -> Iterator[pa.RecordBatch]:
    """Check columns that were read before, constraint by constraint."""
    for field in schema.fields:
        if (cells := columns.get(field.name)) is None:
            continue
        found = _faults(field, cells, is_key=field.name in schema.primary_key)
        if not is_ascii and field.type in {"string", "any"}:
            found = chain(found, [(Fault.UNSEEN, _begins_or_ends_unseen(cells.text))])
        for fault, mask in found:
            if mask is not None and mask.true_count:
                yield _findings(field.name, fault, mask, cells.raw, first_row)


def _findings(
    name: str, fault: Fault, mask: pa.BooleanArray, raw: pa.Array, first_row: int
) -> pa.RecordBatch:
    rows = arrow.rows_of(mask)
    shown = arrow.call("coalesce", show(arrow.take(raw, rows)), arrow.texts([""])[0])
    return repeated(arrow.call("add", rows, arrow.number(first_row)), name, fault, shown)


def _faults(
    field: Field, cells: Cells, *, is_key: bool
) -> Iterator[tuple[Fault, pa.BooleanArray | None]]:
    rules, text = field.constraints, cells.text
    yield Fault.TYPE, cells.wrong
    if rules.required:
        yield Fault.REQUIRED, cells.missing
    if is_key:
        yield Fault.PRIMARY_KEY, cells.missing
    for fault, limit in rules.bounds:
        yield fault, _beyond(field.type, cells, fault, limit)
    if rules.enum is not None:
        yield Fault.ENUM, _not_among(field, text, rules.enum)
    if field.categories is not None and field.categories != rules.enum:  # one fault, one finding
        yield Fault.CATEGORY, _not_among(field, text, field.categories)
    if rules.min_length is not None:
        yield Fault.MIN_LENGTH, _by_size(field, text, operator.lt, rules.min_length)
    if rules.max_length is not None:
        yield Fault.MAX_LENGTH, _by_size(field, text, operator.gt, rules.max_length)
    if rules.pattern is not None:
        yield Fault.PATTERN, mismatches(text, rules.pattern)


def _begins_or_ends_unseen(text: pa.Array) -> pa.BooleanArray | None:
    if arrow.bytes_of(text).isascii():
        return None
    return arrow.no_nulls(arrow.match(text, f"^[{_UNSEEN}]|[{_UNSEEN}]$"))


def _not_among(field: Field, text: pa.Array, allowed: tuple[str, ...]) -> pa.BooleanArray | None:
    wrong = arrow.absent(arrow.is_in(text, _text_set(allowed)), text)
    if wrong is None or field.type in {"string", "any"}:
        return wrong
    # An allowed value may be written in another way, such as 1.0 for 1.
    meant = _value_set(field.type, allowed)
    return _recheck(text, wrong, lambda cell: read_value(field.type, cell) not in meant)


def _by_size(
    field: Field, text: pa.Array, is_wrong: Callable[[int, int], bool], limit: int
) -> pa.BooleanArray | None:
    if field.type != "string":  # the items of an array, the members of an object
        test = arrow.where_distinct(text, lambda cell: is_wrong(len(json.loads(cell)), limit))
        return arrow.no_nulls(test)
    # A text has at least as many bytes as characters, and bytes need no counting.
    if is_wrong is operator.gt:
        longest = arrow.call("max", arrow.call("binary_length", text)).as_py()
        if longest is None or longest <= limit:
            return None
    comparison = "less" if is_wrong is operator.lt else "greater"
    length = arrow.call("utf8_length", text)
    return arrow.no_nulls(arrow.call(comparison, length, arrow.number(limit)))


def _beyond(type_: str, cells: Cells, fault: Fault, text: str) -> pa.BooleanArray | None:
    comparison, keeps = _KEEPS[fault]
    number = read_value(type_, text)
    suspects = arrow.call("is_valid", cells.text)
    limit = None if cells.values is None else _limit(type_, text)
    if limit is not None:
        # A double that equals the limit, or is infinite, may be rounded.
        strictly = comparison.removesuffix("_equal") if type_ == "number" else comparison
        sound = arrow.call(strictly, cells.values, limit)
        if type_ == "number":
            sound = arrow.call("and", sound, arrow.call("is_finite", cells.values))
        suspects = arrow.call("and_not", suspects, arrow.no_nulls(sound))

    def is_beyond(cell: str) -> bool:
        value = read_value(type_, cell)
        return value.is_nan() or not keeps(value, number)

    return _recheck(cells.text, suspects, is_beyond)


def _recheck(
    text: pa.Array, suspects: pa.BooleanArray, is_wrong: Callable[[str], bool]
) -> pa.BooleanArray | None:
    """Check the suspects again in Python, exactly, each distinct text once."""
    if suspects.true_count == 0:
        return None
    others = arrow.with_nulls(text, arrow.call("invert", suspects))
    return arrow.no_nulls(arrow.where_distinct(others, is_wrong))


@lru_cache(maxsize=256)
def _limit(type_: str, text: str) -> pa.Scalar | None:
    """Return a limit in the type in which Arrow compares the values, if it fits."""
    limit = read_cells(Field("", type_), arrow.texts([text])).values
    return None if limit is None or not limit[0].is_valid else limit[0]


@lru_cache(maxsize=256)
def _text_set(allowed: tuple[str, ...]) -> pa.StringArray:
    return arrow.texts(allowed)


@lru_cache(maxsize=256)
def _value_set(type_: str, allowed: tuple[str, ...]) -> frozenset[Any]:
    return frozenset(read_value(type_, text) for text in allowed)


# --- keys -----------------------------------------------------------------------------------

#: Types whose texts are equal exactly when their values are.
_PLAIN: Final = frozenset({"any", "date", "string"})
#: Bytes at the end of a key that are compared first.
_ENDING: Final = 8


class Keys(NamedTuple):
    """The keys of one batch, null where a part is missing or wrong, and its first row's number."""

    texts: pa.StringArray
    first_row: int


def collect_keys(
    schema: TableSchema, batch: pa.RecordBatch, first_row: int, fields: Sequence[str]
) -> Keys:
    """Collect the keys that some fields of a batch make together."""
    return keys_of(schema, read_batch(schema, sound(batch)), first_row, fields)


def keys_of(
    schema: TableSchema,
    columns: Mapping[str, Cells],
    first_row: int,
    fields: Sequence[str],
    without: pa.BooleanArray | None = None,
) -> Keys:
    """Collect the keys of columns that were read before, but not of some rows."""
    if not all(name in columns for name in fields):
        return Keys(arrow.texts([]), first_row)
    parts = [_as_key(schema.field(name), columns[name]) for name in fields]
    texts = parts[0] if len(parts) == 1 else _together(parts)
    return Keys(arrow.with_nulls(texts, without), first_row)


def _as_key(field: Field, cells: Cells) -> pa.StringArray:
    text, numbers = cells.text, cells.values
    if field.type in _PLAIN:
        return text
    if field.type == "integer" and numbers is not None and numbers.null_count == text.null_count:
        return arrow.cast(numbers, arrow.TEXT)
    return arrow.map_distinct(text, lambda cell: key_of(field.type, cell))


def _together(texts: Sequence[pa.StringArray]) -> pa.StringArray:
    """Write several texts as one that can be taken apart: each after its length."""
    parts: list[pa.Array] = []
    for text in texts:
        parts += [arrow.cast(arrow.call("binary_length", text), arrow.TEXT), text]
    return arrow.call("binary_join_element_wise", *parts, arrow.texts([":"])[0])


def find_repeated(key: UniqueKey, parts: Sequence[Keys]) -> Iterator[pa.RecordBatch]:
    """Find each row whose key is that of an earlier one, part by part; they come in any order."""
    parts = sorted(parts, key=lambda part: part.first_row)
    endings = [_endings(part.texts) for part in parts]
    counted = _counted_twice(pa.chunked_array(endings, endings[0].type)) if endings else None
    if counted is None:
        return

    masks = [arrow.is_in(numbers, counted) for numbers in endings]
    # Arrow drops chunks that are empty.
    suspects = [each for each in zip(parts, masks, strict=True) if each[1].true_count]
    texts = [arrow.keep(part.texts, mask) for part, mask in suspects]
    coded = arrow.call("dictionary_encode", pa.chunked_array(texts, arrow.TEXT)).chunks
    # Codes are given in the order of first appearance: a row whose code is not above all codes
    # before it has a key that was there already.
    highest = arrow.numbers([-1], "i")
    for (part, mask), codes in zip(suspects, coded, strict=True):
        maxima = arrow.call("cumulative_max", arrow.concatenated([highest, codes.indices]))
        again = arrow.call("less_equal", codes.indices, maxima.slice(0, len(codes)))
        highest = maxima.slice(len(codes))
        rows = arrow.keep(arrow.rows_of(mask), again)
        yield _found(key.fields, key.fault, part, rows)


def find_dangling(
    fields: Sequence[str], parts: Sequence[Keys], parents: Sequence[Keys]
) -> Iterator[pa.RecordBatch]:
    """Find each row whose reference, by some fields, is to no parent's key, part by part."""
    known = pa.chunked_array([part.texts for part in parents], arrow.TEXT)
    keys = pa.chunked_array([part.texts for part in parts], arrow.TEXT)
    found = arrow.is_in(keys, known)
    if found.num_chunks == 0 or arrow.call("sum", found).as_py() == len(keys):
        return
    unknown = arrow.call("invert", arrow.concatenated(found.chunks))
    start = 0
    for part in parts:
        here = unknown.slice(start, len(part.texts))
        start += len(part.texts)
        rows = arrow.rows_of(arrow.call("and", here, arrow.call("is_valid", part.texts)))
        yield _found(fields, Fault.FOREIGN_KEY, part, rows)


def _endings(texts: pa.StringArray) -> pa.UInt64Array:
    """Return the last eight bytes of each text as a number, which takes half the time to count."""
    present = arrow.call("is_valid", texts)
    shortest = arrow.call("min", arrow.call("binary_length", texts)).as_py()
    if texts.null_count or (shortest is not None and shortest < _ENDING):
        zeros, nothing = arrow.texts(["0" * _ENDING, ""])
        texts = arrow.call("coalesce", texts, nothing)
        texts = arrow.call("binary_join_element_wise", zeros, texts, nothing)
    ends = arrow.cast(texts, pa.binary())
    ends = arrow.call("binary_slice", ends, options=SliceOptions(-_ENDING))
    return pa.Array.from_buffers(pa.uint64(), len(texts), [present.buffers()[1], ends.buffers()[2]])


def _counted_twice(values: pa.ChunkedArray) -> pa.Array | None:
    """Return the values that are there more than once; ``None`` if there are none."""
    distinct = len(arrow.call("unique", values)) - bool(values.null_count)
    if distinct + values.null_count == len(values):
        return None
    counted = arrow.call("value_counts", values)
    return arrow.keep(counted.field(0), arrow.call("greater", counted.field(1), arrow.number(1)))


def _found(fields: Sequence[str], fault: Fault, part: Keys, rows: pa.Int64Array) -> pa.RecordBatch:
    numbers = arrow.call("add", rows, arrow.number(part.first_row))
    return key_findings(fields, fault, numbers, arrow.take(part.texts, rows))


def key_findings(
    fields: Sequence[str], fault: Fault, rows: pa.Int64Array, keys: pa.StringArray
) -> pa.RecordBatch:
    """Make findings of rows by their numbers, each with its key."""
    shown = keys if len(fields) == 1 else arrow.map_distinct(keys, _show)
    return repeated(rows, ", ".join(fields), fault, arrow.shorten(shown))


def _show(key: str) -> str:
    """Write a key of several fields for people."""
    parts: list[str] = []
    rest = key.encode()
    while rest:
        length, _, rest = rest.partition(b":")
        parts.append(rest[: int(length)].decode())
        rest = rest[int(length) + 1 :]
    return ", ".join(parts)
