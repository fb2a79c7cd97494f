"""Tests of the command ``export``."""

from pathlib import Path

import pytest

from helpers.command import run
from helpers.each import each
from interpol_dataset.package.formats import FORMATS


@each("format_", ["parquet", "csv", "json", "jsonl", "sqlite", "duckdb", "xlsx"])
def test_export(built: Path, tmp_path: Path, format_: str) -> None:
    """An export says what it wrote, and loads again, or what it is for instead."""
    target = tmp_path / "out"
    outcome = run("export", target, "--format", format_, "--package", built)
    sizes = [path.stat().st_size for path in target.iterdir()]
    loaded = run("info", "--package", target)

    assert outcome.code == 0
    assert f"{len(sizes)} files, {sum(sizes):,} bytes, {format_}" in outcome.out
    if format_ in FORMATS:
        assert (loaded.code, "cases\t2" in loaded.out) == (0, True)
    else:
        assert (target / f"interpol-dataset.{format_}").is_file()
        assert (loaded.code, "is for other programs" in loaded.err) == (2, True)


def test_what_is_kept(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the current directory is replaced nor one with other files."""
    monkeypatch.chdir(tmp_path)
    here = run("export", ".", "--package", built)
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    outcome = run("export", tmp_path / "..", "--package", built)

    assert (here.code, outcome.code) == (2, 2)
    assert "the current directory can't be replaced" in here.err
    assert "not an earlier export" in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
