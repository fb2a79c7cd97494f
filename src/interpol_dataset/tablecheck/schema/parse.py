"""
The JSON form of a Table Schema.

Whatever is malformed, or can't be checked, raises an error that names the very property, so that
nothing is silently left unchecked.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from interpol_dataset.tablecheck import limits
from interpol_dataset.tablecheck.errors import SchemaError, show
from interpol_dataset.tablecheck.faults import Fault
from interpol_dataset.tablecheck.schema.schema import (
    FALSE_VALUES,
    TRUE_VALUES,
    Bound,
    Constraints,
    Field,
    ForeignKey,
    TableSchema,
)
from interpol_dataset.tablecheck.types.scalars import TYPES, is_value

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_MATCHES: Final = ("exact", "equal", "subset", "superset", "partial")
_ORDERED: Final = {"integer", "number", "date", "time", "datetime", "year", "yearmonth"}
#: Lengths beyond it are longer than any value.
_MOST: Final = 1 << 62
#: Types of the standard that are refused.
_UNCHECKED: Final = {"geojson", "geopoint"}
_SIZED: Final = {"string", "array", "object", "list"}
_ITEM_TYPES: Final = ("string", "integer", "boolean", "number", "datetime", "date", "time")
_BOUNDS: Final = {
    "minimum": Fault.MINIMUM,
    "maximum": Fault.MAXIMUM,
    "exclusiveMinimum": Fault.EXCLUSIVE_MINIMUM,
    "exclusiveMaximum": Fault.EXCLUSIVE_MAXIMUM,
}
#: The constraints, and the types that each may have.
_CONSTRAINTS: Final = {
    **dict.fromkeys(("required", "unique", "pattern", "enum"), TYPES),
    **dict.fromkeys(_BOUNDS, _ORDERED),
    **dict.fromkeys(("minLength", "maxLength"), _SIZED),
}
_STRING_FORMATS: Final = ("default", "email", "uri", "binary", "uuid")


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
    if not 0 < len(fields) <= limits.MAX_COLUMNS:
        what = f"the schema has {len(fields) or 'no'} fields, not 1 to {limits.MAX_COLUMNS:,}"
        raise node.fail(what, "list the columns under 'fields'")

    names = {field.name: None for field in fields}
    if len(names) < len(fields):
        twice = next(name for name, count in Counter(f.name for f in fields).items() if count > 1)
        raise node.fail(f"the field {show(twice)} is there twice", "give each its own name")

    unique_keys = [item.names(names) for item in node.get("uniqueKeys", []).items()]
    if () in unique_keys:
        where = f"{where}/uniqueKeys"
        raise SchemaError("a key has at least one field", where, "name one, or remove the key")

    return TableSchema(
        fields=fields,
        primary_key=node.get("primaryKey", []).names(names),
        unique_keys=tuple(unique_keys),
        foreign_keys=tuple(
            _foreign_key(item, names) for item in node.get("foreignKeys", []).items()
        ),
        fields_match=_fields_match(node.get("fieldsMatch", "exact")),
    )


def _field(node: _Node, missing: tuple[str, ...], default_type: str) -> Field:
    if "name" not in node.object().value:
        raise node.fail("the field has no name", "add a 'name'")

    type_ = node.get("type", default_type)
    if type_.text() not in TYPES:
        known = "can't be checked here" if type_.value in _UNCHECKED else "is not known"
        what = f"the type {show(type_.value)} {known}"
        raise type_.fail(what, f"use one of {', '.join(sorted(TYPES))}")

    own = node.optional("missingValues", _missing_values)
    field = Field(
        name=_name(node.get("name", "")),
        type=type_.value,
        format=_format(node.get("format", "default"), type_.value),
        missing=missing if own is None else own,
        decimal_char=node.get("decimalChar", ".").character(),
        group_char=node.get("groupChar", "").text(),
        bare_number=node.get("bareNumber", default=True).flag(),
        true_values=node.get("trueValues", list(TRUE_VALUES)).names(),
        false_values=node.get("falseValues", list(FALSE_VALUES)).names(),
        delimiter=node.get("delimiter", ",").character(),
        item_type=node.get("itemType", "string").choice(_ITEM_TYPES),
    )
    categories = node.optional("categories", lambda items: _categories(items, field))
    constraints = _constraints(node.get("constraints", {}).object(), field)

    return field._replace(categories=categories, constraints=constraints)


def _name(node: _Node) -> str:
    if len(node.text()) > limits.MAX_NAME:
        raise node.fail(f"the name is longer than {limits.MAX_NAME} characters", "shorten it")

    return node.text()


def _format(node: _Node, type_: str) -> str:
    # Version 1 drafts wrote strptime formats as "fmt:%d/%m/%Y".
    format_ = node.text().removeprefix("fmt:")
    if type_ == "string" and format_ not in _STRING_FORMATS:
        what = f"a string has no format {show(format_)}"
        raise node.fail(what, f"use {' or '.join(_STRING_FORMATS)}")

    if type_ in {"date", "time", "datetime"} and format_ not in {"default", "any"}:
        now = datetime(2000, 1, 1, tzinfo=UTC)
        try:
            datetime.strptime(now.strftime(format_[: limits.MAX_PATTERN]), format_)  # noqa: DTZ007
        except (ValueError, LookupError, re.error) as error:
            what = f"{show(format_)} is no format that can be read"
            raise node.fail(what, "write it as strptime has it, each part once") from error

    return format_


def _constraints(node: _Node, field: Field) -> Constraints:
    for name in node.value:
        if name not in _CONSTRAINTS:
            raise node.fail(
                f"the constraint {show(name)} can't be checked here",
                f"take it out, or use one of {', '.join(sorted(_CONSTRAINTS))}",
            )
        if field.type not in _CONSTRAINTS[name]:
            raise node.fail(f"the constraint {name!r} means nothing for the type {field.type}")

    return Constraints(
        required=node.get("required", default=False).flag(),
        unique=node.get("unique", default=False).flag(),
        bounds=tuple(
            Bound(fault, _cell(node.get(name, None), field))
            for name, fault in _BOUNDS.items()
            if node.value.get(name) is not None
        ),
        min_length=node.optional("minLength", _Node.size),
        max_length=node.optional("maxLength", _Node.size),
        pattern=node.optional("pattern", _pattern),
        enum=node.optional("enum", lambda enum: tuple(_cell(item, field) for item in enum.items())),
    )


def _pattern(node: _Node) -> str:
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


def _cell(node: _Node, field: Field) -> str:
    """Write a value of the schema as a cell would hold it, and check that it is of the field."""
    try:
        text = _write(node.value, field)
        if is_value(field, text):
            return text
    except (ValueError, TypeError, RecursionError):  # thousands of digits or levels
        pass

    what = f"{show(node.value)} is not of the field's type {field.type}"
    raise node.fail(what, "write it as a cell would be")


def _write(value: Any, field: Field) -> str:
    if isinstance(value, list) and field.type == "list":
        # The items of a list have the standard's words for true and false.
        item = Field(field.name, field.item_type)
        return field.delimiter.join(_write(part, item) for part in value)

    if isinstance(value, bool) and (words := field.true_values if value else field.false_values):
        return words[0]

    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _categories(node: _Node, field: Field) -> tuple[str, ...]:
    found: list[str] = []
    for item in node.items():
        if isinstance(item.value, Mapping) and "value" not in item.value:
            raise item.fail("a category has a value")
        value = item.value["value"] if isinstance(item.value, Mapping) else item.value
        found.append(_cell(_Node(value, item.where), field))

    return tuple(found)


def _missing_values(node: _Node) -> tuple[str, ...]:
    return tuple(
        item.get("value", None).text() if isinstance(item.value, Mapping) else item.text()
        for item in node.items()
    )


def _fields_match(node: _Node) -> str:
    """Read the rule for matching: version 2's profile has an array, most files have a string."""
    items = [node] if isinstance(node.value, str) else node.items()
    if len(items) != 1:
        raise node.fail("there must be one way to match fields", f"use {' or '.join(_MATCHES)}")

    return items[0].choice(_MATCHES)


def _foreign_key(node: _Node, names: Collection[str]) -> ForeignKey:
    reference = node.object().get("reference", None).object()
    resource = reference.get("resource", "").text()
    fields = node.get("fields", []).names()
    targets = reference.get("fields", []).names()
    if not fields or len(fields) != len(targets):
        raise node.fail(
            "a foreign key names as many fields as its reference, and at least one",
            "give 'fields' and 'reference.fields' the same length",
        )

    node.get("fields", []).names(names)
    reference.get("fields", []).names(None if resource else names)

    return ForeignKey(fields, resource, targets)


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

    def get(self, key: str, default: Any) -> _Node:
        """Go to a member that may be missing."""
        value = self.value.get(key)

        return _Node(default if value is None else value, f"{self.where}/{key}")

    def optional(self, key: str, read: Callable[[_Node], T]) -> T | None:
        """Read a member, if it is there."""
        node = self.get(key, None)

        return None if node.value is None else read(node)

    def fail(self, what: str, hint: str | None = None) -> SchemaError:
        """Make the error that says what is wrong here."""
        return SchemaError(what, self.where, hint)

    def items(self) -> list[_Node]:
        """Go to each item of an array."""
        if not isinstance(self.value, Sequence) or isinstance(self.value, str):
            raise self.fail("this must be an array")

        return [_Node(item, f"{self.where}/{index}") for index, item in enumerate(self.value)]

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
            raise self.fail(f"{show(self.value)} holds half of a character", "write the whole one")

        return self.value

    def character(self) -> str:
        """Return a string that is not empty."""
        if not self.text():
            raise self.fail("this must not be empty")

        return self.text()

    def choice(self, choices: Sequence[str]) -> str:
        """Return a string that is one of these."""
        if self.text() not in choices:
            raise self.fail(
                f"there is no {show(self.value)} here", f"use one of {', '.join(choices)}"
            )

        return self.text()

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise self.fail("this must be true or false")

        return self.value

    def size(self) -> int:
        """Return a whole number from 0."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < 0:
            raise self.fail("this must be a whole number from 0")

        return min(self.value, _MOST)

    def names(self, known: Collection[str] | None = None) -> tuple[str, ...]:
        """Return the strings of an array, or the one string, which may have to be known fields."""
        found = (
            (self.text(),)
            if isinstance(self.value, str)
            else tuple(item.text() for item in self.items())
        )
        if len(set(found)) < len(found):
            raise self.fail("a field is named twice")
        for name in found:
            if known is not None and name not in known:
                raise self.fail(
                    f"there is no field {show(name)}", f"name one of {', '.join(list(known)[:20])}"
                )

        return found
