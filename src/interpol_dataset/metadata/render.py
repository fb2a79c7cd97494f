"""
All metadata files, rendered together; most of them from templates in JSON.

In a template ``$name`` stands for a fact of the package, and a key without a value is left out. An
item of a list with ``$each`` is repeated for every creator, keyword or table.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import yaml

from interpol_dataset.metadata.about import LANGUAGE, about
from interpol_dataset.metadata.card import card
from interpol_dataset.metadata.croissant import record_sets
from interpol_dataset.metadata.dcat import dcat
from interpol_dataset.package.jsonl import json_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.metadata.about import About

    _Facts: TypeAlias = Mapping[str, Any]


_TEMPLATES: Final = Path(__file__).with_name("templates")

#: The files' names, with their templates.
_FILES: Final = {
    ".zenodo.json": "zenodo",
    "CITATION.cff": "citation",
    "croissant.json": "croissant",
    "datacite.json": "datacite",
    "dataset-card.md": None,
    "dcat.ttl": None,
    "ro-crate-metadata.json": "ro-crate",
    "schema-org.jsonld": "schema-org",
}
FILES: Final = tuple(_FILES)

#: Those that services read from a repository. They change with the version only, not with data.
IN_REPOSITORY: Final = FILES[:2]


def metadata(descriptor: Mapping[str, Any]) -> dict[str, bytes]:
    """
    Render the metadata of a package in every standard.

    :param descriptor: The content of its ``datapackage.json``.
    :returns: The contents of :data:`FILES`, which go to the folder of the package.
    """
    package = about(descriptor)
    facts = _facts(package)
    filled = {name: _filled(_read(stem), facts) for name, stem in _FILES.items() if stem}
    cited = yaml.safe_dump(
        filled.pop("CITATION.cff"), sort_keys=False, allow_unicode=True, width=100
    )
    texts = {"CITATION.cff": cited, "dataset-card.md": card(package), "dcat.ttl": dcat(package)}
    rendered = {name: json_file(content) for name, content in filled.items()}
    rendered |= {name: text.encode() for name, text in texts.items()}

    return {name: rendered[name] for name in FILES}


def _read(stem: str) -> Any:  # noqa: ANN401  # JSON
    return json.loads((_TEMPLATES / f"{stem}.json").read_text("utf-8"))


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
    """Return an item of a list, as often as it is repeated."""
    if isinstance(node, dict) and "$each" in node:
        inner = {key: value for key, value in node.items() if key != "$each"}
        for own in facts[f"each_of_{node['$each']}"]:
            yield _filled(inner, {**facts, **own})
    else:
        yield _filled(node, facts)


def _facts(package: About) -> _Facts:
    """Return what the places of templates stand for."""
    supplement = {"identifier": package.homepage, "relation": "isSupplementTo"}

    return {
        **vars(package),
        "citation": package.citation,
        "context": _read("croissant-context"),
        "description_html": escape(package.description, quote=False),
        "doi": package.doi,
        "doi_address": package.id if package.doi else None,
        "keywords": list(package.keywords),
        "keywords_listed": ", ".join(package.keywords),
        "language": LANGUAGE,
        "license_name": package.license.name,
        "license_title": package.license.title,
        "license_url": package.license.url,
        "mediatypes": sorted({table.mediatype for table in package.tables}),
        "place": package.homepage or "./",
        "publisher": package.creators[0],
        "record_sets": record_sets(package),
        "related": [supplement] if package.homepage else None,
        "size": sum(table.size for table in package.tables),
        "spdx": package.license.name.lower(),
        "year": package.day[:4],
        "each_of_creators": [
            {"creator": name, "number": number} for number, name in enumerate(package.creators, 1)
        ],
        "each_of_keywords": [{"keyword": word} for word in package.keywords],
        "each_of_tables": [
            {
                "table": table.name,
                "table_description": table.description,
                "path": table.path,
                "file": table.path.rpartition("/")[2],
                "mediatype": table.mediatype,
                "bytes": str(table.size),
                "sha256": table.sha256,
            }
            for table in package.tables
        ],
    }
