"""
Files of records: their content with its places, the kinds of records, and the ids they refer to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import BaseModel

from interpol_dataset.findings import Place, Span
from interpol_dataset.records import models as m
from interpol_dataset.records.compose import places_of, span_of
from interpol_dataset.schema.field_info import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of record, and where its records are.

    :param name: Its name, as ``interpol-dataset new`` and the JSON Schemas use it.
    :param table: The table of its ids, and the name of its folder or file.
    :param model: Its model.
    :param folder: Whether each record has a file of its own; if not, one file lists them all.
    """

    name: str
    table: str
    model: type[m.Model]
    folder: bool = True

    @property
    def id_field(self) -> str:
        """The field that the file is named after."""
        return "document" if self.model is m.ClaimSet else "id"


KINDS: Final = (
    Kind("category", "categories", m.Category),
    Kind("case", "cases", m.Case),
    Kind("challenge", "challenges", m.Challenge),
    Kind("lesson", "lessons", m.Lesson),
    Kind("claims", "claims", m.ClaimSet),
    Kind("source", "sources", m.Source),
    Kind("metrics", "metrics", m.Metric, folder=False),
    Kind("objects", "objects", m.Object, folder=False),
    Kind("organizations", "organizations", m.Organization, folder=False),
    Kind("retired_ids", "retired_ids", m.RetiredId, folder=False),
)


@dataclass(frozen=True, slots=True)
class Records:
    """All records of a package, each kind in the order of its ids."""

    categories: tuple[m.Category, ...] = ()
    cases: tuple[m.Case, ...] = ()
    challenges: tuple[m.Challenge, ...] = ()
    lessons: tuple[m.Lesson, ...] = ()
    claims: tuple[m.ClaimSet, ...] = ()
    sources: tuple[m.Source, ...] = ()
    metrics: tuple[m.Metric, ...] = ()
    objects: tuple[m.Object, ...] = ()
    organizations: tuple[m.Organization, ...] = ()
    retired_ids: tuple[m.RetiredId, ...] = ()


class _Referring(NamedTuple):
    """
    A field that refers to records, or in which something does.

    :param name: Its name.
    :param many: Whether it has several values.
    :param table: The table referred to; empty where ``inner`` refers to others.
    :param inner: The model of what is in it.
    """

    name: str
    many: bool
    table: str
    inner: type[BaseModel] | None


def references(model: type[BaseModel], data: Json) -> Iterator[tuple[KeyPath, str, str]]:
    """
    Return the ids that a record refers to.

    :param model: The record's model.
    :param data: The record as it was read.
    :returns: Path in the record, table referred to, and id.
    """
    if not isinstance(data, dict):
        return

    for name, many, table, inner in _referring(model):
        value = data.get(name)
        if value is None:
            continue
        items: list[tuple[KeyPath, Json]] = [((name,), value)]
        if many and isinstance(value, list):
            items = [((name, index), item) for index, item in enumerate(value)]

        for path, item in items:
            if inner is not None:
                for below, inner_table, id_ in references(inner, item):
                    yield (*path, *below), inner_table, id_
            elif isinstance(item, str):
                yield path, table, item


@cache
def _referring(model: type[BaseModel]) -> tuple[_Referring, ...]:
    """Return the fields of a model that refer to records, or in which something does."""
    found = []
    for name, kind in fields_of(model).items():
        inner = kind.base if issubclass(kind.base, BaseModel) else None
        if kind.references or (inner is not None and _referring(inner)):
            found.append(_Referring(name, kind.many, kind.references or "", inner))

    return tuple(found)
