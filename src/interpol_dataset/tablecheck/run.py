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
from interpol_dataset.tablecheck.check.keys import Keys, dangling_rows, keys_of, repeated_rows
from interpol_dataset.tablecheck.errors import SchemaError
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.findings import listed
from interpol_dataset.tablecheck.read.blocks import Budget, StopReadingError, exists
from interpol_dataset.tablecheck.read.checksum import Checksum
from interpol_dataset.tablecheck.read.header import FileFault
from interpol_dataset.tablecheck.read.table import Opened, Reader, Stopped
from interpol_dataset.tablecheck.report import Collector, TableReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    import pyarrow as pa

    from interpol_dataset.tablecheck.read.blocks import Rows
    from interpol_dataset.tablecheck.read.table import Event, Resource
    from interpol_dataset.tablecheck.schema.schema import ForeignKey, TableSchema

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
    Check tables together.

    :param tables: The tables.
    :param parents: Keys of other tables.
    :param limit: How many findings are kept of each table.
    :param faults: The faults that count; all where there are none.
    """
    keys = sum(len(table.schema.unique) + len(table.schema.foreign_keys) for table in tables)
    if keys > limits.MAX_KEYS:
        raise SchemaError(f"there are more than {limits.MAX_KEYS:,} keys to check")

    # That a file was given up always counts: rows that were not read may have any fault.
    chosen = None if faults is None else faults | {Fault.TOO_DAMAGED, Fault.OVER_BUDGET}
    budget = Budget(path for table in tables for path in table.files.paths)
    runs = [_TableRun(table, Collector(limit, chosen), budget) for table in tables]
    referred = {
        (key.resource or table.name, key.reference_fields)
        for table in tables
        for key in table.schema.foreign_keys
    }
    unread = {table.name for table in tables}
    with ThreadPoolExecutor(limits.THREADS) as pool:
        for run in runs:
            name, schema = run.table.name, run.table.schema
            parent_names = {names for resource, names in referred if resource == name}
            unique_names = {key.fields for key in schema.unique}
            reference_names = {key.fields for key in schema.foreign_keys}
            found = _read(pool, run, parent_names | unique_names | reference_names)
            unread.discard(name)
            # What was not read can't be missed by those that refer to it.
            parents |= {
                (name, names): found[names] for names in parent_names if run.has_read(names)
            }
            run.submit(
                pool, (partial(repeated_rows, key, found[key.fields]) for key in schema.unique)
            )
            run.references = {key: found[key.fields] for key in schema.foreign_keys}
            for child in runs:
                child.submit(pool, child.lookups(parents, unread))

    return tuple(run.report() for run in runs)


class _Checked(NamedTuple):
    """What was found in some rows, counted from 1, and their keys."""

    rows: int
    found: Collector
    damaged: int
    keys: dict[Names, list[Keys]]

    @property
    def cost(self) -> int:
        """What the rows count as, besides their bytes."""
        parts = [part for parts in self.keys.values() for part in parts]

        return self.rows * limits.ROW_COST + sum(int(part.texts.nbytes) for part in parts)


@dataclass(slots=True)
class _TableRun:
    """One table's run."""

    table: Resource
    collector: Collector
    budget: Budget
    rows: int = 0
    damaged: int = 0
    files: list[tuple[int, str]] = field(default_factory=list)
    file_faults: list[FileFault] = field(default_factory=list)
    stopped: Stopped | None = None
    references: dict[ForeignKey, list[Keys]] = field(default_factory=dict)
    key_findings: list[Future[Collector]] = field(default_factory=list)

    def has_read(self, names: Names) -> bool:
        """Return, once all was read, whether these fields were, and under their own names."""
        return self.stopped is None and not any(
            fault.field in names or fault.fault in _UNREAD for fault in self.file_faults
        )

    def add(self, checked: _Checked) -> None:
        """Add the findings in rows that were checked."""
        self.collector.merge(checked.found, self.rows)
        self.rows += checked.rows
        self.damaged += checked.damaged

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

    def lookups(
        self, parents: ParentKeys, unread: set[str]
    ) -> Iterator[Callable[[], Iterable[pa.RecordBatch]]]:
        """Return jobs that look up references to tables that were read, and forget those."""
        for key in list(self.references):
            target = key.resource or self.table.name
            if target not in unread:
                parts = self.references.pop(key)
                # References to a table that isn't known aren't judged.
                if (known := parents.get((target, key.reference_fields))) is not None:
                    self.budget.spend(sum(len(part.texts) for part in known) * limits.ROW_COST)
                    yield partial(dangling_rows, key.fields, parts, known)

    def submit(
        self, pool: Executor, jobs: Iterable[Callable[[], Iterable[pa.RecordBatch]]]
    ) -> None:
        """Have keys judged."""
        try:
            for job in jobs:
                self.key_findings.append(pool.submit(self.collector.gather, job))
        except StopReadingError as stop:
            self.note(Stopped(stop.fault, stop.value))

    def report(self) -> TableReport:
        """Return the report, once all keys were judged."""
        for found in self.key_findings:
            self.collector.merge(found.result())

        return self.collector.report(self.table.label, tuple(self.files), self.rows)


def _read(pool: Executor, run: _TableRun, wanted: set[Names]) -> dict[Names, list[Keys]]:
    """Read and check the rows of a table, and return their keys."""
    table = run.table
    keys: dict[Names, list[Keys]] = {names: [] for names in wanted}
    events = Reader(table.files, table.schema, run.budget).events()
    jobs = (partial(_check, event, table.schema, wanted, run.collector) for event in events)
    path = table.files.paths[0]
    try:
        for result in _in_order(pool, jobs):
            if not isinstance(result, _Checked):
                run.note(result)
                continue
            for names, parts in result.keys.items():
                keys[names] += [p._replace(first_row=p.first_row + run.rows) for p in parts]
            run.add(result)
            if run.damaged > limits.MAX_DAMAGED_ROWS:
                raise StopReadingError(Fault.TOO_DAMAGED, "")  # noqa: TRY301
            run.budget.spend(result.cost)
        if table.checksum != Checksum() and exists(path):
            run.budget.spend(path.stat().st_size)
            altered = table.checksum.differences(path)
            run.collector.add(listed((0, "", fault, value) for fault, value in altered))
    except StopReadingError as stop:
        run.note(Stopped(stop.fault, stop.value))

    return keys


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
    event: Event, schema: TableSchema, wanted: Iterable[Names], collector: Collector
) -> _Checked | Opened | FileFault | Stopped:
    """Make some rows, check them and collect their keys; anything else is passed on."""
    if isinstance(event, Opened | FileFault | Stopped):
        return event

    rows = event()
    batch = rows.batch
    blank = None
    if rows.blank is not None and len(rows.blank):
        blank = arrow.flags_at(rows.blank.to_pylist(), batch.num_rows)
    keys: dict[Names, list[Keys]] = {names: [] for names in wanted}

    def findings() -> Iterator[pa.RecordBatch]:
        if rows.findings is not None:
            yield rows.findings
        for start in range(0, batch.num_rows, limits.PIECE):
            columns = read_batch(schema, batch.slice(start, limits.PIECE))
            without = None if blank is None else blank.slice(start, limits.PIECE)
            for names, parts in keys.items():
                parts.append(keys_of(schema, columns, start + 1, names, without))
            for found in check_cells(schema, columns, start + 1):
                yield _unjudged(found, rows)

    return _Checked(
        rows=batch.num_rows,
        found=collector.gather(findings),
        damaged=0 if rows.findings is None else rows.findings.num_rows,
        keys=keys,
    )


def _unjudged(found: pa.RecordBatch, rows: Rows) -> pa.RecordBatch:
    """Leave out what is said of blank rows, and of cells that the reader found faulty itself."""
    if rows.blank is not None and len(rows.blank):
        numbered = arrow.call("add", rows.blank, arrow.number(1))
        found = arrow.keep(found, arrow.call("invert", arrow.is_in(found.column(0), numbered)))
    if rows.judged and found.num_rows:
        cells = zip(found.column(0).to_pylist(), found.column(1).to_pylist(), strict=True)
        found = arrow.keep(found, arrow.flags([cell not in rows.judged for cell in cells]))

    return found
