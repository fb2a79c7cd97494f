"""
The package in the standards of linked data: Croissant, DCAT-AP, RO-Crate and schema.org.

Addresses of files are relative to the description: they lead to the files wherever both are. Where
a standard wants an address of the dataset that there is not, it is the folder of the description.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interpol_dataset.metadata.about import LANGUAGE
from interpol_dataset.package.reader import DESCRIPTOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
        "distribution": [_file_object(table) for table in about.tables],
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


def _file_object(table: Table) -> _Node:
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


_PREFIXES: Final = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
_THEME: Final = f"{_AUTHORITY}/data-theme/JUST"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types"


def dcat(about: About) -> str:
    """Describe the package and each table."""
    lines = (_PREFIXES, *_dataset(about), *_distributions(about), *_terms(about))

    return "".join(f"{line}\n" for line in lines)


def _dataset(about: About) -> Iterator[str]:
    yield f"<{about.id}> a dcat:Dataset ;"
    yield f"    dct:identifier {_text(about.id)} ;"
    yield f"    dct:title {_words(about.title)} ;"
    yield f"    dct:description {_words(about.description)} ;"
    for word in about.keywords:
        yield f"    dcat:keyword {_words(word)} ;"
    for name in about.creators:
        yield f"    dct:creator [ a foaf:Agent ; foaf:name {_words(name)} ] ;"
    yield f"    dct:publisher [ a foaf:Agent ; foaf:name {_words(about.creators[0])} ] ;"
    yield f'    dct:issued "{about.day}"^^xsd:date ;'
    yield f"    dcat:version {_text(about.version)} ;"
    yield f"    dct:language <{_AUTHORITY}/language/ENG> ;"
    yield f"    dcat:theme <{_THEME}> ;"
    yield f"    dct:accessRights <{_AUTHORITY}/access-right/PUBLIC> ;"
    if about.homepage:
        yield f"    dcat:landingPage <{about.homepage}> ;"
    listed = ", ".join(f"<#{table.name}>" for table in about.tables)
    yield f"    dcat:distribution {listed} ."


def _distributions(about: About) -> Iterator[str]:
    for table in about.tables:
        yield ""
        yield from _distribution(about, table)


def _distribution(about: About, table: Table) -> Iterator[str]:
    yield f"<#{table.name}> a dcat:Distribution ;"
    yield f"    dct:title {_words(table.name)} ;"
    yield f"    dct:description {_words(table.description)} ;"
    yield f"    dcat:accessURL <{table.path}> ;"
    yield f"    dcat:downloadURL <{table.path}> ;"
    yield f"    dcat:mediaType <{_MEDIA_TYPES}/{table.mediatype}> ;"
    yield f"    dct:format <{_AUTHORITY}/file-type/{_format(table)}> ;"
    yield f'    dcat:byteSize "{table.size}"^^xsd:decimal ;'
    yield "    spdx:checksum [ a spdx:Checksum ;"
    yield "        spdx:algorithm spdx:checksumAlgorithm_sha256 ;"
    yield f'        spdx:checksumValue "{table.sha256}"^^xsd:hexBinary ] ;'
    yield f"    dct:license <{about.license.url}> ."


def _terms(about: About) -> Iterator[str]:
    """Write what kind of thing each outside term is, for checks that don't look them up."""
    yield ""
    yield f"<{about.license.url}> a dct:LicenseDocument ."
    yield f"<{_AUTHORITY}/language/ENG> a dct:LinguisticSystem ."
    yield f"<{_AUTHORITY}/access-right/PUBLIC> a dct:RightsStatement ."
    yield f"<{_THEME}> a skos:Concept ;"
    yield f"    skos:prefLabel {_words('Justice, legal system and public safety')} ."
    for type_ in sorted({table.mediatype for table in about.tables}):
        yield f"<{_MEDIA_TYPES}/{type_}> a dct:MediaType ."
    for format_ in sorted({_format(table) for table in about.tables}):
        yield f"<{_AUTHORITY}/file-type/{format_}> a dct:MediaTypeOrExtent ."


def _format(table: Table) -> str:
    return table.path.rpartition(".")[2].upper()


def _text(value: str) -> str:
    # JSON's escapes are among those of Turtle.
    return json.dumps(value, ensure_ascii=False)


def _words(value: str) -> str:
    return f"{_text(value)}@{LANGUAGE}"


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
        *(_crate_file(table) for table in about.tables),
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


def _crate_file(table: Table) -> _Node:
    return {
        "@id": table.path,
        "@type": "File",
        "name": table.name,
        "description": table.description,
        "encodingFormat": table.mediatype,
        "contentSize": str(table.size),
        "sha256": table.sha256,
    }


def schema_org(about: About) -> _Node:
    """Describe the package and its files."""
    place = {"url": about.homepage} if about.homepage else {}

    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": about.id,
        "identifier": about.id,
        "name": about.title,
        "alternateName": about.name,
        "description": about.description,
        **place,
        "version": about.version,
        "datePublished": about.day,
        "license": about.license.url,
        "creator": [{"@type": "Organization", "name": name} for name in about.creators],
        "keywords": list(about.keywords),
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "creditText": about.citation,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": table.name,
                "description": table.description,
                "contentUrl": table.path,
                "encodingFormat": table.mediatype,
                "contentSize": f"{table.size} B",
                "sha256": table.sha256,
            }
            for table in about.tables
        ],
    }
