"""The page on the table check says what is there, and its examples run."""

import doctest
import re
from pathlib import Path

import pytest

from interpol_dataset import tablecheck
from interpol_dataset.tablecheck import faults as limits

PAGE = Path(__file__).parents[2] / "docs" / "dev" / "tablecheck.md"
TEXT = PAGE.read_text("utf-8")


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example gives what the page says."""
    monkeypatch.chdir(tmp_path)
    examples = "\n".join(re.findall(r"```pycon\n(.*?)```", TEXT, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, PAGE.name, str(PAGE), 0)
    told: list[str] = []
    failures = doctest.DocTestRunner().run(test, out=told.append).failed
    assert failures == 0, "".join(told)


def test_every_public_name_and_every_limit_is_documented() -> None:
    """A name that can be imported is on the page, and so is each limit with its number."""
    sizes = {name: value for name, value in vars(limits).items() if name.startswith("MAX_")}
    shown = {n: f"{v:,}" if v % (1 << 20) else f"{v >> 20} MB" for n, v in sizes.items()}
    assert [name for name in tablecheck.__all__ if not re.search(rf"`{name}\b", TEXT)] == []
    assert [name for name, size in shown.items() if f"| `{name}` | {size} |" not in TEXT] == []
