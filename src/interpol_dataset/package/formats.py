"""
The formats of tables, and of whole packages.

What is written of a table reads back as the same table, and has the same bytes. In a file of text
some rows come first, so that readers guess its types right (:mod:`interpol_dataset.package.order`);
it is read in the order of its primary key.

A whole package is one file that other programs open: a SQLite or DuckDB database, an Excel
workbook. They are written, not read: :func:`interpol_dataset.load` loads the formats of tables.

The module of a format is imported when it is used.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from interpol_dataset.package.arrow import About, Described


#: The formats of an export that can be loaded again, with their media types.
FORMATS: Final[Mapping[str, str]] = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/jsonl",
}


def write_table(
    table: pa.Table,
    format_: str,
    *,
    metadata: Mapping[str, str] | None = None,
    spreadsheet_safe: bool = False,
) -> bytes:
    """
    Write a table.

    :param table: The table.
    :param format_: ``parquet``, ``csv``, ``json`` or ``jsonl``.
    :param metadata: What a Parquet file says of itself.
    :param spreadsheet_safe: Put an apostrophe before CSV cells that a spreadsheet would run.
    :raises ValueError: There is no such format of tables.
    """
    match format_:
        case "parquet":
            from interpol_dataset.package import parquet

            return parquet.write(table, metadata or {})
        case "csv":
            from interpol_dataset.package import csv, order

            return csv.write(order.examples_first(table), spreadsheet_safe=spreadsheet_safe)
        case "json":
            from interpol_dataset.package import jsonl, order

            return jsonl.write_array(order.examples_first(table))
        case "jsonl":
            from interpol_dataset.package import jsonl, order

            return jsonl.write(order.examples_first(table))
        case _:
            raise ValueError(f"there is no format of tables '{format_}'")


def read_table(
    content: bytes, format_: str, schema: Mapping[str, Any], *, spreadsheet_safe: bool = False
) -> pa.Table:
    """
    Read a table that :func:`write_table` wrote.

    :param content: The bytes.
    :param format_: ``parquet``, ``csv``, ``json`` or ``jsonl``.
    :param schema: The table's Table Schema.
    :param spreadsheet_safe: Whether CSV cells were made safe for spreadsheets.
    :raises ValueError: There is no such format of tables, or the bytes are not such a table.
    """
    match format_:
        case "parquet":
            from interpol_dataset.package import parquet

            return parquet.read(content, schema)
        case "csv":
            from interpol_dataset.package import csv, order

            table = csv.read(content, schema, spreadsheet_safe=spreadsheet_safe)
            return order.in_key_order(table, schema)
        case "json":
            from interpol_dataset.package import jsonl, order

            return order.in_key_order(jsonl.read_array(content, schema), schema)
        case "jsonl":
            from interpol_dataset.package import jsonl, order

            return order.in_key_order(jsonl.read(content, schema), schema)
        case _:
            raise ValueError(f"there is no format of tables '{format_}'")


#: The formats, with their media types.
WHOLE_FORMATS: Final[Mapping[str, str]] = {
    "sqlite": "application/vnd.sqlite3",
    "duckdb": "application/octet-stream",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write_whole(tables: Sequence[Described], format_: str, about: About) -> dict[str, bytes]:
    """
    Write tables as one file, and what belongs with it.

    :param tables: The tables.
    :param format_: One of :data:`WHOLE_FORMATS`.
    :param about: What the file says of itself.
    :returns: The files' contents, by name; the first is the one with the tables.
    :raises MissingExtraError: The library that writes the format is not installed.
    :raises ValueError: The format can't hold the tables, or there is no such format.
    """
    match format_:
        case "sqlite":
            from interpol_dataset.package.databases import write_sqlite

            return write_sqlite(tables, about)
        case "duckdb":
            from interpol_dataset.package.databases import write_duckdb

            return write_duckdb(tables, about)
        case "xlsx":
            from interpol_dataset.package import xlsx

            return xlsx.write(tables, about)
        case _:
            raise ValueError(f"there is no format of packages '{format_}'")
