"""
The JSON form of a Table Schema.

Whatever is malformed, or can't be checked, raises an error that names the very property, so that
nothing is silently left unchecked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from interpol_dataset.tablecheck import limits
from interpol_dataset.tablecheck.errors import SchemaError
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.schema.schema import (
    FALSE_VALUES,
    TRUE_VALUES,
    TYPES,
    Bound,
    Constraints,
    Field,
    ForeignKey,
    TableSchema,
)
from interpol_dataset.tablecheck.types.scalars import is_value

__all__ = ["is_torn", "parse_schema"]

_MATCHES: Final = ("exact", "equal", "subset", "superset", "partial")
_ORDERED: Final = {"integer", "number", "date", "time", "datetime", "year", "yearmonth"}
_SIZED: Final = {"string", "array", "object", "list"}
_ITEM_TYPES: Final = ("string", "integer", "boolean", "number", "datetime", "date", "time")
_BOUNDS: Final = {
    "minimum": Fault.MINIMUM,
    "maximum": Fault.MAXIMUM,
    "exclusiveMinimum": Fault.EXCLUSIVE_MINIMUM,
    "exclusiveMaximum": Fault.EXCLUSIVE_MAXIMUM,
}
_PROPERTY: Final = {fault: name for name, fault in _BOUNDS.items()}
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
    "string": ("default", "email", "uri", "binary", "uuid"),
    "geopoint": ("default", "array", "object"),
    "geojson": ("default", "topojson"),
}

#: The texts that mean true, and those that mean false.
_Words = tuple[tuple[str, ...], tuple[str, ...]]
#: A field's own words are those of its cells; the items of a list have the standard's.
_WORDS_IN_LISTS: Final[_Words] = (TRUE_VALUES, FALSE_VALUES)


def parse_schema(descriptor: Mapping[str, Any], *, where: str = "schema") -> TableSchema:
    """
    Read a Table Schema of version 1 or 2 from its JSON form.

    :param descriptor: The parsed JSON.
    :param where: What to call the schema in errors.
    :raises SchemaError: The schema is malformed, or asks for a check that is not supported.
    """
    node = _Node(descriptor, where).object()
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


def _key(node: _Node) -> tuple[str, ...]:
    names = node.names()
    if not names:
        raise node.fail("a key has at least one field", "name one, or remove the key")

    return names


def _check_names(schema: TableSchema, node: _Node) -> None:
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
                raise SchemaError(
                    f"there is no field {name!r}",
                    f"{node.where}/{place}",
                    f"name one of {', '.join(schema.names[:20])}",
                )


def _field(node: _Node, missing: tuple[str, ...], default_type: str) -> Field:
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


def _check_values(field: Field, node: _Node) -> None:
    """Hold the values in the constraints, and the categories, against the field's own type."""
    rules = field.constraints
    named = [(f"constraints/{_PROPERTY[bound.fault]}", bound.text) for bound in rules.bounds]
    named += [("constraints/enum", text) for text in rules.enum or ()]
    named += [("categories", text) for text in field.categories or ()]
    for name, text in named:
        if not is_value(field, text):
            raise _Node(None, f"{node.where}/{name}").fail(
                f"{text!r} is not of the field's type {field.type}", "write it as a cell would be"
            )


def _format(node: _Node, type_: str) -> str:
    # Version 1 drafts wrote strptime formats as "fmt:%d/%m/%Y".
    format_ = node.text().removeprefix("fmt:")
    allowed = _FORMATS.get(type_)
    if allowed and format_ not in allowed:
        raise node.fail(f"a {type_} has no format {format_!r}", f"use {' or '.join(allowed)}")

    return format_


def _constraints(node: _Node, type_: str, words: _Words, delimiter: str) -> Constraints:
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
            Bound(fault, _cell(node.child(name).value, words))
            for name, fault in _BOUNDS.items()
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


def _size(node: _Node) -> int | None:
    if node.value is None:
        return None

    if isinstance(node.value, bool) or not isinstance(node.value, int) or node.value < 0:
        raise node.fail("this must be a whole number from 0")

    return node.value


def _pattern(node: _Node) -> str | None:
    if node.value is None:
        return None

    if len(node.text()) > limits.MAX_PATTERN:
        raise node.fail(f"the pattern is longer than {limits.MAX_PATTERN} characters")

    # Only a schema with a pattern needs Arrow before there are rows.
    from interpol_dataset.tablecheck.check.patterns import why_refused  # noqa: PLC0415

    if why := why_refused(node.text()):
        raise node.fail(
            f"the pattern {node.text()[:100]!r} is not a regular expression of RE2: {why}",
            "write it without look-around and back-references, which RE2 doesn't have",
        )

    return node.text()


def _cell(value: object, words: _Words) -> str:
    """Write a value of the schema as a cell would hold it."""
    if isinstance(value, str):
        return value

    if isinstance(value, bool) and (own := words[0 if value else 1]):
        return own[0]

    return json.dumps(value, ensure_ascii=False)


def _categories(node: _Node, words: _Words) -> tuple[str, ...] | None:
    if node.value is None:
        return None

    return tuple(_cell(_category(item), words) for item in node.items())


def _category(node: _Node) -> Any:
    if not isinstance(node.value, Mapping):
        return node.value
    if "value" not in node.value:
        raise node.fail("a category has a value")

    return node.value["value"]


def _missing_values(node: _Node) -> tuple[str, ...]:
    return tuple(
        item.get("value", None).text() if isinstance(item.value, Mapping) else item.text()
        for item in node.items()
    )


def _character(node: _Node) -> str:
    if not node.text():
        raise node.fail("this must not be empty")

    return node.text()


def _choice(node: _Node, choices: Sequence[str]) -> str:
    if node.text() not in choices:
        raise node.fail(f"there is no {node.value!r} here", f"use one of {', '.join(choices)}")

    return node.text()


def _fields_match(node: _Node) -> str:
    """Read the rule for matching: version 2's profile has an array, most files have a string."""
    if isinstance(node.value, str):
        return _choice(node, _MATCHES)

    items = node.items()
    if len(items) != 1:
        raise node.fail("there must be one way to match fields", f"use {' or '.join(_MATCHES)}")

    return _choice(items[0], _MATCHES)


def _foreign_key(node: _Node) -> ForeignKey:
    reference = node.object().get("reference", None).object()
    fields = node.get("fields", []).names()
    targets = reference.get("fields", []).names()
    if not fields or len(fields) != len(targets):
        raise node.fail(
            "a foreign key names as many fields as its reference, and at least one",
            "give 'fields' and 'reference.fields' the same length",
        )

    return ForeignKey(fields, reference.get("resource", "").text(), targets)


def is_torn(text: str) -> bool:
    """Return whether a text holds half of a surrogate pair; JSON may, and no file can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True

    return False


class _Node(NamedTuple):
    """A JSON value and its place, so that an error can name it."""

    value: Any
    where: str

    def child(self, key: str | int) -> _Node:
        """Go to a member or an item."""
        return _Node(self.value[key], f"{self.where}/{key}")

    def get(self, key: str, default: Any) -> _Node:
        """Go to a member that may be missing."""
        value = self.value.get(key)

        return _Node(default if value is None else value, f"{self.where}/{key}")

    def fail(self, what: str, hint: str | None = None) -> SchemaError:
        """Make the error that says what is wrong here."""
        return SchemaError(what, self.where, hint)

    def items(self) -> list[_Node]:
        """Go to each item of an array."""
        if not isinstance(self.value, Sequence) or isinstance(self.value, str):
            raise self.fail("this must be an array")

        return [self.child(index) for index in range(len(self.value))]

    def object(self) -> _Node:
        """Check that this is an object."""
        if not isinstance(self.value, Mapping):
            raise self.fail("this must be an object")

        return self

    def text(self) -> str:
        """Return a string."""
        if not isinstance(self.value, str):
            raise self.fail("this must be a string")
        if is_torn(self.value):
            raise self.fail(f"{self.value!r} holds half of a character", "write the whole one")

        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise self.fail("this must be true or false")

        return self.value

    def names(self) -> tuple[str, ...]:
        """Return the strings of an array, or the one string."""
        if isinstance(self.value, str):
            return (self.text(),)

        names = tuple(item.text() for item in self.items())
        if len(set(names)) < len(names):
            raise self.fail("a field is named twice")

        return names
