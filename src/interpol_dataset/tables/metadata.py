"""
The package described for catalogues: Croissant, RO-Crate, DCAT-AP and others, from templates.

In a template ``$name`` stands for a fact of the package, and ``$name_quoted`` for its text in
quotes. In those of JSON a key without a value is left out, and an item of a list with ``$each`` is
repeated for every creator, table or whatever else there are several of. So is in others what stands
between ``$each`` and ``$end``.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Final

import yaml

from interpol_dataset.package.text import json_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEMPLATES: Final = Path(__file__).with_name("templates")
_REPEATED: Final = re.compile(r"^\$each (\w+)\n(.*?)^\$end\n", re.DOTALL | re.MULTILINE)
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
_DOI: Final = "https://doi.org/"
#: Classes of size of a dataset card, each with the number of rows that it ends below.
_SIZES: Final = {
    "n<1K": 1_000,
    "1K<n<10K": 10_000,
    "10K<n<100K": 100_000,
    "100K<n<1M": 1_000_000,
    "1M<n<10M": 10_000_000,
}


class _Facts(dict[str, Any]):
    """Facts by their names; one that ends in ``_quoted`` is a text in the quotes of Turtle."""

    def __missing__(self, name: str) -> str:
        plain = name.removesuffix("_quoted")
        if plain == name:
            raise KeyError(name)
        return json.dumps(self[plain], ensure_ascii=False)  # whose escapes are among Turtle's

    def each(self, kind: str) -> Iterator[_Facts]:
        """Return these facts together with those of each one of a kind."""
        for own in self[f"each_of_{kind}"]:
            yield _Facts({**self, **own})


def metadata(descriptor: Mapping[str, Any]) -> dict[str, bytes]:
    """
    Render the metadata of a package in every standard.

    :param descriptor: The content of its ``datapackage.json``.
    :returns: The contents of :data:`FILES`, which go to the folder of the package.
    """
    facts = _facts(descriptor)
    facts["front_matter"] = _yaml("card.json", facts)
    return {name: _rendered(name, template, facts) for name, template in _FILES.items()}


def _rendered(name: str, template: str, facts: _Facts) -> bytes:
    if not template.endswith(".json"):
        return _text(template, facts).encode()
    if name.endswith(".cff"):
        return _yaml(template, facts).encode()
    return json_file(_filled(_read(template), facts))


def _read(template: str) -> Any:  # noqa: ANN401  # JSON
    return json.loads((_TEMPLATES / template).read_text("utf-8"))


def _text(template: str, facts: _Facts) -> str:
    def repeated(found: re.Match[str]) -> str:
        block = Template(found[2])
        return "".join(block.substitute(own) for own in facts.each(found[1])).replace("$", "$$")

    text = (_TEMPLATES / template).read_text("utf-8")
    return Template(_REPEATED.sub(repeated, text)).substitute(facts)


def _yaml(template: str, facts: _Facts) -> str:
    content = _filled(_read(template), facts)
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return text


def _filled(node: Any, facts: _Facts) -> Any:  # noqa: ANN401  # JSON
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
    if isinstance(node, dict) and "$each" in node:
        inner = {key: value for key, value in node.items() if key != "$each"}
        yield from (_filled(inner, own) for own in facts.each(node["$each"]))
    else:
        yield _filled(node, facts)


def _facts(descriptor: Mapping[str, Any]) -> _Facts:
    (license_,) = descriptor["licenses"]
    title, version, id_ = descriptor["title"], descriptor["version"], descriptor["id"]
    day, homepage = descriptor["created"][:10], descriptor.get("homepage")
    creators = [person["title"] for person in descriptor["contributors"]]
    keywords = list(descriptor["keywords"])
    doi = id_.removeprefix(_DOI) if id_.startswith(_DOI) else None
    tables = _tables(descriptor["resources"])
    rows = sum(table["rows"] for table in tables)
    mediatypes, formats = (
        sorted({table[of] for table in tables}) for of in ("mediatype", "format")
    )
    cited = f"{', '.join(creators)} ({day[:4]}). {title}. Version {version}. Data package."
    place = id_ if doi else homepage

    return _Facts(
        citation=f"{cited} {place}." if place else cited,
        context=_read("croissant-context.json"),
        day=day,
        description=descriptor["description"],
        description_html=escape(descriptor["description"], quote=False),
        distributions=", ".join(f"<#{table['table']}>" for table in tables),
        doi=doi,
        doi_address=id_ if doi else None,
        homepage=homepage,
        id=id_,
        keywords=keywords,
        keywords_listed=", ".join(keywords),
        license_name=license_["name"],
        license_title=license_["title"],
        license_url=license_["path"],
        mediatypes=mediatypes,
        name=descriptor["name"],
        place=homepage or "./",
        publisher=creators[0],
        related=homepage and [{"identifier": homepage, "relation": "isSupplementTo"}],
        size=sum(int(table["bytes"]) for table in tables),
        size_class=next(name for name, most in _SIZES.items() if rows < most),
        spdx=license_["name"].lower(),
        tags=[*keywords, "tabular", "datapackage"],
        title=title,
        version=version,
        year=day[:4],
        each_of_creators=[
            {"creator": name, "number": number} for number, name in enumerate(creators, 1)
        ],
        each_of_formats=[{"format": name} for name in formats],
        each_of_homepages=[{}] if homepage else [],
        each_of_keywords=[{"keyword": word} for word in keywords],
        each_of_mediatypes=[{"mediatype": name} for name in mediatypes],
        each_of_tables=tables,
    )


def _tables(resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    Return the facts of each table, and of the file that it is in.

    Croissant gets no foreign keys of tables to which others refer: mlcroissant can't follow a chain
    of references, nor one from a table to itself.
    """
    references = {resource["name"]: _references(resource) for resource in resources}
    targets = {target.partition("/")[0] for own in references.values() for target in own.values()}
    return [
        _table(resource, {} if name in targets else own, is_first=resource is resources[0])
        for resource, (name, own) in zip(resources, references.items(), strict=True)
    ]


def _references(resource: Mapping[str, Any]) -> dict[str, str]:
    """Return the id of the field that each foreign key of one column refers to."""
    return {
        key["fields"][0]: f"{key['reference']['resource'] or resource['name']}/id"
        for key in resource["schema"].get("foreignKeys", ())
    }


def _table(
    resource: Mapping[str, Any], references: Mapping[str, str], *, is_first: bool
) -> dict[str, Any]:
    name, path, schema = resource["name"], resource["path"], resource["schema"]
    key = [{"@id": f"{name}/{column}"} for column in schema["primaryKey"]]
    refers_to = {column: {"field": {"@id": to}} for column, to in references.items()}

    return {
        "table": name,
        "table_description": resource["description"],
        "default": is_first or None,
        "path": path,
        "file": path.rpartition("/")[2],
        "format": path.rpartition(".")[2].upper(),
        "mediatype": resource["mediatype"],
        "bytes": str(resource["bytes"]),
        "sha256": resource["hash"].removeprefix("sha256:"),
        "rows": resource["rows"],
        "rows_written": f"{resource['rows']:,}",
        "key": key if len(key) > 1 else key[0],
        "each_of_fields": [
            {
                "field": field["name"],
                "field_description": field["description"],
                "data_type": _DATA_TYPES[field["type"]],
                "refers_to": refers_to.get(field["name"]),
            }
            for field in schema["fields"]
        ],
    }
