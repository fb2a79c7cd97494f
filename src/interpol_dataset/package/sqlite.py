"""
Packages as SQLite databases, with metadata for Datasette beside them.

A list is the text of a JSON array, a day its ISO text, a truth value 0 or 1.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.package.jsonl import json_file, json_line
from interpol_dataset.package.sql import VIEWS, columns_of, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.package.formats import About, Described


_TYPES: Final[Mapping[str, str]] = {
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

_METADATA: Final = "metadata.json"


def write(tables: Sequence[Described], about: About) -> dict[str, bytes]:
    """
    Write tables as a database; see :func:`interpol_dataset.package.formats.write_whole`.

    :raises ValueError: The database refuses a table.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN")
            for table in tables:
                _create(connection, table)
            views = _add_views(connection)
            _add_search(connection, tables)
            connection.execute("COMMIT")
        except (sqlite3.Error, OverflowError) as error:
            raise ValueError(str(error)) from error
        connection.execute("VACUUM")
        content = connection.serialize()

    return {
        f"{about.stem}.sqlite": content,
        _METADATA: json_file(_metadata(tables, views, about)),
    }


def _create(connection: sqlite3.Connection, table: Described) -> None:
    """Create a table with its rows and indexes."""
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
    """Return the definitions of columns and keys, as CREATE TABLE wants them."""
    yield from columns_of(table, _TYPES, "TEXT")
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
            connection.execute(f"CREATE VIEW {quoted(name)} AS {_dedented(view.sql)}")
            there.append(name)

    return there


def _dedented(sql: str) -> str:
    return "\n".join(line.strip() for line in sql.strip().splitlines())


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
    """Return what Datasette shows beside the tables."""
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
