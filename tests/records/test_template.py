"""Tests of the beginnings of records."""

import re
from datetime import date
from pathlib import Path

import pytest

from helpers import mini
from helpers.command import run
from helpers.each import each
from interpol_dataset.errors import NotationError
from interpol_dataset.records.document import find_comments, parse
from interpol_dataset.records.formatter import check_id, modeline, template
from interpol_dataset.validate.records import check_project, find_kind

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
    "category": {"name: ...": "name: New", "description: ...": "description: What is new."},
    "challenge": {
        "name: ...": "name: New",
        "statement: ...": "statement: What is new is unknown.",
        "{source: ..., finds: ..., at: ...}": "{source: daily-2022-alpha, finds: partly, at: lead}",
        "case, looked_for: ..., on: ...": "case, looked_for: News, on: 2026-11-24",
    },
    "lesson": {
        "name: ...": "name: New",
        "statement: ...": "statement: What is new can be learnt.",
        "{source: ..., finds: ..., at: ...}": "{source: daily-2022-alpha, finds: partly, at: lead}",
        "case, looked_for: ..., on: ...": "case, looked_for: News, on: 2026-11-24",
        "example, looked_for: ..., on: ...": "example, looked_for: Old news, on: 2026-11-24",
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
    assert (outcome.code, outcome.err) == (0, "")
    assert str(path) in outcome.out
    return path


@each("kind", FILLED)
def test_nothing_may_be_left(tmp_path: Path, kind: str) -> None:
    """A new record can be read, and the gate finds each placeholder; hints go with the last."""
    project = mini.write(tmp_path)
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

    def left_over(**options: frozenset[str]) -> None:
        found = check_project(project, **options).findings
        assert {finding.place.path for finding in found} == {path.as_posix()}
        assert {finding.rule for finding in found} <= PLACEHOLDERS

    assert parse(path.read_bytes(), "").defects == ()
    assert begin.startswith(f"{modeline(find_kind(kind))}\n")
    left_over()
    for placeholder in FILLED[kind]:
        path.write_text(filled(placeholder), "utf-8")
        assert run("fmt", path, "--root", project).code == 0
        assert "# Next: " in path.read_text("utf-8")
        left_over(ignore=uncited | hints)

    path.write_text(filled(), "utf-8")
    assert [item.rule for item in check_project(project, ignore=uncited).findings] == ["POL032"]
    assert run("fmt", path, "--root", project).code == 0
    assert check_project(project, ignore=uncited).findings == ()


def test_what_is_left_of_a_template_is_said_once(project: Path) -> None:
    """Placeholders and hints are one finding each, which counts them and names their lines."""
    begun(project, "case")
    left = frozenset({"POL013", "POL032"})
    placeholders, hints = check_project(project, select=left).findings
    assert placeholders.message == "6 texts are still to be filled in, the first in line 3"
    assert placeholders.hint == "write what the page says, also in lines 7, 16, 17, 18 and 25"
    assert hints.message == "32 comments are hints of the template, the first in line 3"


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
    path = project / "data" / "records" / "cases" / "alpha-i.yaml"
    assert outcome.code == 2
    assert "this record exists already" in outcome.err
    assert path.read_text("utf-8") == mini.FILES["cases/alpha-i.yaml"]


def test_bad_id(project: Path) -> None:
    """What is no id names no file: it is exit code 2, and nothing is written anywhere."""
    for id_ in BAD_IDS:
        with pytest.raises(NotationError, match="is not an id"):
            check_id(id_)
    before = sorted(project.parent.rglob("*"))
    for id_ in ("../x", "a/b", "", "a\n", "A"):
        assert run("new", "case", id_, "--root", project)[:2] == (2, "")
    assert sorted(project.parent.rglob("*")) == before


def test_unknown_kind(project: Path, tmp_path: Path) -> None:
    """A kind that can't be begun is exit code 2, with those that can; so is a lack of records."""
    for kind in ("cases", "metrics", "nope", ""):
        outcome = run("new", kind, "x", "--root", project)
        assert outcome[:2] == (2, "")
        assert all(f"'{name}'" in outcome.err for name in FILLED)
    (tmp_path / "empty").mkdir()
    assert run("new", "case", "brand-new", "--root", tmp_path / "empty").code == 2
    assert [*(tmp_path / "empty").iterdir()] == []


BAD_IDS = (
    *("../x", "a/b", "/etc/x", "..", ".", "", "A", "a_b", "a b", "a--b", "a-", "a.yaml", "ä"),
    *("a\n", "a\x00", "~", "a\\b", "a" * 81),
)


def test_retired_id(project: Path) -> None:
    """An id that a record once had is not given again; in another table it is free."""
    outcome = run("new", "case", "alpha-2", "--root", project)
    assert outcome.code == 2
    assert "'alpha-2' is retired" in outcome.err
    assert not (project / "data" / "records" / "cases" / "alpha-2.yaml").exists()
    assert run("new", "lesson", "alpha-2", "--root", project).code == 0


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


@each("kind", [*FILLED, "organization", "metric", "object"])
def test_two_drafts_have_nothing_in_common(tmp_path: Path, kind: str) -> None:
    """A placeholder is no name and no address: no draft is said to be another one."""
    project = mini.write(tmp_path)
    for id_ in ("daily-2023-a", "daily-2023-b", "daily-2023-c", "europol-2023-d"):
        assert run("new", kind, id_, "--root", project).code == 0
    found = {finding.rule for finding in check_project(project).findings}
    assert found
    assert found.isdisjoint({"PKG008", "PKG010", "PKG012", "PKG013", "POL030", "POL031"})
