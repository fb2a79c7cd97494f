"""Tests of the beginnings of records."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from helpers import mini
from helpers.command import run
from helpers.each import each
from interpol_dataset.errors import NotationError
from interpol_dataset.records.comments import find_comments
from interpol_dataset.records.formatter import modeline
from interpol_dataset.records.template import check_id, template
from interpol_dataset.records.yaml import parse
from interpol_dataset.validate.records import check_project, find_kind

if TYPE_CHECKING:
    from pathlib import Path

#: What a contributor writes in place of the placeholders, by kind, one after the other.
FILLED = {
    "case": {
        "Operation ...": "Operation New",
        "[...]": "[fraud]",
        "summary: ...": "summary: Police of two countries looked for forgers, led by INTERPOL.",
        "source: ...": "source: daily-2022-alpha",
        "interpol_role: {value: ..., at: ...}": "interpol_role: {value: coordinated, at: lead}",
        "period: {value: ..., at: ...}": "period: {value: 2022-06~, at: lead}",
        "country_count: {value: ..., at: ...}": "country_count: {value: 2, at: lead}",
        "{metric: ..., value: ..., at: ...}": "{metric: arrests, value: <1000, at: lead}",
    },
    "source": {
        "kind: ...": "kind: news",
        "publisher: ...": "publisher: daily",
        "asserter: ...": "asserter: daily",
        "title: ...": "title: What the page is called",
        "https://...": "https://example.org/new",
        "published: ...": "published: 2022-06",
        "language: ...": "language: en",
    },
    "category": {
        "name: ...": "name: New",
        "description: ...": "description: What is new.",
    },
    "challenge": {
        "name: ...": "name: New",
        "statement: ...": "statement: What is new is unknown.",
        "{source: ..., finds: ..., at: ...}": "{source: daily-2022-alpha, finds: partly, at: lead}",
    },
    "lesson": {
        "name: ...": "name: New",
        "statement: ...": "statement: What is new can be learnt.",
        "{source: ..., finds: ..., at: ...}": "{source: daily-2022-alpha, finds: partly, at: lead}",
    },
    "claims": {
        "sha256: ...": f"sha256: {'d' * 64}",
        "statement: ...": "statement: Something is new.",
        "{source: ..., finds: ..., at: ...}": "{source: seed, finds: supports, at: paragraph 1}",
    },
}

#: Rules that find what is still to be filled in, or cited.
PLACEHOLDERS = {"SHP004", "SHP005", "SHP006", "SHP008", "SHP009", "POL013", "POL032", "PKG006"}


def id_of(kind: str) -> str:
    """Return an id that can be begun; claims have that of the source that makes them."""
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

    assert () == document.defects
    assert path.read_text("utf-8").startswith(f"{modeline(find_kind(kind))}\n")
    assert {path.as_posix()} == {finding.place.path for finding in findings}
    assert PLACEHOLDERS >= {finding.rule for finding in findings}


@pytest.mark.parametrize("kind", FILLED)
def test_nothing_may_be_left(project: Path, kind: str) -> None:
    """With any one placeholder left the gate finds it; the hints go when all are filled in."""
    path = begun(project, kind)
    begin = path.read_text("utf-8")
    uncited, hints = frozenset({"PKG006"}), frozenset({"POL032"})

    def filled(*left: str) -> str:
        text = begin
        for placeholder, value in FILLED[kind].items():
            assert placeholder in text
            if placeholder not in left:
                text = text.replace(placeholder, value, 1)
        return text

    for placeholder in FILLED[kind]:
        path.write_text(filled(placeholder), "utf-8")
        assert 0 == run("fmt", path, "--root", project).code
        found = check_project(project, ignore=uncited | hints).findings
        assert found, placeholder
        assert "# Next: " in path.read_text("utf-8")
        assert {path.as_posix()} == {finding.place.path for finding in found}
        assert PLACEHOLDERS >= {finding.rule for finding in found}

    path.write_text(filled(), "utf-8")
    assert ["POL032"] == [item.rule for item in check_project(project, ignore=uncited).findings]
    assert 0 == run("fmt", path, "--root", project).code
    assert () == check_project(project, ignore=uncited).findings


def test_what_is_left_of_a_template_is_said_once(project: Path) -> None:
    """Placeholders and hints are one finding each, which counts them and names their lines."""
    begun(project, "case")
    left = frozenset({"POL013", "POL032"})
    placeholders, hints = check_project(project, select=left).findings

    assert "6 texts are still to be filled in, the first in line 3" == placeholders.message
    assert "write what the page says, also in lines 7, 16, 17, 18 and 25" == placeholders.hint
    assert "28 comments are hints of the template, the first in line 3" == hints.message


@each("kind", FILLED)
def test_next_steps_are_comments(kind: str) -> None:
    """The next steps are comments in the record, with the day that was given."""
    text = template(find_kind(kind), "x", date(2031, 5, 7))
    told = [comment.text for comment in find_comments(parse(text.encode(), ""))]

    assert any(line.startswith("# Next: ") for line in told)
    assert "#   interpol-dataset validate" in told
    assert {"2031-05-07", "2031-06-30"} >= set(re.findall(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", text))


def test_existing_id(project: Path) -> None:
    """A record that is there already is not overwritten."""
    outcome = run("new", "case", "alpha-i", "--root", project)

    assert 2 == outcome.code
    assert "this record exists already" in outcome.err
    assert mini.FILES["cases/alpha-i.yaml"] == (
        project / "data" / "records" / "cases" / "alpha-i.yaml"
    ).read_text("utf-8")


BAD_IDS = (
    *("../x", "a/b", "/etc/x", "..", ".", "", "A", "a_b", "a b", "a--b", "a-", "a.yaml", "ä"),
    *("a\n", "a\x00", "~", "a\\b", "a" * 81),
)


@each("id_", BAD_IDS)
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


def test_retired_id(project: Path) -> None:
    """An id that a record once had is not given again; in another table it is free."""
    outcome = run("new", "case", "alpha-2", "--root", project)

    assert 2 == outcome.code
    assert "'alpha-2' is retired" in outcome.err
    assert not (project / "data" / "records" / "cases" / "alpha-2.yaml").exists()
    assert 0 == run("new", "lesson", "alpha-2", "--root", project).code


def test_all_placeholders_are_found_at_once(project: Path) -> None:
    """Each placeholder of a fresh record is named, also where others have the wrong form."""
    run("new", "source", "daily-2023-beta", "--root", project)
    run("new", "case", "beta", "--root", project)
    path = project / "data" / "records" / "cases" / "beta.yaml"
    outcome = run("validate", path, "--root", project)
    found = re.findall(r"cases/beta\.yaml:([0-9]+):", outcome.out)
    for more in re.findall(r"also in lines? ([0-9, and]+)", outcome.out):
        found += re.findall("[0-9]+", more)
    expected = {
        number
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "..." in line.partition("#")[0]
    }

    assert expected == {*map(int, found)}


@pytest.mark.parametrize("kind", [*FILLED, "organization", "metric", "object"])
def test_two_drafts_have_nothing_in_common(project: Path, kind: str) -> None:
    """A placeholder is no name and no address: no draft is said to be another one."""
    for id_ in ("daily-2023-a", "daily-2023-b", "daily-2023-c", "europol-2023-d"):
        assert 0 == run("new", kind, id_, "--root", project).code

    found = {finding.rule for finding in check_project(project).findings}
    assert found.isdisjoint({"PKG008", "PKG010", "PKG012", "PKG013", "POL030", "POL031"})
    assert found
