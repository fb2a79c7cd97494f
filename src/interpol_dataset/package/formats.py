"""
The formats of tables. What is written reads back as the same table, and has the same bytes.

In a file of text some rows come first, so that readers guess its types right
(:mod:`interpol_dataset.package.order`); it is read in the order of its primary key.

A format's module is imported when the format is used.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

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
