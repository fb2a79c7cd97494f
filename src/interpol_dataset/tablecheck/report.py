"""
What a check of a table found: kept, counted, and described one by one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from interpol_dataset.tablecheck import arrow
from interpol_dataset.tablecheck.faults import Fault, Scope
from interpol_dataset.tablecheck.findings import join, shift

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: Faults by their names.
_FAULTS: Final[dict[str, Fault]] = {fault.value: fault for fault in Fault}


@dataclass(frozen=True, slots=True)
class TableFinding:
    """
    One fault of a table.

    :param path: The file that it is in.
    :param row: The row of the table, from 1; 0 for a fault of a whole file or its header.
    :param field: The field, or the fields of a key with commas between; empty where none is meant.
    :param fault: What kind of fault it is.
    :param message: What is wrong, with the value.
    :param hint: How to fix it, where that can be said without the schema.
    :param value: The offending text, shortened.
    """

    path: str
    row: int
    field: str
    fault: Fault
    message: str
    hint: str | None
    value: str


@dataclass(frozen=True, slots=True)
class TableReport:
    """
    What a check of a table found.

    :param resource: The table's name.
    :param files: The files that were read, each after the number of rows before it.
    :param rows: How many rows were read.
    :param findings: The findings with the columns ``row``, ``field``, ``fault`` and ``value``,
        sorted by all of them; only the first where there were too many. The row is 0 for the first
        file as a whole, -1 for the second, and so on.
    :param counts: How many findings there were of each fault, including those not kept.
    """

    resource: str
    files: tuple[tuple[int, str], ...]
    rows: int
    findings: pa.Table
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
            before, path = self._file_of(row)
            in_row = before and fault.scope is not Scope.FILE
            within = f" (row {row - before} of the file)" if in_row else ""
            shown = f": {value!r}" if value else ""
            message = f"{fault.message}{within}{shown}"
            yield TableFinding(path, max(row, 0), name, fault, message, fault.hint, value)

    def _file_of(self, row: int) -> tuple[int, str]:
        """Return the file that a row is in, after the number of rows before it."""
        if row <= 0:
            return 0, self.files[-row][1]

        return next((file for file in reversed(self.files) if file[0] < row), self.files[0])


@dataclass(slots=True)
class Collector:
    """
    Gathers the findings of a table, counts them, and keeps the first.

    :param limit: How many are kept.
    :param faults: The faults that count; all where there are none.
    """

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
        self.add(shift(other._first(), rows))
        self._counts = counts

    def report(self, resource: str, files: tuple[tuple[int, str], ...], rows: int) -> TableReport:
        """Return the report."""
        table = pa.Table.from_batches([self._first()])

        return TableReport(resource, files, rows, table, tuple(sorted(self._counts.items())))

    def _first(self) -> pa.RecordBatch:
        return arrow.sort_rows(join(self._parts)).slice(0, self.limit)
