"""Tests of :mod:`interpol_dataset.checking` and of the command ``validate``."""

from __future__ import annotations

import gzip
import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

import interpol_dataset
from interpol_dataset.checking import (
    check_draft,
    check_files,
    check_package,
    check_project,
    check_table,
    find_kind,
)
from interpol_dataset.errors import PackageError, UnknownRecordError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

CASE = "data/records/cases/alpha-ii.yaml"
SOURCE = "data/records/sources/daily-2022-alpha.yaml"


def change(project: Path, path: str, old: str, new: str) -> Path:
    """Change a file of a project."""
    place = project / path
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new), "utf-8")

    return place


def test_project_is_checked_whole(project: Path) -> None:
    """All that is wrong is found in one run, in the order of files and lines."""
    change(project, CASE, "value: 975", "value: 9e2")
    change(project, SOURCE, "kind: news", "kind: newz")
    found = check_project(project).findings

    assert ["SHP008", "SHP004"] == [item.rule for item in found]
    assert [str(project / CASE), str(project / SOURCE)] == [item.place.path for item in found]


def test_files_bring_along_what_refers_to_them(project: Path) -> None:
    """A changed file is checked with what refers to it, and with nothing else."""
    change(project, CASE, "value: 975", "value: 9e2")
    change(project, "data/records/cases/alpha-i.yaml", "categories: [", "categories: [nope, ")
    alone = check_files(project, [project / CASE]).findings
    place = change(project, SOURCE, "id: daily-2022-alpha", "id: daily-2022-beta")

    assert ["SHP008"] == [item.rule for item in alone]
    assert {"PKG002", "PKG004", "SHP008"} == {
        item.rule for item in check_files(project, [place]).findings
    }


def test_removed_file_is_missed_by_what_refers_to_it(project: Path) -> None:
    """Of a file that was removed, every reference to its record is found."""
    (project / SOURCE).unlink()
    found = check_files(project, [project / SOURCE]).findings

    assert {"PKG004"} == {item.rule for item in found}
    assert {str(project / CASE)} <= {item.place.path for item in found}


def test_file_outside_the_records(project: Path) -> None:
    """A file that is no record is refused, with what to do."""
    with pytest.raises(PackageError, match="not one of the project's records"):
        check_files(project, [project / "README.md"])


def test_draft_is_checked_among_the_records(project: Path) -> None:
    """A draft is checked as if it stood in the project, and without a project for its shape."""
    draft = (project / CASE).read_bytes().replace(b"europol-2022-alpha", b"europol-2022-alpa")
    among = check_draft(project, draft, "case").findings
    alone = check_draft(project / "data", draft, "case").findings

    assert ["PKG004"] == [item.rule for item in among]
    assert among[0].remedy
    assert "europol-2022-alpha" in among[0].remedy
    assert () == alone


def test_unknown_kind() -> None:
    """A kind that is not there is told with those that are."""
    with pytest.raises(UnknownRecordError, match="there are category, case"):
        find_kind("crime")


@pytest.mark.parametrize("format_", ["csv", "csv.gz", "parquet", "jsonl"])
def test_table_is_checked_in_any_format(
    small: interpol_dataset.Dataset, built: Path, tmp_path: Path, format_: str
) -> None:
    """A table of this schema passes, and one with a fault is told by row and field."""
    kind = format_.partition(".")[0]
    good = interpol_dataset.export(small, tmp_path / "out", kind) / f"outcomes.{kind}"
    content = good.read_bytes()
    if format_ == "csv.gz":
        good = tmp_path / "outcomes.csv.gz"
        good.write_bytes(gzip.compress(content))

    assert () == check_table(good, "outcomes", built).findings

    if kind != "parquet":
        bad = content.replace(b"arrests", b"arrestz")
        good.write_bytes(gzip.compress(bad) if format_ == "csv.gz" else bad)
        found = check_table(good, "outcomes", built).findings

        assert {"TBL012"} == {item.rule for item in found}
        assert all("field 'metric_id'" in item.message for item in found)


def test_foreign_package(tmp_path: Path) -> None:
    """A data package of anybody's is checked by its own Table Schemas."""
    (tmp_path / "t.csv").write_text("n\n1\nx\n", "utf-8")
    descriptor = {
        "name": "p",
        "resources": [
            {
                "name": "t",
                "path": "t.csv",
                "schema": {"fields": [{"name": "n", "type": "integer"}]},
            }
        ],
    }
    path = tmp_path / "datapackage.json"
    path.write_text(json.dumps(descriptor), "utf-8")
    (found,) = check_package(path).findings

    assert ("TBL004", "t/2", "n") == (found.rule, found.record, found.field)


def test_exit_codes(run: Run, project: Path, built: Path, tmp_path: Path) -> None:
    """Exit code 0 is clean, 1 is findings, 2 is that the command could not run."""
    table = built / "data" / "tables" / "outcomes.csv"

    assert 0 == run("validate", "--root", project).code
    assert 0 == run("validate", table, "--as", "outcomes", "--against", built).code
    assert 0 == run("validate", built / "datapackage.json").code
    assert 2 == run("validate", table, "--as", "nope").code
    assert 2 == run("validate", tmp_path / "gone.csv", "--as", "outcomes").code
    assert 2 == run("validate", "--root", project, "--select", "NOPE").code
    assert 2 == run("validate", project / "data", "--root", project).code

    change(project, CASE, "value: 975", "value: 9e2")

    assert 1 == run("validate", "--root", project).code


def test_rules_are_selected_and_ignored(run: Run, project: Path) -> None:
    """Rules are named by code, by the beginning of their codes, or by name."""
    change(project, CASE, "value: 975", "value: 9e2")

    for select in ("SHP008", "SHP", "not-a-quantity"):
        assert 1 == run("validate", "--root", project, "--select", select).code
        assert 0 == run("validate", "--root", project, "--ignore", select).code
    assert 0 == run("validate", "--root", project, "--select", "SYN").code


def test_standard_input(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft on standard input is named as such in its findings."""
    content = (project / CASE).read_bytes().replace(b"value: 975", b"value: 9e2")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    outcome = run("validate", "-", "--as", "case", "--root", project, "--format", "json")
    (found,) = json.loads(outcome.out)

    assert (1, "<stdin>", "SHP008") == (outcome.code, found["file"], found["rule"])
