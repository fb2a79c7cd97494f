"""
Blocks of CSV records, or of lines of JSON, become batches of texts.

A sound block of CSV goes straight through Arrow's parser. A block with anything odd in it (a row
that is too short or too long, a blank line, a NUL, bytes that are not UTF-8) is repaired first:
every row is brought to the right number of cells and written again as plain CSV. So the cells that
are there are still checked, and what was wrong is reported with its row and field.

A value of JSON is written as the text that a CSV file would hold, so that one set of rules serves
both. What a text can't tell apart, such as the number 5 and the string "5" in a field of strings,
is found here.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyarrow import csv as arrow_csv

from interpol_dataset.tablecheck import arrow, limits
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.files import Rows, StopReadingError, record
from interpol_dataset.tablecheck.report import listed
from interpol_dataset.tablecheck.values import Faulty, Number, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.tablecheck.files import Budget, Header
    from interpol_dataset.tablecheck.report import Found
    from interpol_dataset.tablecheck.schema import TableSchema

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
    for number, cells in enumerate(_cells(text, delimiter), start=1):
        if has_bad_cells:
            found += _repair_cells(number, cells, header)
        if not cells:
            blank.append(number - 1)
            found.append((number, "", Fault.BLANK_ROW, ""))
        else:
            found += _misfits(number, cells, header)
        absent = len(header.names) - len(cells)
        writer.writerow(cells[: len(header.names)] + [_ABSENT] * absent)
        if len(found) > limits.MAX_DAMAGED_ROWS:
            # The file is given up, so the rows below don't matter.
            break

    batch = _parse(
        bytearray(out.getvalue(), "utf-8"), len(header.names), header.names, ",", _ABSENT
    )

    return Rows(batch, listed(found), arrow.numbers(blank))


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
    """Parse records of so many cells, and keep the first, which have names."""
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

    return Rows(batch, listed(found), arrow.numbers(blank), frozenset(judged))


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
        raise ValueError  # noqa: TRY004 - a row that is no object is damage, as a faulty one is

    cells: list[str | None] = []
    for field in schema.fields:
        member = value.pop(field.name, None)
        cell = None if member is None else write(member)
        if cell is not None and field.type in _WRITTEN_AS_TEXT and type(member) is not str:
            found.append((field.name, Fault.TYPE, cell))
            cell = None
        cells.append(cell)
    found += [(name, Fault.EXTRA_CELL, write(item)) for name, item in value.items()]

    return cells
