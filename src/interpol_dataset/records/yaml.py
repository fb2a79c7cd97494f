"""
Reading restricted YAML.

The dialect is YAML 1.2 without anchors, aliases, tags, merge keys, duplicate keys and several
documents in a file. A plain scalar is a number only in the notation of JSON without exponents,
and ``true``, ``false`` and ``null`` are the only other words with a meaning; ``NO``, ``1e3``,
``0777`` and ``12:30`` are text. JSON is a subset and is read the same way.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import yaml

from interpol_dataset.findings import Place, Span
from interpol_dataset.records.comments import cuts
from interpol_dataset.records.defects import SyntaxDefect, SyntaxFault
from interpol_dataset.records.document import Document, span_of
from interpol_dataset.records.slips import name_of, slip

if TYPE_CHECKING:
    from collections.abc import Callable

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.document import Json, Marks

__all__ = ["END_DEPTH", "MAX_BYTES", "MAX_DEPTH", "MAX_VALUES", "parse", "plain_scalar"]

#: A record is a page of text; what is larger than this is not one.
MAX_BYTES: Final = 512 * 1024
MAX_VALUES: Final = 40_000
MAX_DEPTH: Final = 20

#: Levels after which a file is not read on. Many a parser takes the square of the depth.
END_DEPTH: Final = 100

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

#: How many significant digits a floating-point number is sure to keep.
_EXACT_DIGITS: Final = 15

#: Line breaks to YAML 1.1 and to the parser, but not to YAML 1.2 and to most editors.
_SEPARATOR: Final = re.compile("[\x85\u2028\u2029]")

_BYTE_ORDER_MARK: Final = re.compile("\ufeff")

#: Whatever is not printable by YAML's definition.
_UNPRINTABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff"
)

#: What the parser says when it gives up, long after the depth that is allowed.
_TOO_DEEP: Final = "exceeded maximum nesting depth"

#: What the parser says of half a surrogate pair, as writers of JSON escape rare characters.
_ESCAPE: Final = "found invalid Unicode character escape code"

#: A line that Git leaves where a merge has to be decided.
_CONFLICT: Final = re.compile(r"^(?:<{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)

#: What the parser says of more behind a ">" or "|", which would begin a block.
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

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(content: bytes, path: str) -> Document:
    """
    Read a file's bytes.

    :param content: The bytes.
    :param path: The path by which findings name the file.
    :returns: The document. It never raises: what is wrong is in the document's defects.
    """
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

    composer = _Composer(path)
    try:
        data = composer.compose(text)
    except _TooManyValuesError:
        return _unreadable(path, text, SyntaxFault.TOO_MANY_VALUES, None)
    except _TooDeepError as error:
        return _unreadable(path, text, SyntaxFault.NESTED_TOO_DEEP, error.span)
    except yaml.MarkedYAMLError as error:
        return _not_yaml(path, text, error)
    except yaml.YAMLError as error:
        if character := _UNPRINTABLE.search(text):
            return _with_character(path, text, SyntaxFault.UNPRINTABLE_CHARACTER, character)
        return _not_yaml(path, text, yaml.MarkedYAMLError(problem=str(error).partition("\n")[0]))

    return _without_cuts(
        Document(
            path,
            text,
            data,
            tuple(composer.defects),
            composer.values,
            composer.keys,
            tuple(composer.folded),
        )
    )


def _without_cuts(document: Document) -> Document:
    """Report the texts that end where a comment seems to begin."""
    if not _CUTTING.search(document.text):
        return document

    cut = (SyntaxDefect(SyntaxFault.CUT_OFF, Place(document.path, span)) for span in cuts(document))

    return replace(document, defects=(*document.defects, *cut))


def _unreadable(
    path: str, text: str, fault: SyntaxFault, span: Span | None, detail: str = "", context: str = ""
) -> Document:
    return Document(path, text, defects=(SyntaxDefect(fault, Place(path, span), detail, context),))


def _not_yaml(path: str, text: str, error: yaml.MarkedYAMLError) -> Document:
    """Report what the YAML parser stumbled over."""
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
    """Report a character that no file of records may contain."""
    span = _span_of(text, character.start())

    return _unreadable(path, text, fault, span, f"U+{ord(character[0]):04X}")


def _span_of(text: str, index: int) -> Span:
    """Return the span of the character at an index."""
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
    """Return the span of a character; what is missing at the end is missing behind the last one."""
    lines = text.splitlines() or [""]
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1

    return Span(line, column, line, column + 1)


class _TooManyValuesError(Exception):
    """A file holds more values than a file of records may."""


class _TooDeepError(Exception):
    """A file is nested so deeply that it is not read on."""

    def __init__(self, span: Span) -> None:
        self.span = span


class _Composer:
    """Builds plain values from the parser's events, and keeps their places."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.left = MAX_VALUES
        self.defects: list[SyntaxDefect] = []
        self.values: dict[KeyPath, Marks] = {}
        self.keys: dict[KeyPath, Marks] = {}
        self.folded: list[Marks] = []
        self.next: Callable[[], Any] = lambda: None

    def compose(self, text: str) -> Json:
        """Read the one document of a text."""
        loader = _Loader(text)
        self.next = loader.get_event
        try:
            first = self._next_node()
            if first is None:
                self._report(SyntaxFault.EMPTY_FILE, Span(1, 1, 1, 1))
                return None

            data = self._node(first, ())
            another = self._next_node()
        finally:
            loader.dispose()

        if another is not None:
            self._report(SyntaxFault.SECOND_DOCUMENT, _span(another))

        return data

    def _next_node(self) -> Any:  # noqa: ANN401  # an event, None at the end
        """Skip what is between documents."""
        while True:
            event = self.next()
            if isinstance(event, yaml.StreamEndEvent):
                return None
            if isinstance(event, yaml.NodeEvent):
                return event

    def _node(self, event: Any, path: KeyPath) -> Json:  # noqa: ANN401  # an event
        kind = type(event)
        self.left -= 1
        if self.left < 0:
            raise _TooManyValuesError

        if kind is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                self._refuse_features(event)
            marks = self.values[path] = _marks(event, event)
            if marks[0] != marks[2]:
                self.folded.append(marks)
            # What is in quotes is text.
            return plain_scalar(event.value) if event.implicit[0] else event.value

        self._refuse_features(event)
        if kind is yaml.AliasEvent:
            self.values[path] = _marks(event, event)
            return None

        if len(path) >= MAX_DEPTH:
            self._report(SyntaxFault.NESTED_TOO_DEEP, _span(event))
            self._skip()
            return None

        if kind is yaml.MappingStartEvent:
            return self._mapping(event, path)

        return self._sequence(event, path)

    def _mapping(self, start: Any, path: KeyPath) -> dict[str, Json]:  # noqa: ANN401  # an event
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
                line = self.keys[place][0] + 1
                self._report(SyntaxFault.DUPLICATE_KEY, _span(event), key, f"line {line}")
                self._node(self.next(), (*path, f"{key} (again)"))
                continue

            self.keys[place] = _marks(event, event)
            mapping[key] = self._node(self.next(), place)

        self.values[path] = _marks(start, event)
        return mapping

    def _key(self, event: Any) -> str:  # noqa: ANN401  # an event
        self._refuse_features(event)

        if isinstance(event, yaml.ScalarEvent):
            self._refuse_merge(event)
            return str(event.value)

        self._report(SyntaxFault.KEY_NOT_TEXT, _span(event))
        if isinstance(event, yaml.CollectionStartEvent):
            self._skip()

        return f"key at {event.start_mark.line + 1}:{event.start_mark.column + 1}"

    def _sequence(self, start: Any, path: KeyPath) -> list[Json]:  # noqa: ANN401  # an event
        items: list[Json] = []

        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event, (*path, len(items))))

        self.values[path] = _marks(start, event)
        return items

    def _refuse_merge(self, event: yaml.ScalarEvent) -> None:
        if event.value == "<<" and event.implicit[0]:
            self._report(SyntaxFault.MERGE_KEY, _span(event))

    def _refuse_features(self, event: Any) -> None:  # noqa: ANN401  # an event
        if isinstance(event, yaml.AliasEvent):
            self._report(SyntaxFault.ALIAS, _span(event))
            return

        if event.anchor is not None:
            self._report(SyntaxFault.ANCHOR, _span(event))
        if event.tag is not None and event.tag != "!":
            self._report(SyntaxFault.TAG, _span(event), event.tag)

    def _skip(self) -> None:
        """Skip the rest of a collection whose start was read."""
        depth = 1
        while depth:
            event = self.next()
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > END_DEPTH:
                    raise _TooDeepError(_span(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def _report(self, fault: SyntaxFault, span: Span, detail: str = "", context: str = "") -> None:
        self.defects.append(SyntaxDefect(fault, Place(self.path, span), detail, context))


def plain_scalar(text: str) -> Json:
    """Return the value of a text that is written without quotes."""
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


def _span(event: Any) -> Span:  # noqa: ANN401  # an event
    return span_of(_marks(event, event))


def _marks(first: Any, last: Any) -> Marks:  # noqa: ANN401  # events
    start, end = first.start_mark, last.end_mark

    return start.line, start.column, end.line, end.column
