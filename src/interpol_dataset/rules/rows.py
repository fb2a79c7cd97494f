"""
The rule on rows whose cells are right one by one, and wrong together.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from interpol_dataset.rules.rule import Layer, TableRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa


#: Columns of this dataset's tables whose values are in this order, where they are not empty.
_IN_ORDER: Final = {
    "cases": (
        ("start", "end"),
        ("country_count_lower", "country_count_point", "country_count_upper"),
    ),
    "outcomes": (
        ("lower", "point", "upper"),
        ("usd_lower", "usd_point", "usd_upper"),
    ),
    "case_totals": (("lower", "point", "upper"),),
    "case_object_totals": (("lower", "point", "upper"),),
    "country_totals": (("lower", "point", "upper"),),
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


class Disagreement(NamedTuple):
    """
    What is wrong in a row.

    :param row: The position of the row.
    :param field: The column.
    :param message: What is wrong.
    """

    row: int
    field: str
    message: str


class RowAgrees(TableRule):
    """A row of this dataset's own tables does not contradict itself."""

    code, name, layer = "TBL013", "row-agrees", Layer.TABLES
    faults = ()

    hint: ClassVar[str] = "look the values up again; two may be in each other's column"

    @classmethod
    def check(cls, table: str, rows: pa.RecordBatch) -> Iterator[Disagreement]:
        """
        Return what is wrong in some rows, at most one fault in each group of columns.

        :param table: The name of the rows' table.
        :param rows: The columns in :data:`COLUMNS`, as numbers and days.
        """
        import pyarrow.compute as pc  # noqa: PLC0415  # not for the index of rules

        for names in _IN_ORDER.get(table, ()):
            found: dict[int, Disagreement] = {}
            for name in names:
                if COLUMNS[table][name] == "number":
                    for row in pc.indices_nonzero(pc.invert(pc.is_finite(rows[name]))).to_pylist():
                        found[row] = Disagreement(row, name, "the number is not finite")
            for name, greater in combinations(names, 2):
                for row in pc.indices_nonzero(pc.greater(rows[name], rows[greater])).to_pylist():
                    one, other = rows[name][row], rows[greater][row]
                    message = f"the value {one} is greater than {other} in '{greater}'"
                    found.setdefault(row, Disagreement(row, name, message))

            yield from found.values()
