"""
Parquet: row groups become batches, once the footer has been found to be honest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet as arrow_parquet

from interpol_dataset.tablecheck import arrow, limits
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.read.blocks import Rows, StopReadingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from interpol_dataset.tablecheck.read.blocks import Budget
    from interpol_dataset.tablecheck.read.header import Header

_UNREADABLE = (pa.ArrowException, OSError, ValueError, MemoryError)


def open_parquet(path: Path) -> arrow_parquet.ParquetFile:
    """
    Open a file, and compare its footer with the file.

    :raises StopReadingError: It is not Parquet, or the footer claims what can't be.
    """
    try:
        file = _open(path)
        if lie := _lie(file.metadata, path.stat().st_size):
            raise StopReadingError(Fault.UNREADABLE, lie)
    except _UNREADABLE as error:
        raise StopReadingError(Fault.UNREADABLE, str(error)) from error

    return file


def _open(path: Path, **options: Any) -> arrow_parquet.ParquetFile:
    return arrow_parquet.ParquetFile(
        path,
        memory_map=False,
        thrift_string_size_limit=limits.MAX_PARQUET_FOOTER,
        thrift_container_size_limit=1_000_000,
        **options,
    )


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


def read_batches(
    path: Path, metadata: arrow_parquet.FileMetaData, names: list[str], budget: Budget
) -> Iterator[pa.RecordBatch]:
    """
    Return the rows of a file, some at a time.

    :raises StopReadingError: The pages are not what the footer says, or hold too much.
    """
    rows = 0
    try:
        for group in range(metadata.num_row_groups):
            claimed, coded = _look_at(metadata, group)
            budget.spend(claimed)
            for batch in _read_group(path, metadata, group, names, coded):
                batch.validate(full=True)  # whether texts are UTF-8, above all
                size = sum(map(_decoded, batch.columns))
                budget.spend(size)
                rows += batch.num_rows
                pieces = size // limits.PARQUET_PIECE + 1
                step = batch.num_rows // pieces + 1
                yield from (batch.slice(at, step) for at in range(0, batch.num_rows, step))
    except _UNREADABLE as error:
        raise StopReadingError(Fault.UNREADABLE, str(error)) from error

    if rows != metadata.num_rows:
        raise StopReadingError(Fault.UNREADABLE, f"{rows} rows where the footer claims more")


def _read_group(
    path: Path,
    metadata: arrow_parquet.FileMetaData,
    group: int,
    names: list[str],
    coded: dict[str, bool],
) -> Iterator[pa.RecordBatch]:
    """
    Read a row group.

    Texts with a dictionary stay dictionaries, so that their size is known before it is taken: a
    value of 30,000 characters may be there 60,000 times. Where most values are not in the
    dictionary that would be slow, so there the length of those that are is looked at first.
    """
    count = limits.PARQUET_ROWS
    with _open(path, metadata=metadata, read_dictionary=[*coded]) as file:
        doubtful = [name for name, is_sure in coded.items() if not is_sure and name in names]
        if doubtful:
            rows = file.iter_batches(1, row_groups=[group], columns=doubtful, use_threads=False)
            first = next(rows, None)
            dictionaries = [] if first is None else [each.dictionary for each in first.columns]
            lengths = [arrow.call("max", arrow.call("binary_length", d)) for d in dictionaries]
            longest = max((each.as_py() or 0 for each in lengths), default=0)
            count = min(count, limits.PARQUET_PIECE // (longest + 1) + 1)
    sure = [name for name, is_sure in coded.items() if is_sure]
    with _open(path, metadata=metadata, read_dictionary=sure) as file:
        yield from file.iter_batches(count, row_groups=[group], columns=names, use_threads=False)


def _look_at(metadata: arrow_parquet.FileMetaData, number: int) -> tuple[int, dict[str, bool]]:
    """
    Look at a row group in the footer.

    :returns: The bytes that it takes at least; and for each column of texts, whether its values are
        (or may well be) all in its dictionary.
    """
    group, total = metadata.row_group(number), 0
    coded: dict[str, bool] = {}
    for index in range(group.num_columns):
        chunk, column = group.column(index), metadata.schema.column(index)
        width = limits.JSON_VALUE_COST if column.max_repetition_level else max(column.length, 0)
        total += max(chunk.total_uncompressed_size, chunk.num_values * width)
        if column.physical_type == "BYTE_ARRAY":
            is_small = chunk.total_compressed_size < limits.BLOCK // 8
            is_short = chunk.total_uncompressed_size < 2 * chunk.num_values
            coded[column.path] = is_small or is_short or "." in column.path

    return total, coded


def _decoded(values: pa.Array) -> int:
    """Return how many bytes a column has where nothing is written once for many."""
    if pa.types.is_dictionary(values.type):
        lengths = arrow.call("binary_length", values.dictionary)
        return arrow.call("sum", arrow.take(lengths, values.indices)).as_py() or 0

    if pa.types.is_struct(values.type):
        return sum(map(_decoded, values.flatten()))

    return _decoded(values.flatten()) if pa.types.is_nested(values.type) else int(values.nbytes)


def take_columns(batch: pa.RecordBatch, header: Header, names: list[str]) -> Rows:
    """Return the columns that fields were matched with, named after the fields."""
    # Of columns with one name the first is taken: Arrow would find none by that name.
    places = {name: place for place, name in reversed([*enumerate(batch.schema.names)])}
    columns = [batch.column(places[names[place]]) for _, place in header.columns]

    return Rows(pa.RecordBatch.from_arrays(columns, [name for name, _ in header.columns]))
