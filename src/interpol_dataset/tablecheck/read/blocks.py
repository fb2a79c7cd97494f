"""
A file cut into blocks of whole records, so that several threads can parse them.

A line break ends a record unless it is inside quotes. A block without quotes is cut at its last
line break; so is one whose quotes are all where they should be; any other is read record by record
to find the place. All of it happens in C, as it runs in the thread that feeds the others.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import pyarrow as pa

from interpol_dataset.tablecheck import arrow, limits
from interpol_dataset.tablecheck.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from interpol_dataset.tablecheck.schema.dialect import Dialect

__all__ = ["COMPRESSIONS", "Rows", "StopReadingError", "Stream", "cut", "fill", "open_stream"]

#: How files may be compressed, by the endings of their names.
COMPRESSIONS: Final = {"gz": "gzip", "zst": "zstd", "bz2": "bz2"}

#: Bytes that are read at first, and how much more each time until a block is full: most files are
#: small, and a large buffer takes time to make.
_FIRST: Final = 64 << 10
_GROWTH: Final = 8

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


class Stream(Protocol):
    """What bytes are read from."""

    def readinto(self, target: memoryview, /) -> int | None:
        """Fill at most all of the target, and return with how many bytes; 0 at the end."""

    def close(self) -> None:
        """Close the file."""


@dataclass
class StopReadingError(Exception):
    """
    The rest of a file can't be read. Readers raise it; the run makes it a finding.

    :param fault: What is wrong.
    :param value: The offending text.
    """

    fault: Fault
    value: str


def open_stream(path: Path, encoding: str = "utf-8", compression: str | None = None) -> Stream:
    """Open a file as UTF-8: decompress it as its name or the caller says, and decode it."""
    compression = COMPRESSIONS.get(compression or path.suffix.lower().removeprefix("."))
    stream: Stream = path.open("rb", buffering=0)
    if compression is not None:
        stream = pa.CompressedInputStream(pa.PythonFile(stream), compression)

    return stream if codecs.lookup(encoding).name in _UTF8 else _Transcoder(stream, encoding)


class _Transcoder:
    #: How many bytes UTF-8 takes at most for one byte of another encoding.
    _GROWTH: Final = 4

    def __init__(self, stream: Stream, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._raw = bytearray(limits.BLOCK // self._GROWTH)

    def readinto(self, target: memoryview, /) -> int:
        """Fill a part of the target with UTF-8."""
        with memoryview(self._raw) as raw:
            size = 1
            while size:
                size = self._stream.readinto(raw[: len(target) // self._GROWTH]) or 0
                data = self._decode(bytes(raw[:size]))
                if data:
                    target[: len(data)] = data
                    return len(data)

        return 0

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _decode(self, raw: bytes) -> bytes:
        try:
            return self._decoder.decode(raw, final=not raw).encode()
        except UnicodeError as error:
            raise StopReadingError(Fault.ENCODING, str(error)) from error


def cut(stream: Stream, dialect: Dialect) -> Iterator[bytearray]:
    """
    Return the stream's bytes in blocks of whole records.

    :raises StopReadingError: A quote is never closed, a record is too long, or the stream is
        broken. What came before was returned.
    """
    buffer, held = bytearray(min(_FIRST, limits.BLOCK)), 0
    first = True
    while True:
        size = held + fill(stream, buffer, held)
        if first:
            _refuse_others(buffer)
            first = False
        if size < len(buffer):
            break

        end = _end_of_records(buffer, dialect)
        held = size - end
        if held > limits.MAX_RECORD:
            rest = bytes(buffer[end:])
            raise StopReadingError(_why_unfinished(rest, dialect), _show(rest))

        following = bytearray(max(2 * held, min(limits.BLOCK, _GROWTH * len(buffer))))
        following[:held] = buffer[end:]
        if end:
            yield _first_bytes(buffer, end)
        buffer = following

    yield from _last(_first_bytes(buffer, size), dialect)


def _refuse_others(buffer: bytearray) -> None:
    """Refuse a file that is no text: read as one, each of its rows would have its own faults."""
    for signature, fault, what in _SIGNATURES:
        if buffer.startswith(signature):
            raise StopReadingError(fault, what)


def _last(rest: bytearray, dialect: Dialect) -> Iterator[bytearray]:
    """Return the end of a file, where the last line break may be missing."""
    if not rest:
        return

    if not rest.endswith((b"\n", b"\r")):
        rest += b"\n"
    end = _end_of_records(rest, dialect)
    unfinished = bytes(rest[end:])
    if end:
        yield _first_bytes(rest, end)
    if unfinished:
        raise StopReadingError(Fault.UNCLOSED_QUOTE, _show(unfinished))


def _first_bytes(buffer: bytearray, size: int) -> bytearray:
    """Cut a buffer short, without a copy."""
    del buffer[size:]

    return buffer


def fill(stream: Stream, buffer: bytearray, start: int = 0) -> int:
    """
    Fill a buffer from a place on, and return with how many bytes.

    :raises StopReadingError: The stream is broken.
    """
    with memoryview(buffer) as view:
        place = start
        try:
            while place < len(buffer) and (size := stream.readinto(view[place:])):
                place += size
        except (OSError, EOFError, ValueError) as error:
            raise StopReadingError(Fault.UNREADABLE, str(error)) from error

    return place - start


def _end_of_records(buffer: bytearray, dialect: Dialect) -> int:
    """Return where the last whole record ends."""
    # A file of the old Macintosh style has no line feeds.
    end = buffer.rfind(b"\n") + 1 or buffer.rfind(b"\r") + 1
    quote = (dialect.quote or "").encode()
    if not quote or quote not in buffer:
        return end

    # Other threads go on while RE2 matches, and none can while Python's own matcher does.
    if arrow.match(arrow.whole_of(memoryview(buffer)[:end]), dialect.whole)[0].as_py():
        return end

    # The last line break is inside quotes: look at each record.
    whole = dialect.records.match(buffer)

    return whole.end() if whole else 0


def _why_unfinished(rest: bytes, dialect: Dialect) -> Fault:
    """Tell a record that is merely long from one whose quote is never closed."""
    is_whole = dialect.record.match(rest + b"\n")

    return Fault.RECORD_TOO_LONG if is_whole else Fault.UNCLOSED_QUOTE


def _show(data: bytes) -> str:
    return data[: limits.SHOWN].decode("utf-8", "replace")
