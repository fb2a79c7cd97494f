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
    """A limit of a value, as a cell would hold it, and the fault of a value beyond it."""

    fault: Fault
    text: str


class Constraints(NamedTuple):
    """
    What the values of a field must satisfy.

    Lengths are those of texts in characters, and of arrays in items. The pattern is one of RE2 that
    the whole text must match.
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

    :param missing: Texts that stand for a missing value.
    :param categories: The values of a categorical field.
    :param true_values: Texts that mean true.
    :param false_values: Texts that mean false.
    """

    name: str
    type: str = "string"
    format: str = "default"
    constraints: Constraints = Constraints()
    missing: tuple[str, ...] = ("",)
    categories: tuple[str, ...] | None = None
    true_values: tuple[str, ...] = TRUE_VALUES
    false_values: tuple[str, ...] = FALSE_VALUES

    @property
    def form(self) -> Field:
        """How its values are written: itself without long lists, so that it is a quick key."""
        return self._replace(constraints=Constraints(), categories=None)


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
    """
    A table's columns and keys.

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
