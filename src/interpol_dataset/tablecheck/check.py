"""
The check of one batch of rows: a pure function from a schema and a batch to findings.

Any engine that hands out record batches can call it. What needs more than one batch, the keys, is
in :mod:`.keys`.
"""

from __future__ import annotations

import operator
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from interpol_dataset.tablecheck import arrow, values
from interpol_dataset.tablecheck.cells import (
    Cells,
    mismatches,
    plain,
    read_cells,
    show,
    sound,
)
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.report import join, repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

    import pyarrow as pa

    from interpol_dataset.tablecheck.schema import Bound, Field, TableSchema

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
    Check the rows of a batch, each by itself.

    Columns are matched with fields by name; a field without a column is not checked.

    :param schema: What the rows must satisfy.
    :param batch: The rows: texts as a CSV file holds them, or native types.
    :param first_row: The number of the batch's first row, from 1.
    :returns: Findings with the columns ``row`` (int64), and ``field``, ``fault`` and ``value``
        (strings); for the faults see :class:`~.faults.Fault`.
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
    """Make a finding for each row where the mask is true, with the text of its cell."""
    rows = arrow.rows_of(mask)
    shown = arrow.call("coalesce", show(arrow.take(raw, rows)), arrow.texts([""])[0])

    return repeated(arrow.call("add", rows, arrow.number(first_row)), name, fault, shown)


def _faults(
    field: Field, cells: Cells, *, is_key: bool
) -> Iterator[tuple[Fault, pa.BooleanArray | None]]:
    """Return the faults that a column can have, each with the rows that have it."""
    rules, text = field.constraints, cells.text
    yield Fault.TYPE, cells.wrong
    if rules.required:
        yield Fault.REQUIRED, cells.missing
    if is_key:
        yield Fault.PRIMARY_KEY, cells.missing
    for bound in rules.bounds:
        yield bound.fault, _beyond(field, cells, bound)
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
    form = field.form
    meant = _value_set(form, allowed)

    return _recheck(text, wrong, lambda cell: values.read(form, cell) not in meant)


def _by_size(
    field: Field, text: pa.Array, is_wrong: Callable[[int, int], bool], limit: int
) -> pa.BooleanArray | None:
    if field.type != "string":
        test = arrow.where_distinct(text, lambda cell: is_wrong(values.size_of(field, cell), limit))
        return arrow.no_nulls(test)

    # A text has at least as many bytes as characters, and bytes need no counting.
    if is_wrong is operator.gt:
        longest = arrow.call("max", arrow.call("binary_length", text)).as_py()
        if longest is None or longest <= limit:
            return None

    comparison = "less" if is_wrong is operator.lt else "greater"
    length = arrow.call("utf8_length", text)

    return arrow.no_nulls(arrow.call(comparison, length, arrow.number(limit)))


def _beyond(field: Field, cells: Cells, bound: Bound) -> pa.BooleanArray | None:
    comparison, keeps = _KEEPS[bound.fault]
    field = field.form
    number = values.number_of(field, bound.text)
    suspects = arrow.call("is_valid", cells.text)
    limit = None if cells.values is None else _limit(field, bound.text)
    if limit is not None:
        # A double that equals the limit, or is infinite, may be rounded.
        strictly = comparison.removesuffix("_equal") if field.type == "number" else comparison
        sound = arrow.call(strictly, cells.values, limit)
        if field.type == "number":
            sound = arrow.call("and", sound, arrow.call("is_finite", cells.values))
        suspects = arrow.call("and_not", suspects, arrow.no_nulls(sound))

    def is_beyond(cell: str) -> bool:
        value = values.number_of(field, cell)
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
def _limit(field: Field, text: str) -> pa.Scalar | None:
    """Return a limit in the type in which Arrow compares the field's values, if it fits."""
    values = read_cells(field, arrow.texts([text])).values

    return None if values is None or not values[0].is_valid else values[0]


@lru_cache(maxsize=256)
def _text_set(allowed: tuple[str, ...]) -> pa.StringArray:
    return arrow.texts(allowed)


@lru_cache(maxsize=256)
def _value_set(field: Field, allowed: tuple[str, ...]) -> frozenset[Hashable]:
    return frozenset(values.read(field, text) for text in allowed)
