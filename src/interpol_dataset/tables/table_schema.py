"""
The columns of the tables, and what is rendered from them: Table Schema and Arrow schema.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interpol_dataset.schema.field_info import FieldType, fields_of
from interpol_dataset.schema.vocabulary import Documents, Finds, MatchType, SourceKind, Term
from interpol_dataset.tables.rows import TABLES, Row
from interpol_dataset.values import edtf, fact_path
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Mapping


Descriptor: TypeAlias = dict[str, Any]

TABLE_SCHEMA: Final = "https://datapackage.org/profiles/2.0/tableschema.json"

_TYPES: Final[Mapping[type, str]] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    date: "date",
}

#: The vocabularies whose terms have an order, in which they are listed.
_ORDERED: Final = frozenset({Documents, Finds, MatchType, SourceKind})

#: Patterns of values that have a notation of their own.
_PATTERNS: Final[Mapping[type, str]] = {Edtf: edtf.PATTERN, FactPath: fact_path.PATTERN}


def table_schemas() -> dict[str, Descriptor]:
    """Return the Table Schema of every table, by its name."""
    return {row.TABLE: table_schema(row) for row in TABLES}


def table_schema(row: type[Row]) -> Descriptor:
    """
    Render a table's columns as a Table Schema (version 2).

    :param row: The model of its rows.
    """
    columns = fields_of(row)
    foreign_keys = [
        {
            "fields": [name],
            "reference": {
                "resource": "" if kind.references == row.TABLE else kind.references,
                "fields": ["id"],
            },
        }
        for name, kind in columns.items()
        if kind.references and not kind.many
    ]
    schema: Descriptor = {
        "$schema": TABLE_SCHEMA,
        "fields": [_field(row, name, kind) for name, kind in columns.items()],
        "missingValues": [""],
        "primaryKey": list(row.KEY),
    }

    return schema | ({"foreignKeys": foreign_keys} if foreign_keys else {})


def _field(row: type[Row], name: str, kind: FieldType) -> Descriptor:
    field: Descriptor = {
        "name": name,
        "type": "array" if kind.many else _TYPES.get(kind.base, "string"),
        "title": kind.title,
        "description": kind.description,
    }
    if kind.example is not None:
        field["example"] = _example(kind)
    if kind.unit is not None:
        field["unit"] = kind.unit
    if issubclass(kind.base, Term) and not kind.many:
        field["categories"] = [{"value": term, "label": term.label} for term in kind.base]
        if kind.base in _ORDERED:
            field["categoriesOrdered"] = True

    constraints = _constraints(row, name, kind)

    return field | ({"constraints": constraints} if constraints else {})


def _constraints(row: type[Row], name: str, kind: FieldType) -> Descriptor:
    """Return what a cell of the column has to meet."""
    if kind.many:
        return {}  # what holds of each item can't be said of the list

    constraints: Descriptor = {}
    if not kind.nullable:
        constraints["required"] = True
    if (name,) == row.KEY:
        constraints["unique"] = True
    if kind.terms:
        constraints["enum"] = [str(term) for term in kind.terms]
    if kind.base in _PATTERNS:
        constraints["pattern"] = _PATTERNS[kind.base]
    if kind.pattern:
        constraints["pattern"] = kind.pattern
    if kind.max_length:
        constraints["maxLength"] = kind.max_length
    if kind.minimum is not None:
        constraints["minimum"] = kind.minimum

    return constraints


def _example(kind: FieldType) -> str:
    """Write a value as a cell of CSV has it."""
    if kind.many or isinstance(kind.example, bool):
        return json.dumps(kind.example, ensure_ascii=False, separators=(",", ":"))

    return str(kind.example)
