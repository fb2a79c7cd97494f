"""
Findings as Arrow batches, so that millions of them cost little.

A finding has a row, a field (empty where none is meant), a fault and the offending text, shortened.
Rows count from 1. A finding on a whole file, or its header, has the row 0; on the second file of a
table -1, on the third -2, and so on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from interpol_dataset.tablecheck import arrow, limits
from interpol_dataset.tablecheck.check.typed import show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.tablecheck.faults import Fault

__all__ = ["COLUMNS", "Finder", "Found", "join", "listed", "repeated", "shift"]

#: The columns of a batch of findings.
COLUMNS: Final = pa.schema(
    [("row", pa.int64()), ("field", pa.string()), ("fault", pa.string()), ("value", pa.string())]
)

#: One finding: row, field, fault and value.
Found = tuple[int, str, "Fault", str]


def listed(found: Iterable[Found]) -> pa.RecordBatch:
    """Make a batch of findings."""
    rows, fields, faults, values = list(zip(*found, strict=True)) or ((), (), (), ())
    shown = [value[: limits.SHOWN] for value in values]

    return pa.RecordBatch.from_arrays(
        [arrow.numbers(rows), *map(arrow.texts, (fields, faults, shown))], schema=COLUMNS
    )


def repeated(
    rows: pa.Int64Array, name: str, fault: Fault, values: pa.StringArray | None = None
) -> pa.RecordBatch:
    """Make a batch of the same field and fault in many rows."""
    name, fault, empty = arrow.texts([name, fault, ""])
    count = len(rows)
    shown = pa.repeat(empty, count) if values is None else values

    return pa.RecordBatch.from_arrays(
        [rows, pa.repeat(name, count), pa.repeat(fault, count), shown], schema=COLUMNS
    )


def shift(findings: pa.RecordBatch, rows: int) -> pa.RecordBatch:
    """Move findings down by a number of rows."""
    if rows == 0 or findings.num_rows == 0:
        return findings

    moved = arrow.call("add", findings.column(0), arrow.number(rows))

    return pa.RecordBatch.from_arrays([moved, *findings.columns[1:]], schema=COLUMNS)


def join(parts: Iterable[pa.RecordBatch]) -> pa.RecordBatch:
    """Join batches of findings."""
    full = [part for part in parts if part.num_rows]
    if len(full) <= 1:
        return full[0] if full else listed([])

    columns = [arrow.concatenated([part.column(index) for part in full]) for index in range(4)]

    return pa.RecordBatch.from_arrays(columns, schema=COLUMNS)


@dataclass(slots=True)
class Finder:
    """
    Gathers the findings of one batch.

    :param first_row: The number of the batch's first row.
    """

    first_row: int
    _parts: list[pa.RecordBatch] = field(default_factory=list)

    def add(self, name: str, fault: Fault, mask: pa.BooleanArray | None, cells: pa.Array) -> None:
        """Add a finding for each row where the mask is true, with the text of its cell."""
        if mask is None or mask.true_count == 0:
            return

        rows = arrow.rows_of(mask)
        shown = show(arrow.take(cells, rows))
        if shown.null_count:
            shown = arrow.call("coalesce", shown, arrow.texts([""])[0])
        numbered = arrow.call("add", rows, arrow.number(self.first_row))
        self._parts.append(repeated(numbered, name, fault, shown))

    def batch(self) -> pa.RecordBatch:
        """Return all findings."""
        return join(self._parts)
