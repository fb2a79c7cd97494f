"""
Croissant 1.1: the tables as record sets, for machine learning tools.

The standard wants an address of the dataset; without one, it is the folder that the file is in.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interpol_dataset.metadata.about import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.metadata.about import About, Table


_Node: TypeAlias = dict[str, Any]

#: The standard's own context, from its appendix.
_CONTEXT: Final = Path(__file__).with_name("data") / "croissant-context.json"

#: Lists are JSON in one cell of CSV, and so are texts here.
_TYPES: Final = {
    "array": "sc:Text",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "string": "sc:Text",
}


def croissant(about: About) -> _Node:
    """
    Describe the package and every table in it.

    Foreign keys are left out of tables to which others refer: mlcroissant can't follow a chain of
    references, nor one from a table to itself.
    """
    references = [target for table in about.tables for target in _references(table).values()]
    targets = {target.partition("/")[0] for target in references}

    return {
        "@context": json.loads(_CONTEXT.read_text("utf-8")),
        "@type": "sc:Dataset",
        "@id": about.id,
        "name": about.name,
        "alternateName": about.title,
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "description": about.description,
        "url": about.homepage or "./",
        "license": about.license.url,
        "creator": [{"@type": "sc:Organization", "name": name} for name in about.creators],
        "datePublished": about.day,
        "version": about.version,
        "keywords": list(about.keywords),
        "citeAs": about.citation,
        "inLanguage": LANGUAGE,
        "isLiveDataset": False,
        "distribution": [_file(table) for table in about.tables],
        "recordSet": [
            _record_set(table, {} if table.name in targets else _references(table))
            for table in about.tables
        ],
    }


def _references(table: Table) -> dict[str, str]:
    """Return the id of the field that each foreign key of one column refers to."""
    return {
        key["fields"][0]: f"{key['reference']['resource'] or table.name}/id"
        for key in table.schema.get("foreignKeys", ())
    }


def _file(table: Table) -> _Node:
    return {
        "@type": "cr:FileObject",
        "@id": table.path,
        "name": table.path.rpartition("/")[2],
        "description": table.description,
        "contentUrl": table.path,
        "contentSize": f"{table.size} B",
        "encodingFormat": table.mediatype,
        "sha256": table.sha256,
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
