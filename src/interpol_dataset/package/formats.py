"""
The formats of tables, and of whole packages; the module of a format is imported when it is used.

What is written of a table reads back as the same table, and has the same bytes. In a file of text
some rows come first, so that readers guess its types right (:mod:`interpol_dataset.package.text`);
it is read in the order of its primary key. Whole packages are only written.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pyarrow as pa

    from interpol_dataset.package.arrow import About, Described

_F = TypeVar("_F")
#: The formats of an export that can be loaded again, with their media types.
FORMATS: Final[Mapping[str, str]] = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/jsonl",
}
#: The formats of one file for all tables, with their media types.
WHOLE_FORMATS: Final[Mapping[str, str]] = {
    "sqlite": "application/vnd.sqlite3",
    "duckdb": "application/octet-stream",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write_table(
    table: pa.Table,
    format_: str,
    *,
    metadata: Mapping[str, str] | None = None,
    spreadsheet_safe: bool = False,
) -> bytes:
    """
    Write a table in one of :data:`FORMATS`.

    :param metadata: What a Parquet file says of itself.
    :param spreadsheet_safe: Put an apostrophe before CSV cells that a spreadsheet would run.
    :raises ValueError: There is no such format of tables.
    """
    if format_ == "parquet":
        from interpol_dataset.package.arrow import write_parquet

        return write_parquet(table, metadata or {})
    from interpol_dataset.package import text

    writers: dict[str, Callable[[pa.Table], bytes]] = {
        "csv": partial(text.write_csv, spreadsheet_safe=spreadsheet_safe),
        "json": text.write_array,
        "jsonl": text.write_lines,
    }
    return _known(format_, writers)(text.examples_first(table))


def read_table(
    content: bytes, format_: str, schema: Mapping[str, Any], *, spreadsheet_safe: bool = False
) -> pa.Table:
    """
    Read a table that :func:`write_table` wrote.

    :param schema: The table's Table Schema.
    :param spreadsheet_safe: Whether CSV cells were made safe for spreadsheets.
    :raises ValueError: There is no such format of tables, or the bytes are not such a table.
    """
    if format_ == "parquet":
        from interpol_dataset.package.arrow import read_parquet

        return read_parquet(content, schema)
    from interpol_dataset.package import text

    readers: dict[str, Callable[[bytes, Mapping[str, Any]], pa.Table]] = {
        "csv": partial(text.read_csv, spreadsheet_safe=spreadsheet_safe),
        "json": text.read_array,
        "jsonl": text.read_lines,
    }
    return text.in_key_order(_known(format_, readers)(content, schema), schema)


def _known(format_: str, functions: Mapping[str, _F]) -> _F:
    if format_ not in functions:
        raise ValueError(f"there is no format of tables '{format_}'")
    return functions[format_]


def write_whole(tables: Sequence[Described], format_: str, about: About) -> dict[str, bytes]:
    """
    Write tables as one file, and what belongs with it.

    :param format_: One of :data:`WHOLE_FORMATS`.
    :param about: What the file says of itself.
    :returns: The files' contents, by name; the first is the one with the tables.
    :raises MissingExtraError: The library that writes the format is not installed.
    :raises ValueError: The format can't hold the tables.
    """
    from interpol_dataset.package import single_file

    writers = {
        "sqlite": single_file.write_sqlite,
        "duckdb": single_file.write_duckdb,
        "xlsx": single_file.write_xlsx,
    }
    return writers[format_](tables, about)
