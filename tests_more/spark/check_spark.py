"""What the table check finds on Spark: the same as on one machine, to the row and the value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from on_spark import make, session
from pyarrow import parquet
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql
from synthetic import SCHEMAS

from interpol_dataset.tablecheck import SourceError, validate_package, validate_table
from interpol_dataset.tablecheck.spark import validate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Found = list[tuple[int, str, str, str]]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    """Return a Spark of this machine, which cuts small files and batches smaller still."""
    config = {
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.files.maxPartitionBytes": "128k",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    }
    with session(config) as spark:
        yield spark


def findings(frame: DataFrame) -> Found:
    """Return findings in order."""
    return sorted(tuple(row) for row in frame.collect())


def found_here(table: pa.Table, schema: Any, folder: Path, **options: Any) -> Found:
    """Return what the one-machine engine finds."""
    parquet.write_table(table, folder / "t.parquet")
    report = validate_table(folder / "t.parquet", schema, **options)

    return sorted(zip(*(column.to_pylist() for column in report.findings.columns), strict=True))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a damaged package of 22,000 rows."""
    folder = tmp_path_factory.mktemp("package")
    make(folder, 20_000, group=1_000)

    return folder


def test_damaged_package(spark: SparkSession, package: Path) -> None:
    """Every fault of every kind is found, with the row that it has in the file."""
    reports = validate_package(package / "datapackage.json")
    frames = {name: spark.read.parquet(str(package / f"{name}.parquet")) for name in SCHEMAS}

    assert frames["evidence"].rdd.getNumPartitions() > 2
    for report in reports:
        name = report.resource
        found = validate(frames[name], SCHEMAS[name], references=frames, name=name)
        expected = zip(*(column.to_pylist() for column in report.findings.columns), strict=True)
        assert sorted(expected) == findings(found), name
        assert report.total


SCHEMA = {
    "fields": [
        {"name": "id", "type": "integer"},
        {"name": "a.b", "constraints": {"maxLength": 3}},
        {"name": "day", "type": "date", "constraints": {"minimum": "2000-01-01"}},
        {"name": "sum", "type": "number"},
        {"name": "parent", "type": "integer"},
        {"name": "names", "type": "array"},
    ],
    "primaryKey": "id",
    "uniqueKeys": [["a.b", "day"]],
    "foreignKeys": [{"fields": "parent", "reference": {"fields": "id"}}],
}

ROWS = pa.table(
    {
        "id": pa.array([1, 2, 2, None, 5], pa.int64()),
        "a.b": ["é", "long", "é", "x", None],
        "day": [date(2001, 1, 1), date(1999, 1, 1), date(2001, 1, 1), None, None],
        "sum": [Decimal("1.50"), None, Decimal("2.00"), Decimal("3.00"), Decimal("4.25")],
        "parent": pa.array([5, 1, 9, None, 2], pa.int64()),
        "names": [["a"], [], None, ["b", "c"], ["d"]],
    }
)


def test_native_types(spark: SparkSession, tmp_path: Path) -> None:
    """Columns of Spark's own types, keys of several fields, and keys of the table itself."""
    expected = found_here(ROWS, SCHEMA, tmp_path)
    frame = spark.read.parquet(str(tmp_path / "t.parquet"))

    assert {"primary-key", "unique-key", "foreign-key", "max-length", "minimum"} == {
        fault for _, _, fault, _ in expected
    }
    assert expected == findings(validate(frame, SCHEMA))


def test_columns_that_do_not_match(spark: SparkSession, tmp_path: Path) -> None:
    """The header is judged too, and keys of columns that are not there are not."""
    more = ROWS.append_column("more", pa.array([1] * len(ROWS)))
    for table, fault in (
        (ROWS.drop_columns(["parent", "names"]), "missing-label"),
        (more, "extra-label"),
    ):
        folder = tmp_path / fault
        folder.mkdir()
        expected = found_here(table, SCHEMA, folder)
        frame = spark.read.parquet(str(folder / "t.parquet"))
        assert fault in {found for _, _, found, _ in expected}
        assert findings(validate(frame, SCHEMA)) == expected


def test_rows_with_numbers_of_their_own(spark: SparkSession) -> None:
    """A column that numbers the rows counts, however Spark shuffles them, and isn't checked."""
    schema = {"fields": [{"name": "n", "constraints": {"unique": True, "pattern": "[a-z]+"}}]}
    rows = [(10, "a"), (20, "B"), (30, "a"), (40, "c")]
    frame = spark.createDataFrame(rows, "line long, n string").repartition(3, "n")

    assert findings(validate(frame, schema, row="line")) == [
        (20, "n", "pattern", "B"),
        (30, "n", "unique", "a"),
    ]


def test_nothing_to_find(spark: SparkSession) -> None:
    """An empty frame, and a sound one, have no findings."""
    schema = {"fields": [{"name": "n"}], "primaryKey": "n"}
    frame = spark.range(3).select(sql.col("id").cast("string").alias("n"))

    assert findings(validate(frame, schema)) == []
    assert findings(validate(frame.where("false"), schema)) == []


def test_a_question_that_is_wrong(spark: SparkSession) -> None:
    """What is referred to must be at hand, with its columns, and so must the row numbers."""
    key = {"fields": "n", "reference": {"resource": "other", "fields": "id"}}
    schema = {"fields": [{"name": "n"}], "foreignKeys": [key]}
    frame = spark.range(1).select(sql.lit("a").alias("n"))

    assert findings(validate(frame, schema)) == []
    with pytest.raises(SourceError, match="'other', which is not at hand"):
        validate(frame, schema, references={})
    with pytest.raises(SourceError, match="other has no column 'id'"):
        validate(frame, schema, references={"other": frame})
    with pytest.raises(SourceError, match="no column 'line'"):
        validate(frame, schema, row="line")
