"""
A table's files, read into rows that any thread can parse.

A reader returns jobs, functions without arguments that each make some rows; so reading goes on
while other threads parse and check. A fault of a file is a finding, never a crash.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.tablecheck import limits
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.read import csv
from interpol_dataset.tablecheck.read.blocks import (
    COMPRESSIONS,
    Budget,
    Rows,
    StopReadingError,
    cut,
    exists,
    open_stream,
    read_whole,
)
from interpol_dataset.tablecheck.read.checksum import Checksum
from interpol_dataset.tablecheck.read.header import (
    FileFault,
    Header,
    in_case_of_fields,
    match_header,
    match_names,
)
from interpol_dataset.tablecheck.schema.dialect import Dialect

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from interpol_dataset.tablecheck.schema.schema import TableSchema

#: Formats that can be read, and the endings of their files' names.
FORMATS: Final = {
    "csv": (".csv", ".tsv", ".txt"),
    "jsonl": (".jsonl", ".ndjson"),
    "json": (".json",),
    "parquet": (".parquet", ".pq"),
}


class TableFiles(NamedTuple):
    """
    Where a table is.

    :param paths: Its file, or the files that together make it.
    :param format: ``csv``, ``jsonl``, ``json`` (an array of objects) or ``parquet``; any other is
        a finding.
    :param dialect: How a CSV file is written.
    :param compression: ``gz``, ``zst`` or ``bz2``, where the files' names don't say.
    """

    paths: tuple[Path, ...]
    format: str
    dialect: Dialect = Dialect()
    compression: str | None = None


class Resource(NamedTuple):
    """
    A table to validate.

    :param name: Its name, which foreign keys refer to.
    :param files: Where it is.
    :param schema: What it should be.
    :param checksum: What its descriptor says of the file's bytes.
    """

    name: str
    files: TableFiles
    schema: TableSchema
    checksum: Checksum = Checksum()

    @property
    def label(self) -> str:
        """The name, or that of the file."""
        return self.name or self.files.paths[0].name.partition(".")[0]


def format_of(path: Path) -> str:
    """Return the format that a file's name means, whether it can be read or not."""
    name = path.name.lower()
    for ending in COMPRESSIONS:
        name = name.removesuffix(f".{ending}")
    for format_, endings in FORMATS.items():
        if name.endswith(endings):
            return format_

    return name.rpartition(".")[2]


class Opened(NamedTuple):
    """A file was begun."""

    path: Path


class Stopped(NamedTuple):
    """Reading can't go on after the rows that came before."""

    fault: Fault
    value: str


#: What reading a table gives, in order; a function makes some rows.
Event = Opened | FileFault | Stopped | Callable[[], Rows]


class Reader:
    """
    Reads a table.

    :param files: Where it is.
    :param schema: What it should be.
    :param budget: What may be read.
    """

    def __init__(self, files: TableFiles, schema: TableSchema, budget: Budget) -> None:
        self._files = files
        self._budget = budget
        self._schema = schema
        #: The labels of the first header, and what they mean.
        self._labels: list[str] = []
        self._header: Header | None = None

    def events(self) -> Iterator[Event]:
        """Return everything that the files hold, in order, and what is wrong with them."""
        for path in self._files.paths:
            yield Opened(path)
            try:
                yield from self._read(path)
            except StopReadingError as stop:
                yield Stopped(stop.fault, stop.value)
                return

    def _read(self, path: Path) -> Iterator[Event]:
        if not exists(path):
            raise StopReadingError(Fault.MISSING_FILE, path.name)

        match self._files.format:
            case "csv":
                return self._csv(path)
            case "jsonl":
                return self._json_lines(path)
            case "json":
                return self._json(path)
            case "parquet":
                return self._parquet(path)
            case unknown:
                raise StopReadingError(Fault.UNKNOWN_FORMAT, unknown)

    def _open(self, path: Path, encoding: str = "utf-8") -> Any:
        return open_stream(path, encoding, self._files.compression)

    def _csv(self, path: Path) -> Iterator[Event]:
        dialect = self._files.dialect
        is_first = True
        with closing(self._open(path, dialect.encoding)) as stream:
            for block in cut(stream, dialect):
                self._budget.spend(len(block) + limits.COLUMN_COST * len(self._schema.fields))
                rows = block
                if is_first:
                    is_first = False
                    rows = yield from self._below_header(block)
                if rows:
                    header = self._header or match_header(self._schema, self._schema.names)[0]
                    yield partial(csv.parse_block, rows, header, dialect)
        if is_first:
            yield FileFault("", Fault.EMPTY_FILE, "")

    def _below_header(self, block: bytes) -> Generator[Event, None, bytes]:
        """Match the header of a file, and return what is below it."""
        labels, rest, is_sound = csv.split_header(block, self._files.dialect)
        if not self._files.dialect.header:
            return block

        if self._header is None:
            yield from self._match_first(labels)
            if not is_sound:
                yield FileFault("", Fault.ENCODING, ",".join(labels))
            return rest

        # Of several files the first one's header counts; the others may repeat it.
        fold = str.casefold if self._files.dialect.any_case else str
        is_repeated = [*map(fold, labels)] == [*map(fold, self._labels)]

        return rest if is_repeated else block

    def _match_first(self, labels: list[str]) -> Generator[Event, None, Header]:
        self._labels = labels
        self._header, found = match_header(self._schema, self._in_case(labels))
        yield from found

        return self._header

    def _in_case(self, labels: list[str]) -> list[str]:
        return in_case_of_fields(self._schema, labels) if self._files.dialect.any_case else labels

    def _json_lines(self, path: Path) -> Iterator[Event]:
        from interpol_dataset.tablecheck.read import json  # noqa: PLC0415 - as Parquet's reader

        with closing(self._open(path)) as stream:
            for block in cut(stream, Dialect(quote=None, delimiter="\t")):
                self._budget.spend(len(block) + block.count(b"\n") * limits.JSON_ROW_COST)
                yield partial(json.parse_lines, block, self._schema)

    def _json(self, path: Path) -> Iterator[Event]:
        from interpol_dataset.tablecheck.read import json  # noqa: PLC0415 - as Parquet's reader

        with closing(self._open(path)) as stream:
            content = read_whole(stream, limits.MAX_JSON_ARRAY)
            self._budget.spend(len(content) + content.count(b",") * limits.JSON_VALUE_COST)
            for elements in json.parse_array(content):
                self._budget.spend(len(elements) * limits.JSON_ROW_COST)
                yield partial(json.parse_elements, elements, self._schema)

    def _parquet(self, path: Path) -> Iterator[Event]:
        # Arrow's part for Parquet takes long to import.
        from interpol_dataset.tablecheck.read import parquet  # noqa: PLC0415

        file, groups = parquet.open_parquet(path)
        with closing(file):
            labels = parquet.column_names(file)
            if self._header is None:
                header = yield from self._match_first(labels)
            else:
                renamed = self._renamed(labels, self._header)
                header, found = match_names(self._schema, self._in_case(renamed))
                yield from found
            wanted = [labels[place] for _, place in header.columns]
            for batch in parquet.read_batches(path, file.metadata, groups, wanted, self._budget):
                yield partial(parquet.take_columns, batch, header, labels)

    def _renamed(self, labels: list[str], first: Header) -> list[str]:
        """Return the field names of a later file's columns, matched as in the first file."""
        meant = {self._labels[place]: name for name, place in first.columns}
        names = set(self._schema.names)

        return [label if label in names else meant.get(label, label) for label in labels]
