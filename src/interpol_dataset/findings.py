"""
What is found wrong, and where.

A finding points at the very characters: file, line and column, counted from one as editors do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

__all__ = ["Finding", "Fix", "Place", "Severity", "Span"]


class Severity(StrEnum):
    """How much a finding matters: an error fails the gate, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """
    A stretch of text, from its first character to just behind its last.

    :param line: Line of the first character, from 1.
    :param column: Column of the first character, from 1, in characters.
    :param end_line: Line of the end.
    :param end_column: Column just behind the last character.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """
    A file and, where one is known, a stretch in it.

    :param path: The file's path, as the reader gave it.
    :param span: The stretch; none where the whole file is meant.
    """

    path: str
    span: Span | None = None

    def __str__(self) -> str:
        if self.span is None:
            return self.path

        return f"{self.path}:{self.span.line}:{self.span.column}"


class Fix(NamedTuple):
    """
    A change that certainly fixes a fault.

    :param path: The way from the document's top to the value that changes.
    :param value: What to write there; none takes the value out.
    """

    path: tuple[str | int, ...]
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One fault.

    :param rule: The code of the rule that found it.
    :param place: Where it is.
    :param message: What is wrong.
    :param hint: How to fix it, where that can be known.
    :param record: The record it is in, as ``kind/id``.
    :param field: The field it is in, as a path like ``reports/0/period``.
    :param severity: Whether it fails the gate.
    :param fix: The change that fixes it, where one is certain.
    """

    rule: str
    place: Place
    message: str
    hint: str | None = None
    record: str | None = None
    field: str | None = None
    severity: Severity = Severity.ERROR
    fix: Fix | None = None

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        """The order in which findings are reported: by file, place, then rule."""
        return (self.place.path, self.place.span or Span(0, 0, 0, 0), self.rule, self.message)
