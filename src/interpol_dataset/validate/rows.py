"""
Check that the rows of a table agree with themselves.

Only the columns that are compared are read, some rows at a time. A file that can't be read so has
another fault, which the check of its cells finds.
"""

# ruff: noqa: PLC0415  # a format's reader is imported when the format is read

from __future__ import annotations

import json
from contextlib import suppress
from io import TextIOWrapper
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from interpol_dataset.findings import Finding, Place
from interpol_dataset.package.arrow import arrow_schema, from_json
from interpol_dataset.rules.tables import COLUMNS, disagreements_in, row_agrees

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


#: What to do about a row that contradicts itself.
_HINT: Final = "look the values up again; two may be in each other's column"

#: How many rows are read at once from JSON Lines.
_ROWS: Final = 10_000


def disagreements(path: Path, table: str) -> Iterator[Finding]:
    """
    Return the rows of a table's file that contradict themselves.

    :param path: A CSV, JSON Lines or Parquet file without another fault.
    :param table: The table's name; only this package's own tables have columns to compare.
    """
    if table not in COLUMNS:
        return

    before = 0
    schema = {"fields": [{"name": key, "type": type_} for key, type_ in COLUMNS[table].items()]}
    with suppress(pa.ArrowException, ValueError, TypeError, AttributeError, OSError):
        for batch in _batches(path, schema):
            for row, field, message in disagreements_in(table, batch):
                number = before + row + 1
                yield Finding(
                    row_agrees.code,
                    Place(str(path)),
                    message,
                    _HINT,
                    record=f"{table}/{number}",
                    field=field,
                    row=number,
                )
            before += batch.num_rows


def _batches(path: Path, schema: dict[str, Any]) -> Iterator[pa.RecordBatch]:
    target = arrow_schema(schema)
    name = path.name.lower()
    if name.endswith((".parquet", ".pq")):
        from pyarrow.parquet import ParquetFile

        with ParquetFile(path) as file:
            there = [name for name in target.names if name in file.schema_arrow.names]
            for batch in file.iter_batches(columns=there):
                yield _typed(batch, target)
        return

    with pa.input_stream(str(path), compression="detect") as stream:
        if not name.removesuffix(".gz").endswith((".jsonl", ".ndjson")):
            yield from _csv(stream, target)
        else:
            lines = TextIOWrapper(stream, "utf-8")
            while chunk := [*islice(lines, _ROWS)]:
                rows = [json.loads(line) for line in chunk if line.strip()]
                yield from from_json(rows, schema).combine_chunks().to_batches()


def _csv(stream: pa.NativeFile, target: pa.Schema) -> Iterator[pa.RecordBatch]:
    from pyarrow import csv

    options = csv.ConvertOptions(
        column_types=target,
        null_values=[""],
        strings_can_be_null=True,
        include_columns=target.names,
        include_missing_columns=True,
    )
    parse = csv.ParseOptions(newlines_in_values=True)
    yield from csv.open_csv(stream, parse_options=parse, convert_options=options)


def _typed(batch: pa.RecordBatch, target: pa.Schema) -> pa.RecordBatch:
    """Return the columns with the types that are compared; absent ones are empty."""
    missing = pa.nulls(batch.num_rows)
    columns = [
        (batch[field.name] if field.name in batch.schema.names else missing).cast(field.type)
        for field in target
    ]

    return pa.RecordBatch.from_arrays(columns, schema=target)
