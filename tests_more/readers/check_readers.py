"""What R, Node and Spark make of the exports; ``docs/use/files-and-site.md`` has the table."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from on_spark import session
from reading import CODES, NAMIBIA, alterations

import interpol_dataset

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from pyspark.sql import SparkSession

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DATASET = interpol_dataset.load(ROOT)

#: Columns with quotes in cells, which data.table leaves doubled.
QUOTES = {
    f"{name}.{column}"
    for name in DATASET.tables
    for column, cells in DATASET[name].to_arrow().to_pydict().items()
    if any(isinstance(cell, list) or '"' in str(cell) for cell in cells)
}

#: What a reader alters, whatever the file says; with ``_told`` it has the option against it.
ALTERED = {
    "base csv": CODES | NAMIBIA,
    "base_told csv": set[str](),
    "readr csv": NAMIBIA,
    "readr_told csv": set[str](),
    "data.table csv": CODES | NAMIBIA | QUOTES,
    "data.table_told csv": set[str](),
    "jsonlite jsonl": set[str](),
    "hyparquet parquet": set[str](),
    "parquet-wasm parquet": set[str](),
    "duckdb parquet": set[str](),
    "duckdb csv": set[str](),
    "duckdb jsonl": set[str](),
}


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the project's own data in the formats of tables."""
    folder = tmp_path_factory.mktemp("exports")

    return {
        format_: DATASET.export(folder / format_, format_)
        for format_ in ("csv", "jsonl", "parquet")
    }


def command(reader: str) -> list[str]:
    """Return the command that reads files with a reader of R or Node."""
    if reader in {"hyparquet", "parquet-wasm", "duckdb"}:
        return ["node", os.environ["NODE_READER"], reader]

    if shutil.which("Rscript") is None:
        packages = "r-base-core r-cran-readr r-cran-data.table r-cran-jsonlite"
        pytest.fail(f"R is not there: apt-get install --no-install-recommends {packages}")

    return ["Rscript", str(HERE / "read.R"), reader]


@pytest.mark.parametrize("case", ALTERED)
def test_reader(exports: dict[str, Path], case: str) -> None:
    """A reader takes every cell of every table for what it is, but for columns that are known."""
    reader, format_ = case.split()
    names = list(DATASET.tables)
    paths = [str(exports[format_] / f"{name}.{format_}") for name in names]
    done = subprocess.run(
        [*command(reader), *paths], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    read = dict(zip(names, map(json.loads, done.stdout.rstrip("\n").split("\n")), strict=True))
    found = alterations(DATASET, read)

    assert ALTERED[case] == set(found), found


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    """Return a Spark of this machine."""
    with session({}) as spark:
        yield spark


def read_on_spark(
    spark: SparkSession, folder: Path, format_: str, **options: Any
) -> dict[str, Any]:
    """Read all tables, and return their columns."""
    read = {}
    for name in DATASET.tables:
        frame = spark.read.load(
            str(folder / f"{name}.{format_}"), {"jsonl": "json"}.get(format_, format_), **options
        )
        table: pa.Table = frame.toArrow()
        # Spark puts the columns of JSON in the order of their names.
        order = DATASET[name].columns
        read[name] = {column: table[column].to_pylist() for column in order}

    return read


@pytest.mark.parametrize("format_", ["parquet", "jsonl"])
def test_spark(spark: SparkSession, exports: dict[str, Path], format_: str) -> None:
    """Spark's defaults alter nothing in Parquet and JSON Lines."""
    assert alterations(DATASET, read_on_spark(spark, exports[format_], format_)) == {}


def test_spark_reads_csv_when_told(spark: SparkSession, exports: dict[str, Path]) -> None:
    """Spark takes a doubled quote in a cell for its end, unless it is told that quotes double."""
    folder = exports["csv"]
    told = read_on_spark(spark, folder, "csv", header=True, escape='"')
    untold = read_on_spark(spark, folder, "csv", header=True)

    assert alterations(DATASET, told) == {}
    assert "cases.aliases" in alterations(DATASET, untold)
