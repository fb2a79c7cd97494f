"""Tests of :mod:`interpol_dataset.records.folder`: what is read without the gate."""

from __future__ import annotations

import os
import shutil
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from interpol_dataset.errors import PackageError
from interpol_dataset.records import folder as folder_module
from interpol_dataset.records.defects import ShapeFault, SyntaxFault
from interpol_dataset.records.folder import (
    BUDGET,
    check_folder,
    read_content,
    read_contents,
    read_draft,
    read_records,
    record_files,
    retired_ids,
)
from interpol_dataset.records.kinds import KINDS
from interpol_dataset.records.yaml import MAX_BYTES
from interpol_dataset.rules import gate

if TYPE_CHECKING:
    from collections.abc import Callable

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

    assert (("r/cases/beta.yml", "file"), ("r/notes.txt", "file")) == read_records(
        folder, "r"
    ).strays


# --- what is no file of the project's -------------------------------------------------------


@pytest.mark.parametrize("name", ["cases/secret.yaml", "metrics.yaml", "cases", "cases/deep", "x"])
def test_no_link_is_followed(name: str, folder: Path) -> None:
    """A link leads out of the project, and a finding must not quote what is there."""
    secret = folder.parent / "secret"
    shutil.copytree(folder / "cases", secret)
    (secret / "secret.yaml").write_text("token: 1234\n", "utf-8")
    place = folder / name
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.symlink_to(secret / "secret.yaml" if name.endswith(".yaml") else secret)
    record_set = read_records(folder, "r")

    assert ((f"r/{name}", "link"),) == record_set.strays
    assert "1234" not in "".join(document.text for document in record_set.documents)
    assert "1234" not in "".join(str(finding) for finding in gate.findings(record_set))


@pytest.mark.parametrize("name", ["records", "data"])
def test_the_folder_itself_is_no_link(name: str, folder: Path, tmp_path: Path) -> None:
    """The folder of records, and the one that it is in, are where they seem to be."""
    project = tmp_path / "project"
    (project / "data").mkdir(parents=True)
    if name == "records":
        (project / "data" / "records").symlink_to(folder)
    else:
        (project / "data").rmdir()
        (project / "data").symlink_to(folder.parent)

    with pytest.raises(PackageError, match="is a link"):
        read_records(project / "data" / "records")


def test_nothing_is_written_where_a_link_leads(folder: Path) -> None:
    """A new record is not put into a folder outside of the project."""
    shutil.rmtree(folder / "cases")
    (folder / "cases").symlink_to(folder.parent)

    with pytest.raises(PackageError, match="is a link"):
        check_folder(folder, "cases")


def test_pipes_sockets_and_devices_are_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To read from a pipe would wait for ever."""
    monkeypatch.chdir(folder)  # the address of a socket is short
    os.mkfifo(folder / "cases" / "pipe.yaml")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.yaml")
        record_set = read_records(folder, "r")

    assert (
        ("r/cases/pipe.yaml", "special file"),
        ("r/pipe", "special file"),
        ("r/socket.yaml", "special file"),
    ) == record_set.strays


@pytest.mark.linux
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_file_that_changed_after_it_was_listed(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    """What is opened is looked at again, and never waited for."""
    make(tmp_path / "beta.yaml")

    with pytest.raises(OSError, match=r"not a regular file|symbolic link"):
        read_content(tmp_path / "beta.yaml")


# --- what is too much -----------------------------------------------------------------------


def test_a_large_file_is_not_read_to_its_end(folder: Path) -> None:
    """Three gigabytes take no longer than what shows that they are too many."""
    with (folder / "cases" / "beta.yaml").open("wb") as file:
        file.truncate(3 << 30)
    start = time.process_time()

    assert MAX_BYTES + 1 == len(read_content(folder / "cases" / "beta.yaml"))
    assert [SyntaxFault.FILE_TOO_LARGE] == [defect.fault for defect in read_records(folder).defects]
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("less", "said"),
    [
        ({"files": 20}, "20 files"),
        ({"bytes": 1_000}, "1,000 bytes"),
        ({"values": 50}, "50 values"),
        ({"defects": 2}, "2 defects"),
    ],
)
def test_a_folder_over_its_budget(
    less: dict[str, int], said: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One finding gives the limit; all that was read until then is left out."""
    monkeypatch.setattr(folder_module, "BUDGET", BUDGET._replace(**less))
    for number in range(30):
        (folder / f"stray-{number}").touch()
    (folder / "objects.yaml").write_text("[{}, {}, {}]\n", "utf-8")
    (finding,) = gate.findings(read_records(folder, "r"))

    assert ("SYN001", "r") == (finding.rule, str(finding.place))
    assert f"more than {said}" in finding.message
    # Without records nobody knows how many values there are, or defects.
    assert (less.keys() <= {"files", "bytes"}) is (read_contents(folder, "r") is None)


def test_today_s_records_are_well_within_the_budget() -> None:
    """There is room for twice as much."""
    folder = Path(__file__).parents[2] / "data" / "records"
    files = [path for _, path in record_files(folder)]

    assert 2 * len(files) < BUDGET.files
    assert 2 * sum(path.stat().st_size for path in files) < BUDGET.bytes
    record_set = read_records(folder)
    assert 2 * sum(document.size for document in record_set.documents) < BUDGET.values


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
