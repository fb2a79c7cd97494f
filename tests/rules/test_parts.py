"""Tests of :mod:`interpol_dataset.rules.parts`, beside the fixtures of its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from interpol_dataset.records.folder import read_records
from interpol_dataset.rules import gate

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("shares", "together"),
    [
        ({"KOR": 15, "PER": 12}, "'outcomes/arrests@KOR' (15) and 'outcomes/arrests@PER' (12)"),
        (dict.fromkeys(("ARG", "BOL", "CHL", "ECU", "KOR", "PER"), 5), "@KOR' (5) and 1 more"),
    ],
)
def test_shares_that_are_too_much_together(
    project: Path, shares: dict[str, int], together: str
) -> None:
    """Some of the shares are named, and the total that they exceed together."""
    path = project / "data" / "records" / "cases" / "alpha-i.yaml"
    lines = "".join(
        f"      - {{metric: arrests, place: {country}, value: {number}, at: lead}}\n"
        for country, number in shares.items()
    )
    path.write_text(path.read_text("utf-8") + lines, "utf-8")
    (found,) = gate.findings(read_records(project / "data" / "records"))

    assert "POL019" == found.rule
    assert found.message.endswith(f"{together} are together more than 'outcomes/arrests' (~20)")
    assert "part_name" in str(found.hint)
