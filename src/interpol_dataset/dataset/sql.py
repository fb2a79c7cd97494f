"""Queries in SQL, over the tables and the views of the exports, by DuckDB."""

from __future__ import annotations

import re
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

from interpol_dataset.dataset.tables import computed_table
from interpol_dataset.errors import MissingExtraError, QueryError
from interpol_dataset.package.reader import instead_of
from interpol_dataset.package.whole import VIEWS, quoted

if TYPE_CHECKING:
    import pyarrow as pa

    from interpol_dataset.dataset.tables import Table, Tables


#: What is said to all errors but that a table is not there.
_HINT: Final = "write DuckDB's SQL, in which each table is a view of its name"


def query(tables: Tables, text: str) -> Table:
    """Run a query; see :meth:`interpol_dataset.Dataset.sql`."""
    try:
        import duckdb  # noqa: PLC0415  # only those who want it pay for it
    except ImportError as error:
        raise MissingExtraError("duckdb") from error

    with closing(duckdb.connect(config={"python_enable_replacements": False})) as connection:
        text = str(text)
        words = _words(text)
        views = [name for name in VIEWS if name in words and name not in tables]
        words = words.union(*(_words(VIEWS[name].sql) for name in views))
        for name in tables:
            if name.casefold() in words:  # other tables are not read
                connection.register(name, tables.table(name).to_arrow())
        for name in views:
            with suppress(duckdb.CatalogException, duckdb.BinderException):  # tables are missing
                connection.execute(f"CREATE TEMP VIEW {quoted(name)} AS {VIEWS[name].sql}")
        try:
            result = connection.sql(text)
            if result is None:
                raise QueryError("the query returns no table", hint="begin it with SELECT or FROM")
            arrow = _plain(result.to_arrow_table())
        except duckdb.Error as error:
            said = " ".join(str(error).split())
            raise QueryError(said, hint=_hint(said, tables)) from error

    return computed_table("query", "The result of a query.", arrow)


def _hint(said: str, tables: Tables) -> str:
    """Return what to do about an error of DuckDB's."""
    if match := re.match(r"Catalog Error: Table with name (\w+)", said):
        known = ", ".join([*tables, *VIEWS])
        return instead_of(match[1]) or f"the tables and views are {known}"
    if match := re.match(r'Binder Error: .*column "(\w+)" not found', said):
        return instead_of("cases", match[1]) or _HINT
    return _HINT


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _plain(table: pa.Table) -> pa.Table:
    """Return a table with the numbers that others know: sums of DuckDB have 38 digits."""
    import pyarrow as pa  # noqa: PLC0415

    for position, column in enumerate(table.schema):
        if pa.types.is_decimal(column.type):
            target = pa.int64() if column.type.scale == 0 else pa.float64()
            try:
                cast = table.column(position).cast(target)
            except pa.ArrowInvalid:  # longer than 64 bits
                cast = table.column(position).cast(pa.float64())
            table = table.set_column(position, column.name, cast)
    return table
