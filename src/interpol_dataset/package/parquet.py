"""
Tables as Parquet, compressed with zstd.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet

from interpol_dataset.package.arrow import arrow_schema, complete

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read", "write"]


def write(table: pa.Table, metadata: Mapping[str, str]) -> bytes:
    """
    Write a table as Parquet.

    :param table: The table.
    :param metadata: What the file says of itself.
    """
    buffer = io.BytesIO()
    parquet.write_table(
        table.replace_schema_metadata(dict(metadata)),
        buffer,
        compression="zstd",
        version="2.6",
        store_schema=True,
    )

    return buffer.getvalue()


def read(content: bytes, schema: Mapping[str, Any]) -> pa.Table:
    """
    Read a table that :func:`write` wrote.

    :param content: The bytes.
    :param schema: The table's Table Schema.
    :raises pa.ArrowInvalid: The bytes are not such a table.
    """
    target = arrow_schema(schema)
    # Arrow refuses to cast an empty cell to a required one; complete() says which cell it is.
    loose = pa.schema([field.with_nullable(True) for field in target])  # noqa: FBT003  # Arrow's way
    # ParquetFile spares the imports that read_table makes.
    table = parquet.ParquetFile(pa.py_buffer(content)).read(use_threads=False)

    return complete(pa.table(table.select(target.names).cast(loose).columns, schema=target))
