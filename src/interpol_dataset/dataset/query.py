"""Questions to the tables: totals over operations, and queries in SQL, which DuckDB runs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interpol_dataset.dataset.tables import computed_table, condition, expect, having, table_of
from interpol_dataset.errors import QueryError, needing
from interpol_dataset.package.reader import instead_of
from interpol_dataset.package.single_file import VIEWS, quoted
from interpol_dataset.values import grouped
from interpol_dataset.values.words import cell_text, counted

if TYPE_CHECKING:
    import pyarrow as pa

    from interpol_dataset.dataset.tables import Table, Tables

Row: TypeAlias = Mapping[str, Any]
#: What totals can be grouped by.
GROUPS: Final = (
    *("year", "source_year", "area", "top_area", "series"),
    *("country", "region", "subregion", "object", "status"),
)
#: The groups of a case, and the columns of ``cases`` that they are.
_OF_CASES: Final = {
    "source_year": "year",
    "area": "main_area",
    "top_area": "top_area",
    "series": "series",
}
#: The groups of countries, and those for which only what is known of single countries counts.
_REGIONS: Final = frozenset({"region", "subregion"})
_PLACES: Final = _REGIONS | {"country"}
#: The groups that are numbers.
_YEARS: Final = frozenset({"year", "source_year"})
#: The columns of sums, with their types.
_SUMS: Final = {
    "unit": "string",
    **dict.fromkeys(("stated", "with_parts", "lower", "upper"), "double"),
    **dict.fromkeys(("operations", "operations_stated"), "int64"),
}
#: What a total rests on if it is that of its whole case.
_WHOLE: Final = frozenset({"stated", "sum"})
#: The word in the column of objects for what is of none of those listed.
NOT_FURTHER_NAMED: Final = "not further named"


def total(  # each is a part of one question
    tables: Tables,
    metric: str,
    object_: str | None = None,
    *,
    by: str | Sequence[str] = (),
    country: str | None = None,
    where: str | Mapping[str, Any] | None = None,
) -> Table:
    """Add a metric up; see :meth:`interpol_dataset.Dataset.total`."""
    groups = (by,) if isinstance(by, str) else tuple(by)
    for group in groups:
        expect(group, GROUPS, f"totals can't be grouped by '{group}'", "use")
    _, metric = tables.locate(metric, ["metrics"])
    if object_ is not None:
        _, object_ = tables.locate(object_, ["objects"])
    if country is not None:
        _, country = tables.locate(country, ["countries"])
    where = dict([condition(where)]) if isinstance(where, str) else where or {}
    conditions = {str(column): cell_text(value) for column, value in where.items()}
    question = _Question(tables, metric, object_, groups, country, conditions)
    rows = question.rows()
    columns = {group: "int64" if group in _YEARS else "string" for group in groups} | _SUMS
    return table_of("total", caption(rows, groups), columns, summed(rows, groups))


@dataclass(frozen=True)
class _Question:
    """What is to be added up."""

    tables: Tables
    metric: str
    object_: str | None
    groups: tuple[str, ...]
    country: str | None
    conditions: Mapping[str, str]

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows to add up, each with its groups."""
        cases = {case["id"]: case for case in self._cases()}
        rows = self._by_object(cases) if "object" in self.groups else self._of(self.object_, cases)
        return [{**row, **self._keys(row, cases[row["case_id"]])} for row in rows]

    def _of(self, object_: str | None, cases: Mapping[str, Row]) -> list[dict[str, Any]]:
        wanted = {"metric_id": self.metric}
        if object_ is not None:
            wanted["object_id"] = object_
        elif not self._about["adds_up"]:
            raise QueryError(
                f"{self._about['name'].lower()} of different things can't be added",
                hint=f"name an object, or group by object: {self._about['adding']}",
            )
        if self.country is not None:
            wanted["country"] = self.country
        rows = self.tables.rows(self._table(object_), **wanted)
        if object_ is None:
            rows = [row for row in rows if row.get("object_id") is None]
        return list(counted_once(rows, cases))

    def _table(self, object_: str | None) -> str:
        if self.country is not None or _PLACES & {*self.groups}:
            return "country_totals"
        return "case_totals" if object_ is None else "case_object_totals"

    def _by_object(self, cases: Mapping[str, Row]) -> list[dict[str, Any]]:
        """Return the totals of the objects right below one, and of the rest."""
        objects = self.tables.rows("objects")
        below = [row["id"] for row in objects if row["parent_id"] == self.object_]
        if self.object_ is not None and not below:
            raise QueryError(
                f"there is nothing below '{self.object_}' to group by", hint="leave 'object' out"
            )
        named = [{**row, "object": id_} for id_ in below for row in self._of(id_, cases)]
        if self.object_ is None and not self._about["adds_up"]:
            return named
        return named + list(_rest(self._of(self.object_, cases), named))

    @cached_property
    def _about(self) -> Row:
        (metric,) = self.tables.rows("metrics", id=self.metric)
        return metric

    def _cases(self) -> list[dict[str, Any]]:
        cases = self.tables.table("cases")
        needed = {"id", "year", "year_basis", *_OF_CASES.values(), *self.conditions}
        rows = [*cases[[name for name in cases.columns if name in needed]]]
        for column, wanted in self.conditions.items():
            rows = having(cases, rows, column, wanted)
        return rows

    def _keys(self, row: Row, case: Row) -> dict[str, Any]:
        keys: dict[str, Any] = {}
        for group in self.groups:
            if group in _OF_CASES:
                keys[group] = case[_OF_CASES[group]]
            elif group == "year":
                keys[group] = case["year"] if case["year_basis"] != "source" else None
            elif group in _REGIONS:
                keys[group] = self._countries[row["country"]][group]
            else:
                keys[group] = row[group]
        return keys

    @cached_property
    def _countries(self) -> Mapping[str, Row]:
        return {row["id"]: row for row in self.tables.rows("countries")}


def counted_once(rows: Sequence[dict[str, Any]], cases: Container[str]) -> Iterator[dict[str, Any]]:
    """
    Return the rows of some cases, each amount once.

    A row that is counted in that of another case is left out if that case is one of them, or one in
    which that case is counted in turn.
    """
    wholes = {_key(row): row["counted_in"] for row in rows}
    for row in rows:
        whole = row["counted_in"]
        while whole is not None and whole not in cases:
            whole = wholes.get(_key(row, whole))
        if row["case_id"] in cases and whole is None:
            yield row


def _key(row: Row, case: str | None = None) -> tuple[Any, ...]:
    return (case or row["case_id"], row["unit"], row.get("country"))


def _rest(wholes: Iterable[dict[str, Any]], parts: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Return what of each total is of no object that is listed."""
    named: dict[tuple[Any, ...], float] = defaultdict(float)
    for part in parts:
        named[_key(part)] += part["point"]
    for row in wholes:
        left = row["point"] - named[_key(row)]
        if left > 0:
            bounds = {"point": left, "lower": min(row["lower"], left), "upper": None}
            yield {**row, **(bounds if named[_key(row)] else {}), "object": NOT_FURTHER_NAMED}


def summed(rows: Iterable[Row], groups: Sequence[str]) -> list[list[Any]]:
    """Add rows up by group and unit, in the order of the groups."""
    added = (row for row in rows if row["basis"] != "unconverted")
    known = grouped(((*(row[group] for group in groups), row["unit"]), row) for row in added)
    return [[*keys, *_sum(known[keys])] for keys in sorted(known, key=_order)]


def _order(keys: tuple[Any, ...]) -> list[tuple[bool, Any]]:
    """Return the order of groups: by value, and those without one last."""
    return [(key is None or key == NOT_FURTHER_NAMED, key or 0) for key in keys]


def _sum(rows: Sequence[Row]) -> tuple[float | int | None, ...]:
    """Return the columns of a sum, without the unit."""
    stated = [row for row in rows if row["basis"] in _WHOLE]
    uppers = [row["upper"] for row in rows]
    is_open = len(stated) < len(rows) or None in uppers
    return (
        fsum(row["point"] for row in stated),
        fsum(row["point"] for row in rows),
        fsum(row["lower"] for row in rows),
        None if is_open else fsum(uppers),
        len({row["case_id"] for row in rows}),
        len({row["case_id"] for row in stated}),
    )


def caption(rows: Sequence[Row], groups: Sequence[str]) -> str:
    """Return a line that says what the numbers are."""
    added = [row for row in rows if row["basis"] != "unconverted"]
    cases = {row["case_id"] for row in added}
    stated = {row["case_id"] for row in added if row["basis"] in _WHOLE}
    notes = [
        (
            f"{counted(len(cases), 'operation')}, {len(stated)} with a stated total,"
            f" {len(cases - stated)} with a part; a lower bound of what was announced"
        )
    ]
    units = sorted({row["unit"] for row in added})
    if len(units) > 1:
        notes.append(f"{', '.join(units)} can't be added, so each has a row")
    if left := len(rows) - len(added):
        notes.append(f"left out: {counted(left, 'amount')} in a currency without a rate")
    if "year" in groups and any(row["year"] is None for row in added):
        notes.append("a row without a year has the operations whose year no page gives")
    if "object" in groups:
        notes.append("some things count under several objects, so don't add these rows up")
    if _PLACES & {*groups}:
        notes.append("only what is known of single countries")

    return f"{'; '.join(notes)}."


#: What is said to all errors but that a table is not there.
_HINT: Final = "write DuckDB's SQL, in which each table is a view of its name"


def query(tables: Tables, text: str) -> Table:
    """Run a query; see :meth:`interpol_dataset.Dataset.sql`."""
    with needing("duckdb"):
        import duckdb  # noqa: PLC0415  # only those who want it pay for it

    with closing(duckdb.connect(config={"python_enable_replacements": False})) as connection:
        text = str(text)
        words = _words(text)
        views = [name for name in VIEWS if name in words and name not in tables]
        words = words.union(*(_words(VIEWS[name].sql) for name in views))
        for name in tables:
            if name.casefold() in words:  # other tables are not read
                connection.register(name, tables.table(name).to_arrow())
        for name in views:
            with suppress(duckdb.CatalogException, duckdb.BinderException):  # tables are missing
                connection.execute(f"CREATE TEMP VIEW {quoted(name)} AS {VIEWS[name].sql}")
        try:
            result = connection.sql(text)
            if result is None:
                raise QueryError("the query returns no table", hint="begin it with SELECT or FROM")
            arrow = _plain(result.to_arrow_table())
        except duckdb.Error as error:
            said = " ".join(str(error).split())
            raise QueryError(said, hint=_hint(said, tables)) from error

    return computed_table("query", "The result of a query.", arrow)


def _hint(said: str, tables: Tables) -> str:
    if match := re.match(r"Catalog Error: Table with name (\w+)", said):
        known = ", ".join([*tables, *VIEWS])
        return instead_of(match[1]) or f"the tables and views are {known}"
    if match := re.match(r'Binder Error: .*column "(\w+)" not found', said):
        return instead_of("cases", match[1]) or _HINT
    return _HINT


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _plain(table: pa.Table) -> pa.Table:
    """Return a table with the numbers that others know: sums of DuckDB have 38 digits."""
    import pyarrow as pa  # noqa: PLC0415

    for position, column in enumerate(table.schema):
        if pa.types.is_decimal(column.type):
            target = pa.int64() if column.type.scale == 0 else pa.float64()
            try:
                cast = table.column(position).cast(target)
            except pa.ArrowInvalid:  # longer than 64 bits
                cast = table.column(position).cast(pa.float64())
            table = table.set_column(position, column.name, cast)
    return table
