"""
What the package says of itself and its tables, to programs and to catalogues.

That is the descriptor (Data Package, version 2), with a Table Schema for each table, and the same
in Croissant, RO-Crate, DCAT-AP and others, from templates.

The package has no public address and no DOI yet: once it has, ``homepage`` and ``id`` in
``templates/package.json`` say so for all of them.

In a template ``$name`` stands for a fact of the package, and ``$name_quoted`` for its text in
quotes. In those of JSON a key without a value is left out, and an item of a list with ``$each`` is
repeated for every creator, table or whatever else there are several of. So is in others what stands
between ``$each`` and ``$end``.
"""

from __future__ import annotations

import json
import re
from datetime import date
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import yaml

from interpol_dataset._version import RELEASED, __version__
from interpol_dataset.evidence.verification import RULE_VERSION
from interpol_dataset.package.arrow import TYPES
from interpol_dataset.package.reader import file_properties
from interpol_dataset.package.text import json_file, json_line
from interpol_dataset.schema.fields import FieldType, fields_of
from interpol_dataset.schema.vocabulary import Finds, MatchType, Read, SourceKind, Term
from interpol_dataset.tables.rows import TABLES, Row
from interpol_dataset.values import edtf, fact_path
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


_TEMPLATES: Final = Path(__file__).with_name("templates")
_REPEATED: Final = re.compile(r"^\$each (\w+)\n(.*?)^\$end\n", re.DOTALL | re.MULTILINE)
#: The files, each with a template of its name.
FILES: Final = (
    *(".zenodo.json", "CITATION.cff", "croissant.json", "datacite.json", "dataset-card.md"),
    *("dcat.ttl", "ro-crate-metadata.json", "schema-org.jsonld"),
)
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
    return {name: _rendered(name, facts) for name in FILES}


def _rendered(name: str, facts: _Facts) -> bytes:
    if name.endswith(".cff"):
        return _yaml(name, facts).encode()
    if name.endswith((".json", ".jsonld")):
        return json_file(_filled(_read(name), facts))
    return _text(name, facts).encode()


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
    title, version, id_ = (descriptor[name] for name in ("title", "version", "id"))
    day, homepage = descriptor["created"][:10], descriptor.get("homepage")
    creators = [person["title"] for person in descriptor["contributors"]]
    keywords = descriptor["keywords"]
    doi = id_.removeprefix(_DOI) if id_.startswith(_DOI) else None
    tables = _tables(descriptor["resources"])
    rows = sum(table["rows"] for table in tables)
    mediatypes, formats = (
        sorted({table[of] for table in tables}) for of in ("mediatype", "format")
    )
    cited = f"{', '.join(creators)} ({day[:4]}). {title}. Version {version}. Data package."
    place = id_ if doi else homepage

    return _Facts(
        descriptor,
        citation=f"{cited} {place}." if place else cited,
        context=_read("croissant-context.json"),
        day=day,
        description_html=escape(descriptor["description"], quote=False),
        distributions=", ".join(f"<#{table['table']}>" for table in tables),
        doi=doi,
        doi_address=id_ if doi else None,
        homepage=homepage,
        keywords_listed=", ".join(keywords),
        license_name=license_["name"],
        license_title=license_["title"],
        license_url=license_["path"],
        mediatypes=mediatypes,
        place=homepage or "./",
        publisher=creators[0],
        related=homepage and [{"identifier": homepage, "relation": "isSupplementTo"}],
        size=sum(int(table["bytes"]) for table in tables),
        size_class=next(name for name, most in _SIZES.items() if rows < most),
        spdx=license_["name"].lower(),
        tags=[*keywords, "tabular", "datapackage"],
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
                "data_type": TYPES[field["type"]]["croissant"],
                "refers_to": refers_to.get(field["name"]),
            }
            for field in schema["fields"]
        ],
    }
