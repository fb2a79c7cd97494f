"""
JSON Schemas of the records, for editors and other tools.

They say more than the models do where an editor can use it: what each term means, which metrics,
objects, categories and organizations there are, and what is wrong with a text in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, TypeAdapter

from interpol_dataset.records.document import KINDS, Kind
from interpol_dataset.schema.field_info import fields_of
from interpol_dataset.schema.fields import DAY, LINE, SLUG
from interpol_dataset.schema.vocabulary import Term
from interpol_dataset.values import edtf, quantity
from interpol_dataset.values.iso import COUNTRIES, LANGUAGES, PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.records.document import Records

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

#: What an editor says of a text that does not match a pattern.
_MESSAGES: Final = {
    SLUG: "an id: lower-case words joined by hyphens, such as storm-makers",
    LINE: "one line of text",
    DAY: "a day, such as 2022-06-28",
    edtf.PATTERN: "a date as precise as the page: 2022-06-28, 2022-06, 2022, or two with a slash",
    quantity.PATTERN: "975, ~1000 for about, '>=1000', '>1000', <=1000, <1000 or 900..1000",
    r"^[A-Z]{3}$": "a country's code of three letters, such as KOR (ISO 3166-1)",
    r"^[0-9a-f]{64}$": "64 hexadecimal digits",
}

#: The vocabularies whose terms are listed, each with what a term is called and means.
_LISTED: Final = ("categories", "metrics", "objects", "organizations")


def record_schemas(records: Records | None = None) -> dict[str, dict[str, Any]]:
    """
    Return the JSON Schema of every kind of record file, by the kind's name.

    :param records: The records whose ids are the only ones that may be named; without them, any.
    """
    terms = _terms(records) if records is not None else {}
    return {kind.name: _schema(kind, terms) for kind in KINDS}


def _terms(records: Records) -> dict[str, dict[str, str]]:
    """Return the ids that can be referred to in each vocabulary, with what they mean."""
    terms = {
        table: {
            record.id: ": ".join(filter(None, (record.name, getattr(record, "description", None))))
            for record in getattr(records, table)
        }
        for table in _LISTED
    }
    return terms | {"countries": dict(COUNTRIES)}


def _schema(kind: Kind, terms: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    if kind.folder:
        schema = kind.model.model_json_schema()
        shown: list[tuple[type[BaseModel], dict[str, Any]]] = [(kind.model, schema)]
    else:
        schema = TypeAdapter(list[kind.model]).json_schema()  # type: ignore[name-defined]
        schema["title"] = kind.table
        shown = []

    definitions = schema.setdefault("$defs", {})
    for model in _models(kind.model):
        if model.__name__ in definitions:
            shown.append((model, definitions[model.__name__]))
    for model, described in shown:
        _refer(model, described, terms, definitions)
    for name, described in definitions.items():
        enum = next((item for item in Term.__subclasses__() if item.__name__ == name), None)
        if enum is not None:
            described["enumDescriptions"] = [term.meaning for term in enum]
    _explain(schema)
    if not definitions:
        del schema["$defs"]

    return {"$schema": DIALECT} | schema


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Return a model and those of its parts."""
    yield model
    for field in fields_of(model).values():
        if issubclass(field.base, BaseModel):
            yield from _models(field.base)


def _refer(
    model: type[BaseModel],
    described: dict[str, Any],
    terms: Mapping[str, Mapping[str, str]],
    definitions: dict[str, Any],
) -> None:
    """List the ids that the fields of a model can have."""
    for name, field in fields_of(model).items():
        table = field.references
        if table is not None and table in terms:
            definitions[table] = _listed(terms[table])
            place = described["properties"][name]
            place = place.get("items", place)
            for inner in place.get("anyOf", [place]):
                if inner.get("type") == "string":
                    _replace_pattern(inner, table)
        elif field.pattern == PATTERN:
            definitions["languages"] = _listed(LANGUAGES)
            _replace_pattern(described["properties"][name], "languages")


def _replace_pattern(described: dict[str, Any], table: str) -> None:
    """Replace the form of a text by a list of what it may be."""
    for limit in ("pattern", "maxLength"):
        described.pop(limit, None)
    described["$ref"] = f"#/$defs/{table}"


def _listed(terms: Mapping[str, str]) -> dict[str, Any]:
    return {"type": "string", "enum": [*terms], "enumDescriptions": [*terms.values()]}


def _explain(schema: object) -> None:
    """Add a message to every pattern that says what it asks for."""
    if isinstance(schema, dict):
        pattern = schema.get("pattern")
        if isinstance(pattern, str) and pattern in _MESSAGES:
            schema["patternErrorMessage"] = _MESSAGES[pattern]
        for part in [*schema.values()]:
            _explain(part)
    elif isinstance(schema, list):
        for part in schema:
            _explain(part)
