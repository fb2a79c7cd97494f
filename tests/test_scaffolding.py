"""Tests of the beginnings of records."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

import mini
from command import run
from interpol_dataset.canonical import modeline
from interpol_dataset.checking import check_project, find_kind
from interpol_dataset.comments import comments
from interpol_dataset.errors import NotationError
from interpol_dataset.reading import parse
from interpol_dataset.scaffolding import check_id, scaffold

if TYPE_CHECKING:
    from pathlib import Path

#: What a contributor writes in place of the placeholders, by kind.
FILLED = {
    "case": {
        "[...]": "[fraud]",
        "source: ...": "source: daily-2022-alpha",
    },
    "source": {
        "publisher: ...": "publisher: daily",
        "asserter: ...": "asserter: daily",
        "title: ...": "title: What the page is called",
        "https://...": "https://example.org/new",
    },
    "category": {},
    "challenge": {"source: ...": "source: daily-2022-alpha"},
    "lesson": {"source: ...": "source: daily-2022-alpha"},
    "claims": {"sha256: ...": f"sha256: {'d' * 64}", "source: ...": "source: seed"},
}

#: Rules that find nothing but what is still to be filled in, cited or written.
PLACEHOLDERS = {"SHP005", "PKG004", "PKG006"}


def id_of(kind: str) -> str:
    """Give an id that can be begun; claims have that of the source that makes them."""
    return "daily-2022-alpha" if kind == "claims" else "new-record"


def begun(project: Path, kind: str) -> Path:
    """Begin a record, and give its path."""
    outcome = run("new", kind, id_of(kind), "--root", project)
    path = project / "data" / "records" / find_kind(kind).table / f"{id_of(kind)}.yaml"
    assert (0, "") == (outcome.code, outcome.err)
    assert str(path) in outcome.out

    return path


@pytest.mark.parametrize("kind", FILLED)
def test_new(project: Path, kind: str) -> None:
    """A new record can be read; all that is found in it is what is to be filled in."""
    path = begun(project, kind)
    document = parse(path.read_bytes(), "")
    findings = check_project(project).findings

    assert () == document.findings
    assert path.read_text("utf-8").startswith(f"{modeline(find_kind(kind))}\n")
    assert {path.as_posix()} >= {finding.place.path for finding in findings}
    assert PLACEHOLDERS >= {finding.rule for finding in findings}
    assert {"'...'"} >= {finding.message[:5] for finding in findings if finding.rule == "SHP005"}


@pytest.mark.parametrize("kind", FILLED)
def test_new_and_filled_in(project: Path, kind: str) -> None:
    """With good values in place of the placeholders nothing is found, before and after 'fmt'."""
    path = begun(project, kind)
    text = path.read_text("utf-8").replace("name: Operation ...", "name: Operation New")
    for placeholder, value in FILLED[kind].items():
        assert placeholder in text
        text = text.replace(placeholder, value)
    path.write_text(text.replace("name: ...", "name: New"), "utf-8")

    assert () == check_project(project, ignore=frozenset({"PKG006"})).findings
    assert 0 == run("fmt", path, "--root", project).code
    assert () == check_project(project, ignore=frozenset({"PKG006"})).findings


@pytest.mark.parametrize("kind", FILLED)
def test_next_steps_are_comments(kind: str) -> None:
    """The next steps stand in the record as comments, with the day that was given."""
    text = scaffold(find_kind(kind), "x", date(2031, 5, 7))
    told = [comment.text for comment in comments(parse(text.encode(), ""))]

    assert any(line.startswith("# Next: ") for line in told)
    assert "#   interpol-dataset validate" in told
    assert {"2031-05-07"} >= set(re.findall(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", text))


def test_existing_id(project: Path) -> None:
    """A record that is there already is not overwritten."""
    outcome = run("new", "case", "alpha-i", "--root", project)

    assert 2 == outcome.code
    assert "there is such a record already" in outcome.err
    assert mini.FILES["cases/alpha-i.yaml"] == (
        project / "data" / "records" / "cases" / "alpha-i.yaml"
    ).read_text("utf-8")


BAD_IDS = (
    *("../x", "a/b", "/etc/x", "..", ".", "", "A", "a_b", "a b", "a--b", "a-", "a.yaml", "ä"),
    *("a\n", "a\x00", "~", "a\\b", "a" * 81),
)


@pytest.mark.parametrize("id_", BAD_IDS)
def test_bad_id(id_: str) -> None:
    """What is no id names no file."""
    with pytest.raises(NotationError, match="is not an id"):
        check_id(id_)


@pytest.mark.parametrize("id_", ["../x", "a/b", "", "a\n", "A"])
def test_bad_id_writes_nothing(project: Path, id_: str) -> None:
    """A bad id is exit code 2, and nothing is written anywhere."""
    before = sorted(project.parent.rglob("*"))
    outcome = run("new", "case", id_, "--root", project)

    assert (2, "") == outcome[:2]
    assert before == sorted(project.parent.rglob("*"))


@pytest.mark.parametrize("kind", ["cases", "metrics", "nope", ""])
def test_unknown_kind(project: Path, kind: str) -> None:
    """A kind that can't be begun is exit code 2, with those that can."""
    outcome = run("new", kind, "x", "--root", project)

    assert (2, "") == outcome[:2]
    assert all(f"'{name}'" in outcome.err for name in FILLED)


def test_new_needs_a_project(tmp_path: Path) -> None:
    """Where there are no records, none is begun."""
    assert 2 == run("new", "case", "brand-new", "--root", tmp_path).code
    assert [] == list(tmp_path.iterdir())
