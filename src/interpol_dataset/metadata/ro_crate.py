"""
RO-Crate 1.2: the project's folder as a research object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interpol_dataset.metadata.about import LANGUAGE
from interpol_dataset.package.reader import DESCRIPTOR

if TYPE_CHECKING:
    from interpol_dataset.metadata.about import About, Table


_Node: TypeAlias = dict[str, Any]

_SPECIFICATION: Final = "https://w3id.org/ro/crate/1.2"


def ro_crate(about: About) -> _Node:
    """Describe the package as a crate whose root is the folder of ``datapackage.json``."""
    creators = [{"@id": f"#creator-{number}"} for number, _ in enumerate(about.creators, 1)]
    place = {"url": about.homepage} if about.homepage else {}
    doi = {"cite-as": about.id} if about.doi else {}
    graph: list[_Node] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": _SPECIFICATION},
            "about": {"@id": "./"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "identifier": about.id,
            "name": about.title,
            "description": about.description,
            **place,
            **doi,
            "version": about.version,
            "datePublished": about.day,
            "license": {"@id": about.license.url},
            "author": creators,
            "publisher": creators[0],
            "keywords": ", ".join(about.keywords),
            "inLanguage": LANGUAGE,
            "creditText": about.citation,
            "hasPart": [{"@id": DESCRIPTOR}, *({"@id": table.path} for table in about.tables)],
        },
        {
            "@id": DESCRIPTOR,
            "@type": "File",
            "name": "Data Package descriptor",
            "description": "What the package holds, with the Table Schema of each table.",
            "encodingFormat": "application/json",
            "conformsTo": {"@id": "https://datapackage.org/profiles/2.0/datapackage.json"},
        },
        *(_file(table) for table in about.tables),
        {
            "@id": about.license.url,
            "@type": "CreativeWork",
            "name": about.license.title,
            "description": f"The licence of the data, {about.license.name}.",
            "identifier": about.license.name,
        },
        *(
            {"@id": node["@id"], "@type": "Organization", "name": name}
            for node, name in zip(creators, about.creators, strict=True)
        ),
    ]

    return {"@context": f"{_SPECIFICATION}/context", "@graph": graph}


def _file(table: Table) -> _Node:
    return {
        "@id": table.path,
        "@type": "File",
        "name": table.name,
        "description": table.description,
        "encodingFormat": table.mediatype,
        "contentSize": str(table.size),
        "sha256": table.sha256,
    }
