"""
Reading records: restricted YAML, with the place of every key and value kept.

The dialect is YAML 1.2 without anchors, aliases, tags, merge keys, duplicate keys and several
documents in a file. A plain scalar is a number only in the notation of JSON without exponents,
and ``true``, ``false`` and ``null`` are the only other words with a meaning; ``NO``, ``1e3``,
``0777`` and ``12:30`` are text. JSON is a subset and is read the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import yaml

from interpol_dataset.findings import Finding, Place, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Document", "Json", "Path", "parse", "plain_scalar"]

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"

#: The way from a document's top to a value in it: keys and, in lists, positions from 0.
Path: TypeAlias = tuple[str | int, ...]

#: A record is a page of text; what is larger than this is not one.
MAX_BYTES: Final = 2 * 1024 * 1024
MAX_DEPTH: Final = 20

_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLOAT: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_WORDS: Final[dict[str, Json]] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """
    A file's content with the places of all that is in it.

    :param path: The file's path, as findings name it.
    :param text: The whole text.
    :param data: The content as plain values; none where the file can't be read.
    :param findings: What breaks the rules of the dialect.
    :param values: The stretch of each value.
    :param keys: The stretch of each mapping key.
    """

    path: str
    text: str
    data: Json = None
    findings: tuple[Finding, ...] = ()
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """
        Find a value in the text, or the nearest thing around it that is there.

        :param key: Point at the key rather than at its value.
        """
        if key and path in self.keys:
            return Place(self.path, self.keys[path])

        while path and path not in self.values:
            path = path[:-1]

        return Place(self.path, self.values.get(path))

    def is_comment(self, line: int) -> bool:
        """Tell whether a line that looks like a comment is one, rather than part of a text."""
        return not any(
            span.line < line <= span.end_line - (span.end_column == 1)
            for path, span in self.values.items()
            if not isinstance(self._value(path), (dict, list))
        )

    def _value(self, path: Path) -> Json:
        value: Any = self.data
        for step in path:
            value = value[step] if isinstance(value, list) else value.get(step)

        return value


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

    try:
        text = content.decode("utf-8-sig")
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

    composer = _Composer(path)
    try:
        data = composer.compose(text)
    except yaml.MarkedYAMLError as error:
        return _broken(path, text, error)
    except (yaml.YAMLError, RecursionError) as error:
        message = str(getattr(error, "reason", error)).partition("\n")[0]
        place = Place(path, _span_of_offset(text, getattr(error, "position", 0)))
        return Document(path, text, findings=(Finding("SYN003", place, message),))

    findings = tuple(composer.findings)
    return Document(path, text, data, findings, composer.values, composer.keys)


def _unreadable(
    path: str, rule: str, message: str, remedy: str, span: Span | None = None
) -> Document:
    return Document(path, "", findings=(Finding(rule, Place(path, span), message, remedy),))


def _broken(path: str, text: str, error: yaml.MarkedYAMLError) -> Document:
    """Report what the YAML parser stumbled over."""
    mark = error.problem_mark or error.context_mark
    span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2) if mark else None
    message = f"{error.context}: {error.problem}" if error.context else str(error.problem)
    remedy = "put a text that contains ': ', ' #' or begins with a special character in quotes"

    return Document(path, text, findings=(Finding("SYN003", Place(path, span), message, remedy),))


def _span_of_offset(text: str, offset: int) -> Span:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1

    return Span(line, column, line, column + 1)


class _Composer:
    """Builds plain values from the parser's events, without recursion."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.values: dict[Path, Span] = {}
        self.keys: dict[Path, Span] = {}

    def compose(self, text: str) -> Json:
        """Read the one document of a text."""
        events = self._events(text)
        first = next(events, None)
        if first is None:
            self._report("SYN004", Span(1, 1, 1, 1), "the file is empty", "write a record")
            return None

        data = self._node(first, events, ())
        another = next(events, None)
        if another is not None:
            self._report(
                "SYN005",
                _span(another),
                "a second document begins here",
                "write one record a file",
            )

        return data

    def _events(self, text: str) -> Iterator[yaml.Event]:
        """Give the events that carry content."""
        loader = _Loader(text)
        try:
            while True:
                event = loader.get_event()  # type: ignore[no-untyped-call]  # the stubs lack it
                if isinstance(event, yaml.StreamEndEvent):
                    return
                if isinstance(event, (yaml.NodeEvent, yaml.CollectionEndEvent)):
                    yield event
        finally:
            loader.dispose()

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Json:
        self._refuse_features(event)

        if isinstance(event, yaml.ScalarEvent):
            self.values[path] = _span(event)
            return _scalar(event)

        if isinstance(event, yaml.AliasEvent):
            self.values[path] = _span(event)
            return None

        if len(path) >= MAX_DEPTH:
            self._report(
                "SYN006", _span(event), f"nested more than {MAX_DEPTH} deep", "flatten the record"
            )
            _skip(events)
            return None

        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, events, path)

        return self._sequence(event, events, path)

    def _mapping(
        self, start: yaml.Event, events: Iterator[yaml.Event], path: Path
    ) -> dict[str, Json]:
        mapping: dict[str, Json] = {}

        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                self.values[path] = _span(start, event)
                break

            key = self._key(event, events)
            place = (*path, key)
            value_event = next(events)

            if key in mapping:
                self._report(
                    "SYN007",
                    _span(event),
                    f"the key '{key}' stands here a second time",
                    "keep one of the two",
                )
                self._node(value_event, events, (*path, f"{key} (again)"))
                continue

            self.keys[place] = _span(event)
            mapping[key] = self._node(value_event, events, place)

        return mapping

    def _key(self, event: yaml.Event, events: Iterator[yaml.Event]) -> str:
        self._refuse_features(event)

        if isinstance(event, yaml.ScalarEvent):
            if event.value == "<<" and event.implicit[0]:
                self._report("SYN008", _span(event), "merge keys are not allowed", "repeat the keys")
            return str(event.value)

        self._report("SYN009", _span(event), "a key is a plain text", "put the key in quotes")
        if isinstance(event, yaml.CollectionStartEvent):
            _skip(events)

        return f"key at {event.start_mark.line + 1}:{event.start_mark.column + 1}"

    def _sequence(
        self, start: yaml.Event, events: Iterator[yaml.Event], path: Path
    ) -> list[Json]:
        items: list[Json] = []

        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                self.values[path] = _span(start, event)
                break

            items.append(self._node(event, events, (*path, len(items))))

        return items

    def _refuse_features(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._report(
                "SYN008", _span(event), "aliases are not allowed", "write the value out again"
            )
        elif getattr(event, "anchor", None):
            self._report("SYN008", _span(event), "anchors are not allowed", "remove the anchor")

        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self._report("SYN008", _span(event), f"the tag {tag} is not allowed", "remove the tag")

    def _report(self, rule: str, span: Span, message: str, remedy: str) -> None:
        self.findings.append(Finding(rule, Place(self.path, span), message, remedy))


def _skip(events: Iterator[yaml.Event]) -> None:
    """Pass over the rest of a collection whose start was read."""
    depth = 1
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            if not depth:
                return


def _scalar(event: yaml.ScalarEvent) -> Json:
    """Read a scalar by the rules of the dialect; what stands in quotes is text."""
    text = str(event.value)

    return plain_scalar(text) if event.implicit[0] else text


def plain_scalar(text: str) -> Json:
    """Give the value of a text that stands without quotes."""
    if text in _WORDS:
        return _WORDS[text]

    if _INTEGER.fullmatch(text):
        return int(text)

    return float(text) if _FLOAT.fullmatch(text) else text


def _span(start: yaml.Event, end: yaml.Event | None = None) -> Span:
    first, last = start.start_mark, (end or start).end_mark

    return Span(first.line + 1, first.column + 1, last.line + 1, last.column + 1)
