"""
Rules on tables: Table Schema. :mod:`interpol_dataset.tablecheck` checks them.
"""

from __future__ import annotations

from typing import Final

from interpol_dataset.rules.base import Layer, Rule

__all__ = ["RULES", "code_of"]


class UnreadableTable(Rule):
    """A table's file can be read from its first byte to its last."""

    code, name, layer = "TBL001", "unreadable-table", Layer.TABLES
    faults = (
        "encoding",
        "nul-byte",
        "json-syntax",
        "empty-file",
        "unclosed-quote",
        "unreadable",
        "record-too-long",
        "too-damaged",
        "too-many-columns",
    )


class TableHeader(Rule):
    """A table's header has the fields of its schema."""

    code, name, layer = "TBL002", "table-header", Layer.TABLES
    faults = (
        "blank-label",
        "duplicate-label",
        "extra-label",
        "incorrect-label",
        "missing-label",
        "unmatched-header",
    )


class TableRow(Rule):
    """A row has as many cells as the table has columns."""

    code, name, layer = "TBL003", "table-row", Layer.TABLES
    faults = ("blank-row", "extra-cell", "missing-cell")


class CellType(Rule):
    """A cell holds a value of its field's type."""

    code, name, layer = "TBL004", "cell-type", Layer.TABLES
    faults = ("type",)


class CellRequired(Rule):
    """A cell that has to be filled is."""

    code, name, layer = "TBL005", "cell-required", Layer.TABLES
    faults = ("required",)


class CellTerm(Rule):
    """A cell's value is one of those that its field allows."""

    code, name, layer = "TBL006", "cell-term", Layer.TABLES
    faults = ("enum", "category")


class CellPattern(Rule):
    """A cell's text matches its field's pattern."""

    code, name, layer = "TBL007", "cell-pattern", Layer.TABLES
    faults = ("pattern", "pattern-timeout")


class CellRange(Rule):
    """A cell's value is within the limits of its field."""

    code, name, layer = "TBL008", "cell-range", Layer.TABLES
    faults = ("minimum", "maximum", "exclusive-minimum", "exclusive-maximum")


class CellLength(Rule):
    """A cell's text or list is neither too short nor too long."""

    code, name, layer = "TBL009", "cell-length", Layer.TABLES
    faults = ("min-length", "max-length")


class CellUnique(Rule):
    """A value that has to be unique stands once in its column."""

    code, name, layer = "TBL010", "cell-unique", Layer.TABLES
    faults = ("unique", "unique-key")


class PrimaryKey(Rule):
    """A table's primary key is there in every row, and no two rows share one."""

    code, name, layer = "TBL011", "primary-key", Layer.TABLES
    faults = ("primary-key",)


class ForeignKey(Rule):
    """A foreign key leads to a row that is there."""

    code, name, layer = "TBL012", "foreign-key", Layer.TABLES
    faults = ("foreign-key",)


RULES: Final = (
    UnreadableTable,
    TableHeader,
    TableRow,
    CellType,
    CellRequired,
    CellTerm,
    CellPattern,
    CellRange,
    CellLength,
    CellUnique,
    PrimaryKey,
    ForeignKey,
)

_CODES: Final = {fault: rule.code for rule in RULES for fault in rule.faults}


def code_of(fault: str) -> str:
    """Give the code of the rule that a fault of a table breaks."""
    return _CODES[fault]
