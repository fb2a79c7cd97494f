"""
Ids in a dataset: which there are, what became of retired ones, and the rows that bear one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interpol_dataset.dataset.dataset import Dataset

__all__ = ["locate", "rows_with"]


def rows_with(dataset: Dataset, table: str, **wanted: str) -> list[dict[str, Any]]:
    """Return the rows of a table whose columns have these values."""
    import pyarrow.compute as pc  # noqa: PLC0415  # only who looks something up pays for it

    arrow = dataset.table(table).to_arrow()
    for column, value in wanted.items():
        arrow = arrow.filter(pc.equal(arrow[column], value))

    rows: list[dict[str, Any]] = arrow.to_pylist()
    return rows


def locate(dataset: Dataset, id_: str, tables: Sequence[str]) -> tuple[str, str]:
    """
    Find the table in which a record stands, and its id there: a retired id leads to another.

    :param dataset: The dataset.
    :param id_: The id.
    :param tables: The tables in which it may stand, at least one, in the order in which they are
        tried.
    :raises UnknownRecordError: There is no such record any more, or there never was one.
    """
    known: dict[str, list[str]] = {}
    for name in tables:
        known[name] = dataset.table(name).to_arrow()["id"].to_pylist()
        if id_ in known[name]:
            return name, id_

    retired = rows_with(dataset, "retired_ids", id=id_) if "retired_ids" in dataset.tables else []
    for row in retired:
        name = row["record_table"]
        if name in known and row["redirect"] in known[name]:
            return name, row["redirect"]
        if name in known:
            raise UnknownRecordError(f"'{id_}' was withdrawn from the {name}: {row['reason']}")

    where = tables[0] if len(tables) == 1 else "records"
    raise UnknownRecordError(
        f"there is no '{id_}' among the {where}",
        hint=suggestion(
            id_,
            [there for ids in known.values() for there in ids],
            f"see 'interpol-dataset list {tables[0]}'",
        ),
    )
