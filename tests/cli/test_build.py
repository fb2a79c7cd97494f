"""Tests of the command ``build``."""

import json
from pathlib import Path

import pytest

from helpers.command import run
from helpers.mini import change


def test_build_and_check(project: Path) -> None:
    """A check is 1 before and 0 after a build; both say which files are meant."""
    before = run("build", "--check", "--root", project)
    build = run("build", "--root", project)
    after = run("build", "--check", "--root", project)
    assert (before.code, build.code, after.code) == (1, 0, 0)
    assert "not current: datapackage.json" in before.out
    assert "wrote datapackage.json" in build.out
    assert after.out == "everything is current\n"


def test_build_as_json(project: Path) -> None:
    """What was written and what is not current can be read by programs."""
    stale = json.loads(run("build", "--check", "--format", "json", "--root", project).out)["stale"]
    written = json.loads(run("build", "--format", "json", "--root", project).out)["written"]
    assert sorted(written) == stale
    assert written["datapackage.json"] == (project / "datapackage.json").stat().st_size


def test_tables_that_break_their_schemas(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables that are current are checked against their schemas, whatever the gate let through."""
    summary = "summary: The first edition, of which little is known."
    change(project, "cases/alpha-i.yaml", summary, 'summary: "Little is\\u0000 known."')
    monkeypatch.setattr("interpol_dataset.rules.gate.wanted", lambda *_: ())
    build = run("build", "--root", project)
    outcome = run("build", "--check", "--root", project)
    report = json.loads(run("build", "--check", "--format", "json", "--root", project).out)

    assert (build.code, outcome.code) == (0, 1)
    assert "data/tables/cases.csv: TBL001" in outcome.out
    assert report["stale"] == []
    assert [finding["rule"] for finding in report["findings"]] == ["TBL001"]


def test_build_of_a_wrong_record(project: Path) -> None:
    """A wrong record keeps the build from running, and is named with line and column."""
    path = project / "data" / "records" / "cases" / "alpha-i.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("~20", "many"), "utf-8")
    for options in ([], ["--check"]):
        outcome = run("build", *options, "--root", project)
        assert outcome.code == 2
        assert "data/records/cases/alpha-i.yaml:10:34: 'many' is not a quantity" in outcome.err
        assert "help: 'many' states no number; leave the outcome out" in outcome.err

    # A report that states nothing is refused, also where it says nothing at length.
    for report in ("outcomes: []", "period: null"):
        path.write_text(f"{text[: text.index('    outcomes:')]}    {report}\n", "utf-8")
        assert run("build", "--root", project).code == 2
    assert not (project / "datapackage.json").exists()


def test_what_is_in_the_way(project: Path) -> None:
    """A folder, a link to nowhere or a file in the way is a line, not a traceback."""
    place = project / "data" / "records" / "cases" / "beta.yaml"
    place.mkdir()
    assert run("build", "--root", project).code in {0, 2}
    place.rmdir()
    place.symlink_to(project / "gone.yaml")
    assert run("build", "--root", project).code in {0, 2}
    place.unlink()
    (project / "schema").write_text("in the way", "utf-8")
    assert run("build", "--root", project).code == 2
