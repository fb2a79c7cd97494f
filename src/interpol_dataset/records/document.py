"""
Files of records: content with its places, kinds of records, ids they refer to, and comments.

A comment on a line of its own belongs to what comes next, one after a value to that value.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import BaseModel

from interpol_dataset.findings import Place, Span
from interpol_dataset.records import models as m
from interpol_dataset.records.compose import places_of
from interpol_dataset.schema.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.compose import Json, Line, Places
    from interpol_dataset.records.defects import SyntaxDefect

#: A comment that begins with a word rather than with a space.
_WORD: Final = re.compile(r"#\w")
_START: Final = re.compile(r"(?:^|(?<=\s))#")


@dataclass(frozen=True)
class Document:
    """
    A file's content and the places of all that is in it.

    Most files are right and nobody asks for their places, so these are read when somebody does.

    :param path: The file's path, as findings name it.
    :param data: The content as plain values; ``None`` where the file can't be read.
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

    def at(self, path: KeyPath) -> Any:  # noqa: ANN401  # any plain value
        """Return the value at a path that the document has."""
        value: Any = self.data
        for step in path:
            value = value[step]
        return value

    def place(self, path: KeyPath = (), *, key: bool = False) -> Place:
        """Return the place of a value, or of its key, or of the nearest thing around it."""
        if key and path in self.places.keys:
            return Place(self.path, self.places.keys[path])
        while path and path not in self.places.values:
            path = path[:-1]
        return Place(self.path, self.places.values.get(path))

    def is_comment(self, line: int) -> bool:
        """Return whether a line that looks like a comment is one, rather than part of a text."""
        return line not in self._text_lines

    @cached_property
    def _text_lines(self) -> frozenset[int]:
        """The lines that continue a text from an earlier line."""
        return frozenset(
            line
            for span in self.places.folded
            for line in range(span.line + 1, span.end_line + (span.end_column > 1))
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of record.

    :param name: Its name, as ``interpol-dataset new`` and the JSON Schemas use it.
    :param table: The table of its ids, and the name of its folder or file.
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
    """A field that refers to records of a table, or has a part that does."""

    name: str
    many: bool
    table: str
    inner: type[BaseModel] | None


def references(model: type[BaseModel], data: Json) -> Iterator[tuple[KeyPath, str, str]]:
    """Return the ids that a record refers to, each with its path and its table."""
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
    """Return the fields of a model that refer to records, or have a part that does."""
    found = []
    for name, kind in fields_of(model).items():
        inner = kind.base if issubclass(kind.base, BaseModel) else None
        if kind.references or (inner is not None and _referring(inner)):
            found.append(_Referring(name, kind.many, kind.references or "", inner))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Comment:
    """
    A comment, with its ``#``.

    :param path: The path to what it belongs to; ``None`` at the end of the file.
    :param is_trailing: Whether it follows its value, on the same line.
    """

    text: str
    path: KeyPath | None
    is_trailing: bool


def find_comments(document: Document) -> Iterator[Comment]:
    """Return the comments of a file, in order."""
    values, keys, _ = document.places
    # A mapping's entry begins with its key, an item of a list with itself.
    begins = {path: span for path, span in values.items() if path} | keys
    starts = sorted((span.line, span.column, len(path), path) for path, span in begins.items())
    containers = {path[:-1] for path in values if path}
    scalars = (span for path, span in values.items() if path not in containers)
    texts: defaultdict[int, list[Span]] = defaultdict(list)
    for span in [*scalars, *keys.values()]:
        for line_number in range(span.line, span.end_line + 1):
            texts[line_number].append(span)

    for number, line in enumerate(document.text.splitlines(), 1):
        column = _column(line, number, texts[number]) if "#" in line else None
        if column is None:
            continue

        text = line[column - 1 :].rstrip()
        if line[: column - 1].strip():
            first = bisect_left(starts, (number,))
            # Nothing begins on the last line of a longer value.
            if first == bisect_left(starts, (number, column)):
                first -= 1
            yield Comment(text, starts[first][3] if first >= 0 else None, is_trailing=True)
        else:
            after = bisect_left(starts, (number + 1,))
            yield Comment(
                text, starts[after][3] if after < len(starts) else None, is_trailing=False
            )


def cuts(document: Document) -> Iterator[Span]:
    """
    Return where a comment seems to be the rest of the text before it.

    That is a "#" with a letter or digit right after it, as in ``Operation #Heron``. To write
    a comment, put a space there, as this package does.
    """
    for comment in find_comments(document):
        if not comment.is_trailing or not comment.path or not _WORD.match(comment.text):
            continue
        span = document.places.values.get(comment.path)
        if span is None or isinstance(document.at(comment.path), dict | list):
            continue
        begin = document.lines[span.line - 1][span.column - 1 : span.column]
        if begin and begin in "'\"|>":  # what is in quotes has its end, and a block has its own
            continue
        line, column = span.end_line, span.end_column
        found = document.lines[line - 1].find(comment.text, column - 1) + 1
        if found:
            yield Span(line, found, line, found + 1)


def _column(line: str, number: int, around: list[Span]) -> int | None:
    """Return the column at which a line's comment begins; a ``#`` within a text begins none."""
    for match in _START.finditer(line):
        column = match.start() + 1
        if not any(_inside(span, line, number, column) for span in around):
            return column
    return None


def _inside(span: Span, line: str, number: int, column: int) -> bool:
    """Return whether a place is part of a text."""
    if number == span.line and line[span.column - 1] in "|>":
        return False  # a comment may follow the sign that begins a block of text
    return (span.line, span.column) <= (number, column) < (span.end_line, span.end_column)


def moved(comment: Comment, gone: Collection[KeyPath]) -> Comment:
    """Return a comment with the path that its value has once others are gone, and lists shorter."""
    path: KeyPath = ()
    for depth, step in enumerate(comment.path or ()):
        around = (comment.path or ())[:depth]
        if (*around, step) in gone:
            break
        earlier = range(step) if isinstance(step, int) else ()
        lost = sum((*around, index) in gone for index in earlier)
        path = (*path, step - lost if isinstance(step, int) else step)
    return replace(comment, path=path or None)


def with_comments(lines: Iterable[Line], kept: Iterable[Comment]) -> Iterator[Line]:
    """Put comments back. One whose value is gone goes to the nearest thing around it."""
    listed = list(lines)
    shown = {path for path, _ in listed}
    above: dict[KeyPath, list[str]] = defaultdict(list)
    trailing: dict[KeyPath, list[str]] = defaultdict(list)
    last: list[str] = []

    for comment in kept:
        path = comment.path
        while path and path not in shown:
            path = path[:-1]
        if not path:
            last.append(comment.text)
        elif comment.is_trailing:
            trailing[path].append(comment.text)
        else:
            above[path].append(comment.text)

    for path, line in listed:
        indent = line[: len(line) - len(line.lstrip())]
        for text in above.pop(path, []):
            yield path, f"{indent}{text}"
        texts = trailing.pop(path, [])
        yield path, "  ".join([line, *texts])

    for text in last:
        yield (), text
