"""
A table's file: what reading it gives, its header, and text in pieces that any thread can parse.

Reading gives jobs, so that it goes on while other threads parse and check. Text is cut into blocks
of whole records, in C, as that runs in the thread that feeds the others. A sound block of CSV goes
straight through Arrow's parser. In any other every row is brought to the right number of cells and
written again as plain CSV, so that the cells that are there are still checked.

A value of JSON is written as the text that a CSV file would hold. What a text can't tell apart,
such as the number 5 and the string "5" in a field of strings, is found here.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, islice, repeat
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
from pyarrow import csv as arrow_csv

from interpol_dataset.tablecheck import arrow
from interpol_dataset.tablecheck import faults as limits
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.package import TableFile, exists
from interpol_dataset.tablecheck.report import listed
from interpol_dataset.tablecheck.schema import Faulty, Number, as_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from interpol_dataset.tablecheck.report import Found
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
    blank: Sequence[int] = ()
    #: Cells that the reader found faulty itself: a row from 1, and a field.
    judged: frozenset[tuple[int, str]] = frozenset()
    is_ascii: bool = False


class FileFault(NamedTuple):
    """A fault of a file or of its header."""

    field: str
    fault: Fault
    value: str


class Header(NamedTuple):
    """How many columns a file has, and the fields of the first of them."""

    width: int
    names: tuple[str, ...]


@dataclass
class StopReadingError(Exception):
    """The rest of a file can't be read. Readers raise it; the run makes it a finding."""

    fault: Fault
    value: str


#: What reading a table gives, in order; a function makes some rows.
Event = FileFault | StopReadingError | Callable[[], Rows]


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


def read_csv(file: TableFile, schema: TableSchema, budget: Budget) -> Iterator[Event]:
    """Return everything that a file of CSV holds, in order, and what is wrong with it."""
    delimiter = file.delimiter
    header = None
    with closing(_open(file)) as stream:
        for block in _cut(stream, delimiter):
            rows = block
            if header is None:
                labels, rows, is_sound = split_header(block, delimiter)
                header, found = match_header(schema, labels)
                yield from found
                if not is_sound:
                    yield FileFault("", Fault.ENCODING, ",".join(labels))
            budget.spend(len(block) + limits.COLUMN_COST * len(schema.fields))
            if rows:
                yield partial(parse_csv, rows, header, delimiter, budget)
    if header is None:
        yield FileFault("", Fault.EMPTY_FILE, "")


def read_json_lines(file: TableFile, schema: TableSchema, budget: Budget) -> Iterator[Event]:
    """Return everything that a file of JSON Lines holds, in order, and what is wrong with it."""
    with closing(_open(file)) as stream:
        for block in _cut(stream, None):
            budget.spend(len(block) + block.count(b"\n") * limits.JSON_ROW_COST)
            yield partial(parse_json, block, schema)


# --- bytes ----------------------------------------------------------------------------------


def _open(file: TableFile) -> Any:
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
            raise StopReadingError(fault, rest[: limits.SHOWN].decode("utf-8", "replace"))

        del block[end:]
        if block:
            yield block

    # The last line break of a file may be missing.
    block += b"\n"
    if rest and not _end_of_records(block, delimiter):
        shown = rest[: limits.SHOWN].decode("utf-8", "replace")
        raise StopReadingError(Fault.UNCLOSED_QUOTE, shown)
    if rest:
        yield block


def _drop_mark(start: bytearray) -> None:
    """Drop the byte order mark of a file, and refuse a file that is not text."""
    for signature, fault, what in _SIGNATURES:
        if start.startswith(signature):
            raise StopReadingError(fault, what)
    if start.startswith(codecs.BOM_UTF8):
        del start[: len(codecs.BOM_UTF8)]


def _end_of_records(data: bytearray, delimiter: str | None) -> int:
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
    # What follows a closing quote is not a quote: that would be a doubled one.
    cell = rf'(?:"(?:[^"]|"")*")?(?:[^"{mark}\r\n][^{mark}\r\n]*)?'
    return rf"^(?:{cell}[{mark}\r\n])*$"


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


# --- records and lines -----------------------------------------------------------------------


#: What a byte that is not UTF-8 is decoded to.
_BAD: Final = re.compile("[\udc80-\udcff]")
#: Marks a cell that is not there, which is not the same as an empty one.
_ABSENT: Final = "\0absent\0"
#: The csv module's limit holds for the whole process; ours is the length of a record.
_NO_LIMIT: Final = 1 << 30


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    """Return rows of cells, from the standard library's forgiving parser."""
    csv.field_size_limit(_NO_LIMIT)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def split_header(block: bytearray, delimiter: str) -> tuple[list[str], bytearray, bool]:
    """Return the labels, the records below them, and whether the header is UTF-8."""
    found = record(delimiter).match(block)
    end = found.end() if found else len(block)
    text = block[:end].decode("utf-8", "replace")
    labels = next(_cells(text, delimiter), [])
    if len(labels) > limits.MAX_COLUMNS:
        raise StopReadingError(Fault.TOO_MANY_COLUMNS, str(len(labels)))
    return labels or [""], block[end:], "\ufffd" not in text


#: The end of a line that is blank, or may be within quotes.
_BLANK: Final = re.compile(rb"(?<=\n)(?:\r\n|\n|\r)|(?<=\r)\r|^[\r\n]")


def parse_csv(block: bytearray, header: Header, delimiter: str, budget: Budget) -> Rows:
    """Read a block of records; in a damaged one, a byte may become a whole row of cells."""
    count = block.count(b"\n") or block.count(b"\r")
    # A sound row has a byte for each column. Arrow makes room for the cells of all others, too.
    if count * header.width <= len(block) and (sound := _parse_sound(block, header, delimiter)):
        return sound
    blank = sum(1 for _ in islice(_BLANK.finditer(block), limits.MAX_DAMAGED_ROWS))
    budget.spend(blank * len(header.names) * limits.ROW_COST)
    return _parse_damaged(block, header, delimiter)


def _parse_sound(block: bytearray, header: Header, delimiter: str) -> Rows | None:
    # Arrow's parser passes over a byte order mark.
    if b"\0" in block or block.startswith(codecs.BOM_UTF8):
        return None

    try:
        if not (is_ascii := block.isascii()):
            # To check all cells at once takes a third of the time of a check of each.
            arrow.cast(arrow.whole_of(block), arrow.TEXT)
        batch = _parse(block, header.width, header.names, delimiter)
    except pa.ArrowInvalid:
        return None

    may_be_blank = all(
        arrow.call("min", arrow.call("binary_length", column)).as_py() == 0
        for column in batch.columns
    )
    pairs = (b"\n\n", b"\n\r", b"\r\r")
    is_blank = may_be_blank and (block[:1] in b"\r\n" or any(pair in block for pair in pairs))

    return None if is_blank else Rows(batch, is_ascii=is_ascii)


def _parse_damaged(block: bytearray, header: Header, delimiter: str) -> Rows:
    text = block.decode("utf-8", "surrogateescape")
    has_bad_cells = "\0" in text or _BAD.search(text) is not None
    found: list[Found] = []
    blank: list[int] = []
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    nothing = ",".join([f'"{_ABSENT}"'] * len(header.names)) + "\n"
    for number, cells in enumerate(_cells(text, delimiter), start=1):
        if has_bad_cells:
            found += _repair_cells(number, cells, header)
        if not cells:
            blank.append(number - 1)
            found.append((number, "", Fault.BLANK_ROW, ""))
        else:
            found += _misfits(number, cells, header)
        absent = len(header.names) - len(cells)
        if cells:
            writer.writerow(cells[: len(header.names)] + [_ABSENT] * absent)
        else:
            out.write(nothing)
        if len(found) > limits.MAX_DAMAGED_ROWS:
            # The file is given up, so the rows below don't matter.
            break

    batch = _parse(
        bytearray(out.getvalue(), "utf-8"), len(header.names), header.names, ",", _ABSENT
    )

    return Rows(batch, listed(found), blank)


def _misfits(number: int, cells: list[str], header: Header) -> list[Found]:
    """Return the cells that a row lacks, or the first that it has too many."""
    if len(cells) > header.width:
        return [(number, "", Fault.EXTRA_CELL, cells[header.width])]
    return [(number, name, Fault.MISSING_CELL, "") for name in header.names[len(cells) :]]


def _repair_cells(number: int, cells: list[str], header: Header) -> list[Found]:
    """Return the cells with a NUL or with bytes that are not UTF-8, and make them readable."""
    found: list[Found] = []
    for place, (cell, name) in enumerate(zip(cells, chain(header.names, repeat("")), strict=False)):
        if "\0" in cell:
            found.append((number, name, Fault.NUL_BYTE, cell))
        if _BAD.search(cell):
            cells[place] = _BAD.sub("\ufffd", cell)
            found.append((number, name, Fault.ENCODING, cells[place]))
    return found


def _parse(
    block: bytearray, width: int, names: Sequence[str], delimiter: str, null: str | None = None
) -> pa.RecordBatch:
    if len(block) == 0 or not names:
        return pa.RecordBatch.from_arrays([pa.nulls(0, arrow.TEXT)] * len(names), names)

    places = [*map(str, range(width))]
    wanted = places[: len(names)]
    table = arrow_csv.read_csv(
        pa.BufferReader(pa.py_buffer(block)),
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=len(block) + 1, column_names=places
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
        ),
        convert_options=arrow_csv.ConvertOptions(
            check_utf8=False,
            column_types=dict.fromkeys(wanted, arrow.TEXT),
            include_columns=wanted,
            strings_can_be_null=null is not None,
            null_values=[] if null is None else [null],
        ),
        memory_pool=arrow.POOL,
    )
    columns = [
        column.chunk(0) if column.num_chunks == 1 else arrow.concatenated(column.chunks)
        for column in table.columns
    ]

    return pa.RecordBatch.from_arrays(columns, names)


# --- JSON -----------------------------------------------------------------------------------

#: Types that a JSON string may stand for; the others have a JSON form of their own as well.
_WRITTEN_AS_TEXT: Final = {"string", "date", "datetime"}


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Faulty:
    members = dict(pairs)
    return members if len(members) == len(pairs) else Faulty()


_DECODER: Final = json.JSONDecoder(
    parse_int=Number,
    parse_float=Number,
    parse_constant=lambda _: Faulty(),
    object_pairs_hook=_members,
)


def parse_json(block: bytearray, schema: TableSchema) -> Rows:
    """Read a block of lines."""
    found: list[Found] = []
    rows: list[Sequence[str | None]] = []
    blank: list[int] = []
    nothing = [None] * len(schema.fields)
    for number, line in enumerate(block.removesuffix(b"\n").split(b"\n"), start=1):
        cells, faults = _json_row(line, schema)
        found += [(number, *fault) for fault in faults]
        if cells is None:
            blank.append(number - 1)
        rows.append(cells or nothing)
        if len(found) > limits.MAX_DAMAGED_ROWS:
            # The file is given up, so the rows below don't matter.
            break

    columns = [arrow.texts(column) for column in zip(*rows, strict=True)]
    batch = pa.RecordBatch.from_arrays(columns, list(schema.names))
    judged = {(row, name) for row, name, fault, _ in found if fault is Fault.TYPE}

    return Rows(batch, listed(found), blank, frozenset(judged))


#: A fault of a row: field, fault and value.
_CellFault = tuple[str, Fault, str]


def _json_row(
    line: bytearray, schema: TableSchema
) -> tuple[Sequence[str | None] | None, Sequence[_CellFault]]:
    """Return the cells of a row, ``None`` where it can't be read, and what is wrong with it."""
    try:
        text = line.decode().strip()
    except UnicodeDecodeError:
        return None, [("", Fault.ENCODING, line.decode("utf-8", "replace"))]
    if not text:
        return None, [("", Fault.BLANK_ROW, "")]
    found: list[_CellFault] = []
    try:
        return _object_cells(_DECODER.decode(text), schema, found), found
    except (ValueError, RecursionError):
        return None, [("", Fault.JSON_SYNTAX, text)]


def _object_cells(value: Any, schema: TableSchema, found: list[_CellFault]) -> list[str | None]:
    """Return the cells of a sound object, and add what is wrong with them."""
    if not isinstance(value, dict):
        raise ValueError  # noqa: TRY004 - a row that is not an object is damage, as a faulty one is
    cells: list[str | None] = []
    for field in schema.fields:
        member = value.pop(field.name, None)
        cell = None if member is None else as_cell(member)
        if cell is not None and field.type in _WRITTEN_AS_TEXT and type(member) is not str:
            found.append((field.name, Fault.TYPE, cell))
            cell = None
        cells.append(cell)
    found += [(name, Fault.EXTRA_CELL, as_cell(item)) for name, item in value.items()]
    return cells
