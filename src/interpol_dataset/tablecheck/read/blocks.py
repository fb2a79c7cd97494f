"""
A file cut into blocks of whole records, so that several threads can parse them.

A line break ends a record unless it is inside quotes. A block without quotes is cut at its last
line break; so is one whose quotes are all where they should be; any other is read record by record
to find the place. All of it happens in C, as it runs in the thread that feeds the others.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa

from interpol_dataset.tablecheck import arrow, limits
from interpol_dataset.tablecheck.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from interpol_dataset.tablecheck.schema.dialect import Dialect

#: How files may be compressed, by the endings of their names.
COMPRESSIONS: Final = {"gz": "gzip", "zst": "zstd", "bz2": "bz2"}

_UTF8: Final = {"utf-8", "utf-8-sig", "ascii"}
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
    """
    Some rows of a table, and what was wrong with the file there.

    :param batch: The rows.
    :param findings: What is wrong with the file; its rows count from 1 in this batch.
    :param blank: Rows that are blank, from 0: they count, but there is nothing in them to check.
    :param judged: Cells that the reader found faulty itself: a row from 1, and a field.
    """

    batch: pa.RecordBatch
    findings: pa.RecordBatch | None = None
    blank: pa.Int64Array | None = None
    judged: frozenset[tuple[int, str]] = frozenset()


@dataclass
class StopReadingError(Exception):
    """
    The rest of a file can't be read. Readers raise it; the run makes it a finding.

    :param fault: What is wrong.
    :param value: The offending text.
    """

    fault: Fault
    value: str


class Budget:
    """
    What a run may read in all, in bytes: each file counts with its size once, however often named.

    :param paths: The files of the run.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        found = [path.stat() for path in set(paths) if exists(path)]
        sizes = {(status.st_dev, status.st_ino): status.st_size for status in found}
        self._most = self._left = max(limits.MAX_DECODED, limits.MAX_RATIO * sum(sizes.values()))

    def spend(self, cost: int) -> None:
        """
        Count what was read.

        :raises StopReadingError: It is too much.
        """
        self._left -= cost
        if self._left < 0:
            most = f"more than {self._most >> 20} MB once decoded, rows counted"
            raise StopReadingError(Fault.OVER_BUDGET, most)


def exists(path: Path) -> bool:
    """Return whether there is such a regular file; never by a name that no file can have."""
    try:
        return path.is_file()
    except OSError:
        return False


def open_stream(path: Path, encoding: str = "utf-8", compression: str | None = None) -> Any:
    """Open a file as UTF-8: decompress it as its name or the caller says, and decode it."""
    compression = COMPRESSIONS.get(compression or path.suffix.lower().removeprefix("."))
    stream: Any = path.open("rb")
    if compression is not None:
        stream = pa.CompressedInputStream(pa.PythonFile(stream), compression)
    if codecs.lookup(encoding).name not in _UTF8:
        stream = pa.transcoding_input_stream(pa.PythonFile(stream, "r"), encoding, "utf-8")

    return stream


def read_whole(stream: Any, most: int) -> bytes:
    """
    Read a whole file.

    :raises StopReadingError: It has more bytes than this, or can't be read.
    """
    content = _read(stream, most + 1)
    if len(content) > most:
        raise StopReadingError(Fault.TOO_LARGE, "")

    return content


def _read(stream: Any, size: int) -> bytes:
    """Read at least so many bytes, but for the end."""
    parts: list[bytes] = []
    try:
        while size > 0 and (part := stream.read(size)):
            parts.append(part)
            size -= len(part)
    except UnicodeError as error:
        raise StopReadingError(Fault.ENCODING, str(error)) from error
    except (OSError, EOFError, ValueError) as error:
        raise StopReadingError(Fault.UNREADABLE, str(error)) from error

    return b"".join(parts)


def cut(stream: Any, dialect: Dialect) -> Iterator[bytes]:
    """
    Return the stream's bytes, without a byte order mark, in blocks of whole records.

    :raises StopReadingError: A quote is never closed, a record is too long, or the stream is
        broken. What came before was returned.
    """
    rest, is_first = b"", True
    while chunk := _read(stream, limits.BLOCK):
        data = rest + (_without_mark(chunk) if is_first else chunk)
        is_first = False
        end = _end_of_records(data, dialect)
        rest = data[end:]
        if len(rest) > limits.MAX_RECORD:
            is_whole = dialect.record.match(rest + b"\n")
            fault = Fault.RECORD_TOO_LONG if is_whole else Fault.UNCLOSED_QUOTE
            raise StopReadingError(fault, _show(rest))

        if end:
            yield data[:end]

    # The last line break of a file may be missing.
    end = _end_of_records(rest + b"\n", dialect) if rest else 0
    if end:
        yield rest + b"\n"
    elif rest:
        raise StopReadingError(Fault.UNCLOSED_QUOTE, _show(rest))


def _without_mark(start: bytes) -> bytes:
    """Drop the byte order mark of a file, and refuse a file that is no text."""
    for signature, fault, what in _SIGNATURES:
        if start.startswith(signature):
            raise StopReadingError(fault, what)

    return start.removeprefix(codecs.BOM_UTF8)


def _end_of_records(data: bytes, dialect: Dialect) -> int:
    """Return where the last whole record ends."""
    # A file of the old Macintosh style has no line feeds.
    end = data.rfind(b"\n") + 1 or data.rfind(b"\r") + 1
    quote = (dialect.quote or "").encode()
    if not quote or quote not in data:
        return end

    # Other threads go on while RE2 matches, and none can while Python's own matcher does.
    if arrow.match(arrow.whole_of(memoryview(data)[:end]), dialect.whole)[0].as_py():
        return end

    # The last line break is inside quotes: look at each record.
    whole = dialect.records.match(data)

    return whole.end() if whole else 0


def _show(data: bytes) -> str:
    return data[: limits.SHOWN].decode("utf-8", "replace")
