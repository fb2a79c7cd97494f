"""
Packages as DuckDB databases, in which tables and columns have comments.

Keys are in the comments: as constraints, they would make the file two and a half times as large.
"""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from interpol_dataset.errors import MissingExtraError
from interpol_dataset.package.sql import VIEWS, columns_of, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from interpol_dataset.package.formats import About, Described


_TYPES: Final[Mapping[str, str]] = {
    "boolean": "BOOLEAN",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "array": "VARCHAR[]",
}


def write(tables: Sequence[Described], about: About) -> dict[str, bytes]:
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
                    _create(connection, table)
                for view, (description, sql) in VIEWS.items():
                    with suppress(duckdb.CatalogException, duckdb.BinderException):
                        connection.execute(f"CREATE VIEW {quoted(view)} AS {sql}")
                        _comment(connection, "VIEW", quoted(view), description)
        except duckdb.Error as error:
            raise ValueError(str(error).partition("\n")[0]) from error

        return {name: path.read_bytes()}


def _create(connection: DuckDBPyConnection, table: Described) -> None:
    """Create a table with its rows, and comments on it and its columns."""
    name = quoted(table.name)
    connection.execute(f"CREATE TABLE {name} ({', '.join(columns_of(table, _TYPES, 'VARCHAR'))})")
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
