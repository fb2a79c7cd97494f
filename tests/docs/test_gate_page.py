"""The page on what the gate catches has the numbers of the sets that are tested."""

import csv
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = (ROOT / "docs" / "dev" / "gate-and-drafter.md").read_text("utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "rules" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("| ").split(" | ")]


def test_the_numbers_are_those_of_the_sets() -> None:
    """The page counts the words, slips and sentences, and those that are found."""
    words, slips, persons = map(_rows, ("mistakes.csv", "slips.csv", "persons.csv"))
    listed = {
        cells[0].strip("`").rpartition("/")[2]: tuple(map(int, cells[2:]))
        for cells in map(_cells, PAGE.splitlines())
        if cells[0].startswith("`tests/rules/")
    }

    assert listed == {
        "mistakes.csv": (len(words), len(words)),
        "slips.csv": (len(slips), sum(bool(slip["rule"]) for slip in slips)),
        "persons.csv": (len(persons), len(persons) - 8),  # test_persons has those that pass
    }


def test_every_survivor_has_its_reason() -> None:
    """Nothing passes in silence: of each slip there is the rule that finds it, or why none does."""
    assert [
        slip["what"] for slip in _rows("slips.csv") if bool(slip["rule"]) == bool(slip["reason"])
    ] == []
