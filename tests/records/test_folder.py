"""Tests of :mod:`interpol_dataset.records.folder`: what is read without the gate."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from interpol_dataset.errors import PackageError
from interpol_dataset.records.defects import ShapeFault, SyntaxFault
from interpol_dataset.records.folder import read_draft, read_records, retired_ids
from interpol_dataset.records.kinds import KINDS

BASE = Path(__file__).parents[1] / "faults" / "base" / "data" / "records"
CASE = next(kind for kind in KINDS if kind.name == "case")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy a small folder of records without faults."""
    return shutil.copytree(BASE, tmp_path / "records")


def test_records_that_are_right(folder: Path) -> None:
    """All records are made, and nothing keeps any from being read."""
    record_set = read_records(folder, "r")

    assert ((), ()) == (record_set.defects, record_set.strays)
    assert ["alpha", "beta"] == [case.id for case in record_set.records.cases]
    assert "r/cases/alpha.yaml:2:5" == str(record_set.entries[2].place(("id",)))


def test_a_file_that_can_not_be_read_is_a_defect(folder: Path) -> None:
    """Whoever reads records without the gate still sees that one is missing, and why."""
    (folder / "cases" / "beta.yaml").write_bytes(b"\xff")
    record_set = read_records(folder, "r")

    assert [(SyntaxFault.NOT_UTF8, "r/cases/beta.yaml:1:1")] == [
        (defect.fault, str(defect.place)) for defect in record_set.defects
    ]
    assert ["alpha"] == [case.id for case in record_set.records.cases]


def test_a_record_of_the_wrong_shape_keeps_its_entry(folder: Path) -> None:
    """Its id can be referred to, though there is no record."""
    path = folder / "cases" / "beta.yaml"
    path.write_text(path.read_text("utf-8").replace("edition: 1", "edition: one"), "utf-8")
    record_set = read_records(folder, "r")
    (entry,) = (entry for entry in record_set.entries if entry.id == "beta")

    assert [ShapeFault.NOT_A_WHOLE_NUMBER] == [defect.fault for defect in record_set.defects]
    assert None is entry.record


def test_a_list_that_is_none(folder: Path) -> None:
    """A file of several records that is a single one makes no entries."""
    (folder / "metrics.yaml").write_text("id: arrests\n", "utf-8")

    assert [ShapeFault.NOT_A_LIST_OF_RECORDS] == [
        defect.fault for defect in read_records(folder).defects
    ]


def test_strays_are_named_and_hidden_files_left_alone(folder: Path) -> None:
    """A file that no kind of record accounts for is not overlooked."""
    for name in ("cases/beta.yml", "notes.txt", ".hidden"):
        (folder / name).write_text("x", "utf-8")

    assert ("r/cases/beta.yml", "r/notes.txt") == read_records(folder, "r").strays


@pytest.mark.parametrize(
    ("id_", "misnamed"), [("beta", False), ("gamma", True), ("Not An Id", False)]
)
def test_a_file_is_named_after_its_record(id_: str, misnamed: bool, folder: Path) -> None:  # noqa: FBT001  # as a table has it
    """A well-formed id has to be the name of the file; any other is a defect already."""
    path = folder / "cases" / "beta.yaml"
    path.write_text(path.read_text("utf-8").replace("id: beta", f"id: {id_}"), "utf-8")
    (entry,) = (entry for entry in read_records(folder).entries if entry.stem == "beta")

    assert misnamed is entry.is_misnamed


def test_a_draft_may_be_named_as_it_likes() -> None:
    """What has no place in the folder yet is named after nothing."""
    (entry,) = read_draft(CASE, b"id: alpha\n", "<stdin>").entries

    assert not entry.is_misnamed


def test_retired_ids(folder: Path) -> None:
    """The retired ids of one table are those of no other."""
    assert {"old-alpha", "gamma"} == retired_ids(folder, "cases")
    assert frozenset() == retired_ids(folder, "sources")


def test_no_folder(tmp_path: Path) -> None:
    """Where there are no records, an error says so."""
    with pytest.raises(PackageError, match="no folder of records"):
        read_records(tmp_path / "nowhere")
