"""The explanation of any cell: the fact it shows, what each source says, and the rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from interpol_dataset.dataset.explanation import ExplainedFact, Explanation, Speakers, explained
from interpol_dataset.dataset.facts import fact_hint, headline_totals
from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.package.renamed import instead_of
from interpol_dataset.schema.field_info import Basis, Computed, From, fields_of
from interpol_dataset.schema.vocabulary import Headline, TotalBasis
from interpol_dataset.suggest import suggestion
from interpol_dataset.tables.rows import TABLES, Row
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import counted, quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from interpol_dataset.dataset.sentence import Voice
    from interpol_dataset.dataset.tables import Tables


_ROWS = {row.TABLE: row for row in TABLES}

#: Tables of records, whose rows are found by an id alone.
_RECORDS = tuple(row.TABLE for row in TABLES if row.RECORD == (row.TABLE, "{id}"))

#: Where rows stand that can be about records of several tables.
_ANY_TABLE = "{record_table}"

#: The columns of a total that hold its value.
_OF_TOTAL = frozenset({"point", "lower", "upper", "value_text", "hedge"})

#: Lists that are told by their number, with what is in them.
_COUNTED = {"outcomes": "figure", "proceedings": "step"}

#: Said of a cell that holds nothing.
_EMPTY = "empty: no source of the record states it, and nothing was worked out"


def explain_cell(
    tables: Tables, record: str | tuple[str, ...], field: str, table: str | None = None
) -> Explanation:
    """
    Explain a field of a record; see :meth:`interpol_dataset.Dataset.explain`.

    :raises UnknownRecordError: There is no such table, record or field.
    """
    known = tuple(name for name in _ROWS if name in tables.names)
    if table is not None and table not in known:
        raise UnknownRecordError(
            f"there is no table '{table}'",
            hint=instead_of(str(table))
            or suggestion(str(table), known, f"name one of {', '.join(known)}"),
        )

    row = _find(tables, record, table)
    cell = _Cell(tables, row)

    return cell.column(field) if table and field in row.values else cell.explain(field)


class _Found(NamedTuple):
    """A row: its model, its values, and the record that it is about."""

    model: type[Row]
    values: dict[str, Any]
    table: str
    record: str


def _find(tables: Tables, record: str | tuple[str, ...], table: str | None) -> _Found:
    """Find a row by its record's id or its key."""
    if table is None or _ROWS[table].KEY == ("id",):
        wanted = [name for name in _RECORDS if name in tables.names]
        if not wanted:
            raise UnknownRecordError(
                "the package has no table of records", hint=f"it has {', '.join(tables.names)}"
            )
        id_ = ",".join(record) if isinstance(record, tuple) else record
        table, id_ = tables.locate(id_, wanted if table is None else [table])
        values = _only(tables.rows(table, id=id_), id_, table)
        return _Found(_ROWS[table], values, _ROWS[table].RECORD[0], id_)

    model = _ROWS[table]
    key = record if isinstance(record, tuple) else tuple(str(record).split(","))
    keys = (model.KEY, *model.OTHER_KEYS)
    if len(key) not in map(len, keys):
        raise UnknownRecordError(
            f"a row of '{table}' is found by {' or by '.join(map(', '.join, keys))}",
            hint="give the values of all of them, joined by commas",
        )
    matching = [
        values
        for values in tables.rows(table)
        if any(tuple(str(values[name]) for name in names) == key for names in keys)
    ]
    if not matching:
        raise UnknownRecordError(
            f"there is no row '{','.join(key)}' in '{table}'",
            hint=f"see 'interpol-dataset list {table}'",
        )
    values = _only(matching, ",".join(key), table)
    of_table, of_record = (part.format_map(values) for part in model.RECORD)

    return _Found(model, values, of_table, of_record)


def _only(rows: list[dict[str, Any]], key: str, table: str) -> dict[str, Any]:
    if len(rows) > 1:
        raise ValueError(f"'{table}' has {len(rows)} rows '{key}'")
    return rows[0]


class _Cell:
    """
    Explains the cells of one row.

    :param tables: The tables.
    :param row: The row.
    """

    def __init__(self, tables: Tables, row: _Found) -> None:
        self._tables = tables
        self._row = row
        about = {"record_table": row.table, "record_id": row.record}
        self._evidence = tables.rows_if_there("evidence", **about)
        facts = tables.rows_if_there("verification", **about)
        self._facts = {item["field"]: item for item in facts}
        self._figures: dict[str, dict[str, dict[str, Any]]] = {}

    def explain(self, field: str) -> Explanation:
        """Explain a fact, a column of the row, or a list."""
        model, values = self._row.model, self._row.values
        is_record = self._row.table == model.TABLE
        if is_record and (path := self._path(field)) is not None:
            return self._fact(path)
        if field in values:
            return self.column(field)
        if is_record and (child := self._child(field)) is not None:
            return self._list(field, child)

        raise UnknownRecordError(
            f"'{self._row.record}' has no field '{field}'",
            hint=instead_of(model.TABLE, field)
            or fact_hint(
                self._tables,
                field,
                self._facts if is_record else (),
                values,
                case=self._row.record if model.TABLE == "cases" else None,
            ),
        )

    def _path(self, field: str) -> str | None:
        """Return the fact that a word means: its path, or an outcome's without its kind."""
        return next((path for path in (field, f"outcomes/{field}") if path in self._facts), None)

    def column(self, column: str) -> Explanation:
        """Explain a column of the row."""
        model, values = self._row.model, self._row.values
        origin = fields_of(model)[column].origin if column in model.model_fields else None
        basis = origin or model.BASIS
        if isinstance(basis, Basis):
            return self._text(column, basis)
        if isinstance(basis, Computed):
            return self._computed(column, basis)
        if isinstance(basis, Headline):
            return self._headline(column)
        path = basis.path.format_map(values)
        if path in self._facts:
            return self._fact(path)

        return self._text(column, basis)

    def _fact(self, path: str) -> Explanation:
        return explained(self._tables, self._facts[path], self._evidence)

    def _computed(self, column: str, basis: Computed) -> Explanation:
        """Explain what a rule makes of several facts."""
        values = self._row.values
        paths = [path for template in basis.paths for path in _expanded(template, values)]
        facts = self._named_facts(paths, values.get("unit"))
        rule = f"computed: {basis.rule}"
        if column in _OF_TOTAL and "left_out" in values:
            facts, how = self._figures_of([values]), TotalBasis(values["basis"])
            known = f"; as of {values['known_until']}" if values.get("known_until") else ""
            rule = f"{rule} ({how}: {how.meaning}){known}{_counted_in(values)}"

        return Explanation(
            table=self._row.table,
            record=self._row.record,
            field=column,
            value=_shown(values[column]),
            text=values["value_text"] if column == "point" and "left_out" in values else None,
            status=values.get("status"),
            rule=rule,
            facts=facts,
        )

    def _headline(self, column: str) -> Explanation:
        """Explain a headline figure by the total that it is the point of."""
        value = self._row.values[column]
        total = headline_totals(self._tables, self._row.record).get(column)
        rule = _EMPTY
        if total is not None:
            basis = TotalBasis(total["basis"])
            rule = f"computed: a total ({basis}: {basis.meaning})"
            if value is None:
                rule = f"empty: only '{total['value_text']}' is known ({basis}: {basis.meaning})"

        return Explanation(
            table=self._row.table,
            record=self._row.record,
            field=column,
            value=_shown(value),
            unit=_unit_of(total),
            text=total["value_text"] if total and value is not None else None,
            status=total["status"] if total and value is not None else None,
            rule=rule + _counted_in(total),
            facts=self._figures_of([total] if total else []),
        )

    def _figures_of(self, rows: Iterable[Mapping[str, Any]]) -> tuple[ExplainedFact, ...]:
        """Return the figures that totals rest on, and those that they leave out."""
        found: list[ExplainedFact] = []
        for row in rows:
            for column in ("facts", "left_out"):
                paths = [f"{row['case_id']} {path}" for path in row.get(column) or ()]
                found += [
                    fact._replace(counts=column == "facts")
                    for fact in self._named_facts(paths, row["unit"])
                ]

        return tuple(found)

    def _named_facts(
        self, paths: Iterable[str], unit: str | None = None
    ) -> tuple[ExplainedFact, ...]:
        """
        Return the facts among some paths that exist.

        :param paths: Their paths; another case's has its id before it.
        :param unit: The unit in which they count.
        """
        found = []
        for named in paths:
            case, _, path = named.rpartition(" ")
            other = case if case not in {"", self._row.record} else None
            facts = self._facts_of(other) if other else self._facts
            known = [name for name in facts if name.startswith(path[:-1])]
            for name in known if path.endswith("*") else [path]:
                if name in facts:
                    fact = facts[name]
                    number = self._numbers(case or self._row.record).get(name, {})
                    found.append(
                        ExplainedFact(
                            name,
                            fact["value"],
                            fact["status"] or fact["verdict"],
                            other,
                            _converted(number, unit),
                            unit=number.get("value_unit") or FactPath(name).currency,
                        )
                    )

        return tuple(found)

    def _numbers(self, case: str) -> dict[str, dict[str, Any]]:
        """Return the figures of a case, by path."""
        if case not in self._figures:
            rows = self._tables.rows_if_there("outcomes", case_id=case)
            self._figures[case] = {row["fact"]: row for row in rows}
        return self._figures[case]

    def _facts_of(self, case: str) -> dict[str, dict[str, Any]]:
        about = {"record_table": "cases", "record_id": case}
        facts = self._tables.rows_if_there("verification", **about)
        return {item["field"]: item for item in facts}

    def _text(self, column: str, basis: Basis | From) -> Explanation:
        """Explain what no single fact gives: the dataset's own words, and cells left empty."""
        value = self._row.values[column]
        path = basis.path.format_map(self._row.values) if isinstance(basis, From) else None
        evidence = [row for row in self._evidence if path is None or row["field"] == path]
        kept: dict[str, str | None] = {"stance": None}
        if path is None:
            kept |= {"value": "", "unit": None, "note": None}
        by_source = {row["source_id"]: row | kept for row in evidence}
        rule = basis.meaning if isinstance(basis, Basis) else "stated by the source"

        return Explanation(
            table=self._row.table,
            record=self._row.record,
            field=column,
            value=None if value is None else str(value),
            rule=_EMPTY if value is None else rule,
            voices=self._voices(by_source.values()),
        )

    def _child(self, field: str) -> type[Row] | None:
        """Return the table that holds a list of the record, by the list's name."""
        for model in TABLES:
            of_table, id_ = model.RECORD
            is_own = of_table == self._row.table and field == model.TABLE
            is_linked = of_table in {self._row.table, _ANY_TABLE}
            if id_ != "{id}" and (is_own or (is_linked and model.TABLE.endswith(f"_{field}"))):
                return model if model.TABLE in self._tables.names else None
        return None

    def _list(self, field: str, model: type[Row]) -> Explanation:
        """Explain a list of the record by its entries."""
        owner = model.RECORD[1].strip("{}")
        rows = self._tables.rows(model.TABLE, **{owner: self._row.record})
        rows.sort(key=lambda row: row.get("position") or 0)
        entries = [" ".join(_named(model, row, owner)) for row in rows]
        basis, facts, rule = model.BASIS, [], "each is a fact of its own"
        if isinstance(basis, Basis):
            rule = basis.meaning
        elif isinstance(basis, Computed):
            rule = f"computed: {basis.rule}"
        else:
            facts = [basis.path.format_map(row) for row in rows]
        listed = "; ".join(entries)
        if entries and model.TABLE in _COUNTED:  # the facts say which, and their values
            listed = counted(len(entries), _COUNTED[model.TABLE])

        return Explanation(
            table=self._row.table,
            record=self._row.record,
            field=field,
            value=listed or None,
            rule=rule if entries else _EMPTY,
            facts=self._named_facts(facts),
        )

    def _voices(self, rows: Iterable[dict[str, Any]]) -> tuple[Voice, ...]:
        listed = list(rows)
        return Speakers(self._tables).voices(listed) if listed else ()


def _shown(value: object) -> str | None:
    """Write a computed value; a whole number has no decimals."""
    if value is None:
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _unit_of(total: Mapping[str, Any] | None) -> str | None:
    """Return the unit of a total; none for a count."""
    return total["unit"] if total and total["unit"] != "count" else None


def _counted_in(total: Mapping[str, Any] | None) -> str:
    """Return the words for the case in which a total is counted, if there is one."""
    case = total and total.get("counted_in")
    return f"; counted in '{case}', so leave it out of sums over cases" if case else ""


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
