"""
Rules on tables, which :mod:`interpol_dataset.tablecheck` compares with their Table Schemas.

One is on the rows of this dataset's own tables, whose cells can each be right and still contradict
each other.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from interpol_dataset.rules.rule import TableRule
from interpol_dataset.tablecheck import Fault

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    import pyarrow as pa

row_agrees: Final = TableRule(
    "TBL013", "row-agrees", "A row of this dataset's own tables does not contradict itself."
)
_TABLE_RULES: Final = (
    TableRule(
        "TBL001",
        "unreadable-table",
        "A table's file can be read to its end, and is the one that its descriptor describes.",
        faults=(
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
        ),
    ),
    TableRule(
        "TBL002",
        "table-header",
        "A table's header has the fields of its schema.",
        faults=(
            Fault.BLANK_LABEL,
            Fault.DUPLICATE_LABEL,
            Fault.EXTRA_LABEL,
            Fault.INCORRECT_LABEL,
            Fault.MISSING_LABEL,
        ),
    ),
    TableRule(
        "TBL003",
        "table-row",
        "A row has as many cells as the table has columns.",
        faults=(Fault.BLANK_ROW, Fault.EXTRA_CELL, Fault.MISSING_CELL),
    ),
    TableRule(
        "TBL004", "cell-type", "A cell holds a value of its field's type.", faults=(Fault.TYPE,)
    ),
    TableRule("TBL005", "cell-required", "A required cell has a value.", faults=(Fault.REQUIRED,)),
    TableRule(
        "TBL006",
        "cell-term",
        "A cell's value is one of those that its field allows.",
        faults=(Fault.ENUM, Fault.CATEGORY),
    ),
    TableRule(
        "TBL007",
        "cell-pattern",
        "A cell's text matches its field's pattern.",
        faults=(Fault.PATTERN,),
    ),
    TableRule(
        "TBL008",
        "cell-range",
        "A cell's value is within the limits of its field.",
        faults=(Fault.MINIMUM, Fault.MAXIMUM, Fault.EXCLUSIVE_MINIMUM, Fault.EXCLUSIVE_MAXIMUM),
    ),
    TableRule(
        "TBL009",
        "cell-length",
        "A cell's text or list is neither too short nor too long.",
        faults=(Fault.MIN_LENGTH, Fault.MAX_LENGTH),
    ),
    TableRule(
        "TBL010",
        "cell-unique",
        "A value that has to be unique is in its column once.",
        faults=(Fault.UNIQUE, Fault.UNIQUE_KEY),
    ),
    TableRule(
        "TBL011",
        "primary-key",
        "Every row has a primary key, and no two rows have the same one.",
        faults=(Fault.PRIMARY_KEY,),
    ),
    TableRule(
        "TBL012",
        "foreign-key",
        "A foreign key leads to a row that exists.",
        faults=(Fault.FOREIGN_KEY,),
    ),
    row_agrees,
)
#: The rules on tables, by code.
TABLE_RULES: Final = {rule.code: rule for rule in _TABLE_RULES}
#: The code of the rule that each fault breaks.
_CODES: Final = {fault: rule.code for rule in _TABLE_RULES for fault in rule.faults}


def code_of(fault: str) -> str:
    """Return the code of the rule that a fault of a table breaks."""
    return _CODES[fault]


def faults_of(codes: Container[str]) -> frozenset[str]:
    """Return the faults that rules of some codes find."""
    return frozenset(fault for fault, code in _CODES.items() if code in codes)


#: Columns of this dataset's tables whose values are in this order, where they are not empty.
_IN_ORDER: Final = {
    "cases": (
        ("start", "end"),
        ("country_count_lower", "country_count_point", "country_count_upper"),
    ),
    "outcomes": (("lower", "point", "upper"), ("usd_lower", "usd_point", "usd_upper")),
    **dict.fromkeys(
        (
            *("case_totals", "case_object_totals", "country_totals"),
            *("statement_cases", "proceedings"),
        ),
        (("lower", "point", "upper"),),
    ),
    "sources": (("published_earliest", "published_latest"),),
    "verification": (("lowest", "highest"),),
}
#: How the names of columns of days end.
_DAYS: Final = ("_earliest", "_latest", "start", "end")
#: The same columns by table, each with its type in Table Schema.
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    table: {
        name: "date" if name.endswith(_DAYS) else "number" for names in groups for name in names
    }
    for table, groups in _IN_ORDER.items()
}


def disagreements_in(table: str, rows: pa.RecordBatch) -> Iterator[tuple[int, str, str]]:
    """
    Return what is wrong in some rows, at most one fault in each group of columns.

    :param table: The name of the rows' table.
    :param rows: The columns in :data:`COLUMNS`, as numbers and days.
    :returns: The position of each row, the column, and what is wrong.
    """
    import pyarrow.compute as pc  # noqa: PLC0415  # not for the index of rules

    for names in _IN_ORDER.get(table, ()):
        found: dict[int, tuple[int, str, str]] = {}
        for name in names:
            if COLUMNS[table][name] == "number":
                for row in pc.indices_nonzero(pc.invert(pc.is_finite(rows[name]))).to_pylist():
                    found[row] = row, name, "the number is not finite"
        for name, greater in combinations(names, 2):
            for row in pc.indices_nonzero(pc.greater(rows[name], rows[greater])).to_pylist():
                one, other = rows[name][row], rows[greater][row]
                message = f"the value {one} is greater than {other} in '{greater}'"
                found.setdefault(row, (row, name, message))

        yield from found.values()
