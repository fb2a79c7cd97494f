"""
What a Parquet file says it holds, in its footer and before each of its pages.

It is read here before Arrow sees the file: a crafted one can end the process that asks Arrow for
it, its footer may claim less than its pages, and Arrow makes room for what a page claims.
"""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.tablecheck import limits
from interpol_dataset.tablecheck.read.thrift import (
    BINARY,
    I32,
    I64,
    LIST,
    STRUCT,
    Compact,
    ThriftError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.tablecheck.read.thrift import Struct

__all__ = [
    "LENGTHS_APART",
    "PREFIXED",
    "Chunk",
    "FooterError",
    "Group",
    "Page",
    "read_footer",
    "read_pages",
]

_MAGIC: Final = b"PAR1"

#: The fields of the footer that are lists, and of what.
_LISTS: Final = {
    (2,): STRUCT,  # the schema
    (4,): STRUCT,  # row groups
    (4, 1): STRUCT,  # column chunks
    (4, 1, 3, 2): I32,  # encodings
    (4, 1, 3, 3): BINARY,  # the path in the schema
    (4, 1, 3, 8): STRUCT,  # metadata
    (4, 1, 3, 13): STRUCT,  # statistics of encodings
    (4, 1, 3, 16, 2): I64,  # histograms of levels
    (4, 1, 3, 16, 3): I64,
    (4, 1, 3, 17, 2): I32,  # kinds of geometries
    (4, 1, 8, 2, 1): BINARY,  # the path of an encrypted column
    (4, 4): STRUCT,  # how rows are sorted
    (5,): STRUCT,  # metadata
    (7,): STRUCT,  # orders of columns
}

#: Kinds of pages, and the field in which their header describes each.
_DICTIONARY: Final = 2
_DESCRIBED_IN: Final = {0: 5, _DICTIONARY: 7, 3: 8}
#: The field of that description that has the encoding.
_ENCODING_IN: Final = {0: 2, _DICTIONARY: 2, 3: 4}


#: Encodings of texts: by their lengths, and by how much each has in common with the one before.
LENGTHS_APART: Final = 6
PREFIXED: Final = 7


class FooterError(ValueError):
    """A file is not Parquet, or what it says of itself can't be."""


class Chunk(NamedTuple):
    """
    A column of a row group.

    :param start: Where its pages are.
    :param end: Where they end.
    :param size: Their bytes once decompressed, as the footer claims.
    :param values: How many values they hold, as the footer claims.
    """

    start: int
    end: int
    size: int
    values: int


class Group(NamedTuple):
    """
    A row group.

    :param rows: How many rows it has, as the footer claims.
    :param chunks: Its columns.
    """

    rows: int
    chunks: list[Chunk]


class Page(NamedTuple):
    """
    A page, as its header claims.

    :param is_dictionary: Whether it holds the values that other pages refer to.
    :param head: Bytes of its header.
    :param size: Its bytes once decompressed.
    :param values: How many values it holds.
    :param encoding: How they are written, by Parquet's number.
    """

    is_dictionary: bool
    head: int
    size: int
    values: int
    encoding: int


def read_footer(file: IO[bytes]) -> list[Group]:
    """
    Read a file's footer.

    :raises FooterError: It is not Parquet, or has more columns, levels or values than it may have.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 8))
    tail = file.read(8)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != _MAGIC or not length <= min(size - 8, limits.MAX_PARQUET_FOOTER):
        raise FooterError("it is not Parquet, or not whole")

    file.seek(size - 8 - length)
    most = max(limits.MAX_PARQUET_VALUES, size // 64)
    try:
        footer = Compact(file.read(length), _LISTS, most).struct()
        _check_schema(footer[2, LIST])
        groups = [_group(each, size) for each in footer[4, LIST]]
    except (IndexError, KeyError, ThriftError) as error:
        raise FooterError(f"its footer can't be read: {error}") from error

    rows = sum(group.rows for group in groups)
    if footer.get((3, I64)) != rows:
        raise FooterError(f"the footer claims {footer.get((3, I64))} rows")

    return groups


def _check_schema(elements: list[Struct]) -> None:
    """Check how many columns a schema has, and how deeply they are nested: Arrow goes down."""
    open_: list[int] = []  # how many members each struct around the next element still lacks
    columns = 0
    for element in elements:
        members = element.get((5, I32), 0)
        columns += not members
        while open_ and not open_[-1]:
            open_.pop()
        if open_:
            open_[-1] -= 1
        open_.append(members)
        if columns > limits.MAX_COLUMNS or len(open_) > limits.MAX_PARQUET_DEPTH:
            raise FooterError("it has more columns, or levels of them, than it may have")


def _group(group: Struct, size: int) -> Group:
    return Group(group[3, I64], [_chunk(chunk[3, STRUCT], size) for chunk in group[1, LIST]])


def _chunk(data: Struct, size: int) -> Chunk:
    dictionary, first = data.get((11, I64), 0), data[9, I64]
    chunk = Chunk(
        start := min(dictionary or first, first), start + data[7, I64], data[6, I64], data[5, I64]
    )
    # Without values there are no pages, and their places mean nothing.
    if chunk.values and not 0 <= start <= chunk.end <= size:
        raise FooterError("a column lies outside the file")
    if not 0 <= chunk.size <= limits.MAX_PARQUET_CHUNK:
        raise FooterError(f"a column claims {chunk.size} bytes")
    if chunk.values < 0:
        raise FooterError(f"a column claims {chunk.values} values")

    return chunk


def read_pages(file: IO[bytes], chunk: Chunk) -> Iterator[Page]:
    """
    Read the headers of a column's pages.

    :raises FooterError: There are none where they should be.
    """
    at, left = chunk.start, chunk.values
    while left > 0 and at < chunk.end:
        header, length = _page_header(file, at, chunk.end)
        try:
            kind, size, compressed = (header[number, I32] for number in (1, 2, 3))
            described = header[_DESCRIBED_IN[kind], STRUCT] if kind in _DESCRIBED_IN else {}
            values = described[1, I32] if described else 0
            encoding = described[_ENCODING_IN[kind], I32] if described else 0
        except KeyError as error:
            raise FooterError("a page does not say what it holds") from error
        if min(size, compressed, values) < 0:
            raise FooterError("a page claims less than nothing")

        yield Page(kind == _DICTIONARY, length, size, values, encoding)
        at += length + compressed
        left -= values if kind != _DICTIONARY else 0


def _page_header(file: IO[bytes], at: int, end: int) -> tuple[Struct, int]:
    for size in (1 << 10, 1 << 16, 1 << 20):
        file.seek(at)
        reader = Compact(file.read(min(size, end - at)))
        try:
            return reader.struct(), reader.at
        except IndexError:  # the header may be longer
            continue
        except ThriftError as error:
            raise FooterError(f"a page is not where it should be: {error}") from error

    raise FooterError("the header of a page has no end")
