"""
Keys: what must be unique, and what must exist elsewhere.

Keys need all rows, so they are collected batch by batch and judged at the end; to merge what was
collected in two places is to put the two lists together. A key is kept as one text that is equal
to another exactly when the values are, and nothing else of the rows is kept. A row counts as a
parent by its key alone: a fault elsewhere in it makes no dangling reference.

A hash table of a million texts misses the processor's cache at every step. So keys are dealt into
bins by their last two bytes, and each bin is judged by itself: that takes a third of the time and
little memory, and can be done by several threads.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import pyarrow as pa
from pyarrow._compute import CumulativeOptions, SliceOptions

from interpol_dataset.tablecheck import kernels, scalars
from interpol_dataset.tablecheck.checks import read_batch
from interpol_dataset.tablecheck.findings import join, listed, repeated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.tablecheck.cells import Cells
    from interpol_dataset.tablecheck.schema import Field, TableSchema, UniqueRule

__all__ = [
    "BINS",
    "Keys",
    "collect_keys",
    "find_dangling",
    "find_repeated",
    "keys_of",
]

#: How many bins keys are dealt into: the low four bits of two bytes.
BINS: Final = 256
#: Keys below which all bins are judged as one: a call of a kernel costs more than it saves.
_FEW: Final = 50_000

#: Types whose texts are equal exactly when their values are.
_PLAIN: Final = frozenset({"any", "date", "string", "duration"})
_TEXT: Final = pa.string()

_ALL: Final = range(BINS)
_ENDING: Final = 2
#: Bins judged together where keys are many: fewer calls, and still within the cache.
_STEP: Final = 16
_MASK: Final = 0x0F0F
_BIN_CODES: Final = [high << 8 | low for high in range(16) for low in range(16)]
_LOW_BITS: Final = pa.Array.from_buffers(
    pa.uint16(), 1, [None, pa.py_buffer(_MASK.to_bytes(2, sys.byteorder))]
)[0]


@dataclass(frozen=True, slots=True)
class Keys:
    """
    The keys of one batch, dealt into bins.

    :param texts: The keys that are there, bin by bin; none where a part is missing or wrong.
    :param rows: The row of each in its batch, from 0.
    :param starts: Where each bin starts, and where the last one ends.
    :param first_row: The number of the batch's first row.
    """

    texts: pa.StringArray
    rows: pa.UInt32Array
    starts: tuple[int, ...]
    first_row: int

    def between(self, first: int, last: int) -> tuple[pa.StringArray, pa.UInt32Array]:
        """Give the keys of some bins, and their rows."""
        start, size = self.starts[first], self.starts[last] - self.starts[first]

        return self.texts.slice(start, size), self.rows.slice(start, size)


def collect_keys(
    schema: TableSchema, batch: pa.RecordBatch, first_row: int, fields: Sequence[str]
) -> Keys:
    """Take the keys of a batch that these fields make together."""
    return keys_of(schema, read_batch(schema, batch), first_row, fields)


def keys_of(
    schema: TableSchema,
    columns: Mapping[str, Cells],
    first_row: int,
    fields: Sequence[str],
    without: pa.BooleanArray | None = None,
) -> Keys:
    """
    Take the keys of columns that were read before.

    :param without: Rows that have no key, whatever stands in them.
    """
    if any(name not in columns for name in fields):
        return _deal(kernels.texts([]), first_row)

    texts = [_as_key(schema.field(name), columns[name]) for name in fields]
    together = texts[0] if len(texts) == 1 else _together(texts)

    return _deal(kernels.with_nulls(together, without), first_row)


def _as_key(field: Field, cells: Cells) -> pa.StringArray:
    text, values = cells.text, cells.values
    if text is None:
        return kernels.with_nulls(kernels.cast(cells.raw, _TEXT), cells.wrong)

    if field.type in _PLAIN and field.format == "default":
        return text

    if field.type == "integer" and values is not None and values.null_count == text.null_count:
        return kernels.cast(values, _TEXT)

    return kernels.map_distinct(text, lambda cell: scalars.key_of(field, cell))


def _together(texts: Sequence[pa.StringArray]) -> pa.StringArray:
    """Write several texts as one that can be taken apart: each behind its length."""
    parts: list[pa.Array] = []
    for text in texts:
        parts += [kernels.cast(kernels.call("binary_length", text), _TEXT), text]

    return kernels.call("binary_join_element_wise", *parts, kernels.texts([":"])[0])


def _deal(texts: pa.StringArray, first_row: int) -> Keys:
    """Deal keys into bins."""
    rows = None
    if texts.null_count:
        rows = kernels.call("indices_nonzero", kernels.call("is_valid", texts))
        texts = kernels.call("drop_null", texts)

    codes = _codes(texts)
    order = kernels.call("array_sort_indices", codes)
    ordered = memoryview(kernels.take(codes, order).buffers()[1]).cast("H")[: len(texts)]
    starts = (*(bisect_left(ordered, code) for code in _BIN_CODES), len(texts))
    rows = order if rows is None else kernels.take(rows, order)

    return Keys(kernels.take(texts, order), kernels.cast(rows, pa.uint32()), starts, first_row)


def _codes(texts: pa.StringArray) -> pa.UInt16Array:
    """Say which bin each key goes to."""
    data = kernels.cast(texts, pa.binary())
    shortest = kernels.call("min", kernels.call("binary_length", data)).as_py()
    if shortest is not None and shortest < _ENDING:
        padding = kernels.cast(kernels.texts(["00", ""]), pa.binary())
        data = kernels.call("binary_join_element_wise", padding[0], data, padding[1])

    ends = kernels.call("binary_slice", data, options=SliceOptions(-_ENDING))
    # With two bytes for each key, the bytes themselves are an array of 16-bit numbers.
    pairs = pa.Array.from_buffers(pa.uint16(), len(texts), [None, ends.buffers()[2]])

    return kernels.call("bit_wise_and", pairs, _LOW_BITS)


def find_repeated(rule: UniqueRule, parts: Sequence[Keys], bins: range = _ALL) -> pa.RecordBatch:
    """
    Find each row whose key stands in an earlier row.

    :param parts: The keys of all batches, in any order.
    :param bins: The bins to look at, so that several threads can share the work.
    """
    return join(_repeated(rule, parts, *ends) for ends in _steps(parts, bins))


def _steps(parts: Sequence[Keys], bins: range) -> list[tuple[int, int]]:
    """Say which bins are judged together: each by itself, or all at once where keys are few."""
    if sum(len(part.texts) for part in parts) < _FEW:
        return [(bins.start, bins.stop)]

    return [(number, number + _STEP) for number in range(bins.start, bins.stop, _STEP)]


def _repeated(rule: UniqueRule, parts: Sequence[Keys], first: int, last: int) -> pa.RecordBatch:
    chosen = _Chosen.of(parts, first, last)
    if len(kernels.call("unique", chosen.texts)) == len(chosen.texts):
        return listed([])

    counted = kernels.call("value_counts", chosen.texts)
    many = kernels.call("greater", counted.field(1), kernels.as_int64([1])[0])
    twice = kernels.keep(counted.field(0), many)

    return _later(rule, *chosen.where(kernels.is_in(chosen.texts, twice)))


def _later(rule: UniqueRule, rows: pa.Int64Array, keys: pa.StringArray) -> pa.RecordBatch:
    """Give a finding for every row but the first of each key."""
    order = kernels.call("array_sort_indices", rows)
    rows, keys = kernels.take(rows, order), kernels.take(keys, order)
    # Codes are given in the order of first appearance: a row whose code is not above all codes
    # before it has a key that was there already.
    codes = kernels.call("dictionary_encode", keys).indices
    highest = kernels.call("cumulative_max", codes, options=CumulativeOptions())
    again = kernels.call("less_equal", codes.slice(1), highest.slice(0, len(codes) - 1))
    later = kernels.keep(rows.slice(1), again), kernels.keep(keys.slice(1), again)

    return _found(rule.fields, rule.rule, *later)


def _found(
    fields: Sequence[str], rule: str, rows: pa.Int64Array, keys: pa.StringArray
) -> pa.RecordBatch:
    shown = keys if len(fields) == 1 else kernels.map_distinct(keys, _show)

    return repeated(rows, ", ".join(fields), rule, kernels.shorten(shown))


def find_dangling(
    fields: Sequence[str], parts: Sequence[Keys], parents: Sequence[Keys]
) -> pa.RecordBatch:
    """
    Find each row whose reference is to a key that no parent row has.

    :param fields: The fields that refer.
    :param parts: The references of some batches.
    :param parents: The keys of all batches of the table referred to.
    """
    return join(_dangling(fields, parts, parents, *ends) for ends in _steps(parents, _ALL))


def _dangling(
    fields: Sequence[str], parts: Sequence[Keys], parents: Sequence[Keys], first: int, last: int
) -> pa.RecordBatch:
    chosen = _Chosen.of(parts, first, last)
    known = _Chosen.of(parents, first, last).texts
    is_known = kernels.is_in(chosen.texts, known)
    if kernels.call("all", is_known).as_py() in {True, None}:
        return listed([])

    return _found(fields, "foreign-key", *chosen.where(kernels.call("invert", is_known)))


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The keys of some bins of many batches."""

    parts: tuple[Keys, ...]
    texts: pa.ChunkedArray
    rows: tuple[pa.UInt32Array, ...]

    @classmethod
    def of(cls, parts: Sequence[Keys], first: int, last: int) -> Self:
        """Choose the keys of some bins."""
        chosen = [(part, *part.between(first, last)) for part in parts]
        full = [part for part in chosen if len(part[1])]

        return cls(
            tuple(part for part, _, _ in full),
            pa.chunked_array([texts for _, texts, _ in full], _TEXT),
            tuple(rows for _, _, rows in full),
        )

    def where(self, mask: pa.ChunkedArray) -> tuple[pa.Int64Array, pa.StringArray]:
        """Give the numbers of the rows where a mask is true, and their keys."""
        numbers = [
            kernels.call(
                "add", kernels.cast(rows, pa.int64()), kernels.as_int64([part.first_row])[0]
            )
            for part, rows in zip(self.parts, self.rows, strict=True)
        ]
        at = kernels.rows_of(kernels.concatenated(mask.chunks))
        keys = kernels.call("take", self.texts, at)

        return kernels.take(kernels.concatenated(numbers), at), kernels.concatenated(keys.chunks)


def _show(key: str) -> str:
    """Write a key of several fields for people."""
    parts: list[str] = []
    rest = key.encode()
    while rest:
        length, _, rest = rest.partition(b":")
        parts.append(rest[: int(length)].decode())
        rest = rest[int(length) + 1 :]

    return ", ".join(parts)
