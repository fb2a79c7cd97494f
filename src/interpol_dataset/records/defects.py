"""
What keeps a file or a record from being read.

A defect has a fault, a place and the facts, but no message: the rule for the fault writes that.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import dropwhile
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import BaseModel

from interpol_dataset.schema.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from interpol_dataset.findings import KeyPath, Place
    from interpol_dataset.schema.fields import FieldType


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
