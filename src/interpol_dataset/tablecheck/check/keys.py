"""
Keys: what must be unique, and what must exist elsewhere.

Keys need all rows, so they are collected batch by batch and judged at the end; to merge what was
collected in two places is to join two lists. A key is kept as one text that equals another exactly
when the values do, and nothing else of the rows is kept. A row counts as a parent by its key alone:
a fault elsewhere in it makes no dangling reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa

from interpol_dataset.tablecheck import arrow
from interpol_dataset.tablecheck.check.constraints import read_batch
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.findings import listed, repeated
from interpol_dataset.tablecheck.types import scalars

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.tablecheck.check.cells import Cells
    from interpol_dataset.tablecheck.schema.schema import Field, TableSchema, UniqueKey

#: Types whose texts are equal exactly when their values are.
_PLAIN: Final = frozenset({"any", "date", "string", "duration"})


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
    Collect the keys of a batch; the arguments are those of :func:`~.constraints.check_batch`.

    :param fields: The fields that make a key together.
    """
    return keys_of(schema, read_batch(schema, batch), first_row, fields)


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
    text, values = cells.text, cells.values
    if field.type in _PLAIN and field.format == "default":
        return text

    if field.type == "integer" and values is not None and values.null_count == text.null_count:
        return arrow.cast(values, arrow.TEXT)

    return arrow.map_distinct(text, lambda cell: scalars.key_of(field, cell))


def _together(texts: Sequence[pa.StringArray]) -> pa.StringArray:
    """Write several texts as one that can be taken apart: each after its length."""
    parts: list[pa.Array] = []
    for text in texts:
        parts += [arrow.cast(arrow.call("binary_length", text), arrow.TEXT), text]

    return arrow.call("binary_join_element_wise", *parts, arrow.texts([":"])[0])


def find_repeated(key: UniqueKey, parts: Sequence[Keys]) -> pa.RecordBatch:
    """
    Find each row whose key is that of an earlier row.

    :param key: The key.
    :param parts: The keys of all batches, in any order.
    :returns: Findings with the columns of :func:`~.constraints.check_batch`.
    """
    texts = _joined(parts)
    distinct = len(arrow.call("unique", texts)) - bool(texts.null_count)
    if distinct + texts.null_count == len(texts):
        return listed([])

    rows, keys = _present(sorted(parts, key=lambda part: part.first_row))
    # Codes are given in the order of first appearance: a row whose code is not above all codes
    # before it has a key that was there already.
    coded = arrow.call("dictionary_encode", keys).chunks
    codes = arrow.concatenated([part.indices for part in coded])
    highest = arrow.running_maximum(codes).slice(0, len(codes) - 1)
    again = arrow.call("less_equal", codes.slice(1), highest)

    return _found(key.fields, key.fault, rows.slice(1), keys.slice(1), again)


def find_dangling(
    fields: Sequence[str], parts: Sequence[Keys], parents: Sequence[Keys]
) -> pa.RecordBatch:
    """
    Find each row whose reference is to a key that no parent row has.

    :param fields: The fields that refer.
    :param parts: The references of some batches.
    :param parents: The keys of all batches of the table referred to.
    :returns: Findings with the columns of :func:`~.constraints.check_batch`.
    """
    known = _joined(parents)
    distinct = arrow.call("unique", _joined(parts))
    if arrow.absent(arrow.is_in(distinct, known), distinct) is None:
        return listed([])

    rows, keys = _present(parts)
    wrong = arrow.call("invert", arrow.is_in(keys, known))

    return _found(fields, Fault.FOREIGN_KEY, rows, keys, wrong)


def _present(parts: Sequence[Keys]) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """Return the numbers of the rows that have a key, and the keys."""
    rows: list[pa.Array] = []
    keys: list[pa.Array] = []
    for part in parts:
        found = arrow.rows_of(arrow.call("is_valid", part.texts))
        rows.append(arrow.call("add", found, arrow.number(part.first_row)))
        keys.append(arrow.take(part.texts, found))

    return pa.chunked_array(rows, arrow.INT64), pa.chunked_array(keys, arrow.TEXT)


def _joined(parts: Sequence[Keys]) -> Any:
    return pa.chunked_array([part.texts for part in parts], arrow.TEXT)


def _found(
    fields: Sequence[str], fault: Fault, rows: pa.ChunkedArray, keys: pa.ChunkedArray, wrong: Any
) -> pa.RecordBatch:
    numbers = arrow.concatenated([arrow.numbers([]), *arrow.keep(rows, wrong).chunks])
    texts = arrow.concatenated([arrow.texts([]), *arrow.keep(keys, wrong).chunks])
    shown = texts if len(fields) == 1 else arrow.map_distinct(texts, _show)

    return repeated(numbers, ", ".join(fields), fault, arrow.shorten(shown))


def _show(key: str) -> str:
    """Write a key of several fields for people."""
    parts: list[str] = []
    rest = key.encode()
    while rest:
        length, _, rest = rest.partition(b":")
        parts.append(rest[: int(length)].decode())
        rest = rest[int(length) + 1 :]

    return ", ".join(parts)
