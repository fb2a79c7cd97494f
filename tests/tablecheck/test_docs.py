"""The page on the table check says what is there, and its examples run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from interpol_dataset import tablecheck
from interpol_dataset.tablecheck import limits

PAGE = Path(__file__).parents[2] / "docs" / "tablecheck.md"
TEXT = PAGE.read_text("utf-8")


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example gives what the page says."""
    monkeypatch.chdir(tmp_path)
    examples = "\n".join(re.findall(r"```pycon\n(.*?)```", TEXT, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, PAGE.name, str(PAGE), 0)
    told: list[str] = []

    failures = doctest.DocTestRunner().run(test, out=told.append).failed
    assert 0 == failures, "".join(told)


@pytest.mark.parametrize("name", tablecheck.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    """A name that can be imported is on the page."""
    assert re.search(rf"`{name}\b", TEXT)


@pytest.mark.parametrize("name", [name for name in vars(limits) if name.startswith("MAX_")])
def test_every_limit_is_documented(name: str) -> None:
    """The table of limits has each limit, with its number."""
    value = getattr(limits, name)
    shown = f"{value:,}" if value % (1 << 20) else f"{value >> 20} MB"

    assert f"| `{name}` | {shown} |" in TEXT
