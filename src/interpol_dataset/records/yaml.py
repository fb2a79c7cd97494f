"""
Reading records: restricted YAML, with the place of every key and value kept.

The dialect is YAML 1.2 without anchors, aliases, tags, merge keys, duplicate keys and several
documents in a file. A plain scalar is a number only in the notation of JSON without exponents,
and ``true``, ``false`` and ``null`` are the only other words with a meaning; ``NO``, ``1e3``,
``0777`` and ``12:30`` are text. JSON is a subset and is read the same way.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import yaml

from interpol_dataset.findings import Finding, Place, Span

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Document", "Json", "Path", "parse", "plain_scalar"]

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

#: The way from a document's top to a value in it: keys and, in lists, positions from 0.
Path: TypeAlias = tuple[str | int, ...]

#: Line and column of a first character and of the place behind a last one, counted from 0.
_Marks: TypeAlias = tuple[int, int, int, int]

#: A record is a page of text; what is larger than this is not one.
MAX_BYTES: Final = 512 * 1024
MAX_DEPTH: Final = 20

_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLOAT: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_NUMERIC: Final = frozenset("-0123456789")
_WORDS: Final[dict[str, Json]] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}

#: How many significant digits a floating-point number keeps for certain.
_EXACT_DIGITS: Final = 15

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """
    A file's content with the places of all that is in it.

    Most files are right, and their places are never asked for; so they are kept as
    bare numbers, and made into spans when they are.

    :param path: The file's path, as findings name it.
    :param text: The whole text.
    :param data: The content as plain values; none where the file can't be read.
    :param findings: What breaks the rules of the dialect.
    :param value_marks: The marks of each value.
    :param key_marks: The marks of each mapping key.
    :param folded: The marks of the texts that run over several lines.
    """

    path: str
    text: str
    data: Json = None
    findings: tuple[Finding, ...] = ()
    value_marks: dict[Path, _Marks] = field(default_factory=dict, repr=False)
    key_marks: dict[Path, _Marks] = field(default_factory=dict, repr=False)
    folded: tuple[_Marks, ...] = field(default=(), repr=False)

    @cached_property
    def values(self) -> dict[Path, Span]:
        """The stretch of each value."""
        return {path: _span(*marks) for path, marks in self.value_marks.items()}

    @cached_property
    def keys(self) -> dict[Path, Span]:
        """The stretch of each mapping key."""
        return {path: _span(*marks) for path, marks in self.key_marks.items()}

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """
        Find a value in the text, or the nearest thing around it that is there.

        :param key: Point at the key rather than at its value.
        """
        if key and path in self.key_marks:
            return Place(self.path, _span(*self.key_marks[path]))

        while path and path not in self.value_marks:
            path = path[:-1]

        marks = self.value_marks.get(path)
        return Place(self.path, _span(*marks) if marks else None)

    def is_comment(self, line: int) -> bool:
        """Return whether a line that looks like a comment is one, rather than part of a text."""
        return line not in self._text_lines

    @cached_property
    def _text_lines(self) -> frozenset[int]:
        """The lines that go on with a text which began on an earlier one."""
        return frozenset(
            line
            for first, _, last, column in self.folded
            for line in range(first + 2, last + 1 + (column > 0))
        )


def parse(content: bytes, path: str) -> Document:
    """
    Read a file's bytes.

    :param content: The bytes.
    :param path: The path by which findings name the file.
    :returns: The document; its findings say what is wrong, and never is an error raised.
    """
    if len(content) > MAX_BYTES:
        return _unreadable(
            path, "SYN001", f"the file is larger than {MAX_BYTES} bytes", "split it into records"
        )

    content = content.removeprefix(BOM_UTF8)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        start = content.rfind(b"\n", 0, error.start) + 1
        column = len(content[start : error.start].decode("utf-8", "replace")) + 1
        return _unreadable(
            path,
            "SYN002",
            f"the byte 0x{content[error.start]:02x} is not UTF-8",
            "save the file as UTF-8",
            Span(line, column, line, column + 1),
        )

    if not text.isascii() and (separator := _SEPARATOR.search(text)):
        return _forbidden(path, text, separator, "remove it, or write it as an escape")

    composer = _Composer(path)
    try:
        data = composer.compose(text)
    except yaml.MarkedYAMLError as error:
        return _broken(path, text, error)
    except yaml.YAMLError as error:
        return _unprintable(path, text, error)

    return Document(
        path,
        text,
        data,
        tuple(composer.findings),
        composer.values,
        composer.keys,
        tuple(composer.folded),
    )


def _unreadable(
    path: str, rule: str, message: str, hint: str, span: Span | None = None
) -> Document:
    return Document(path, "", findings=(Finding(rule, Place(path, span), message, hint),))


#: What the parser says of half a surrogate pair, as writers of JSON escape rare characters.
_ESCAPE: Final = "found invalid Unicode character escape code"

#: What the parser says where it gives up, long after the depth that is allowed.
_TOO_DEEP: Final = "exceeded maximum nesting depth"

#: How to fix what was opened and not closed.
_CLOSING: Final = {
    "while scanning a quoted scalar": "close the quote",
    "while parsing a flow mapping": "close the brace, or put a text with a comma in quotes",
    "while parsing a flow sequence": "close the bracket, or put a text with a comma in quotes",
}


#: How to fix what the parser did not expect, by what it says.
_UNEXPECTED: Final = {
    "found character that cannot start any token": "indent with spaces, not tabs; put a text that "
    "begins with a special character in quotes",
    "mapping values are not allowed in this context": "put a text that contains ': ' in quotes; "
    "indent the keys of one mapping alike",
    "did not find expected key": "indent the keys of one mapping alike; put a text that contains "
    "': ' in quotes",
    "did not find expected '-' indicator": "begin each item of a list with '- ', indented alike",
    "could not find expected ':'": "write ': ' behind a key, and '- ' before an item of a list",
    "found a tab character that violates indentation": "indent with spaces, not tabs",
}


def _broken(path: str, text: str, error: yaml.MarkedYAMLError) -> Document:
    """Report what the YAML parser stumbled over."""
    mark = error.problem_mark or error.context_mark
    hint = _CLOSING.get(str(error.context)) or _UNEXPECTED.get(
        str(error.problem),
        "put a text that contains ': ', ' #' or begins with a special character in quotes",
    )
    if str(error.problem) == _ESCAPE:
        hint = "write the character itself"
    elif error.context == "while scanning a quoted scalar":
        mark = error.context_mark  # where it was opened, rather than where the file ends
    span = _within(text, mark.line + 1, mark.column + 1) if mark else None
    if str(error.problem) == _TOO_DEEP:
        return Document(path, text, findings=(_too_deep(path, span),))

    message = f"{error.context}: {error.problem}" if error.context else str(error.problem)
    return Document(path, text, findings=(Finding("SYN003", Place(path, span), message, hint),))


def _too_deep(path: str, span: Span | None) -> Finding:
    message = f"nested more than {MAX_DEPTH} deep"

    return Finding("SYN006", Place(path, span), message, "flatten the record")


def _within(text: str, line: int, column: int) -> Span:
    """Return the span of a character; what is missing at the end is missing behind the last one."""
    lines = text.splitlines() or [""]
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1

    return Span(line, column, line, column + 1)


def _unprintable(path: str, text: str, error: yaml.YAMLError) -> Document:
    """Report a character that no YAML file may contain, unless it is written as an escape."""
    match = _UNPRINTABLE.search(text)
    if match is None:
        return _broken(path, text, yaml.MarkedYAMLError(problem=str(error).partition("\n")[0]))

    return _forbidden(path, text, match, "remove it")


def _forbidden(path: str, text: str, found: re.Match[str], hint: str) -> Document:
    """Report a character that must not stand in a file."""
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    message = f"the character U+{ord(found[0]):04X} can't stand in a file of records"
    place = Place(path, Span(line, column, line, column + 1))

    return Document(path, text, findings=(Finding("SYN003", place, message, hint),))


#: Line breaks to YAML 1.1 and to the parser, but none to YAML 1.2 and to most editors.
_SEPARATOR: Final = re.compile("[\x85\u2028\u2029]")

#: Whatever is not printable by YAML's definition.
_UNPRINTABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff"
)


class _Composer:
    """Builds plain values from the parser's events, and keeps their places."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.values: dict[Path, _Marks] = {}
        self.keys: dict[Path, _Marks] = {}
        self.folded: list[_Marks] = []
        self.next: Callable[[], Any] = lambda: None

    def compose(self, text: str) -> Json:
        """Read the one document of a text."""
        loader = _Loader(text)
        self.next = loader.get_event
        try:
            first = self._next_node()
            if first is None:
                self._report("SYN004", Span(1, 1, 1, 1), "the file is empty", "write a record")
                return None

            data = self._node(first, ())
            another = self._next_node()
        finally:
            loader.dispose()

        if another is not None:
            message = "a second document begins here"
            self._report("SYN005", _place(another), message, "write one record a file")

        return data

    def _next_node(self) -> Any:  # noqa: ANN401  # an event, none at the end
        """Pass over what stands between documents."""
        while True:
            event = self.next()
            if isinstance(event, yaml.StreamEndEvent):
                return None
            if isinstance(event, yaml.NodeEvent):
                return event

    def _node(self, event: Any, path: Path) -> Json:  # noqa: ANN401  # an event
        kind = type(event)

        if kind is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                self._refuse_features(event)
            marks = self.values[path] = _marks(event.start_mark, event.end_mark)
            if marks[0] != marks[2]:
                self.folded.append(marks)
            # What stands in quotes is text.
            return plain_scalar(event.value) if event.implicit[0] else event.value

        self._refuse_features(event)
        if kind is yaml.AliasEvent:
            self.values[path] = _marks(event.start_mark, event.end_mark)
            return None

        if len(path) >= MAX_DEPTH:
            self.findings.append(_too_deep(self.path, _place(event)))
            self._skip()
            return None

        if kind is yaml.MappingStartEvent:
            return self._mapping(event, path)

        return self._sequence(event, path)

    def _mapping(self, start: Any, path: Path) -> dict[str, Json]:  # noqa: ANN401  # an event
        mapping: dict[str, Json] = {}

        while type(event := self.next()) is not yaml.MappingEndEvent:
            if type(event) is yaml.ScalarEvent and event.anchor is event.tag is None:
                key = event.value
                if key == "<<":
                    self._refuse_merge(event)
            else:
                key = self._key(event)
            place = (*path, key)

            if key in mapping:
                message = f"the key '{key}' stands here a second time"
                self._report("SYN007", _place(event), message, "keep one of the two")
                self._node(self.next(), (*path, f"{key} (again)"))
                continue

            self.keys[place] = _marks(event.start_mark, event.end_mark)
            mapping[key] = self._node(self.next(), place)

        self.values[path] = _marks(start.start_mark, event.end_mark)
        return mapping

    def _key(self, event: Any) -> str:  # noqa: ANN401  # an event
        self._refuse_features(event)

        if isinstance(event, yaml.ScalarEvent):
            self._refuse_merge(event)
            return str(event.value)

        self._report("SYN009", _place(event), "a key is a plain text", "put the key in quotes")
        if isinstance(event, yaml.CollectionStartEvent):
            self._skip()

        return f"key at {event.start_mark.line + 1}:{event.start_mark.column + 1}"

    def _sequence(self, start: Any, path: Path) -> list[Json]:  # noqa: ANN401  # an event
        items: list[Json] = []

        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event, (*path, len(items))))

        self.values[path] = _marks(start.start_mark, event.end_mark)
        return items

    def _refuse_merge(self, event: yaml.ScalarEvent) -> None:
        if event.value == "<<" and event.implicit[0]:
            self._report("SYN008", _place(event), "merge keys are not allowed", "repeat the keys")

    def _refuse_features(self, event: Any) -> None:  # noqa: ANN401  # an event
        if isinstance(event, yaml.AliasEvent):
            hint = "write the value out again"
            self._report("SYN008", _place(event), "aliases are not allowed", hint)
            return

        if event.anchor is not None:
            self._report("SYN008", _place(event), "anchors are not allowed", "remove the anchor")
        if event.tag is not None and event.tag != "!":
            message = f"the tag {event.tag} is not allowed"
            self._report("SYN008", _place(event), message, "remove the tag")

    def _skip(self) -> None:
        """Pass over the rest of a collection whose start was read."""
        depth = 1
        while depth:
            event = self.next()
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def _report(self, rule: str, span: Span, message: str, hint: str) -> None:
        self.findings.append(Finding(rule, Place(self.path, span), message, hint))


def plain_scalar(text: str) -> Json:
    """Return the value of a text that stands without quotes."""
    if text in _WORDS:
        return _WORDS[text]

    if text[0] not in _NUMERIC:
        return text

    if _INTEGER.fullmatch(text):
        return int(text)

    # 3.0 is 3, as in JSON Schema; a number with more digits than a float keeps stays as written.
    if _FLOAT.fullmatch(text) and len(text.lstrip("-0.")) <= _EXACT_DIGITS + 1:
        number = float(text)
        return int(number) if number.is_integer() else number

    return text


def _place(event: Any) -> Span:  # noqa: ANN401  # an event
    return _span(*_marks(event.start_mark, event.end_mark))


def _marks(first: Any, last: Any) -> _Marks:  # noqa: ANN401  # the parser's marks
    return first.line, first.column, last.line, last.column


def _span(line: int, column: int, end_line: int, end_column: int) -> Span:
    return Span(line + 1, column + 1, end_line + 1, end_column + 1)
