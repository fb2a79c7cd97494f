"""
The run over some tables: rows in threads, keys apart, reports at the end.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from interpol_dataset.tablecheck import arrow, limits
from interpol_dataset.tablecheck.check.constraints import check_cells, read_batch
from interpol_dataset.tablecheck.check.keys import Keys, find_dangling, find_repeated, keys_of
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.findings import listed, shift
from interpol_dataset.tablecheck.read.table import FileFault, Opened, Reader, Stopped, exists
from interpol_dataset.tablecheck.report import Collector, TableReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    import pyarrow as pa

    from interpol_dataset.tablecheck.read.table import Event, Resource
    from interpol_dataset.tablecheck.schema.schema import ForeignKey, TableSchema

__all__ = ["ParentKeys", "check_tables"]

Names = tuple[str, ...]
#: Keys that can be referred to, by the table and the fields that make them.
ParentKeys = dict[tuple[str, Names], list[Keys]]
T = TypeVar("T")

#: Faults of a file that leave none of its fields read.
_UNREAD: Final = {Fault.EMPTY_FILE, Fault.UNMATCHED_HEADER}


def check_tables(
    tables: Sequence[Resource], parents: ParentKeys, limit: int, faults: frozenset[str] | None
) -> tuple[TableReport, ...]:
    """
    Check tables together; one that is referred to had best come before those that refer to it.

    :param tables: The tables.
    :param parents: Keys of other tables.
    :param limit: How many findings are kept of each table.
    :param faults: The faults that count; all where there are none.
    """
    with ThreadPoolExecutor(limits.THREADS) as pool:
        return _Run(pool, limit, faults, parents).reports(tables)


class _Checked(NamedTuple):
    """What was found in some rows, counted from 1, and their keys."""

    rows: int
    findings: tuple[pa.RecordBatch, ...]
    damaged: int
    keys: dict[Names, Keys]


@dataclass(slots=True)
class _TableRun:
    """One table's run."""

    table: Resource
    collector: Collector
    rows: int = 0
    damaged: int = 0
    files: list[tuple[int, str]] = field(default_factory=list)
    file_faults: list[FileFault] = field(default_factory=list)
    stopped: Stopped | None = None
    keys: dict[Names, list[Keys]] = field(default_factory=dict)
    references: dict[ForeignKey, list[Keys]] = field(default_factory=dict)
    key_findings: list[Future[pa.RecordBatch]] = field(default_factory=list)

    def has_read(self, names: Names) -> bool:
        """Return, once all was read, whether these fields were, and under their own names."""
        return self.stopped is None and not any(
            fault.field in names or fault.fault in _UNREAD for fault in self.file_faults
        )

    def note(self, event: Opened | FileFault | Stopped) -> None:
        """Note what was read besides rows."""
        match event:
            case Opened(path):
                self.files.append((self.rows, str(path)))
            case FileFault():
                self.file_faults.append(event)
                self.collector.add(listed([(1 - len(self.files), *event)]))
            case Stopped():
                self.stopped = event
                self.collector.add(listed([(self.rows + 1, "", *event)]))


@dataclass(slots=True)
class _Run:
    pool: Executor
    limit: int
    faults: frozenset[str] | None
    parents: ParentKeys
    #: Per table, the keys that some table refers to.
    referred: dict[str, set[Names]] = field(default_factory=dict)

    def reports(self, tables: Sequence[Resource]) -> tuple[TableReport, ...]:
        for table in tables:
            for key in table.schema.foreign_keys:
                target = key.resource or table.name
                self.referred.setdefault(target, set()).add(key.reference_fields)

        runs = [self._read(table) for table in tables]
        for run in runs:
            for key in list(run.references):
                self._look_up(run, key)

        return tuple(_report(run) for run in runs)

    def _read(self, table: Resource) -> _TableRun:
        # That a file was given up always counts: rows that were not read may have any fault.
        chosen = None if self.faults is None else self.faults | {Fault.TOO_DAMAGED}
        run = _TableRun(table, Collector(self.limit, chosen))
        kept = self.referred.get(table.name, set()) | {key.fields for key in table.schema.unique}
        run.keys = {names: [] for names in kept}
        wanted = kept | {key.fields for key in table.schema.foreign_keys}
        events = Reader(table.files, table.schema).events()
        jobs = (partial(_check, event, table.schema, wanted) for event in events)
        for result in _in_order(self.pool, jobs):
            if not isinstance(result, _Checked):
                run.note(result)
                continue
            self._add(run, result)
            if run.damaged > limits.MAX_DAMAGED_ROWS:
                run.note(Stopped(Fault.TOO_DAMAGED, ""))
                break

        self._finish(run)

        return run

    def _add(self, run: _TableRun, checked: _Checked) -> None:
        """Add rows that were checked."""
        for findings in checked.findings:
            run.collector.add(shift(findings, run.rows))
        for names, part in checked.keys.items():
            moved = part._replace(first_row=part.first_row + run.rows)
            if names in run.keys:
                run.keys[names].append(moved)
            for key in run.table.schema.foreign_keys:
                if key.fields == names:
                    self._add_references(run, key, moved)
        run.rows += checked.rows
        run.damaged += checked.damaged

    def _add_references(self, run: _TableRun, key: ForeignKey, part: Keys) -> None:
        """Gather references, and look them up once they are many, so as not to keep them all."""
        waiting = run.references.setdefault(key, [])
        waiting.append(part)
        parents = self.parents.get((key.resource, key.reference_fields))
        if parents is not None and _count(waiting) > max(limits.REFERENCES, 4 * _count(parents)):
            self._look_up(run, key)

    def _look_up(self, run: _TableRun, key: ForeignKey) -> None:
        """Look references up; those to a table that isn't known aren't judged."""
        parts = run.references.pop(key)
        parents = self.parents.get((key.resource or run.table.name, key.reference_fields))
        if parents is not None:
            job = partial(find_dangling, key.fields, parts, parents)
            run.key_findings.append(self.pool.submit(job))

    def _finish(self, run: _TableRun) -> None:
        """Have keys judged, hand them on, and compare the file with its checksum."""
        table = run.table
        for names in self.referred.get(table.name, ()):
            # What was not read can't be missed by those that refer to it.
            if run.has_read(names):
                self.parents[table.name, names] = run.keys[names]
        for key in table.schema.unique:
            job = partial(find_repeated, key, run.keys[key.fields])
            run.key_findings.append(self.pool.submit(job))
        run.keys.clear()
        path = table.files.paths[0]
        if exists(path):
            altered = table.checksum.differences(path)
            run.collector.add(listed((0, "", fault, value) for fault, value in altered))


def _report(run: _TableRun) -> TableReport:
    for findings in run.key_findings:
        run.collector.add(findings.result())
    name = run.table.name or run.table.files.paths[0].name.partition(".")[0]

    return run.collector.report(name, tuple(run.files), run.rows)


def _in_order(pool: Executor, jobs: Iterable[Callable[[], T]]) -> Iterator[T]:
    """Do jobs a few ahead, and return their results in the order of the jobs."""
    waiting: deque[Future[T]] = deque()
    for job in jobs:
        waiting.append(pool.submit(job))
        if len(waiting) == limits.JOBS:
            yield waiting.popleft().result()

    while waiting:
        yield waiting.popleft().result()


def _check(
    event: Event, schema: TableSchema, wanted: Iterable[Names]
) -> _Checked | Opened | FileFault | Stopped:
    """Make some rows, check them and collect their keys; anything else is passed on."""
    if isinstance(event, Opened | FileFault | Stopped):
        return event

    rows = event()
    columns = read_batch(schema, rows.batch)
    found = check_cells(schema, columns, 1)
    blank = None
    if rows.blank is not None and len(rows.blank):
        blank = arrow.flags_at(rows.blank.to_pylist(), rows.batch.num_rows)
        numbered = arrow.call("add", rows.blank, arrow.number(1))
        found = arrow.keep(found, arrow.call("invert", arrow.is_in(found.column(0), numbered)))
    if rows.judged and found.num_rows:
        cells = zip(found.column(0).to_pylist(), found.column(1).to_pylist(), strict=True)
        found = arrow.keep(found, arrow.flags([cell not in rows.judged for cell in cells]))

    return _Checked(
        rows=rows.batch.num_rows,
        findings=(found,) if rows.findings is None else (rows.findings, found),
        damaged=0 if rows.findings is None else rows.findings.num_rows,
        keys={names: keys_of(schema, columns, 1, names, blank) for names in wanted},
    )


def _count(parts: Iterable[Keys]) -> int:
    return sum(len(part.texts) for part in parts)
