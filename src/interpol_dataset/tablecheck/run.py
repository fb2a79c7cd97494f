"""
The run over the tables of a package: rows by threads, keys apart, reports at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.tablecheck import kernels, pieces
from interpol_dataset.tablecheck.checks import check_cells, read_batch
from interpol_dataset.tablecheck.findings import listed, shift
from interpol_dataset.tablecheck.keys import Keys, find_dangling, find_repeated, keys_of
from interpol_dataset.tablecheck.pool import Pool, Result, in_order
from interpol_dataset.tablecheck.reading import Reader, is_there
from interpol_dataset.tablecheck.report import Collector, TableReport
from interpol_dataset.tablecheck.schema import unique_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyarrow as pa

    from interpol_dataset.tablecheck.pieces import Piece
    from interpol_dataset.tablecheck.reading import Table
    from interpol_dataset.tablecheck.schema import ForeignKey, TableSchema

__all__ = ["Run"]

Names = tuple[str, ...]

#: References that wait for a look into the parents' keys, which are hashed anew for each look.
_FEW: Final = 200_000
#: Why reading stops where too many rows are damaged. It counts whatever rules were chosen: the
#: damage may be of another rule, and the rows below, which were not read, of a chosen one.
_TOO_DAMAGED: Final = "too-damaged"
#: Jobs that the search for repeated keys is parted into.
_SHARES: Final = 8


class _Checked(NamedTuple):
    """What was found in some rows, counted from 1, and their keys."""

    rows: int
    findings: tuple[pa.RecordBatch, ...]
    damaged: int
    keys: dict[Names, Keys]


@dataclass(slots=True)
class _TableRun:
    """One table's run."""

    table: Table
    collector: Collector
    rows: int = 0
    files: list[tuple[int, str]] = field(default_factory=list)
    key_findings: list[Result[pa.RecordBatch]] = field(default_factory=list)
    waiting: dict[ForeignKey, list[Keys]] = field(default_factory=dict)

    def note_files(self, reader: Reader, job: int | None) -> None:
        """Note the files that were begun before a job, or by the end, and the rows before each."""
        for given, path in reader.opened[len(self.files) :]:
            if job is None or given <= job:
                self.files.append((self.rows, str(path)))


@dataclass(slots=True)
class Run:
    """
    A run over several tables.

    :param pool: What does the work.
    :param limit: How many findings are kept of each table.
    :param rules: The rules whose findings count; all where there are none.
    :param parents: The keys known from elsewhere, per resource and fields.
    """

    pool: Pool
    limit: int
    rules: frozenset[str] | None
    parents: dict[tuple[str, Names], list[Keys]]
    _referred: dict[str, set[Names]] = field(default_factory=dict)

    def reports(self, tables: Sequence[Table]) -> tuple[TableReport, ...]:
        """Validate tables; one that is referred to had best come before those that refer to it."""
        for table in tables:
            for key in table.schema.foreign_keys:
                target = key.resource or table.name
                self._referred.setdefault(target, set()).add(key.reference_fields)

        runs = [self._read(table) for table in tables]
        for run in runs:
            for key in list(run.waiting):
                self._look_up(run, key)

        return tuple(self._report(run) for run in runs)

    def _read(self, table: Table) -> _TableRun:
        chosen = None if self.rules is None else self.rules | {_TOO_DAMAGED}
        run = _TableRun(table, Collector(self.limit, chosen))
        reader = Reader(table.source, table.schema)
        rules = unique_rules(table.schema)
        kept = self._referred.get(table.name, set()) | {rule.fields for rule in rules}
        wanted = kept | {key.fields for key in table.schema.foreign_keys}
        keys: dict[Names, list[Keys]] = {names: [] for names in kept}
        damaged = 0
        jobs = (partial(_check, job, table.schema, wanted) for job in reader.jobs())
        for number, checked in enumerate(in_order(self.pool, jobs)):
            run.note_files(reader, number)
            for findings in checked.findings:
                run.collector.add(shift(findings, run.rows))
            for names, part in checked.keys.items():
                moved = part._replace(first_row=part.first_row + run.rows)
                if names in kept:
                    keys[names].append(moved)
                self._add_references(run, names, moved)
            run.rows += checked.rows
            damaged += checked.damaged
            if damaged > pieces.MAX_DAMAGED:
                reader.stopped = (_TOO_DAMAGED, "")
                break
        else:
            run.note_files(reader, None)

        self._finish(run, reader, keys)

        return run

    def _finish(self, run: _TableRun, reader: Reader, keys: dict[Names, list[Keys]]) -> None:
        """Have keys judged, hand them on, and note what is wrong with the file."""
        for names in self._referred.get(run.table.name, ()):
            # What was not read can't be missed by those that refer to it.
            if reader.has_read(names):
                self.parents[run.table.name, names] = keys[names]
        for rule in unique_rules(run.table.schema):
            for share in range(_SHARES):
                job = partial(find_repeated, rule, keys[rule.fields], share, _SHARES)
                run.key_findings.append(self.pool.submit(job))
        # A file may have been opened that would have been read after reading stopped.
        found = [fault for fault in reader.found if -fault[0] < len(run.files)]
        run.collector.add(listed([*found, *_altered(run.table)]))
        if reader.stopped:
            run.collector.add(listed([(run.rows + 1, "", *reader.stopped)]))

    def _add_references(self, run: _TableRun, names: Names, part: Keys) -> None:
        for key in run.table.schema.foreign_keys:
            if key.fields != names:
                continue
            waiting = run.waiting.setdefault(key, [])
            waiting.append(part)
            parents = self.parents.get((key.resource, key.reference_fields))
            if parents is not None and _count(waiting) > max(_FEW, 4 * _count(parents)):
                self._look_up(run, key)

    def _look_up(self, run: _TableRun, key: ForeignKey) -> None:
        """Look the waiting references up; keys of a resource that isn't known aren't judged."""
        parts = run.waiting.pop(key)
        parents = self.parents.get((key.resource or run.table.name, key.reference_fields))
        if parents is not None:
            job = partial(find_dangling, key.fields, parts, parents)
            run.key_findings.append(self.pool.submit(job))

    def _report(self, run: _TableRun) -> TableReport:
        for findings in run.key_findings:
            run.collector.add(findings.result())
        run.key_findings.clear()

        name = run.table.name or run.table.source.paths[0].name.partition(".")[0]

        return run.collector.report(name, tuple(run.files), run.rows)


def _altered(table: Table) -> Iterator[tuple[int, str, str, str]]:
    """Say where a file is not the one that its descriptor vouches for."""
    path = table.source.paths[0]
    if is_there(path):
        for rule, value in table.vouched.differs(path):
            yield 0, "", rule, value


def _check(job: Callable[[], Piece], schema: TableSchema, wanted: Iterable[Names]) -> _Checked:
    """Make some rows, check them and take their keys."""
    piece = job()
    columns = read_batch(schema, piece.batch)
    found = check_cells(schema, columns, 1)
    blank = None
    if piece.blank_rows is not None and len(piece.blank_rows):
        blank = kernels.flags_at(piece.blank_rows.to_pylist(), piece.batch.num_rows)
        found = _outside(found, piece.blank_rows)
    if piece.judged and found.num_rows:
        found = _without(found, piece.judged)

    return _Checked(
        rows=piece.batch.num_rows,
        findings=(found,) if piece.findings is None else (piece.findings, found),
        damaged=0 if piece.findings is None else piece.findings.num_rows,
        keys={names: keys_of(schema, columns, 1, names, blank) for names in wanted},
    )


def _outside(findings: pa.RecordBatch, blank: pa.Int64Array) -> pa.RecordBatch:
    """Leave out what was found in blank rows."""
    numbers = kernels.call("add", blank, kernels.as_int64([1])[0])
    inside = kernels.is_in(findings.column(0), numbers)

    return kernels.call("filter", findings, kernels.call("invert", inside))


def _without(findings: pa.RecordBatch, judged: frozenset[tuple[int, str]]) -> pa.RecordBatch:
    """Leave out what was found in cells that were judged before."""
    cells = zip(findings.column(0).to_pylist(), findings.column(1).to_pylist(), strict=True)
    keep = kernels.as_flags([cell not in judged for cell in cells])

    return kernels.call("filter", findings, keep)


def _count(parts: Iterable[Keys]) -> int:
    return sum(len(part.texts) for part in parts)
