"""
JSON Schemas of the records, for editors and other tools.

They say more than the models do where an editor can use it: what each term means, which metrics,
objects, categories and organizations there are, and what is wrong with a text in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, TypeAdapter

from interpol_dataset.records.document import KINDS, Kind
from interpol_dataset.schema.fields import DAY, LINE, SLUG, fields_of
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


def record_schemas(records: Records | None = None) -> dict[str, dict[str, Any]]:
    """
    Return the JSON Schema of every kind of record file, by the kind's name.

    :param records: The records whose ids are the only ones that may be named; without them, any.
    """
    terms = _terms(records) if records is not None else {}
    return {kind.name: _schema(kind, terms) for kind in KINDS}


def _terms(records: Records) -> dict[str, dict[str, str]]:
    """Return the ids that can be referred to in each vocabulary, with what they mean."""
    terms = {"countries": dict(COUNTRIES)}
    for table in ("categories", "metrics", "objects", "organizations"):
        terms[table] = {
            record.id: ": ".join(filter(None, (record.name, getattr(record, "description", None))))
            for record in getattr(records, table)
        }
    return terms


def _schema(kind: Kind, terms: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    schema = TypeAdapter(kind.model if kind.folder else list[kind.model]).json_schema()  # type: ignore[name-defined]
    if not kind.folder:
        schema["title"] = kind.table
    definitions = schema.setdefault("$defs", {})
    for model in _models(kind.model):
        # A record with a file of its own is described at the top.
        _refer(model, definitions.get(model.__name__, schema), terms, definitions)
    for vocabulary in Term.__subclasses__():
        if vocabulary.__name__ in definitions:
            meanings = [term.meaning for term in vocabulary]
            definitions[vocabulary.__name__]["enumDescriptions"] = meanings
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
        schema = [*schema.values()]
    if isinstance(schema, list):
        for part in schema:
            _explain(part)
