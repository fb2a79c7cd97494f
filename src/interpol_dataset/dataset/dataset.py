"""
The dataset: tables, records and explanations, from any package directory of this schema.

Loading reads only what is asked for. pandas and Polars are imported when they are wanted, and
pydantic only for typed records.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from interpol_dataset.errors import MissingExtraError, PackageError, UnknownRecordError
from interpol_dataset.package.documents import unnest
from interpol_dataset.package.formats import read_table, rows_table
from interpol_dataset.package.reader import Package, open_package
from interpol_dataset.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd
    import polars as pl

    from interpol_dataset.dataset.explain import Explanation
    from interpol_dataset.dataset.records import RecordLookup
    from interpol_dataset.records import models as m
    from interpol_dataset.records.kinds import Records

__all__ = ["Dataset", "Table", "load"]

_HERE: Final = Path(__file__).parents[1]


def load(path: str | Path | None = None) -> Dataset:
    """
    Load a data package.

    ::

        ds = interpol_dataset.load()
        ds.cases.to_pandas()

    :param path: A directory with a ``datapackage.json`` of this schema, in any of the formats that
        ``export`` writes; the package that is installed with the library by default.
    :raises PackageError: There is no such package, or its files are not what it says.
    """
    if path is not None:
        return Dataset(open_package(Path(path)))

    # An editable installation has no copy of the package: it stands in the checkout.
    installed = _HERE / "_package"

    return Dataset(open_package(installed if installed.is_dir() else _HERE.parents[1]))


@dataclass(frozen=True)
class Table:
    """
    One table of a dataset.

    ========================  ==========================================
    ``table.to_arrow()``      ``pyarrow.Table``
    ``table.to_pandas()``     ``pandas.DataFrame`` with Arrow types
    ``table.to_polars()``     ``polars.DataFrame``
    ``len(table)``            number of rows
    ``for row in table``      rows as dictionaries
    ========================  ==========================================

    It also speaks the Arrow C stream interface, so that DuckDB, Polars, pandas and others take
    it as it is.

    :param name: The table's name.
    :param schema: Its Table Schema.
    :param arrow: Its content.
    """

    name: str
    schema: Mapping[str, Any]
    arrow: pa.Table = field(repr=False)

    def to_arrow(self) -> pa.Table:
        """Return the table as Arrow."""
        return self.arrow

    def to_pandas(self) -> pd.DataFrame:
        """
        Return the table as pandas, with Arrow types, so that no day or number changes its type.

        :raises MissingExtraError: pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415  # only those who want it pay for it
        except ImportError as error:
            raise MissingExtraError("pandas") from error

        frame: pd.DataFrame = self.arrow.to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    def to_polars(self) -> pl.DataFrame:
        """
        Return the table as Polars.

        :raises MissingExtraError: Polars is not installed.
        """
        try:
            import polars as pl  # noqa: PLC0415  # only those who want it pay for it
        except ImportError as error:
            raise MissingExtraError("polars") from error

        frame = pl.from_arrow(self.arrow)
        assert isinstance(frame, pl.DataFrame)  # noqa: S101  # a table never gives a series

        return frame

    def __len__(self) -> int:
        return int(self.arrow.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.arrow.to_pylist())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.arrow.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        columns = ", ".join(self.arrow.column_names)

        return f"<Table {self.name}: {len(self):,} rows; {columns}>"


class Dataset:
    """
    A data package of INTERPOL interventions.

    :param package: The opened package.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._tables: dict[str, Table] = {}

    @property
    def directory(self) -> Path:
        """Where the package stands."""
        return self._package.directory

    @property
    def version(self) -> str:
        """Version of the data."""
        return str(self._package.descriptor.get("version", ""))

    @property
    def descriptor(self) -> Mapping[str, Any]:
        """What the package says of itself: title, licences, sources, resources."""
        return self._package.descriptor

    @property
    def licenses(self) -> tuple[str, ...]:
        """Names of the licences of the data."""
        return tuple(self._named("licenses", "name"))

    @property
    def contributors(self) -> tuple[str, ...]:
        """Names of those who made the data."""
        return tuple(self._named("contributors", "title"))

    @property
    def resources(self) -> Mapping[str, Mapping[str, Any]]:
        """The descriptors of the package's files, by name."""
        return self._package.resources

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that the package has."""
        return tuple(self._schemas)

    def table(self, name: str) -> Table:
        """
        Return a table by its name.

        :raises UnknownRecordError: There is no such table.
        :raises PackageError: Its file is missing, damaged or not of its schema.
        """
        if name not in self._tables:
            if name not in self._schemas:
                raise UnknownRecordError(
                    f"there is no table '{name}' in this package",
                    where=str(self.directory),
                    hint=suggestion(name, self._schemas, f"it has {', '.join(self._schemas)}"),
                )
            self._tables |= self._read(name)

        return self._tables[name]

    @property
    def cases(self) -> Table:
        """Operations, takedowns, recoveries, rescues and arrests with INTERPOL's part in them."""
        return self.table("cases")

    @property
    def outcomes(self) -> Table:
        """What cases brought about: one figure for each fact, as chosen from the reports."""
        return self.table("outcomes")

    @property
    def case_categories(self) -> Table:
        """Crime areas of each case."""
        return self.table("case_categories")

    @property
    def case_countries(self) -> Table:
        """Countries and territories that took part in each case."""
        return self.table("case_countries")

    @property
    def case_organizations(self) -> Table:
        """Organizations other than INTERPOL that took part in each case."""
        return self.table("case_organizations")

    @property
    def case_relations(self) -> Table:
        """How cases stand to each other, and to claims that may mean them."""
        return self.table("case_relations")

    @property
    def categories(self) -> Table:
        """Crime areas, in a hierarchy, mapped to the ICCS."""
        return self.table("categories")

    @property
    def challenges(self) -> Table:
        """What limits international police interventions."""
        return self.table("challenges")

    @property
    def challenge_cases(self) -> Table:
        """Cases that show a challenge."""
        return self.table("challenge_cases")

    @property
    def lessons(self) -> Table:
        """What was learnt from interventions."""
        return self.table("lessons")

    @property
    def lesson_cases(self) -> Table:
        """Cases that show a lesson."""
        return self.table("lesson_cases")

    @property
    def lesson_challenges(self) -> Table:
        """Challenges that a lesson answers."""
        return self.table("lesson_challenges")

    @property
    def claims(self) -> Table:
        """Assertions in words that documents make, and what was found about them."""
        return self.table("claims")

    @property
    def claim_searches(self) -> Table:
        """Searches for evidence on a claim that found nothing."""
        return self.table("claim_searches")

    @property
    def evidence(self) -> Table:
        """What each source says about each fact."""
        return self.table("evidence")

    @property
    def verification(self) -> Table:
        """The value and status of each fact, and how they came about."""
        return self.table("verification")

    @property
    def sources(self) -> Table:
        """Documents: who carries them, who says so, and where they can be read."""
        return self.table("sources")

    @property
    def metrics(self) -> Table:
        """What outcomes count and measure."""
        return self.table("metrics")

    @property
    def objects(self) -> Table:
        """What was seized, rescued or found."""
        return self.table("objects")

    @property
    def organizations(self) -> Table:
        """Bodies that take part in cases, publish sources or assert what they say."""
        return self.table("organizations")

    @property
    def countries(self) -> Table:
        """Countries and territories of ISO 3166-1."""
        return self.table("countries")

    @property
    def retired_ids(self) -> Table:
        """Ids that are no longer used, and where they went."""
        return self.table("retired_ids")

    def case(self, id_: str) -> m.Case:
        """
        Return a case as a typed record: all that its sources report.

        :raises UnknownRecordError: There is no such case.
        """
        return self._records.case(id_)

    def category(self, id_: str) -> m.Category:
        """
        Return a crime area as a typed record.

        :raises UnknownRecordError: There is no such category.
        """
        return self._records.category(id_)

    def challenge(self, id_: str) -> m.Challenge:
        """
        Return a challenge as a typed record.

        :raises UnknownRecordError: There is no such challenge.
        """
        return self._records.challenge(id_)

    def lesson(self, id_: str) -> m.Lesson:
        """
        Return a lesson as a typed record.

        :raises UnknownRecordError: There is no such lesson.
        """
        return self._records.lesson(id_)

    def claim(self, id_: str) -> m.Claim:
        """
        Return a claim as a typed record.

        :raises UnknownRecordError: There is no such claim.
        """
        return self._records.claim(id_)

    def source(self, id_: str) -> m.Source:
        """
        Return a source as a typed record.

        :raises UnknownRecordError: There is no such source.
        """
        return self._records.source(id_)

    def records(self) -> Records:
        """
        Return all records, typed.

        :raises PackageError: The tables do not hold together.
        """
        from interpol_dataset.dataset.records import all_records  # noqa: PLC0415  # brings pydantic

        return all_records(self)

    def explain(self, record: str, field: str, *, table: str | None = None) -> Explanation:
        """
        Tell why a value is what it is.

        ::

            print(ds.explain("haechi-iii", "outcomes/arrests"))

        :param record: The id of a case, category, challenge, lesson or claim.
        :param field: A fact's path, such as ``period``, ``countries/KOR`` or ``outcomes/arrests``;
            or a column of the record's table.
        :param table: The record's table, where the id alone does not tell.
        :raises UnknownRecordError: There is no such record or field.
        """
        from interpol_dataset.dataset.explain import explain  # noqa: PLC0415  # only when asked

        return explain(self, record, field, table)

    def __repr__(self) -> str:
        return f"<Dataset {self.version}: {len(self.tables)} tables in {self._package.directory}>"

    def _named(self, key: str, name: str) -> Iterator[str]:
        """Return names from a list in the descriptor, which somebody else may have written."""
        listed = self.descriptor.get(key)
        for item in listed if isinstance(listed, list) else []:
            if isinstance(item, dict) and isinstance(item.get(name), str):
                yield item[name]

    @cached_property
    def _schemas(self) -> dict[str, Mapping[str, Any]]:
        """The Table Schemas of all tables; those of nested ones stand at their documents."""
        schemas: dict[str, Mapping[str, Any]] = {}
        for name, resource in self._package.resources.items():
            if isinstance(resource.get("schema"), dict):
                schemas[name] = resource["schema"]
            schemas |= {
                nested: schema
                for nested, schema in _mapping(resource.get("tables")).items()
                if nested not in schemas
            }

        return schemas

    @cached_property
    def _records(self) -> RecordLookup:
        from interpol_dataset.dataset.records import RecordLookup  # noqa: PLC0415  # brings pydantic

        return RecordLookup(self)

    def _read(self, name: str) -> dict[str, Table]:
        """Read a table; from documents, all the tables that stand in them."""
        if "tables" in next(iter(self._package.resources.values()), {}):
            return self._read_documents()

        resource = self._package.resources[name]
        content = self._package.read(name)
        schema = self._schemas[name]
        try:
            arrow = read_table(
                content,
                str(resource.get("format", "csv")),
                schema,
                guarded=bool(resource.get("spreadsheetSafe")),
            )
        except (pa.ArrowException, ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._unreadable(name, error) from error

        return {name: Table(name, schema, arrow)}

    def _read_documents(self) -> dict[str, Table]:
        documents = {}
        for name in self._package.resources:
            try:
                documents[name] = json.loads(self._package.read(name))
            except (ValueError, RecursionError) as error:
                raise self._unreadable(name, error) from error

        tables = {}
        name = ""
        try:
            rows = unnest(documents)
            for name, schema in self._schemas.items():
                arrow = rows_table(rows.get(name, []), schema)
                order = [(column, "ascending") for column in schema["primaryKey"]]
                tables[name] = Table(name, schema, arrow.sort_by(order))
        except (pa.ArrowException, ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._unreadable(name, error) from error

        return tables

    def _unreadable(self, name: str, error: Exception) -> PackageError:
        resource = self._package.resources.get(name, {})
        detail = str(error).partition("\n")[0]

        return PackageError(
            f"the table '{name}' is not of its schema: {detail}",
            where=str(self._package.directory / str(resource.get("path", ""))),
            hint="build or export the package again, or run 'interpol-dataset validate' on it",
        )


def _mapping(value: object) -> Mapping[str, Any]:
    """Return a mapping from a descriptor, which somebody else may have written."""
    return value if isinstance(value, dict) else {}
