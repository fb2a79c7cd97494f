"""The dataset in one object; only what is asked for is read and imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn, Self, overload

from interpol_dataset.dataset.tables import Table, Tables, open_tables
from interpol_dataset.package.reader import instead_of
from interpol_dataset.suggest import nearest

if TYPE_CHECKING:
    from pathlib import Path

    from interpol_dataset.dataset.diff import Diff
    from interpol_dataset.dataset.explanation import Explanation
    from interpol_dataset.dataset.objects import Operation, Statement
    from interpol_dataset.records import models as m
    from interpol_dataset.records.document import Records


def load(path: str | Path | None = None) -> Dataset:
    """
    Load a data package.

    ::

        ds = interpol_dataset.load()
        ds.cases.to_pandas()

    :param path: A directory with a ``datapackage.json`` of this schema, in any of the formats that
        ``export`` writes; the package that is installed with the library by default.
    :raises PackageError: There is no such package, or its descriptor can't be used.
    """
    return Dataset(open_tables(path))


@cache
def _descriptions() -> Mapping[str, str]:
    """Return what each table holds, in the words of the installed package."""
    resources = open_tables().package.resources
    return {name: str(resource.get("description", "")) for name, resource in resources.items()}


class _TableProperty:
    """A property that is the table of its name. Its documentation is the table's description."""

    def __set_name__(self, owner: type[Dataset], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, dataset: None, owner: type[Dataset]) -> Self: ...

    @overload
    def __get__(self, dataset: Dataset, owner: type[Dataset]) -> Table: ...

    def __get__(self, dataset: Dataset | None, owner: type[Dataset]) -> Self | Table:
        return self if dataset is None else dataset[self._name]

    def __set__(self, dataset: Dataset, value: object) -> NoReturn:
        raise AttributeError(f"the table '{self._name}' can't be replaced")

    @property
    def __doc__(self) -> str:  # type: ignore[override]  # each has its own
        return _descriptions().get(self._name, "")


class Dataset(Mapping[str, "Table"]):
    """
    A data package of INTERPOL interventions: its tables by their names.

    Each table is an attribute, too: ``ds.cases``, ``ds.outcomes`` and so on.

    What is asked for by a name that nothing has raises ``UnknownRecordError``, and a file that is
    missing, damaged or not of its schema ``PackageError``.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    @property
    def directory(self) -> Path:
        """The package's directory."""
        return self._tables.directory

    @property
    def version(self) -> str:
        """Version of the data."""
        return self._tables.package.version

    @property
    def descriptor(self) -> Mapping[str, Any]:
        """The package's descriptor: title, licences, sources, resources."""
        return self._tables.package.descriptor

    @property
    def licenses(self) -> tuple[str, ...]:
        """Names of the licences of the data."""
        return self._tables.package.licenses

    @property
    def contributors(self) -> tuple[str, ...]:
        """Names of those who made the data."""
        return self._tables.package.contributors

    @property
    def resources(self) -> Mapping[str, Mapping[str, Any]]:
        """The descriptors of the package's files, by name."""
        return self._tables.package.resources

    @property
    def tables(self) -> Tables:
        """The tables that the package has. Iterating yields their names."""
        return self._tables

    def __getitem__(self, name: str) -> Table:
        """Return a table by its name."""
        return self._tables.table(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __contains__(self, name: object) -> bool:
        return name in self._tables

    # Two datasets are the same if they are one; comparing all their tables would take seconds.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    if not TYPE_CHECKING:  # there, an attribute that is not known is an error by itself

        def __getattr__(self, name: str) -> NoReturn:
            """Ask which table or method was meant."""
            if gone := instead_of(name):
                msg = f"a dataset has no '{name}' any more: {gone}"
                raise AttributeError(msg, name=name, obj=self)
            near = nearest(name, [item for item in dir(type(self)) if not item.startswith("_")])
            hint = f"; did you mean '{near}'?" if near and not name.startswith("_") else ""
            msg = f"a dataset has no '{name}'{hint}"
            raise AttributeError(msg, name=name, obj=self)

    cases = _TableProperty()
    case_totals = _TableProperty()
    case_object_totals = _TableProperty()
    outcomes = _TableProperty()
    case_countries = _TableProperty()
    sources = _TableProperty()
    evidence = _TableProperty()
    verification = _TableProperty()
    proceedings = _TableProperty()
    country_totals = _TableProperty()
    case_organizations = _TableProperty()
    case_tools = _TableProperty()
    case_categories = _TableProperty()
    case_relations = _TableProperty()
    metrics = _TableProperty()
    objects = _TableProperty()
    categories = _TableProperty()
    organizations = _TableProperty()
    countries = _TableProperty()
    challenges = _TableProperty()
    lessons = _TableProperty()
    statement_cases = _TableProperty()
    statement_numbers = _TableProperty()
    claims = _TableProperty()
    searches = _TableProperty()
    rates = _TableProperty()
    retired_ids = _TableProperty()

    def case(self, id_: str) -> m.Case:
        """Return a case as a typed record, with everything that its sources report."""
        return self._record("cases", id_).cases[0]

    def category(self, id_: str) -> m.Category:
        """Return a crime area as a typed record."""
        return self._record("categories", id_).categories[0]

    def claim(self, id_: str) -> m.Claim:
        """Return a claim as a typed record."""
        return self._record("claims", id_).claims[0].claims[0]

    def source(self, id_: str) -> m.Source:
        """Return a source as a typed record."""
        return self._record("sources", id_).sources[0]

    def records(self) -> Records:
        """Return all records, typed."""
        from interpol_dataset.dataset.records import all_records  # noqa: PLC0415  # brings pydantic

        return all_records(self._tables)

    def explain(
        self, record: str | tuple[str, ...], field: str, *, table: str | None = None
    ) -> Explanation:
        """
        Explain why a value is what it is.

        ::

            print(ds.explain("haechi-iii", "outcomes/arrests"))

        :param record: The id of a record, such as a case, claim or source; or the key of a row of
            ``table``, as a tuple or joined by commas.
        :param field: A fact's path, such as ``period``, ``countries/KOR`` or ``outcomes/arrests``;
            a column of the record's table, such as ``assets_usd``; or a list such as
            ``categories``.
        :param table: The record's table, where records of several tables have this id.
        """
        from interpol_dataset.dataset.objects import explain  # noqa: PLC0415  # only when asked

        return explain(self._tables, record, field, table)

    def diff(self, new: Dataset | str | Path) -> Diff:
        """
        Compare this version with a later one: records, facts with the reason, cells, schemas.

        :param new: The later version, or the directory of its package.
        """
        from interpol_dataset.dataset.diff import diff  # noqa: PLC0415  # only when asked

        later = new if isinstance(new, Dataset) else load(str(new))
        return diff(self.tables, later.tables)

    def operation(self, id_: str) -> Operation:
        """
        Return an operation at a glance: its facts in words, with status, and the evidence at hand.

        ::

            ds.operation("HAECHI III")["arrests"].value

        :param id_: The id of the case, its name or an alias.
        """
        from interpol_dataset.dataset.objects import operation  # noqa: PLC0415  # only when asked

        return operation(self._tables, id_)

    def challenge(self, id_: str) -> Statement:
        """Return a challenge at a glance: what it says, its numbers, and the cases that show it."""
        from interpol_dataset.dataset.objects import statement  # noqa: PLC0415  # only when asked

        return statement(self._tables, "challenges", id_)

    def lesson(self, id_: str) -> Statement:
        """
        Return a lesson at a glance: how well it is shown that it works, and by which cases.

        ::

            ds.lesson("stop-payment-mechanisms").cases.to_pandas()
        """
        from interpol_dataset.dataset.objects import statement  # noqa: PLC0415  # only when asked

        return statement(self._tables, "lessons", id_)

    def total(
        self,
        metric: str,
        object: str | None = None,  # noqa: A002  # the word of the tables
        *,
        by: str | Sequence[str] = (),
        country: str | None = None,
        where: str | Mapping[str, Any] | None = None,
    ) -> Table:
        """
        Add figures up over operations.

        ::

            ds.total("arrests", by="year").to_pandas()
            ds.total("weight-seized", "cocaine")

        A row has ``stated``, the sum over operations whose total is known; ``with_parts``, with
        those of which only a part is; ``lower`` and ``upper``, the bounds of the latter; the
        ``unit``; and the numbers of ``operations`` and of ``operations_stated``. Units that can't
        be added have rows of their own. The table's ``description`` says what the numbers are.

        :param metric: The id of a metric, such as ``arrests``.
        :param object: The id of an object, such as ``cocaine``, with everything below it; metrics
            whose objects can't be added, such as ``weight-seized``, need one.
        :param by: One or more of ``year`` (``source_year`` takes the year of the earliest source
            where no page gives another), ``area``, ``top_area``, ``series``, ``country``,
            ``region``, ``subregion``, ``object`` and ``status``.
        :param country: A country's code, to add up what is known of it alone.
        :param where: The columns of ``cases`` and the values they must have, as a mapping or as
            ``"series=haechi"``.
        :raises QueryError: What is asked for can't be added.
        """
        from interpol_dataset.dataset.query import total  # noqa: PLC0415  # only when asked

        return total(self._tables, metric, object, by=by, country=country, where=where)

    def export(
        self,
        target: str | Path,
        format: str = "parquet",  # noqa: A002  # the word of the command line
        *,
        tables: str | Iterable[str] | None = None,
        spreadsheet_safe: bool = False,
    ) -> Path:
        """
        Write the dataset to a directory, as a data package or as a file for other programs.

        :param target: The directory. An earlier export there is replaced; anything else is left
            alone.
        :param format: ``parquet``, ``csv``, ``json`` or ``jsonl``, which :func:`load` reads again;
            or ``sqlite``, ``duckdb`` or ``xlsx``, one file for all tables.
        :param tables: The names of the tables to export, or of the only one; all by default.
        :param spreadsheet_safe: In CSV, put an apostrophe before cells that a spreadsheet would run
            as formulas. Loading removes it again.
        :raises MissingExtraError: The library that writes the format is not installed.
        :raises ExportError: The target is not an earlier export, or can't be written; no table is
            named; or the format can't hold the tables.
        """
        from interpol_dataset.dataset.export import export  # noqa: PLC0415  # only when asked

        return export(
            self._tables, target, format, tables=tables, spreadsheet_safe=spreadsheet_safe
        )

    def cite(self, case: str | None = None, fact: str | None = None, style: str = "apa") -> str:
        """
        Return the reference to the dataset, to a case, or to a single fact.

        That to a case is followed by those to its sources, one to a fact by that to the source of
        its value.

        :param case: The id of a case; the dataset as a whole by default.
        :param fact: A fact of the case, such as ``outcomes/arrests``.
        :param style: ``apa`` (plain text), ``bibtex`` or ``csl-json``.
        """
        from interpol_dataset.dataset.cite import cite  # noqa: PLC0415  # only when asked

        return cite(self._tables, case, fact, style)

    def sql(self, query: str) -> Table:
        """
        Run a query in DuckDB's SQL, in which each table is a view of its name.

        The views of the exports are known, too: ``series``, ``disputed_facts`` and others.

        ::

            ds.sql("SELECT status, count(*) AS facts FROM verification GROUP BY status").to_pandas()

        :raises MissingExtraError: DuckDB is not installed.
        :raises QueryError: The query can't be run, or returns nothing.
        """
        from interpol_dataset.dataset.query import query as run  # noqa: PLC0415  # only when asked

        return run(self._tables, query)

    def __repr__(self) -> str:
        rows = self.resources.get("cases", {}).get("rows")
        size = f"{rows:,} operations, " if isinstance(rows, int) else ""
        return f"<Dataset {self.version}: {size}{len(self)} tables in {self.directory}>"

    def _record(self, table: str, id_: str) -> Records:
        from interpol_dataset.dataset.records import one_record  # noqa: PLC0415  # brings pydantic

        return one_record(self._tables, table, id_)
