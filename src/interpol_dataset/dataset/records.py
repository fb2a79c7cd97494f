"""What needs the models of rows: typed records, and the explanation of any cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from interpol_dataset.dataset.explanation import ExplainedFact, Explanation, Speakers, explained
from interpol_dataset.dataset.facts import fact_hint, headline_totals
from interpol_dataset.dataset.tables import Tables, expect
from interpol_dataset.errors import PackageError, UnknownRecordError
from interpol_dataset.package.reader import instead_of
from interpol_dataset.schema.fields import Basis, Computed, basis_of, fields_of
from interpol_dataset.schema.vocabulary import Headline, TotalBasis
from interpol_dataset.tables.restore import restore
from interpol_dataset.tables.rows import TABLES, Row
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import counted, quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from interpol_dataset.records.document import Records

_ROWS: Final = {row.TABLE: row for row in TABLES}
#: The tables with rows of records of several kinds.
_OF_ANY: Final = ("evidence", "searches", "statement_cases", "statement_numbers", "verification")


def one_record(tables: Tables, table: str, id_: str) -> Records:
    """Return one record, alone among its kind."""
    _, id_ = tables.locate(id_, [table])
    found = {table: tables.rows(table, id=id_)}
    for name in ("case_categories", "case_relations") if table == "cases" else ():
        found[name] = tables.rows(name, case_id=id_)
    for name in _OF_ANY:
        found[name] = tables.rows(name, record_table=table, record_id=id_)
    return _restored(tables, found)


def all_records(tables: Tables) -> Records:
    """
    Return all records.

    :raises PackageError: The tables are not consistent.
    """
    return _restored(tables, {name: tables.table(name) for name in _ROWS})


def _restored(tables: Tables, found: Mapping[str, Iterable[dict[str, Any]]]) -> Records:
    """Return rows as records. Anybody may have changed the tables: they may not fit together."""
    what = ""
    try:
        typed = {}
        for name, rows in found.items():
            what = f"the table '{name}'"
            typed[name] = tuple(_ROWS[name].model_validate(row) for row in rows)
        what = "the rows of a record"
        return restore(typed)
    except (ValidationError, KeyError, ValueError) as error:
        raise PackageError(
            f"{what} can't be read as records: {_why(error)}",
            where=str(tables.directory),
            hint="build or export the package again",
        ) from error


def _why(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "a row that it needs is missing"
    fault = error.errors()[0]
    return f"{'/'.join(str(step) for step in fault['loc'])}: {fault['msg']}"


#: Tables of records, whose rows are found by an id alone.
_RECORDS = tuple(name for name, row in _ROWS.items() if row.KEY == ("id",))
#: The columns of a total that hold its value.
_OF_TOTAL = frozenset({"point", "lower", "upper", "value_text", "hedge"})
#: Lists that are told by their number, with what is in them.
_COUNTED = {"outcomes": "figure", "proceedings": "step"}
#: Said of a cell that holds nothing.
_EMPTY = "empty: no source of the record states it, and nothing was worked out"


def explain_cell(
    tables: Tables, record: str | tuple[str, ...], field: str, table: str | None = None
) -> Explanation:
    """Explain a field of a record; see :meth:`interpol_dataset.Dataset.explain`."""
    if table is not None:
        known = [name for name in _ROWS if name in tables]
        what = f"there is no table '{table}'"
        expect(table, known, what, "name one of", instead=(str(table),))
    if table is None or table in _RECORDS:
        cell = _record_cell(tables, record, table)
    else:
        cell = _row_cell(tables, record, table)
    return cell.column(field) if table and field in cell.values else cell.explain(field)


def _record_cell(tables: Tables, record: str | tuple[str, ...], table: str | None) -> _Cell:
    """Find a row by its record's id."""
    wanted = [table] if table else [name for name in _RECORDS if name in tables]
    if not wanted:
        raise UnknownRecordError(
            "the package has no table of records", hint=f"it has {', '.join(tables)}"
        )
    table, id_ = tables.locate(",".join(record) if isinstance(record, tuple) else record, wanted)
    return _only(tables, table, tables.rows(table, id=id_), id_)


def _row_cell(tables: Tables, record: str | tuple[str, ...], table: str) -> _Cell:
    """Find a row by its key."""
    key = record if isinstance(record, tuple) else tuple(str(record).split(","))
    keys = (_ROWS[table].KEY, *_ROWS[table].OTHER_KEYS)
    names = next((names for names in keys if len(names) == len(key)), None)
    if names is None:
        raise UnknownRecordError(
            f"a row of '{table}' is found by {' or by '.join(map(', '.join, keys))}",
            hint="give the values of all of them, joined by commas",
        )
    texts = {field["name"] for field in tables.schema(table)["fields"] if field["type"] == "string"}
    wanted = {name: value for name, value in zip(names, key, strict=True) if name in texts}
    matching = [
        values
        for values in tables.rows(table, **wanted)
        if tuple(str(values[name]) for name in names) == key
    ]
    if not matching:
        raise UnknownRecordError(
            f"there is no row '{','.join(key)}' in '{table}'",
            hint=f"see 'interpol-dataset list {table}'",
        )

    return _only(tables, table, matching, ",".join(key))


def _only(tables: Tables, table: str, rows: list[dict[str, Any]], key: str) -> _Cell:
    if len(rows) > 1:
        raise ValueError(f"'{table}' has {len(rows)} rows '{key}'")
    return _Cell(tables, _ROWS[table], rows[0])


class _Cell:
    """Explains the cells of one row."""

    def __init__(self, tables: Tables, model: type[Row], values: dict[str, Any]) -> None:
        self.values = values
        self._tables = tables
        self._model = model
        self._table, self._record = (part.format_map(values) for part in model.about())
        about = {"record_table": self._table, "record_id": self._record}
        self._evidence = tables.rows_if_there("evidence", **about)
        self._facts = self._facts_of(self._table, self._record)
        self._figures: dict[str, dict[str, dict[str, Any]]] = {}

    def explain(self, field: str) -> Explanation:
        is_record = self._table == self._model.TABLE
        for path in (field, f"outcomes/{field}") if is_record else ():
            if path in self._facts:
                return explained(self._tables, self._facts[path], self._evidence)
        if field in self.values:
            return self.column(field)
        if is_record and (child := self._child(field)) is not None:
            return self._list(field, child)
        facts = self._facts if is_record else ()
        case = self._record if self._model.TABLE == "cases" else None
        raise UnknownRecordError(
            f"'{self._record}' has no field '{field}'",
            hint=instead_of(self._model.TABLE, field)
            or fact_hint(self._tables, field, facts, self.values, case=case),
        )

    def column(self, column: str) -> Explanation:
        basis = basis_of(self._model.TABLE, column)
        if isinstance(basis, Basis):
            return self._text(column, basis.meaning)
        if isinstance(basis, Computed):
            return self._computed(column, basis)
        if isinstance(basis, Headline):
            return self._headline(column)
        path = basis.format_map(self.values)
        if path in self._facts:
            return explained(self._tables, self._facts[path], self._evidence)
        return self._text(column, "stated by the source", path)

    def _explained(self, field: str, value: str | None, rule: str, **more: Any) -> Explanation:  # noqa: ANN401  # further attributes
        return Explanation(self._table, self._record, field, value, rule=rule, **more)

    def _computed(self, column: str, basis: Computed) -> Explanation:
        values, rule = self.values, f"computed: {basis.rule}"
        if column in _OF_TOTAL and "left_out" in values:
            text = values["value_text"] if column == "point" else None
            return self._of_total(column, rule, values, text=text, status=values.get("status"))
        paths = [path for template in basis.paths for path in _expanded(template, values)]
        facts, status = self._named_facts(paths, values.get("unit")), values.get("status")
        return self._explained(column, _shown(values[column]), rule, status=status, facts=facts)

    def _headline(self, column: str) -> Explanation:
        """Explain a headline figure by the total that it is the point of."""
        total = headline_totals(self._tables, self._record).get(column)
        if total is None:
            return self._explained(column, _shown(self.values[column]), _EMPTY)
        unit = None if total["unit"] == "count" else total["unit"]
        if self.values[column] is None:
            rule = f"empty: only '{total['value_text']}' is known"
            return self._of_total(column, rule, total, unit=unit)
        text, status = total["value_text"], total["status"]
        rule = "computed: a total"
        return self._of_total(column, rule, total, unit=unit, text=text, status=status)

    def _of_total(
        self, column: str, rule: str, total: Mapping[str, Any], **more: str | None
    ) -> Explanation:
        """Explain a column by how a total comes about."""
        basis, case = TotalBasis(total["basis"]), total.get("counted_in")
        rule += f" ({basis}: {basis.meaning})"
        rule += f"; as of {total['known_until']}" if total.get("known_until") else ""
        rule += f"; counted in '{case}', so leave it out of sums over cases" if case else ""
        facts = self._figures_of(total)
        return self._explained(column, _shown(self.values[column]), rule, facts=facts, **more)

    def _figures_of(self, total: Mapping[str, Any]) -> tuple[ExplainedFact, ...]:
        """Return the figures that a total rests on, and those that it leaves out."""
        return tuple(
            fact._replace(counts=column == "facts")
            for column in ("facts", "left_out")
            for fact in self._named_facts(total.get(column) or (), total["unit"])
        )

    def _named_facts(
        self, paths: Iterable[str], unit: str | None = None
    ) -> tuple[ExplainedFact, ...]:
        """Return those facts among paths that exist; another case's path has its id before it."""
        found = []
        for named in paths:
            case, _, path = named.rpartition(" ")
            other = case if case not in {"", self._record} else None
            facts = self._facts_of("cases", other) if other else self._facts
            known = [name for name in facts if name.startswith(path[:-1])]
            for name in known if path.endswith("*") else [path]:
                if name in facts:
                    number = self._numbers(other or self._record).get(name, {})
                    found.append(_explained_fact(facts[name], other, number, unit))
        return tuple(found)

    def _numbers(self, case: str) -> dict[str, dict[str, Any]]:
        if case not in self._figures:
            rows = self._tables.rows_if_there("outcomes", case_id=case)
            self._figures[case] = {row["fact"]: row for row in rows}
        return self._figures[case]

    def _facts_of(self, table: str, record: str) -> dict[str, dict[str, Any]]:
        about = {"record_table": table, "record_id": record}
        facts = self._tables.rows_if_there("verification", **about)
        return {item["field"]: item for item in facts}

    def _text(self, column: str, rule: str, path: str | None = None) -> Explanation:
        """Explain what no single fact gives: the dataset's own words, and cells left empty."""
        value = self.values[column]
        kept: dict[str, str | None] = {"stance": None}
        if path is None:
            kept |= {"value": "", "unit": None, "note": None}
        evidence = [row for row in self._evidence if path in {None, row["field"]}]
        rows = {row["source_id"]: row | kept for row in evidence}.values()
        voices = self._tables.once(Speakers).voices(rows) if rows else ()
        if value is None:
            return self._explained(column, None, _EMPTY, voices=voices)
        return self._explained(column, str(value), rule, voices=voices)

    def _child(self, field: str) -> type[Row] | None:
        """Return the table that holds a list of the record, by the list's name."""
        for model in TABLES:
            of_table, id_ = model.about()
            is_own = of_table == self._table and field == model.TABLE
            is_linked = of_table in {self._table, "{record_table}"}
            if id_ != "{id}" and (is_own or (is_linked and model.TABLE.endswith(f"_{field}"))):
                return model if model.TABLE in self._tables else None
        return None

    def _list(self, field: str, model: type[Row]) -> Explanation:
        owner = model.about()[1].strip("{}")
        rows = self._tables.rows(model.TABLE, **{owner: self._record})
        rows.sort(key=lambda row: row.get("position") or 0)
        if not rows:
            return self._explained(field, None, _EMPTY)
        basis, facts, rule = basis_of(model.TABLE), [], "each is a fact of its own"
        if isinstance(basis, Basis):
            rule = basis.meaning
        elif isinstance(basis, Computed):
            rule = f"computed: {basis.rule}"
        elif isinstance(basis, str):
            facts = [basis.format_map(row) for row in rows]
        if model.TABLE in _COUNTED:  # the facts say which, and their values
            listed = counted(len(rows), _COUNTED[model.TABLE])
        else:
            listed = "; ".join(" ".join(_named(model, row, owner)) for row in rows)

        return self._explained(field, listed or None, rule, facts=self._named_facts(facts))


def _explained_fact(
    fact: Mapping[str, Any], case: str | None, number: Mapping[str, Any], unit: str | None
) -> ExplainedFact:
    return ExplainedFact(
        fact["field"],
        fact["value"],
        fact["status"] or fact["verdict"],
        case,
        _converted(number, unit),
        unit=number.get("value_unit") or FactPath(fact["field"]).currency,
    )


def _shown(value: object) -> str | None:
    """Write a computed value; a whole number has no decimals."""
    if value is None:
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _converted(number: Mapping[str, Any], unit: str | None) -> str | None:
    """Return a number that was stated in another unit; of money also the day of the rate."""
    if not number or unit in {None, number["value_unit"]}:
        return None
    if unit == number["unit"]:
        ends = ["lower", "upper"] if number["point"] is None else ["point"]
        stated = "..".join(Quantity.parse(number[end]).notation for end in ends)
        return quantity_in_words(Quantity.parse(stated), unit)
    if unit != "USD" or number.get("usd_lower") is None:
        return None
    shown = number["usd_lower"] if number["usd_point"] is None else number["usd_point"]
    amount = quantity_in_words(Quantity.parse(f"{shown:.0f}"), "USD")
    return f"{amount} by the rate of {number['rate_date']}"


def _expanded(template: str, values: Mapping[str, Any]) -> list[str]:
    """Fill the columns of a row into a path: a list gives several, and an empty column none."""
    paths = [template]
    for column in re.findall(r"{(\w+)}", template):
        cell = values[column]
        items = cell if isinstance(cell, list) else [] if cell is None else [cell]
        paths = [path.replace(f"{{{column}}}", str(item)) for path in paths for item in items]
    return paths


def _named(model: type[Row], row: Mapping[str, Any], owner: str) -> list[str]:
    """Return the cells that identify an entry of a list."""
    if "says" in row:
        return [*filter(None, (row["value_text"], row["says"]))]
    references = [name for name, kind in fields_of(model).items() if kind.references]
    columns = [name for name in references if name != owner] or [*model.KEY[1:]]
    return [str(row[name]) for name in columns if row[name] is not None]
