"""
The package described for catalogues: Croissant, RO-Crate, DCAT-AP and others, from templates.

In a template ``$name`` stands for a fact of the package. In those of JSON a key without a value is
left out, and an item of a list with ``$each`` is repeated for every creator, keyword or table.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import yaml

from interpol_dataset.package.jsonl import json_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


_Facts: TypeAlias = "Mapping[str, Any]"
_Node: TypeAlias = dict[str, Any]

_TEMPLATES: Final = Path(__file__).with_name("templates")

#: The types of Croissant. Lists are JSON in one cell of CSV, and so are texts here.
_DATA_TYPES: Final = {
    "array": "sc:Text",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "string": "sc:Text",
}

#: The files' names, with their templates.
_FILES: Final = {
    ".zenodo.json": "zenodo.json",
    "CITATION.cff": "citation.json",
    "croissant.json": "croissant.json",
    "datacite.json": "datacite.json",
    "dataset-card.md": "card.md",
    "dcat.ttl": "dcat.ttl",
    "ro-crate-metadata.json": "ro-crate.json",
    "schema-org.jsonld": "schema-org.json",
}
FILES: Final = tuple(_FILES)

#: Those that services read from a repository. They change with the version only, not with data.
IN_REPOSITORY: Final = FILES[:2]

#: The language of names, descriptions and notes, by ISO 639-1.
_LANGUAGE: Final = "en"

_DOI: Final = "https://doi.org/"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types"
_FILE_TYPES: Final = "http://publications.europa.eu/resource/authority/file-type"

#: Classes of size of a dataset card, each with the number of rows that it ends below.
_SIZES: Final = {
    "n<1K": 1_000,
    "1K<n<10K": 10_000,
    "10K<n<100K": 100_000,
    "100K<n<1M": 1_000_000,
    "1M<n<10M": 10_000_000,
}


def metadata(descriptor: Mapping[str, Any]) -> dict[str, bytes]:
    """
    Render the metadata of a package in every standard.

    :param descriptor: The content of its ``datapackage.json``.
    :returns: The contents of :data:`FILES`, which go to the folder of the package.
    """
    facts = _facts(descriptor)
    facts |= _card(facts) | _dcat(facts)
    return {name: _rendered(name, template, facts) for name, template in _FILES.items()}


def _rendered(name: str, template: str, facts: _Facts) -> bytes:
    if not template.endswith(".json"):
        return _text(template, facts).encode()
    filled = _filled(_read(template), facts)
    return _yaml(filled).encode() if name.endswith(".cff") else json_file(filled)


def _read(template: str) -> Any:  # noqa: ANN401  # JSON
    return json.loads((_TEMPLATES / template).read_text("utf-8"))


def _text(template: str, facts: _Facts) -> str:
    return Template((_TEMPLATES / template).read_text("utf-8")).substitute(facts)


def _yaml(content: object) -> str:
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return text


def _filled(node: Any, facts: _Facts) -> Any:  # noqa: ANN401  # JSON
    """Return a template with its places filled in."""
    match node:
        case dict():
            filled = {key: _filled(value, facts) for key, value in node.items()}
            return {key: value for key, value in filled.items() if value is not None}
        case list():
            return [item for inner in node for item in _items(inner, facts)]
        case str() if node[:1] == "$" and node[1:].isidentifier():
            return facts[node[1:]]
        case str():
            return Template(node).substitute(facts)
        case _:
            return node


def _items(node: Any, facts: _Facts) -> Iterator[Any]:  # noqa: ANN401  # JSON
    """Return an item of a list, once for each repetition."""
    if isinstance(node, dict) and "$each" in node:
        inner = {key: value for key, value in node.items() if key != "$each"}
        for own in facts[f"each_of_{node['$each']}"]:
            yield _filled(inner, {**facts, **own})
    else:
        yield _filled(node, facts)


def _facts(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the places of templates stand for, from the descriptor."""
    (license_,) = descriptor["licenses"]
    title, version, id_ = descriptor["title"], descriptor["version"], descriptor["id"]
    day, homepage = descriptor["created"][:10], descriptor.get("homepage")
    creators = [person["title"] for person in descriptor["contributors"]]
    doi = id_.removeprefix(_DOI) if id_.startswith(_DOI) else None
    tables = [_table(resource) for resource in descriptor["resources"]]
    cited = f"{', '.join(creators)} ({day[:4]}). {title}. Version {version}. Data package."
    place = id_ if doi else homepage

    return {
        "citation": f"{cited} {place}." if place else cited,
        "context": _read("croissant-context.json"),
        "day": day,
        "description": descriptor["description"],
        "description_html": escape(descriptor["description"], quote=False),
        "doi": doi,
        "doi_address": id_ if doi else None,
        "homepage": homepage,
        "id": id_,
        "keywords": list(descriptor["keywords"]),
        "keywords_listed": ", ".join(descriptor["keywords"]),
        "language": _LANGUAGE,
        "license_name": license_["name"],
        "license_title": license_["title"],
        "license_url": license_["path"],
        "mediatypes": sorted({table["mediatype"] for table in tables}),
        "name": descriptor["name"],
        "place": homepage or "./",
        "publisher": creators[0],
        "record_sets": record_sets(tables),
        "related": homepage and [{"identifier": homepage, "relation": "isSupplementTo"}],
        "size": sum(int(table["bytes"]) for table in tables),
        "spdx": license_["name"].lower(),
        "title": title,
        "version": version,
        "year": day[:4],
        "each_of_creators": [
            {"creator": name, "number": number} for number, name in enumerate(creators, 1)
        ],
        "each_of_keywords": [{"keyword": word} for word in descriptor["keywords"]],
        "each_of_tables": tables,
    }


def _table(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a table, and of the file that it is in."""
    path = resource["path"]

    return {
        "table": resource["name"],
        "table_description": resource["description"],
        "path": path,
        "file": path.rpartition("/")[2],
        "format": path.rpartition(".")[2].upper(),
        "mediatype": resource["mediatype"],
        "bytes": str(resource["bytes"]),
        "sha256": resource["hash"].removeprefix("sha256:"),
        "rows": resource["rows"],
        "schema": resource["schema"],
    }


def _card(facts: _Facts) -> dict[str, str]:
    """Return what the dataset card has of its own: front matter and a list of tables."""
    tables = facts["each_of_tables"]
    rows = sum(table["rows"] for table in tables)
    configs = [{"config_name": table["table"], "data_files": table["path"]} for table in tables]
    front = {
        "pretty_name": facts["title"],
        "license": facts["spdx"],
        "language": [_LANGUAGE],
        "tags": [*facts["keywords"], "tabular", "datapackage"],
        "size_categories": [next(name for name, most in _SIZES.items() if rows < most)],
        "configs": [configs[0] | {"default": True}, *configs[1:]],
    }
    lines = [
        f"| `{table['table']}` | {table['rows']:,} | {table['table_description']} |"
        for table in tables
    ]

    return {"front_matter": _yaml(front), "table_lines": "\n".join(lines)}


def _dcat(facts: _Facts) -> dict[str, str]:
    """Return what DCAT-AP has of its own: texts in quotes, and lines for each of several."""
    tables, quoted = facts["each_of_tables"], _quoted(facts)
    types = [f"<{_MEDIA_TYPES}/{type_}> a dct:MediaType ." for type_ in facts["mediatypes"]]
    formats = sorted({table["format"] for table in tables})
    types += [f"<{_FILE_TYPES}/{format_}> a dct:MediaTypeOrExtent ." for format_ in formats]
    words = [f"dcat:keyword {_quote(word)}@{_LANGUAGE} ;" for word in facts["keywords"]]
    creators = [
        f"dct:creator [ a foaf:Agent ; foaf:name {_quote(each['creator'])}@{_LANGUAGE} ] ;"
        for each in facts["each_of_creators"]
    ]
    places = [f"dcat:landingPage <{facts['homepage']}> ;"] if facts["homepage"] else []
    parts = (_text("dcat-table.ttl", {**facts, **table, **_quoted(table)}) for table in tables)

    return quoted | {
        "keyword_lines": "".join(f"    {line}\n" for line in words),
        "creator_lines": "".join(f"    {line}\n" for line in creators),
        "place_lines": "".join(f"    {line}\n" for line in places),
        "distributions": ", ".join(f"<#{table['table']}>" for table in tables),
        "table_parts": "".join(parts),
        "type_lines": "".join(f"{line}\n" for line in types),
    }


def _quoted(facts: _Facts) -> dict[str, str]:
    """Return facts that are texts in the quotes of Turtle, by their names with ``_quoted``."""
    texts = {name: value for name, value in facts.items() if isinstance(value, str)}
    return {f"{name}_quoted": _quote(value) for name, value in texts.items()}


def _quote(text: str) -> str:
    # JSON's escapes are among those of Turtle.
    return json.dumps(text, ensure_ascii=False)


def record_sets(tables: Sequence[_Node]) -> list[_Node]:
    """
    Describe every table for Croissant.

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
        "dataType": _DATA_TYPES[field["type"]],
        "source": {"fileObject": {"@id": table["path"]}, "extract": {"column": name}},
    }
    if name in references:
        described["references"] = {"field": {"@id": references[name]}}

    return described
