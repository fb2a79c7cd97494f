"""
Packages as databases: SQLite with metadata for Datasette next to it, and DuckDB; views for both.

In SQLite a list is the text of a JSON array, a day its ISO text, a truth value 0 or 1. In DuckDB
keys are in the comments: as constraints, they would make the file two and a half times as large.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.errors import MissingExtraError
from interpol_dataset.package.jsonl import json_file, json_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from interpol_dataset.package.arrow import About, Described


def quoted(name: str) -> str:
    """Return a name as an identifier, whatever its letters are."""
    return '"' + name.replace('"', '""') + '"'


def columns_of(table: Described, types: Mapping[str, str], text: str) -> Iterator[str]:
    """Return the columns of a table as CREATE TABLE wants them; ``text`` is for other types."""
    for field in table.fields:
        required = field.get("constraints", {}).get("required") or field["name"] in table.key
        type_ = types.get(field["type"], text)
        yield f"{quoted(field['name'])} {type_}{' NOT NULL' if required else ''}"


class View(NamedTuple):
    """A question that many ask, answered in SQL."""

    description: str
    sql: str


#: The views of a database, by their names. One whose tables or columns are missing is left out.
VIEWS: Final[Mapping[str, View]] = {
    name: View(" ".join(line.removeprefix("-- ") for line in about.splitlines()), sql)
    for name, about, sql in re.findall(
        r"^-- view (\w+)\n((?:-- .+\n)+)([^;]+);",
        Path(__file__).with_name("views.sql").read_text("utf-8"),
        re.MULTILINE,
    )
}


# --- SQLite ----------------------------------------------------------------------------------


_SQLITE_TYPES: Final[Mapping[str, str]] = {
    "boolean": "BOOLEAN",
    "integer": "INTEGER",
    "number": "REAL",
    "date": "DATE",
}
#: The columns that full-text search looks into, by table.
_SEARCHED: Final[Mapping[str, tuple[str, ...]]] = {
    "cases": ("name", "aliases", "summary"),
    "sources": ("title",),
}


def write_sqlite(tables: Sequence[Described], about: About) -> dict[str, bytes]:
    """
    Write tables as a database; see :func:`interpol_dataset.package.formats.write_whole`.

    :raises ValueError: The database refuses a table.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN")
            for table in tables:
                _create_in_sqlite(connection, table)
            views = _add_views(connection)
            _add_search(connection, tables)
            connection.execute("COMMIT")
        except (sqlite3.Error, OverflowError) as error:
            raise ValueError(str(error)) from error
        connection.execute("VACUUM")
        content = connection.serialize()
    shown = json_file(_metadata(tables, views, about))
    return {f"{about.stem}.sqlite": content, "metadata.json": shown}


def _create_in_sqlite(connection: sqlite3.Connection, table: Described) -> None:
    name, definitions = quoted(table.name), ",\n  ".join(_definitions(table))
    connection.execute(f"CREATE TABLE {name} (\n  {definitions}\n)")
    marks = ", ".join("?" for _ in table.fields)
    columns = [[_cell(cell) for cell in column.to_pylist()] for column in table.arrow.columns]
    connection.executemany(
        f"INSERT INTO {name} VALUES ({marks})",  # noqa: S608  # the name is quoted
        zip(*columns, strict=True),
    )
    for column in table.references:
        if (column,) != table.key[:1]:  # the primary key has an index that begins with that one
            index = quoted(f"{table.name}__{column}")
            connection.execute(f"CREATE INDEX {index} ON {name} ({quoted(column)})")


def _definitions(table: Described) -> Iterator[str]:
    yield from columns_of(table, _SQLITE_TYPES, "TEXT")
    if table.key:
        yield f"PRIMARY KEY ({', '.join(map(quoted, table.key))})"
    for column, (target, there) in table.references.items():
        yield f"FOREIGN KEY ({quoted(column)}) REFERENCES {quoted(target)} ({quoted(there)})"


def _cell(value: object) -> object:
    match value:
        case None | str() | int() | float():
            return value
        case list():
            return json_line(value)
        case _:
            return str(value)


def _add_views(connection: sqlite3.Connection) -> list[str]:
    """Create the views whose tables and columns there are, and return their names."""
    there = []
    for name, view in VIEWS.items():
        with suppress(sqlite3.OperationalError):
            connection.execute(f"{view.sql} LIMIT 0")
            query = "\n".join(line.strip() for line in view.sql.strip().splitlines())
            connection.execute(f"CREATE VIEW {quoted(name)} AS {query}")
            there.append(name)
    return there


def _add_search(connection: sqlite3.Connection, tables: Sequence[Described]) -> None:
    """Add full-text search in the way that Datasette recognizes, where SQLite has FTS5."""
    for table in tables:
        there = [field["name"] for field in table.fields]
        columns = [name for name in _SEARCHED.get(table.name, ()) if name in there]
        if not columns:
            continue
        index = quoted(f"{table.name}_fts")
        try:
            connection.execute(
                f"CREATE VIRTUAL TABLE {index} USING FTS5 ({', '.join(map(quoted, columns))},"
                f' content={quoted(table.name)}, tokenize="unicode61 remove_diacritics 2")'
            )
        except sqlite3.OperationalError:  # this SQLite was built without FTS5
            return
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608


def _metadata(tables: Sequence[Described], views: list[str], about: About) -> dict[str, Any]:
    described = {table.name: _described(table) for table in tables}
    described |= {name: {"description": VIEWS[name].description} for name in views}
    return {
        "title": f"{about.title} {about.version}",
        "description": about.description,
        "license": about.license,
        "license_url": about.license_url,
        "databases": {about.stem: {"tables": described}},
    }


def _described(table: Described) -> dict[str, Any]:
    names = [field["name"] for field in table.fields]
    facets = [field["name"] for field in table.fields if "enum" in field.get("constraints", {})]
    label = next((name for name in ("name", "title") if name in names), None)
    return {
        "description": table.description,
        "columns": {field["name"]: field.get("description", "") for field in table.fields},
        **({"facets": facets} if facets else {}),
        **({"label_column": label} if label else {}),
    }


# --- DuckDB ----------------------------------------------------------------------------------


_DUCKDB_TYPES: Final[Mapping[str, str]] = {
    "boolean": "BOOLEAN",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "array": "VARCHAR[]",
}


def write_duckdb(tables: Sequence[Described], about: About) -> dict[str, bytes]:
    """
    Write tables as a database; see :func:`interpol_dataset.package.formats.write_whole`.

    A database has an identifier of its own, so its bytes differ from run to run.

    :raises MissingExtraError: DuckDB is not installed.
    :raises ValueError: The database refuses a table.
    """
    try:
        import duckdb  # noqa: PLC0415  # only those who want it pay for it
    except ImportError as error:
        raise MissingExtraError("duckdb") from error

    name = f"{about.stem}.duckdb"
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        try:
            with closing(duckdb.connect(str(path))) as connection:
                for table in tables:
                    _create_in_duckdb(connection, table)
                for view, (description, sql) in VIEWS.items():
                    with suppress(duckdb.CatalogException, duckdb.BinderException):
                        connection.execute(f"CREATE VIEW {quoted(view)} AS {sql}")
                        _comment(connection, "VIEW", quoted(view), description)
        except duckdb.Error as error:
            raise ValueError(str(error).partition("\n")[0]) from error

        return {name: path.read_bytes()}


def _create_in_duckdb(connection: DuckDBPyConnection, table: Described) -> None:
    name, columns = quoted(table.name), ", ".join(columns_of(table, _DUCKDB_TYPES, "VARCHAR"))
    connection.execute(f"CREATE TABLE {name} ({columns})")
    connection.register("arrow_", table.arrow)
    connection.execute(f"INSERT INTO {name} FROM arrow_")
    connection.unregister("arrow_")
    _comment(connection, "TABLE", name, table.description)
    for field in table.fields:
        comment = field.get("description", "")
        if field["name"] in table.key:
            comment += " In the primary key."
        if reference := table.references.get(field["name"]):
            comment += " Refers to {}.{}.".format(*reference)
        _comment(connection, "COLUMN", f"{name}.{quoted(field['name'])}", comment)


def _comment(connection: DuckDBPyConnection, kind: str, name: str, text: str) -> None:
    literal = text.strip().replace("'", "''")
    connection.execute(f"COMMENT ON {kind} {name} IS '{literal}'")
