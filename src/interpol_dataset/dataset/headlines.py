"""
The totals behind the headline columns of cases.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.tables import fitting
from interpol_dataset.tables.rows import HEADLINES, PLAIN_UNITS
from interpol_dataset.values.words import lowered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.dataset.tables import Tables


_TABLES: Final = ("case_totals", "case_object_totals")

#: What the columns are the points of.
_COLUMNS: Final = {(item.metric, item.object): name for name, item in HEADLINES.items()}


def headlines(tables: Tables, **wanted: str) -> dict[str, dict[str, dict[str, Any]]]:
    """
    Return the rows of totals behind the headline columns, by case and column.

    There may be one where the column is empty: it says what is known that is less than a total. A
    package of some tables may have none.
    """
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    with fitting(tables):
        rows = (row for name in _TABLES for row in tables.rows_if_there(name, **wanted))
        for row in rows:
            column = _COLUMNS.get((row["metric_id"], row.get("object_id")))
            if column and row["unit"] in PLAIN_UNITS:
                found[row["case_id"]][column] = row

    return {
        case: {name: own[name] for name in HEADLINES if name in own} for case, own in found.items()
    }


def headline_totals(tables: Tables, case: str) -> dict[str, dict[str, Any]]:
    """Return the rows of totals behind the headline columns of a case, by column."""
    return headlines(tables, case_id=case).get(case, {})


def headline_label(names: Mapping[str, str], column: str) -> str:
    """
    Return what a headline column is about, in words.

    :param names: The names of metrics and objects, by id.
    :param column: The column.
    """
    item = HEADLINES[column]
    metric = lowered(names.get(item.metric, item.metric))

    return f"{metric}: {lowered(names.get(item.object, item.object))}" if item.object else metric
