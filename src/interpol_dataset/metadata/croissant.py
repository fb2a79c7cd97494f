"""
The tables as record sets of Croissant 1.1, for machine learning tools.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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


def record_sets(tables: Sequence[_Node]) -> list[_Node]:
    """
    Describe every table.

    Foreign keys are left out of tables to which others refer: mlcroissant can't follow a chain of
    references, nor one from a table to itself.

    :param tables: The facts of the tables.
    """
    references = {table["table"]: _references(table) for table in tables}
    targets = {target.partition("/")[0] for own in references.values() for target in own.values()}

    return [
        _record_set(table, {} if table["table"] in targets else references[table["table"]])
        for table in tables
    ]


def _references(table: _Node) -> dict[str, str]:
    """Return the id of the field that each foreign key of one column refers to."""
    return {
        key["fields"][0]: f"{key['reference']['resource'] or table['table']}/id"
        for key in table["schema"].get("foreignKeys", ())
    }


def _record_set(table: _Node, references: Mapping[str, str]) -> _Node:
    name, schema = table["table"], table["schema"]
    key = [{"@id": f"{name}/{column}"} for column in schema["primaryKey"]]

    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": table["table_description"],
        "key": key if len(key) > 1 else key[0],
        "field": [_field(table, field, references) for field in schema["fields"]],
    }


def _field(table: _Node, field: _Node, references: Mapping[str, str]) -> _Node:
    name = field["name"]
    described: _Node = {
        "@type": "cr:Field",
        "@id": f"{table['table']}/{name}",
        "name": name,
        "description": field["description"],
        "dataType": _TYPES[field["type"]],
        "source": {"fileObject": {"@id": table["path"]}, "extract": {"column": name}},
    }
    if name in references:
        described["references"] = {"field": {"@id": references[name]}}

    return described
