"""
A Table Schema, as frozen values.

Versions 1 and 2 of the standard are read alike (see :mod:`.parse`). Values of constraints are kept
as the text that a cell would hold, so that the rules that read cells read them too.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from interpol_dataset.tablecheck.faults import Fault

#: Texts that mean true and false where a field doesn't name its own.
TRUE_VALUES: Final = ("true", "True", "TRUE", "1")
FALSE_VALUES: Final = ("false", "False", "FALSE", "0")


class Bound(NamedTuple):
    """
    A limit of a value.

    :param fault: The fault of a value beyond it, such as ``Fault.MINIMUM``.
    :param text: The limit, as a cell would hold it.
    """

    fault: Fault
    text: str


class Constraints(NamedTuple):
    """
    What the values of a field must satisfy.

    :param required: Whether a missing value is a fault.
    :param unique: Whether no two rows may have the same value.
    :param bounds: Limits of the value.
    :param min_length: Fewest characters of a text, or items of a list.
    :param max_length: Most characters of a text, or items of a list.
    :param pattern: A regular expression (RE2) that the whole text must match.
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
    :param constraints: What its values must satisfy.
    :param missing: Texts that stand for a missing value.
    :param categories: The values of a categorical field.
    :param decimal_char: The decimal separator of a number.
    :param group_char: The thousands separator of a number.
    :param bare_number: Whether a number has no currency or percent sign around it.
    :param true_values: Texts that mean true.
    :param false_values: Texts that mean false.
    :param delimiter: What separates the items of a list.
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

    @property
    def form(self) -> Field:
        """How its values are written: itself without long lists, so that it is a quick key."""
        return self._replace(constraints=Constraints(), categories=None)


class ForeignKey(NamedTuple):
    """
    A reference to another table.

    :param fields: The fields that refer.
    :param resource: The table referred to; empty for the table itself.
    :param reference_fields: The fields referred to.
    """

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]


class UniqueKey(NamedTuple):
    """
    Fields that are unique together.

    :param fault: The fault of a row that repeats them: ``Fault.PRIMARY_KEY``, ``UNIQUE_KEY`` or
        ``UNIQUE``.
    :param fields: The fields.
    """

    fault: Fault
    fields: tuple[str, ...]


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

    @property
    def takes_more(self) -> bool:
        """Whether a file may have columns that no field is for."""
        return self.fields_match in {"subset", "partial"}

    @property
    def takes_fewer(self) -> bool:
        """Whether a file may lack columns of fields that aren't required."""
        return self.fields_match in {"superset", "partial"}

    @property
    def unique(self) -> tuple[UniqueKey, ...]:
        """Everything that is unique: fields, the primary key, and other keys."""
        keys = [UniqueKey(Fault.UNIQUE, (f.name,)) for f in self.fields if f.constraints.unique]
        keys += [UniqueKey(Fault.PRIMARY_KEY, self.primary_key)] if self.primary_key else []
        keys += [UniqueKey(Fault.UNIQUE_KEY, key) for key in self.unique_keys]

        return tuple(keys)

    def field(self, name: str) -> Field:
        """
        Return a field by its name.

        :raises KeyError: There is no such field.
        """
        for candidate in self.fields:
            if candidate.name == name:
                return candidate

        raise KeyError(name)
