"""Tests of :mod:`interpol_dataset.rules.facts`."""

from pathlib import Path

from helpers.base import findings
from helpers.each import each
from helpers.mini import change, write
from interpol_dataset.findings import Finding

ALPHA = "cases/alpha-ii.yaml"
#: The arrests as the newsroom of the small project retells them.
RETOLD = "      - {metric: arrests, value: 945, at: lead}\n"
#: The end of the arrests as Europol has them.
OWN = "value: 900..1000, at: lead}"


def _retelling(project: Path, *lines: str) -> list[Finding]:
    """Make the newsroom say something else, and check the project."""
    text = "".join(f"      - {{{line}, at: lead}}\n" for line in lines)
    change(project, ALPHA, RETOLD, text)
    return findings(project)


def test_what_is_no_retelling_of_the_fact(project: Path) -> None:
    """A page that says charged for arrested retells the fact; each way not to is named."""
    line = "metric: persons-charged, value: 975, said_as: imputados"
    messages = {
        "metric: persons-charged, value: 40": "40 does not agree with what is said of",
        "metric: arrests, value: 975": "'arrests' is not another word for it",
        "metric: seizures, value: 975, unit: kg": "'seizures' is not of the same family",
        "metric: persons-charged, part: true, value: 975": "has those of the fact that it retells",
    }

    assert _retelling(project, f"drift_of: outcomes/arrests, {line}") == []
    for wrong, message in messages.items():
        change(project, ALPHA, f"/arrests, {line}", f"/arrests, {wrong}")
        (finding,) = findings(project)
        assert (finding.rule, message in finding.message) == ("MNG016", True), wrong
        line = wrong


def test_a_fact_that_only_drifts_is_stated_by_nobody(project: Path) -> None:
    """Two pages cannot retell each other: somebody has to state the fact."""
    drift = "drift_of: outcomes/arrests, metric: arrests"
    change(project, "cases/alpha-i.yaml", "metric: arrests", drift)
    (finding,) = findings(project)
    assert (finding.rule, finding.message) == ("MNG016", "no report states 'outcomes/arrests'")


def test_money_drifts_in_its_currency(project: Path) -> None:
    """An amount is held against the same amount in the same currency only."""
    line = "drift_of: 'outcomes/money-seized:USD', metric: money-frozen, value: 130000000, unit: "
    assert _retelling(project, line + "USD") == []
    change(project, ALPHA, "130000000, unit: USD, at: lead", "130000000, unit: EUR, at: lead")
    (finding,) = findings(project)
    assert (finding.rule, finding.hint) == ("MNG016", "write unit: USD")


def test_a_source_does_not_drift_from_what_it_states_itself(project: Path) -> None:
    """A page that has both words states the fact; the second is said once too often."""
    drift = "drift_of: outcomes/arrests, metric: persons-charged, value: 945"
    (finding,) = _retelling(project, "metric: arrests, value: 945", drift)
    assert finding.rule == "MNG006"


def test_one_figure_of_two_facts_is_noticed(project: Path) -> None:
    """Under two metrics of a family, or two paths, one that is only retold gets a warning."""
    own = "metric: arrests, value: 945"
    warned = {
        "metric: persons-questioned, value: 975": ("POL022", "persons-questioned"),
        "metric: arrests, place: GBR, value: 975": ("POL024", "arrests@GBR"),
        "metric: arrests, part: true, value: 975": ("POL024", "arrests~part"),
        "metric: arrests, object: drugs, value: '>975'": ("POL024", "arrests/drugs"),
        # Another figure, place, part or family makes no warning.
        "metric: persons-questioned, value: 974": None,
        "metric: persons-questioned, place: KOR, value: 975": None,
        "metric: persons-questioned, value: 975, part: true": None,
        "metric: money-frozen, value: 975, unit: USD": None,
    }
    for line, expected in warned.items():
        change(project, ALPHA, f"      - {{{own}, at: lead}}\n", f"      - {{{line}, at: lead}}\n")
        told = expected and f"'outcomes/{expected[1]}' has the figure of 'outcomes/arrests'"
        found = [(item.rule, item.message) for item in findings(project)]
        assert found == ([(expected[0], told)] if expected else []), line
        own = line


def test_two_documents_may_state_one_figure(project: Path) -> None:
    """What bodies state in their own documents stays, whatever the metric."""
    more = "\n      - {metric: persons-questioned, value: 975, at: lead}"
    change(project, ALPHA, OWN, OWN + more)
    assert findings(project) == []


def test_parts_with_names_of_their_own_are_two(project: Path) -> None:
    """Two parts that are told apart by their names may be as many."""
    part = "\n      - {{metric: seizures, part: true, {}, unit: kg, at: lead}}"
    told = part.format("value: 77") + part.format("part_name: a, value: 41")
    change(project, ALPHA, OWN, OWN + told)
    line = "metric: seizures, part: true, part_name: b, value: 41, unit: kg"
    assert "POL024" not in {finding.rule for finding in _retelling(project, line)}


def test_a_page_may_state_one_number_twice(project: Path) -> None:
    """A page that has the number for both knows that they are two."""
    lines = ("metric: arrests, value: 975", "metric: arrests, place: GBR, value: 975")
    assert _retelling(project, *lines) == []


@each(
    "stated, line",
    [
        ("object: drugs", "metric: seizures, object: fakes, value: 41, unit: kg"),
        ("place: KOR", "metric: seizures, place: GBR, value: 41, unit: kg"),
        ("object: drugs", "metric: seizures, value: 19, unit: kg"),
    ],
)
def test_numbers_that_meet_by_chance(tmp_path: Path, stated: str, line: str) -> None:
    """Other things, other countries and small numbers are facts of their own."""
    project = write(tmp_path)
    value = line.partition("value: ")[2].partition(",")[0]
    more = f"\n      - {{metric: seizures, {stated}, value: {value}, unit: kg, at: lead}}"
    change(project, ALPHA, OWN, OWN + more)
    assert "POL024" not in {finding.rule for finding in _retelling(project, line)}
