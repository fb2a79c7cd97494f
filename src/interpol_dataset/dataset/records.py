"""Typed records from tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from interpol_dataset.errors import PackageError
from interpol_dataset.tables import rows as r
from interpol_dataset.tables.restore import restore

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from interpol_dataset.dataset.tables import Tables
    from interpol_dataset.records.document import Records


_ROWS: Final = {row.TABLE: row for row in r.TABLES}
#: The tables with rows of records of several kinds.
_OF_ANY: Final = ("evidence", "searches", "statement_cases", "statement_numbers", "verification")


def one_record(tables: Tables, table: str, id_: str) -> Records:
    """Return one record, alone among its kind."""
    _, id_ = tables.locate(id_, [table])
    found = {table: tables.rows(table, id=id_)}
    for name in ("case_categories", "case_relations") if table == "cases" else ():
        found[name] = tables.rows(name, case_id=id_)
    for name in _OF_ANY:
        found[name] = tables.rows(name, record_table=table, record_id=id_)
    return _restored(tables, found)


def all_records(tables: Tables) -> Records:
    """
    Return all records.

    :raises PackageError: The tables are not consistent.
    """
    return _restored(tables, {name: tables.table(name) for name in _ROWS})


def _restored(tables: Tables, found: Mapping[str, Iterable[dict[str, Any]]]) -> Records:
    """Return rows as records. Anybody may have changed the tables: they may not fit together."""
    what = ""
    try:
        typed = {}
        for name, rows in found.items():
            what = f"the table '{name}'"
            typed[name] = tuple(_ROWS[name].model_validate(row) for row in rows)
        what = "the rows of a record"
        return restore(typed)
    except (ValidationError, KeyError, ValueError) as error:
        raise PackageError(
            f"{what} can't be read as records: {_why(error)}",
            where=str(tables.directory),
            hint="build or export the package again",
        ) from error


def _why(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "a row that it needs is missing"
    fault = error.errors()[0]
    return f"{'/'.join(str(step) for step in fault['loc'])}: {fault['msg']}"
