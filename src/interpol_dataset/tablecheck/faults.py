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

import csv
from enum import StrEnum
from pathlib import Path
from reprlib import Repr
from typing import Final

with Path(__file__).with_name("faults.csv").open(encoding="utf-8", newline="") as _file:
    _WORDS: Final = {row["fault"]: row for row in csv.DictReader(_file)}


class Fault(StrEnum):
    """
    A kind of fault: its value is its name in reports.

    ``faults.csv`` has what is wrong, and how to fix it where that can be said without the schema.
    """

    message: str
    hint: str | None

    def __new__(cls, name: str) -> Fault:  # noqa: PYI034 - an enum is final
        """Make a member with its words."""
        fault = str.__new__(cls, name)
        fault._value_ = name
        fault.message, fault.hint = _WORDS[name]["message"], _WORDS[name]["hint"] or None
        return fault

    EMPTY_FILE = "empty-file"
    FILE_HASH = "file-hash"
    FILE_SIZE = "file-size"
    MISSING_FILE = "missing-file"
    TOO_MANY_COLUMNS = "too-many-columns"
    UNKNOWN_FORMAT = "unknown-format"

    BLANK_LABEL = "blank-label"
    DUPLICATE_LABEL = "duplicate-label"
    EXTRA_LABEL = "extra-label"
    INCORRECT_LABEL = "incorrect-label"
    MISSING_LABEL = "missing-label"

    BLANK_ROW = "blank-row"
    EXTRA_CELL = "extra-cell"
    JSON_SYNTAX = "json-syntax"
    OVER_BUDGET = "over-budget"
    RECORD_TOO_LONG = "record-too-long"
    TOO_DAMAGED = "too-damaged"
    UNCLOSED_QUOTE = "unclosed-quote"
    UNREADABLE = "unreadable"

    CATEGORY = "category"
    ENCODING = "encoding"
    ENUM = "enum"
    EXCLUSIVE_MAXIMUM = "exclusive-maximum"
    EXCLUSIVE_MINIMUM = "exclusive-minimum"
    MAX_LENGTH = "max-length"
    MAXIMUM = "maximum"
    MIN_LENGTH = "min-length"
    MINIMUM = "minimum"
    MISSING_CELL = "missing-cell"
    NUL_BYTE = "nul-byte"
    PATTERN = "pattern"
    REQUIRED = "required"
    TYPE = "type"
    UNSEEN = "unseen"

    FOREIGN_KEY = "foreign-key"
    PRIMARY_KEY = "primary-key"
    UNIQUE = "unique"
    UNIQUE_KEY = "unique-key"


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
