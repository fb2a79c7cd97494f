"""Tests of :mod:`interpol_dataset.records.folder`: what is read without the gate."""

import os
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from helpers.committed import ROOT, committed
from helpers.each import each
from interpol_dataset.errors import PackageError
from interpol_dataset.records import folder as folder_module
from interpol_dataset.records.compose import ShapeFault, SyntaxFault
from interpol_dataset.records.document import KINDS, MAX_BYTES
from interpol_dataset.records.folder import (
    BUDGET,
    RECORDS,
    check_folder,
    read_content,
    read_contents,
    read_draft,
    read_records,
    record_files,
    retired_ids,
)
from interpol_dataset.rules import gate

BASE = Path(__file__).parents[1] / "faults" / "base" / "data" / "records"
CASE = next(kind for kind in KINDS if kind.name == "case")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy a small folder of records without faults."""
    return shutil.copytree(BASE, tmp_path / "records")


def test_records_that_are_right(folder: Path) -> None:
    """All records are made, and nothing keeps any from being read."""
    record_set = read_records(folder, "r")
    assert (record_set.defects, record_set.strays) == ((), ())
    assert [case.id for case in record_set.records.cases] == ["alpha", "beta"]
    assert str(record_set.entries[2].place(("id",))) == "r/cases/alpha.yaml:2:5"


def test_a_file_that_can_not_be_read_is_a_defect(folder: Path) -> None:
    """Whoever reads records without the gate still sees that one is missing, and why."""
    (folder / "cases" / "beta.yaml").write_bytes(b"\xff")
    record_set = read_records(folder, "r")
    assert [(defect.fault, str(defect.place)) for defect in record_set.defects] == [
        (SyntaxFault.NOT_UTF8, "r/cases/beta.yaml:1:1")
    ]
    assert [case.id for case in record_set.records.cases] == ["alpha"]


def test_a_record_of_the_wrong_shape_keeps_its_entry(folder: Path) -> None:
    """Its id can be referred to, though there is no record."""
    path = folder / "cases" / "beta.yaml"
    path.write_text(path.read_text("utf-8").replace("edition: 1", "edition: one"), "utf-8")
    record_set = read_records(folder, "r")
    (entry,) = (entry for entry in record_set.entries if entry.id == "beta")
    assert [defect.fault for defect in record_set.defects] == [ShapeFault.NOT_A_WHOLE_NUMBER]
    assert None is entry.record


def test_a_list_that_is_none(folder: Path) -> None:
    """A file of several records that is a single one makes no entries."""
    (folder / "metrics.yaml").write_text("id: arrests\n", "utf-8")
    assert [defect.fault for defect in read_records(folder).defects] == [
        ShapeFault.NOT_A_LIST_OF_RECORDS
    ]


def test_strays_are_named_and_hidden_files_left_alone(folder: Path) -> None:
    """A file that no kind of record accounts for is not overlooked."""
    for name in ("cases/beta.yml", "notes.txt", ".hidden"):
        (folder / name).write_text("x", "utf-8")
    assert read_records(folder, "r").strays == (
        ("r/cases/beta.yml", "file"),
        ("r/notes.txt", "file"),
    )


@each("name", ["cases/secret.yaml", "metrics.yaml", "cases", "cases/deep", "x"])
def test_no_link_is_followed(name: str, tmp_path: Path) -> None:
    """A link leads out of the project, and a finding must not quote what is there."""
    folder = shutil.copytree(BASE, tmp_path / "records")
    secret = shutil.copytree(folder / "cases", tmp_path / "secret")
    (secret / "secret.yaml").write_text("token: 1234\n", "utf-8")
    place = folder / name
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.symlink_to(secret / "secret.yaml" if name.endswith(".yaml") else secret)
    record_set = read_records(folder, "r")

    assert record_set.strays == ((f"r/{name}", "link"),)
    assert "1234" not in "".join(document.text for document in record_set.documents)
    assert "1234" not in "".join(str(finding) for finding in gate.findings(record_set))


def test_the_folder_itself_is_no_link(folder: Path, tmp_path: Path) -> None:
    """Neither the folder of records nor the one around it is; nor is a new record put into one."""
    data = tmp_path / "project" / "data"
    data.mkdir(parents=True)
    (data / "records").symlink_to(folder)
    with pytest.raises(PackageError, match="is a link"):
        read_records(data / "records")
    (data / "records").unlink()
    data.rmdir()
    data.symlink_to(folder.parent)
    with pytest.raises(PackageError, match="is a link"):
        read_records(data / "records")

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

    assert record_set.strays == (
        ("r/cases/pipe.yaml", "special file"),
        ("r/pipe", "special file"),
        ("r/socket.yaml", "special file"),
    )


@pytest.mark.linux
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_file_that_changed_after_it_was_listed(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    """What is opened is looked at again, and never waited for."""
    make(tmp_path / "beta.yaml")
    with pytest.raises(OSError, match=r"not a regular file|symbolic link"):
        read_content(tmp_path / "beta.yaml")


def test_a_large_file_is_not_read_to_its_end(folder: Path) -> None:
    """Three gigabytes take no longer than what shows that they are too many."""
    with (folder / "cases" / "beta.yaml").open("wb") as file:
        file.truncate(3 << 30)
    start = time.process_time()
    assert len(read_content(folder / "cases" / "beta.yaml")) == MAX_BYTES + 1
    assert [defect.fault for defect in read_records(folder).defects] == [SyntaxFault.FILE_TOO_LARGE]
    assert time.process_time() - start < 2


@each(
    "less, said",
    [
        ({"files": 20}, "20 files"),
        ({"bytes": 1_000}, "1,000 bytes"),
        ({"values": 50}, "50 values"),
        ({"defects": 2}, "2 defects"),
    ],
)
def test_a_folder_over_its_budget(less: dict[str, int], said: str, tmp_path: Path) -> None:
    """One finding gives the limit; all that was read until then is left out."""
    folder = shutil.copytree(BASE, tmp_path / "records")
    for number in range(30):
        (folder / f"stray-{number}").touch()
    (folder / "objects.yaml").write_text("[{}, {}, {}]\n", "utf-8")
    with mock.patch.object(folder_module, "BUDGET", BUDGET._replace(**less)):
        (finding,) = gate.findings(read_records(folder, "r"))
        contents = read_contents(folder, "r")

    assert (finding.rule, str(finding.place)) == ("SYN001", "r")
    assert f"more than {said}" in finding.message
    # Without records nobody knows how many values there are, or defects.
    assert (contents is None) is (less.keys() <= {"files", "bytes"})


def test_today_s_records_are_well_within_the_budget() -> None:
    """There is room for twice as much."""
    files = [path for _, path in record_files(ROOT / RECORDS)]
    assert 2 * len(files) < BUDGET.files
    assert 2 * sum(path.stat().st_size for path in files) < BUDGET.bytes
    assert 2 * sum(document.size for document in committed().documents) < BUDGET.values


def test_a_file_is_named_after_its_record(folder: Path) -> None:
    """A well-formed id has to be the name of the file; a draft is named after nothing."""
    path = folder / "cases" / "beta.yaml"
    text = path.read_text("utf-8")
    for id_, misnamed in (("beta", False), ("gamma", True), ("Not An Id", False)):
        path.write_text(text.replace("id: beta", f"id: {id_}"), "utf-8")
        (entry,) = (entry for entry in read_records(folder).entries if entry.stem == "beta")
        assert entry.is_misnamed is misnamed
    (entry,) = read_draft(CASE, b"id: alpha\n", "<stdin>").entries
    assert not entry.is_misnamed


def test_retired_ids(folder: Path, tmp_path: Path) -> None:
    """The retired ids of one table are those of no other; without records, an error says so."""
    assert retired_ids(folder, "cases") == {"old-alpha", "gamma"}
    assert retired_ids(folder, "sources") == frozenset()
    with pytest.raises(PackageError, match="no folder of records"):
        read_records(tmp_path / "nowhere")
