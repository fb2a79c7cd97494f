"""Tests of :mod:`interpol_dataset.rules.drift`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from helpers.mini import change
from interpol_dataset.records.folder import read_records
from interpol_dataset.rules import gate

if TYPE_CHECKING:
    from pathlib import Path

    from interpol_dataset.findings import Finding

#: The arrests as the newsroom of the small project retells them.
RETOLD = "      - {metric: arrests, value: 957, at: lead}\n"


def _found(project: Path) -> list[Finding]:
    return list(gate.findings(read_records(project / "data" / "records")))


def _retelling(project: Path, *lines: str) -> list[Finding]:
    """Make the newsroom say something else, and check the project."""
    text = "".join(f"      - {{{line}, at: lead}}\n" for line in lines)
    change(project, "cases/alpha-ii.yaml", RETOLD, text)

    return _found(project)


def test_a_figure_under_another_word_is_no_fault(project: Path) -> None:
    """A page that says charged for arrested is recorded with the fact that it retells."""
    line = "drift_of: outcomes/arrests, metric: persons-charged, value: 975, said_as: imputados"

    assert [] == _retelling(project, line)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("metric: persons-charged, value: 40", "40 does not agree with what is said of"),
        ("metric: arrests, value: 975", "'arrests' is no other word for it"),
        ("metric: seizures, value: 975, unit: kg", "'seizures' is not of the same family"),
        (
            "metric: persons-charged, part: true, value: 975",
            "has those of the fact that it retells",
        ),
    ],
)
def test_what_is_no_retelling_of_the_fact(project: Path, line: str, message: str) -> None:
    """Each way to be no retelling is named."""
    (finding,) = _retelling(project, f"drift_of: outcomes/arrests, {line}")

    assert "MNG016" == finding.rule
    assert message in finding.message


def test_a_fact_that_only_drifts_is_stated_by_nobody(project: Path) -> None:
    """Two pages cannot retell each other: somebody has to state the fact."""
    change(
        project,
        "cases/alpha-i.yaml",
        "metric: arrests",
        "drift_of: outcomes/arrests, metric: arrests",
    )
    (finding,) = _found(project)

    assert ("MNG016", "no report states 'outcomes/arrests'") == (finding.rule, finding.message)


def test_money_drifts_in_its_currency(project: Path) -> None:
    """An amount is held against the same amount in the same currency only."""
    line = "drift_of: 'outcomes/money-seized:USD', metric: money-frozen, value: 130000000, unit: "

    assert [] == _retelling(project, line + "USD")
    change(
        project,
        "cases/alpha-ii.yaml",
        "130000000, unit: USD, at: lead",
        "130000000, unit: EUR, at: lead",
    )
    (finding,) = _found(project)

    assert ("MNG016", "write unit: USD") == (finding.rule, finding.hint)


def test_a_source_does_not_drift_from_what_it_states_itself(project: Path) -> None:
    """A page that has both words states the fact; the second is said once too often."""
    drift = "drift_of: outcomes/arrests, metric: persons-charged, value: 957"
    (finding,) = _retelling(project, "metric: arrests, value: 957", drift)

    assert "MNG006" == finding.rule


def test_one_figure_under_two_metrics_is_noticed(project: Path) -> None:
    """The same figure as two facts of one family, one of them only retold, gets a warning."""
    (finding,) = _retelling(project, "metric: persons-charged, value: 975")

    assert "POL022" == finding.rule
    assert "'outcomes/persons-charged' has the figure of 'outcomes/arrests'" == finding.message


@pytest.mark.parametrize(
    "line",
    [
        "metric: persons-charged, value: 974",
        "metric: persons-charged, place: KOR, value: 975",
        "metric: persons-charged, value: 975, part: true",
        "metric: money-frozen, value: 975, unit: USD",
    ],
)
def test_other_figures_are_facts_of_their_own(project: Path, line: str) -> None:
    """Another figure, place, part or family makes no warning."""
    assert [] == _retelling(project, line)


def test_two_documents_may_state_one_figure(project: Path) -> None:
    """What bodies state in their own documents stays, whatever the metric."""
    change(
        project,
        "cases/alpha-ii.yaml",
        "value: 900..1000, at: lead}",
        "value: 900..1000, at: lead}\n      - {metric: persons-charged, value: 975, at: lead}",
    )

    assert [] == _found(project)


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("metric: arrests, place: GBR, value: 975", "arrests@GBR"),
        ("metric: arrests, part: true, value: 975", "arrests~part"),
        ("metric: arrests, object: drugs, value: '>975'", "arrests/drugs"),
    ],
)
def test_one_figure_under_two_paths_is_noticed(project: Path, line: str, fact: str) -> None:
    """A number that another page has as a total gets a warning, whatever makes it another fact."""
    (finding,) = _retelling(project, line)

    assert "POL024" == finding.rule
    assert f"'outcomes/{fact}' has the figure of 'outcomes/arrests'" == finding.message


def test_parts_with_names_of_their_own_are_two(project: Path) -> None:
    """Two parts that are told apart by their names may be as many."""
    others = ("value: 77", "part_name: a, value: 41")
    told = "".join(
        f"\n      - {{metric: seizures, part: true, {other}, unit: kg, at: lead}}"
        for other in others
    )
    text = "value: 900..1000, at: lead}"
    change(project, "cases/alpha-ii.yaml", text, text + told)
    line = "metric: seizures, part: true, part_name: b, value: 41, unit: kg"

    assert "POL024" not in {finding.rule for finding in _retelling(project, line)}


def test_a_page_may_state_one_number_twice(project: Path) -> None:
    """A page that has the number for both knows that they are two."""
    lines = ("metric: arrests, value: 975", "metric: arrests, place: GBR, value: 975")

    assert [] == _retelling(project, *lines)


@pytest.mark.parametrize(
    ("stated", "line"),
    [
        ("object: drugs", "metric: seizures, object: fakes, value: 41, unit: kg"),
        ("place: KOR", "metric: seizures, place: GBR, value: 41, unit: kg"),
        ("object: drugs", "metric: seizures, value: 19, unit: kg"),
    ],
)
def test_numbers_that_meet_by_chance(project: Path, stated: str, line: str) -> None:
    """Other things, other countries and small numbers are facts of their own."""
    value = line.partition("value: ")[2].partition(",")[0]
    change(
        project,
        "cases/alpha-ii.yaml",
        "value: 900..1000, at: lead}",
        "value: 900..1000, at: lead}\n"
        f"      - {{metric: seizures, {stated}, value: {value}, unit: kg, at: lead}}",
    )

    assert "POL024" not in {finding.rule for finding in _retelling(project, line)}
