"""Tests of :mod:`interpol_dataset.dataset.diff` and of how a comparison is written."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import html5lib
import pytest
from markdown_it import MarkdownIt

import interpol_dataset
from helpers import mini
from helpers.each import each
from helpers.edit import descriptor as described_in
from helpers.edit import edit
from interpol_dataset.build import build
from interpol_dataset.dataset.diff import (
    RENDERINGS,
    CellChange,
    Diff,
    FactChange,
    FactState,
    Level,
    SchemaChange,
)
from interpol_dataset.tables import metadata

NOTHING = Diff(("1.2.3", "1.2.3"), ("2.0", "2.0"), (), (), (), (), ())


def compare(built: Path, project: Path) -> Diff:
    """Build a project that was edited, and compare it with what it was."""
    build(project)
    return interpol_dataset.load(built).diff(interpol_dataset.load(project))


def test_nothing_changed(built: Path, project: Path) -> None:
    """A package does not differ from itself."""
    changes = compare(built, project)
    assert replace(NOTHING, versions=changes.versions, rules=changes.rules) == changes
    assert (changes.level, changes.is_versioned) == (Level.NONE, True)


def test_a_digit(built: Path, project: Path) -> None:
    """A corrected digit is one fact with its reason, and asks for a patch release."""
    mini.change(project, "cases/alpha-ii.yaml", "value: 975", "value: 976")
    changes = compare(built, project)

    states = (FactState(number, None, "documented") for number in ("975", "976"))
    reasons = ("interpol-2022-alpha says 976, was recorded as 975",)
    change = FactChange("cases", "alpha-ii", "outcomes/arrests", *states, reasons)
    assert (change,) == changes.facts
    assert (changes.records, changes.evidence, changes.cells, changes.schema) == ((), (), (), ())
    assert Level.PATCH is changes.level


def test_a_renamed_case(built: Path, project: Path) -> None:
    """A renamed case is a redirect and a new id, and asks for a minor release."""
    cases = project / "data" / "records" / "cases"
    (cases / "alpha-i.yaml").rename(cases / "alpha-1.yaml")
    mini.change(project, "cases/alpha-1.yaml", "id: alpha-i", "id: alpha-1")
    mini.change(project, "cases/alpha-ii.yaml", "case: alpha-i}", "case: alpha-1}")
    mini.change(project, "lessons/work-together.yaml", "case: alpha-i,", "case: alpha-1,")
    with (project / "data" / "records" / "retired_ids.yaml").open("a", encoding="utf-8") as file:
        file.write("- {table: cases, id: alpha-i, redirect: alpha-1, reason: Arabic numerals.}\n")
    changes = compare(built, project)

    assert [*changes.records] == [
        ("cases", "alpha-1", "added", "Operation Alpha"),
        ("cases", "alpha-i", "redirected", "alpha-1"),
    ]
    assert changes.schema == ()
    assert Level.MINOR is changes.level


def test_a_lost_case(built: Path, project: Path) -> None:
    """A published id that is gone without a word asks for a major release."""
    (project / "data" / "records" / "cases" / "alpha-i.yaml").unlink()
    mini.change(project, "cases/alpha-ii.yaml", "  - {type: follows, case: alpha-i}\n", "")
    mini.change(project, "lessons/work-together.yaml", "cases:\n  - {case: alpha-i,", "# {")
    changes = compare(built, project)
    assert [change[:3] for change in changes.records] == [("cases", "alpha-i", "lost")]
    assert Level.MAJOR is changes.level


def test_other_rules(built: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other rules of verification ask for a major release, also where no value changed."""
    monkeypatch.setitem(metadata._METADATA, "verificationRuleVersion", "9.9")  # noqa: SLF001
    changes = compare(built, project)
    assert changes.rules[1] == "9.9"
    assert changes.facts == ()
    assert Level.MAJOR is changes.level


def test_what_decides_a_status_is_the_reason(built: Path, project: Path) -> None:
    """A source that is judged otherwise explains the statuses that moved."""
    mini.change(project, "sources/interpol-2022-alpha.yaml", "kind: official", "kind: news")
    changes = compare(built, project)
    assert CellChange("sources", "interpol-2022-alpha", "kind", "official", "news") in changes.cells
    assert changes.facts
    reason = "interpol-2022-alpha: kind is now news, was official"
    assert all(reason in fact.why for fact in changes.facts)


def test_schema(built: Path, tmp_path: Path) -> None:
    """A renamed column breaks old queries; an added one does not."""
    old, new = interpol_dataset.load(built), tmp_path / "new"
    old.export(new, "csv", tables=["metrics"])
    edit(new / "metrics.csv", ("dimension", "measure"))
    with described_in(new) as described:
        (resource,) = described["resources"]
        for field in resource["schema"]["fields"]:
            field["name"] = field["name"].replace("dimension", "measure")
    changes = old.diff(interpol_dataset.load(new))

    assert {
        SchemaChange("metrics", "dimension", "removed", is_breaking=True),
        SchemaChange("metrics", "measure", "added", is_breaking=False),
        SchemaChange("cases", None, "removed", is_breaking=True),
    } <= set(changes.schema)
    assert Level.MAJOR is changes.level


def test_a_directory_may_be_named(built: Path, current: Path) -> None:
    """The later version may be the directory of a package; nothing else is one."""
    old = interpol_dataset.load(built)
    for path in (current, str(current)):
        assert old.diff(interpol_dataset.load(current)) == old.diff(path)
    for wrong in ("nowhere", None, 5):
        with pytest.raises(interpol_dataset.PackageError):
            old.diff(wrong)  # type: ignore[arg-type]  # what a user may write


def test_a_version_without_end(built: Path, tmp_path: Path) -> None:
    """A version of thousands of digits is an error that names its file, whatever is shown of it."""
    old, new = interpol_dataset.load(built), tmp_path / "new"
    old.export(new, "csv", tables=["metrics"])
    with described_in(new) as described:
        described["version"] = f"1.{'9' * 5000}.0"
    with pytest.raises(interpol_dataset.PackageError, match=r"the version has 5,004") as caught:
        old.diff(new)
    assert str(new / "datapackage.json") == caught.value.where


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_a_version_is_no_markup(name: str) -> None:
    """A version that looks like a picture or a link is shown as it is written."""
    changes = replace(NOTHING, versions=("<img src=x> www.example.org", "[x](https://example.org)"))
    shown = RENDERINGS[name](replace(changes, facts=(FactChange("a", "b", "", None, None, ()),)))
    page = MarkdownIt().render(shown) if name == "markdown" else shown
    assert not re.search("<img|<a |href=", page)
    assert name == "html" or not re.search(r"www\.|://", shown)  # GitHub makes links of these
    assert "www.example.org" in unescape(page)
    assert "[x](https://example.org)" in unescape(page)


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_a_heading_counts_facts(name: str) -> None:
    """What is said of facts of another status is how many there are, not how many rows tell it."""
    moves = [("documented", "reported"), ("documented", "reported"), ("documented", "corroborated")]
    facts = tuple(
        FactChange("cases", "a", "", *(FactState("1", None, status) for status in move), ())
        for move in moves
    )
    written = RENDERINGS[name](replace(NOTHING, facts=facts))

    assert "Facts of another status (3)" in written
    assert "Facts (3)" in written


@each(
    "old, new, level, enough",
    [
        ("1.2.3", "2.0.0", Level.MAJOR, True),
        ("1.2.3", "1.3.0", Level.MAJOR, False),
        ("1.2.3", "1.3.0", Level.MINOR, True),
        ("1.2.3", "1.2.4", Level.MINOR, False),
        ("1.2.3", "1.2.4", Level.PATCH, True),
        ("1.2.3", "1.2.3", Level.PATCH, False),
        ("1.2.3", "1.2.3", Level.NONE, True),
        ("1.2.3", "1.2.2", Level.NONE, False),
        ("1.2.3", "1.1.9", Level.PATCH, False),
        ("0.1.0", "0.2.0", Level.MAJOR, True),
        ("0.1.0", "0.1.1", Level.MAJOR, False),
        ("0.1.0", "0.1.1", Level.MINOR, True),
        ("0.1.0", "1.0.0", Level.MAJOR, True),
    ],
)
def test_version_says_so(old: str, new: str, level: Level, *, enough: bool) -> None:
    """A version number moves as far as the changes ask for."""
    changes = replace(NOTHING, versions=(old, new))
    changes.__dict__["level"] = level
    assert enough is changes.is_versioned


def test_every_format_says_the_same(built: Path, project: Path) -> None:
    """All formats name the fact, and how it changed; HTML is valid; JSON is plain."""
    mini.change(project, "cases/alpha-ii.yaml", "value: 975", "value: 976")
    changes = compare(built, project)
    written = {name: render(changes) for name, render in RENDERINGS.items()}

    assert "alpha-ii outcomes/arrests: 975 [documented] -> 976 [documented]" in written["text"]
    assert "| alpha-ii | outcomes/arrests | 975 " in written["markdown"]
    assert "- facts with another value: 1" in written["changelog"]
    html5lib.HTMLParser(strict=True).parse(written["html"])
    assert "<td>outcomes/arrests</td>" in written["html"]
    assert json.loads(json.dumps(changes.to_dict()))["facts"][0]["new"]["value"] == "976"


def test_text_of_strangers_is_no_markup(built: Path, project: Path) -> None:
    """A title that is markup shows as it is in Markdown and HTML."""
    markup = "<b>[x](javascript:1)</b> | *"
    mini.change(project, "sources/daily-2022-alpha.yaml", "=Results", markup)
    changes = compare(built, project)
    for name in ("markdown", "html"):
        text = RENDERINGS[name](changes)
        assert "<b>" not in text
        assert "[x](" not in text or name == "html"
