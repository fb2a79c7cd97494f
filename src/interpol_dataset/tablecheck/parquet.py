"""
Parquet: row groups become batches, once what the file claims has been found possible.

The footer and the head of each page are read here before Arrow sees the file: a crafted one can end
the process that asks Arrow for it, its footer may claim less than its pages, and Arrow makes room
for what a page claims. They are written in Thrift's compact protocol.
"""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from functools import partial
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
from pyarrow import parquet as arrow_parquet

from interpol_dataset.tablecheck import arrow
from interpol_dataset.tablecheck import faults as limits
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.files import FileFault, Rows, StopReadingError, match_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from interpol_dataset.tablecheck.files import Budget, Event, Header
    from interpol_dataset.tablecheck.schema import TableSchema

_I32: Final = 5
_I64: Final = 6
_BINARY: Final = 8
_LIST: Final = 9
_STRUCT: Final = 12
#: The fields of the footer that are lists, and of what.
_LISTS: Final = {
    (2,): _STRUCT,  # the schema
    (4,): _STRUCT,  # row groups
    (4, 1): _STRUCT,  # column chunks
    (4, 1, 3, 2): _I32,  # encodings
    (4, 1, 3, 3): _BINARY,  # the path in the schema
    (4, 1, 3, 8): _STRUCT,  # metadata
    (4, 1, 3, 13): _STRUCT,  # statistics of encodings
    (4, 1, 3, 16, 2): _I64,  # histograms of levels
    (4, 1, 3, 16, 3): _I64,
    (4, 1, 3, 17, 2): _I32,  # kinds of geometries
    (4, 1, 8, 2, 1): _BINARY,  # the path of an encrypted column
    (4, 4): _STRUCT,  # how rows are sorted
    (5,): _STRUCT,  # metadata
    (7,): _STRUCT,  # orders of columns
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
    """A file is not Parquet, or its footer is impossible."""


class Chunk(NamedTuple):
    """A column of a row group: its place, and the decompressed bytes and values that it claims."""

    start: int
    end: int
    size: int
    values: int


class Group(NamedTuple):
    """A row group: how many rows it has, as the footer claims, and its columns."""

    rows: int
    chunks: list[Chunk]


class Page(NamedTuple):
    """A page: the bytes of its header, and what that claims."""

    #: Whether it holds the values that other pages refer to.
    is_dictionary: bool
    head: int
    #: Its bytes once decompressed.
    size: int
    values: int
    #: How the values are written, by Parquet's number.
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
    if tail[4:] != b"PAR1" or not length <= min(size - 8, limits.MAX_PARQUET_FOOTER):
        raise FooterError("it is not Parquet, or not whole")

    file.seek(size - 8 - length)
    most = max(limits.MAX_PARQUET_VALUES, size // 64)
    try:
        footer = _Compact(file.read(length), _LISTS, most).struct()
        _check_schema(footer[2, _LIST])
        groups = [
            Group(each[3, _I64], [_chunk(chunk[3, _STRUCT], size) for chunk in each[1, _LIST]])
            for each in footer[4, _LIST]
        ]
    except (IndexError, KeyError, _ThriftError) as error:
        raise FooterError(f"its footer can't be read: {error}") from error

    rows = sum(group.rows for group in groups)
    if footer.get((3, _I64)) != rows:
        raise FooterError(f"the footer claims {footer.get((3, _I64))} rows")

    return groups


def _check_schema(elements: list[_Struct]) -> None:
    """Check how many columns a schema has, and how deeply they are nested: Arrow goes down."""
    open_: list[int] = []  # how many members each struct around the next element still lacks
    columns = 0
    for element in elements:
        members = element.get((5, _I32), 0)
        columns += not members
        while open_ and not open_[-1]:
            open_.pop()
        if open_:
            open_[-1] -= 1
        open_.append(members)
        if columns > limits.MAX_COLUMNS or len(open_) > limits.MAX_PARQUET_DEPTH:
            raise FooterError("it has more columns, or levels of them, than it may have")


def _chunk(data: _Struct, size: int) -> Chunk:
    dictionary, first = data.get((11, _I64), 0), data[9, _I64]
    start = min(dictionary or first, first)
    chunk = Chunk(start, start + data[7, _I64], data[6, _I64], data[5, _I64])
    # Without values there are no pages, and their places mean nothing.
    if chunk.values and not 0 <= start <= chunk.end <= size:
        raise FooterError("a column lies outside the file")
    if not 0 <= chunk.size <= limits.MAX_PARQUET_CHUNK:
        raise FooterError(f"a column claims {chunk.size} bytes")
    if chunk.values < 0:
        raise FooterError(f"a column claims {chunk.values} values")
    return chunk


def read_pages(file: IO[bytes], chunk: Chunk) -> Iterator[Page]:
    """Read the headers of a column's pages, or raise a FooterError where there are none."""
    at, left = chunk.start, chunk.values
    while left > 0 and at < chunk.end:
        header, length = _page_header(file, at, chunk.end)
        try:
            kind, size, compressed = (header[number, _I32] for number in (1, 2, 3))
            described = header[_DESCRIBED_IN[kind], _STRUCT] if kind in _DESCRIBED_IN else {}
            values = described[1, _I32] if described else 0
            encoding = described[_ENCODING_IN[kind], _I32] if described else 0
        except KeyError as error:
            raise FooterError("a page does not say what it holds") from error
        if min(size, compressed, values) < 0:
            raise FooterError("a page claims less than nothing")

        yield Page(kind == _DICTIONARY, length, size, values, encoding)
        at += length + compressed
        left -= values if kind != _DICTIONARY else 0


def _page_header(file: IO[bytes], at: int, end: int) -> tuple[_Struct, int]:
    for size in (1 << 10, 1 << 16, 1 << 20):
        file.seek(at)
        reader = _Compact(file.read(min(size, end - at)))
        try:
            return reader.struct(), reader.at
        except IndexError:  # the header may be longer
            continue
        except _ThriftError as error:
            raise FooterError(f"a page is not where it should be: {error}") from error
    raise FooterError("the header of a page has no end")


# --- Thrift's compact protocol ---------------------------------------------------------------

_TRUE, _FALSE, _BYTE, _I16, _DOUBLE, _SET = 1, 2, 3, 4, 7, 10
_BITS: Final = {_I16: 16, _I32: 32, _I64: 64}
_SIZES: Final = {_TRUE: 1, _FALSE: 1, _BYTE: 1, _DOUBLE: 8}
#: Levels of structs and lists; Parquet's own have nine.
_MAX_DEPTH: Final = 32
#: A struct: its values by the number and type of the field, since readers of Thrift skip a field
#: whose type is not the one they know. Texts and truth values are left out.
_Struct = dict[tuple[int, int], Any]


class _ThriftError(ValueError):
    """The bytes are not such a struct."""


class _Compact:
    """
    Reads structs, one after the other, with at most so many values.

    Readers of Thrift take the types of a list's elements for granted, so another is an error.
    """

    def __init__(
        self, data: bytes, lists: Mapping[tuple[int, ...], int] | None = None, most: int = 10_000
    ) -> None:
        self._data = data
        self._lists = lists or {}
        self._left = most
        #: Where the next struct begins.
        self.at = 0

    def struct(self, path: tuple[int, ...] = ()) -> _Struct:
        """Read the struct to which fields of these numbers lead; an IndexError if it is cut off."""
        found: _Struct = {}
        number = 0
        while head := self._data[self.at]:
            self.at += 1
            kind, step = head & 15, head >> 4
            number = number + step if step else self._number(16)
            if kind not in {_TRUE, _FALSE}:  # there, the type is the value
                found[number, kind] = self._value(kind, path, number)
        self.at += 1
        return found

    def _value(self, kind: int, path: tuple[int, ...], *more: int) -> Any:
        self._left -= 1
        if self._left < 0 or len(path) > _MAX_DEPTH:
            raise _ThriftError("it has more values, or levels of them, than it may have")
        if bits := _BITS.get(kind):
            return self._number(bits)
        if kind == _STRUCT:
            return self.struct((*path, *more))
        if kind in {_LIST, _SET}:
            return self._list((*path, *more))
        size = self._varint() if kind == _BINARY else _SIZES.get(kind)
        if size is None:
            raise _ThriftError(f"there is no type {kind}")
        self.at += size
        return None

    def _list(self, path: tuple[int, ...]) -> list[Any]:
        head = self._data[self.at]
        self.at += 1
        kind, count = head & 15, head >> 4
        if count == 15:  # noqa: PLR2004  # more than fit there
            count = self._varint()
        if count > self._left:
            raise _ThriftError("a list has more elements than it may have")
        if kind != self._lists.get(path, kind):
            raise _ThriftError(f"the elements of a list are of type {kind}")
        return [self._value(kind, path) for _ in range(count)]

    def _number(self, bits: int) -> int:
        value = self._varint()
        if value >> bits:
            raise _ThriftError(f"a number has more than {bits} bits")
        return (value >> 1) ^ -(value & 1)

    def _varint(self) -> int:
        data, at = self._data, self.at
        value, shift = data[at] & 127, 0
        while data[at] & 128:
            at += 1
            shift += 7
            value |= (data[at] & 127) << shift
            if shift > 63:  # noqa: PLR2004  # ten bytes are the most
                raise _ThriftError("a number has more than 64 bits")
        self.at = at + 1
        return value


#: Bytes of a value in memory; of a text, those of its place.
_WIDTHS: Final = {"BOOLEAN": 1, "INT32": 4, "FLOAT": 4, "INT96": 12}


def read(path: Path, schema: TableSchema, budget: Budget) -> Iterator[Event]:
    """Return everything that a file holds, in order, and what is wrong with it."""
    with _unreadable():
        with path.open("rb", buffering=0) as stream:
            groups = read_footer(stream)
        file = _open(path)

    with closing(file):
        with _unreadable():
            labels = list(file.schema_arrow.names)
            if file.metadata.num_row_groups != len(groups):
                raise FooterError("it was changed while it was read")
        if not labels:
            yield FileFault("", Fault.EMPTY_FILE, "")
            return
        header, found = match_header(schema, labels)
        yield from found
        wanted = labels[: len(header.names)]
        for batch in _read_batches(path, file.metadata, groups, wanted, budget):
            yield partial(_take_columns, batch, header, wanted)


@contextmanager
def _unreadable() -> Iterator[None]:
    """Stop reading where Arrow, or the footer, says that a file can't be read."""
    try:
        yield
    except MemoryError:  # one of Arrow's errors as well, and not the file's fault
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise StopReadingError(Fault.UNREADABLE, str(error)) from error


def _open(path: Path, **options: Any) -> arrow_parquet.ParquetFile:
    return arrow_parquet.ParquetFile(
        path,
        memory_map=False,
        thrift_string_size_limit=limits.MAX_PARQUET_FOOTER,
        thrift_container_size_limit=1_000_000,
        **options,
    )


def _read_batches(
    path: Path,
    metadata: arrow_parquet.FileMetaData,
    groups: list[Group],
    names: list[str],
    budget: Budget,
) -> Iterator[pa.RecordBatch]:
    """Return the rows of a file, some at a time, unless its pages hold too much."""
    rows = 0
    with _unreadable():
        for number, group in enumerate(groups):
            plan = _plan(path, metadata, group, budget)
            for batch in _read_group(path, metadata, number, names, plan):
                batch.validate(full=True)  # whether texts are UTF-8, above all
                size = sum(map(decoded_size, batch.columns))
                budget.spend(size)
                rows += batch.num_rows
                pieces = size // limits.PARQUET_PIECE + 1
                step = batch.num_rows // pieces + 1
                yield from (batch.slice(at, step) for at in range(0, batch.num_rows, step))
    if rows != metadata.num_rows:
        raise StopReadingError(Fault.UNREADABLE, f"{rows} rows where the footer claims more")


class _Plan(NamedTuple):
    """How to read a row group: so many rows at once."""

    rows: int
    #: Columns of texts that can be read as codes; and whether (very likely) all values have one.
    coded: dict[str, bool]


def _plan(path: Path, metadata: arrow_parquet.FileMetaData, group: Group, budget: Budget) -> _Plan:
    """Look at the pages of a row group, and stop if they would take too much."""
    coded: dict[str, bool] = {}
    width = longest = 0
    with path.open("rb", buffering=0) as stream:
        for index, chunk in enumerate(group.chunks):
            column = metadata.schema.column(index)
            claims = _claims(stream, chunk, budget)
            is_nested = column.max_repetition_level > 0
            cost = limits.JSON_VALUE_COST if is_nested else max(column.length, 0)
            budget.spend(max(claims.size, claims.values * cost))
            width += max(column.length, _WIDTHS.get(column.physical_type, 8))
            longest = max(longest, claims.longest)
            if is_nested:
                budget.spend(claims.values * claims.longest)
            if column.physical_type == "BYTE_ARRAY" and claims.can_stay_coded:
                is_small = chunk.end - chunk.start < limits.BLOCK // 8
                is_short = claims.size < 2 * claims.values
                coded[column.path] = is_small or is_short or "." in column.path

    return _Plan(min(limits.PARQUET_ROWS, limits.PARQUET_PIECE // max(width, longest) + 1), coded)


class _Claims(NamedTuple):
    """What a column claims to hold: bytes once decompressed, and values."""

    size: int
    values: int
    #: Whether Arrow can read its texts as they are coded.
    can_stay_coded: bool
    #: Bytes that a value may have that is not written out, where it can't.
    longest: int


def _claims(stream: IO[bytes], chunk: Chunk, budget: Budget) -> _Claims:
    pages = []
    for page in read_pages(stream, chunk):
        budget.spend(limits.PAGE_COST + page.head)
        if page.is_dictionary:
            budget.spend(page.values * limits.ROW_COST)
        pages.append(page)
    can_stay_coded = not any(page.encoding in {LENGTHS_APART, PREFIXED} for page in pages)
    unwritten = (page.size for page in pages if page.is_dictionary or page.encoding == PREFIXED)
    return _Claims(
        max(chunk.size, sum(page.size for page in pages)),
        max(chunk.values, sum(page.values for page in pages)),
        can_stay_coded,
        0 if can_stay_coded else max(unwritten, default=0),
    )


def _read_group(
    path: Path, metadata: arrow_parquet.FileMetaData, group: int, names: list[str], plan: _Plan
) -> Iterator[pa.RecordBatch]:
    """
    Read a row group.

    Texts with a dictionary stay dictionaries, so that their size is known before it is taken: a
    value of 30,000 characters may be there 60,000 times. Where most values are not in the
    dictionary that would be slow, so there the length of those that are is looked at first.
    """
    count = plan.rows
    with _open(path, metadata=metadata, read_dictionary=[*plan.coded]) as file:
        doubtful = [name for name, is_sure in plan.coded.items() if not is_sure and name in names]
        if doubtful:
            rows = file.iter_batches(1, row_groups=[group], columns=doubtful, use_threads=False)
            first = next(rows, None)
            dictionaries = [] if first is None else [each.dictionary for each in first.columns]
            lengths = [arrow.call("max", arrow.call("binary_length", d)) for d in dictionaries]
            longest = max((each.as_py() or 0 for each in lengths), default=0)
            count = min(count, limits.PARQUET_PIECE // (longest + 1) + 1)
    sure = [name for name, is_sure in plan.coded.items() if is_sure]
    with _open(path, metadata=metadata, read_dictionary=sure) as file:
        yield from file.iter_batches(count, row_groups=[group], columns=names, use_threads=False)


def decoded_size(values: pa.Array) -> int:
    """Return how many bytes a column takes once texts in dictionaries are written out."""
    if pa.types.is_dictionary(values.type):
        lengths = arrow.call("binary_length", values.dictionary)
        return arrow.call("sum", arrow.take(lengths, values.indices)).as_py() or 0
    if pa.types.is_struct(values.type):
        return sum(map(decoded_size, values.flatten()))
    nested = pa.types.is_nested(values.type)
    return decoded_size(values.flatten()) if nested else int(values.nbytes)


def _take_columns(batch: pa.RecordBatch, header: Header, labels: list[str]) -> Rows:
    # Of columns with one name the first is taken: Arrow would find none by that name.
    places = {name: place for place, name in reversed([*enumerate(batch.schema.names)])}
    columns = [batch.column(places[label]) for label in labels]
    return Rows(pa.RecordBatch.from_arrays(columns, header.names))
