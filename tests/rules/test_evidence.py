"""Tests of :mod:`interpol_dataset.rules.facts`, beside the fixtures of its rules."""

import re
from pathlib import Path

import pytest

from helpers.base import findings
from helpers.mini import change
from interpol_dataset.schema.vocabulary import Variance

ALPHA = "cases/alpha-ii.yaml"
EUROPOL, INTERPOL = (f"sources/{name}-2022-alpha.yaml" for name in ("europol", "interpol"))
TWIN = "  - source: europol-2022-alpha"

#: Three figures that Europol states as INTERPOL does.
SAME = (
    "    country_count: {value: 3, at: lead}\n"
    "    outcomes:\n"
    "      - {metric: arrests, value: 975, at: lead}\n"
    "      - {metric: money-seized, value: ~130000000, unit: USD, at: lead}\n"
)


@pytest.fixture
def twins(project: Path) -> Path:
    """Return a project in which two bodies published the same figures on one day."""
    path = project / "data" / "records" / ALPHA
    text = re.sub("disputes:\n.*\n", "", path.read_text("utf-8"))
    begin, end = text.index("    country_count: {value: '>=2'"), text.index("  - source: page-farm")
    path.write_text(text[:begin] + SAME + text[end:], "utf-8")
    change(project, EUROPOL, "published: 2022-11", "published: 2022-11-24")
    return project


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (EUROPOL, "2022-11-24", "2022-11-25"),
        (EUROPOL, "asserter: europol", "asserter: europol\nissued_with: [interpol]"),
        (INTERPOL, "asserter: interpol", "asserter: interpol\nissued_with: [europol]"),
        (ALPHA, "value: 975, at: lead", "value: ~975, at: lead"),
        (ALPHA, "value: 975, at: lead", "value: 975, at: lead, attributed_to: interpol"),
        (ALPHA, "value: 3, at: lead", "value: 3, at: lead, attributed_to: interpol"),
        (ALPHA, TWIN, f"  # allow POL016: leads and quotations differ\n{TWIN}"),
    ],
)
def test_what_makes_two_texts_of_them(twins: Path, name: str, old: str, new: str) -> None:
    """Three equal figures of one day are one text's, unless distinguished or answered."""
    assert [item.rule for item in findings(twins)] == ["POL016"]
    change(twins, name, old, new)
    assert findings(twins) == []


def test_the_hint_on_a_dispute_lists_the_types(project: Path) -> None:
    """Whoever has to explain a dispute sees what to choose from."""
    change(project, ALPHA, "country_count, type", "outcomes/arests, type")
    idle, disputed = sorted(findings(project), key=lambda item: item.message, reverse=True)
    assert (idle.rule, idle.hint) == ("POL015", "did you mean 'outcomes/arrests'?")
    assert disputed.rule == "POL015"
    assert disputed.hint is not None
    assert all(type_ in disputed.hint for type_ in Variance)


def test_the_hint_on_two_parts_asks_whether_they_are_two(project: Path) -> None:
    """Two finds of two sources are no dispute, once they can be told apart."""
    part = "      - {metric: seizures, part: true, value: 9, at: lead}\n"
    for last, value in (("unit: t, at: paragraph 6}\n", "5"), ("..1000, at: lead}\n", "9")):
        change(project, ALPHA, last, last + part.replace("9", value))
    (disputed,) = (item for item in findings(project) if item.rule == "POL015")
    assert disputed.message.split(" ")[0] == "'outcomes/seizures~part'"
    assert str(disputed.hint).startswith("give one a part_name, if they are two finds or groups")


def test_the_hint_on_a_dispute_asks_whether_it_is_a_countrys_share(project: Path) -> None:
    """What a national body gives as its own results is no other total."""
    kind = "kind: intergovernmental, url"
    change(project, "organizations.yaml", kind, "kind: police, country: NOR, url")
    change(project, ALPHA, "value: 900..1000, at: lead", "value: 4, at: lead")
    hints = [str(item.hint) for item in findings(project) if "outcomes/arrests'" in item.message]
    assert [hint.startswith("write place: NOR, if it is that") for hint in hints] == [True]


def test_a_newsroom_has_no_country_to_report_for(project: Path) -> None:
    """The country of a newsroom says nothing of whose results it tells."""
    change(project, "sources/daily-2022-alpha.yaml", "asserter: interpol", "asserter: daily")
    change(project, ALPHA, "value: 900..1000, at: lead", "value: 4, at: lead")
    hints = [str(item.hint) for item in findings(project) if "outcomes/arrests'" in item.message]
    assert [hint.startswith("add {fact: outcomes/arrests,") for hint in hints] == [True]


def test_a_slip_in_a_preferred_fact(project: Path) -> None:
    """The fact that was meant is named where it is plain."""
    hints = {"seizure/cocaine": "did you mean 'outcomes/seizures/cocaine'?", "rescues": "remove it"}
    old = "seizures/cocaine"
    for fact, hint in hints.items():
        change(project, ALPHA, f"fact: outcomes/{old}", f"fact: outcomes/{fact}")
        assert ("POL004", hint) in [(item.rule, item.hint) for item in findings(project)]
        old = fact
