"""Tests of the examples in README, CONTRIBUTING and docs: what they show is what happens."""

import re
import shlex
from pathlib import Path

import duckdb
import pytest

import interpol_dataset
from helpers.command import run

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("[!r]*/*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    """Return the code blocks of a page in a language."""
    return re.findall(
        rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )


def runs(page: Path) -> list[tuple[str, str]]:
    """Return the commands of this package that a page shows with what they print."""
    shown = (run for block in blocks(page, "console") for run in block.split("$ ")[1:])
    pairs = (run.partition("\n")[::2] for run in shown)
    return [(command, out) for command, out in pairs if command.startswith("interpol") and out]


def pattern(shown: str) -> str:
    """Return a pattern for output: a line of dots is any lines, dots in one any text."""
    any_lines, any_text = r"(?:.*\n)*", ".*"
    lines = (
        any_lines
        if line.strip() == "..."
        else any_text.join(map(re.escape, line.split("..."))) + r"\n"
        for line in shown.splitlines()
    )

    return "".join(lines)


def test_readme_shows_what_explain_prints() -> None:
    """The sample in the README is what the command prints; if not, copy it from there."""
    ((command, shown),) = runs(ROOT / "README.md")
    done = run(*shlex.split(command)[1:])
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(pattern(shown), done.out), done.out


def test_contributing_shows_real_records() -> None:
    """The record in CONTRIBUTING is one of the dataset, to the letter."""
    shown = [block for block in blocks(ROOT / "CONTRIBUTING.md", "yaml") if "\nid: " in block]
    records = [
        next((ROOT / "data" / "records").glob(f"*/{id_}.yaml")).read_text("utf-8")
        for block in shown
        for id_ in re.findall(r"^id: (.*)$", block, re.MULTILINE)
    ]

    assert len(shown) == 1
    assert records == shown


def test_other_pages_show_no_output() -> None:
    """Output that is shown elsewhere would need a test here."""
    assert [page.name for page in PAGES[1:] if runs(page)] == []


def test_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python of the README runs as it is, line by line, and leaves an export."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for code in blocks(ROOT / "README.md", "python"):
        exec(code, names)  # noqa: S102  # the project's own page
    assert (tmp_path / "out" / "case_totals.parquet").is_file()


def test_queries(
    dataset: interpol_dataset.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queries in the pages run on an export, and find something."""
    dataset.export(tmp_path / "out", "parquet")
    monkeypatch.chdir(tmp_path)
    pages = [page for page in PAGES if page.name != "questions.md"]  # its views have their own test
    queries = [query for page in pages for query in blocks(page, "sql")]
    assert queries
    assert [query for query in queries if not duckdb.sql(query).fetchall()] == []
