"""
Packages as one file that other programs open: a SQLite or DuckDB database, an Excel workbook.

They are written, not read: :func:`interpol_dataset.load` loads the other formats. A format's module
is imported when the format is used.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa


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
