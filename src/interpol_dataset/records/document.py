"""
Files of records: restricted YAML with its places, kinds of records, ids they name, and comments.

A comment on a line of its own belongs to what comes next, one after a value to that value.

If the YAML parser's own words don't explain a slip, the line is examined again.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from codecs import BOM_UTF8
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml
from pydantic import BaseModel

from interpol_dataset.findings import KeyPath, Place, Span
from interpol_dataset.records import models as m
from interpol_dataset.records.compose import (
    NOWHERE,
    SyntaxDefect,
    SyntaxFault,
    TooDeepError,
    TooManyValuesError,
    compose,
    places_of,
)
from interpol_dataset.schema.fields import fields_of
from interpol_dataset.values import grouped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from yaml import MarkedYAMLError

    from interpol_dataset.records.compose import Json, Line, Places


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
        return places_of(self.text, self.path) if self.known is None else self.known

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
    texts = grouped(
        (line_number, span)
        for span in [*scalars, *keys.values()]
        for line_number in range(span.line, span.end_line + 1)
    )

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


# --- from a file's bytes to its values, or to what is wrong with it ---------------------------

#: A character that looks like a space, but not to YAML.
SPACE: Final = re.compile("[\xa0\u2000-\u200b\u202f\u205f\u3000]")

_MISPLACED_SPACE: Final = re.compile(rf"^[ \t-]*({SPACE.pattern})|:({SPACE.pattern})", re.MULTILINE)

#: A key with its value right after the colon, unless that is an address.
_NO_SPACE: Final = re.compile(r"^ *(?:- +)*\w+(:)(?!//)\S", re.MULTILINE)

#: A dash with its item right after it.
_NO_SPACE_AFTER_DASH: Final = re.compile(r"^ *(-)[\w{\['\"]", re.MULTILINE)

#: A key with braces or brackets, and no colon between them.
_NO_COLON: Final = re.compile(r" *(?:- +)?(?P<key>\w+) +[{\[]")

#: The indentation of a line, and whether an item of a list begins there.
_LINE: Final = re.compile(r"(?P<indent> *)(?P<dash>- +)?(?P<brace>\{)?")

#: The sign that begins a comment, which a text in quotes may contain.
_COMMENT: Final = re.compile(r"""'[^'\n]*'|"[^"\n]*"|(?<=[ \t])(#)""")

#: What comes before the second colon of an entry: a value of several words or of one.
_SECOND_COLON: Final = re.compile(r":[ ]+(?P<value>[^:,{}\[\]]*?)(?P<last>[\w-]+)[ ]*\Z")

#: What was closed before the end of a value, and a key.
_CLOSED: Final = re.compile(r"""(?:^ *|: +|- +)(?P<begun>["'\[{].*["'\]}]) +\Z""")
_CLOSED_IN_FLOW: Final = re.compile(r"""["'\]}] +\Z""")
_KEY: Final = re.compile(r"[\w-]+:\s")

#: A quote that begins a value.
_OPENS: Final = re.compile(r"""(?:^|[-:,\[{]) *(['"])""")

#: A record is a page of text; what is larger than this is not one.
MAX_BYTES: Final = 512 * 1024

#: Line breaks to YAML 1.1 and to the parser, but not to YAML 1.2 and to most editors.
_SEPARATOR: Final = re.compile("[\x85\u2028\u2029]")
_BYTE_ORDER_MARK: Final = re.compile("\ufeff")

#: What is not printable by YAML's definition.
_UNPRINTABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff"
)

#: What the parser says when it gives up, long after the depth that is allowed.
_TOO_DEEP: Final = "exceeded maximum nesting depth"

#: What the parser says of half a surrogate pair, as writers of JSON escape rare characters.
_ESCAPE: Final = "found invalid Unicode character escape code"

#: A line that Git leaves where a merge has to be decided.
_CONFLICT: Final = re.compile(r"^(?:<{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)

#: What the parser says of more after a ">" or "|", which would begin a block.
_NO_BLOCK: Final = "did not find expected comment or line break"

#: What the parser says of a character that begins no value, and of a tab.
_UNQUOTED: Final = frozenset(
    {
        _NO_BLOCK,
        "found character that cannot start any token",
        "found a tab character that violates indentation",
    }
)

#: An apostrophe within a word, which ends a text in single quotes.
_APOSTROPHE: Final = re.compile(r"\w'\w")

#: What is in a file in which a comment may cut off a text.
_CUTTING: Final = re.compile(r"\S[ \t]+#\w")


def slip(text: str, error: MarkedYAMLError) -> tuple[SyntaxFault, int] | None:
    """Return the slip over which the parser stumbled, and where it is, if that is known."""
    mark = error.problem_mark
    if mark is None:
        return None

    line = text.rfind("\n", 0, mark.index) + 1
    before = text.rfind("\n", 0, max(line - 1, 0)) + 1
    near = text[: mark.index] + text[mark.index :].partition("\n")[0]
    if space := _MISPLACED_SPACE.search(near, before):
        return SyntaxFault.MISPLACED_SPACE, space.start(space.lastindex or 0)
    if "flow" in (error.context or ""):
        return _in_flow(text, error, line, before)
    if colon := _NO_SPACE.search(near, before):
        return SyntaxFault.NO_SPACE, colon.start(1)
    if dash := _NO_SPACE_AFTER_DASH.search(near, before):
        return SyntaxFault.NO_SPACE_AFTER_DASH, dash.start(1)
    if key := _NO_COLON.match(near, line):
        return SyntaxFault.NO_COLON, key.end("key")
    if text[mark.index : mark.index + 1] in {"}", "]"}:
        return SyntaxFault.CLOSED_TWICE, mark.index
    if closed := _CLOSED.search(text[line : mark.index]):
        return SyntaxFault.PARTLY_QUOTED, line + closed.start("begun")

    return _among_items(text, line, before)


def opened_above(text: str, index: int) -> int | None:
    """Return where the text in quotes begins that ends before an index, if that is lines above."""
    line = text.rfind("\n", 0, index) + 1
    quote = text[line:index].rstrip()[-1:]
    if quote not in {"'", '"'} or text.count(quote, line, index) % 2 == 0:
        return None
    while line:
        end, line = line, text.rfind("\n", 0, line - 1) + 1
        if text.count(quote, line, end) % 2:
            starts = [it.start(1) for it in _OPENS.finditer(text[line:end]) if it[1] == quote]
            return line + starts[-1] if starts else None
    return None


def _among_items(text: str, line: int, before: int) -> tuple[SyntaxFault, int] | None:
    """Return the slip in one of two lines of a list."""
    this, last = _LINE.match(text, line), _LINE.match(text, before)
    for one, other in ((last, this), (this, last)):
        if one and other and one["brace"] and not one["dash"] and other["dash"]:
            return SyntaxFault.NO_DASH, one.start("brace")
    return (SyntaxFault.UNEVEN, this.start("dash")) if this and this["dash"] else None


def _in_flow(
    text: str, error: MarkedYAMLError, line: int, before: int
) -> tuple[SyntaxFault, int] | None:
    """Return the slip within braces or brackets."""
    stop = error.problem_mark.index  # type: ignore[union-attr]  # it was asked
    opened = error.context_mark
    begun = before if opened is None or opened.index >= stop else opened.index
    for comment in _COMMENT.finditer(text, begun, stop):
        if comment[1]:
            return SyntaxFault.COMMENT, comment.start(1)

    start = max(line, begun)
    if text[stop : stop + 1] == ":" and (second := _SECOND_COLON.search(text[start:stop])):
        fault = SyntaxFault.NO_COMMA if second["value"] else SyntaxFault.COLON
        return fault, start + second.start("last")
    if _CLOSED_IN_FLOW.search(text[start:stop]):
        is_key = _KEY.match(text, stop)
        return SyntaxFault.NO_COMMA if is_key else SyntaxFault.PARTLY_QUOTED, stop
    if opened is not None and opened.index < line:
        return SyntaxFault.NOT_YAML, opened.index

    return None


def name_of(character: str) -> str:
    """Return the name of a character that nobody sees."""
    return f"{unicodedata.name(character, 'character').lower()} (U+{ord(character):04X})"


def parse(content: bytes, path: str) -> Document:
    """Read a file's bytes. It never raises: what is wrong is in the document's defects."""
    if len(content) > MAX_BYTES:
        return _unreadable(path, "", SyntaxFault.FILE_TOO_LARGE, None)

    content = content.removeprefix(BOM_UTF8)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        span = _span_of_byte(content, error.start)
        return _unreadable(path, "", SyntaxFault.NOT_UTF8, span, f"0x{content[error.start]:02x}")

    if mark := _BYTE_ORDER_MARK.match(text):  # a second one, which the parser would pass over
        return _with_character(path, text, SyntaxFault.UNPRINTABLE_CHARACTER, mark)
    if not text.isascii() and (separator := _SEPARATOR.search(text)):
        return _with_character(path, text, SyntaxFault.INVISIBLE_LINE_BREAK, separator)

    try:
        data, size, defects, places = compose(text, path)
    except TooManyValuesError:
        return _unreadable(path, text, SyntaxFault.TOO_MANY_VALUES, None)
    except TooDeepError as error:
        return _unreadable(path, text, SyntaxFault.NESTED_TOO_DEEP, error.span)
    except yaml.MarkedYAMLError as error:
        return _not_yaml(path, text, error)
    except yaml.YAMLError as error:
        if character := _UNPRINTABLE.search(text):
            return _with_character(path, text, SyntaxFault.UNPRINTABLE_CHARACTER, character)
        return _not_yaml(path, text, yaml.MarkedYAMLError(problem=str(error).partition("\n")[0]))

    return _without_cuts(Document(path, text, data, defects, size, places))


def _without_cuts(document: Document) -> Document:
    if not _CUTTING.search(document.text):
        return document
    cut = (SyntaxDefect(SyntaxFault.CUT_OFF, Place(document.path, span)) for span in cuts(document))
    return replace(document, defects=(*document.defects, *cut))


def _unreadable(
    path: str, text: str, fault: SyntaxFault, span: Span | None, detail: str = "", context: str = ""
) -> Document:
    defect = SyntaxDefect(fault, Place(path, span), detail, context)
    return Document(path, text, defects=(defect,), known=NOWHERE)


def _not_yaml(path: str, text: str, error: yaml.MarkedYAMLError) -> Document:
    if conflict := _CONFLICT.search(text):
        return _unreadable(path, text, SyntaxFault.CONFLICT, _span_of(text, conflict.start()))

    problem, context = str(error.problem), error.context or ""
    mark = error.problem_mark or error.context_mark
    is_opened = context == "while scanning a quoted scalar" and problem != _ESCAPE
    if is_opened or problem == _NO_BLOCK:
        mark = error.context_mark  # where it was opened, rather than where it ends

    span = _span_in(text, mark.line + 1, mark.column + 1) if mark else None
    if problem == _TOO_DEEP:
        return _unreadable(path, text, SyntaxFault.NESTED_TOO_DEEP, span)
    if mark and (opened := opened_above(text, mark.index)):
        span = _span_of(text, opened)
        return _unreadable(path, text, SyntaxFault.NOT_CLOSED, span, str(span.line))
    if mark and problem in _UNQUOTED:
        begun = text.splitlines()[mark.line][mark.column]
        fault = SyntaxFault.TAB if begun == "\t" else SyntaxFault.UNQUOTED
        return _unreadable(path, text, fault, span, begun)

    if mark is not None and _APOSTROPHE.match(text, max(mark.index - 2, 0)):
        return _unreadable(path, text, SyntaxFault.APOSTROPHE, span, problem, context)
    if not is_opened and (known := slip(text, error)):
        fault, index = known
        if fault is SyntaxFault.MISPLACED_SPACE:
            problem, context = name_of(text[index]), ""
        return _unreadable(path, text, fault, _span_of(text, index), problem, context)

    return _unreadable(path, text, SyntaxFault.NOT_YAML, span, problem, context)


def _with_character(path: str, text: str, fault: SyntaxFault, character: re.Match[str]) -> Document:
    span = _span_of(text, character.start())
    return _unreadable(path, text, fault, span, f"U+{ord(character[0]):04X}")


def _span_of(text: str, index: int) -> Span:
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Span(line, column, line, column + 1)


def _span_of_byte(content: bytes, position: int) -> Span:
    """Return the span of a byte, counted in the characters before it."""
    line = content.count(b"\n", 0, position) + 1
    start = content.rfind(b"\n", 0, position) + 1
    column = len(content[start:position].decode("utf-8", "replace")) + 1
    return Span(line, column, line, column + 1)


def _span_in(text: str, line: int, column: int) -> Span:
    """Return the span of a character; what is missing at the end is missing after the last one."""
    lines = text.splitlines() or [""]
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    return Span(line, column, line, column + 1)


#: A comment that begins with a word rather than with a space.
_WORD: Final = re.compile(r"#\w")
_START: Final = re.compile(r"(?:^|(?<=\s))#")
