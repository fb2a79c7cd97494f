"""Tests of the hints that are certain, and how they are applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from helpers import mini
from helpers.command import run
from interpol_dataset.findings import Fix
from interpol_dataset.records.fix import with_fixes
from interpol_dataset.validate.records import apply_fixes, check_project

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = "data/records"

#: Faults that can be fixed: file, what is there, the fault, and what fixing leaves.
FAULTS = {
    "tracking parameter": (
        "sources/seed.yaml",
        "language: en",
        "language: en\nurl: https://example.org/x?utm_source=a&b=1&fbclid=2#c  # kept",
        "url: https://example.org/x?b=1#c  # kept\n",
    ),
    "needless attribution": (
        "cases/alpha-i.yaml",
        "value: ~20,",
        "value: ~20, attributed_to: interpol,",
        "- {metric: arrests, value: ~20, at: last paragraph}\n",
    ),
    "repeated category": (
        "cases/alpha-ii.yaml",
        "[online-fraud, fraud]",
        "[online-fraud, fraud, online-fraud, fraud]",
        "categories: [online-fraud, fraud]\n",
    ),
    "needless preference": (
        "cases/alpha-ii.yaml",
        "prefer:\n",
        "prefer:\n  - {fact: outcomes/arrests, source: interpol-2022-alpha, reason: None.}\n",
        "prefer:\n  - {fact: outcomes/seizures/cocaine, ",
    ),
    "needless dispute": (
        "cases/alpha-ii.yaml",
        "disputes:\n",
        "disputes:\n  - {fact: outcomes/arrests, type: slip, reason: None.}\n",
        "disputes:\n  - {fact: country_count, ",
    ),
    "asserter among others": (
        "sources/daily-2022-alpha.yaml",
        "asserter: interpol",
        "asserter: interpol\nissued_with: [interpol]",
        "asserter: interpol\ntitle:",
    ),
    "repeated alias": (
        "cases/alpha-ii.yaml",
        "[ALPHA-II,",
        "[ALPHA-II, ALPHA-II,",
        "aliases: [ALPHA-II, '@lpha 2']\n",
    ),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a small project in canonical form."""
    root = mini.write(tmp_path / "project")
    assert 0 == run("fmt", "--root", root).code

    return root


def break_(root: Path, *faults: str) -> None:
    """Write faults into the records."""
    for fault in faults:
        name, old, new, _ = FAULTS[fault]
        path = root / RECORDS / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


def contents(root: Path) -> dict[str, str]:
    """Return all record files, by name."""
    folder = root / RECORDS

    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("fault", FAULTS)
def test_certain_hints(project: Path, fault: str) -> None:
    """What can be fixed for certain is fixed, in that file only, and once."""
    before = contents(project)
    break_(project, fault)
    name, _, _, expected = FAULTS[fault]
    first = run("validate", "--fix", "--root", project)
    after = contents(project)
    second = run("validate", "--fix", "--root", project)

    assert (0, "no findings\n") == first[:2]
    assert first.err.startswith("fixed ")
    assert expected in after[name]
    assert {name} >= {path for path in after if before[path] != after[path]}
    assert (0, "fixed 0 of 0 findings\n") == (second.code, second.err)
    assert after == contents(project)


def test_several_at_once(project: Path) -> None:
    """Several faults of one file, and of several files, are fixed in one run."""
    break_(project, *FAULTS)
    outcome = run("validate", "--fix", "--root", project)
    after = contents(project)

    assert 0 == outcome.code
    assert "fixed 8 of 8 findings\n" == outcome.err
    assert all(expected in after[name] for name, _, _, expected in FAULTS.values())


def test_what_remains(project: Path) -> None:
    """What can't be fixed for certain remains, and decides the exit code."""
    break_(project, "repeated category")
    path = project / RECORDS / "cases" / "alpha-ii.yaml"
    path.write_text(path.read_text("utf-8").replace("case: alpha-i}", "case: alpha-x}"), "utf-8")
    outcome = run("validate", "--fix", "--root", project)

    assert (1, "fixed 2 of 3 findings\n") == (outcome.code, outcome.err)
    assert "PKG004" in outcome.out
    assert "MNG010" not in outcome.out


def test_only_selected(project: Path) -> None:
    """What was not selected is not fixed."""
    break_(project, "repeated category", "repeated alias")
    run("validate", "--fix", "--select", "MNG010", "--root", project)
    text = contents(project)["cases/alpha-ii.yaml"]

    assert "categories: [online-fraud, fraud]\n" in text
    assert "[ALPHA-II, ALPHA-II," in text


def test_comments_follow_their_values(project: Path) -> None:
    """A comment stays with its value, also where an earlier item of the list goes."""
    break_(project, "needless preference")
    path = project / RECORDS / "cases" / "alpha-ii.yaml"
    text = path.read_text("utf-8")
    text = text.replace(
        "  - {fact: outcomes/arrests", "  # of what goes\n  - {fact: outcomes/arrests"
    )
    text = text.replace("  - {fact: outcomes/seiz", "  # of what stays\n  - {fact: outcomes/seiz")
    path.write_text(text.replace("has a slip.}", "has a slip.}  # behind it"), "utf-8")
    run("validate", "--fix", "--root", project)
    after = path.read_text("utf-8")

    assert "  # of what stays\n  - {fact: outcomes/seizures/cocaine, " in after
    assert "has a slip.}  # behind it\n" in after
    assert "# of what goes\nprefer:\n" in after


def test_nothing_half_written(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file can't be written it stays whole, nothing lies about, and the exit code is 2."""
    break_(project, "repeated category")
    before = contents(project)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    outcome = run("validate", "--fix", "--root", project)

    assert 2 == outcome.code
    assert "error: No space left on device" in outcome.err
    assert before == contents(project)


def test_mend_counts(project: Path) -> None:
    """The number of findings that were fixed is given back."""
    break_(project, "repeated category")

    assert [2, 0] == [apply_fixes(project, check_project(project)) for _ in range(2)]


def test_fixed_leaves_the_data_alone() -> None:
    """Changes are made to a copy; later places go first, so that all paths lead where they did."""
    data = {"a": list("abcdefghijklm"), "b": {"c": "1", "d": "2"}}
    fixes = [Fix(("a", 2)), Fix(("a", 10)), Fix(("a", 1)), Fix(("b", "c"), "3"), Fix(("b", "d"))]

    assert {"a": list("adefghijlm"), "b": {"c": "3"}} == with_fixes(data, fixes)
    assert {"a": list("abcdefghijklm"), "b": {"c": "1", "d": "2"}} == data
