"""
What changed between the schemas of two versions: tables, columns, keys, terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class SchemaChange(NamedTuple):
    """
    A difference between the schemas.

    :param table: The table.
    :param column: The column; none for the table as a whole.
    :param change: What happened to it.
    :param is_breaking: Whether a query that worked before can fail or give something else.
    """

    table: str
    column: str | None
    change: str
    is_breaking: bool


def schema_changes(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> Iterator[SchemaChange]:
    """
    Compare Table Schemas.

    :param old: Those of the earlier version, by table.
    :param new: Those of the later version.
    """
    for table in sorted(old.keys() - new.keys()):
        yield SchemaChange(table, None, "removed", is_breaking=True)
    for table in sorted(new.keys() - old.keys()):
        yield SchemaChange(table, None, "added", is_breaking=False)
    for table, schema in old.items():
        if table in new:
            yield from _in_table(table, schema, new[table])


def _in_table(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[SchemaChange]:
    before, after = (
        {field["name"]: field for field in schema.get("fields", ())} for schema in (old, new)
    )
    for name in (name for name in before if name not in after):
        yield SchemaChange(table, name, "removed", is_breaking=True)
    for name in (name for name in after if name not in before):
        yield SchemaChange(table, name, "added", is_breaking=False)
    for name in (name for name in before if name in after):
        yield from _in_column(table, name, before[name], after[name])

    for what in ("primaryKey", "foreignKeys"):
        if old.get(what) != new.get(what):
            yield SchemaChange(table, None, f"{what} changed", is_breaking=what == "primaryKey")


def _in_column(
    table: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[SchemaChange]:
    if old.get("type") != new.get("type"):
        change = f"type {new.get('type')}, was {old.get('type')}"
        yield SchemaChange(table, name, change, is_breaking=True)

    limits = old.get("constraints", {}), new.get("constraints", {})
    before, after = (limit.get("enum") or [] for limit in limits)
    if before and after:
        for term in (term for term in before if term not in after):
            yield SchemaChange(table, name, f"term '{term}' removed", is_breaking=True)
        for term in (term for term in after if term not in before):
            yield SchemaChange(table, name, f"term '{term}' added", is_breaking=False)
    if limits[0].get("required") and not limits[1].get("required"):
        yield SchemaChange(table, name, "may be empty now", is_breaking=True)
