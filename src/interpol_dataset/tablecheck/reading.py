"""
Readers: a file, or several that make one table, become pieces that can be parsed by any thread.

A reader gives jobs, small functions that each make one :class:`~.pieces.Piece`; so reading goes on
while other threads parse and check. A fault of the file is a finding, never a crash.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import pyarrow as pa

from interpol_dataset.errors import PackageError
from interpol_dataset.tablecheck import csvfile
from interpol_dataset.tablecheck.blocks import COMPRESSIONS, StopReadingError, cut, open_stream
from interpol_dataset.tablecheck.dialect import Dialect
from interpol_dataset.tablecheck.layout import Layout, match_header, match_names
from interpol_dataset.tablecheck.pieces import Piece
from interpol_dataset.tablecheck.vouching import Vouched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from interpol_dataset.tablecheck.blocks import Block, Stream
    from interpol_dataset.tablecheck.schema import TableSchema

__all__ = ["FORMATS", "Reader", "Source", "Table", "format_of", "is_there", "named_format"]

#: Formats that can be read, and the names of files that are in them.
FORMATS: Final = {
    "csv": (".csv", ".tsv", ".txt"),
    "jsonl": (".jsonl", ".ndjson"),
    "json": (".json",),
    "parquet": (".parquet", ".pq"),
}


#: Faults of a file that leave none of its fields read.
_UNREAD: Final = {"empty-file", "unmatched-header"}


class Source(NamedTuple):
    """
    Where a table is.

    :param paths: Its file, or files that together make it.
    :param format: ``csv``, ``jsonl``, ``json`` (an array of objects) or ``parquet``; of a table in
        any other it is only said that it can't be read.
    :param dialect: How a CSV file is written.
    :param compression: ``gz``, ``zst`` or ``bz2``, where the files' names don't tell.
    """

    paths: tuple[Path, ...]
    format: str
    dialect: Dialect = Dialect()
    compression: str | None = None


class Table(NamedTuple):
    """
    A table to validate.

    :param name: Its name, which foreign keys refer to.
    :param source: Where it is.
    :param schema: What it should be.
    :param vouched: What its descriptor says of the file's bytes.
    """

    name: str
    source: Source
    schema: TableSchema
    vouched: Vouched = Vouched()


def is_there(path: Path) -> bool:
    """Return whether there is such a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def format_of(path: Path) -> str:
    """
    Tell the format of a file by its name.

    :raises PackageError: The name tells none that can be read.
    """
    format_ = named_format(path)
    if format_ in FORMATS:
        return format_

    raise PackageError(
        "the name of the file doesn't tell its format",
        where=str(path),
        hint=f"name it {', '.join(f'*{ends[0]}' for ends in FORMATS.values())}, or compress one",
    )


def named_format(path: Path) -> str:
    """Tell the format that a file's name means, whether it can be read or not."""
    name = path.name.lower()
    for ending in COMPRESSIONS:
        name = name.removesuffix(f".{ending}")
    for format_, endings in FORMATS.items():
        if name.endswith(endings):
            return format_

    return name.rpartition(".")[2]


@dataclass(slots=True)
class Reader:
    """
    Reads a table.

    :param source: Where it is.
    :param schema: What it should be.
    :param found: What is wrong with the header or the file; complete once all was read.
    :param stopped: Why reading could not go on, as a rule and what stands there.
    :param opened: The files that were opened, each with the number of jobs given before.
    """

    source: Source
    schema: TableSchema
    found: list[tuple[int, str, str, str]] = field(default_factory=list)
    stopped: tuple[str, str] | None = None
    opened: list[tuple[int, Path]] = field(default_factory=list)
    _layout: Layout | None = None
    _labels: list[str] = field(default_factory=list)

    def jobs(self) -> Iterator[Callable[[], Piece]]:
        """Return jobs that each make some rows, in the order of the rows."""
        given = 0
        for path in self.source.paths:
            self.opened.append((given, path))
            try:
                for job in self._read(path):
                    given += 1
                    yield job
            except StopReadingError as stop:
                self.stopped = (stop.rule, stop.value)
                return

    def has_read(self, names: tuple[str, ...]) -> bool:
        """Tell, once all was read, whether these fields were, and under their own names."""
        return self.stopped is None and not any(
            name in names or rule in _UNREAD for _, name, rule, _ in self.found
        )

    def _read(self, path: Path) -> Iterator[Callable[[], Piece]]:
        if not is_there(path):
            raise StopReadingError("missing-file", path.name)

        match self.source.format:
            case "csv":
                yield from self._csv(path)
            case "jsonl":
                yield from self._json_lines(path)
            case "json":
                yield from self._json(path)
            case "parquet":
                yield from self._parquet(path)
            case unknown:
                raise StopReadingError("unknown-format", unknown)

    def _note(self, *faults: Iterable[str]) -> None:
        """Note faults of the file that is being read: the field, the rule and what stands there."""
        for name, rule, value in faults:
            self.found.append((1 - len(self.opened), name, rule, value))

    def _open(self, path: Path, encoding: str = "utf-8") -> Stream:
        return open_stream(path, encoding, self.source.compression)

    def _csv(self, path: Path) -> Iterator[Callable[[], Piece]]:
        dialect = self.source.dialect
        first = True
        with closing(self._open(path, dialect.encoding)) as stream:
            for whole in cut(stream, dialect):
                block = self._below_header(whole) if first else whole
                first = False
                if len(block):
                    yield partial(csvfile.parse_block, block, self._known_layout(), dialect)
        if first:
            self._note(("", "empty-file", ""))

    def _below_header(self, block: Block) -> Block:
        """Match the header of a file, and give what stands below it."""
        labels, rest, is_sound = csvfile.split_header(block, self.source.dialect)
        if not self.source.dialect.header:
            return csvfile.without_mark(block)

        if self._layout is None:
            self._match(labels)
            self._labels = labels
            if not is_sound:
                self._note(("", "encoding", ",".join(labels)))
            return rest

        # Of several files the first one's header counts; the others may repeat it.
        return rest if self._repeats(labels) else csvfile.without_mark(block)

    def _repeats(self, labels: list[str]) -> bool:
        """Return whether a row is the first file's header once more."""
        if self.source.dialect.any_case:
            return [*map(str.casefold, labels)] == [*map(str.casefold, self._labels)]

        return labels == self._labels

    def _match(self, labels: list[str]) -> None:
        self._layout, found = match_header(self.schema, self._in_case(labels))
        self._note(*(fault for _, *fault in found))

    def _in_case(self, labels: list[str]) -> list[str]:
        """Return labels the capitals of the fields that they mean; an exact match comes first."""
        if not self.source.dialect.any_case:
            return labels

        names, taken = set(self.schema.names), set(labels)
        free: dict[str, list[str]] = {}
        for name in self.schema.names:
            if name not in taken:
                free.setdefault(name.casefold(), []).append(name)

        found: list[str] = []
        for label in labels:
            alike = free.get(label.casefold())
            found.append(alike.pop(0) if alike and label not in names else label)

        return found

    def _match_again(self, labels: list[str]) -> Layout:
        """
        Match a later file that names its columns.

        A label that is no field's name means what it meant in the first file.
        """
        first = {} if self._layout is None else dict(self._layout.columns)
        meant = {self._labels[place]: name for name, place in first.items()}
        names = set(self.schema.names)
        labels = [label if label in names else meant.get(label, label) for label in labels]
        layout, found = match_names(self.schema, self._in_case(labels))
        self._note(*(fault for _, *fault in found))

        return layout

    def _known_layout(self) -> Layout:
        if self._layout is None:
            self._layout, _ = match_header(self.schema, self.schema.names)

        return self._layout

    def _json_lines(self, path: Path) -> Iterator[Callable[[], Piece]]:
        from interpol_dataset.tablecheck import jsonlines  # noqa: PLC0415 - as Parquet's reader

        first = True
        with closing(self._open(path)) as stream:
            for whole in cut(stream, Dialect(quote=None, delimiter="\n")):
                block = csvfile.without_mark(whole) if first else whole
                first = False
                yield partial(jsonlines.parse_lines, block, self.schema)

    def _json(self, path: Path) -> Iterator[Callable[[], Piece]]:
        from interpol_dataset.tablecheck import jsonlines  # noqa: PLC0415 - as Parquet's reader

        with closing(self._open(path)) as stream:
            yield from jsonlines.parse_array(stream, self.schema)

    def _parquet(self, path: Path) -> Iterator[Callable[[], Piece]]:
        # Arrow's part for Parquet takes long to import.
        from interpol_dataset.tablecheck import parquet  # noqa: PLC0415

        with closing(parquet.open_parquet(path)) as file:
            names = parquet.column_names(file)
            if self._layout is None:
                self._match(names)
                self._labels = names
                layout = self._known_layout()
            else:
                layout = self._match_again(names)
            wanted = [names[place] for _, place in layout.columns]
            for batch in parquet.read_batches(file, wanted):
                yield partial(_renamed, batch, layout, names)


def _renamed(batch: pa.RecordBatch, layout: Layout, names: list[str]) -> Piece:
    """Return the columns of a batch the names of the fields they were matched with."""
    # Of columns with one name the first is taken: Arrow would find none by that name.
    places = {name: place for place, name in reversed([*enumerate(batch.schema.names)])}
    columns = {name: batch.column(places[names[place]]) for name, place in layout.columns}

    return Piece(pa.RecordBatch.from_arrays(list(columns.values()), list(columns)))
