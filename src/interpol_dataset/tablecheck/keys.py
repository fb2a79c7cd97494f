"""
Keys: what must be unique, and what must exist elsewhere.

Keys need all rows, so they are collected batch by batch and judged at the end; to merge what was
collected in two places is to join two lists. A key is kept as one text that equals another exactly
when the values do, and nothing else of the rows is kept. A row counts as a parent by its key alone:
a fault elsewhere in it makes no dangling reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pyarrow as pa

from interpol_dataset.tablecheck import arrow, values
from interpol_dataset.tablecheck.cells import sound
from interpol_dataset.tablecheck.check import read_batch
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.report import repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.tablecheck.cells import Cells
    from interpol_dataset.tablecheck.schema import Field, TableSchema, UniqueKey

#: Types whose texts are equal exactly when their values are.
_PLAIN: Final = frozenset({"any", "date", "string"})

#: Bytes at the end of a key that are compared first.
_ENDING: Final = 8


class Keys(NamedTuple):
    """
    The keys of one batch.

    :param texts: The key of each row; null where a part is missing or wrong.
    :param first_row: The number of the batch's first row.
    """

    texts: pa.StringArray
    first_row: int


def collect_keys(
    schema: TableSchema, batch: pa.RecordBatch, first_row: int, fields: Sequence[str]
) -> Keys:
    """
    Collect the keys of a batch; the arguments are those of :func:`~.check.check_batch`.

    :param fields: The fields that make a key together.
    """
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
    if field.type in _PLAIN and field.format == "default":
        return text

    if field.type == "integer" and numbers is not None and numbers.null_count == text.null_count:
        return arrow.cast(numbers, arrow.TEXT)

    form = field.form

    return arrow.map_distinct(text, lambda cell: values.key_of(form, cell))


def _together(texts: Sequence[pa.StringArray]) -> pa.StringArray:
    """Write several texts as one that can be taken apart: each after its length."""
    parts: list[pa.Array] = []
    for text in texts:
        parts += [arrow.cast(arrow.call("binary_length", text), arrow.TEXT), text]

    return arrow.call("binary_join_element_wise", *parts, arrow.texts([":"])[0])


def find_repeated(key: UniqueKey, parts: Sequence[Keys]) -> Iterator[pa.RecordBatch]:
    """
    Find each row whose key is that of an earlier row: part by part, as there may be millions.

    :param parts: The keys of all batches, in any order.
    :returns: Findings with the columns of :func:`~.check.check_batch`.
    """
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
        maxima = arrow.running_maximum(arrow.concatenated([highest, codes.indices]))
        again = arrow.call("less_equal", codes.indices, maxima.slice(0, len(codes)))
        highest = maxima.slice(len(codes))
        rows = arrow.keep(arrow.rows_of(mask), again)
        yield _found(key.fields, key.fault, part, rows)


def find_dangling(
    fields: Sequence[str], parts: Sequence[Keys], parents: Sequence[Keys]
) -> Iterator[pa.RecordBatch]:
    """
    Find each row whose reference is to a key that no parent row has, part by part.

    :param fields: The fields that refer.
    :param parts: The references of some batches.
    :param parents: The keys of all batches of the table referred to.
    :returns: Findings with the columns of :func:`~.check.check_batch`.
    """
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
    """
    Return the last eight bytes of each text as a number; null where null.

    Texts whose numbers differ are different, and numbers take half the time and memory.
    """
    present = arrow.call("is_valid", texts)
    shortest = arrow.call("min", arrow.call("binary_length", texts)).as_py()
    if texts.null_count or (shortest is not None and shortest < _ENDING):
        zeros, nothing = arrow.texts(["0" * _ENDING, ""])
        texts = arrow.call("coalesce", texts, nothing)
        texts = arrow.call("binary_join_element_wise", zeros, texts, nothing)
    ends = arrow.tails(texts, _ENDING)

    return pa.Array.from_buffers(pa.uint64(), len(texts), [present.buffers()[1], ends.buffers()[2]])


def _counted_twice(values: pa.ChunkedArray) -> pa.Array | None:
    """Return the values that are there more than once; ``None`` if there are none."""
    distinct = len(arrow.call("unique", values)) - bool(values.null_count)
    if distinct + values.null_count == len(values):
        return None

    counted = arrow.call("value_counts", values)

    return arrow.keep(counted.field(0), arrow.call("greater", counted.field(1), arrow.number(1)))


def _found(fields: Sequence[str], fault: Fault, part: Keys, rows: pa.Int64Array) -> pa.RecordBatch:
    """Make findings of some rows of a part, counted from 0."""
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
