"""Tests of :mod:`interpol_dataset.totals.cases`: which convictions stand, and as of when."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.each import each
from helpers.strategies import source
from interpol_dataset.evidence.facts import facts_of
from interpol_dataset.records import models as m
from interpol_dataset.totals.cases import convictions_of
from interpol_dataset.totals.total import Total

COURT = source("court-2020", "court", "court")
#: A machine-written text never counts.
MACHINE = source("machine-2020", "ai_generated", "machine")


def step(text: str, source: str = COURT.id) -> tuple[str, dict[str, Any]]:
    """Return a step: "convicted 8 KEN 2018 crew", or "back 2 - 2020" of a conviction."""
    outcome, persons, country, year, *group = text.split()
    what = {"outcome": "taken-back", "what": "conviction"} if outcome == "back" else {}

    return source, {
        "outcome": outcome,
        **what,
        "persons": persons,
        "country": None if country == "-" else country,
        "year": int(year),
        "group": group[0] if group else None,
        "at": "lead",
    }


def standing(steps: Sequence[tuple[str, dict[str, Any]]]) -> dict[str | None, Total]:
    """Return what stands of convictions, by country."""
    case = m.Case.model_validate(
        {
            "id": "alpha",
            "name": "Alpha",
            "categories": ["fraud"],
            "summary": "S.",
            "reports": [{"source": COURT.id, "announced": {"value": "2020-01-01", "at": "lead"}}],
            "proceedings": [{"source": id_, "steps": [stated]} for id_, stated in steps],
        }
    )
    facts = facts_of(case, {item.id: item for item in (COURT, MACHINE)}, {})

    return {total.key.country: total for total in convictions_of(facts)}


@each(
    "steps, text, known",
    [
        (["convicted 8 KEN 2018"], "8", 2018),
        (["convicted 8 KEN 2018", "charged 3 KEN 2021"], "8", 2021),
        (["convicted 12 GNB 2020", "back 2 GNB 2022"], "10", 2022),
        (["convicted 3 KEN 2018 crew", "back 3 KEN 2018 crew"], "0", 2018),
        (["convicted 3 KEN 2018", "convicted 5 KEN 2020"], "5", 2020),
        # Of eight convicted, two appealed in vain.
        (["convicted 8 FRA 2022", "convicted >=2 FRA 2024"], "8", 2024),
        # The count of the later court is of those who were left.
        (["convicted 12 KEN 2018", "back 2 KEN 2020", "convicted 10 KEN 2020"], "10", 2020),
        # What was taken back before a later verdict is done with.
        (["convicted 5 KEN 2018", "back 5 KEN 2019", "convicted 4 KEN 2020"], "4", 2020),
        (["convicted 8 KEN 2018 crew", "convicted 2 KEN 2011", "back 1 KEN 2019"], "9", 2019),
        (["convicted 8 KEN 2018", "convicted ~30 UGA 2019"], "35 to 41", 2019),
        (["convicted >=8 KEN 2018", "back 1 KEN 2019"], "at least 7", 2019),
        # More than that court convicted, it can't have cleared of them.
        (["convicted 5 KEN 2018", "back 5 KEN 2020", "convicted 4 KEN 2020"], "4", 2020),
        (["convicted 5 KEN 2018", "back 5 KEN 2019", "convicted <=3 KEN 2020"], "up to 3", 2020),
        (["convicted 8 KEN 2018", "back 2 KEN 2019", "back 3 KEN 2021"], "3", 2021),
        (["convicted 12 KEN 2018", "back >=1 KEN 2020", "convicted 11 KEN 2020"], "11", 2020),
        (["back 2 KEN 2017", "convicted 8 KEN 2018"], "8", 2018),
        # Whose convictions they were that were taken back is not told.
        (["convicted 8 KEN 2018 crew", "back 3 KEN 2019"], "5 to 8", 2019),
        (["convicted 8 KEN 2018", "back 3 - 2019"], "5 to 8", 2019),
        (["convicted 8 KEN 2018", "back 3 UGA 2019"], "8", 2019),
        (["convicted 89 - 2017", "back 8 KEN 2019"], "81 to 89", 2019),
        (["convicted 89 - 2017", "back 8 KEN 2016"], "89", 2017),
        (["convicted 8 - 2018", "convicted 8 KEN 2018", "back 8 KEN 2019"], "0", 2019),
        # A total of several countries, beside what is known of one of them; a tribunal's.
        (["convicted 89 - 2017", "convicted 8 KEN 2018"], "89", 2018),
        (["convicted 1 - 2014", "convicted 8 KEN 2018"], "8", 2018),
    ],
)
def test_the_latest_count_stands_less_what_was_taken_back(
    steps: list[str], text: str, known: int
) -> None:
    """What is known of convictions is what later courts left of them."""
    total = standing([step(item) for item in steps])[None]
    assert (total.amount.text, total.known_until) == (text, known)


def test_a_country_has_its_own_and_says_what_was_taken_back() -> None:
    """What was taken back is among the facts of a total, and what was replaced is left out."""
    found = standing(
        [step(item) for item in ("convicted 3 KEN 2018", "convicted 5 KEN 2019", "back 1 KEN 2020")]
    )

    assert found["KEN"].facts == (
        "proceedings/convicted@KEN~2019",
        "proceedings/taken-back/conviction@KEN~2020",
    )
    assert found["KEN"].left_out == ("proceedings/convicted@KEN~2018",)
    assert found["KEN"].amount == found[None].amount


def test_a_later_count_replaces_what_was_taken_back() -> None:
    """Nothing of what was taken back is lost: it is left out with the count that it was of."""
    steps = [
        step(item) for item in ("convicted 12 KEN 2018", "back 2 KEN 2020", "convicted 10 KEN 2020")
    ]
    assert standing(steps)["KEN"].facts == ("proceedings/convicted@KEN~2020",)
    assert len(standing(steps)["KEN"].left_out) == 2


def test_what_a_machine_wrote_changes_nothing() -> None:
    """A source that never counts neither convicts nor clears."""
    counted = step("convicted 8 KEN 2018")
    assert standing([step("convicted 8 KEN 2018", MACHINE.id)]) == {}
    assert standing([counted, step("back 3 KEN 2019", MACHINE.id)]) == standing([counted])


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, dict[str, Any]]]:
    """Return steps of some countries and groups, each fact once."""
    places = st.sampled_from(["KEN 2018", "KEN 2019", "KEN 2020 crew", "UGA 2019", "- 2018"])
    kinds = st.sampled_from(["convicted", "back", "charged"])
    hedges, numbers = st.sampled_from(["", "", "~", ">=", "<="]), st.integers(0, 40)
    drawn = draw(st.lists(st.tuples(kinds, places), min_size=1, unique=True))

    return [
        step(f"{kind} {draw(hedges)}{draw(numbers)} {place}")
        for kind, place in draw(st.permutations(drawn))
    ]


@settings(max_examples=50)
@given(histories(), st.randoms(use_true_random=False))
def test_what_stands_is_within_what_was_counted(
    steps: list[tuple[str, dict[str, Any]]], random: Any
) -> None:
    """
    It is never negative, never above all that was counted, and the same in any order.

    Every step of it is told once, whether it counts or not.
    """
    found = standing(steps)
    shuffled = [*steps]
    random.shuffle(shuffled)
    counted = [m.ReportedStep.model_validate(item) for _, item in steps]
    uppers = [item.persons and item.persons.upper for item in counted if item.what is None]

    assert standing(shuffled) == found
    for total in found.values():
        assert 0 <= total.amount.lower <= total.amount.point
        assert total.amount.upper is None or total.amount.lower <= total.amount.upper
        if None not in uppers:
            assert total.amount.lower <= sum(uppers)
        of_place = [item for item in counted if total.key.country in {None, item.country}]
        told = [item.fact for item in of_place if item.outcome != "charged"]
        assert sorted([*total.facts, *total.left_out]) == sorted(told)


@settings(max_examples=50)
@given(histories())
def test_more_taken_back_leaves_no_more(steps: list[tuple[str, dict[str, Any]]]) -> None:
    """A later step by which some were cleared never raises what stands, wherever it was taken."""
    found = standing(steps)
    for place in ("KEN", "UGA", "-"):
        after = standing([*steps, step(f"back 3 {place} 2021"), step(f"back 1 {place} 2022 crew")])
        assert after.keys() == found.keys()
        for country, total in found.items():
            assert after[country].amount.lower <= total.amount.lower
