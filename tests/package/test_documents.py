"""Tests of :mod:`interpol_dataset.package.documents`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from interpol_dataset import Dataset, PackageError, export, load
from interpol_dataset.package import jsonl
from interpol_dataset.package.arrow import to_json
from interpol_dataset.package.documents import SHARED, homes_of, nest, read_documents, unnest
from interpol_dataset.package.reader import open_package

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def package(small: Dataset, tmp_path: Path) -> Path:
    """Return a package of documents that may be damaged."""
    return export(small, tmp_path / "package", "json")


def write(package: Path, name: str, documents: object) -> None:
    """Write other documents, which the descriptor does not describe."""
    (package / f"{name}.json").write_text(json.dumps(documents), "utf-8")
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    for resource in descriptor["resources"]:
        if name == resource["name"]:
            del resource["bytes"], resource["hash"]
    path.write_text(json.dumps(descriptor), "utf-8")


def test_nothing_is_lost(dataset: Dataset) -> None:
    """All rows nested in documents, and taken out again, are the same rows."""
    tables = {name: to_json(dataset.table(name).to_arrow()) for name in dataset.tables}
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in tables}
    for home, documents in nest(tables).items():
        for name, rows in unnest(home, documents).items():
            found[name] += rows

    def ordered(rows: list[dict[str, Any]]) -> list[str]:
        return sorted(json.dumps(row, sort_keys=True) for row in rows)

    assert {name: ordered(tables[name]) for name in tables} == {
        name: ordered(found[name]) for name in tables
    }


def test_every_table_has_a_home(small: Dataset) -> None:
    """A nested table is in documents of tables that have their own."""
    documents = [name for name in small.tables if not homes_of(name)]

    assert set(documents) == set(nest({name: [] for name in small.tables}))
    assert {home for name in small.tables for home in homes_of(name)} <= set(documents)
    assert set(SHARED) < set(small.tables) - set(documents)


def test_documents_leave_out_what_they_say_already() -> None:
    """A nested row does not repeat the id of its document."""
    tables = {"lessons": [{"id": "a"}], "lesson_cases": [{"lesson_id": "a", "case_id": "b"}]}

    assert {"lessons": [{"id": "a", "lesson_cases": [{"case_id": "b"}]}]} == nest(tables)


@pytest.mark.parametrize("documents", [{}, None, 1, [1], [{"id": "x", "outcomes": [1]}]])
def test_what_is_no_list_of_documents(package: Path, documents: object) -> None:
    """Anything but a list of objects is refused, with the file's path."""
    write(package, "cases", documents)

    with pytest.raises(PackageError, match="the table 'cases' is not of its schema") as caught:
        read_documents(open_package(package))

    assert str(package / "cases.json") == caught.value.where


def test_nested_rows_of_another_schema(package: Path) -> None:
    """A nested row that does not fit its schema is refused by the name of its table."""
    documents = json.loads((package / "cases.json").read_text("utf-8"))
    documents[1]["outcomes"][0]["point"] = "many"
    write(package, "cases", documents)

    with pytest.raises(PackageError, match="the table 'outcomes' is not of its schema") as caught:
        read_documents(open_package(package))

    assert str(package) == caught.value.where


def test_documents_that_take_too_much_together(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files are in memory at once, and are counted together."""
    size = max(path.stat().st_size for path in package.glob("c*.json"))
    monkeypatch.setattr(jsonl, "MAX_MEMORY", 2 * size)

    with pytest.raises(PackageError, match="in memory"):
        load(package).table("cases")
