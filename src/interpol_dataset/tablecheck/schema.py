"""
A Table Schema, as frozen values.

Version 1 and version 2 of the standard are read alike (see :mod:`.descriptor`). Values of
constraints are kept as the text that a cell would hold, so that they are read by the very rules
that cells are read by.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = [
    "FALSE_VALUES",
    "TRUE_VALUES",
    "TYPES",
    "Bound",
    "Constraints",
    "Field",
    "ForeignKey",
    "TableSchema",
    "UniqueRule",
    "unique_rules",
]

#: Texts that mean true and false where a field doesn't name its own.
TRUE_VALUES: Final = ("true", "True", "TRUE", "1")
FALSE_VALUES: Final = ("false", "False", "FALSE", "0")

#: The field types of the standard.
TYPES: Final = frozenset(
    {
        "any",
        "array",
        "boolean",
        "date",
        "datetime",
        "duration",
        "geojson",
        "geopoint",
        "integer",
        "list",
        "number",
        "object",
        "string",
        "time",
        "year",
        "yearmonth",
    }
)


class Bound(NamedTuple):
    """
    A limit that a value must keep.

    :param rule: ``minimum``, ``maximum``, ``exclusive-minimum`` or ``exclusive-maximum``.
    :param text: The limit, as a cell would hold it.
    """

    rule: str
    text: str


class Constraints(NamedTuple):
    """
    What the values of a field must keep.

    :param required: Whether a missing value is a fault.
    :param unique: Whether a value may stand in one row alone.
    :param bounds: Limits of the value.
    :param min_length: Fewest characters of a text, or items of a list.
    :param max_length: Most characters of a text, or items of a list.
    :param pattern: A regular expression that the whole text must match.
    :param enum: The values that are allowed.
    """

    required: bool = False
    unique: bool = False
    bounds: tuple[Bound, ...] = ()
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    enum: tuple[str, ...] | None = None


class Field(NamedTuple):
    """
    One column.

    :param name: Its name.
    :param type: One of the types of the standard.
    :param format: The format of the type.
    :param constraints: What its values must keep.
    :param missing: Texts that stand for a missing value.
    :param categories: The values of a categorical field.
    :param decimal_char: What parts a number's fraction.
    :param group_char: What groups a number's digits.
    :param bare_number: Whether a number stands alone, without a currency or a percent sign.
    :param true_values: Texts that mean true.
    :param false_values: Texts that mean false.
    :param delimiter: What parts the items of a list.
    :param item_type: The type of the items of a list.
    """

    name: str
    type: str = "string"
    format: str = "default"
    constraints: Constraints = Constraints()
    missing: tuple[str, ...] = ("",)
    categories: tuple[str, ...] | None = None
    decimal_char: str = "."
    group_char: str = ""
    bare_number: bool = True
    true_values: tuple[str, ...] = TRUE_VALUES
    false_values: tuple[str, ...] = FALSE_VALUES
    delimiter: str = ","
    item_type: str = "string"


class ForeignKey(NamedTuple):
    """
    A reference to another table.

    :param fields: The fields that refer.
    :param resource: The resource referred to; empty for the table itself.
    :param reference_fields: The fields referred to.
    """

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]


class TableSchema(NamedTuple):
    """
    A table's columns and keys.

    :param fields: The columns, in order.
    :param primary_key: The fields that identify a row.
    :param unique_keys: Further sets of fields that are unique together.
    :param foreign_keys: References to other tables.
    :param fields_match: How the columns of a file are matched with the fields: ``exact``,
        ``equal``, ``subset``, ``superset`` or ``partial``.
    """

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    fields_match: str = "exact"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """
        Return a field by its name.

        :raises KeyError: There is no such field.
        """
        for candidate in self.fields:
            if candidate.name == name:
                return candidate

        raise KeyError(name)


class UniqueRule(NamedTuple):
    """
    Fields that are unique together.

    :param rule: ``primary-key``, ``unique-key`` or ``unique``.
    :param fields: The fields.
    """

    rule: str
    fields: tuple[str, ...]


def unique_rules(schema: TableSchema) -> tuple[UniqueRule, ...]:
    """Say what must be unique in a table."""
    rules = [
        UniqueRule("unique", (field.name,)) for field in schema.fields if field.constraints.unique
    ]
    if schema.primary_key:
        rules.append(UniqueRule("primary-key", schema.primary_key))
    rules += [UniqueRule("unique-key", key) for key in schema.unique_keys]

    return tuple(rules)
