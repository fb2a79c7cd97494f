"""
Findings in a table, as Arrow.

A finding names the row (from 1; 0 for the header or the whole of the first file, -1 for those of
the second, and so on), the field (empty where none is meant), the rule and the offending text,
shortened. Millions of them are an Arrow table like any other; objects are made only of those that
are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyarrow as pa
from pyarrow._compute import PartitionNthOptions, SortOptions

from interpol_dataset.tablecheck import kernels
from interpol_dataset.tablecheck.native import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["COLUMNS", "Finder", "first", "join", "listed", "no_findings", "repeated", "shift"]

#: The columns of a batch of findings.
COLUMNS: Final = pa.schema(
    [
        pa.field("row", pa.int64()),
        pa.field("field", pa.string()),
        pa.field("rule", pa.string()),
        pa.field("value", pa.string()),
    ]
)
_ORDER: Final = SortOptions(
    [("row", "ascending"), ("field", "ascending"), ("rule", "ascending"), ("value", "ascending")]
)


def no_findings() -> pa.RecordBatch:
    """Return a batch without findings."""
    return pa.RecordBatch.from_arrays(
        [kernels.as_int64([]), *(kernels.texts([]) for _ in range(3))], schema=COLUMNS
    )


def listed(found: Sequence[tuple[int, str, str, str]]) -> pa.RecordBatch:
    """Return a batch of findings from tuples of row, field, rule and value."""
    rows, *others = zip(*found, strict=True) if found else ((), (), (), ())
    values = [value[:200] for value in others[2]]
    columns = [kernels.as_int64(rows), *map(kernels.texts, (*others[:2], values))]

    return pa.RecordBatch.from_arrays(columns, schema=COLUMNS)


def shift(findings: pa.RecordBatch, rows: int) -> pa.RecordBatch:
    """Move findings down by a number of rows; those of the whole file stay."""
    if rows == 0 or findings.num_rows == 0:
        return findings

    numbers = findings.column(0)
    moved = kernels.call("add", numbers, kernels.as_int64([rows])[0])
    in_a_row = kernels.call("greater", numbers, kernels.as_int64([0])[0])
    columns = [kernels.call("if_else", in_a_row, moved, numbers), *findings.columns[1:]]

    return pa.RecordBatch.from_arrays(columns, schema=COLUMNS)


def repeated(
    rows: pa.Int64Array, name: str, rule: str, values: pa.StringArray | None = None
) -> pa.RecordBatch:
    """Return a batch with the same field and rule in many rows."""
    columns = [rows, _repeat(name, len(rows)), _repeat(rule, len(rows))]
    columns.append(_repeat("", len(rows)) if values is None else values)

    return pa.RecordBatch.from_arrays(columns, schema=COLUMNS)


def _repeat(text: str, count: int) -> pa.StringArray:
    return pa.repeat(kernels.texts([text])[0], count)


@dataclass(slots=True)
class Finder:
    """
    Gathers the findings of one batch.

    :param first_row: The number of the batch's first row.
    """

    first_row: int
    _parts: list[pa.RecordBatch] = field(default_factory=list)

    def add(self, name: str, rule: str, mask: pa.BooleanArray | None, cells: pa.Array) -> None:
        """Add a finding for each row where the mask is true, with the text of its cell."""
        if mask is None or mask.true_count == 0:
            return

        rows = kernels.rows_of(mask)
        shown = show(kernels.take(cells, rows))
        if shown.null_count:
            shown = kernels.call("coalesce", shown, kernels.texts([""])[0])
        numbers = kernels.call("add", rows, kernels.as_int64([self.first_row])[0])
        self._parts.append(repeated(numbers, name, rule, shown))

    def add_for_file(self, name: str, rule: str, value: str) -> None:
        """Add a finding that is no row's."""
        self._parts.append(listed([(0, name, rule, value)]))

    def batch(self) -> pa.RecordBatch:
        """Return all that was found."""
        return join(self._parts)


def first(findings: pa.RecordBatch, count: int) -> pa.RecordBatch:
    """Return the first findings, sorted by row, field, rule and value."""
    if findings.num_rows > count:
        # Of many findings most are too far down the table to be worth sorting.
        rows = findings.column(0)
        pivot = PartitionNthOptions(count)
        nth = kernels.take(rows, kernels.call("partition_nth_indices", rows, options=pivot))[count]
        near = kernels.call("less_equal", rows, nth)
        findings = kernels.call("filter", findings, near)

    order = kernels.call("sort_indices", findings, options=_ORDER)

    return kernels.call("take", findings, order).slice(0, count)


def join(parts: Iterable[pa.RecordBatch]) -> pa.RecordBatch:
    """Join batches of findings into one."""
    full = [part for part in parts if part.num_rows]
    if len(full) <= 1:
        return full[0] if full else no_findings()

    columns = [kernels.concatenated([part.column(index) for part in full]) for index in range(4)]

    return pa.RecordBatch.from_arrays(columns, schema=COLUMNS)
