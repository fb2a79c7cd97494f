"""
Parquet: row groups become batches, once what the file claims has been found possible.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from functools import partial
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
from pyarrow import parquet as arrow_parquet

from interpol_dataset.tablecheck import arrow, limits
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.files import FileFault, Rows, StopReadingError, match_header
from interpol_dataset.tablecheck.footer import (
    LENGTHS_APART,
    PREFIXED,
    FooterError,
    Group,
    read_footer,
    read_pages,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from interpol_dataset.tablecheck.files import Budget, Event, Header
    from interpol_dataset.tablecheck.footer import Chunk
    from interpol_dataset.tablecheck.schema import TableSchema


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
    """Return the columns that fields were matched with, named after the fields."""
    # Of columns with one name the first is taken: Arrow would find none by that name.
    places = {name: place for place, name in reversed([*enumerate(batch.schema.names)])}
    columns = [batch.column(places[label]) for label in labels]

    return Rows(pa.RecordBatch.from_arrays(columns, header.names))
