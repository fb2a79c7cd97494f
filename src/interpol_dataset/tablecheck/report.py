"""
What a check of a table found: kept as Arrow batches, so that millions of findings cost little.

A finding has a row, a field (empty where none is meant), a fault and the offending text, shortened.
Rows count from 1; a finding on the whole file, or on its header, has the row 0.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyarrow as pa
from pyarrow.compute import SortOptions

from interpol_dataset.tablecheck import arrow
from interpol_dataset.tablecheck import faults as limits
from interpol_dataset.tablecheck.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: The columns of a batch of findings.
COLUMNS: Final = pa.schema(
    [("row", pa.int64()), ("field", pa.string()), ("fault", pa.string()), ("value", pa.string())]
)
#: One finding: row, field, fault and value.
Found = tuple[int, str, Fault, str]


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


def join(parts: Iterable[pa.RecordBatch]) -> pa.RecordBatch:
    """Join batches of findings."""
    full = [part for part in parts if part.num_rows]
    if len(full) <= 1:
        return full[0] if full else listed([])
    columns = [arrow.concatenated([part.column(index) for part in full]) for index in range(4)]
    return pa.RecordBatch.from_arrays(columns, schema=COLUMNS)


#: Faults by their names.
_FAULTS: Final[dict[str, Fault]] = {fault.value: fault for fault in Fault}


@dataclass(frozen=True, slots=True)
class TableFinding:
    """One fault of a table, in words."""

    #: From 1; 0 for a fault of the whole file or its header.
    row: int
    #: The field, or the fields of a key with commas between; empty where none is meant.
    field: str
    fault: Fault
    message: str
    hint: str | None
    value: str


@dataclass(frozen=True, slots=True)
class TableReport:
    """What a check of a table found."""

    resource: str
    path: str
    rows: int
    #: Columns ``row``, ``field``, ``fault``, ``value``, sorted by all; the first if too many.
    findings: pa.Table
    #: How many findings there were of each fault, including those not kept.
    counts: tuple[tuple[Fault, int], ...]

    @property
    def total(self) -> int:
        """How many findings there were, including those not kept."""
        return sum(count for _, count in self.counts)

    @property
    def omitted(self) -> int:
        """How many findings were counted but not kept."""
        return self.total - int(self.findings.num_rows)

    def describe(self) -> Iterator[TableFinding]:
        """Return the findings that were kept as objects with messages, made one at a time."""
        columns = [column.to_pylist() for column in self.findings.columns]
        for row, name, fault_name, value in zip(*columns, strict=True):
            fault = _FAULTS[fault_name]
            message = f"{fault.message}: {value!r}" if value else fault.message
            yield TableFinding(row, name, fault, message, fault.hint, value)


@dataclass(slots=True)
class Collector:
    """Gathers findings of a table, of all faults or some, counts them, and keeps the first."""

    limit: int
    faults: frozenset[str] | None
    _parts: list[pa.RecordBatch] = field(default_factory=list)
    _kept: int = 0
    #: The row of the last finding that is kept, once there were too many.
    _last: int | None = None
    _counts: Counter[Fault] = field(default_factory=Counter)

    def add(self, findings: pa.RecordBatch) -> None:
        """Add findings."""
        if self.faults is not None and findings.num_rows:
            chosen = arrow.texts(sorted(self.faults))
            findings = arrow.keep(findings, arrow.is_in(findings.column(2), chosen))
        if findings.num_rows == 0:
            return

        for counted in arrow.call("value_counts", findings.column(2)).to_pylist():
            self._counts[_FAULTS[counted["values"]]] += counted["counts"]

        if self._last is not None:
            near = arrow.call("less_equal", findings.column(0), arrow.number(self._last))
            findings = arrow.keep(findings, near)
        self._parts.append(findings)
        self._kept += findings.num_rows
        if self._kept > 2 * self.limit:
            first = self._first()
            self._parts, self._kept = [first], first.num_rows
            self._last = first.column(0)[-1].as_py() if self._kept else -1

    def gather(self, source: Callable[[], Iterable[pa.RecordBatch]]) -> Collector:
        """Gather findings in a collector of their own, so that several threads can."""
        collector = Collector(self.limit, self.faults)
        for findings in source():
            collector.add(findings)
        return collector

    def merge(self, other: Collector, rows: int = 0) -> None:
        """Add what another collector gathered, with the rows moved down."""
        counts = self._counts + other._counts
        found = other._first()
        moved = arrow.call("add", found.column(0), arrow.number(rows))
        self.add(pa.RecordBatch.from_arrays([moved, *found.columns[1:]], schema=COLUMNS))
        self._counts = counts

    def report(self, resource: str, path: str, rows: int) -> TableReport:
        """Return the report."""
        table = pa.Table.from_batches([self._first()])
        return TableReport(resource, path, rows, table, tuple(sorted(self._counts.items())))

    def _first(self) -> pa.RecordBatch:
        found = join(self._parts)
        order = SortOptions([(name, "ascending") for name in COLUMNS.names])
        rows = arrow.call("sort_indices", found, options=order).slice(0, self.limit)
        return arrow.take(found, rows)
