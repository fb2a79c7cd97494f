"""Tests that replay what the fuzzer starts from, and what once made it stop."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from helpers.each import each
from run import NAMES
from targets import TARGETS

FUZZ = Path(__file__).parents[1] / "fuzz"
INPUTS = [path for folder in ("corpus", "crashes") for path in sorted((FUZZ / folder).glob("*/*"))]


def test_every_target_has_a_corpus() -> None:
    """Each target is fuzzed, and from a few inputs that are none too large to be committed."""
    assert list(NAMES) == list(TARGETS)
    assert set(NAMES) == {path.name for path in (FUZZ / "corpus").iterdir()}
    assert sum(path.stat().st_size for path in FUZZ.glob("*/*/*")) < 100_000


@each("path", INPUTS)
def test_input(path: Path) -> None:
    """An input is read, or refused as it should be, in good time."""
    started = time.process_time()
    TARGETS[path.parent.name](path.read_bytes())

    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", ["quantity", "edtf", "fact_path"])
def test_target_finds_what_is_wrong(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A target fails where the code raises what it does not promise."""

    def wrong(_text: str) -> None:
        raise KeyError

    kind = {"quantity": "Quantity", "edtf": "Edtf", "fact_path": "FactPath"}[name]
    monkeypatch.setattr(f"targets.{kind}.parse", wrong)
    with pytest.raises(KeyError):
        TARGETS[name](b"2022")
