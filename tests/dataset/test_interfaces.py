"""Tests of what others make of the package: readers of Parquet, validators, and schemas."""

import csv
import json
import warnings
from datetime import date
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from pyarrow import parquet
from referencing import Registry, Resource

from helpers.each import each
from interpol_dataset import Dataset
from interpol_dataset.records.document import KINDS
from interpol_dataset.tables.rows import TABLES

NAMES = [row.TABLE for row in TABLES]
#: Tables that no other refers to, of which a slow reader is given the first rows.
MANY = {"evidence", "case_countries", "verification", "outcomes", "country_totals", "rates"}

#: The type of each kind of field, as each reader names it.
ARROW = {
    "string": pa.string(),
    "boolean": pa.bool_(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "array": pa.list_(pa.string()),
}
DUCKDB = {
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "array": "VARCHAR[]",
}
POLARS = {
    "string": pl.String(),
    "boolean": pl.Boolean(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "date": pl.Date(),
    "array": pl.List(pl.String()),
}


@pytest.fixture(scope="module")
def exported(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project's own data in Parquet."""
    return dataset.export(tmp_path_factory.mktemp("data") / "out", "parquet")


@pytest.fixture(scope="module")
def database(exported: Path) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB database whose views are the exported files."""
    connection = duckdb.connect()
    for name in NAMES:
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{exported / name}.parquet')")
    return connection


def types(dataset: Dataset, name: str) -> dict[str, str]:
    """Return the type of each column, as the Table Schema has it."""
    return {field["name"]: field["type"] for field in dataset[name].schema["fields"]}


@each("name", NAMES)
def test_readers_find_the_types(
    dataset: Dataset, database: duckdb.DuckDBPyConnection, exported: Path, name: str
) -> None:
    """Arrow, DuckDB, Polars and pandas find types and rows in the file, without the descriptor."""
    path, table = exported / f"{name}.parquet", dataset[name]
    expected = types(dataset, name)
    arrow, frame = parquet.read_table(path), pl.read_parquet(path)
    described = database.execute(f"DESCRIBE {name}").fetchall()
    pandas = pd.read_parquet(path, dtype_backend="pyarrow")

    assert {field.name: field.type for field in arrow.schema} == renamed(expected, ARROW)
    assert arrow.to_pylist() == table.to_arrow().to_pylist()
    assert {row[0]: row[1] for row in described} == renamed(expected, DUCKDB)
    assert database.execute(f"SELECT count(*) FROM {name}").fetchall() == [(len(table),)]  # noqa: S608
    assert dict(frame.schema) == renamed(expected, POLARS)
    assert frame.equals(table.to_polars())
    assert pandas.dtypes.to_dict() == {
        column: pd.ArrowDtype(type_) for column, type_ in renamed(expected, ARROW).items()
    }
    converted = pa.Table.from_pandas(table.to_pandas(dtypes="arrow"), preserve_index=False)
    assert converted.to_pylist() == table.to_arrow().to_pylist()


def renamed(expected: dict[str, str], names: dict[str, Any]) -> dict[str, Any]:
    """Return the types of columns as a reader names them."""
    return {column: names[type_] for column, type_ in expected.items()}


def test_pandas_frames_behave(dataset: Dataset, tmp_path: Path) -> None:
    """What an analyst tries first works on the frames as they come, and loses no row."""
    cases, outcomes = dataset.cases.to_pandas(), dataset.outcomes.to_pandas()

    assert (cases.announced >= "2020-01-01").sum() > 100
    assert len(cases.query("announced >= '2020-01-01'")) == (cases.announced.dt.year >= 2020).sum()
    dated = cases.dropna(subset=["announced"]).set_index("announced").sort_index()
    assert dated.resample("YE").size().sum() == len(dated)
    assert len(dated.loc["2020":]) == (cases.announced >= "2020-01-01").sum()
    totals = outcomes[outcomes.place != "TUR"]
    assert len(outcomes) - len(totals) == (outcomes.place == "TUR").sum()
    arrests = outcomes[outcomes.metric_id == "arrests"].merge(
        cases, left_on="case_id", right_on="id", suffixes=("", "_case")
    )
    assert len(arrests) == (outcomes.metric_id == "arrests").sum()
    assert arrests.groupby("interpol_role").point.sum().gt(0).all()
    assert str(cases.edition.dtype) == "Int64"
    outcomes.to_parquet(tmp_path / "outcomes.parquet")
    assert pd.read_parquet(tmp_path / "outcomes.parquet").equals(outcomes)


def test_altair_draws_frames(dataset: Dataset) -> None:
    """Altair takes days for days, numbers for numbers and words for words, unasked."""
    import altair as alt  # noqa: PLC0415  # it takes a second

    cases = dataset.cases.to_pandas()
    chart = alt.Chart(cases).mark_point().encode(x="announced", y="edition", color="interpol_role")
    drawn = chart.to_dict()  # checked against the schema of Vega-Lite
    (rows,) = drawn["datasets"].values()

    assert {channel: encoding["type"] for channel, encoding in drawn["encoding"].items()} == {
        "x": "temporal",
        "y": "quantitative",
        "color": "nominal",
    }
    assert len(cases) == len(rows)
    first = next(row for row in rows if row["announced"])
    assert str(dataset.cases.to_arrow()["announced"].drop_null()[0]) == first["announced"][:10]


def test_tables_introduce_themselves(dataset: Dataset) -> None:
    """A table is found by its name, shows its first rows, and escapes what it shows."""
    table = dataset["cases"]
    assert len(table.head(3)) == 3
    assert table.columns[:2] == ("id", "name")
    html = table.head(2)._repr_html_()
    assert "<th title=" in html
    assert html.count("<tr>") == 3


def test_values_have_their_types(database: duckdb.DuckDBPyConnection) -> None:
    """Days are days, numbers numbers, and lists lists, in what a query returns."""
    row = database.execute(
        "SELECT announced, country_count_point, aliases, edition FROM cases"
        " WHERE announced IS NOT NULL AND country_count_point IS NOT NULL"
        " AND aliases IS NOT NULL AND edition IS NOT NULL LIMIT 1"
    ).fetchone()
    assert row
    assert [date, float, list, int] == [type(value) for value in row]


def test_foreign_keys_join(dataset: Dataset, database: duckdb.DuckDBPyConnection) -> None:
    """Every foreign key of every table leads to a row, in SQL."""
    joined = 0
    for name in NAMES:
        for key in dataset[name].schema.get("foreignKeys", []):
            (column,), reference = key["fields"], key["reference"]
            target = reference["resource"] or name
            (lost,) = database.execute(
                f"SELECT count(*) FROM {name} a"  # noqa: S608  # names of this package's own
                f" LEFT JOIN {target} b ON a.{column} = b.id"
                f" WHERE a.{column} IS NOT NULL AND b.id IS NULL"
            ).fetchall()[0]
            assert lost == 0, (name, column)
            joined += 1

    assert joined > 20


def test_a_question_in_sql(database: duckdb.DuckDBPyConnection) -> None:
    """A question over four tables has an answer."""
    rows = database.execute(
        "SELECT c.name, sum(o.lower) AS arrests FROM outcomes o"
        " JOIN case_categories l ON l.case_id = o.case_id AND l.position = 1"
        " JOIN categories c ON c.id = l.category_id JOIN cases k ON k.id = o.case_id"
        " WHERE o.metric_id = 'arrests' AND o.scope = 'whole' AND o.value IS NOT NULL"
        " GROUP BY ALL ORDER BY arrests DESC"
    ).fetchall()

    assert len(rows) >= 10


def test_duckdb_takes_a_table(dataset: Dataset) -> None:
    """DuckDB queries a table of the dataset as it is."""
    cases = dataset.cases.to_arrow()
    counted = duckdb.sql("SELECT count(*) FROM cases")
    assert counted
    assert [(len(dataset.cases),)] == counted.fetchall()
    assert len(dataset.cases) == cases.num_rows


def test_frictionless_validates_the_package(root: Path, tmp_path: Path) -> None:
    """frictionless, an independent judge, finds nothing wrong with the committed package."""
    descriptor = json.loads((root / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        resource["path"] = f"{resource['name']}.csv"
        del resource["bytes"], resource["hash"], resource["rows"]
        most = 500 if resource["name"] in MANY else None
        path = root / "data" / "tables" / resource["path"]
        with path.open(encoding="utf-8", newline="") as file:
            rows = [*islice(csv.reader(file), most)]
        with (tmp_path / resource["path"]).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own dependencies warn of their own affairs
        import frictionless  # noqa: PLC0415  # as it warns when imported

        report = frictionless.validate(str(tmp_path / "datapackage.json"))

    assert report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:5] == []
    assert (report.valid, report.stats["tasks"]) == (True, len(NAMES))


def profiles() -> dict[str, Any]:
    """Return the Data Package v2 profiles as dplib-py ships them."""
    spec = find_spec("dplib")
    assert spec
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0], "profiles", "2.0")
    return {path.name: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}


def test_descriptor_is_valid_by_its_profile(root: Path) -> None:
    """The descriptor and every Table Schema meet the Data Package v2 profiles, offline."""
    loaded = profiles()
    registry: Registry[Any] = Registry().with_resources(
        (f"https://datapackage.org/profiles/2.0/{name}", Resource.from_contents(profile))
        for name, profile in loaded.items()
    )
    descriptor = json.loads((root / "datapackage.json").read_text("utf-8"))

    def faults(name: str, instance: object) -> list[str]:
        validator = Draft7Validator(loaded[name], registry=registry)
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(instance)]

    assert faults("datapackage.json", descriptor) == []
    for resource in descriptor["resources"]:
        assert faults("dataresource.json", resource) == []
        assert faults("tableschema.json", resource["schema"]) == []


def test_profile_would_find_a_fault(root: Path) -> None:
    """The profile is no formality: a descriptor without resources fails it."""
    descriptor = json.loads((root / "datapackage.json").read_text("utf-8")) | {"resources": []}
    assert list(Draft7Validator(profiles()["datapackage.json"]).iter_errors(descriptor))


def test_table_schemas_are_those_of_the_descriptor(root: Path) -> None:
    """The Table Schemas that are published on their own are those in the descriptor."""
    descriptor = json.loads((root / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        path = root / "schema" / "tables" / f"{resource['name']}.json"
        assert resource["schema"] == json.loads(path.read_text("utf-8"))


@each("kind", KINDS)
def test_json_schemas_are_sound(root: Path, kind: Any) -> None:
    """The published JSON Schemas are valid themselves."""
    path = root / "schema" / "records" / f"{kind.name}.schema.json"
    schema = json.loads(path.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_json_schema_refuses_a_wrong_record(small: Dataset, built: Path) -> None:
    """The JSON Schema is no formality: an editor marks what is wrong."""
    path = built / "schema" / "records" / "case.schema.json"
    validator = Draft202012Validator(json.loads(path.read_text("utf-8")))
    case = small.case("alpha-ii").model_dump(mode="json", exclude_defaults=True)
    faults = [{"id": "Alpha"}, {"reports": []}, {"unknown": 1}, {"edition": 0}, {"name": " x"}]
    assert validator.is_valid(case)
    assert [wrong for wrong in faults if validator.is_valid(case | wrong)] == []
