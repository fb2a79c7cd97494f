"""
CSV: a block of records becomes a record batch of texts.

A sound block goes straight through Arrow's parser. A block with anything odd in it (a row that is
too short or too long, a blank line, a NUL, bytes that are not UTF-8) is read by the careful
parser of :mod:`.mending`, which says what is wrong and in which row.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Final

import pyarrow as pa
from pyarrow import csv as arrow_csv

from interpol_dataset.tablecheck import kernels
from interpol_dataset.tablecheck.blocks import StopReadingError
from interpol_dataset.tablecheck.pieces import Piece

if TYPE_CHECKING:
    from interpol_dataset.tablecheck.blocks import Block
    from interpol_dataset.tablecheck.dialect import Dialect
    from interpol_dataset.tablecheck.layout import Layout

__all__ = ["MAX_COLUMNS", "parse_block", "split_header", "without_mark"]

#: A header with more cells than this is taken for damage.
MAX_COLUMNS: Final = 20_000

_TEXT: Final = pa.string()


def split_header(block: Block, dialect: Dialect) -> tuple[list[str], Block, bool]:
    """
    Part the header from the records below it.

    :returns: The labels, the records, and whether the header is UTF-8.
    """
    block = without_mark(block)
    found = dialect.record.match(block.buffer, block.start, block.end)
    end = found.end() if found else block.end
    text = block.buffer[block.start : end].decode("utf-8", "replace")
    labels = next(dialect.rows(text), [])
    if len(labels) > MAX_COLUMNS:
        raise StopReadingError("too-many-columns", str(len(labels)))

    return labels or [""], block.behind(end - block.start), "\ufffd" not in text


def without_mark(block: Block) -> Block:
    """Leave out the byte order mark that some programs put at the start of a file."""
    return block.behind(len(BOM_UTF8)) if bytes(block.view()[:3]) == BOM_UTF8 else block


def parse_block(block: Block, layout: Layout, dialect: Dialect) -> Piece:
    """Read a block of records, and free its buffer."""
    piece = _parse_soundly(block, layout, dialect)
    if piece is None:
        # Only damaged files need it, and a small file is checked sooner without it.
        from interpol_dataset.tablecheck.mending import ABSENT, mend  # noqa: PLC0415

        fixed = mend(bytes(block), layout, dialect)
        batch = _parse(memoryview(fixed.block), layout, fixed.dialect, nulls=(ABSENT,))
        piece = Piece(batch, fixed.findings, fixed.blank_rows)

    block.free()

    return piece


def _parse_soundly(block: Block, layout: Layout, dialect: Dialect) -> Piece | None:
    # Arrow's parser knows no spaces to skip.
    if dialect.skips_space or b"\0" in block:
        return None

    try:
        _check_utf8(block)
        batch = _parse(block.view(), layout, dialect, nulls=())
    except pa.ArrowInvalid:
        return None

    return None if _may_have_blank_row(batch) and _has_blank_line(block) else Piece(batch)


def _may_have_blank_row(batch: pa.RecordBatch) -> bool:
    """Say whether every column has an empty cell: the parser makes empty cells of a blank line."""
    return all(
        kernels.call("min", kernels.call("binary_length", column)).as_py() == 0
        for column in batch.columns
    )


def _has_blank_line(block: Block) -> bool:
    return bytes(block.view()[:1]) in b"\r\n" or b"\n\n" in block or b"\n\r" in block


def _check_utf8(block: Block) -> None:
    """Check all cells at once, which takes a third of the time of a check of each."""
    kernels.cast(kernels.whole_of(block.view()), _TEXT)


def _parse(
    block: memoryview, layout: Layout, dialect: Dialect, *, nulls: tuple[str, ...]
) -> pa.RecordBatch:
    places = [str(place) for place in range(layout.width)]
    wanted = [str(place) for _, place in layout.columns]
    names = [name for name, _ in layout.columns]
    if len(block) == 0 or not wanted:
        return pa.RecordBatch.from_arrays([pa.nulls(0, _TEXT)] * len(names), names)

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
            column_types=dict.fromkeys(wanted, _TEXT),
            include_columns=wanted,
            strings_can_be_null=bool(nulls),
            null_values=list(nulls),
        ),
        memory_pool=kernels.POOL,
    )
    columns = [_only_chunk(column) for column in table.columns]

    return pa.RecordBatch.from_arrays(columns, names)


def _only_chunk(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else kernels.concatenated(column.chunks)
