"""
Arrow schemas from Table Schemas, and Arrow tables from rows.

Only the standard library and pyarrow are needed here, so that loading stays quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["arrow_schema", "arrow_table"]

_TYPES: Final[Mapping[str, pa.DataType]] = {
    "string": pa.string(),
    "boolean": pa.bool_(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "array": pa.list_(pa.string()),
}


def arrow_schema(schema: Mapping[str, Any]) -> pa.Schema:
    """
    Render a Table Schema as an Arrow schema, with the descriptions of its fields.

    :param schema: The Table Schema; its types are those that this package writes.
    """
    return pa.schema(
        [
            pa.field(
                field["name"],
                _TYPES[field["type"]],
                nullable=not field.get("constraints", {}).get("required", False),
                metadata={"description": field.get("description", "")},
            )
            for field in schema["fields"]
        ]
    )


def arrow_table(rows: Iterable[object], schema: Mapping[str, Any]) -> pa.Table:
    """
    Put rows into an Arrow table.

    :param rows: The rows in the order of the table, each with an attribute for every column.
    :param schema: The table's Table Schema.
    """
    target = arrow_schema(schema)
    listed = list(rows)
    columns = {name: [_plain(getattr(row, name)) for row in listed] for name in target.names}

    return pa.table(columns, schema=target)


def _plain(value: object) -> object:
    """Return what Arrow can hold: notations as text, terms as text, lists as lists."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, tuple):
        return [str(item) for item in value] or None
    if hasattr(value, "isoformat"):
        return value

    return str(value)
