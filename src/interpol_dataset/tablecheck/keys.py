"""
Keys: what must be unique, and what must exist elsewhere.

Keys need all rows, so they are collected batch by batch and judged at the end; to merge what was
collected in two places is to put the two lists together. A key is kept as one text that is equal
to another exactly when the values are, and nothing else of the rows is kept. A row counts as a
parent by its key alone: a fault elsewhere in it makes no dangling reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pyarrow as pa

from interpol_dataset.tablecheck import kernels, scalars
from interpol_dataset.tablecheck.bins import Bins, alike, deal, steps
from interpol_dataset.tablecheck.checks import read_batch
from interpol_dataset.tablecheck.findings import join, listed, repeated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.tablecheck.cells import Cells
    from interpol_dataset.tablecheck.schema import Field, TableSchema, UniqueRule

__all__ = ["Keys", "collect_keys", "find_dangling", "find_repeated", "keys_of"]

#: Types whose texts are equal exactly when their values are.
_PLAIN: Final = frozenset({"any", "date", "string", "duration"})
_TEXT: Final = pa.string()


class Keys(NamedTuple):
    """
    The keys of one batch.

    :param texts: The key of each row; null where a part is missing or wrong.
    :param bins: Where they lie.
    :param first_row: The number of the batch's first row.
    """

    texts: pa.StringArray
    bins: Bins
    first_row: int

    def dealt(self) -> pa.StringArray:
        """Put the keys that are there in the order of their bins."""
        return kernels.take(self.texts, self.bins.rows)

    def at(self, rows: pa.Array) -> tuple[pa.Int64Array, pa.StringArray]:
        """Return the numbers and the keys of rows that are counted from 0."""
        numbers = kernels.cast(rows, pa.int64())
        first = kernels.as_int64([self.first_row])[0]

        return kernels.call("add", numbers, first), kernels.take(self.texts, rows)


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
    texts = kernels.texts([])
    if all(name in columns for name in fields):
        parts = [_as_key(schema.field(name), columns[name]) for name in fields]
        together = parts[0] if len(parts) == 1 else _together(parts)
        # A parser's arrays have room to spare, which would be kept as long as the keys are.
        texts = kernels.with_nulls(together, without)

    return Keys(texts, deal(texts), first_row)


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


def find_repeated(
    rule: UniqueRule, parts: Sequence[Keys], share: int = 0, shares: int = 1
) -> pa.RecordBatch:
    """
    Find each row whose key stands in an earlier row.

    :param parts: The keys of all batches, in any order.
    :param share: The share of the work to do, from 0, so that several threads can do it.
    :param shares: Into how many shares the work is parted.
    """
    suspects = [
        part.at(rows)
        for part, found in zip(
            parts, alike([part.bins for part in parts], share, shares), strict=True
        )
        for rows in found
    ]
    if not suspects:
        return listed([])

    numbers, texts = map(kernels.concatenated, zip(*suspects, strict=True))
    order = kernels.call("array_sort_indices", numbers)
    numbers, texts = kernels.take(numbers, order), kernels.take(texts, order)
    # Codes are given in the order of first appearance: a row whose code is not above all codes
    # before it has a key that was there already.
    codes = kernels.call("dictionary_encode", texts).indices
    highest = kernels.running_maximum(codes)
    again = kernels.call("less_equal", codes.slice(1), highest.slice(0, len(codes) - 1))

    return _found(
        rule.fields,
        rule.rule,
        kernels.keep(numbers.slice(1), again),
        kernels.keep(texts.slice(1), again),
    )


def find_dangling(
    fields: Sequence[str], parts: Sequence[Keys], parents: Sequence[Keys]
) -> pa.RecordBatch:
    """
    Find each row whose reference is to a key that no parent row has.

    :param fields: The fields that refer.
    :param parts: The references of some batches.
    :param parents: The keys of all batches of the table referred to.
    """
    dealt = [part.dealt() for part in parts]
    known = [part.dealt() for part in parents]
    found: list[pa.RecordBatch] = []
    for ends in steps([part.bins for part in parents]):
        texts = _cut(parts, dealt, *ends)
        # All at once, so that the table of what is known is made once.
        answers = kernels.is_in(texts, _cut(parents, known, *ends)).chunks
        wrong = kernels.call("invert", kernels.concatenated(answers)) if answers else None
        if wrong is None or wrong.true_count == 0:
            continue
        start = 0
        for part, chunk in zip(parts, texts.chunks, strict=True):
            here = wrong.slice(start, len(chunk))
            start += len(chunk)
            rows = kernels.keep(part.bins.cut(part.bins.rows, *ends), here)
            found.append(_found(fields, "foreign-key", *part.at(rows)))

    return join(found)


def _cut(
    parts: Sequence[Keys], dealt: Sequence[pa.StringArray], first: int, last: int
) -> pa.ChunkedArray:
    chunks = [part.bins.cut(texts, first, last) for part, texts in zip(parts, dealt, strict=True)]

    return pa.chunked_array(chunks, _TEXT)


def _found(
    fields: Sequence[str], rule: str, rows: pa.Int64Array, keys: pa.StringArray
) -> pa.RecordBatch:
    shown = keys if len(fields) == 1 else kernels.map_distinct(keys, _show)

    return repeated(rows, ", ".join(fields), rule, kernels.shorten(shown))


def _show(key: str) -> str:
    """Write a key of several fields for people."""
    parts: list[str] = []
    rest = key.encode()
    while rest:
        length, _, rest = rest.partition(b":")
        parts.append(rest[: int(length)].decode())
        rest = rest[int(length) + 1 :]

    return ", ".join(parts)
