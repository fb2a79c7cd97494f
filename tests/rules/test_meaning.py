"""Tests of :mod:`interpol_dataset.rules.meaning`, beside the fixtures of its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from interpol_dataset.records.folder import read_records
from interpol_dataset.rules import gate

if TYPE_CHECKING:
    from pathlib import Path

    from interpol_dataset.findings import Finding

#: An arrest that the page has as an example.
PART = "{metric: arrests, place: KOR, part: true, value: 1, at: lead}"
NAMED = "{metric: arrests, place: KOR, part: true, part_name: harbour, value: 2, at: lead}"


def findings(root: Path, *outcomes: str) -> list[Finding]:
    """Return what is wrong with a case that has some more figures."""
    path = root / "data" / "records" / "cases" / "alpha-i.yaml"
    lines = "".join(f"      - {outcome}\n" for outcome in outcomes)
    head, outcomes_, tail = path.read_text("utf-8").partition("    outcomes:\n")
    assert outcomes_
    path.write_text(head + outcomes_ + lines + tail, "utf-8")

    return list(gate.findings(read_records(root / "data" / "records")))


@pytest.mark.parametrize(
    ("outcomes", "rules"),
    [
        ([PART], []),
        ([PART, NAMED], []),
        ([NAMED, NAMED.replace("harbour", "airport")], []),
        ([NAMED, NAMED.replace("KOR", "PER")], ["MNG031", "MNG031"]),
        ([NAMED], ["MNG031"]),
        ([NAMED, PART.replace("part: true, value: 1", "value: 9")], ["MNG031"]),
        ([NAMED, NAMED], ["MNG006", "MNG031", "MNG031"]),
        ([PART, NAMED.replace("part: true, ", "")], ["MNG031"]),
    ],
)
def test_named_parts(project: Path, outcomes: list[str], rules: list[str]) -> None:
    """A part has a name where there is another one of the same figure, and a total has none."""
    assert rules == sorted(item.rule for item in findings(project, *outcomes))
