"""
Plain values, and their places, from the events of a YAML parser.

The dialect is YAML 1.2 without anchors, aliases, tags, merge keys, duplicate keys and several
documents in a file. A plain scalar is a number only in the notation of JSON without exponents,
and ``true``, ``false`` and ``null`` are the only other words with a meaning; ``NO``, ``1e3``,
``0777`` and ``12:30`` are text. JSON is a subset and is read the same way.

What keeps a file or a record from being read is a defect. It has a fault, a place and the facts,
but no message: the rule for the fault writes that.
"""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import dropwhile
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import yaml
from pydantic import BaseModel

from interpol_dataset.findings import KeyPath, Place, Span
from interpol_dataset.schema.fields import FieldType, fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


class SyntaxFault(StrEnum):
    """How a file can break the rules of the YAML dialect."""

    FILE_TOO_LARGE = "file too large"
    TOO_MANY_VALUES = "too many values"
    OVER_BUDGET = "over the budget of a run"
    NOT_UTF8 = "not UTF-8"
    NOT_YAML = "not YAML"
    CONFLICT = "a marker of a merge conflict"
    APOSTROPHE = "an apostrophe in single quotes"
    TAB = "a tab in the indentation"
    COMMENT = "a comment within braces"
    CUT_OFF = "a text that a comment cuts off"
    COLON = "a colon in a text within braces"
    NO_COMMA = "no comma between two keys"
    NO_SPACE = "no space after a colon"
    NO_SPACE_AFTER_DASH = "no space after a dash"
    NO_COLON = "no colon after a key"
    NO_DASH = "no dash before an item"
    UNEVEN = "an item that is indented otherwise"
    CLOSED_TWICE = "a brace too many"
    PARTLY_QUOTED = "a text with only its beginning in quotes"
    NOT_CLOSED = "a quote that the next one closes, lines below"
    MISPLACED_SPACE = "a character that only looks like a space"
    UNQUOTED = "a value that begins with a special character"
    INVISIBLE_LINE_BREAK = "invisible line break"
    UNPRINTABLE_CHARACTER = "unprintable character"
    EMPTY_FILE = "empty file"
    SECOND_DOCUMENT = "second document"
    NESTED_TOO_DEEP = "nested too deep"
    DUPLICATE_KEY = "duplicate key"
    KEY_NOT_TEXT = "key is not a text"
    ALIAS = "alias"
    ANCHOR = "anchor"
    MERGE_KEY = "merge key"
    TAG = "tag"


class ShapeFault(StrEnum):
    """
    How data can differ from its model.

    The values are pydantic's types of errors and those that the models raise themselves,
    except the first.
    """

    NOT_A_LIST_OF_RECORDS = "not a list of records"

    MISSING = "missing"
    UNKNOWN_FIELD = "extra_forbidden"
    NOT_A_TEXT = "string_type"
    NOT_A_WHOLE_NUMBER = "int_type"
    NOT_A_BOOLEAN = "bool_type"
    NOT_A_LIST = "tuple_type"
    NOT_A_MAPPING = "model_type"
    UNKNOWN_TERM = "enum"
    NOT_A_LITERAL = "literal_error"
    WRONG_PATTERN = "string_pattern_mismatch"
    NOT_UNICODE = "string_unicode"
    TEXT_TOO_LONG = "string_too_long"
    LIST_TOO_SHORT = "too_short"
    NUMBER_TOO_SMALL = "greater_than_equal"
    NOT_A_QUANTITY = "quantity"
    NOT_EDTF = "edtf"
    NOT_A_DAY = "day"
    NO_SUCH_DAY = "date_parsing"
    NO_SUCH_DATETIME = "date_from_datetime_parsing"

    EMPTY_REPORT = "empty_report"
    RELATION_TARGET = "relation_target"
    SOURCE_DATE = "source_date"
    SOURCE_PLACE = "source_place"
    ONE_RESULT = "one_result"
    ONE_NUMBER = "one_number"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class SyntaxDefect:
    """
    A fault in the text of a file.

    :param detail: The byte, character, key, tag or limit in question, or what the YAML parser says.
    :param context: What the YAML parser was reading, or where a key is written first.
    :param path: The path in a record; always empty, because there is no record yet.
    """

    fault: SyntaxFault
    place: Place
    detail: str = ""
    context: str = ""
    path: KeyPath = ()


@dataclass(frozen=True, slots=True)
class ShapeDefect:
    """
    A fault in the shape of a record.

    :param model: The model of the record.
    :param path: The path in the record.
    :param value: What was written there.
    :param facts: What the check knows, such as ``max_length``.
    :param message: The check's own words.
    :param present: The names of the fields that are written next to an unknown one.
    :param number: Its number among the defects of the record, from 0.
    :param at: The path to the record in its file.
    :param scraps: The keys that the rest of the value was torn into, at its commas.
    """

    fault: ShapeFault
    place: Place
    model: type[BaseModel]
    path: KeyPath
    value: object
    facts: Mapping[str, Any]
    message: str
    present: frozenset[str] = frozenset()
    number: int = 0
    at: KeyPath = ()
    scraps: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the field."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "record")

    @property
    def full_name(self) -> str:
        """The name of the field, with that of the one it is in: ``period.value``."""
        steps = [*dropwhile(lambda step: isinstance(step, int), reversed(self.path))]
        around = steps[1] if len(steps) > 1 else None
        return f"{around}.{self.name}" if isinstance(around, str) else self.name

    @property
    def field(self) -> FieldType | None:
        """What the field holds, if the model has it."""
        return fields_of(owner(self.model, self.path)).get(self.name)

    @property
    def siblings(self) -> Iterable[str]:
        """The names of the fields that can be written where it is."""
        return fields_of(owner(self.model, self.path))


#: Either of them.
Defect: TypeAlias = SyntaxDefect | ShapeDefect


def owner(model: type[BaseModel], path: KeyPath) -> type[BaseModel]:
    """Return the model that has the last field of a path."""
    for step in [step for step in path if isinstance(step, str)][:-1]:
        field = fields_of(model).get(step)
        if field is None or not issubclass(field.base, BaseModel):
            break
        model = field.base
    return model


Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

MAX_VALUES: Final = 40_000
MAX_DEPTH: Final = 20

#: Levels after which a file is not read on. Many a parser takes the square of the depth.
END_DEPTH: Final = 100

_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLOAT: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_NUMERIC: Final = frozenset("-0123456789")
_WORDS: Final[dict[str, Json]] = {"": None, "~": None, "null": None, "true": True, "false": False}

#: How many significant digits a floating-point number is sure to keep.
_EXACT_DIGITS: Final = 15

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Places(NamedTuple):
    """Where everything in a file is: its values, its keys, and the texts of several lines."""

    values: dict[KeyPath, Span]
    keys: dict[KeyPath, Span]
    folded: tuple[Span, ...]


NOWHERE: Final = Places({}, {}, ())


class Composed(NamedTuple):
    """
    What a text is read as, and how many values that is.

    :param defects: What breaks the rules of the dialect.
    :param places: Where everything is; ``None`` if nothing breaks a rule, as nobody may ask.
    """

    data: Json
    size: int
    defects: tuple[SyntaxDefect, ...] = ()
    places: Places | None = None


def compose(text: str, path: str) -> Composed:
    """
    Read the one document of a text.

    :raises TooManyValuesError: It has more values than a file may.
    :raises TooDeepError: It is nested too deeply to be read on.
    :raises yaml.YAMLError: It is not YAML.
    """
    composer = _composed(text, path)
    places = composer.places() if composer.defects else None
    return Composed(composer.data, len(composer.values), tuple(composer.defects), places)


def places_of(text: str, path: str) -> Places:
    """Return where everything is in a text that :func:`compose` could read."""
    return _composed(text, path).places()


@lru_cache(maxsize=1)  # Who asks for places mostly does so when a file has just been read.
def _composed(text: str, path: str) -> _Composer:
    composer = _Composer(path)
    with nothing_collected():
        composer.data = composer.compose(text)
    return composer


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Look for no garbage: all events are kept, and looking takes as long as reading them."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class TooManyValuesError(Exception):
    """A file holds more values than a file of records may."""


class TooDeepError(Exception):
    """A file is nested so deeply that it is not read on."""

    def __init__(self, span: Span) -> None:
        self.span = span


class _Composer:
    """Builds plain values from the parser's events, and keeps the events, which have the places."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.left = MAX_VALUES
        self.defects: list[SyntaxDefect] = []
        #: The first and the last event of each value.
        self.values: dict[KeyPath, tuple[Any, Any]] = {}
        self.keys: dict[KeyPath, Any] = {}
        self.data: Json = None
        self.next: Callable[[], Any] = lambda: None

    def compose(self, text: str) -> Json:
        loader = _Loader(text)
        self.next = loader.get_event
        try:
            first = _next_node(self.next)
            if first is None:
                self._report(SyntaxFault.EMPTY_FILE, Span(1, 1, 1, 1))
                return None
            data = self._node(first, ())
            another = _next_node(self.next)
        finally:
            loader.dispose()
        if another is not None:
            self._report(SyntaxFault.SECOND_DOCUMENT, _span(another))
        return data

    def places(self) -> Places:
        values = {path: _span(*events) for path, events in self.values.items()}
        keys = {path: _span(event) for path, event in self.keys.items()}
        texts = (
            path for path, (event, _) in self.values.items() if type(event) is yaml.ScalarEvent
        )
        spans = (values[path] for path in texts)
        return Places(values, keys, tuple(span for span in spans if span.line != span.end_line))

    def _node(self, event: Any, path: KeyPath) -> Json:  # noqa: ANN401  # an event
        kind = type(event)
        self.left -= 1
        if self.left < 0:
            raise TooManyValuesError

        if kind is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                self._refuse_features(event)
            self.values[path] = event, event
            # What is in quotes is text.
            return plain_scalar(event.value) if event.implicit[0] else event.value

        self._refuse_features(event)
        if kind is yaml.AliasEvent:
            self.values[path] = event, event
            return None
        if len(path) >= MAX_DEPTH:
            self._report(SyntaxFault.NESTED_TOO_DEEP, _span(event))
            self._skip()
            return None

        read = self._mapping if kind is yaml.MappingStartEvent else self._sequence
        return read(event, path)

    def _mapping(self, start: Any, path: KeyPath) -> dict[str, Json]:  # noqa: ANN401  # an event
        mapping: dict[str, Json] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            is_plain = type(event) is yaml.ScalarEvent and event.anchor is event.tag is None
            key = event.value if is_plain and event.value != "<<" else self._key(event)
            place = (*path, key)
            if key in mapping:
                line = self.keys[place].start_mark.line + 1
                self._report(SyntaxFault.DUPLICATE_KEY, _span(event), key, f"line {line}")
                self._node(self.next(), (*path, f"{key} (again)"))
                continue
            self.keys[place] = event
            mapping[key] = self._node(self.next(), place)
        self.values[path] = start, event
        return mapping

    def _key(self, event: Any) -> str:  # noqa: ANN401  # an event
        self._refuse_features(event)
        if isinstance(event, yaml.ScalarEvent):
            if event.value == "<<" and event.implicit[0]:
                self._report(SyntaxFault.MERGE_KEY, _span(event))
            return str(event.value)
        self._report(SyntaxFault.KEY_NOT_TEXT, _span(event))
        if isinstance(event, yaml.CollectionStartEvent):
            self._skip()
        return f"key at {event.start_mark.line + 1}:{event.start_mark.column + 1}"

    def _sequence(self, start: Any, path: KeyPath) -> list[Json]:  # noqa: ANN401  # an event
        items: list[Json] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event, (*path, len(items))))
        self.values[path] = start, event
        return items

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
                    raise TooDeepError(_span(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def _report(self, fault: SyntaxFault, span: Span, detail: str = "", context: str = "") -> None:
        self.defects.append(SyntaxDefect(fault, Place(self.path, span), detail, context))


def _next_node(read: Callable[[], Any]) -> Any:  # noqa: ANN401  # an event, None at the end
    """Skip what is between documents."""
    while True:
        event = read()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        if isinstance(event, yaml.NodeEvent):
            return event


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


def _span(first: Any, last: Any = None) -> Span:  # noqa: ANN401  # events
    start, end = first.start_mark, (last or first).end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


#: A line of a record file, and the path to what it shows.
Line: TypeAlias = "tuple[KeyPath, str]"

#: How the comment after a value that nobody has checked yet begins; see ``draft``.
DRAFT: Final = "# draft"

#: What is written in place of a text that is still to come, and how long that can be.
_PLACEHOLDER: Final = re.compile(
    r"(?:operation |https?://)?(?:\.\.\.|…)|[?_.\u2013\u2014-]+|n/?a\.?|xx+|tb[acd]"
    r"|unknown|not known|to ?do|to be (?:added|done)|fixme|placeholder",
    re.IGNORECASE,
)
_LONGEST: Final = 20


def is_placeholder(text: str) -> bool:
    """Return whether a text is still to be filled in, so that two alike have nothing in common."""
    return len(text) <= _LONGEST and _PLACEHOLDER.fullmatch(text) is not None
