"""Tests of :mod:`interpol_dataset.dataset.sentence`, and of what is shown of it."""

from datetime import date
from pathlib import Path
from typing import Any, cast

from helpers.command import run
from helpers.each import each
from interpol_dataset import Dataset
from interpol_dataset.dataset.facts import became, due, known_until

TAKEN_BACK = "proceedings/taken-back/conviction@GNB"
OUTCOME = {"outcome": "taken-back", "what": "conviction"}
#: Twelve were convicted; two of them were cleared in 2022, and one of another group in 2023.
STEPS = [
    {"fact": "proceedings/convicted@GNB~2020", "outcome": "convicted", "value_text": "12"},
    {"fact": f"{TAKEN_BACK}~2022", **OUTCOME, "value_text": "2"},
    {"fact": f"{TAKEN_BACK}~2023/crew", **OUTCOME, "value_text": "1", "group": "crew"},
]
STEP_ROWS = [
    {"country": "GNB", "what": None, "group": None, "year": year, "source_id": "daily"} | step
    for step, year in zip(STEPS, (2020, 2022, 2023), strict=True)
]


@each(
    "path, said",
    [
        ("proceedings/convicted@GNB~2020", "as of 2023; later 2 convictions taken back in 2022"),
        ("proceedings/charged@GNB~2019", "as of 2023"),
        ("proceedings/convicted@KEN~2018", "as of 2018"),
        ("proceedings/convicted/companies@GNB~2020", "as of 2023"),
        # A count of several countries, and what a machine wrote of another year.
        ("proceedings/convicted~2023", "as of 2023; later 1 conviction taken back in 2023"),
        ("outcomes/arrests@GNB", ""),
    ],
)
def test_a_step_says_as_of_when_and_what_was_taken_back(path: str, said: str) -> None:
    """Who cites a conviction sees in the same line that it was taken back."""
    by_machine = STEP_ROWS[1] | {"year": 2025, "source_id": None}
    assert known_until([*STEP_ROWS, by_machine], path) == said


NOT_FOUND = "What courts made of it was looked for on 1 December 2026 and not found."


@each(
    "convictions, steps, searched, said",
    [
        (("10", 2022), STEP_ROWS, None, "10 convictions stand, as of 2022."),
        (("1", 2022), STEP_ROWS, None, "1 conviction stands, as of 2022."),
        (("at least 1", 2022), STEP_ROWS, None, "At least 1 conviction stands, as of 2022."),
        (("0", 2022), STEP_ROWS, None, "No convictions stand, as of 2022."),
        (("at least 7", 2022), STEP_ROWS, None, "At least 7 convictions stand, as of 2022."),
        (None, STEP_ROWS, None, "No conviction is known that stands, as of 2023."),
        (None, [], date(2026, 12, 1), NOT_FOUND),
        (None, [], None, "Nobody has looked yet for what courts made of it."),
    ],
)
def test_a_sentence_says_what_became_of_a_case(
    convictions: tuple[str, int] | None,
    steps: list[dict[str, Any]],
    searched: date | None,
    said: str,
) -> None:
    """A reader sees whether nothing is known, or nobody has looked."""
    row = convictions and dict(zip(("value_text", "known_until"), convictions, strict=True))
    searches = [{"sought": "proceedings", "searched_on": searched}] if searched else []
    assert became(steps, [*searches, {"sought": "document"}], row) == said


def test_every_step_says_as_of_when(dataset: Dataset) -> None:
    """Neither `explain` nor `cite` lets a verdict stand without its year."""
    steps = [row for row in dataset.proceedings if row["case_id"] == "guinea-bissau-irt-cocaine"]
    for step in steps:
        said = dataset.explain(step["case_id"], step["fact"]).sentence
        assert "As of 2022" in said
        assert ", as of 2022" in dataset.cite(step["case_id"], step["fact"])

    rule = dataset.explain("guinea-bissau-irt-cocaine,convictions", "point", table="case_totals")
    assert rule.rule.endswith("; as of 2022")
    assert "as of" not in dataset.cite("haechi-iii", "arrests")
    assert "As of" not in dataset.explain("haechi-iii", "arrests").sentence


def test_what_was_taken_back_is_in_no_total(dataset: Dataset) -> None:
    """A conviction that a court took back stands beside the others, and is not counted."""
    totals = {r["case_id"]: r for r in dataset.case_totals if r["metric_id"] == "convictions"}
    assert any("taken-back" in path for row in totals.values() for path in row["facts"])
    assert totals["guinea-bissau-irt-cocaine"]["value_text"] == "10"
    assert "infra-terra" not in totals


ANNOUNCED = date(2022, 11, 24)


class Known:
    """Tables with one case, announced on 24 November 2022, and when it was looked up."""

    def __init__(self, searched: str | None = None, read: str | None = None) -> None:
        told = "proceedings/convicted~2023" if read else "exists"
        self._rows: dict[str, list[dict[str, Any]]] = {
            "cases": [{"id": "alpha", "announced": ANNOUNCED}, {"id": "b", "announced": None}],
            "sources": [{"id": "daily", "retrieved": read and date.fromisoformat(read)}],
            "searches": [
                {"record_id": "alpha", "searched_on": date.fromisoformat(day)}
                for day in filter(None, [searched])
            ],
            "evidence": [{"record_id": "alpha", "field": told, "source_id": "daily"}],
        }

    def rows(self, name: str, **_wanted: str) -> list[dict[str, Any]]:
        """Return the rows of a table."""
        return self._rows[name]


@each(
    "day, looked, is_due",
    [
        ("2023-11-23", None, False),  # less than a year ago
        ("2023-11-24", None, True),
        ("2023-11-24", "2024-01-01", True),  # on that day nobody had looked yet
        ("2024-11-23", "2023-12-01", False),
        ("2024-11-24", "2023-12-01", True),  # since then two years have passed
        ("2024-11-24", "2024-11-24", False),
        ("2027-11-23", "2024-11-24", False),
        ("2027-11-24", "2024-11-24", True),
        ("2040-01-01", "2028-01-01", False),
    ],
)
def test_a_case_is_due_after_one_two_and_five_years(
    day: str,
    looked: str | None,
    is_due: bool,  # noqa: FBT001  # a case of the table above
) -> None:
    """It is not, if somebody looked since: in vain, or in a page that tells of a step."""
    for tables in (Known(searched=looked), Known(read=looked)):
        assert due(cast("Any", tables), date.fromisoformat(day)) == ({"alpha"} if is_due else set())


def test_the_command_lists_what_is_due(built: Path) -> None:
    """Who looks for work finds it on the command line, of cases only."""
    due_ = ("list", "cases", "--due", "--package", built)
    listed = run(*due_, "--on", "2024-01-01", "--columns", "id")
    early = run(*due_, "--on", "2022-12-01")
    other = run("list", "sources", "--due", "--package", built)
    assert "alpha-ii" in listed.out
    assert "alpha-ii" not in early.out
    assert other.code
    assert "no row of 'sources' is ever due" in other.err
