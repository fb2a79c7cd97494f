"""
The check of rows: pure functions from a schema and record batches to findings.

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
from pyarrow.compute import SliceOptions

from interpol_dataset.tablecheck import arrow, values
from interpol_dataset.tablecheck.cells import Cells, mismatches, plain, read_cells, show, sound
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.report import join, repeated
from interpol_dataset.tablecheck.schema import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from interpol_dataset.tablecheck.schema import TableSchema, UniqueKey

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
    return _recheck(text, wrong, lambda cell: values.read(field.type, cell) not in meant)


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
    number = values.read(type_, text)
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
        value = values.read(type_, cell)
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
    return frozenset(values.read(type_, text) for text in allowed)


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
    return arrow.map_distinct(text, lambda cell: values.key_of(field.type, cell))


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
