"""
Rules on tables, which :mod:`interpol_dataset.tablecheck` compares with their Table Schemas.

One is on the rows of this dataset's own tables, whose cells can each be right and still contradict
each other.
"""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.rules.rule import TableRule
from interpol_dataset.tablecheck import Fault

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    import pyarrow as pa

_WORDS: Final = tomllib.loads(Path(__file__).with_name("tables.toml").read_text("utf-8"))
#: The rules on tables, by code.
TABLE_RULES: Final = {
    code: TableRule(
        code, it["name"], it["asks"], faults=tuple(Fault[name] for name in it["faults"])
    )
    for code, it in _WORDS.items()
}
#: The one that is on this dataset's own tables, and on no fault.
row_agrees: Final = next(rule for rule in TABLE_RULES.values() if not rule.faults)
#: The code of the rule that each fault breaks.
_CODES: Final = {fault: rule.code for rule in TABLE_RULES.values() for fault in rule.faults}


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
