"""
Parquet: row groups become record batches, once the footer has been found to be honest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
from pyarrow import parquet as arrow_parquet

from interpol_dataset.tablecheck.blocks import StopReadingError
from interpol_dataset.tablecheck.csvfile import MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["column_names", "open_parquet", "read_batches"]

#: Rows read at once.
_ROWS: Final = 65_536
#: Bytes that a column chunk may have when it is decompressed.
_MAX_CHUNK: Final = 512 << 20
#: Bytes that a footer's strings and lists may claim.
_MAX_THRIFT: Final = 64 << 20


def open_parquet(path: Path) -> arrow_parquet.ParquetFile:
    """
    Open a file and hold its footer against the file.

    :raises StopReadingError: It is not Parquet, or the footer claims what can't be.
    """
    try:
        file = arrow_parquet.ParquetFile(
            path,
            memory_map=False,
            thrift_string_size_limit=_MAX_THRIFT,
            thrift_container_size_limit=1_000_000,
        )
        lie = _lie(file.metadata, path.stat().st_size)
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        raise StopReadingError("unreadable", str(error)) from error

    if lie:
        raise StopReadingError("unreadable", lie)

    return file


def _lie(metadata: arrow_parquet.FileMetaData, size: int) -> str | None:
    """Say what in a footer can't be true."""
    if metadata.num_columns > MAX_COLUMNS:
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
            if not 0 <= column.total_uncompressed_size <= _MAX_CHUNK:
                return f"column {index} claims {column.total_uncompressed_size} bytes"

    return None if rows == metadata.num_rows else f"the footer claims {metadata.num_rows} rows"


def column_names(file: arrow_parquet.ParquetFile) -> list[str]:
    """Name the columns of a file."""
    try:
        return list(file.schema_arrow.names)
    except (pa.ArrowException, ValueError) as error:
        raise StopReadingError("unreadable", str(error)) from error


def read_batches(file: arrow_parquet.ParquetFile, names: list[str]) -> Iterator[pa.RecordBatch]:
    """
    Return the rows of a file, some at a time.

    :raises StopReadingError: The pages are not what the footer says.
    """
    rows = 0
    try:
        for batch in file.iter_batches(batch_size=_ROWS, columns=names, use_threads=False):
            rows += batch.num_rows
            yield batch
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        raise StopReadingError("unreadable", str(error)) from error

    if rows != file.metadata.num_rows:
        raise StopReadingError("unreadable", f"{rows} rows where the footer claims more")
