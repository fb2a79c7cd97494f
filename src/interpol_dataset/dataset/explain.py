"""Answer "who says so?" for any cell; a fact is explained without importing models of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from interpol_dataset.dataset.explanation import Explanation, explained
from interpol_dataset.dataset.tables import fitting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.dataset.tables import Tables


def explain(
    tables: Tables, record: str | tuple[str, ...], field: str, table: str | None = None
) -> Explanation:
    """Explain a field of a record; see :meth:`interpol_dataset.Dataset.explain`."""
    key = tuple(map(str, record)) if isinstance(record, (tuple, list)) else record
    with fitting(tables):
        if isinstance(key, str) and (found := _fact(tables, key, str(field), table)):
            return found
        from interpol_dataset.dataset.cells import explain_cell  # noqa: PLC0415  # brings pydantic

        return explain_cell(tables, key, str(field), table)


def _fact(tables: Tables, record: str, field: str, table: str | None) -> Explanation | None:
    """Explain a fact of a record; ``None`` if the field is something else."""
    holding = [name for name in tables.names if _holds_records(tables.schema(name))]
    if not {"evidence", "verification"} <= {*tables.names} or table not in {None, *holding}:
        return None
    of_table, id_ = tables.locate(record, holding if table is None else [table])
    about = {"record_table": of_table, "record_id": id_}
    facts = {row["field"]: row for row in tables.rows("verification", **about)}
    # Where the table is named, a column is meant before an outcome of its name.
    for path in (field, f"outcomes/{field}") if table is None else (field,):
        if path in facts:
            return explained(tables, facts[path], tables.rows("evidence", **about))
    return None


def _holds_records(schema: Mapping[str, Any]) -> bool:
    """Return whether a table has a row for each record: an id that is not another table's."""
    is_id = ("id", ["id"])
    referring = (key["fields"] for key in schema.get("foreignKeys", ()))
    return schema.get("primaryKey") in is_id and not any(key in is_id for key in referring)
