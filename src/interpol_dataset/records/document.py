"""
A file's content, with the place of every key and value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from interpol_dataset.findings import Place, Span

if TYPE_CHECKING:
    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.defects import SyntaxDefect

__all__ = ["Document", "Json", "Marks"]

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

#: Line and column of a first character and of the place behind a last one, counted from 0.
Marks: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True)
class Document:
    """
    A file's content and the places of all that is in it.

    Most files are right and nobody asks for their places, so these are kept as bare numbers and
    turned into spans on demand.

    :param path: The file's path, as findings name it.
    :param text: The whole text.
    :param data: The content as plain values; ``None`` where the file can't be read.
    :param defects: What breaks the rules of the dialect.
    :param value_marks: The marks of each value.
    :param key_marks: The marks of each mapping key.
    :param folded: The marks of the texts that run over several lines.
    """

    path: str
    text: str
    data: Json = None
    defects: tuple[SyntaxDefect, ...] = ()
    value_marks: dict[KeyPath, Marks] = field(default_factory=dict, repr=False)
    key_marks: dict[KeyPath, Marks] = field(default_factory=dict, repr=False)
    folded: tuple[Marks, ...] = field(default=(), repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, as places count them."""
        return re.split(r"\r\n?|\n", self.text)

    @cached_property
    def values(self) -> dict[KeyPath, Span]:
        """The span of each value."""
        return {path: span_of(marks) for path, marks in self.value_marks.items()}

    @cached_property
    def keys(self) -> dict[KeyPath, Span]:
        """The span of each mapping key."""
        return {path: span_of(marks) for path, marks in self.key_marks.items()}

    def at(self, path: KeyPath) -> Any:  # noqa: ANN401  # any plain value
        """Return the value at a path that the document has."""
        value: Any = self.data
        for step in path:
            value = value[step]

        return value

    def place(self, path: KeyPath = (), *, key: bool = False) -> Place:
        """
        Return the place of a value, or of the nearest thing around it.

        :param key: Point at the key rather than at its value.
        """
        if key and path in self.key_marks:
            return Place(self.path, span_of(self.key_marks[path]))

        while path and path not in self.value_marks:
            path = path[:-1]

        marks = self.value_marks.get(path)
        return Place(self.path, span_of(marks) if marks else None)

    def is_comment(self, line: int) -> bool:
        """Return whether a line that looks like a comment is one, rather than part of a text."""
        return line not in self._text_lines

    @cached_property
    def _text_lines(self) -> frozenset[int]:
        """The lines that continue a text from an earlier line."""
        return frozenset(
            line
            for first, _, last, column in self.folded
            for line in range(first + 2, last + 1 + (column > 0))
        )


def span_of(marks: Marks) -> Span:
    """Return the span of some marks."""
    line, column, end_line, end_column = marks

    return Span(line + 1, column + 1, end_line + 1, end_column + 1)
