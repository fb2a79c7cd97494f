"""The page on what the gate catches has the numbers of the sets that are tested."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = (ROOT / "docs" / "dev" / "gate-and-drafter.md").read_text("utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "rules" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split(" | ")]


def test_the_numbers_are_those_of_the_sets() -> None:
    """There are more than 200 mistakes, and the page counts them and those that are found."""
    words, slips = _rows("mistakes.csv"), _rows("slips.csv")
    found = sum(bool(slip["rule"]) for slip in slips)
    page = " ".join(PAGE.split())

    assert len(words) > 200
    assert f"with {len(words)} words that" in page
    assert f"{len(slips)} slips in whole records (`tests/rules/slips.csv`; {found} are" in page
    assert f"words {sum(bool(word['meant']) for word in words)} have one meaning" in page


def test_every_survivor_is_listed_with_its_reason() -> None:
    """Nothing passes in silence: what passes is on the page, and nothing else."""
    survivors = [(slip["what"], slip["reason"]) for slip in _rows("slips.csv") if slip["reason"]]
    section = PAGE.partition("## What passes")[2].partition("\n## ")[0]
    listed = [tuple(_cells(line)) for line in section.splitlines() if line.startswith("| ")]

    assert survivors == listed[2:]


def test_the_recall_is_that_of_the_set() -> None:
    """The number of sentences is theirs; test_persons has those that pass."""
    number = len(_rows("persons.csv"))
    found = re.search(r"of (\d+) made-up sentences .*?\s(\d+), which is (\d+) %", PAGE, re.DOTALL)
    assert found

    assert (number, number - 8, 100 * (number - 8) // number) == tuple(map(int, found.groups()))
