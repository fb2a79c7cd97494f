"""
A file cut into blocks of whole records, so that several threads can parse them.

A line break ends a record unless it stands inside quotes. A block without quotes is cut at its last
line break; one whose quotes all stand where they should, likewise; any other is read record by
record to find the place. All of it happens in C, as this runs in the thread that feeds the others.
"""

from __future__ import annotations

import codecs
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

import pyarrow as pa

from interpol_dataset.tablecheck import kernels

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from interpol_dataset.tablecheck.dialect import Dialect

__all__ = [
    "BLOCK",
    "COMPRESSIONS",
    "MAX_RECORD",
    "Block",
    "StopReadingError",
    "cut",
    "fill",
    "open_stream",
]

#: Bytes that are read at once.
BLOCK: Final = 4 << 20

#: Bytes that are read at first, and how much more each time until a block is full: most files are
#: small, and a large buffer takes time to make.
_FIRST: Final = 64 << 10
_GROWTH: Final = 8

#: A record longer than this is taken for damage, such as a quote that is never closed.
MAX_RECORD: Final = 16 << 20

#: How files may be compressed, by the endings of their names.
COMPRESSIONS: Final = {"gz": "gzip", "zst": "zstd", "bz2": "bz2"}


class Stream(Protocol):
    """What bytes are read from."""

    def readinto(self, target: memoryview, /) -> int | None:
        """Fill at most all of the target, and say with how many bytes; 0 at the end."""

    def close(self) -> None:
        """Close the file."""


@dataclass
class StopReadingError(Exception):
    """
    The rest of a file can't be read.

    :param rule: What is wrong, as a rule's name.
    :param value: What stands there.
    """

    rule: str
    value: str


def open_stream(path: Path, encoding: str = "utf-8", compression: str | None = None) -> Stream:
    """Open a file as UTF-8: decompress it as its name or the caller says, and decode it."""
    compression = COMPRESSIONS.get(compression or path.suffix.lower().removeprefix("."))
    stream: Stream = path.open("rb", buffering=0)
    if compression is not None:
        stream = pa.CompressedInputStream(pa.PythonFile(stream), compression)

    return stream if codecs.lookup(encoding).name in _UTF8 else _Transcoder(stream, encoding)


_UTF8: Final = {"utf-8", "utf-8-sig", "ascii"}


class _Transcoder:
    #: How many bytes UTF-8 takes at most for one byte of another encoding.
    _GROWTH: Final = 4

    def __init__(self, stream: Stream, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._raw = bytearray(BLOCK // self._GROWTH)

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
            raise StopReadingError("encoding", str(error)) from error


@dataclass(frozen=True, slots=True)
class Block:
    """
    Some whole records, in a buffer that is used again once they were read.

    :param buffer: What holds them.
    :param start: Where they start.
    :param end: Where they end.
    :param spare: Where the buffer goes when it is free.
    """

    buffer: bytearray
    start: int
    end: int
    spare: deque[bytearray]

    def __len__(self) -> int:
        return self.end - self.start

    def __bytes__(self) -> bytes:
        return bytes(memoryview(self.buffer)[self.start : self.end])

    def __contains__(self, needle: bytes) -> bool:
        return self.buffer.find(needle, self.start, self.end) >= 0

    def view(self) -> memoryview:
        """Look at the bytes without copying them."""
        return memoryview(self.buffer)[self.start : self.end]

    def behind(self, size: int) -> Block:
        """Leave out the first bytes."""
        return replace(self, start=self.start + size)

    def free(self) -> None:
        """Let the buffer be used again; nothing may look at it any more."""
        if len(self.buffer) == BLOCK:
            self.spare.append(self.buffer)


#: How files begin that hold no text in UTF-8, whatever their names say.
_SIGNATURES: Final = (
    (b"\xff\xfe", "encoding", "UTF-16"),
    (b"\xfe\xff", "encoding", "UTF-16"),
    (b"PK\x03\x04", "unreadable", "a zip archive or a spreadsheet"),
    (b"\x1f\x8b", "unreadable", "gzip, which the name does not tell"),
    # The magic number alone may be a header's first label, and a file's last cell; the byte behind
    # it begins the first page, or the footer where there are no rows.
    (b"PAR1\x15", "unreadable", "Parquet, which the name does not tell"),
)


def cut(stream: Stream, dialect: Dialect) -> Iterator[Block]:
    """
    Return the stream's bytes in blocks of whole records.

    :raises StopReadingError: A quote is never closed, a record is too long, or the stream is
        broken. What stands before was given.
    """
    spare: deque[bytearray] = deque()
    buffer, held = bytearray(min(_FIRST, BLOCK)), 0
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
        if held > MAX_RECORD:
            rest = bytes(buffer[end:])
            raise StopReadingError(_why_unfinished(rest, dialect), _show(rest))

        following = _take(spare, max(2 * held, min(BLOCK, _GROWTH * len(buffer))))
        following[:held] = memoryview(buffer)[end:]
        if end:
            yield Block(buffer, 0, end, spare)
        buffer = following

    yield from _last(buffer[:size], dialect, spare)


def _refuse_others(buffer: bytearray) -> None:
    """Say at once what a file is if it is no text: read as one, each row would have its faults."""
    for signature, rule, what in _SIGNATURES:
        if buffer.startswith(signature):
            raise StopReadingError(rule, what)


def _last(rest: bytearray, dialect: Dialect, spare: deque[bytearray]) -> Iterator[Block]:
    """Return what stands at the end of a file, where the last line break may be missing."""
    if not rest:
        return

    if not rest.endswith((b"\n", b"\r")):
        rest += b"\n"
    end = _end_of_records(rest, dialect)
    if end:
        yield Block(rest, 0, end, spare)
    if end < len(rest):
        raise StopReadingError("unclosed-quote", _show(bytes(rest[end:])))


def _take(spare: deque[bytearray], size: int) -> bytearray:
    """Take a free buffer, or make one; a record that is longer than usual needs a longer one."""
    return spare.popleft() if size <= BLOCK and spare else bytearray(size)


def fill(stream: Stream, buffer: bytearray, start: int) -> int:
    """Fill a buffer from a place on, and say with how many bytes."""
    with memoryview(buffer) as view:
        place = start
        try:
            while place < len(buffer) and (size := stream.readinto(view[place:])):
                place += size
        except (OSError, EOFError, ValueError) as error:
            raise StopReadingError("unreadable", str(error)) from error

    return place - start


def _end_of_records(buffer: bytearray, dialect: Dialect) -> int:
    """Say where the last whole record ends."""
    # A file of the old Macintosh style has no line feeds.
    end = buffer.rfind(b"\n") + 1 or buffer.rfind(b"\r") + 1
    quote = (dialect.quote or "").encode()
    if not quote or quote not in buffer:
        return end

    # Other threads go on while RE2 matches, and none can while Python's own matcher does.
    if kernels.matches(memoryview(buffer)[:end], dialect.whole):
        return end

    # The last line break stands inside quotes: look at each record.
    whole = dialect.records.match(buffer)

    return whole.end() if whole else 0


def _why_unfinished(rest: bytes, dialect: Dialect) -> str:
    """Tell a record that is merely long from one whose quote is never closed."""
    return "record-too-long" if dialect.record.match(rest + b"\n") else "unclosed-quote"


def _show(data: bytes) -> str:
    return data[:200].decode("utf-8", "replace")
