"""
A challenge or a lesson at a glance: what it says, how well that is shown, and by which cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.labels import Labels
from interpol_dataset.dataset.tables import fitting, table_of

if TYPE_CHECKING:
    from interpol_dataset.dataset.tables import Table, Tables


#: The columns of its cases, with their types.
_COLUMNS: Final = {
    **dict.fromkeys(("case_id", "case_name"), "string"),
    "year": "int64",
    **dict.fromkeys(("shows", "result", "counts", "value_text"), "string"),
    "point": "double",
    **dict.fromkeys(("unit", "status", "source_id"), "string"),
}


@dataclass(frozen=True, repr=False, eq=False)
class Statement:
    """
    A challenge or a lesson, with its cases and their results.

    ::

        lesson = ds.lesson("stop-payment-mechanisms")
        lesson.grade, lesson.numbers
        lesson.cases.to_pandas()

    :param id: Its id among the challenges or the lessons.
    :param name: Its name.
    :param statement: What it says.
    :param verdict: What became of that when it was checked.
    :param grade: How well it is shown that a lesson works; none of a challenge.
    :param numbers: The numbers beside it, in words.
    :param related: The ids of the challenges that a lesson answers; of a challenge, the lessons.
    :param areas: The top crime areas of the cases that show it.
    :param regions: The regions of these cases' countries.
    :param years: The years of the earliest and the latest of these cases.
    :param cases: Its cases: what each shows, the result and what it counts, and its source.
    """

    id: str
    name: str
    statement: str
    verdict: str
    grade: str | None
    numbers: tuple[str, ...]
    related: tuple[str, ...]
    areas: tuple[str, ...]
    regions: tuple[str, ...]
    years: tuple[int | None, int | None]
    cases: Table

    def __repr__(self) -> str:
        grade = f", {self.grade}" if self.grade else ""

        return f"<Statement {self.id}: {self.verdict}{grade}, {len(self.cases)} cases>"

    def __str__(self) -> str:
        judged = ", ".join(filter(None, (self.verdict, self.grade)))
        lines = [f"{self.name} [{judged}]", "", self.statement, *self.numbers, ""]
        for case in self.cases:
            result = f": {case['value_text']} ({case['counts']})" if case["value_text"] else ""
            lines.append(f"{case['shows']}, {case['case_name']}{result}")

        return "\n".join(lines).rstrip()


def statement(tables: Tables, table: str, id_: str) -> Statement:
    """
    Return a challenge or a lesson; see :meth:`interpol_dataset.Dataset.lesson`.

    :param tables: The tables.
    :param table: ``challenges`` or ``lessons``.
    :param id_: Its id or name.
    :raises UnknownRecordError: There is no such record.
    """
    _, id_ = tables.locate(id_, [table])
    about = {"record_table": table, "record_id": id_}
    with fitting(tables):
        (row,) = tables.rows(table, id=id_)
        numbers = tables.rows("statement_numbers", **about)

        return Statement(
            id=id_,
            **{name: row[name] for name in ("name", "statement", "verdict")},
            grade=row.get("grade"),
            numbers=tuple(f"{x['value_text']} {x['says']}" for x in numbers if x["value_text"]),
            related=_related(tables, table, row),
            areas=tuple(row["areas"] or ()),
            regions=tuple(row["regions"] or ()),
            years=(row["first_seen"], row["last_seen"]),
            cases=_cases(tables, about, row["name"]),
        )


def _related(tables: Tables, table: str, row: dict[str, Any]) -> tuple[str, ...]:
    if table == "lessons":
        return tuple(row["challenge_ids"] or ())

    lessons = tables.rows_if_there("lessons")

    return tuple(item["id"] for item in lessons if row["id"] in (item["challenge_ids"] or ()))


def _cases(tables: Tables, about: dict[str, str], name: str) -> Table:
    """Return the cases of a record as a table."""
    known = {row["id"]: row for row in tables.rows("cases")}
    labels = Labels(tables)
    rows = []
    for link in tables.rows("statement_cases", **about):
        case = known[link["case_id"]]
        counts = labels.of(link["result"]) if link["result"] else None
        cells = {**link, "case_name": case["name"], "year": case["year"], "counts": counts}
        rows.append([cells[column] for column in _COLUMNS])

    return table_of("cases", f"The cases of '{name}'.", _COLUMNS, rows)
