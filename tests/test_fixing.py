"""Tests of :mod:`interpol_dataset.fixing` and of ``validate --fix``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.findings import Fix
from interpol_dataset.fixing import fixed

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


def test_fixes_change_and_remove() -> None:
    """Values are written and taken out; what is removed later does not move earlier paths."""
    data = {"a": ["x", "y", "z"], "b": {"c": "1", "d": "2"}}
    fixes = [Fix(("a", 0)), Fix(("a", 2)), Fix(("b", "c"), "9"), Fix(("b", "d"))]

    assert {"a": ["y"], "b": {"c": "9"}} == fixed(data, fixes)
    assert ["x", "y", "z"] == data["a"]


def test_removals_follow_the_order_of_numbers() -> None:
    """The eleventh item is removed before the second, not the other way round."""
    assert [0, *range(2, 10)] == fixed(list(range(11)), [Fix((1,)), Fix((10,))])


def test_certain_remedies_are_applied(run: Run, project: Path) -> None:
    """What is certain is mended with comments kept, what is not remains, other files are left."""
    case = project / "data" / "records" / "cases" / "alpha-ii.yaml"
    source = project / "data" / "records" / "sources" / "daily-2022-alpha.yaml"
    other = project / "data" / "records" / "cases" / "alpha-i.yaml"
    case.write_text(
        case.read_text("utf-8").replace(
            "categories: [online-fraud, fraud]",
            "# main first\ncategories: [online-fraud, fraud, online-fraud]  # both",
        ),
        "utf-8",
    )
    source.write_text(
        source.read_text("utf-8").replace(
            "daily-2022-alpha\npublished", "daily-2022-alpha?utm_source=x&id=1\npublished"
        ),
        "utf-8",
    )
    before = other.read_bytes()
    first = run("validate", "--root", project, "--fix")
    text = case.read_text("utf-8")

    assert 0 == first.code
    assert "mended 2 of 2 findings" in first.err
    assert "# main first\ncategories: [online-fraud, fraud]  # both\n" in text
    assert "url: https://example.org/daily-2022-alpha?id=1\n" in source.read_text("utf-8")
    assert before == other.read_bytes()
    assert "mended 0 of 0" in run("validate", "--root", project, "--fix").err


def test_what_remains_decides_the_exit_code(run: Run, project: Path) -> None:
    """A fault without a certain remedy is still told, and fails."""
    case = project / "data" / "records" / "cases" / "alpha-ii.yaml"
    case.write_text(case.read_text("utf-8").replace("value: 975", "value: 9e2"), "utf-8")
    outcome = run("validate", "--root", project, "--fix")

    assert 1 == outcome.code
    assert "SHP008" in outcome.out
