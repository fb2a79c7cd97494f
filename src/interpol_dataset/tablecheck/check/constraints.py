"""
The check of one batch of rows: a pure function from a schema and a batch to findings.

Any engine that hands out record batches can call it. What needs more than one batch, the keys, is
in :mod:`.keys`.
"""

from __future__ import annotations

import operator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from interpol_dataset.tablecheck import arrow
from interpol_dataset.tablecheck.check.cells import Cells, read_cells
from interpol_dataset.tablecheck.check.patterns import mismatches
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.findings import Finder
from interpol_dataset.tablecheck.types import scalars

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pyarrow as pa

    from interpol_dataset.tablecheck.schema.schema import Bound, Field, TableSchema

__all__ = ["check_batch", "check_cells", "read_batch"]

#: How a good value compares with a limit: in Arrow, and in Python.
_KEEPS: Final = {
    Fault.MINIMUM: ("greater_equal", operator.ge),
    Fault.MAXIMUM: ("less_equal", operator.le),
    Fault.EXCLUSIVE_MINIMUM: ("greater", operator.gt),
    Fault.EXCLUSIVE_MAXIMUM: ("less", operator.lt),
}
#: A text up to this long has at most 15 digits, which a double holds without rounding.
_EXACT: Final = 15


def check_batch(schema: TableSchema, batch: pa.RecordBatch, first_row: int) -> pa.RecordBatch:
    """
    Check the rows of a batch, each by itself.

    Columns are matched with fields by name; a field without a column is not checked.

    :param schema: What the rows must satisfy.
    :param batch: The rows: texts as a CSV file holds them, or native types.
    :param first_row: The number of the batch's first row, from 1.
    :returns: Findings with the columns ``row`` (int64), and ``field``, ``fault`` and ``value``
        (strings): see :class:`~.faults.Fault`.
    """
    return check_cells(schema, read_batch(schema, batch), first_row)


def read_batch(schema: TableSchema, batch: pa.RecordBatch) -> dict[str, Cells]:
    """Read the columns of a batch that the schema has fields for."""
    columns = {name: index for index, name in enumerate(batch.schema.names)}

    return {
        field.name: read_cells(field, batch.column(columns[field.name]))
        for field in schema.fields
        if field.name in columns
    }


def check_cells(
    schema: TableSchema, columns: Mapping[str, Cells], first_row: int
) -> pa.RecordBatch:
    """Check columns that were read before."""
    finder = Finder(first_row)
    key = {*schema.primary_key}
    for field in schema.fields:
        cells = columns.get(field.name)
        if cells is None:
            continue

        finder.add(field.name, Fault.TYPE, cells.wrong, cells.raw)
        if field.constraints.required:
            finder.add(field.name, Fault.REQUIRED, cells.missing, cells.raw)
        if field.name in key:
            finder.add(field.name, Fault.PRIMARY_KEY, cells.missing, cells.raw)
        _check_values(field, cells, finder)

    return finder.batch()


def _check_values(field: Field, cells: Cells, finder: Finder) -> None:
    rules = field.constraints
    for bound in rules.bounds:
        finder.add(field.name, bound.fault, _beyond(field, cells, bound), cells.raw)

    text = cells.text
    if text is None:
        return

    if rules.enum is not None:
        finder.add(field.name, Fault.ENUM, _not_among(field, text, rules.enum), cells.raw)
    if field.categories is not None:
        finder.add(field.name, Fault.CATEGORY, _not_among(field, text, field.categories), cells.raw)
    if rules.min_length is not None:
        finder.add(field.name, Fault.MIN_LENGTH, _shorter(field, text, rules.min_length), cells.raw)
    if rules.max_length is not None:
        finder.add(field.name, Fault.MAX_LENGTH, _longer(field, text, rules.max_length), cells.raw)
    if rules.pattern is not None:
        finder.add(field.name, Fault.PATTERN, mismatches(text, rules.pattern), cells.raw)


def _not_among(field: Field, text: pa.Array, allowed: tuple[str, ...]) -> pa.BooleanArray | None:
    wrong = arrow.absent(arrow.is_in(text, _text_set(allowed)), text)
    if wrong is None or field.type in {"string", "any"}:
        return wrong

    # An allowed value may be written in another way, such as 1.0 for 1.
    others = arrow.with_nulls(text, arrow.call("invert", wrong))
    values = _value_set(field, allowed)
    found = arrow.where_distinct(others, lambda cell: scalars.read(field, cell) in values)

    return arrow.absent(arrow.no_nulls(found), others)


def _shorter(field: Field, text: pa.Array, least: int) -> pa.BooleanArray:
    if field.type != "string":
        return arrow.no_nulls(
            arrow.where_distinct(text, lambda cell: scalars.size_of(field, cell) < least)
        )

    length = arrow.call("utf8_length", text)

    return arrow.no_nulls(arrow.call("less", length, arrow.number(least)))


def _longer(field: Field, text: pa.Array, most: int) -> pa.BooleanArray | None:
    if field.type != "string":
        return arrow.no_nulls(
            arrow.where_distinct(text, lambda cell: scalars.size_of(field, cell) > most)
        )

    # A text has at least as many bytes as characters, and bytes need no counting.
    longest = arrow.call("max", arrow.call("binary_length", text)).as_py()
    if longest is None or longest <= most:
        return None

    length = arrow.call("utf8_length", text)

    return arrow.no_nulls(arrow.call("greater", length, arrow.number(most)))


def _beyond(field: Field, cells: Cells, bound: Bound) -> pa.BooleanArray | None:
    limit = _limit(field, bound.text)
    if cells.values is None or limit is None:
        return None if cells.text is None else _beyond_slowly(field, cells.text, bound)

    wrong = arrow.call("invert", arrow.call(_KEEPS[bound.fault][0], cells.values, limit))
    if cells.text is None:
        return arrow.no_nulls(wrong)

    doubtful = _doubtful(field, cells.text, cells.values, limit, bound)
    if doubtful is None:
        return arrow.no_nulls(wrong)

    # Where Arrow can't tell, the exact comparison of the texts decides.
    slow = _beyond_slowly(
        field, arrow.with_nulls(cells.text, arrow.call("invert", doubtful)), bound
    )

    return arrow.either(arrow.call("and_not", arrow.no_nulls(wrong), doubtful), slow)


def _doubtful(
    field: Field, text: pa.Array, values: pa.Array, limit: pa.Scalar, bound: Bound
) -> pa.BooleanArray | None:
    """Return where Arrow's values are not exact: beyond 64 bits, or rounded."""
    doubtful = None
    if values.null_count > text.null_count:
        doubtful = arrow.call("and", arrow.call("is_null", values), arrow.call("is_valid", text))

    if field.type == "number":
        doubtful = arrow.either(doubtful, _rounded(text, values, limit, bound))

    return doubtful if doubtful is not None and doubtful.true_count else None


def _rounded(
    text: pa.Array, values: pa.Array, limit: pa.Scalar, bound: Bound
) -> pa.BooleanArray | None:
    """Return which numbers a double can't tell from the limit, or can't hold."""
    infinite = arrow.no_nulls(arrow.call("is_inf", values))
    equal = arrow.no_nulls(arrow.call("equal", values, limit))
    if equal.true_count and len(bound.text) <= _EXACT:
        length = arrow.call("binary_length", text)
        long = arrow.call("greater", length, arrow.number(_EXACT))
        equal = arrow.call("and", equal, arrow.no_nulls(long))

    return arrow.either(infinite, equal)


def _beyond_slowly(field: Field, text: pa.Array, bound: Bound) -> pa.BooleanArray:
    limit = scalars.number_of(field, bound.text)
    keeps = _KEEPS[bound.fault][1]

    def is_beyond(cell: str) -> bool:
        number = scalars.number_of(field, cell)
        return number.is_nan() or not keeps(number, limit)

    return arrow.no_nulls(arrow.where_distinct(text, is_beyond))


@lru_cache(maxsize=256)
def _limit(field: Field, text: str) -> pa.Scalar | None:
    """Return a limit in the type in which the field's values are compared, if it fits."""
    values = read_cells(field, arrow.texts([text])).values
    if values is None or not values[0].is_valid:
        return None

    return values[0]


@lru_cache(maxsize=256)
def _text_set(allowed: tuple[str, ...]) -> pa.StringArray:
    return arrow.texts(allowed)


@lru_cache(maxsize=256)
def _value_set(field: Field, allowed: tuple[str, ...]) -> frozenset[Hashable]:
    return frozenset(scalars.read(field, text) for text in allowed)
