"""Exceptions in records: they need a reason, a rule that allows them, and something to except."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from interpol_dataset.records.folder import read_records
from interpol_dataset.rules import gate
from interpol_dataset.rules.index import RULES

BASE: Final = Path(__file__).parents[1] / "faults" / "base" / "data" / "records"
TODAY: Final = date(2026, 11, 25)
NAMING: Final = "summary: The hackers Fancy Bearer were sought."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small project whose case ``beta`` seems to name a person."""
    target = tmp_path / "records"
    shutil.copytree(BASE, target)
    _edit(
        target,
        "cases/beta.yaml",
        "summary: Europol led raids on call centres, with support from INTERPOL.",
        NAMING,
    )

    return target


def _edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert 1 == text.count(old)
    (folder / name).write_text(text.replace(old, new), "utf-8")


def _found(folder: Path, **options: frozenset[str]) -> list[tuple[str, str]]:
    found = gate.findings(read_records(folder, "r"), today=TODAY, **options)

    return [(item.rule, str(item.place).removeprefix("r/")) for item in found]


def test_without_an_exception_the_rule_speaks(folder: Path) -> None:
    """The record that the other tests except is one that a rule finds."""
    assert [("POL006", "cases/beta.yaml:7:10")] == _found(folder)


def test_an_exception_with_a_reason_is_heard(folder: Path) -> None:
    """The finding is gone, and nothing else is reported."""
    _edit(folder, "cases/beta.yaml", NAMING, f"# allow POL006: the name of a group\n{NAMING}")

    assert [] == _found(folder)


@pytest.mark.parametrize("comment", ["# allow POL006", "# allow POL006:", "# allow POL006: short"])
def test_an_exception_needs_a_reason(comment: str, folder: Path) -> None:
    """Without one, both the finding and the comment are reported."""
    _edit(folder, "cases/beta.yaml", NAMING, f"{comment}\n{NAMING}")

    assert [("POL012", "cases/beta.yaml:7:1"), ("POL006", "cases/beta.yaml:8:10")] == _found(folder)


def test_an_exception_that_is_not_needed_is_reported(folder: Path) -> None:
    """It would hide the next fault."""
    _edit(
        folder, "cases/alpha.yaml", "edition: 2", "# allow POL006: the name of a group\nedition: 2"
    )

    assert ("POL012", "cases/alpha.yaml:6:1") in _found(folder)


@pytest.mark.parametrize("code", ["POL666", "pol006", "XYZ1", "POL-6"])
def test_an_exception_from_no_rule_is_reported(code: str, folder: Path) -> None:
    """A code with a slip in it would silently except nothing."""
    _edit(folder, "cases/beta.yaml", NAMING, f"# allow {code}: the name of a group\n{NAMING}")

    assert [("POL012", "cases/beta.yaml:7:1"), ("POL006", "cases/beta.yaml:8:10")] == _found(folder)


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if not rule.excusable])
def test_no_exception_from_what_tables_rest_on(code: str, folder: Path) -> None:
    """A record that breaks such a rule would vanish from the tables, or break their keys."""
    _edit(
        folder, "cases/alpha.yaml", "edition: 2", f"# allow {code}: we like it this way\nedition: 2"
    )

    assert ("POL012", "cases/alpha.yaml:6:1") in _found(folder)


def test_a_wrong_shape_can_not_be_excepted(folder: Path) -> None:
    """The finding stays."""
    _edit(
        folder,
        "cases/alpha.yaml",
        "edition: 2",
        "# allow SHP003: we like it this way\nedition: two",
    )

    assert {"SHP003", "POL012"} <= {rule for rule, _ in _found(folder)}


def test_other_comments_are_left_alone(folder: Path) -> None:
    """A comment that only begins alike is no exception."""
    _edit(folder, "cases/alpha.yaml", "edition: 2", "# allow for the second edition\nedition: 2")

    assert [("POL006", "cases/beta.yaml:7:10")] == _found(folder)


@pytest.mark.parametrize("style", ["|", ">-", "|2"])
def test_a_text_that_looks_like_an_exception_is_none(style: str, folder: Path) -> None:
    """What is in a block of text is text."""
    lines = ["The hackers Fancy Bearer were sought.", "# allow POL006: the name of a group"]
    block = f"summary: {style}\n  {lines[0]}\n  {lines[1]}\n"
    _edit(folder, "cases/beta.yaml", f"{NAMING}\n", block)

    assert [("POL006", "cases/beta.yaml:7:10")] == _found(folder)


def test_a_comment_below_a_block_of_text_is_one(folder: Path) -> None:
    """The first line that is no longer indented ends the text."""
    lines = ["The hackers Fancy Bearer were sought.", "# allow POL006: the name of a group"]
    block = f"summary: >-\n  {lines[0]}\n{lines[1]}\n"
    _edit(folder, "cases/beta.yaml", f"{NAMING}\n", block)

    assert [] == _found(folder)


def test_exceptions_do_not_depend_on_what_is_selected(folder: Path) -> None:
    """Leaving a rule out does not make its exceptions superfluous."""
    _edit(folder, "cases/beta.yaml", NAMING, f"# allow POL006: the name of a group\n{NAMING}")

    assert [] == _found(folder, ignore=frozenset({"POL006"}))
    assert [] == _found(folder, select=frozenset({"POL012"}))
