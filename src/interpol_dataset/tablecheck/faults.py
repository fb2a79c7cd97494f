"""
Everything that can be wrong, and how much is too much.

A table's fault is a member, a wrong call an error, and every limit a number.

::

    TableCheckError
    ├── SchemaError       a Table Schema or a dialect that can't be used
    ├── DescriptorError   a descriptor, or a path in it, that can't be used
    └── SourceError       a file or a referenced table that isn't there, or a format nobody knows
"""

from __future__ import annotations

from enum import StrEnum
from reprlib import Repr
from typing import Final


class Fault(StrEnum):
    """A kind of fault: its value is its name in reports, its message is what is wrong."""

    message: str

    def __new__(cls, name: str, message: str) -> Fault:  # noqa: PYI034 - an enum is final
        """Make a member from a row of the table below."""
        fault = str.__new__(cls, name)
        fault._value_, fault.message = name, message
        return fault

    @property
    def hint(self) -> str | None:
        """How to fix it, where that can be said without the schema."""
        return _HINTS.get(self)

    EMPTY_FILE = "empty-file", "the file is empty"
    FILE_HASH = "file-hash", "the file's hash is not the one in the descriptor"
    FILE_SIZE = "file-size", "the file's size is not the one in the descriptor"
    MISSING_FILE = "missing-file", "the file is not there"
    TOO_MANY_COLUMNS = "too-many-columns", "the header has too many columns to be read"
    UNKNOWN_FORMAT = "unknown-format", "the file is in a format that can't be read"

    BLANK_LABEL = "blank-label", "the column has no name"
    DUPLICATE_LABEL = "duplicate-label", "the column's name is in the header twice"
    EXTRA_LABEL = "extra-label", "the header has a column that no field is for"
    INCORRECT_LABEL = "incorrect-label", "the column's name is not the field's"
    MISSING_LABEL = "missing-label", "the header has no column for this field"

    BLANK_ROW = "blank-row", "the line is blank"
    EXTRA_CELL = "extra-cell", "the row has a cell that no field is for"
    JSON_SYNTAX = "json-syntax", "the row is not one JSON object"
    OVER_BUDGET = "over-budget", "the files hold too much, so reading stopped here"
    RECORD_TOO_LONG = "record-too-long", "reading stopped at a record that is too long"
    TOO_DAMAGED = "too-damaged", "too many rows are damaged, so reading stopped here"
    UNCLOSED_QUOTE = "unclosed-quote", "a quote is not closed, so reading stopped here"
    UNREADABLE = "unreadable", "the file can't be read from here on"

    CATEGORY = "category", "the value is not one of the categories"
    ENCODING = "encoding", "the text is not in the file's encoding"
    ENUM = "enum", "the value is not one of those allowed"
    EXCLUSIVE_MAXIMUM = "exclusive-maximum", "the value is not below the limit"
    EXCLUSIVE_MINIMUM = "exclusive-minimum", "the value is not above the limit"
    MAX_LENGTH = "max-length", "the value is too long"
    MAXIMUM = "maximum", "the value is above the maximum"
    MIN_LENGTH = "min-length", "the value is too short"
    MINIMUM = "minimum", "the value is below the minimum"
    MISSING_CELL = "missing-cell", "the row has no cell for this field"
    NUL_BYTE = "nul-byte", "the cell holds a NUL character"
    PATTERN = "pattern", "the value does not match the pattern"
    REQUIRED = "required", "the value is missing"
    TYPE = "type", "the value is not of the field's type"
    UNSEEN = "unseen", "the text begins or ends with a character that nobody sees"

    FOREIGN_KEY = "foreign-key", "nothing has this key in the table referred to"
    PRIMARY_KEY = "primary-key", "the primary key is missing or not unique"
    UNIQUE = "unique", "the value is not unique"
    UNIQUE_KEY = "unique-key", "the values are not unique together"


_HINTS: Final = {
    Fault.BLANK_LABEL: "give the column the name of its field",
    Fault.BLANK_ROW: "remove the line",
    Fault.DUPLICATE_LABEL: "give one of the columns another name",
    Fault.ENCODING: "save the file as UTF-8",
    Fault.EXTRA_LABEL: "remove the column, or add a field to the schema",
    Fault.FILE_HASH: "get the file that was described, or describe this one",
    Fault.FILE_SIZE: "get the file that was described, or describe this one",
    Fault.INCORRECT_LABEL: "rename the column, or put the columns in the order of the fields",
    Fault.MISSING_FILE: "put the file there, or correct the path",
    Fault.MISSING_LABEL: "add the column",
    Fault.NUL_BYTE: "export the table again",
    Fault.UNCLOSED_QUOTE: "close the quote, or double a quote inside a cell",
    Fault.UNSEEN: "type the text again",
    Fault.UNKNOWN_FORMAT: "write it as csv, jsonl or parquet, the first two gzipped or not",
}


class TableCheckError(Exception):
    """The root of the hierarchy: what is wrong, where, and what the reader can do about it."""

    def __init__(self, what: str, where: str | None = None, hint: str | None = None) -> None:
        self.what, self.where, self.hint = what, where, hint
        super().__init__(what, where, hint)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.what}{advice}"


class SchemaError(TableCheckError):
    """A Table Schema or a dialect that is malformed, or asks for what isn't supported."""


class DescriptorError(TableCheckError):
    """A descriptor that can't be read or used, or a path that leads out of its package."""


class SourceError(TableCheckError):
    """A file or a referenced table that isn't there, or a file in no known format."""


def show(value: object) -> str:
    """Write any value of a descriptor for an error, shortened."""
    try:
        return _SHORT.repr(value)
    except ValueError:  # an integer of thousands of digits
        return f"this {type(value).__name__}"


_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 200


# --- limits: what counts as damage, and what is held at once ---------------------------------

#: Findings kept of one table unless the caller says otherwise; the rest are only counted.
MAX_FINDINGS: Final = 100_000
#: Damaged rows (blank, short, long, undecodable) after which a file is given up.
MAX_DAMAGED_ROWS: Final = 100_000
#: Bytes of a record; a longer one is taken for damage, such as a quote that is never closed.
MAX_RECORD: Final = 16 << 20
#: Columns of a file or fields of a schema.
MAX_COLUMNS: Final = 10_000
#: Levels of a JSON value; one that is nested deeper could not be written again.
MAX_JSON_DEPTH: Final = 200
#: Characters of a pattern, and of a field's name.
MAX_PATTERN: Final = 10_000
MAX_NAME: Final = 500
#: Bytes of a decompressed Parquet column chunk.
MAX_PARQUET_CHUNK: Final = 512 << 20
#: Bytes that the strings and lists of a Parquet footer may claim.
MAX_PARQUET_FOOTER: Final = 64 << 20
#: Values in a Parquet footer, unless the file has 64 bytes for each, and levels of its schema.
MAX_PARQUET_VALUES: Final = 1_000_000
MAX_PARQUET_DEPTH: Final = 200
# Totals of a run.
#: Bytes that all files may hold once decoded: so many, or so many times their size if that is more.
MAX_DECODED: Final = 256 << 20
MAX_RATIO: Final = 20
#: What rows, pages, and the values of JSON count as, besides their bytes.
ROW_COST: Final = 16
COLUMN_COST: Final = 1_000
PAGE_COST: Final = 4_000
JSON_ROW_COST: Final = 256
JSON_VALUE_COST: Final = 64
#: Bytes of all descriptors, schemas and dialects of a package, and the JSON values in them.
MAX_DESCRIPTOR: Final = 16 << 20
MAX_DESCRIPTOR_VALUES: Final = 400_000
#: Tables of a package, and their keys of all kinds.
MAX_TABLES: Final = 1_000
MAX_KEYS: Final = 2_000
#: Bytes of a file parsed at once, and rows checked at once.
BLOCK: Final = 4 << 20
PIECE: Final = 131_072
#: Rows of a Parquet file checked at once.
PARQUET_ROWS: Final = 65_536
#: Bytes of a Parquet file checked at once, once its texts are written out.
PARQUET_PIECE: Final = 32 << 20
#: Threads that parse and check, and the jobs that wait or run at once.
THREADS: Final = 2
JOBS: Final = 4
#: Characters of a value shown in a finding.
SHOWN: Final = 200
