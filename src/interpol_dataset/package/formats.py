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

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa


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

#: A name that is good for a file everywhere.
_PLAIN: Final = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")


class Described(NamedTuple):
    """
    A table, and what is said of it.

    :param name: Its name.
    :param description: What it holds.
    :param schema: Its Table Schema; foreign keys lead to tables that are written, too.
    :param arrow: Its content.
    """

    name: str
    description: str
    schema: Mapping[str, Any]
    arrow: pa.Table

    @property
    def fields(self) -> Sequence[Mapping[str, Any]]:
        """Its columns, as the schema describes them."""
        fields: Sequence[Mapping[str, Any]] = self.schema["fields"]
        return fields

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of its primary key."""
        return tuple(self.schema.get("primaryKey", ()))

    @property
    def references(self) -> Mapping[str, tuple[str, str]]:
        """For each column that refers to another table: that table and the column there."""
        return {
            key["fields"][0]: (
                key["reference"]["resource"] or self.name,
                key["reference"]["fields"][0],
            )
            for key in self.schema.get("foreignKeys", ())
        }


class About(NamedTuple):
    """
    What a file says of itself.

    :param name: Name of the package.
    :param title: Its title.
    :param description: What it holds.
    :param version: Version of the data.
    :param license: Names of its licences.
    :param license_url: Where the first of them can be read.
    :param adding_up: The rule on adding up its figures, if it has one.
    """

    name: str
    title: str
    description: str
    version: str
    license: str
    license_url: str
    adding_up: str = ""

    @property
    def stem(self) -> str:
        """The name of the file, without its ending."""
        return self.name if _PLAIN.fullmatch(self.name) else "dataset"


def write_whole(tables: Sequence[Described], format_: str, about: About) -> dict[str, bytes]:
    """
    Write tables as one file, and what belongs beside it.

    :param tables: The tables.
    :param format_: One of :data:`WHOLE_FORMATS`.
    :param about: What the file says of itself.
    :returns: The files' contents, by name; the first is the one with the tables.
    :raises MissingExtraError: The library that writes the format is not installed.
    :raises ValueError: The format can't hold the tables, or there is no such format.
    """
    match format_:
        case "sqlite":
            from interpol_dataset.package import sqlite

            return sqlite.write(tables, about)
        case "duckdb":
            from interpol_dataset.package import duckdb

            return duckdb.write(tables, about)
        case "xlsx":
            from interpol_dataset.package import xlsx

            return xlsx.write(tables, about)
        case _:
            raise ValueError(f"there is no format of packages '{format_}'")
