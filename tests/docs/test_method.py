"""The page on the method is true of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import interpol_dataset


def test_shares_of_cases(dataset: interpol_dataset.Dataset, root: Path) -> None:
    """How many cases have arrests, and how many convictions, is about what the page says."""
    text = " ".join((root / "docs" / "trust" / "limits.md").read_text("utf-8").split())
    having = {
        metric: len(
            {row["case_id"] for row in dataset.tables.rows("case_totals", metric_id=metric)}
        )
        for metric in ("arrests", "convictions")
    }

    assert "Of three cases here, two give a number of arrests; of sixteen, one" in text
    assert round(3 * having["arrests"] / len(dataset.cases)) == 2
    assert round(16 * having["convictions"] / len(dataset.cases)) == 1
