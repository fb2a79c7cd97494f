"""Tables as Parquet, compressed with Snappy, which every reader supports."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyarrow import parquet

from interpol_dataset.package.arrow import arrow_schema, complete
from interpol_dataset.tablecheck import decoded_size, read_footer, read_pages
from interpol_dataset.tablecheck.faults import PAGE_COST

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Bytes that a table may take in memory, and that a value takes at least.
MAX_TABLE: Final = 256 << 20
_WIDTH: Final = 8


def write(table: pa.Table, metadata: Mapping[str, str]) -> bytes:
    """Write a table as Parquet, with what the file says of itself."""
    buffer = io.BytesIO()
    described = table.replace_schema_metadata(dict(metadata))
    parquet.write_table(described, buffer, compression="snappy", version="2.6", store_schema=True)
    return buffer.getvalue()


def read(content: bytes, schema: Mapping[str, Any]) -> pa.Table:
    """
    Read a table that :func:`write` wrote.

    :raises ValueError: The bytes are not such a table, or it takes more than :data:`MAX_TABLE`.
    """
    target = arrow_schema(schema)
    # Arrow refuses to cast an empty cell to a required one; complete() says which cell it is.
    loose = pa.schema([field.with_nullable(True) for field in target])  # noqa: FBT003  # Arrow's way
    table = _read(content, target.names)
    return complete(pa.table(table.cast(loose).columns, schema=target))


def _read(content: bytes, names: list[str]) -> pa.Table:
    """
    Read some columns, texts as they are coded: a long one is written once for many rows.

    :raises FooterError: The file's footer or pages are impossible.
    :raises pa.ArrowInvalid: Decoded, they would take too much.
    """
    stream = io.BytesIO(content)
    groups = read_footer(stream)
    # ParquetFile spares the imports that read_table makes.
    with parquet.ParquetFile(pa.py_buffer(content)) as file:
        metadata = file.metadata
    columns = [metadata.schema.column(number) for number in range(metadata.num_columns)]
    total = 0
    for group in groups:
        for chunk, column in zip(group.chunks, columns, strict=True):
            width = max(column.length, _WIDTH)
            for page in read_pages(stream, chunk):
                total += PAGE_COST + page.head + max(page.size, page.values * width)
                _limit(total)

    coded = [column.path for column in columns if column.physical_type == "BYTE_ARRAY"]
    buffer = pa.py_buffer(content)
    with parquet.ParquetFile(buffer, metadata=metadata, read_dictionary=coded) as file:
        table = file.read(use_threads=False).select(names)
    table.validate(full=True)  # whether texts are UTF-8, above all
    _limit(sum(decoded_size(chunk) for column in table.columns for chunk in column.chunks))

    return table


def _limit(size: int) -> None:
    if size > MAX_TABLE:
        raise pa.ArrowInvalid(f"it takes more than {MAX_TABLE >> 20} MB in memory")
