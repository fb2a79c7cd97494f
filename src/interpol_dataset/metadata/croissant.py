"""
The tables as record sets of Croissant 1.1, for machine learning tools.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.metadata.about import About, Table


_Node: TypeAlias = dict[str, Any]

#: Lists are JSON in one cell of CSV, and so are texts here.
_TYPES: Final = {
    "array": "sc:Text",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "string": "sc:Text",
}


def record_sets(about: About) -> list[_Node]:
    """
    Describe every table.

    Foreign keys are left out of tables to which others refer: mlcroissant can't follow a chain of
    references, nor one from a table to itself.
    """
    references = [target for table in about.tables for target in _references(table).values()]
    targets = {target.partition("/")[0] for target in references}

    return [
        _record_set(table, {} if table.name in targets else _references(table))
        for table in about.tables
    ]


def _references(table: Table) -> dict[str, str]:
    """Return the id of the field that each foreign key of one column refers to."""
    return {
        key["fields"][0]: f"{key['reference']['resource'] or table.name}/id"
        for key in table.schema.get("foreignKeys", ())
    }


def _record_set(table: Table, references: Mapping[str, str]) -> _Node:
    key = [{"@id": f"{table.name}/{name}"} for name in table.schema["primaryKey"]]

    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": key if len(key) > 1 else key[0],
        "field": [_field(table, field, references) for field in table.schema["fields"]],
    }


def _field(table: Table, field: _Node, references: Mapping[str, str]) -> _Node:
    name = field["name"]
    described: _Node = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{name}",
        "name": name,
        "description": field["description"],
        "dataType": _TYPES[field["type"]],
        "source": {"fileObject": {"@id": table.path}, "extract": {"column": name}},
    }

    if name in references:
        described["references"] = {"field": {"@id": references[name]}}

    return described
