"""Tests of the command ``export``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import interpol_dataset

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


@pytest.mark.parametrize("format_", ["parquet", "csv", "json", "jsonl"])
def test_export(run: Run, built: Path, tmp_path: Path, format_: str) -> None:
    """An export says what it wrote, and loads again."""
    target = tmp_path / "out"
    outcome = run("export", target, "--format", format_, "--package", built)
    sizes = [path.stat().st_size for path in target.iterdir()]

    assert 0 == outcome.code
    assert f"{len(sizes)} files, {sum(sizes):,} bytes, {format_}" in outcome.out
    assert 2 == len(interpol_dataset.load(target).cases)


@pytest.mark.parametrize("format_", ["sqlite", "duckdb", "xlsx"])
def test_export_for_other_programs(run: Run, built: Path, tmp_path: Path, format_: str) -> None:
    """A database or workbook is written, and what it is for is said where it is loaded."""
    target = tmp_path / "out"
    outcome = run("export", target, "--format", format_, "--package", built)
    loaded = run("info", "--package", target)

    assert 0 == outcome.code
    assert (target / f"interpol-dataset.{format_}").is_file()
    assert 2 == loaded.code
    assert "is for other programs" in loaded.err


def test_export_refuses_strangers(run: Run, built: Path, tmp_path: Path) -> None:
    """A directory with other files is left alone."""
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    outcome = run("export", tmp_path, "--package", built)

    assert 2 == outcome.code
    assert "not an earlier export" in outcome.err
    assert ["mine.txt"] == [path.name for path in tmp_path.iterdir()]


def test_export_into_the_directory_one_is_in(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The current directory is not replaced."""
    monkeypatch.chdir(tmp_path)
    outcome = run("export", ".", "--package", built)

    assert 2 == outcome.code
    assert "the current directory can't be replaced" in outcome.err
    assert [] == list(tmp_path.iterdir())
