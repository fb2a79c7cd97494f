"""
A file's content, with the place of every key and value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from interpol_dataset.findings import Place, Span
from interpol_dataset.records.compose import places_of, span_of

if TYPE_CHECKING:
    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.compose import Json, Places
    from interpol_dataset.records.defects import SyntaxDefect


@dataclass(frozen=True)
class Document:
    """
    A file's content and the places of all that is in it.

    Most files are right and nobody asks for their places, so these are read when somebody does.

    :param path: The file's path, as findings name it.
    :param text: The whole text.
    :param data: The content as plain values; ``None`` where the file can't be read.
    :param defects: What breaks the rules of the dialect.
    :param size: How many values it has.
    :param known: Where everything is, if that is known already.
    """

    path: str
    text: str
    data: Json = None
    defects: tuple[SyntaxDefect, ...] = ()
    size: int = 0
    known: Places | None = field(default=None, repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, as places count them."""
        return re.split(r"\r\n?|\n", self.text)

    @cached_property
    def places(self) -> Places:
        """Where everything is."""
        return places_of(self.text) if self.known is None else self.known

    @cached_property
    def values(self) -> dict[KeyPath, Span]:
        """The span of each value."""
        return {path: span_of(marks) for path, marks in self.places.values.items()}

    @cached_property
    def keys(self) -> dict[KeyPath, Span]:
        """The span of each mapping key."""
        return {path: span_of(marks) for path, marks in self.places.keys.items()}

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
        if key and path in self.places.keys:
            return Place(self.path, span_of(self.places.keys[path]))

        while path and path not in self.places.values:
            path = path[:-1]

        marks = self.places.values.get(path)
        return Place(self.path, span_of(marks) if marks else None)

    def is_comment(self, line: int) -> bool:
        """Return whether a line that looks like a comment is one, rather than part of a text."""
        return line not in self._text_lines

    @cached_property
    def _text_lines(self) -> frozenset[int]:
        """The lines that continue a text from an earlier line."""
        return frozenset(
            line
            for first, _, last, column in self.places.folded
            for line in range(first + 2, last + 1 + (column > 0))
        )
