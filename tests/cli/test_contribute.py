"""Tests of what helps those who write records: new entries, sorting."""

import re
from contextlib import chdir
from pathlib import Path

import pytest

from helpers import mini
from helpers.command import run
from helpers.each import each
from interpol_dataset.validate.records import check_project

RECORDS = Path("data/records")


MISSING = {"organization": "name, kind", "metric": "name, description, dimension", "object": "name"}


@each("kind, missing", MISSING.items())
def test_new_entry_of_a_vocabulary(tmp_path: Path, kind: str, missing: str) -> None:
    """It is put where it belongs by its id, and all that is found is what is to be filled in."""
    project = mini.write(tmp_path)
    path = project / RECORDS / f"{kind}s.yaml"
    before = path.read_text("utf-8")
    outcome, again = (run("new", kind, "daisy-chain", "--root", project) for _ in range(2))
    lines = path.read_text("utf-8").splitlines()
    ids = [line for line in lines if line.startswith("- ")]

    assert (outcome.code, outcome.err) == (0, "")
    assert f"fill in {missing}, then" in outcome.out
    assert ("\nkind is one of: intergovernmental, police, " in outcome.out) is ("kind" in missing)
    assert (len(ids), sorted(ids)) == (before.count("id: ") + 1, ids)
    found = check_project(project).findings
    assert {item.place.path for item in found} == {path.as_posix()}
    named = {item.place.span.line for item in found if item.place.span}
    for item in found:
        named |= {*map(int, re.findall("[0-9]+", (item.hint or "").partition("also in line")[2]))}
    assert len(named) == len(missing.split(", "))
    # An id that is in the list is not used again.
    line = 1 + lines.index("- id: daisy-chain")
    assert again.code == 2
    assert f"{kind}s.yaml:{line}:7: this record exists already" in again.err
    assert "use it, or choose another id" in again.err


def test_new_of_a_kind_that_is_nearly_right(project: Path) -> None:
    """The kind that was meant is asked about."""
    for written in ("orgnization", "organizations", "Organization"):
        outcome = run("new", written, "daisy-chain", "--root", project)
        assert outcome.code == 2
        assert "did you mean 'organization'?" in outcome.err
    assert "did you mean" not in run("new", "zzz", "daisy-chain", "--root", project).err


def test_new_source_without_the_form_of_one(project: Path) -> None:
    """An id without a date or a subject is said to have another form than all others."""
    for id_ in ("gray", "gray-2022", "daily-raids"):
        assert "PUBLISHER-DATE-SUBJECT" in run("new", "source", id_, "--root", project).out
    assert "DATE" not in run("new", "source", "daily-2022-raids", "--root", project).out
    assert "DATE" not in run("new", "category", "gray", "--root", project).out


def test_new_source_knows_what_its_id_says(project: Path) -> None:
    """Publisher and date are filled in, where the id has those of an organization in the list."""
    run("new", "source", "page-farm-2024-05-06-raids", "--root", project)
    run("new", "source", "nobody-raids", "--root", project)
    sources = project / RECORDS / "sources"
    text = (sources / "page-farm-2024-05-06-raids.yaml").read_text("utf-8")
    assert re.search("\npublisher: page-farm +# who", text)
    assert re.search("\npublished: 2024-05-06 +# YYYY", text)
    assert "\npublisher: ...  " in (sources / "nobody-raids.yaml").read_text("utf-8")


def test_fmt_sorts_vocabularies(project: Path) -> None:
    """Entries come in the order of their ids, and comments go with them."""
    path = project / RECORDS / "organizations.yaml"
    run("fmt", path, "--root", project)
    sorted_ = path.read_text("utf-8")
    first, *entries = sorted_.split("\n- ")
    path.write_text("\n- ".join([first, *(entry.strip() for entry in reversed(entries))]) + "\n")
    comment = ("- id: daily\n", "# a newspaper\n- id: daily\n")
    path.write_text(path.read_text("utf-8").replace(*comment), "utf-8")
    assert run("fmt", path, "--root", project, "--check").code == 1
    assert run("fmt", path, "--root", project).code == 0
    assert path.read_text("utf-8") == sorted_.replace(*comment)


def test_the_project_is_found_from_within(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command in a folder of the project is about the project."""
    monkeypatch.chdir(project / RECORDS / "cases")
    outcome = run("validate", "alpha-i.yaml")
    assert outcome == (0, "no findings\n", "")
    assert "everything is canonical" in run("fmt", "--check").out or run("fmt").code == 0


@each("name", ["alpha-i.yml", "alpha-i", "alpha-i.YAML"])
def test_a_name_that_is_nearly_right_is_an_error(project: Path, name: str) -> None:
    """A file that is not there is not taken for one that was removed."""
    outcome = run("validate", project / RECORDS / "cases" / name, "--root", project)
    assert outcome[:2] == (2, "")
    assert "the file does not exist" in outcome.err
    assert "cases/alpha-i.yaml'?" in outcome.err


def test_a_record_that_is_not_built_yet(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for what was just written hears what to do."""
    (project / RECORDS / "cases" / "zeta.yaml").write_text("id: zeta\n", "utf-8")
    monkeypatch.chdir(project)
    explain = ("explain", "zeta", "period")
    for command in (("show", "zeta"), explain, (*explain, "--table", "cases"), ("cite", "zeta")):
        outcome = run(*command)
        assert outcome[:2] == (2, "")
        assert "'zeta' was written and is not built yet" in outcome.err
        assert "run 'interpol-dataset build' first" in outcome.err


@each("line", ["show {}", "cite {}", "explain {} name --table cases"])
@each("id_, table", [("online-fraud", "categories"), ("daily-2022-alpha", "sources")])
def test_a_record_of_another_table_is_not_unbuilt(
    project: Path, built: Path, line: str, id_: str, table: str
) -> None:
    """Who asks for a category as if it were a case hears what it is, in a checkout, too."""
    with chdir(project):
        outcome = run(*line.format(id_).split(), "--package", built)
    assert outcome[:2] == (2, "")
    assert f"it is the id of one of the {table}" in outcome.err
    assert f"'interpol-dataset list {table} --where id={id_}' shows it" in outcome.err
    assert "not built yet" not in outcome.err
