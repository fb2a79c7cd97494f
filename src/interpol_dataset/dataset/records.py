"""
Typed records from a dataset's tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from interpol_dataset.dataset.tables import locate, rows_with
from interpol_dataset.errors import PackageError
from interpol_dataset.tables import rows as r
from interpol_dataset.tables.restore import restore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.dataset.dataset import Dataset
    from interpol_dataset.records import models as m
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.tables.tabulate import Tables

__all__ = ["RecordLookup", "all_records"]

_ROWS = {row.TABLE: row for row in r.TABLES}


class RecordLookup:
    """
    Finds records by their ids.

    :param dataset: The dataset whose tables are searched.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset

    def case(self, id_: str) -> m.Case:
        """Return a case, or raise :class:`UnknownRecordError`."""
        links = {"case_categories": "case_id", "case_relations": "case_id"}
        return self._restore("cases", id_, links).cases[0]

    def category(self, id_: str) -> m.Category:
        """Return a category, or raise :class:`UnknownRecordError`."""
        return self._restore("categories", id_, {}).categories[0]

    def challenge(self, id_: str) -> m.Challenge:
        """Return a challenge, or raise :class:`UnknownRecordError`."""
        return self._restore("challenges", id_, {}).challenges[0]

    def lesson(self, id_: str) -> m.Lesson:
        """Return a lesson, or raise :class:`UnknownRecordError`."""
        return self._restore("lessons", id_, {"lesson_challenges": "lesson_id"}).lessons[0]

    def claim(self, id_: str) -> m.Claim:
        """Return a claim, or raise :class:`UnknownRecordError`."""
        return self._restore("claims", id_, {"claim_searches": "claim_id"}).claims[0].claims[0]

    def source(self, id_: str) -> m.Source:
        """Return a source, or raise :class:`UnknownRecordError`."""
        return self._restore("sources", id_, {}).sources[0]

    def _restore(self, table: str, id_: str, links: dict[str, str]) -> Records:
        """Write one record again from the rows that belong to it."""
        _, id_ = locate(self._dataset, id_, [table])
        tables: Tables = {table: self._rows(table, id=id_)}
        tables |= {name: self._rows(name, **{column: id_}) for name, column in links.items()}
        for name in ("evidence", "verification"):
            tables[name] = self._rows(name, record_table=table, record_id=id_)

        return _restored(tables, self._dataset)

    def _rows(self, table: str, **wanted: str) -> tuple[r.Row, ...]:
        rows = rows_with(self._dataset, table, **wanted)

        return _typed(_ROWS[table], rows, self._dataset)


def all_records(dataset: Dataset) -> Records:
    """Return all records of a dataset, typed, or raise :class:`PackageError`."""
    return _restored(
        {name: _typed(row, dataset.table(name), dataset) for name, row in _ROWS.items()}, dataset
    )


def _typed(
    row: type[r.Row], values: Iterable[dict[str, Any]], dataset: Dataset
) -> tuple[r.Row, ...]:
    try:
        return tuple(row.model_validate(cells) for cells in values)
    except ValidationError as error:
        raise _inconsistent(dataset, f"the table '{row.TABLE}'", error) from error


def _restored(tables: Tables, dataset: Dataset) -> Records:
    """Write records again; tables that somebody changed may not hold together."""
    try:
        return restore(tables)
    except (ValidationError, KeyError, ValueError) as error:
        raise _inconsistent(dataset, "the rows of a record", error) from error


def _inconsistent(dataset: Dataset, what: str, error: Exception) -> PackageError:
    why = "one that belongs to another is missing"
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        why = f"{'/'.join(str(step) for step in fault['loc'])}: {fault['msg']}"

    return PackageError(
        f"{what} can't be read as records: {why}",
        where=str(dataset.directory),
        hint="build or export the package again",
    )
