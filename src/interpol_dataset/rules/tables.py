"""
Rules on tables, which :mod:`interpol_dataset.tablecheck` compares with their Table Schemas.
"""

from __future__ import annotations

from typing import Final

from interpol_dataset.rules import rows  # noqa: F401  # its rule is one of them
from interpol_dataset.rules.rule import DEFINED, Layer, TableRule
from interpol_dataset.tablecheck import Fault


class UnreadableTable(TableRule):
    """A table's file can be read to its end, and is the one that its descriptor describes."""

    code, name, layer = "TBL001", "unreadable-table", Layer.TABLES
    faults = (
        Fault.ENCODING,
        Fault.NUL_BYTE,
        Fault.UNSEEN,
        Fault.JSON_SYNTAX,
        Fault.EMPTY_FILE,
        Fault.UNCLOSED_QUOTE,
        Fault.UNREADABLE,
        Fault.RECORD_TOO_LONG,
        Fault.FILE_HASH,
        Fault.FILE_SIZE,
        Fault.MISSING_FILE,
        Fault.TOO_DAMAGED,
        Fault.OVER_BUDGET,
        Fault.TOO_MANY_COLUMNS,
        Fault.UNKNOWN_FORMAT,
    )


class TableHeader(TableRule):
    """A table's header has the fields of its schema."""

    code, name, layer = "TBL002", "table-header", Layer.TABLES
    faults = (
        Fault.BLANK_LABEL,
        Fault.DUPLICATE_LABEL,
        Fault.EXTRA_LABEL,
        Fault.INCORRECT_LABEL,
        Fault.MISSING_LABEL,
    )


class TableRow(TableRule):
    """A row has as many cells as the table has columns."""

    code, name, layer = "TBL003", "table-row", Layer.TABLES
    faults = (Fault.BLANK_ROW, Fault.EXTRA_CELL, Fault.MISSING_CELL)


class CellType(TableRule):
    """A cell holds a value of its field's type."""

    code, name, layer = "TBL004", "cell-type", Layer.TABLES
    faults = (Fault.TYPE,)


class CellRequired(TableRule):
    """A required cell has a value."""

    code, name, layer = "TBL005", "cell-required", Layer.TABLES
    faults = (Fault.REQUIRED,)


class CellTerm(TableRule):
    """A cell's value is one of those that its field allows."""

    code, name, layer = "TBL006", "cell-term", Layer.TABLES
    faults = (Fault.ENUM, Fault.CATEGORY)


class CellPattern(TableRule):
    """A cell's text matches its field's pattern."""

    code, name, layer = "TBL007", "cell-pattern", Layer.TABLES
    faults = (Fault.PATTERN,)


class CellRange(TableRule):
    """A cell's value is within the limits of its field."""

    code, name, layer = "TBL008", "cell-range", Layer.TABLES
    faults = (Fault.MINIMUM, Fault.MAXIMUM, Fault.EXCLUSIVE_MINIMUM, Fault.EXCLUSIVE_MAXIMUM)


class CellLength(TableRule):
    """A cell's text or list is neither too short nor too long."""

    code, name, layer = "TBL009", "cell-length", Layer.TABLES
    faults = (Fault.MIN_LENGTH, Fault.MAX_LENGTH)


class CellUnique(TableRule):
    """A value that has to be unique is in its column once."""

    code, name, layer = "TBL010", "cell-unique", Layer.TABLES
    faults = (Fault.UNIQUE, Fault.UNIQUE_KEY)


class PrimaryKey(TableRule):
    """Every row has a primary key, and no two rows have the same one."""

    code, name, layer = "TBL011", "primary-key", Layer.TABLES
    faults = (Fault.PRIMARY_KEY,)


class ForeignKey(TableRule):
    """A foreign key leads to a row that exists."""

    code, name, layer = "TBL012", "foreign-key", Layer.TABLES
    faults = (Fault.FOREIGN_KEY,)


#: The rules on tables, by code.
RULES: Final = {code: rule for code, rule in sorted(DEFINED.items()) if issubclass(rule, TableRule)}

#: The code of the rule that each fault breaks.
_CODES: Final = {fault: code for code, rule in RULES.items() for fault in rule.faults}


def code_of(fault: str) -> str:
    """Return the code of the rule that a fault of a table breaks."""
    return _CODES[fault]


def faults_of(select: frozenset[str] | None, ignore: frozenset[str]) -> frozenset[str]:
    """
    Return the faults that some rules find.

    :param select: The codes of the rules; all by default.
    :param ignore: The codes of rules to leave out.
    """
    return frozenset(
        fault
        for fault, code in _CODES.items()
        if (select is None or code in select) and code not in ignore
    )
