"""Tests of the command ``total``."""

import json
from pathlib import Path

import pytest

from helpers.command import run


def test_total(built: Path) -> None:
    """A total is printed in each format; the line below it says what it is, beside the data."""
    text = run("total", "arrests", "--by", "series", "--package", built)
    rows = json.loads(run("total", "arrests", "--format", "json", "--package", built).out)
    csv = run("total", "arrests", "--format", "csv", "--package", built)
    markdown = run("total", "arrests", "--format", "markdown", "--package", built)

    assert text.code == 0
    assert text.out.startswith("series\tunit\tstated\twith_parts")
    assert "operations" in text.err
    assert {"unit", "stated", "with_parts", "lower", "upper"} < rows[0].keys()
    assert csv.out.startswith("unit,stated,with_parts,")
    assert markdown.out.startswith("| unit | stated |")


def test_bars_on_a_terminal(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal each group has a bar; the longest is that of the largest."""
    monkeypatch.setattr("interpol_dataset.cli.look._is_terminal", lambda: True)
    shown = run("total", "arrests", "--by", "year", "--package", built).out
    assert "█" * 30 in shown


def test_what_is_wrong_is_said(built: Path) -> None:
    """A condition that is none, and a metric that is none, are errors without a traceback."""
    for arguments in (["arrests", "--where", "x"], ["arests"], ["arrests", "--by", "yaer"]):
        outcome = run("total", *arguments, "--package", built)
        assert outcome.code == 2
        assert outcome.err.startswith("error: ")
