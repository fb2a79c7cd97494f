"""
The check of one batch of rows: a pure function from a schema and a batch to findings.

Nothing here knows of files, threads or other batches, so that any engine that hands out record
batches can run it. What needs more than one batch, the keys, is in :mod:`.keys`.
"""

from __future__ import annotations

import operator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from interpol_dataset.tablecheck import kernels, scalars
from interpol_dataset.tablecheck.cells import Cells, read_cells
from interpol_dataset.tablecheck.findings import Finder
from interpol_dataset.tablecheck.patterns import PatternTimeoutError, mismatches

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pyarrow as pa

    from interpol_dataset.tablecheck.schema import Bound, Field, TableSchema

__all__ = ["check_batch", "check_cells", "read_batch"]

#: Per rule: the comparison that a good value stands in to the limit.
_KEEPS: Final = {
    "minimum": "greater_equal",
    "maximum": "less_equal",
    "exclusive-minimum": "greater",
    "exclusive-maximum": "less",
}
_COMPARE: Final = {
    "minimum": operator.ge,
    "maximum": operator.le,
    "exclusive-minimum": operator.gt,
    "exclusive-maximum": operator.lt,
}
#: A text up to this long has at most 15 digits, which a double holds without rounding.
_EXACT: Final = 15


def check_batch(schema: TableSchema, batch: pa.RecordBatch, first_row: int) -> pa.RecordBatch:
    """
    Check the rows of a batch, each by itself.

    Columns are matched with fields by name; a field without a column is not checked.

    :param schema: What the rows must keep.
    :param batch: The rows: texts as a CSV file holds them, or native types.
    :param first_row: The number of the batch's first row, from 1.
    :returns: Findings with the columns ``row``, ``field``, ``rule`` and ``value``.
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

        finder.add(field.name, "type", cells.wrong, cells.raw)
        if field.constraints.required:
            finder.add(field.name, "required", cells.missing, cells.raw)
        if field.name in key:
            finder.add(field.name, "primary-key", cells.missing, cells.raw)
        _check_values(field, cells, finder)

    return finder.batch()


def _check_values(field: Field, cells: Cells, finder: Finder) -> None:
    rules = field.constraints
    for bound in rules.bounds:
        finder.add(field.name, bound.rule, _beyond(field, cells, bound), cells.raw)

    text = cells.text
    if text is None:
        return

    if rules.enum is not None:
        finder.add(field.name, "enum", _not_among(field, text, rules.enum), cells.raw)
    if field.categories is not None:
        finder.add(field.name, "category", _not_among(field, text, field.categories), cells.raw)
    if rules.min_length is not None:
        finder.add(field.name, "min-length", _shorter(field, text, rules.min_length), cells.raw)
    if rules.max_length is not None:
        finder.add(field.name, "max-length", _longer(field, text, rules.max_length), cells.raw)
    if rules.pattern is not None:
        try:
            finder.add(field.name, "pattern", mismatches(text, rules.pattern), cells.raw)
        except PatternTimeoutError:
            finder.add_for_file(field.name, "pattern-timeout", rules.pattern)


def _not_among(field: Field, text: pa.Array, allowed: tuple[str, ...]) -> pa.BooleanArray | None:
    wrong = kernels.absent(kernels.is_in(text, _text_set(allowed)), text)
    if wrong is None or field.type in {"string", "any"}:
        return wrong

    # Other writings of an allowed value, such as 1.0 for 1, are told apart by their value.
    others = kernels.with_nulls(text, kernels.call("invert", wrong))
    values = _value_set(field, allowed)
    found = kernels.where_distinct(others, lambda cell: scalars.read(field, cell) in values)

    return kernels.absent(kernels.no_nulls(found), others)


def _shorter(field: Field, text: pa.Array, least: int) -> pa.BooleanArray:
    if field.type != "string":
        return kernels.no_nulls(
            kernels.where_distinct(text, lambda cell: scalars.size_of(field, cell) < least)
        )

    length = kernels.call("utf8_length", text)

    return kernels.no_nulls(kernels.call("less", length, kernels.as_int64([least])[0]))


def _longer(field: Field, text: pa.Array, most: int) -> pa.BooleanArray | None:
    if field.type != "string":
        return kernels.no_nulls(
            kernels.where_distinct(text, lambda cell: scalars.size_of(field, cell) > most)
        )

    # A text has at least as many bytes as characters, and bytes need no counting.
    longest = kernels.call("max", kernels.call("binary_length", text)).as_py()
    if longest is None or longest <= most:
        return None

    length = kernels.call("utf8_length", text)

    return kernels.no_nulls(kernels.call("greater", length, kernels.as_int64([most])[0]))


def _beyond(field: Field, cells: Cells, bound: Bound) -> pa.BooleanArray | None:
    limit = _limit(field, bound.text)
    if cells.values is None or limit is None:
        return None if cells.text is None else _beyond_slowly(field, cells.text, bound)

    wrong = kernels.call("invert", kernels.call(_KEEPS[bound.rule], cells.values, limit))
    if cells.text is None:
        return kernels.no_nulls(wrong)

    doubtful = _doubtful(field, cells.text, cells.values, limit, bound)
    if doubtful is None:
        return kernels.no_nulls(wrong)

    # Where a kernel can't tell, the exact comparison of the texts decides.
    slow = _beyond_slowly(
        field, kernels.with_nulls(cells.text, kernels.call("invert", doubtful)), bound
    )

    return kernels.either(kernels.call("and_not", kernels.no_nulls(wrong), doubtful), slow)


def _doubtful(
    field: Field, text: pa.Array, values: pa.Array, limit: pa.Scalar, bound: Bound
) -> pa.BooleanArray | None:
    """Say where the values of the kernels are not exact: beyond 64 bits, or rounded."""
    doubtful = None
    if values.null_count > text.null_count:
        doubtful = kernels.call(
            "and", kernels.call("is_null", values), kernels.call("is_valid", text)
        )

    if field.type == "number":
        doubtful = kernels.either(doubtful, _rounded(text, values, limit, bound))

    return doubtful if doubtful is not None and doubtful.true_count else None


def _rounded(
    text: pa.Array, values: pa.Array, limit: pa.Scalar, bound: Bound
) -> pa.BooleanArray | None:
    """Say which numbers a double can't tell from the limit, or can't hold."""
    infinite = kernels.no_nulls(kernels.call("is_inf", values))
    equal = kernels.no_nulls(kernels.call("equal", values, limit))
    if equal.true_count and len(bound.text) <= _EXACT:
        length = kernels.call("binary_length", text)
        long = kernels.call("greater", length, kernels.as_int64([_EXACT])[0])
        equal = kernels.call("and", equal, kernels.no_nulls(long))

    return kernels.either(infinite, equal)


def _beyond_slowly(field: Field, text: pa.Array, bound: Bound) -> pa.BooleanArray:
    limit = scalars.number_of(field, bound.text)
    keeps = _COMPARE[bound.rule]

    def is_beyond(cell: str) -> bool:
        number = scalars.number_of(field, cell)
        return number.is_nan() or not keeps(number, limit)

    return kernels.no_nulls(kernels.where_distinct(text, is_beyond))


@lru_cache(maxsize=256)
def _limit(field: Field, text: str) -> pa.Scalar | None:
    """Return a limit in the type in which the field's values are compared, if it fits."""
    values = read_cells(field, kernels.texts([text])).values
    if values is None or not values[0].is_valid:
        return None

    return values[0]


@lru_cache(maxsize=256)
def _text_set(allowed: tuple[str, ...]) -> pa.StringArray:
    return kernels.texts(allowed)


@lru_cache(maxsize=256)
def _value_set(field: Field, allowed: tuple[str, ...]) -> frozenset[Hashable]:
    return frozenset(scalars.read(field, text) for text in allowed)
