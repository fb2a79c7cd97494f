"""
A table's file, cut into pieces that any thread can parse, and its header.

Reading gives jobs, functions without arguments that each make some rows; so it goes on while other
threads parse and check. A fault of a file is a finding, never a crash.

Text is cut into blocks of whole records. A line break ends a record unless it is inside quotes: a
block without quotes is cut at its last line break; so is one whose quotes are all where they should
be; any other is read record by record to find the place. All of it happens in C, as it runs in the
thread that feeds the others.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa

from interpol_dataset.tablecheck import arrow, limits
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.package import TableFile, exists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from interpol_dataset.tablecheck.schema import TableSchema

#: How files begin that hold no text in UTF-8, whatever their names say.
_SIGNATURES: Final = (
    (b"\xff\xfe", Fault.ENCODING, "UTF-16"),
    (b"\xfe\xff", Fault.ENCODING, "UTF-16"),
    (b"PK\x03\x04", Fault.UNREADABLE, "a zip archive or a spreadsheet"),
    (b"\x1f\x8b", Fault.UNREADABLE, "gzip, which the name does not tell"),
    # The magic number alone may be a header's first label, and a file's last cell; the byte after
    # it begins the first page, or the footer where there are no rows.
    (b"PAR1\x15", Fault.UNREADABLE, "Parquet, which the name does not tell"),
)


class Rows(NamedTuple):
    """Some rows of a table, and what was wrong with the file there."""

    batch: pa.RecordBatch
    #: What is wrong with the file; its rows count from 1 in this batch.
    findings: pa.RecordBatch | None = None
    #: Rows that are blank, from 0: they count, but there is nothing in them to check.
    blank: pa.Int64Array | None = None
    #: Cells that the reader found faulty itself: a row from 1, and a field.
    judged: frozenset[tuple[int, str]] = frozenset()
    is_ascii: bool = False


class FileFault(NamedTuple):
    """A fault of a file or of its header."""

    field: str
    fault: Fault
    value: str


class Stopped(NamedTuple):
    """Reading can't go on after the rows that came before."""

    fault: Fault
    value: str


#: What reading a table gives, in order; a function makes some rows.
Event = FileFault | Stopped | Callable[[], Rows]


class Header(NamedTuple):
    """How many columns a file has, and the fields of the first of them."""

    width: int
    names: tuple[str, ...]


@dataclass
class StopReadingError(Exception):
    """The rest of a file can't be read. Readers raise it; the run makes it a finding."""

    fault: Fault
    value: str


class Budget:
    """What a run may read in all, in bytes: each file counts with its size once."""

    def __init__(self, paths: Iterable[Path]) -> None:
        found = [path.stat() for path in set(paths) if exists(path)]
        sizes = {(status.st_dev, status.st_ino): status.st_size for status in found}
        self._lock = Lock()
        self._most = self._left = max(limits.MAX_DECODED, limits.MAX_RATIO * sum(sizes.values()))

    def spend(self, cost: int) -> None:
        """Count what was read, and stop reading if it is too much."""
        with self._lock:
            self._left -= cost
        if self._left < 0:
            most = f"more than {self._most >> 20} MB once decoded, rows counted"
            raise StopReadingError(Fault.OVER_BUDGET, most)


def read_table(file: TableFile, schema: TableSchema, budget: Budget) -> Iterator[Event]:
    """Return everything that a file holds, in order, and what is wrong with it."""
    readers = {"csv": _csv, "jsonl": _json_lines, "parquet": _parquet}
    try:
        if not exists(file.path):
            raise StopReadingError(Fault.MISSING_FILE, file.path.name)  # noqa: TRY301
        if file.format not in readers:
            raise StopReadingError(Fault.UNKNOWN_FORMAT, file.format)  # noqa: TRY301
        yield from readers[file.format](file, schema, budget)
    except StopReadingError as stop:
        yield Stopped(stop.fault, stop.value)


def _csv(file: TableFile, schema: TableSchema, budget: Budget) -> Iterator[Event]:
    from interpol_dataset.tablecheck import lines  # noqa: PLC0415 - only where it is needed

    delimiter = file.delimiter
    header = None
    with closing(_open(file)) as stream:
        for block in _cut(stream, delimiter):
            rows = block
            if header is None:
                labels, rows, is_sound = lines.split_header(block, delimiter)
                header, found = match_header(schema, labels)
                yield from found
                if not is_sound:
                    yield FileFault("", Fault.ENCODING, ",".join(labels))
            budget.spend(len(block) + limits.COLUMN_COST * len(schema.fields))
            if rows:
                yield partial(lines.parse_csv, rows, header, delimiter, budget)
    if header is None:
        yield FileFault("", Fault.EMPTY_FILE, "")


def _json_lines(file: TableFile, schema: TableSchema, budget: Budget) -> Iterator[Event]:
    from interpol_dataset.tablecheck import lines  # noqa: PLC0415 - only where it is needed

    with closing(_open(file)) as stream:
        for block in _cut(stream, None):
            budget.spend(len(block) + block.count(b"\n") * limits.JSON_ROW_COST)
            yield partial(lines.parse_json, block, schema)


def _parquet(file: TableFile, schema: TableSchema, budget: Budget) -> Iterator[Event]:
    # Arrow's part for Parquet takes long to import.
    from interpol_dataset.tablecheck import parquet  # noqa: PLC0415

    return parquet.read(file.path, schema, budget)


# --- bytes ----------------------------------------------------------------------------------


def _open(file: TableFile) -> Any:
    """Open a file, and decompress it."""
    stream: Any = file.path.open("rb")
    if file.is_gzipped or file.path.suffix.lower() == ".gz":
        stream = pa.CompressedInputStream(pa.PythonFile(stream), "gzip")

    return stream


def _fill(stream: Any, rest: bytes) -> bytearray:
    """Return what is left of a stream's last block, and a block more; each byte is copied once."""
    data = bytearray(len(rest) + limits.BLOCK)
    end = len(rest)
    data[:end] = rest
    try:
        with memoryview(data) as view:
            while end < len(view) and (count := stream.readinto(view[end:])):
                end += count
    except (OSError, EOFError, ValueError) as error:
        raise StopReadingError(Fault.UNREADABLE, str(error)) from error
    del data[end:]

    return data


def _cut(stream: Any, delimiter: str | None) -> Iterator[bytearray]:
    """Return the stream's bytes in blocks of whole records: lines, if there is no delimiter."""
    rest, is_first = b"", True
    while len(block := _fill(stream, rest)) > len(rest):
        if is_first:
            _drop_mark(block)
            is_first = False
        end = _end_of_records(block, delimiter)
        rest = bytes(block[end:])
        if len(rest) > limits.MAX_RECORD:
            is_whole = delimiter is None or record(delimiter).match(rest + b"\n")
            fault = Fault.RECORD_TOO_LONG if is_whole else Fault.UNCLOSED_QUOTE
            raise StopReadingError(fault, _show(rest))

        del block[end:]
        if block:
            yield block

    # The last line break of a file may be missing.
    block += b"\n"
    if rest and not _end_of_records(block, delimiter):
        raise StopReadingError(Fault.UNCLOSED_QUOTE, _show(rest))
    if rest:
        yield block


def _drop_mark(start: bytearray) -> None:
    """Drop the byte order mark of a file, and refuse a file that is no text."""
    for signature, fault, what in _SIGNATURES:
        if start.startswith(signature):
            raise StopReadingError(fault, what)

    if start.startswith(codecs.BOM_UTF8):
        del start[: len(codecs.BOM_UTF8)]


def _end_of_records(data: bytearray, delimiter: str | None) -> int:
    """Return where the last whole record ends."""
    # A file of the old Macintosh style has no line feeds.
    end = data.rfind(b"\n") + 1 or data.rfind(b"\r") + 1
    if delimiter is None or b'"' not in data:
        return end

    # Other threads go on while RE2 matches, and none can while Python's own matcher does.
    if arrow.match(arrow.whole_of(memoryview(data)[:end]), _whole_records(delimiter))[0].as_py():
        return end

    # The last line break is inside quotes: look at each record.
    whole = re.match(b"(?:%s)*+" % record(delimiter).pattern, data)

    return whole.end() if whole else 0


@lru_cache
def record(delimiter: str) -> re.Pattern[bytes]:
    """Return the pattern of a record with its line break, which does not backtrack."""
    mark = re.escape(delimiter.encode())
    plain = rb"[^%s\r\n]*+" % mark
    # A cell that begins with a quote is a quoted one, or damage: never a plain one.
    cell = rb'(?:"[^"]*+(?:""[^"]*+)*+"%s|(?!")%s)' % (plain, plain)

    return re.compile(rb"(?:%s%s)*+%s(?:\r\n|\n|\r)" % (cell, mark, cell))


@lru_cache
def _whole_records(delimiter: str) -> str:
    """Return the pattern of nothing but whole records, for RE2."""
    mark = re.escape(delimiter)
    # What follows a closing quote is no quote: that would be a doubled one.
    cell = rf'(?:"(?:[^"]|"")*")?(?:[^"{mark}\r\n][^{mark}\r\n]*)?'

    return rf"^(?:{cell}[{mark}\r\n])*$"


def _show(data: bytes) -> str:
    return data[: limits.SHOWN].decode("utf-8", "replace")


# --- headers --------------------------------------------------------------------------------


def match_header(
    schema: TableSchema, labels: Sequence[str]
) -> tuple[Header, tuple[FileFault, ...]]:
    """Match the columns of a file with fields by their order, and return what is wrong."""
    found: list[FileFault] = []
    seen: set[str] = set()
    for name, label in zip(schema.names, labels, strict=False):
        if not label:
            found.append(FileFault(name, Fault.BLANK_LABEL, ""))
        elif label in seen:
            found.append(FileFault(name, Fault.DUPLICATE_LABEL, label))
        elif label != name:
            found.append(FileFault(name, Fault.INCORRECT_LABEL, label))
        seen.add(label)

    found += [FileFault(name, Fault.MISSING_LABEL, "") for name in schema.names[len(labels) :]]
    found += [FileFault("", Fault.EXTRA_LABEL, label) for label in labels[len(schema.names) :]]

    return Header(len(labels), schema.names[: len(labels)]), tuple(dict.fromkeys(found))
