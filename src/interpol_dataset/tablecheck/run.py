"""The validation of a table, or of all tables of a package: rows in threads, then keys."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import pyarrow as pa

from interpol_dataset.tablecheck import arrow, check
from interpol_dataset.tablecheck import faults as limits
from interpol_dataset.tablecheck.faults import Fault, SchemaError, SourceError
from interpol_dataset.tablecheck.files import (
    Budget,
    FileFault,
    StopReadingError,
    read_csv,
    read_json_lines,
)
from interpol_dataset.tablecheck.package import (
    FORMATS,
    Checksum,
    Resource,
    TableFile,
    exists,
    format_of,
    read_package,
)
from interpol_dataset.tablecheck.report import Collector, TableReport, listed
from interpol_dataset.tablecheck.schema import TableSchema, check_reference, parse_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future

    from interpol_dataset.tablecheck.files import Event
    from interpol_dataset.tablecheck.schema import ForeignKey

    _Finder = Callable[[], Iterable[pa.RecordBatch]]

Names = tuple[str, ...]
#: Keys that can be referred to, by the table and the fields that make them.
ParentKeys = dict[tuple[str, Names], list[check.Keys]]
T = TypeVar("T")


def validate_table(
    source: TableFile | Path | str,
    schema: TableSchema | Mapping[str, Any],
    *,
    name: str = "",
    references: Mapping[str, pa.Table] | None = None,
    limit: int = limits.MAX_FINDINGS,
    faults: frozenset[str] | None = None,
) -> TableReport:
    """
    Check a table against a Table Schema.

    :param source: A file (CSV or JSON Lines, gzipped or not, or Parquet), or a :class:`TableFile`
        that says more of it.
    :param schema: A schema, or its JSON form.
    :param name: The table's name, to which its own foreign keys may refer. The report of a table
        without one has the name of its file.
    :param references: The tables that foreign keys refer to, by name. Where none are given, only
        keys that refer to the table itself are checked.
    :param limit: How many findings to keep; the rest are counted.
    :param faults: The faults that count, as :class:`Fault` or their names; all by default. That
        reading was given up always counts.
    :raises SchemaError: The schema is malformed.
    :raises SourceError: The file isn't there or in no known format, or a table that is referred to
        is not among the references.
    """
    if not isinstance(schema, TableSchema):
        schema = parse_schema(schema)
    if not isinstance(source, TableFile):
        source = TableFile(Path(source), format_of(Path(source)))
        if source.format not in FORMATS:
            raise _unknown_format(source.path)
    if not exists(source.path):
        raise SourceError("the file is not there", str(source.path), "check the path")

    keys = () if references is None else schema.foreign_keys
    parents = {
        (key.resource, key.reference_fields): _parent_keys(schema, key, references or {})
        for key in keys
        if key.resource and key.resource != name
    }
    return check_tables([Resource(name, source, schema)], parents, limit, faults)[0]


def validate_package(
    descriptor_path: Path | str,
    *,
    limit: int = limits.MAX_FINDINGS,
    faults: frozenset[str] | None = None,
) -> tuple[TableReport, ...]:
    """
    Check every table of a Data Package, in the descriptor's order.

    :param descriptor_path: The package's ``datapackage.json``.
    :param limit: How many findings to keep of each table; the rest are counted.
    :param faults: The faults that count, as for :func:`validate_table`.
    :raises DescriptorError: The descriptor or a path in it can't be used.
    :raises SchemaError: A schema or a dialect can't be used.
    """
    return check_tables(read_package(Path(descriptor_path)), {}, limit, faults)


def _unknown_format(path: Path) -> SourceError:
    """Return the error for a file in a format that is not read, with what to do instead."""
    hints = {
        ".json": "write JSON Lines, one object a line, as *.jsonl (jq -c '.[]' does it)",
        ".bz2": "decompress it, or compress it with gzip",
        ".zst": "decompress it, or compress it with gzip",
    }
    hint = hints.get(path.suffix.lower(), f"name it {', '.join(f'*.{name}' for name in FORMATS)}")
    return SourceError("files of this name can't be checked", str(path), hint)


def _parent_keys(
    schema: TableSchema, key: ForeignKey, references: Mapping[str, pa.Table]
) -> list[check.Keys]:
    """Collect the keys of a table that is referred to, read as the fields that refer to them."""
    names = references[key.resource].column_names if key.resource in references else None
    check_reference(key, names, "give the package that has it")
    parent = references[key.resource]
    columns = [parent.column(name) for name in key.reference_fields]
    renamed = pa.Table.from_arrays(columns, names=list(key.fields))
    return [check.collect_keys(schema, batch, 1, key.fields) for batch in renamed.to_batches()]


def check_tables(
    tables: Sequence[Resource], parents: ParentKeys, limit: int, faults: frozenset[str] | None
) -> tuple[TableReport, ...]:
    """Check tables together, which may refer to each other and to the keys of others."""
    keys = sum(len(table.schema.unique) + len(table.schema.foreign_keys) for table in tables)
    if keys > limits.MAX_KEYS:
        raise SchemaError(f"there are more than {limits.MAX_KEYS:,} keys to check")

    # That a file was given up always counts: rows that were not read may have any fault.
    chosen = None if faults is None else faults | {Fault.TOO_DAMAGED, Fault.OVER_BUDGET}
    budget = Budget(table.file.path for table in tables)
    runs = [_TableRun(table, Collector(limit, chosen), budget) for table in tables]
    referred = {
        (key.resource or table.name, key.reference_fields)
        for table in tables
        for key in table.schema.foreign_keys
    }
    unread = {table.name for table in tables}
    referring = [run for run in runs if run.table.schema.foreign_keys]
    with ThreadPoolExecutor(limits.THREADS) as pool:
        for run in runs:
            name, schema = run.table.name, run.table.schema
            referred_to = {names for resource, names in referred if resource == name}
            own = {key.fields for key in schema.unique} | {
                key.fields for key in schema.foreign_keys
            }
            with _memory_for(run.table.file.path):
                found = _read(pool, run, referred_to | own)
            unread.discard(name)
            # What was not read can't be missed by those that refer to it.
            there = filter(run.has_read, referred_to)
            parents |= {(name, names): found[names] for names in there}
            unique = ((key, found[key.fields]) for key in schema.unique)
            run.submit(pool, (partial(check.find_repeated, *each) for each in unique))
            run.references = {key: found[key.fields] for key in schema.foreign_keys}
            del found  # keys that are judged are not kept while the next table is read
            for child in referring:
                child.submit(pool, child.lookups(parents, unread))

    return tuple(run.report() for run in runs)


@contextmanager
def _memory_for(path: Path) -> Iterator[None]:
    try:
        yield
    except MemoryError as error:
        what = "there is not enough memory to check the file"
        hint = "close other programs, or split the table"
        raise SourceError(what, str(path), hint) from error


class _Checked(NamedTuple):
    """What was found in some rows, counted from 1, and their keys."""

    rows: int
    found: Collector
    damaged: int
    keys: dict[Names, list[check.Keys]]

    @property
    def cost(self) -> int:
        """What the rows count as, besides their bytes."""
        parts = [part for parts in self.keys.values() for part in parts]
        return self.rows * limits.ROW_COST + sum(int(part.texts.nbytes) for part in parts)


@dataclass(slots=True)
class _TableRun:
    table: Resource
    collector: Collector
    budget: Budget
    rows: int = 0
    damaged: int = 0
    file_faults: list[FileFault] = field(default_factory=list)
    is_stopped: bool = False
    references: dict[ForeignKey, list[check.Keys]] = field(default_factory=dict)
    key_findings: list[Future[Collector]] = field(default_factory=list)

    def has_read(self, names: Names) -> bool:
        """Return whether these fields were read, under their own names."""
        return not self.is_stopped and not any(
            fault.field in names or fault.fault is Fault.EMPTY_FILE for fault in self.file_faults
        )

    def add(self, checked: _Checked) -> None:
        """Add the findings in rows that were checked."""
        self.collector.merge(checked.found, self.rows)
        self.rows += checked.rows
        self.damaged += checked.damaged

    def note(self, event: FileFault | StopReadingError) -> None:
        """Note a fault of the file, or that reading stopped."""
        if isinstance(event, FileFault):
            self.file_faults.append(event)
            self.collector.add(listed([(0, *event)]))
        else:
            self.is_stopped = True
            self.collector.add(listed([(self.rows + 1, "", event.fault, event.value)]))

    def lookups(self, parents: ParentKeys, unread: set[str]) -> Iterator[_Finder]:
        """Return jobs that look up references to tables that were read, and forget those."""
        for key in list(self.references):
            target = key.resource or self.table.name
            if target not in unread:
                parts = self.references.pop(key)
                # References to a table that isn't known aren't judged.
                if (known := parents.get((target, key.reference_fields))) is not None:
                    self.budget.spend(sum(len(part.texts) for part in known) * limits.ROW_COST)
                    yield partial(check.find_dangling, key.fields, parts, known)

    def submit(self, pool: Executor, jobs: Iterable[_Finder]) -> None:
        """Start jobs that judge keys."""
        try:
            for job in jobs:
                self.key_findings.append(pool.submit(self.collector.gather, job))
        except StopReadingError as stop:
            self.note(stop)

    def report(self) -> TableReport:
        """Return the report, once all keys were judged."""
        with _memory_for(self.table.file.path):
            for found in self.key_findings:
                self.collector.merge(found.result())
        return self.collector.report(self.table.label, str(self.table.file.path), self.rows)


def _read(pool: Executor, run: _TableRun, wanted: set[Names]) -> dict[Names, list[check.Keys]]:
    table, path = run.table, run.table.file.path
    keys: dict[Names, list[check.Keys]] = {names: [] for names in wanted}
    events = _read_table(table.file, table.schema, run.budget)
    jobs = (partial(_check, event, table.schema, wanted, run.collector) for event in events)
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
            with path.open("rb") as file:
                altered = [*table.checksum.differences(file)]
            run.collector.add(listed((0, "", *difference) for difference in altered))
    except StopReadingError as stop:
        run.note(stop)
    return keys


def _in_order(pool: Executor, jobs: Iterable[Callable[[], T]]) -> Iterator[T]:
    """Do jobs a few ahead, and return their results in the order of the jobs."""
    waiting: deque[Future[T]] = deque()
    try:
        for job in jobs:
            waiting.append(pool.submit(job))
            if len(waiting) == limits.JOBS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for left in waiting:
            left.cancel()


def _check(
    event: Event, schema: TableSchema, wanted: Iterable[Names], collector: Collector
) -> _Checked | FileFault | StopReadingError:
    if isinstance(event, FileFault | StopReadingError):
        return event

    rows = event()
    batch = rows.batch
    blank = arrow.flags_at(rows.blank, batch.num_rows) if rows.blank else None
    keys: dict[Names, list[check.Keys]] = {names: [] for names in wanted}

    def findings() -> Iterator[pa.RecordBatch]:
        if rows.findings is not None:
            yield rows.findings
        for start in range(0, batch.num_rows, limits.PIECE):
            columns = check.read_batch(schema, batch.slice(start, limits.PIECE))
            without = None if blank is None else blank.slice(start, limits.PIECE)
            for names, parts in keys.items():
                parts.append(check.keys_of(schema, columns, start + 1, names, without))
            for found in check.check_cells(schema, columns, start + 1, is_ascii=rows.is_ascii):
                yield _unjudged(found, blank, rows.judged)

    damaged = 0 if rows.findings is None else rows.findings.num_rows
    return _Checked(batch.num_rows, collector.gather(findings), damaged, keys)


def _unjudged(
    found: pa.RecordBatch, blank: pa.BooleanArray | None, judged: frozenset[tuple[int, str]]
) -> pa.RecordBatch:
    """Leave out findings on blank rows, and on cells that the reader reported itself."""
    if blank is not None:
        places = arrow.call("subtract", found.column(0), arrow.number(1))
        found = arrow.keep(found, arrow.call("invert", arrow.take(blank, places)))
    if judged and found.num_rows:
        cells = zip(found.column(0).to_pylist(), found.column(1).to_pylist(), strict=True)
        found = arrow.keep(found, arrow.flags([cell not in judged for cell in cells]))
    return found


def _read_table(file: TableFile, schema: TableSchema, budget: Budget) -> Iterator[Event]:
    readers = {"csv": read_csv, "jsonl": read_json_lines, "parquet": _parquet}
    try:
        if not exists(file.path):
            raise StopReadingError(Fault.MISSING_FILE, file.path.name)  # noqa: TRY301
        if file.format not in readers:
            raise StopReadingError(Fault.UNKNOWN_FORMAT, file.format)  # noqa: TRY301
        budget.spend(0)  # there may be nothing left of it
        yield from readers[file.format](file, schema, budget)
    except StopReadingError as stop:
        yield stop


def _parquet(file: TableFile, schema: TableSchema, budget: Budget) -> Iterator[Event]:
    # Arrow's part for Parquet takes long to import.
    from interpol_dataset.tablecheck import parquet  # noqa: PLC0415

    return parquet.read(file.path, schema, budget)
