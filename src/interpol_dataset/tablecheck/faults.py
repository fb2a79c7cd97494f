"""
Everything that can be wrong with a table: one member for each fault.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Fault", "Scope"]


class Scope(StrEnum):
    """What a fault concerns."""

    FILE = "file"
    HEADER = "header"
    ROW = "row"
    CELL = "cell"
    KEY = "key"


class Fault(StrEnum):
    """
    A kind of fault. Its value is its name in reports, such as ``missing-cell``.

    :ivar scope: What it concerns.
    :ivar message: What is wrong; the offending value follows it.
    :ivar hint: How to fix it, where that can be said without the schema.
    """

    scope: Scope
    message: str
    hint: str | None

    def __new__(cls, name: str, scope: Scope, message: str, hint: str | None = None) -> Fault:  # noqa: PYI034 - a subclass of an enum with members can't be
        """Make a member from its row of the table below."""
        fault = str.__new__(cls, name)
        fault._value_ = name
        fault.scope, fault.message, fault.hint = scope, message, hint

        return fault

    EMPTY_FILE = "empty-file", Scope.FILE, "the file is empty"
    FILE_HASH = (
        "file-hash",
        Scope.FILE,
        "the file's hash is not the one in the descriptor",
        "get the file that was described, or describe this one",
    )
    FILE_SIZE = (
        "file-size",
        Scope.FILE,
        "the file's size is not the one in the descriptor",
        "get the file that was described, or describe this one",
    )
    JSON_ARRAY = (
        "json-array",
        Scope.FILE,
        "the file is not one JSON array, so nothing was checked",
        "close the array, and put commas between its objects",
    )
    MISSING_FILE = (
        "missing-file",
        Scope.FILE,
        "the file is not there",
        "put the file there, or correct the path",
    )
    TOO_LARGE = (
        "too-large",
        Scope.FILE,
        "the file is too large for one JSON array",
        "write JSON Lines, which are read row by row",
    )
    TOO_MANY_COLUMNS = (
        "too-many-columns",
        Scope.FILE,
        "the header has too many columns, so nothing was read",
    )
    UNKNOWN_FORMAT = (
        "unknown-format",
        Scope.FILE,
        "the file's format can't be read, so nothing was checked",
        "write it as csv, jsonl, json or parquet",
    )

    BLANK_LABEL = (
        "blank-label",
        Scope.HEADER,
        "the column has no name",
        "give the column the name of its field",
    )
    DUPLICATE_LABEL = (
        "duplicate-label",
        Scope.HEADER,
        "the column's name stands twice in the header",
        "give one of the columns another name",
    )
    EXTRA_LABEL = (
        "extra-label",
        Scope.HEADER,
        "the header has a column that no field is for",
        "remove the column, or add a field to the schema",
    )
    INCORRECT_LABEL = (
        "incorrect-label",
        Scope.HEADER,
        "the column's name is not the field's",
        "rename the column, or put the columns in the order of the fields",
    )
    MISSING_LABEL = (
        "missing-label",
        Scope.HEADER,
        "the header has no column for this field",
        "add the column",
    )
    UNMATCHED_HEADER = "unmatched-header", Scope.HEADER, "the header has none of the fields"

    BLANK_ROW = "blank-row", Scope.ROW, "the line is blank", "remove the line"
    EXTRA_CELL = "extra-cell", Scope.ROW, "the row has a cell that no field is for"
    JSON_SYNTAX = "json-syntax", Scope.ROW, "the row is not one JSON object"
    RECORD_TOO_LONG = (
        "record-too-long",
        Scope.ROW,
        "the record is too long, so reading stopped here",
    )
    TOO_DAMAGED = (
        "too-damaged",
        Scope.ROW,
        "too many rows are damaged, so reading stopped here",
    )
    UNCLOSED_QUOTE = (
        "unclosed-quote",
        Scope.ROW,
        "a quote is not closed, so reading stopped here",
        "close the quote, or double a quote inside a cell",
    )
    UNREADABLE = "unreadable", Scope.ROW, "the file can't be read from here on"

    CATEGORY = "category", Scope.CELL, "the value is not one of the categories"
    ENCODING = (
        "encoding",
        Scope.CELL,
        "the text is not in the file's encoding",
        "save the file as UTF-8",
    )
    ENUM = "enum", Scope.CELL, "the value is not one of those allowed"
    EXCLUSIVE_MAXIMUM = "exclusive-maximum", Scope.CELL, "the value is not below the limit"
    EXCLUSIVE_MINIMUM = "exclusive-minimum", Scope.CELL, "the value is not above the limit"
    MAX_LENGTH = "max-length", Scope.CELL, "the value is too long"
    MAXIMUM = "maximum", Scope.CELL, "the value is above the maximum"
    MIN_LENGTH = "min-length", Scope.CELL, "the value is too short"
    MINIMUM = "minimum", Scope.CELL, "the value is below the minimum"
    MISSING_CELL = "missing-cell", Scope.CELL, "the row has no cell for this field"
    NUL_BYTE = (
        "nul-byte",
        Scope.CELL,
        "the cell holds a NUL character",
        "export the table again",
    )
    PATTERN = "pattern", Scope.CELL, "the value does not match the pattern"
    REQUIRED = "required", Scope.CELL, "the value is missing"
    TYPE = "type", Scope.CELL, "the value is not of the field's type"

    FOREIGN_KEY = "foreign-key", Scope.KEY, "nothing has this key in the table referred to"
    PRIMARY_KEY = "primary-key", Scope.KEY, "the primary key is missing or not unique"
    UNIQUE = "unique", Scope.KEY, "the value is not unique"
    UNIQUE_KEY = "unique-key", Scope.KEY, "the values are not unique together"
