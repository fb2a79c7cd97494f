"""
The JSON forms of a Table Schema, and of a Table Dialect.

Whatever is malformed, or can't be checked, raises an error that names the very property, so that
nothing is silently left unchecked.
"""

from __future__ import annotations

import codecs
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from interpol_dataset.tablecheck import limits
from interpol_dataset.tablecheck.faults import Fault, SchemaError, show
from interpol_dataset.tablecheck.schema import (
    FALSE_VALUES,
    TRUE_VALUES,
    Bound,
    Constraints,
    Field,
    ForeignKey,
    TableSchema,
)
from interpol_dataset.tablecheck.values import FORMS, TYPES, is_value

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_MATCHES: Final = ("exact", "equal", "subset", "superset", "partial")
_ORDERED: Final = {"integer", "number", "date", "time", "datetime", "year", "yearmonth"}
#: Lengths beyond it are longer than any value.
_MOST: Final = 1 << 62
#: Types of the standard that are refused.
_UNCHECKED: Final = {"duration", "geojson", "geopoint", "list"}
#: Properties of fields that change how values are written, and are refused.
_UNREAD: Final = {"decimalChar": ".", "groupChar": "", "bareNumber": True}
_SIZED: Final = {"string", "array", "object"}
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

#: Properties of a dialect, and their values that ask for nothing but plain CSV; any value of the
#: first ones, which change nothing, or make the check stricter than they ask.
_PLAIN_CSV: Final[dict[str, tuple[Any, ...] | None]] = {
    "$schema": None,
    "csvddfVersion": None,
    "headerJoin": None,
    "caseSensitiveHeader": None,
    "headerCase": None,
    "lineTerminator": ("\r\n", "\n", "\r"),
    "quoteChar": ('"',),
    "doubleQuote": (True,),
    "escapeChar": (None, ""),
    "skipInitialSpace": (False,),
    "commentChar": (None, ""),
    "header": (True,),
    "headerRows": ([1],),
    "nullSequence": (None, ""),
}

#: The encodings of texts that are read, by Python's names.
_ENCODINGS: Final = (
    *("utf-8", "utf-8-sig", "ascii", "utf-16", "utf-16-le", "utf-16-be"),
    *("iso8859-1", "iso8859-15", "cp1250", "cp1251", "cp1252"),
)


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

    for name, usual in _UNREAD.items():
        if node.get(name, usual).value != usual:
            what = f"numbers with another {name!r} than {usual!r} can't be checked here"
            raise node.fail(what, "write plain numbers, such as 1000.5")

    own = node.optional("missingValues", _missing_values)
    field = Field(
        name=_name(node.get("name", "")),
        type=type_.value,
        format=_format(node.get("format", "default"), type_.value),
        missing=missing if own is None else own,
        true_values=node.get("trueValues", list(TRUE_VALUES)).names(),
        false_values=node.get("falseValues", list(FALSE_VALUES)).names(),
    )
    categories = node.optional("categories", lambda items: _categories(items, field))
    constraints = _constraints(node.get("constraints", {}).object(), field)

    return field._replace(categories=categories, constraints=constraints)


def _name(node: _Node) -> str:
    if len(node.text()) > limits.MAX_NAME:
        raise node.fail(f"the name is longer than {limits.MAX_NAME} characters", "shorten it")

    return node.text()


def _format(node: _Node, type_: str) -> str:
    known = sorted({"default"} | {format_ for of, format_ in FORMS if of == type_})
    if node.text() not in known:
        what = f"the format {show(node.value)} of the type {type_} can't be checked here"
        raise node.fail(what, f"use {' or '.join(known)}, or the type string with a pattern")

    return node.text()


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
    from interpol_dataset.tablecheck.cells import why_refused  # noqa: PLC0415

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


class Dialect(NamedTuple):
    """How a CSV file is written: the character between cells, and the encoding."""

    delimiter: str = ","
    encoding: str = "utf-8"


def parse_dialect(
    descriptor: Mapping[str, Any], *, encoding: str = "utf-8", where: str = "dialect"
) -> Dialect:
    """
    Read a Table Dialect (version 2) or CSV Dialect (version 1).

    :raises SchemaError: It is malformed, or asks for anything but plain CSV with some delimiter.
    """
    # frictionless and dplib nest what belongs to CSV.
    options = dict(descriptor)
    nested = options.pop("csv", {})
    options |= _Node(nested, f"{where}/csv").object().value
    delimiter = options.pop("delimiter", None) or ","
    for name, value in options.items():
        plain = _PLAIN_CSV.get(name, ())
        if plain is not None and value not in plain:
            raise SchemaError(
                f"the dialect property {name!r} is not supported",
                where,
                "write the file as plain CSV, with its names in the first row",
            )
    is_one = isinstance(delimiter, str) and len(delimiter) == 1 and delimiter.isascii()
    if not is_one or delimiter in '"\0\r\n':
        what = f"{show(delimiter)} is not one plain character"
        raise SchemaError(what, f"{where}/delimiter", "give one, such as a semicolon")

    return Dialect(delimiter, _encoding(encoding, where))


def _encoding(name: str, where: str) -> str:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        found = ""
    if found not in _ENCODINGS:
        what = f"the encoding {show(name)} can't be read"
        raise SchemaError(what, where, f"write the file in UTF-8, or {', '.join(_ENCODINGS[2:])}")

    return found


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
