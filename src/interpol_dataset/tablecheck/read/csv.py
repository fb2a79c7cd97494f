"""
CSV: a block of records becomes a batch of texts.

A sound block goes straight through Arrow's parser. A block with anything odd in it (a row that is
too short or too long, a blank line, a NUL, bytes that are not UTF-8) is repaired first: every row
is brought to the right number of cells and written again as plain CSV. So the cells that are there
are still checked, and what was wrong is reported with its row and field.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

import pyarrow as pa
from pyarrow import csv as arrow_csv

from interpol_dataset.tablecheck import arrow, limits
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.findings import listed
from interpol_dataset.tablecheck.read.blocks import Rows, StopReadingError
from interpol_dataset.tablecheck.schema.dialect import Dialect

if TYPE_CHECKING:
    from interpol_dataset.tablecheck.findings import Found
    from interpol_dataset.tablecheck.read.header import Header

#: What a byte that is not UTF-8 is decoded to.
_BAD: Final = re.compile("[\udc80-\udcff]")
#: Marks a cell that is not there, which is not the same as an empty one.
_ABSENT: Final = "\0absent\0"


def split_header(block: bytes, dialect: Dialect) -> tuple[list[str], bytes, bool]:
    """
    Split the header from the records below it.

    :returns: The labels, the records, and whether the header is UTF-8.
    :raises StopReadingError: The header has too many columns.
    """
    found = dialect.record.match(block)
    end = found.end() if found else len(block)
    text = block[:end].decode("utf-8", "replace")
    labels = next(dialect.rows(text), [])
    if len(labels) > limits.MAX_COLUMNS:
        raise StopReadingError(Fault.TOO_MANY_COLUMNS, str(len(labels)))

    return labels or [""], block[end:], "\ufffd" not in text


def parse_block(block: bytes, header: Header, dialect: Dialect) -> Rows:
    """Read a block of records."""
    return _parse_sound(block, header, dialect) or _parse_damaged(block, header, dialect)


def _parse_sound(block: bytes, header: Header, dialect: Dialect) -> Rows | None:
    # Arrow's parser can't skip spaces.
    if dialect.skips_space or b"\0" in block:
        return None

    try:
        # To check all cells at once takes a third of the time of a check of each.
        arrow.cast(arrow.whole_of(block), arrow.TEXT)
        batch = _parse(block, header, dialect)
    except pa.ArrowInvalid:
        return None

    # The parser makes empty cells of a blank line.
    may_be_blank = all(
        arrow.call("min", arrow.call("binary_length", column)).as_py() == 0
        for column in batch.columns
    )
    is_blank = may_be_blank and (block[:1] in b"\r\n" or b"\n\n" in block or b"\n\r" in block)

    return None if is_blank else Rows(batch)


def _parse_damaged(block: bytes, header: Header, dialect: Dialect) -> Rows:
    text = block.decode("utf-8", "surrogateescape")
    has_bad_cells = "\0" in text or _BAD.search(text) is not None
    found: list[Found] = []
    blank: list[int] = []
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for number, cells in enumerate(dialect.rows(text), start=1):
        if has_bad_cells:
            found += _repair_cells(number, cells, header)
        if not cells:
            blank.append(number - 1)
            found.append((number, "", Fault.BLANK_ROW, ""))
        else:
            found += _misfits(number, cells, header)
        writer.writerow((cells + [_ABSENT] * (header.width - len(cells)))[: header.width])
        if len(found) > limits.MAX_DAMAGED_ROWS:
            # The file is given up, so the rows below don't matter.
            break

    plain = out.getvalue().encode()

    return Rows(_parse(plain, header, Dialect(), _ABSENT), listed(found), arrow.numbers(blank))


def _misfits(number: int, cells: list[str], header: Header) -> list[Found]:
    """Return the cells that a row lacks, or the first that it has too many."""
    if len(cells) > header.width:
        return [(number, "", Fault.EXTRA_CELL, cells[header.width])]

    return [
        (number, name, Fault.MISSING_CELL, "")
        for name, place in header.columns
        if place >= len(cells)
    ]


def _repair_cells(number: int, cells: list[str], header: Header) -> list[Found]:
    """Return the cells with a NUL or with bytes that are not UTF-8, and make them readable."""
    names = {place: name for name, place in header.columns}
    found: list[Found] = []
    for place, cell in enumerate(cells):
        if "\0" in cell:
            found.append((number, names.get(place, ""), Fault.NUL_BYTE, cell))
        if _BAD.search(cell):
            cells[place] = _BAD.sub("\ufffd", cell)
            found.append((number, names.get(place, ""), Fault.ENCODING, cells[place]))

    return found


def _parse(
    block: bytes, header: Header, dialect: Dialect, null: str | None = None
) -> pa.RecordBatch:
    places = [str(place) for place in range(header.width)]
    wanted = [str(place) for _, place in header.columns]
    names = [name for name, _ in header.columns]
    if len(block) == 0 or not wanted:
        return pa.RecordBatch.from_arrays([pa.nulls(0, arrow.TEXT)] * len(names), names)

    table = arrow_csv.read_csv(
        pa.BufferReader(pa.py_buffer(block)),
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=len(block) + 1, column_names=places
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=dialect.quote or False,
            double_quote=dialect.doubled,
            escape_char=dialect.escape or False,
            newlines_in_values=True,
            ignore_empty_lines=False,
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
    columns = [_only_chunk(column) for column in table.columns]

    return pa.RecordBatch.from_arrays(columns, names)


def _only_chunk(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else arrow.concatenated(column.chunks)
