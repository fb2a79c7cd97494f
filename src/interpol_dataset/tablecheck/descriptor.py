"""
A Table Schema read from its JSON form.

Whatever is malformed raises a :class:`~interpol_dataset.errors.PackageError` that names the very
property, so that nothing is silently left unchecked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from interpol_dataset.errors import PackageError
from interpol_dataset.tablecheck.node import Node
from interpol_dataset.tablecheck.scalars import is_value
from interpol_dataset.tablecheck.schema import (
    FALSE_VALUES,
    TRUE_VALUES,
    TYPES,
    Bound,
    Constraints,
    Field,
    ForeignKey,
    TableSchema,
)

__all__ = ["parse_schema"]

_MATCHES: Final = ("exact", "equal", "subset", "superset", "partial")
_ORDERED: Final = {"integer", "number", "date", "time", "datetime", "year", "yearmonth"}
_SIZED: Final = {"string", "array", "object", "list"}
_ITEM_TYPES: Final = ("string", "integer", "boolean", "number", "datetime", "date", "time")
_BOUNDS: Final = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive-minimum",
    "exclusiveMaximum": "exclusive-maximum",
}
_PROPERTY: Final = {rule: name for name, rule in _BOUNDS.items()}
_CONSTRAINTS: Final = {
    *_BOUNDS,
    "required",
    "unique",
    "minLength",
    "maxLength",
    "pattern",
    "enum",
}
_FORMATS: Final = {
    "string": {"default", "email", "uri", "binary", "uuid"},
    "geopoint": {"default", "array", "object"},
    "geojson": {"default", "topojson"},
}
_MAX_PATTERN: Final = 10_000

#: The texts that mean true, and those that mean false.
_Words = tuple[tuple[str, ...], tuple[str, ...]]
#: A field's own words are those of its cells; the items of a list have none but the standard's.
_WORDS_IN_LISTS: Final[_Words] = (TRUE_VALUES, FALSE_VALUES)


def parse_schema(descriptor: Mapping[str, Any], *, where: str = "schema") -> TableSchema:
    """
    Read a Table Schema of version 1 or 2 from its JSON form.

    :param descriptor: The parsed JSON.
    :param where: What to call the schema in errors.
    :raises PackageError: The schema is malformed, or asks for a check that is not supported.
    """
    node = Node(descriptor, where).object()
    missing = _missing_values(node.get("missingValues", [""]))
    default_type = "any" if "2." in str(descriptor.get("$schema", "")) else "string"
    fields = tuple(_field(item, missing, default_type) for item in node.get("fields", []).items())
    if not fields:
        raise node.fail("the schema has no fields", "list the columns under 'fields'")

    seen: set[str] = set()
    for field in fields:
        if field.name in seen:
            raise node.fail(f"the field {field.name!r} is there twice", "give each its own name")
        seen.add(field.name)

    schema = TableSchema(
        fields=fields,
        primary_key=node.get("primaryKey", []).names(),
        unique_keys=tuple(_key(item) for item in node.get("uniqueKeys", []).items()),
        foreign_keys=tuple(_foreign_key(item) for item in node.get("foreignKeys", []).items()),
        fields_match=_fields_match(node.get("fieldsMatch", "exact")),
    )
    _check_names(schema, node)

    return schema


def _key(node: Node) -> tuple[str, ...]:
    names = node.names()
    if not names:
        raise node.fail("a key has at least one field", "name one, or remove the key")

    return names


def _check_names(schema: TableSchema, node: Node) -> None:
    own = [key for key in schema.foreign_keys if not key.resource]
    used = [
        ("primaryKey", schema.primary_key),
        *(("uniqueKeys", key) for key in schema.unique_keys),
        *(("foreignKeys", key.fields) for key in schema.foreign_keys),
        *(("foreignKeys", key.reference_fields) for key in own),
    ]
    for place, names in used:
        for name in names:
            if name not in schema.names:
                raise PackageError(
                    f"there is no field {name!r}",
                    where=f"{node.where}/{place}",
                    hint=f"name one of {', '.join(schema.names[:20])}",
                )


def _field(node: Node, missing: tuple[str, ...], default_type: str) -> Field:
    if "name" not in node.object().value:
        raise node.fail("the field has no name", "add a 'name'")

    type_ = node.get("type", default_type)
    if type_.text() not in TYPES:
        raise type_.fail(
            f"there is no type {type_.value!r}", f"use one of {', '.join(sorted(TYPES))}"
        )

    own = node.get("missingValues", None)
    words = (
        node.get("trueValues", list(TRUE_VALUES)).names(),
        node.get("falseValues", list(FALSE_VALUES)).names(),
    )
    constraints = node.get("constraints", {}).object()
    delimiter = _character(node.get("delimiter", ","))

    field = Field(
        name=node.child("name").text(),
        type=type_.value,
        format=_format(node.get("format", "default"), type_.value),
        constraints=_constraints(constraints, type_.value, words, delimiter),
        missing=missing if own.value is None else _missing_values(own),
        categories=_categories(node.get("categories", None), words),
        decimal_char=_character(node.get("decimalChar", ".")),
        group_char=node.get("groupChar", "").text(),
        bare_number=node.get("bareNumber", default=True).flag(),
        true_values=words[0],
        false_values=words[1],
        delimiter=delimiter,
        item_type=_choice(node.get("itemType", "string"), _ITEM_TYPES),
    )
    _check_values(field, node)

    return field


def _check_values(field: Field, node: Node) -> None:
    """Hold the values in the constraints, and the categories, against the field's own type."""
    rules = field.constraints
    named = [(f"constraints/{_PROPERTY[bound.rule]}", bound.text) for bound in rules.bounds]
    named += [("constraints/enum", text) for text in rules.enum or ()]
    named += [("categories", text) for text in field.categories or ()]
    for name, text in named:
        if not is_value(field, text):
            raise Node(None, f"{node.where}/{name}").fail(
                f"{text!r} is not of the field's type {field.type}", "write it as a cell would be"
            )


def _format(node: Node, type_: str) -> str:
    # Version 1 drafts wrote strptime formats as "fmt:%d/%m/%Y".
    format_ = node.text().removeprefix("fmt:")
    allowed = _FORMATS.get(type_)
    if allowed and format_ not in allowed:
        raise node.fail(f"a {type_} has no format {format_!r}", f"use {' or '.join(allowed)}")

    return format_


def _constraints(node: Node, type_: str, words: _Words, delimiter: str) -> Constraints:
    for name in node.value:
        if name not in _CONSTRAINTS:
            raise node.fail(
                f"the constraint {name!r} can't be checked here",
                f"take it out, or use one of {', '.join(sorted(_CONSTRAINTS))}",
            )
        fits = _SIZED if name.endswith("Length") else _ORDERED if name in _BOUNDS else TYPES
        if type_ not in fits:
            raise node.fail(f"the constraint {name!r} means nothing for the type {type_}")

    enum = node.get("enum", None)

    return Constraints(
        required=node.get("required", default=False).flag(),
        unique=node.get("unique", default=False).flag(),
        bounds=tuple(
            Bound(rule, _cell(node.child(name).value, words))
            for name, rule in _BOUNDS.items()
            if node.value.get(name) is not None
        ),
        min_length=_size(node.get("minLength", None)),
        max_length=_size(node.get("maxLength", None)),
        pattern=_pattern(node.get("pattern", None)),
        enum=None
        if enum.value is None
        else tuple(
            delimiter.join(_cell(part.value, _WORDS_IN_LISTS) for part in item.items())
            if type_ == "list" and isinstance(item.value, list)
            else _cell(item.value, words)
            for item in enum.items()
        ),
    )


def _size(node: Node) -> int | None:
    if node.value is None:
        return None

    if isinstance(node.value, bool) or not isinstance(node.value, int) or node.value < 0:
        raise node.fail("this must be a whole number from 0")

    return node.value


def _pattern(node: Node) -> str | None:
    if node.value is None:
        return None

    if len(node.text()) > _MAX_PATTERN:
        raise node.fail(f"the pattern is longer than {_MAX_PATTERN} characters")

    return node.text()


def _cell(value: object, words: _Words) -> str:
    """Write a value of the schema as a cell would hold it."""
    if isinstance(value, str):
        return value

    if isinstance(value, bool) and (own := words[0 if value else 1]):
        return own[0]

    return json.dumps(value, ensure_ascii=False)


def _categories(node: Node, words: _Words) -> tuple[str, ...] | None:
    if node.value is None:
        return None

    return tuple(_cell(_category(item), words) for item in node.items())


def _category(node: Node) -> Any:
    if not isinstance(node.value, Mapping):
        return node.value
    if "value" not in node.value:
        raise node.fail("a category has a value")

    return node.value["value"]


def _missing_values(node: Node) -> tuple[str, ...]:
    return tuple(
        item.get("value", None).text() if isinstance(item.value, Mapping) else item.text()
        for item in node.items()
    )


def _character(node: Node) -> str:
    if not node.text():
        raise node.fail("this must not be empty")

    return node.text()


def _choice(node: Node, choices: Sequence[str]) -> str:
    if node.text() not in choices:
        raise node.fail(f"there is no {node.value!r} here", f"use one of {', '.join(choices)}")

    return node.text()


def _fields_match(node: Node) -> str:
    """Read the rule for matching: version 2's profile has an array, most files have a string."""
    if isinstance(node.value, str):
        return _choice(node, _MATCHES)

    items = node.items()
    if len(items) != 1:
        raise node.fail("there must be one way to match fields", f"use {' or '.join(_MATCHES)}")

    return _choice(items[0], _MATCHES)


def _foreign_key(node: Node) -> ForeignKey:
    reference = node.object().get("reference", None).object()
    fields = node.get("fields", []).names()
    targets = reference.get("fields", []).names()
    if not fields or len(fields) != len(targets):
        raise node.fail(
            "a foreign key names as many fields as its reference, and at least one",
            "give 'fields' and 'reference.fields' the same length",
        )

    return ForeignKey(fields, reference.get("resource", "").text(), targets)
