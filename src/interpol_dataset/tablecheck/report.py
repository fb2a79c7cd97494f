"""
What a check of a table found.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import pyarrow as pa

from interpol_dataset.findings import Finding, Place
from interpol_dataset.tablecheck import kernels
from interpol_dataset.tablecheck.findings import first, join

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MAX_FINDINGS", "Collector", "TableReport", "render"]

#: Findings that are kept of one table where no other limit is given; the rest are counted.
MAX_FINDINGS: Final = 100_000


class TableReport(NamedTuple):
    """
    What a check of a table found.

    :param resource: The resource's name.
    :param files: The files that were read, each with the number of rows before it.
    :param rows: How many rows were read.
    :param findings: The findings with the columns ``row``, ``field``, ``rule`` and ``value``,
        sorted by row, field and rule; only the first where there were too many.
    :param counts: How many findings there were of each rule, with those that were not kept.
    """

    resource: str
    files: tuple[tuple[int, str], ...]
    rows: int
    findings: pa.Table
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How many findings there were, with those that were not kept."""
        return sum(count for _, count in self.counts)

    @property
    def omitted(self) -> int:
        """How many findings were counted but not kept."""
        return self.total - int(self.findings.num_rows)


@dataclass(slots=True)
class Collector:
    """
    Gathers the findings of a table, and keeps the first of them.

    :param limit: How many are kept.
    :param rules: The rules whose findings count; all by default.
    """

    limit: int = MAX_FINDINGS
    rules: frozenset[str] | None = None
    _parts: list[pa.RecordBatch] = field(default_factory=list)
    _kept: int = 0
    #: The row of the last finding that is kept, once there were too many.
    _last: int | None = None
    _counts: Counter[str] = field(default_factory=Counter)
    _of_file: set[tuple[int, str, str, str]] = field(default_factory=set)

    def add(self, findings: pa.RecordBatch | None) -> None:
        """Add findings; what is true of a whole file is kept once."""
        if findings is not None and self.rules is not None:
            wanted = kernels.is_in(findings.column(2), kernels.texts(sorted(self.rules)))
            findings = kernels.call("filter", findings, wanted)
        if findings is None or findings.num_rows == 0:
            return

        findings = self._once(findings)
        counted = kernels.call("value_counts", findings.column(2))
        for rule, count in zip(
            counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True
        ):
            self._counts[rule] += count

        if self._last is not None:
            near = kernels.call("less_equal", findings.column(0), kernels.as_int64([self._last])[0])
            findings = kernels.call("filter", findings, near)

        self._parts.append(findings)
        self._kept += findings.num_rows
        if self._kept > 2 * self.limit:
            self._parts = [self._first()]
            self._kept = self._parts[0].num_rows
            self._last = self._parts[0].column(0)[-1].as_py() if self._kept else -1

    def report(self, resource: str, files: tuple[tuple[int, str], ...], rows: int) -> TableReport:
        """Return the report."""
        table = pa.Table.from_batches([self._first()])

        return TableReport(resource, files, rows, table, tuple(sorted(self._counts.items())))

    def _first(self) -> pa.RecordBatch:
        return first(join(self._parts), self.limit)

    def _once(self, findings: pa.RecordBatch) -> pa.RecordBatch:
        of_file = kernels.call("less_equal", findings.column(0), kernels.as_int64([0])[0])
        if of_file.true_count == 0:
            return findings

        rows = findings.to_pylist()
        again: list[bool] = []
        for row in rows:
            key = (row["row"], row["field"], row["rule"], row["value"])
            again.append(row["row"] <= 0 and key in self._of_file)
            if row["row"] <= 0:
                self._of_file.add(key)
        keep = kernels.as_flags([not known for known in again])

        return kernels.call("filter", findings, keep)


#: What is wrong, per rule; the value stands behind it.
_MESSAGES: Final = {
    "blank-label": "the column has no name",
    "blank-row": "the line is blank",
    "category": "the value is not one of the categories",
    "duplicate-label": "the column's name stands twice in the header",
    "empty-file": "the file is empty",
    "encoding": "the text is not in the file's encoding",
    "enum": "the value is not one of those allowed",
    "exclusive-maximum": "the value is not below the limit",
    "exclusive-minimum": "the value is not above the limit",
    "extra-cell": "the row has a cell that no field is for",
    "extra-label": "the header has a column that no field is for",
    "file-hash": "the file's hash is not the one in the descriptor",
    "file-size": "the file's size is not the one in the descriptor",
    "foreign-key": "nothing has this key in the table referred to",
    "incorrect-label": "the column's name is not the field's",
    "json-array": "the file is not one JSON array from here on, so reading stopped here",
    "json-syntax": "the row is not one JSON object",
    "max-length": "the value is too long",
    "maximum": "the value is above the maximum",
    "min-length": "the value is too short",
    "minimum": "the value is below the minimum",
    "missing-cell": "the row has no cell for this field",
    "missing-file": "the file is not there",
    "missing-label": "the header has no column for this field",
    "nul-byte": "the cell holds a NUL character",
    "pattern": "the value does not match the pattern",
    "pattern-timeout": "the pattern takes too long, so it was not checked",
    "primary-key": "the primary key is missing or not unique",
    "record-too-long": "the record is too long, so reading stopped here",
    "required": "the value is missing",
    "too-damaged": "too many rows are damaged, so reading stopped here",
    "too-large": "the file is too large for one JSON array",
    "too-many-columns": "the header has too many columns, so nothing was read",
    "type": "the value is not of the field's type",
    "unclosed-quote": "a quote is not closed, so reading stopped here",
    "unique": "the value is not unique",
    "unique-key": "the values are not unique together",
    "unknown-format": "the file's format can't be read, so nothing was checked",
    "unmatched-header": "the header has none of the fields",
    "unreadable": "the file can't be read from here on",
}


#: How to fix what can be said without the schema.
_HINTS: Final = {
    "blank-label": "give the column the name of its field",
    "blank-row": "remove the line",
    "duplicate-label": "give one of the columns another name",
    "encoding": "save the file as UTF-8",
    "extra-label": "remove the column, or add a field to the schema",
    "file-hash": "get the file that was described, or describe this one",
    "file-size": "get the file that was described, or describe this one",
    "incorrect-label": "rename the column, or put the columns in the order of the fields",
    "json-array": "close the array, and part its objects by commas",
    "missing-file": "put the file there, or correct the path",
    "missing-label": "add the column",
    "nul-byte": "export the table again",
    "pattern-timeout": "simplify the pattern",
    "too-large": "write JSON Lines, which are read row by row",
    "unclosed-quote": "close the quote, or double a quote inside of a cell",
    "unknown-format": "write it as csv, jsonl, json or parquet",
}


#: Faults that stand where reading stopped, but are of no row.
_OF_FILES: Final = {
    "empty-file",
    "missing-file",
    "too-large",
    "too-many-columns",
    "unknown-format",
}


def render(report: TableReport) -> Iterator[Finding]:
    """
    Make the findings of a report, one at a time, for those who print them.

    A finding's rule is the rule's name; the caller knows its code. Its record is the row of the
    table, as ``resource/row``, and its place is the file in which that row stands.
    """
    columns = [report.findings.column(index).to_pylist() for index in range(4)]
    for row, name, rule, value in zip(*columns, strict=True):
        shown = f": {value!r}" if value else ""
        before, path = _file_of(report, row)
        in_row = before and rule not in _OF_FILES
        within = f" (row {row - before} of the file)" if in_row else ""
        yield Finding(
            rule=rule,
            place=Place(path),
            message=f"{_MESSAGES[rule]}{within}{shown}",
            hint=_HINTS.get(rule),
            record=f"{report.resource}/{row}" if row > 0 else None,
            field=name or None,
            row=row if row > 0 else None,
        )


def _file_of(report: TableReport, row: int) -> tuple[int, str]:
    """Return the file in which a row stands, behind the number of rows before it; 0 for no row."""
    if row <= 0:
        return 0, report.files[-row][1]

    return next((file for file in reversed(report.files) if file[0] < row), report.files[0])
