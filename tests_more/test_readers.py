"""What readers make of exports when they are told nothing; see ``docs/use/files-and-site.md``."""

from __future__ import annotations

import contextlib
import sqlite3
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import csv as arrow_csv
from pyarrow import json as arrow_json
from pyarrow import parquet
from reading import CODES, NAMIBIA, alterations, altered

from interpol_dataset.tables.rows import TABLES

if TYPE_CHECKING:
    import interpol_dataset

NAMES = [row.TABLE for row in TABLES]
FORMATS = ["csv", "jsonl", "json", "parquet", "sqlite", "xlsx", "duckdb"]


class Exports(dict[str, Path]):
    """The exports, each written when it is first asked for."""

    def __init__(self, dataset: interpol_dataset.Dataset, folder: Path) -> None:
        super().__init__()
        self.dataset, self.folder = dataset, folder

    def __missing__(self, format_: str) -> Path:
        """Write an export."""
        self[format_] = self.dataset.export(self.folder / format_, format_)

        return self[format_]


#: A truth value or none, which a reader takes for 1 or 0.
TRUTHS = {"cases.countries_complete", "evidence.evaluates"}


@pytest.fixture(scope="module")
def exports(dataset: interpol_dataset.Dataset, tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """Return the project's own data in every format."""
    return Exports(dataset, tmp_path_factory.mktemp("exports"))


def pandas_columns(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the columns of a frame of pandas."""
    return {str(name): frame[name].tolist() for name in frame.columns}


def duckdb_columns(path: Path) -> dict[str, list[Any]]:
    """Return the columns that DuckDB finds in a file."""
    return duckdb.sql(f"FROM '{path}'").to_arrow_table().to_pydict()


READERS: dict[str, Any] = {
    "pandas, csv": lambda path: pandas_columns(pd.read_csv(path, low_memory=False)),
    "pandas, jsonl": lambda path: pandas_columns(pd.read_json(path, lines=True)),
    "pandas, parquet": lambda path: pandas_columns(
        pd.read_parquet(path).map(lambda cell: cell.tolist() if hasattr(cell, "tolist") else cell)
    ),
    "polars, csv": lambda path: pl.read_csv(path).to_dict(as_series=False),
    "polars, jsonl": lambda path: pl.read_ndjson(path).to_dict(as_series=False),
    "polars, json": lambda path: pl.read_json(path).to_dict(as_series=False),
    "polars, parquet": lambda path: pl.read_parquet(path).to_dict(as_series=False),
    "pyarrow, csv": lambda path: arrow_csv.read_csv(path).to_pydict(),
    "pyarrow, jsonl": lambda path: arrow_json.read_json(path).to_pydict(),
    "pyarrow, parquet": lambda path: parquet.read_table(path).to_pydict(),
    "DuckDB, csv": duckdb_columns,
    "DuckDB, json": duckdb_columns,
    "DuckDB, jsonl": duckdb_columns,
    "DuckDB, parquet": duckdb_columns,
}

#: The columns in which a reader alters something when it is told nothing, whatever the file says.
ALTERED = {
    "pandas, csv": CODES | NAMIBIA,
    "pandas, jsonl": CODES | TRUTHS,
    "polars, csv": CODES,
    "pyarrow, csv": CODES,
}

#: What prevents that.
TOLD: dict[str, Any] = {
    "pandas, csv": lambda path: pandas_columns(pd.read_csv(path, dtype=str, keep_default_na=False)),
    "pandas, jsonl": lambda path: pandas_columns(
        pd.read_json(path, lines=True, dtype=False, precise_float=True)
    ),
    "polars, csv": lambda path: pl.read_csv(path, infer_schema=False).to_dict(as_series=False),
    "pyarrow, csv": lambda path: arrow_csv.read_csv(
        path,
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(("hs_code", "iccs_code", "m49"), pa.string())
        ),
    ).to_pydict(),
}


def columns_of(exports: Exports, reader: str, read: Any) -> dict[str, Any]:
    """Return what a reader makes of all tables in its format."""
    format_ = reader.partition(", ")[2]

    return {name: read(exports[format_] / f"{name}.{format_}") for name in NAMES}


@pytest.mark.parametrize("reader", READERS)
def test_reader(dataset: interpol_dataset.Dataset, exports: Exports, reader: str) -> None:
    """A reader that is told nothing takes every cell for what it is, but for known columns."""
    found = alterations(dataset, columns_of(exports, reader, READERS[reader]))

    assert ALTERED.get(reader, set()) == set(found), found


@pytest.mark.parametrize("reader", ALTERED)
def test_reader_that_is_told(
    dataset: interpol_dataset.Dataset, exports: Exports, reader: str
) -> None:
    """With the option that the documentation names, the reader alters nothing."""
    assert alterations(dataset, columns_of(exports, reader, TOLD[reader])) == {}


@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "parquet"])
def test_frictionless(exports: Exports, format_: str) -> None:
    """An independent validator, frictionless, finds nothing wrong with an export."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own dependencies warn of their own affairs
        import frictionless  # noqa: PLC0415  # as it warns when imported

        report = frictionless.validate(str(exports[format_] / "datapackage.json"))

    found = report.flatten(["name", "rowNumber", "fieldName", "type", "note"])
    if format_ == "json":  # of which it counts no bytes, and says so
        found = [fault for fault in found if 'actual is "None"' not in str(fault[-1])]
    assert found[:5] == []


def test_sqlite(dataset: interpol_dataset.Dataset, exports: Exports) -> None:
    """SQLite has every cell."""
    path = exports["sqlite"] / "interpol-dataset.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for name in NAMES:
            cursor = connection.execute(f"SELECT * FROM {name}")  # noqa: S608  # a name of our own
            names = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
            truth = dataset[name].to_arrow()
            flags = [index for index, field in enumerate(truth.schema) if field.type == pa.bool_()]
            for index in flags:
                rows = [
                    (
                        *row[:index],
                        None if row[index] is None else bool(row[index]),
                        *row[index + 1 :],
                    )
                    for row in rows
                ]
            columns = zip(*rows, strict=True)
            assert set() == altered(truth, dict(zip(names, columns, strict=True))), name


def test_openpyxl(dataset: interpol_dataset.Dataset, exports: Exports) -> None:
    """openpyxl, which pandas reads Excel with, has every cell."""
    book = openpyxl.load_workbook(exports["xlsx"] / "interpol-dataset.xlsx", read_only=True)
    for name in NAMES:
        names, *rows = book[name].iter_rows(values_only=True)
        read = dict(zip(names, zip(*rows, strict=True), strict=True))
        assert set() == altered(dataset[name].to_arrow(), read), name


def test_stata(
    dataset: interpol_dataset.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines of the documentation write every table for Stata, with all its rows."""
    page = (Path(__file__).parents[1] / "docs" / "use" / "files-and-site.md").read_text("utf-8")
    code = page.partition("### Stata")[2].partition("```python\n")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pd.errors.InvalidColumnName)
            exec(code.replace("cases", name), {"ds": dataset})  # noqa: S102
        read = pd.read_stata(tmp_path / f"{name}.dta")
        assert len(dataset[name]) == len(read), name
