"""Tests of :mod:`interpol_dataset.evidence.facts`."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from helpers import strategies as s
from interpol_dataset.evidence.facts import FactsOfRecord, bodies_of, facts_of
from interpol_dataset.evidence.parties import Body
from interpol_dataset.evidence.testimony import EXISTS
from interpol_dataset.records import models as m
from interpol_dataset.records.folder import read_records
from interpol_dataset.schema.vocabulary import OrganizationKind, Stance
from interpol_dataset.values.fact_path import FactPath

#: What a police force says of its own arrests, and repeats on another's word.
OWN = "      - {metric: arrests, value: 3, at: lead}\n"
REPEATED = "    country_count: {value: 20, at: lead, attributed_to: interpol}\n"


def _case(*reports: m.Report) -> m.Case:
    return m.Case(id="c", name="C", categories=("fraud",), summary="Something.", reports=reports)


@pytest.mark.parametrize(
    ("report", "asserter"),
    [
        (f"    outcomes:\n{OWN}", "europol"),
        (REPEATED, "interpol"),
        (f"{REPEATED}    outcomes:\n{OWN}", "europol"),
    ],
    ids=["own", "repeated", "both"],
)
def test_who_says_that_there_is_a_case(project: Path, report: str, asserter: str) -> None:
    """
    A case is known to whoever says anything of it on its own word.

    The order of a report's fields has no part in it.
    """
    path = project / "data" / "records" / "cases" / "alpha-i.yaml"
    head, _, _ = path.read_text("utf-8").partition("  - source:")
    path.write_text(f"{head}  - source: europol-2022-alpha\n{report}", "utf-8")
    records = read_records(project / "data" / "records").records
    case = next(case for case in records.cases if case.id == "alpha-i")
    sources = {source.id: source for source in records.sources}
    exists = facts_of(case, sources, bodies_of(records.organizations))[EXISTS]

    assert exists.verdict
    assert [asserter] == [party.id for party in exists.verdict.parties]


@pytest.mark.parametrize(
    ("first", "status", "party"),
    [
        (s.source("first", asserter="interpol"), "documented", "interpol"),
        (s.source("first", "news", "interpol", publisher="daily"), "reported", "interpol"),
    ],
    ids=["of a release", "of a newspaper"],
)
def test_a_page_with_the_text_of_another_says_what_that_says(
    first: m.Source, status: str, party: str
) -> None:
    """It is a copy of a body's document, and one more retelling with what only retells."""
    page = s.source("page", "news", "police", publisher="herald")
    page = page.model_copy(update={"same_text": "first"})
    role = m.ReportedRole(value="supported", at="lead")
    case = _case(m.Report(source="page", interpol_role=role))
    exists = facts_of(case, {"page": page, "first": first}, {})[EXISTS].verdict

    assert exists
    assert (status, [party]) == (exists.status, [item.id for item in exists.parties])


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ("proceedings", {"steps": [{"year": 2020, "outcome": "convicted", "persons": 3}]}),
        ("reports", {"outcomes": [{"metric": "victims-harmed", "value": 1}]}),
        ("reports", {"outcomes": [{"metric": "losses", "value": 1}]}),
    ],
    ids=["convictions", "victims", "losses"],
)
def test_what_came_before_or_later_shows_no_case(of: str, said: dict[str, Any]) -> None:
    """Who tells of the crime alone, or of a conviction, does not attest the action between."""
    ((name, (item,)),) = said.items()
    role = m.ReportedRole(value="supported", at="lead")
    case = _case(m.Report(source="release", interpol_role=role)).model_dump()
    case[of] += ({"source": "judgment", name: [item | {"at": "lead"}]},)
    sources = {
        "release": s.source("release", asserter="interpol"),
        "judgment": s.source("judgment", "court", "court"),
    }
    exists = facts_of(m.Case.model_validate(case), sources, {})[EXISTS].verdict

    assert exists
    assert [party.id for party in exists.parties] == ["interpol"]


ARRESTS = m.Metric(id="arrests", name="Arrests", description="Arrests.", dimension="count")
CHARGED = m.Metric(id="charged", name="Charges", description="Charges.", dimension="count")

#: Two bodies of one state, and INTERPOL.
BODIES = {
    "agency": Body(OrganizationKind.GOVERNMENT, "GBR"),
    "interpol": Body(OrganizationKind.INTERGOVERNMENTAL),
    "police": Body(OrganizationKind.POLICE, "GBR"),
}


@st.composite
def _stories(draw: DrawFn) -> tuple[dict[str, m.Source], m.Case]:
    """Return a case in which the first of three sources states arrests; the second does not."""
    sources = [draw(s.sources(id_, [*BODIES])) for id_ in ("s1", "s2", "s3")]
    reports = [draw(s.reports(source.id, [*BODIES], [CHARGED], [])) for source in sources]
    arrests = st.builds(
        m.ReportedOutcome, metric=st.just("arrests"), value=s.quantities(), at=st.just("lead")
    )
    reports[0] = _and(reports[0], draw(arrests))
    if draw(st.booleans()):
        reports[2] = _and(reports[2], draw(arrests))

    return {source.id: source for source in sources}, _case(*reports)


def _and(report: m.Report, outcome: m.ReportedOutcome) -> m.Report:
    return report.model_copy(update={"outcomes": (*report.outcomes, outcome)})


def _retold(case: m.Case, outcome: m.ReportedOutcome) -> m.Case:
    """Return a case in which the second source says something more."""
    first, second, *others = case.reports
    return case.model_copy(update={"reports": (first, _and(second, outcome), *others)})


def _verdicts(facts: FactsOfRecord) -> dict[FactPath, object]:
    """Return all that is concluded of each fact, but for how each source stands to it."""
    return {
        path: fact.verdict
        and (
            fact.chosen and (fact.chosen.source.id, fact.chosen.value),
            fact.verdict.status,
            fact.verdict.observers,
            [(party.id, party.observer, party.voice.value) for party in fact.verdict.parties],
            fact.verdict.lowest,
            fact.verdict.highest,
        )
        for path, fact in facts.items()
    }


@given(
    _stories(), s.drifted(FactPath("outcomes/arrests"), CHARGED), st.sampled_from([None, *BODIES])
)
def test_a_drifted_figure_changes_no_fact(
    story: tuple[dict[str, m.Source], m.Case], drift: m.ReportedOutcome, said_by: str | None
) -> None:
    """A figure that is retold as something else changes no value and no status, whoever says it."""
    sources, case = story
    drift = drift.model_copy(update={"attributed_to": said_by})
    before, after = facts_of(case, sources, BODIES), facts_of(_retold(case, drift), sources, BODIES)
    assert _verdicts(before) == _verdicts(after)


@given(_stories(), s.drifted(FactPath("outcomes/arrests"), CHARGED))
def test_a_drifted_figure_is_kept_as_what_it_is(
    story: tuple[dict[str, m.Source], m.Case], drift: m.ReportedOutcome
) -> None:
    """It belongs to the fact that it retells, and to none under its own metric."""
    sources, case = story
    plain = drift.model_copy(update={"drift_of": None, "place": "KOR"})
    facts = facts_of(_retold(case, drift), sources, BODIES)
    arrests = facts[FactPath("outcomes/arrests")]
    stance = Stance.DRIFTED if sources["s2"].kind.counts else Stance.NOT_COUNTED

    assert arrests.verdict
    assert stance is arrests.verdict.stances["s2"]
    assert {"charged"} == {item.drift_metric for item in arrests.testimonies} - {None}
    assert set(facts) == set(facts_of(case, sources, BODIES))
    assert plain.fact in facts_of(_retold(case, plain), sources, BODIES)


def test_whoever_only_drifts_changes_nobodys_family() -> None:
    """Naming a ministry in a drifted figure does not make the police one body with it."""
    sources = {"s1": s.source("s1", asserter="police"), "s2": s.source("s2", asserter="interpol")}
    arrests = m.ReportedOutcome(metric="arrests", value="7", at="lead")
    role = m.ReportedRole(value="supported", at="lead")
    case = _case(
        m.Report(source="s1", outcomes=(arrests,)), m.Report(source="s2", interpol_role=role)
    )
    drift = arrests.model_copy(
        update={"drift_of": arrests.fact, "metric": "charged", "attributed_to": "agency"}
    )
    before, after = facts_of(case, sources, BODIES), facts_of(_retold(case, drift), sources, BODIES)

    assert _verdicts(before) == _verdicts(after)
