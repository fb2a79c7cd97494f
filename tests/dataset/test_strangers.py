"""Packages from strangers: whatever is in them, each call answers or raises an error of ours."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from crafted import CRAFTED

from helpers.each import each
from helpers.edit import descriptor, edit
from interpol_dataset import Dataset, PackageError, load
from interpol_dataset.dataset.export import export
from interpol_dataset.errors import InterpolDatasetError

Tables = dict[str, dict[str, Any]]

TYPES: Final = ("string", "integer", "number", "boolean", "date", "array", "time", "", None, [])
CELLS: Final = ("", "0", "-1", "true", "[]", '["a"]', "2022-01-01", "alpha-ii", "x" * 300)


@pytest.fixture(scope="module")
def original(small: Dataset, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Tables]:
    """Return a package's descriptor, and its tables: for each its resource and its rows."""
    folder = export(small.tables, tmp_path_factory.mktemp("original") / "out", "csv")
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    tables = {}
    for resource in described.pop("resources"):
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            tables[resource["name"]] = {"resource": resource, "rows": [*csv.DictReader(file)]}
    return described, tables


def write(folder: Path, described: Any, tables: Tables) -> Path:
    """Write a package with the tables as they are now."""
    for name, table in tables.items():
        resource = table["resource"]
        for key in ("bytes", "hash", "rows"):
            resource.pop(key, None)
        names = [str(field["name"]) for field in resource["schema"]["fields"]]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([names, *([row.get(n, "") for n in names] for row in table["rows"])])
    resources = [table["resource"] for table in tables.values()]
    (folder / "datapackage.json").write_text(json.dumps(described | {"resources": resources}))

    return folder


def drop_table(draw: Random, tables: Tables) -> None:
    """Leave a table out."""
    del tables[draw.choice([*tables])]


def _fields(draw: Random, tables: Tables) -> tuple[list[Any], dict[str, Any]]:
    fields = tables[draw.choice([*tables])]["resource"]["schema"]["fields"]
    return fields, draw.choice(fields)


def drop_column(draw: Random, tables: Tables) -> None:
    """Leave a column out."""
    fields, field = _fields(draw, tables)
    fields.remove(field)
    if not fields:
        fields.append({"name": "other", "type": "string"})


def repeat_column(draw: Random, tables: Tables) -> None:
    """Name a column as another one."""
    fields, field = _fields(draw, tables)
    fields.append(dict(field))


def change_type(draw: Random, tables: Tables) -> None:
    """Give a column another type, and no constraints."""
    _, field = _fields(draw, tables)
    field |= {"type": draw.choice(TYPES), "constraints": {}}


def change_cells(draw: Random, tables: Tables) -> None:
    """Write something else into a cell, or into all of a column."""
    table = tables[draw.choice([*tables])]
    field = draw.choice(table["resource"]["schema"]["fields"])
    field["constraints"] = {}
    cell = draw.choice(CELLS)
    rows = table["rows"]
    for row in rows if draw.choice([True, False]) else rows[:1]:
        row[field["name"]] = cell


def change_rows(draw: Random, tables: Tables) -> None:
    """Leave rows out, or have them twice."""
    table = tables[draw.choice([*tables])]
    table["rows"] = draw.choice([[], table["rows"][1:], table["rows"] * 2])


def change_schema(draw: Random, tables: Tables) -> None:
    """Write something else into a property of a schema."""
    schema = tables[draw.choice([*tables])]["resource"]["schema"]
    key = draw.choice(["primaryKey", "foreignKeys", "missingValues"])
    schema[key] = draw.choice([None, "a", ["a"], [{}], [[]], 5, {"fields": 5}])


CHANGES: Final[tuple[Callable[[Random, Tables], None], ...]] = (
    *(drop_table, drop_column, repeat_column, change_type, change_cells, change_rows),
    change_schema,
)


def calls(dataset: Dataset, out: Path) -> Iterator[Callable[[], object]]:
    """Return all that can be asked of a dataset."""
    for name in dataset.tables:
        yield lambda name=name: repr([*dataset[name]])
        yield lambda name=name: dataset[name]._repr_html_()
        yield lambda name=name: dataset[name].head().to_pandas()
    yield dataset.records
    ids = {"alpha-ii", "alpha-i", "interpol", "fraud", "arrests", "page-1", "no-such"}
    for name in dataset.tables:
        with suppress(InterpolDatasetError):
            ids |= {str(row.get("id")) for row in [*dataset[name]][:3]}
    for id_ in sorted(ids):
        for kind in ("case", "category", "challenge", "lesson", "claim", "source"):
            yield lambda kind=kind, id_=id_: getattr(dataset, kind)(id_)
        for field in ("name", "arrests", "categories", "period", "organizations"):
            yield lambda id_=id_, field=field: str(dataset.explain(id_, field))
    for name in ("outcomes", "case_countries", "evidence", "verification", "case_relations"):
        with suppress(InterpolDatasetError):
            for row in [*dataset[name]][:2]:
                key = tuple(str(value) for value in row.values())
                for size in (1, 2, 3, 4):
                    yield lambda name=name, key=key[:size]: str(
                        dataset.explain(key, "value", table=name)
                    )
    for format_ in ("csv", "json", "jsonl", "parquet"):
        yield lambda format_=format_: export(dataset.tables, out / format_, format_)


@each("seed", range(8))
def test_only_our_errors(seed: int, original: tuple[Any, Tables], tmp_path: Path) -> None:
    """A package without a table, a column or a row, or with others, is no reason to crash."""
    draw = Random(seed)  # noqa: S311  # nothing is kept secret
    described, tables = json.loads(json.dumps(original))
    for change in draw.choices(CHANGES, k=draw.randint(1, 3)):
        with suppress(IndexError):  # there is nothing left to change
            change(draw, tables)
    try:
        dataset = load(write(tmp_path, described, tables))
    except InterpolDatasetError:
        return

    for call in calls(dataset, tmp_path):
        with suppress(InterpolDatasetError):
            call()


@pytest.mark.linux
def test_crafted_parquet(tmp_path: Path) -> None:
    """A table in a file that lies is refused, in good time and within a gigabyte."""
    resources = []
    for number, content in enumerate(CRAFTED.values()):
        path = tmp_path / f"{number}.parquet"
        path.write_bytes(content())
        described = {"name": f"t{number}", "path": path.name, "format": "parquet"}
        schema = {"fields": [{"name": "a", "type": "string"}]}
        resources.append({**described, "schema": schema})
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}))
    code = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (2 << 30,) * 2)
import interpol_dataset
dataset = interpol_dataset.load(sys.argv[1])
for name in dataset.tables:
    started = time.process_time()
    try:
        dataset[name]
        print("read")
    except interpol_dataset.PackageError as error:
        print(name, error.what)
    assert time.process_time() - started < 5, name
print(next(int(line.split()[1]) for line in open("/proc/self/status") if line[:5] == "VmHWM"))
"""
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert not done.returncode, done.stdout + done.stderr
    *said, peak = done.stdout.splitlines()
    read = [name for name, line in zip(CRAFTED, said, strict=True) if line == "read"]

    # Whether Arrow minds wrong histograms depends on its version.
    assert {"sound"} == {*read} - {"histograms of levels"}
    assert int(peak) < 1 << 20


def test_a_column_that_is_not_there(small: Dataset, tmp_path: Path) -> None:
    """The error names the table and the column."""
    folder = export(small.tables, tmp_path / "out", "csv", tables=["metrics"])
    with descriptor(folder) as described:
        described["resources"][0]["schema"]["fields"][0]["name"] = "key"
    edit(folder / "metrics.csv", ("id,", "key,"), count=1)
    with pytest.raises(PackageError, match="'metrics' has no column 'id' of texts"):
        load(folder).explain("arrests", "name")
