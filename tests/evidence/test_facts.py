"""Tests of :mod:`interpol_dataset.evidence.facts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from interpol_dataset.evidence.facts import bodies_of, facts_of
from interpol_dataset.evidence.testimony import EXISTS
from interpol_dataset.records.folder import read_records

if TYPE_CHECKING:
    from pathlib import Path

#: What a police force says of its own arrests, and repeats on another's word.
OWN = "      - {metric: arrests, value: 3, at: lead}\n"
REPEATED = "    country_count: {value: 20, at: lead, attributed_to: interpol}\n"


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
