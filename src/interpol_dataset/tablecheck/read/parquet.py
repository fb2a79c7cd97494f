"""
Parquet: row groups become batches, once the footer has been found to be honest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet as arrow_parquet

from interpol_dataset.tablecheck import limits
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.read.blocks import Rows, StopReadingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from interpol_dataset.tablecheck.read.header import Header

_UNREADABLE = (pa.ArrowException, OSError, ValueError, MemoryError)


def open_parquet(path: Path) -> arrow_parquet.ParquetFile:
    """
    Open a file, and compare its footer with the file.

    :raises StopReadingError: It is not Parquet, or the footer claims what can't be.
    """
    try:
        file = arrow_parquet.ParquetFile(
            path,
            memory_map=False,
            thrift_string_size_limit=limits.MAX_PARQUET_FOOTER,
            thrift_container_size_limit=1_000_000,
        )
        lie = _lie(file.metadata, path.stat().st_size)
    except _UNREADABLE as error:
        raise StopReadingError(Fault.UNREADABLE, str(error)) from error

    if lie:
        raise StopReadingError(Fault.UNREADABLE, lie)

    return file


def _lie(metadata: arrow_parquet.FileMetaData, size: int) -> str | None:
    """Return what in a footer can't be true."""
    if metadata.num_columns > limits.MAX_COLUMNS:
        return f"the footer claims {metadata.num_columns} columns"

    rows = 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        rows += group.num_rows
        for index in range(metadata.num_columns):
            column = group.column(index)
            if group.num_rows == column.num_values == 0:
                continue  # without values there are no pages, and their places mean nothing
            start = column.dictionary_page_offset or column.data_page_offset
            end = min(start, column.data_page_offset) + column.total_compressed_size
            if not 0 <= start <= end <= size or column.total_compressed_size < 0:
                return f"column {index} of row group {number} lies outside the file"
            if not 0 <= column.total_uncompressed_size <= limits.MAX_PARQUET_CHUNK:
                return f"column {index} claims {column.total_uncompressed_size} bytes"

    return None if rows == metadata.num_rows else f"the footer claims {metadata.num_rows} rows"


def column_names(file: arrow_parquet.ParquetFile) -> list[str]:
    """Return the names of a file's columns."""
    try:
        return list(file.schema_arrow.names)
    except _UNREADABLE as error:
        raise StopReadingError(Fault.UNREADABLE, str(error)) from error


def read_batches(file: arrow_parquet.ParquetFile, names: list[str]) -> Iterator[pa.RecordBatch]:
    """
    Return the rows of a file, some at a time.

    :raises StopReadingError: The pages are not what the footer says.
    """
    rows = 0
    try:
        for batch in file.iter_batches(
            batch_size=limits.PARQUET_ROWS, columns=names, use_threads=False
        ):
            batch.validate(full=True)  # whether texts are UTF-8, above all
            rows += batch.num_rows
            yield batch
    except _UNREADABLE as error:
        raise StopReadingError(Fault.UNREADABLE, str(error)) from error

    if rows != file.metadata.num_rows:
        raise StopReadingError(Fault.UNREADABLE, f"{rows} rows where the footer claims more")


def take_columns(batch: pa.RecordBatch, header: Header, names: list[str]) -> Rows:
    """Take the columns that fields were matched with, and name them after the fields."""
    # Of columns with one name the first is taken: Arrow would find none by that name.
    places = {name: place for place, name in reversed([*enumerate(batch.schema.names)])}
    columns = [batch.column(places[names[place]]) for _, place in header.columns]

    return Rows(pa.RecordBatch.from_arrays(columns, [name for name, _ in header.columns]))
