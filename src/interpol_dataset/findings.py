"""
What a check found, and where.

A finding points at the very characters: file, line and column, counted from 1 as editors do. In a
table, which is checked by column, it names the row and the field.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

#: The path from a document's top to a value in it: keys and, in lists, positions from 0.
KeyPath: TypeAlias = tuple[str | int, ...]


class Severity(StrEnum):
    """How much a finding matters: an error fails the gate, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """A stretch of text from its first character to just after its last, counted from 1."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """A file, by the path that the reader gave, and where one is known a stretch of its text."""

    path: str
    span: Span | None = None

    def __str__(self) -> str:
        if self.span is None:
            return self.path
        return f"{self.path}:{self.span.line}:{self.span.column}"


class Fix(NamedTuple):
    """
    A change that is certain to fix a fault.

    :param value: What to write at the path; ``None`` removes the value.
    :param scraps: The paths to keys that go, too, because they were a part of the value.
    """

    path: KeyPath
    value: str | float | None = None
    scraps: tuple[KeyPath, ...] = ()

    @property
    def gone(self) -> tuple[KeyPath, ...]:
        """The paths to all that it removes."""
        return self.scraps if self.value is not None else (self.path, *self.scraps)


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One fault: the code of its rule, where it is, what is wrong, and how to fix it.

    :param record: The record it is in, as ``table/id``; in a table the row, as ``table/row``.
    :param field: The field it is in: a path like ``reports/0/period``, or a table's column.
    :param fix: The change that fixes it, where one is certain.
    :param row: The row of the table it is in, from 1.
    """

    rule: str
    place: Place
    message: str
    hint: str | None = None
    record: str | None = None
    field: str | None = None
    severity: Severity = Severity.ERROR
    fix: Fix | None = None
    row: int | None = None

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        """The order in which findings are reported: by file, place, then rule."""
        return (self.place.path, self.place.span or Span(0, 0, 0, 0), self.rule, self.message)

    @property
    def sentence(self) -> str:
        """The message, after the row and the field where there is no line to say where it is."""
        if self.place.span is not None:
            return self.message
        where = [f"row {self.row}"] if self.row is not None else []
        where += [f"field '{self.field}'"] if self.field is not None else []
        return f"{', '.join(where)}: {self.message}" if where else self.message
