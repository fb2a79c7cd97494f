"""The tables of a data package: each read when it is first asked for, and searched by id."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from functools import partial, reduce
from html import escape
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, overload

import pyarrow as pa

from interpol_dataset.errors import (
    InterpolDatasetError,
    PackageError,
    UnknownIdError,
    UnknownRecordError,
    needing,
)
from interpol_dataset.package.arrow import TYPES
from interpol_dataset.package.formats import FORMATS, WHOLE_FORMATS, read_table
from interpol_dataset.package.reader import Package, instead_of, open_package, status_instead_of
from interpol_dataset.suggest import folded_name, suggestion
from interpol_dataset.values.words import cell_text

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    import pandas as pd
    import polars as pl


_T = TypeVar("_T")

#: How similar the id of a record has to be to be suggested: short ids are many, and much alike.
_NEAR_ID: Final = 0.7
#: The types of Table Schema, by the beginning of Arrow's names.
_TYPES: Final = {stem: name for name, row in TYPES.items() for stem in row["arrow"].split()}
#: Bytes that the tables of a package may take, in their files and in memory together.
MAX_TABLES: Final = 512 << 20


def open_tables(path: str | Path | None = None) -> Tables:
    """
    Open a data package; see :func:`interpol_dataset.load`.

    :raises PackageError: There is no such package, or it is in a format that is only written.
    """
    if path is not None:
        if not isinstance(path, (str, PathLike)):
            raise PackageError(f"{path!r} is not a path", hint="name the package's directory")
        package = open_package(Path(path))
        for resource in package.resources.values():
            if resource.get("format") in WHOLE_FORMATS:
                raise PackageError(
                    f"an export in the format {resource['format']} is for other programs",
                    where=str(path),
                    hint=f"load an export in one of {', '.join(FORMATS)}",
                )
            if "documents" in resource:
                raise PackageError(
                    "this export has its tables nested in documents, as versions before 0.9.0 "
                    "wrote JSON",
                    where=str(path),
                    hint="load it with the version that wrote it, or export it again: "
                    "'interpol-dataset export TARGET --format json' writes a list for each table",
                )
        return Tables(package)

    # An editable installation has no copy of the package; the checkout is one.
    here = Path(__file__).parents[1]
    installed = here / "_package"
    package = open_package(installed if installed.is_dir() else here.parents[1])
    return Tables(package, "the installed package")


def expect(
    name: object,
    known: Iterable[str],
    what: str,
    others: str = "use one of",
    *,
    instead: tuple[str, ...] = (),
    where: str | None = None,
) -> None:
    """
    Expect a name to be one of those that are known.

    :param what: What is wrong otherwise, and before the names that there are: ``others``.
    :param instead: The name as earlier versions had it: of a table, or of its column.
    :raises UnknownRecordError: It is another.
    """
    listed = tuple(known)
    if name not in listed:
        hint = (instead and instead_of(*instead)) or suggestion(
            str(name), listed, f"{others} {', '.join(listed)}"
        )
        raise UnknownRecordError(what, where=where, hint=hint)


class Table:
    """
    One table of a dataset.

    ========================  ==========================================
    ``table.to_arrow()``      ``pyarrow.Table``
    ``table.to_pandas()``     ``pandas.DataFrame``
    ``table.to_polars()``     ``polars.DataFrame``
    ``table["arrests"]``      one column, as ``pyarrow.ChunkedArray``
    ``table[["id", "name"]]``  some columns, as a table
    ``len(table)``            number of rows
    ``for row in table``      rows as dictionaries
    ========================  ==========================================

    It speaks the Arrow C stream interface, so DuckDB, Polars, pandas and others take it as it is.
    """

    def __init__(
        self, name: str, schema: Mapping[str, Any], description: str, arrow: pa.Table
    ) -> None:
        self.name = name
        self.schema = schema
        self.description = description
        self._arrow = arrow

    def to_arrow(self) -> pa.Table:
        """Return the table as Arrow."""
        return self._arrow

    def to_pandas(self, dtypes: Literal["pandas", "arrow"] = "pandas") -> pd.DataFrame:
        """
        Return the table as pandas.

        By default days are ``datetime64``, texts pandas's own strings, and whole numbers with gaps
        ``Int64``, so that filters by date, ``query``, ``resample`` and plots work.

        :param dtypes: ``arrow`` keeps Arrow's types; there, ``!=`` drops rows without a value.
        :raises UnknownRecordError: There are no such types.
        :raises MissingExtraError: pandas is not installed.
        """
        expect(dtypes, ("pandas", "arrow"), f"there are no dtypes '{dtypes}'")
        with needing("pandas"):
            import pandas as pd  # noqa: PLC0415  # only those who want it pay for it

        frame: pd.DataFrame
        if dtypes == "arrow":
            frame = self._arrow.to_pandas(types_mapper=pd.ArrowDtype)
            return frame

        frame = self._arrow.to_pandas(date_as_object=False)
        integers = [
            name
            for name, column in zip(self.columns, self._arrow.columns, strict=True)
            if column.null_count and str(column.type) == "int64"
        ]

        return frame.astype(dict.fromkeys(integers, "Int64"))

    def to_polars(self) -> pl.DataFrame:
        """
        Return the table as Polars.

        :raises MissingExtraError: Polars is not installed.
        """
        with needing("polars"):
            import polars as pl  # noqa: PLC0415  # only those who want it pay for it
        return pl.DataFrame(self._arrow)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._arrow.column_names)

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of rows and of columns."""
        return (self._arrow.num_rows, self._arrow.num_columns)

    @overload
    def __getitem__(self, columns: str) -> pa.ChunkedArray: ...

    @overload
    def __getitem__(self, columns: list[str]) -> Table: ...

    def __getitem__(self, columns: str | list[str]) -> pa.ChunkedArray | Table:
        """
        Return a column by its name, or a table of the columns of a list of names.

        :raises UnknownRecordError: The table has no such column.
        """
        chosen = columns if isinstance(columns, list) else [columns]
        for column in chosen:
            what = f"the table '{self.name}' has no column '{column}'"
            expect(column, self.columns, what, "it has", instead=(self.name, column))
        if isinstance(columns, str):
            return self._arrow[columns]
        return self._of(self._arrow.select(chosen))

    def head(self, rows: int = 5) -> Table:
        """Return the first rows, as a table."""
        return self._of(self._arrow.slice(0, rows))

    def _of(self, arrow: pa.Table) -> Table:
        return Table(self.name, self.schema, self.description, arrow)

    def __len__(self) -> int:
        return int(self._arrow.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._arrow.to_pylist())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._arrow.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self):,} rows; {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        """Show the first rows in a notebook."""
        titles = {field["name"]: field.get("title", "") for field in self.schema["fields"]}
        heads = "".join(
            f'<th title="{escape(str(titles.get(name, "")))}">{escape(name)}</th>'
            for name in self.columns
        )
        rows = "".join(
            f"<tr>{''.join(f'<td>{escape(_shown(cell))}</td>' for cell in row.values())}</tr>"
            for row in self.head()
        )
        return (
            f"<p>{escape(self.name)}: {len(self):,} rows. {escape(self.description)}</p>"
            f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )


def computed_table(name: str, description: str, arrow: pa.Table) -> Table:
    """Return what was computed, and is in no package, as a table."""
    stems = {column.name: re.sub("[^a-z_].*", "", str(column.type)) for column in arrow.schema}
    fields = [{"name": name, "type": _TYPES.get(stem, "any")} for name, stem in stems.items()]
    return Table(name, {"fields": fields}, description, arrow)


def table_of(
    name: str, description: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]
) -> Table:
    """Return computed rows as a table; the types of its columns go by Arrow's names."""
    schema = pa.schema([(column, pa.type_for_alias(type_)) for column, type_ in columns.items()])
    named = [dict(zip(columns, row, strict=True)) for row in rows]
    return computed_table(name, description, pa.Table.from_pylist(named, schema))


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)


def _bare(name: str) -> str:
    """Return a name as people look it up: without the word before the names of operations."""
    return folded_name(name).removeprefix("operation-")


class Tables:
    """The tables of a data package. Iterating yields their names."""

    def __init__(self, package: Package, called: str | None = None) -> None:
        self.package = package
        self._called = called or str(package.directory)
        self._read: dict[str, Table] = {}
        self._made: dict[Callable[[Tables], Any], Any] = {}
        self._left = MAX_TABLES

    @property
    def directory(self) -> Path:
        """The package's directory."""
        return self.package.directory

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the tables, in the package's order."""
        return tuple(self.package.schemas)

    def schema(self, name: str) -> Mapping[str, Any]:
        """Return a table's Table Schema, without reading the table."""
        what = f"there is no table '{name}'"
        expect(name, self.names, what, "it has", instead=(str(name),), where=self._called)
        return self.package.schemas[name]

    def description(self, name: str) -> str:
        """Return what a table holds, in the words of its package."""
        return str(self.package.resources.get(name, {}).get("description", ""))

    def table(self, name: str) -> Table:
        """Return a table; its file is read when it is first asked for."""
        schema = self.schema(name)
        if name not in self._read:
            arrow = self._arrow(name, schema)
            self._spend(arrow.nbytes)
            self._read[name] = Table(name, schema, self.description(name), arrow)
        return self._read[name]

    def rows(self, name: str, /, **wanted: str) -> list[dict[str, Any]]:
        """Return the rows of a table in which columns of texts have the values that are wanted."""
        from interpol_dataset.tablecheck.arrow import call, texts  # noqa: PLC0415  # no pandas

        arrow = self.table(name).to_arrow()
        found = [
            call("equal", self._texts(name, column), texts([value])[0])
            for column, value in wanted.items()
        ]
        if found:
            # To look is fast, to copy is not: the rows are taken out once.
            arrow = call("filter", arrow, reduce(partial(call, "and"), found))
        rows: list[dict[str, Any]] = arrow.to_pylist()
        return rows

    def once(self, make: Callable[[Tables], _T]) -> _T:
        """Return what is made of these tables; it is made when it is first asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        made: _T = self._made[make]
        return made

    def rows_if_there(self, name: str, /, **wanted: str) -> list[dict[str, Any]]:
        """Return rows of a table, as :meth:`rows` does; no rows if the package lacks it."""
        return self.rows(name, **wanted) if name in self else []

    def locate(self, id_: str, names: Sequence[str]) -> tuple[str, str]:
        """
        Return the table that a record is in, and its id there, following retired ids.

        :param id_: The id; or a name or an alias that one record has, in any spelling.
        :param names: The tables to look in, at least one, in that order.
        :raises UnknownRecordError: There is no such record, or it was withdrawn.
        :raises PackageError: A table can't be read, or lacks a column of ids.
        """
        where = names[0] if len(names) == 1 else "records"
        if not isinstance(id_, str):
            raise UnknownRecordError(
                f"there is no {id_!r} among the {where}", hint="give the id as a text"
            )

        known: dict[str, list[str]] = {}
        for name in names:
            known[name] = self._texts(name, "id").to_pylist()
            if id_ in known[name]:
                return name, id_

        for row in self._retired(id_):
            name = row["record_table"]
            if name in known and row["redirect"] in known[name]:
                return name, row["redirect"]
            if name in known:
                raise UnknownRecordError(f"'{id_}' was withdrawn from the {name}: {row['reason']}")

        called = [(name, there) for name in names for there in self._called_so(id_, name)]
        if len(called) == 1:
            return called[0]

        what = f"there is no '{id_}' among the {where}"
        ids = [there for listed in known.values() for there in listed if there is not None]
        hint = suggestion(id_, ids, f"see 'interpol-dataset list {names[0]}'", _NEAR_ID)
        if other := self._other_table(id_, known):
            what = f"{what}; it is the id of one of the {other}"
            shown = f"show {id_}" if other == "cases" else f"list {other} --where id={id_}"
            hint = f"'interpol-dataset {shown}' shows it"
        if called:
            hint = f"did you mean {' or '.join(repr(there) for _, there in called)}?"
        raise UnknownIdError(what, hint=hint)

    def _other_table(self, id_: str, known: Container[str]) -> str | None:
        for name, schema in self.package.schemas.items():
            if name in known or schema.get("primaryKey") not in ("id", ["id"]):
                continue
            with suppress(PackageError):
                if id_ in self._texts(name, "id").to_pylist():
                    return name
        return None

    def _called_so(self, words: str, table: str) -> Iterator[str]:
        wanted = _bare(words)
        for row in self.rows(table):
            aliases = row.get("aliases")
            names = [row.get("name"), *(aliases if isinstance(aliases, list) else [])]
            if any(isinstance(name, str) and _bare(name) == wanted for name in names):
                yield row["id"]

    def _retired(self, id_: str) -> list[dict[str, Any]]:
        if "retired_ids" not in self:
            return []
        for column in ("record_table", "redirect", "reason"):
            self._texts("retired_ids", column)
        return self.rows("retired_ids", id=id_)

    def _texts(self, name: str, column: str) -> pa.ChunkedArray:
        """Return a column of texts that every package of this schema has."""
        arrow = self.table(name).to_arrow()
        if column not in arrow.column_names or str(arrow[column].type) != "string":
            raise PackageError(
                f"the table '{name}' has no column '{column}' of texts",
                where=str(self.directory),
                hint="load a package that interpol-dataset wrote",
            )
        return arrow[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.package.schemas)

    def __contains__(self, name: object) -> bool:
        return name in self.package.schemas

    def __repr__(self) -> str:
        return f"<Tables in {self.directory}: {', '.join(self.names)}>"

    def _arrow(self, name: str, schema: Mapping[str, Any]) -> pa.Table:
        resource = self.package.resources[name]
        content = self.package.read(name)
        self._spend(len(content))
        with parsing(self.package, name):
            arrow = read_table(
                content,
                str(resource.get("format", "csv")),
                schema,
                spreadsheet_safe=bool(resource.get("spreadsheetSafe")),
            )
        self.package.verify_rows(name, len(arrow))
        return arrow

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise PackageError(
                f"the tables take more than {MAX_TABLES >> 20} MB",
                where=str(self.directory),
                hint="read them with DuckDB, Polars or Arrow",
            )


@contextmanager
def fitting(tables: Tables) -> Iterator[None]:
    """
    Report tables that don't fit together: anybody may have written or changed them.

    :raises PackageError: A column or a term is not there, or a cell is empty.
    """
    try:
        yield
    except InterpolDatasetError:
        raise
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise PackageError(
            f"the tables need {error}, which is not in the package"
            if isinstance(error, KeyError)
            else f"the tables do not fit together: {error}",
            where=str(tables.directory),
            hint="build or export the package again, or run 'interpol-dataset validate' on it",
        ) from error


@contextmanager
def parsing(package: Package, name: str) -> Iterator[None]:
    """Report anything that goes wrong while a resource is parsed as a fault of its file."""
    # Descriptor and file may come from anybody, so their content may have any shape.
    try:
        yield
    except MemoryError as error:
        raise package.unreadable(name, "there is not enough memory to read it") from error
    except (
        pa.ArrowException,
        OSError,  # Arrow's, too: what is parsed was read before
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise package.unreadable(name, str(error)) from error


def condition(text: str) -> tuple[str, str]:
    """
    Return the column and the text of a condition.

    :raises UnknownRecordError: It is not of the form ``COLUMN=TEXT``.
    """
    column, separator, wanted = text.partition("=")
    if not separator:
        raise UnknownRecordError(
            f"'{text}' is not COLUMN=TEXT", hint="name a column, such as 'series=haechi'"
        )
    return column.strip(), wanted.strip()


def _is_text(value: object, wanted: str) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return cell_text(value) == wanted
    try:
        return value == float(wanted)
    except ValueError:
        return False


def having(
    table: Table, rows: Iterable[dict[str, Any]], column: str, wanted: str
) -> list[dict[str, Any]]:
    """
    Keep the rows of a table in which a column has a text; a number is the same as 975 and as 975.0.

    :raises UnknownRecordError: There is no such column, or it had the text in earlier versions.
    """
    (name,) = table[[column]].columns
    if hint := status_instead_of(name, wanted):
        raise UnknownRecordError(f"no {name} is '{wanted}' any more", hint=hint)
    return [row for row in rows if _is_text(row[name], wanted)]
