"""
Findings as Arrow batches, so that millions of them cost little.

A finding has a row, a field (empty where none is meant), a fault and the offending text, shortened.
Rows count from 1. A finding on a whole file, or its header, has the row 0; on the second file of a
table -1, on the third -2, and so on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from interpol_dataset.tablecheck import arrow, limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.tablecheck.faults import Fault

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
    rows: pa.Int64Array, name: str, fault: Fault, values: pa.StringArray
) -> pa.RecordBatch:
    """Make a batch of the same field and fault in many rows."""
    same = [pa.repeat(text, len(rows)) for text in arrow.texts([name, fault])]

    return pa.RecordBatch.from_arrays([rows, *same, values], schema=COLUMNS)


def shift(findings: pa.RecordBatch, rows: int) -> pa.RecordBatch:
    """Move findings down by a number of rows."""
    moved = arrow.call("add", findings.column(0), arrow.number(rows))

    return pa.RecordBatch.from_arrays([moved, *findings.columns[1:]], schema=COLUMNS)


def join(parts: Iterable[pa.RecordBatch]) -> pa.RecordBatch:
    """Join batches of findings."""
    full = [part for part in parts if part.num_rows]
    if len(full) <= 1:
        return full[0] if full else listed([])

    columns = [arrow.concatenated([part.column(index) for part in full]) for index in range(4)]

    return pa.RecordBatch.from_arrays(columns, schema=COLUMNS)
