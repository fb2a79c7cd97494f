"""
Arrow tables: their schemas from Table Schemas, their cells from objects and JSON, and back.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from interpol_dataset.package.reader import Package


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
    Return a Table Schema as an Arrow schema, with the descriptions of its fields.

    :param schema: The Table Schema, with the types that this package writes.
    :raises ValueError: Two fields have one name.
    """
    names = [field["name"] for field in schema["fields"]]
    if len(set(names)) < len(names):
        raise ValueError("two fields have one name")

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
    Return objects as an Arrow table.

    :param rows: The rows in the order of the table, each with an attribute for every column.
    :param schema: The table's Table Schema.
    """
    target = arrow_schema(schema)
    listed = list(rows)
    columns = {
        field.name: _cells(map(attrgetter(field.name), listed), field.type) for field in target
    }

    return pa.table(columns, schema=target)


def _cells(values: Iterable[Any], type_: pa.DataType) -> list[object]:
    """Return what Arrow can hold: notations and terms as text, tuples as lists."""
    if type_ == pa.string():
        return [None if value is None else str(value) for value in values]
    if pa.types.is_list(type_):
        return [[str(item) for item in value or ()] or None for value in values]

    return [*values]


def from_json(rows: Iterable[Mapping[str, Any]], schema: Mapping[str, Any]) -> pa.Table:
    """
    Return rows from JSON as an Arrow table.

    :param rows: The rows; a missing key is an empty cell.
    :param schema: The table's Table Schema.
    :raises pa.ArrowInvalid: A row does not fit the schema.
    """
    target = arrow_schema(schema)
    listed = list(rows)
    columns = {
        field.name: [_from_json(row.get(field.name), field.type) for row in listed]
        for field in target
    }
    try:
        return complete(pa.table(columns, schema=target))
    except OverflowError as error:
        raise pa.ArrowInvalid(str(error)) from error


def _from_json(value: object, type_: pa.DataType) -> object:
    """Return a cell as Arrow takes it. Left alone, Arrow cuts 1.5 to 1 and a text to a list."""
    if isinstance(value, float) and type_ == pa.int64():
        raise pa.ArrowInvalid(f"{value} is not a whole number")
    if isinstance(value, str) and pa.types.is_list(type_):
        raise pa.ArrowInvalid(f"{value!r} is not a list")

    return date.fromisoformat(str(value)) if value is not None and type_ == pa.date32() else value


def to_json(table: pa.Table) -> list[dict[str, Any]]:
    """Return a table's rows as JSON can hold them: days as text, empty cells as null."""
    return [
        {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
        for row in table.to_pylist()
    ]


def complete(table: pa.Table) -> pa.Table:
    """
    Return a table unchanged if no required cell is empty; Arrow itself does not check.

    :raises pa.ArrowInvalid: A required cell is empty.
    """
    for field, column in zip(table.schema, table.columns, strict=True):
        if not field.nullable and column.null_count:
            row = column.is_null().index(True).as_py() + 1  # the value looked for
            raise pa.ArrowInvalid(f"the column '{field.name}' is empty in row {row}")

    return table


@contextmanager
def parsing(package: Package, name: str) -> Iterator[None]:
    """
    Report anything that goes wrong while a resource is parsed as a fault of its file.

    Descriptor and file may come from anybody, so their content may have any shape.

    :param package: The data package.
    :param name: The resource's name.
    :raises PackageError: Something went wrong.
    """
    try:
        yield
    except MemoryError as error:
        raise package.unreadable(name, "there is not enough memory to read it") from error
    except (
        pa.ArrowException,
        OSError,  # Arrow's, too: what is parsed was read before
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise package.unreadable(name, str(error)) from error
