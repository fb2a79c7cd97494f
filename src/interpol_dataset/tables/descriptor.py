"""
The descriptor: what the package and its tables say of themselves (Data Package, version 2).

The package has no public address and no DOI yet: once it has, ``homepage`` and ``id`` in
``templates/package.json`` say so for all other metadata, too.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interpol_dataset._version import RELEASED, __version__
from interpol_dataset.evidence.verification import RULE_VERSION
from interpol_dataset.package.reader import file_properties
from interpol_dataset.package.text import json_line
from interpol_dataset.schema.field_info import FieldType, fields_of
from interpol_dataset.schema.vocabulary import Finds, MatchType, Read, SourceKind, Term
from interpol_dataset.tables.rows import TABLES, Row
from interpol_dataset.values import edtf, fact_path
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.records.document import Records

Descriptor: TypeAlias = dict[str, Any]
_TYPES: Final[Mapping[type, str]] = {bool: "boolean", int: "integer", float: "number", date: "date"}
#: The vocabularies whose terms have an order, in which they are listed.
_ORDERED: Final = frozenset({Finds, MatchType, Read, SourceKind})
#: Patterns of values that have a notation of their own.
_PATTERNS: Final[Mapping[type, str]] = {Edtf: edtf.PATTERN, FactPath: fact_path.PATTERN}


def table_schemas() -> dict[str, Descriptor]:
    """Return the Table Schema of every table, by its name."""
    return {row.TABLE: table_schema(row) for row in TABLES}


def table_schema(row: type[Row]) -> Descriptor:
    """Render a table's columns as a Table Schema (version 2)."""
    columns = fields_of(row)
    references = {
        name: "" if kind.references == row.TABLE else kind.references
        for name, kind in columns.items()
        if kind.references and not kind.many
    }
    return _stated(
        {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": [_field(row, name, kind) for name, kind in columns.items()],
            "missingValues": [""],
            "primaryKey": list(row.KEY),
            "foreignKeys": [
                {"fields": [name], "reference": {"resource": table, "fields": ["id"]}}
                for name, table in references.items()
            ]
            or None,
        }
    )


def _field(row: type[Row], name: str, kind: FieldType) -> Descriptor:
    is_closed = issubclass(kind.base, Term) and not kind.many
    is_json = kind.many or isinstance(kind.example, bool)
    example = json_line(kind.example) if is_json else str(kind.example)  # as a cell of CSV has it
    return _stated(
        {
            "name": name,
            "type": "array" if kind.many else _TYPES.get(kind.base, "string"),
            "title": kind.title,
            "description": kind.description,
            "example": None if kind.example is None else example,
            "unit": kind.unit,
            "categories": [{"value": term, "label": term.label} for term in kind.base]
            if is_closed
            else None,
            "categoriesOrdered": (is_closed and kind.base in _ORDERED) or None,
            "constraints": _constraints(row, name, kind) or None,
        }
    )


def _constraints(row: type[Row], name: str, kind: FieldType) -> Descriptor:
    if kind.many:
        return {}  # what holds of each item can't be said of the list
    return _stated(
        {
            "required": not kind.nullable or None,
            "unique": (name,) == row.KEY or None,
            "enum": [str(term) for term in kind.terms] or None,
            "pattern": kind.pattern or _PATTERNS.get(kind.base),
            "maxLength": kind.max_length,
            "minimum": kind.minimum,
        }
    )


def _stated(properties: Descriptor) -> Descriptor:
    return {key: value for key, value in properties.items() if value is not None}


_METADATA: Final[dict[str, Any]] = {
    **json.loads((Path(__file__).parent / "templates" / "package.json").read_text("utf-8")),
    "version": __version__,
    "created": f"{RELEASED}T00:00:00Z",
    "verificationRuleVersion": RULE_VERSION,
}
_TABLE_DOCS: Final = {row.TABLE: " ".join((row.__doc__ or "").split()) for row in TABLES}


def descriptor(records: Records, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """Render the descriptor of a package, from its records and the descriptors of its resources."""
    return _METADATA | {"sources": _roots(records), "resources": resources}


def resource(
    name: str, path: str, content: bytes, rows: int, schema: Mapping[str, Any]
) -> dict[str, Any]:
    """Render the descriptor of a table's CSV file, from its path in the package and its bytes."""
    return {
        "name": name,
        "type": "table",
        "description": _TABLE_DOCS[name],
        **file_properties(path, "csv", content, rows),
        "schema": dict(schema),
    }


def _roots(records: Records) -> list[dict[str, str]]:
    """Return the organizations whose official documents were read, as the package's sources."""
    official = {source.asserter for source in records.sources if source.kind is SourceKind.OFFICIAL}
    return [
        {"title": organization.name} | ({"path": organization.url} if organization.url else {})
        for organization in records.organizations
        if organization.id in official
    ]
