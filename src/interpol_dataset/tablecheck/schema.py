"""
A Table Schema (version 1 or 2) as frozen values, and its JSON form.

Values of constraints are kept as the text that a cell would hold. Anything malformed, or that can't
be checked, raises an error that names the property, so that nothing is skipped silently.

Arrow reads whole columns. What it can't read is read here: limits and lists of values in a schema,
and numbers beyond 64 bits. Whatever has an order becomes a decimal number, so that one comparison
serves every type and nothing is rounded.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from interpol_dataset.tablecheck import faults as limits
from interpol_dataset.tablecheck.faults import Fault, SchemaError, SourceError, show

# --- the standard's types, and the values that texts stand for ------------------------------

_YEAR_4: Final = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP: Final = (
    "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
)
_DAY: Final = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_TIME: Final = (
    r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
    "(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
#: A day of the proleptic Gregorian calendar, leap years and all.
_DATE: Final = f"(?:{_YEAR_4}-{_DAY}|{_LEAP})"
#: The forms of types, not anchored; a type without one is read in another way.
FORMS: Final = {
    "integer": "[+-]?[0-9]+",
    "number": r"(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|-?INF)",
    "date": _DATE,
    "datetime": f"{_DATE}T{_TIME}",
}
#: What is checked of the standard: the constraints, and the types that each may have, all if null;
#: types that are refused, and what to use in their place; properties of fields that change how
#: values are written, what is read of them, and how to write it; properties of a dialect, and their
#: values that ask for nothing but plain CSV, all if null: there the check is rather stricter.
_STANDARD: Final[dict[str, dict[str, Any]]] = json.loads(
    Path(__file__).with_name("standard.json").read_text("utf-8")
)
#: Texts that mean true and false.
TRUE_VALUES: Final[list[str]] = _STANDARD["written"]["trueValues"][0]
FALSE_VALUES: Final[list[str]] = _STANDARD["written"]["falseValues"][0]
#: Digits up to which a number is written out.
_WRITTEN_OUT: Final = 400


@lru_cache(maxsize=1024)
def read_value(type_: str, text: str) -> Any:
    """
    Return the value that a text stands for.

    :returns: A decimal number for whatever has an order; else a value that is equal to another
        exactly when the two texts mean the same.
    :raises ValueError: The text is not of the type.
    """
    form = FORMS.get(type_)
    if form is not None and not re.fullmatch(form, text):
        raise ValueError(text)
    return _READERS[type_](text)


def is_value(type_: str, text: str) -> bool:
    """Return whether a text is of a type."""
    try:
        read_value(type_, text)
    except (ValueError, RecursionError):
        return False
    return True


def key_of(type_: str, text: str) -> str:
    """Write a value so that equal values are equal texts, for use as a key."""
    try:
        value = read_value(type_, text)
    except (ValueError, RecursionError):
        return text
    if isinstance(value, Decimal) and value.is_finite():
        # Written out, 1e1000000 would be a megabyte.
        short = value.normalize()
        return f"{short:f}" if abs(value.adjusted()) < _WRITTEN_OUT else str(short)
    return str(value)


def _number(text: str) -> Decimal:
    text = text.replace("INF", "Infinity")
    try:
        return Decimal(text)
    except InvalidOperation:
        # The exponent is beyond any that a decimal can have.
        mantissa, exponent = re.split("[eE]", text)
        if exponent.startswith("-") or not Decimal(mantissa):
            return Decimal(0)
        return Decimal("Infinity").copy_sign(Decimal(mantissa))


def _boolean(text: str) -> bool:
    if text not in {*TRUE_VALUES, *FALSE_VALUES}:
        raise ValueError(text)
    return text in TRUE_VALUES


def _date(text: str) -> Decimal:
    return Decimal(date.fromisoformat(text).toordinal())


def _moment(text: str) -> Decimal:
    """Return a datetime in seconds; without a zone it counts as UTC."""
    clock, sign, zone = re.split("([Z+-]|$)", text[11:], maxsplit=1)
    hours, minutes, seconds = clock.split(":")
    total = (_date(text[:10]) * 24 + int(hours)) * 3600 + int(minutes) * 60 + Decimal(seconds)
    if zone:
        offset = int(zone[:2]) * 3600 + int(zone[3:]) * 60
        total += -offset if sign == "+" else offset
    return total


def _json(text: str, kind: type) -> str:
    value = json.loads(text, parse_constant=no_number)
    if not isinstance(value, kind):
        raise ValueError(text)  # noqa: TRY004 - a cell that is not of its type is a value error
    return json.dumps(value, sort_keys=True)


def no_number(word: str) -> None:
    """Refuse NaN and Infinity, which Python reads in JSON."""
    raise ValueError(f"{word} is not a number of JSON")


_READERS: Final[dict[str, Callable[[str], Hashable]]] = {
    "any": str,
    "array": lambda text: _json(text, list),
    "boolean": _boolean,
    "date": _date,
    "datetime": _moment,
    "integer": _number,
    "number": _number,
    "object": lambda text: _json(text, dict),
    "string": str,
}

#: The field types that can be checked.
TYPES: Final = frozenset(_READERS)


# --- values of JSON and of nested columns, as the texts that a CSV file would hold -------------


class Number(str):
    """A JSON number as it is written, so that no digit is lost."""

    __slots__ = ()


class Faulty:
    """An object with a member twice, or one of Python's words such as NaN."""


def as_cell(value: Any) -> str:
    """Write a text as it is, and anything else as JSON, if it is sound and not nested too deep."""
    return value if isinstance(value, str) else _write_json(value, 1)


def _write_json(value: Any, depth: int) -> str:
    if depth == limits.MAX_JSON_DEPTH:
        raise RecursionError
    match value:
        case Number():
            return value
        case dict():
            members = [f"{json.dumps(k)}: {_write_json(v, depth + 1)}" for k, v in value.items()]
            return f"{{{', '.join(members)}}}"
        case list():
            return f"[{', '.join(_write_json(item, depth + 1) for item in value)}]"
        case Faulty():
            raise ValueError
        case _:
            return json.dumps(value, default=str, ensure_ascii=False)


T = TypeVar("T")
_BOUNDS: Final = {
    "minimum": Fault.MINIMUM,
    "maximum": Fault.MAXIMUM,
    "exclusiveMinimum": Fault.EXCLUSIVE_MINIMUM,
    "exclusiveMaximum": Fault.EXCLUSIVE_MAXIMUM,
}
#: Lengths beyond it are longer than any value.
_MOST: Final = 1 << 62


class Constraints(NamedTuple):
    """
    What the values of a field must satisfy.

    Lengths are those of texts in characters, and of arrays in items. The pattern is one of RE2 that
    the whole text must match.
    """

    required: bool = False
    unique: bool = False
    #: Faults, each with the limit beyond which a value has it, as a cell would hold it.
    bounds: tuple[tuple[Fault, str], ...] = ()
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    enum: tuple[str, ...] | None = None


class Field(NamedTuple):
    """One column, the texts that stand for a missing value, and the values that it may have."""

    name: str
    type: str = "string"
    constraints: Constraints = Constraints()
    missing: tuple[str, ...] = ("",)
    categories: tuple[str, ...] | None = None


class ForeignKey(NamedTuple):
    """Fields that refer to those of another table; its name is empty for the table itself."""

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]


class UniqueKey(NamedTuple):
    """Fields that are unique together, and the fault of a row that repeats them."""

    fault: Fault
    fields: tuple[str, ...]


class TableSchema(NamedTuple):
    """A table's columns and keys."""

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    @property
    def unique(self) -> tuple[UniqueKey, ...]:
        """Everything that is unique: fields, the primary key, and other keys."""
        keys = [UniqueKey(Fault.UNIQUE, (f.name,)) for f in self.fields if f.constraints.unique]
        keys += [UniqueKey(Fault.PRIMARY_KEY, self.primary_key)] if self.primary_key else []
        keys += [UniqueKey(Fault.UNIQUE_KEY, key) for key in self.unique_keys]
        return tuple(keys)

    def field(self, name: str) -> Field:
        """Return a field by its name."""
        return next(field for field in self.fields if field.name == name)


def check_reference(key: ForeignKey, columns: Collection[str] | None, hint: str) -> None:
    """Check that the table which a key refers to is at hand, and has the columns."""
    if columns is None:
        what = f"the table refers to {key.resource!r}, which is not at hand"
        raise SourceError(what, "foreignKeys", hint)
    for name in key.reference_fields:
        if name not in columns:
            raise SourceError(f"{key.resource} has no column {name!r}", "foreignKeys")


# --- the JSON form --------------------------------------------------------------------------


def parse_schema(descriptor: Mapping[str, Any], *, where: str = "schema") -> TableSchema:
    """
    Read a Table Schema of version 1 or 2 from its JSON form, called so in errors.

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
    node.get("fieldsMatch", ["exact"]).only("exact", "put the columns in the order of the fields")

    return TableSchema(
        fields=fields,
        primary_key=node.get("primaryKey", []).names(names),
        unique_keys=tuple(unique_keys),
        foreign_keys=tuple(_foreign_key(key, names) for key in node.get("foreignKeys", []).items()),
    )


def _field(node: _Node, missing: tuple[str, ...], default_type: str) -> Field:
    if "name" not in node.object().value:
        raise node.fail("the field has no name", "add a 'name'")

    type_ = node.get("type", default_type)
    if type_.text() not in TYPES:
        known = "can't be checked here" if type_.value in _STANDARD["refused"] else "is not known"
        instead = _STANDARD["refused"].get(type_.value, f"one of {', '.join(sorted(TYPES))}")
        raise type_.fail(f"the type {show(type_.value)} {known}", f"use {instead}")
    node.get("format", "default").only("default", "use the type string with a pattern")
    for name, (usual, form) in _STANDARD["written"].items():
        if node.get(name, usual).value != usual:
            raise node.fail(f"{name!r} can't be checked here", f"leave it out, and write {form}")

    own = node.optional("missingValues", _missing_values)
    name = node.get("name", "").text(limits.MAX_NAME)
    field = Field(name, type_.value, missing=missing if own is None else own)
    categories = node.optional("categories", lambda items: _categories(items, field))
    constraints = _constraints(node.get("constraints", {}).object(), field)

    return field._replace(categories=categories, constraints=constraints)


def _constraints(node: _Node, field: Field) -> Constraints:
    for name in node.value:
        if name not in _STANDARD["constraints"]:
            hint = f"take it out, or use one of {', '.join(sorted(_STANDARD['constraints']))}"
            raise node.fail(f"the constraint {show(name)} can't be checked here", hint)
        if field.type not in (_STANDARD["constraints"][name] or TYPES):
            raise node.fail(f"the constraint {name!r} means nothing for the type {field.type}")

    return Constraints(
        required=node.get("required", default=False).flag(),
        unique=node.get("unique", default=False).flag(),
        bounds=tuple(
            (fault, _cell(node.get(name, None), field))
            for name, fault in _BOUNDS.items()
            if node.value.get(name) is not None
        ),
        min_length=node.optional("minLength", _Node.size),
        max_length=node.optional("maxLength", _Node.size),
        pattern=node.optional("pattern", _pattern),
        enum=node.optional("enum", lambda enum: tuple(_cell(item, field) for item in enum.items())),
    )


def _pattern(node: _Node) -> str:
    pattern = node.text(limits.MAX_PATTERN)
    # Only a schema with a pattern needs Arrow before there are rows.
    from interpol_dataset.tablecheck.arrow import why_refused  # noqa: PLC0415

    if why := why_refused(pattern):
        what = f"the pattern {pattern[:100]!r} is not a regular expression of RE2: {why}"
        hint = "write it without look-around and back-references, which RE2 doesn't have"
        raise node.fail(what, hint)
    return pattern


def _cell(node: _Node, field: Field) -> str:
    """Write a value of the schema as a cell would hold it, and check that it is of the field."""
    try:
        text = as_cell(node.value)
        if is_value(field.type, text):
            return text
    except (ValueError, TypeError, RecursionError):  # thousands of digits or levels
        pass
    what = f"{show(node.value)} is not of the field's type {field.type}"
    raise node.fail(what, "write it as a cell would be")


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


def _foreign_key(node: _Node, names: Collection[str]) -> ForeignKey:
    reference = node.object().get("reference", None).object()
    resource = reference.get("resource", "").text()
    fields = node.get("fields", []).names()
    targets = reference.get("fields", []).names()
    if not fields or len(fields) != len(targets):
        what = "a foreign key names as many fields as its reference, and at least one"
        raise node.fail(what, "give 'fields' and 'reference.fields' the same length")
    node.get("fields", []).names(names)
    reference.get("fields", []).names(None if resource else names)
    return ForeignKey(fields, resource, targets)


def parse_dialect(descriptor: Mapping[str, Any], encoding: str, where: str) -> str:
    """Return the delimiter that a Table Dialect or CSV Dialect names; the rest is plain CSV."""
    # frictionless and dplib nest what belongs to CSV.
    options = dict(descriptor)
    nested = options.pop("csv", {})
    options |= _Node(nested, f"{where}/csv").object().value
    delimiter = options.pop("delimiter", None) or ","
    for name, value in options.items():
        plain = _STANDARD["dialect"].get(name, ())
        if plain is not None and value not in plain:
            what = f"the dialect property {name!r} is not supported"
            hint = "write the file as plain CSV, with its names in the first row"
            raise SchemaError(what, where, hint)
    is_one = isinstance(delimiter, str) and len(delimiter) == 1 and delimiter.isascii()
    if not is_one or delimiter in '"\0\r\n':
        what = f"{show(delimiter)} is not one plain character"
        raise SchemaError(what, f"{where}/delimiter", "give one, such as a semicolon")
    if encoding.lower() not in {"utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii"}:
        what = f"the encoding {show(encoding)} can't be read"
        raise SchemaError(what, where, "write the file in UTF-8")

    return delimiter


def is_torn(text: str) -> bool:
    """Return whether a text holds half of a surrogate pair; JSON may, and no file can."""
    return any("\ud800" <= character <= "\udfff" for character in text)


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

    def text(self, most: int = _MOST) -> str:
        """Return a string of at most so many characters."""
        if not isinstance(self.value, str):
            raise self.fail("this must be a string")
        if is_torn(self.value):
            raise self.fail(f"{show(self.value)} holds half of a character", "write the whole one")
        if len(self.value) > most:
            raise self.fail(f"this is longer than {most} characters", "shorten it")
        return self.value

    def only(self, known: str, hint: str) -> None:
        """Check that this is the one string that is known, or an array of it."""
        if self.value not in (known, [known]):
            raise self.fail(f"{show(self.value)} can't be checked here, only {known!r}", hint)

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
        items = [self] if isinstance(self.value, str) else self.items()
        found = tuple(item.text() for item in items)
        if len(set(found)) < len(found):
            raise self.fail("a field is named twice")
        for name in found:
            if known is not None and name not in known:
                hint = f"name one of {', '.join(list(known)[:20])}"
                raise self.fail(f"there is no field {show(name)}", hint)
        return found
