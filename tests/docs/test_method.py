"""The page on the method is true of the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import interpol_dataset


def test_numbers_of_cases(dataset: interpol_dataset.Dataset, root: Path) -> None:
    """How many cases have arrests, and how many convictions, is what the page says."""
    text = " ".join((root / "docs" / "method.md").read_text("utf-8").split())
    having = {
        metric: len({row["case_id"] for row in dataset.tables.rows("outcomes", metric_id=metric)})
        for metric in ("arrests", "convictions")
    }
    (shown,) = re.findall(
        r"Of (\d+) cases here, (\d+) give a number of arrests and (\d+) a number of convictions",
        text,
    )

    assert (len(dataset.cases), having["arrests"], having["convictions"]) == tuple(map(int, shown))
