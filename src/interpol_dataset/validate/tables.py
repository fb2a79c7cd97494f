"""
Validate tables: a file against a Table Schema of this package, or a data package against its own.
"""

# ruff: noqa: PLC0415  # a format's reader is imported when the format is read

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from interpol_dataset.dataset.tables import open_tables
from interpol_dataset.errors import PackageError
from interpol_dataset.findings import Finding, Place
from interpol_dataset.package.arrow import arrow_schema, from_json
from interpol_dataset.rules.rule import Checked
from interpol_dataset.rules.tables import (
    COLUMNS,
    TABLE_RULES,
    code_of,
    disagreements_in,
    faults_of,
    row_agrees,
)
from interpol_dataset.tablecheck import TableCheckError, validate_package, validate_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.tablecheck import TableReport

#: How many rows of a table that contradict themselves are listed; the rest are counted.
_MOST: Final = 1000
#: What to do about a row that contradicts itself.
_HINT: Final = "look the values up again; two may be in each other's column"
#: How many rows are read at once from JSON Lines.
_ROWS: Final = 10_000


def check_table(
    path: Path,
    table: str,
    against: Path | None = None,
    select: frozenset[str] | None = None,
    ignore: frozenset[str] = frozenset(),
) -> Checked:
    """
    Check a table's file against the Table Schema of one of this package's tables.

    :param path: A CSV or JSON Lines file, gzipped or not, or a Parquet file.
    :param against: The data package that foreign keys lead to; the installed one by default.
    :param select: Codes of the rules to apply; all by default.
    :param ignore: Codes of rules to leave out.
    :raises UnknownRecordError: There is no such table.
    :raises PackageError: The file can't be opened.
    """
    tables = open_tables(against)
    schema = tables.schema(table)
    parents = {
        key["reference"]["resource"]
        for key in schema.get("foreignKeys", [])
        if key["reference"]["resource"]
    }
    references = {name: tables.table(name).to_arrow() for name in sorted(parents)}
    codes = _codes(select, ignore)
    faults = faults_of(codes)
    with _own_errors():
        report = validate_table(path, schema, name=table, references=references, faults=faults)

    return _reported([report], rows=row_agrees.code in codes)


def check_package(
    descriptor: Path, select: frozenset[str] | None = None, ignore: frozenset[str] = frozenset()
) -> Checked:
    """
    Check all tables of a data package against its own Table Schemas.

    :param descriptor: Its ``datapackage.json``.
    :raises PackageError: The descriptor can't be used.
    """
    codes = _codes(select, ignore)
    with _own_errors():
        reports = validate_package(descriptor, faults=faults_of(codes))
    return _reported(reports, rows=row_agrees.code in codes)


@contextmanager
def _own_errors() -> Iterator[None]:
    try:
        yield
    except TableCheckError as error:
        raise PackageError(error.what, where=error.where, hint=error.hint) from error


def _codes(select: frozenset[str] | None, ignore: frozenset[str]) -> frozenset[str]:
    return (frozenset(TABLE_RULES) if select is None else select) - ignore


def _reported(reports: Sequence[TableReport], *, rows: bool) -> Checked:
    """Return the findings in cells and, if asked, in the rows of tables without any."""
    found = [
        Finding(
            rule=code_of(finding.fault),
            place=Place(report.path),
            message=finding.message,
            hint=finding.hint,
            record=f"{report.resource}/{finding.row}" if finding.row else None,
            field=finding.field or None,
            row=finding.row or None,
        )
        for report in reports
        for finding in report.describe()
    ]
    more = sum(report.omitted for report in reports)
    for report in reports if rows else ():
        if not report.total:
            listed = disagreements(Path(report.path), report.resource)
            found += islice(listed, _MOST)
            more += sum(1 for _ in listed)

    return Checked(tuple(found), TABLE_RULES, {report.path: "" for report in reports}, more)


def disagreements(path: Path, table: str) -> Iterator[Finding]:
    """
    Return the rows of a file without another fault that contradict themselves.

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
