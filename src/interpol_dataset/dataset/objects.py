"""Who says so: any cell explained, and a case, a challenge or a lesson at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.explanation import Explanation, explained
from interpol_dataset.dataset.facts import fact_hint, headline_label, headline_totals
from interpol_dataset.dataset.sentence import Labels
from interpol_dataset.dataset.tables import Table, Tables, fitting, table_of
from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.schema.vocabulary import HEADLINES, Status

if TYPE_CHECKING:
    import pandas as pd


def explain(
    tables: Tables, record: str | tuple[str, ...], field: str, table: str | None = None
) -> Explanation:
    """Explain a field of a record; see :meth:`interpol_dataset.Dataset.explain`."""
    key = tuple(map(str, record)) if isinstance(record, (tuple, list)) else record
    with fitting(tables):
        if isinstance(key, str) and (found := _explained_fact(tables, key, str(field), table)):
            return found
        from interpol_dataset.dataset.records import explain_cell  # noqa: PLC0415  # of models

        return explain_cell(tables, key, str(field), table)


def _explained_fact(
    tables: Tables, record: str, field: str, table: str | None
) -> Explanation | None:
    """Explain a fact of a record; ``None`` if the field is something else."""
    holding = [name for name in tables.names if _holds_records(tables.schema(name))]
    if not {"evidence", "verification"} <= {*tables.names} or table not in {None, *holding}:
        return None
    of_table, id_ = tables.locate(record, holding if table is None else [table])
    about = {"record_table": of_table, "record_id": id_}
    facts = {row["field"]: row for row in tables.rows("verification", **about)}
    # Where the table is named, a column is meant before an outcome of its name.
    for path in (field, f"outcomes/{field}") if table is None else (field,):
        if path in facts:
            return explained(tables, facts[path], tables.rows("evidence", **about))
    return None


def _holds_records(schema: Mapping[str, Any]) -> bool:
    """Return whether a table has a row for each record: an id that is not another table's."""
    is_id = ("id", ["id"])
    referring = (key["fields"] for key in schema.get("foreignKeys", ()))
    return schema.get("primaryKey") in is_id and not any(key in is_id for key in referring)


#: The facts that come first, in this order.
FIRST: Final = ("exists", "interpol_role", "period", "announced", "country_count")
#: The columns of the facts as a table, with their types.
_FACT_COLUMNS: Final = {
    **dict.fromkeys(("path", "label", "value", "status", "source", "hedge"), "string"),
    **dict.fromkeys(("point", "lower", "upper"), "double"),
    "unit": "string",
}


@dataclass(frozen=True)
class OperationFact:
    """
    A fact of an operation, or a headline figure that is computed from facts.

    :param path: Its path, such as ``outcomes/arrests``; of a headline figure its column, such as
        ``drugs_kg``.
    :param hedge: How a number is hedged: ``exact``, ``about``, ``nearly`` and so on.
    :param point: The number that was said, in ``unit``.
    :param upper: The most that it can be; ``None`` if there is no limit.
    :param unit: The unit of these: kg, l, ha or GB, the code of a currency, none for counts.
    :param basis: How a headline figure comes about: ``stated``, ``sum`` and so on; none for a fact.
    """

    path: str
    label: str
    value: str
    status: str
    source: str | None
    hedge: str | None = None
    point: float | None = None
    lower: float | None = None
    upper: float | None = None
    unit: str | None = None
    basis: str | None = None
    facts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.label}: {self.value} [{self.status}]"


@dataclass(frozen=True, repr=False, eq=False)
class Operation(Mapping[str, OperationFact]):
    """
    An operation, takedown, recovery, rescue or arrest: its facts by their paths.

    ::

        operation = ds.operation("HAECHI III")
        operation["arrests"].value, operation["arrests"].status
        print(operation.explain("arrests"))

    To ask for a headline figure that has no value, such as the weight of drugs where no source
    states it, is an error that says why.

    :param year: The year in which it ended; or was announced, or began.
    :param headlines: Its headline figures, which can be compared with those of others, by column.
    """

    id: str
    name: str
    year: int | None
    summary: str
    categories: tuple[str, ...]
    facts: Mapping[str, OperationFact]
    headlines: Mapping[str, OperationFact]
    _tables: Tables = field(compare=False)

    def __getitem__(self, path: str) -> OperationFact:
        path = str(path)
        if fact := self._at(path):
            return fact
        if path in HEADLINES:
            why = explain(self._tables, self.id, path, "cases")
            raise UnknownRecordError(f"'{self.id}' has no value for '{path}'", hint=why.rule)
        raise UnknownRecordError(
            f"'{self.id}' has no fact '{path}'",
            hint=fact_hint(self._tables, path, self.facts, self.headlines, case=self.id),
        )

    def _at(self, path: str) -> OperationFact | None:
        facts = self.facts
        return facts.get(path) or facts.get(f"outcomes/{path}") or self.headlines.get(path)

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self._at(path) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    @property
    def figures(self) -> tuple[OperationFact, ...]:
        """The facts that are outcomes: arrests, seizures and so on."""
        return tuple(fact for path, fact in self.facts.items() if path.startswith("outcomes/"))

    @property
    def countries(self) -> tuple[str, ...]:
        """The codes of the countries that sources list as taking part (ISO 3166-1 alpha-3)."""
        start = "countries/"
        return tuple(path.removeprefix(start) for path in self if path.startswith(start))

    def to_table(self) -> Table:
        """Return the facts as a table: a row a fact, with value, bounds, status and source."""
        rows = [[getattr(fact, name) for name in _FACT_COLUMNS] for fact in self.values()]
        return table_of("facts", f"The facts of {self.name}.", _FACT_COLUMNS, rows)

    def to_pandas(self) -> pd.DataFrame:
        """Return the facts as a data frame."""
        return self.to_table().to_pandas()

    def explain(self, path: str) -> Explanation:
        """
        Return who says so.

        :param path: The path of a fact, that of an outcome also without ``outcomes/``; or
            the column of a headline figure.
        :raises UnknownRecordError: The operation has no such fact or headline figure.
        """
        return explain(self._tables, self.id, self[path].path, "cases")

    def __repr__(self) -> str:
        figures = tuple(self.headlines.values()) or self.figures
        shown = "; ".join(f"{fact.label} {fact.value}" for fact in figures[:3])
        more = f"; {len(self.figures)} figures" if self.figures else ""
        return f"<Operation {self.id}: {self.name}{': ' if shown else ''}{shown}{more}>"

    def __str__(self) -> str:
        lines = [self.name, f"{self.id}: {', '.join(self.categories)}", "", self.summary, ""]
        return "\n".join([*lines, *map(str, self.values())])

    def _repr_html_(self) -> str:
        """Show the facts in a notebook; what a status means is in its tooltip."""
        rows = "".join(map(_html_row, self.values()))
        return (
            f"<h4>{escape(self.name)}</h4><p>{escape(', '.join(self.categories))}</p>"
            f"<p>{escape(self.summary)}</p><table><thead><tr><th>fact</th><th>value</th>"
            f"<th>status</th><th>source</th></tr></thead><tbody>{rows}</tbody></table>"
        )


def _html_row(fact: OperationFact) -> str:
    meaning = escape(Status(fact.status).meaning) if fact.status in set(Status) else ""
    shown = (
        f'<td title="{escape(fact.path)}">{escape(fact.label)}</td>',
        f"<td>{escape(fact.value)}</td>",
        f'<td title="{meaning}">{escape(fact.status)}</td>',
        f"<td>{escape(fact.source or '')}</td>",
    )
    return f"<tr>{''.join(shown)}</tr>"


def operation(tables: Tables, id_: str) -> Operation:
    """Return an operation; see :meth:`interpol_dataset.Dataset.operation`."""
    _, id_ = tables.locate(id_, ["cases"])
    with fitting(tables):
        (case,) = tables.rows("cases", id=id_)
        links = tables.rows("case_categories", case_id=id_)
        links.sort(key=lambda link: link["position"])
        names = {row["id"]: row["name"] for row in tables.rows("categories")}

        return Operation(
            id=id_,
            name=case["name"],
            year=case["year"],
            summary=case["summary"],
            categories=tuple(names.get(link["category_id"], link["category_id"]) for link in links),
            facts={fact.path: fact for fact in facts_of(tables, id_)},
            headlines={figure.path: figure for figure in _headlines(tables, id_)},
            _tables=tables,
        )


def facts_of(tables: Tables, id_: str) -> list[OperationFact]:
    """Return the facts of a case, those of the whole first."""
    (case,) = tables.rows("cases", id=id_)
    labels = Labels(tables)
    about = {"case_id": id_}
    outcomes = tables.rows_if_there("outcomes", **about)
    steps = tables.rows_if_there("proceedings", **about)
    numbers = {row["fact"]: row for row in outcomes + steps}
    ends = ("point", "lower", "upper")
    numbers["country_count"] = {name: case[f"country_count_{name}"] for name in ends}
    facts = [
        _fact(labels, row, numbers.get(row["field"], {}))
        for row in tables.rows("verification", record_table="cases", record_id=id_)
    ]
    order = {path: position for position, path in enumerate(FIRST)}
    return sorted(facts, key=lambda fact: (order.get(fact.path, len(order)), fact.path))


def _headlines(tables: Tables, id_: str) -> Iterator[OperationFact]:
    rows = tables.rows_if_there("metrics") + tables.rows_if_there("objects")
    names = {row["id"]: row["name"] for row in rows}
    for column, row in headline_totals(tables, id_).items():
        yield OperationFact(
            path=column,
            label=headline_label(names, column),
            value=row["value_text"],
            status=row["status"],
            source=None,
            basis=row["basis"],
            facts=tuple(row["facts"]),
            **_numbers(row | {"unit": None if row["unit"] == "count" else row["unit"]}),
        )


def _fact(labels: Labels, row: Mapping[str, Any], number: Mapping[str, Any]) -> OperationFact:
    return OperationFact(
        path=row["field"],
        label=labels.of(row["field"]),
        value=number.get("value_text") or labels.value(row, number.get("value_unit")),
        status=row["status"],
        source=row["source_id"],
        **_numbers(number),
    )


def _numbers(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a number, as far as there is one."""
    return {name: row.get(name) for name in ("hedge", "point", "lower", "upper", "unit")}


#: The columns of its cases, with their types.
_CASE_COLUMNS: Final = {
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

    :param verdict: What became of that when it was checked.
    :param grade: How well it is shown that a lesson works; none of a challenge.
    :param numbers: The numbers that go with it, in words.
    :param related: The ids of the challenges that a lesson answers; of a challenge, the lessons.
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
    """Return a challenge or a lesson; see :meth:`interpol_dataset.Dataset.lesson`."""
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
    known = {row["id"]: row for row in tables.rows("cases")}
    labels = Labels(tables)
    rows = []
    for link in tables.rows("statement_cases", **about):
        case = known[link["case_id"]]
        counts = labels.of(link["result"]) if link["result"] else None
        cells = {**link, "case_name": case["name"], "year": case["year"], "counts": counts}
        rows.append([cells[column] for column in _CASE_COLUMNS])
    return table_of("cases", f"The cases of '{name}'.", _CASE_COLUMNS, rows)
