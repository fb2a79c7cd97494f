"""The verdicts on the seed's claims, and how far their readings agree."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet
from readings import alpha

from interpol_dataset.tables.rows import ClaimRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from interpol_dataset.tables.tabulate import Tables

Verdicts = dict[str, str]
Pair = tuple[object, object]

VERDICTS = {
    "supported": "supported",
    "partly-supported": "partial",
    "not-found": "unverified",
    "contradicted": "refuted",
}
"""What the table of verdicts calls them."""

LUCAS = {f"seed-p{paragraph}" for paragraph in (17, 18, 19, 20)}
"""The paragraphs on Operation Lucas."""

SAMPLES = 2_000


def _paragraph(row: Verdicts) -> str:
    return row["claim"].rpartition("-")[0]


@pytest.fixture(scope="module")
def verdicts(root: Path) -> list[Verdicts]:
    """Return the rows of the table of verdicts."""
    rows: list[Verdicts] = parquet.read_table(root / "quality" / "claims.parquet").to_pylist()
    return rows


@pytest.fixture(scope="module")
def without_lucas(verdicts: list[Verdicts]) -> list[Verdicts]:
    """Return the rows of the table that are not on Operation Lucas."""
    return [row for row in verdicts if _paragraph(row) not in LUCAS]


def _pairs(rows: list[Verdicts], one: str, other: str) -> list[Pair]:
    return [(row[one], row[other]) for row in rows]


def _same(pairs: Sequence[Pair]) -> int:
    return sum(one == other for one, other in pairs)


def _interval(rows: list[Verdicts], one: str, other: str) -> tuple[float, float]:
    """Return the 95 % interval of alpha, from bootstrap samples of whole paragraphs."""
    paragraphs = defaultdict(list)

    for row in rows:
        paragraphs[_paragraph(row)].append((row[one], row[other]))

    draw = random.Random(1)  # noqa: S311 - nothing secret
    alphas = sorted(
        alpha([pair for drawn in sample for pair in drawn])
        for sample in (
            draw.choices(list(paragraphs.values()), k=len(paragraphs)) for _ in range(SAMPLES)
        )
    )

    return alphas[int(0.025 * (SAMPLES - 1))], alphas[int(0.975 * (SAMPLES - 1))]


def test_settled_is_the_computed_verdict(verdicts: list[Verdicts], tables: Tables) -> None:
    """Each checkable claim is in the table, with its verdict."""
    claims = [row for row in tables["claims"] if isinstance(row, ClaimRow)]

    assert {row["claim"]: row["settled"] for row in verdicts} == {
        row.id: VERDICTS[row.verdict] for row in claims if row.checkable
    }


def test_verdicts_are_known(verdicts: list[Verdicts]) -> None:
    """No cell of the table is empty or has another word."""
    known = set(VERDICTS.values())

    assert known >= {row[name] for row in verdicts for name in row if name != "claim"}


def test_agreement(root: Path, verdicts: list[Verdicts], without_lucas: list[Verdicts]) -> None:
    """Each pair's agreement and alpha are as kept, with and without Operation Lucas."""
    kept = parquet.read_table(root / "quality" / "agreement.parquet").to_pylist()
    samples = {"claims": verdicts, "claims without Operation Lucas": without_lucas}
    of_claims = [row for row in kept if row["sample"] in samples]

    assert len(of_claims) == len(samples) * 4
    for row in of_claims:
        rows = samples[row["sample"]]
        one, other = row["pair"].split(" and ")
        pairs = _pairs(rows, one, other)
        numbers = (len(pairs), _same(pairs), round(100 * _same(pairs) / len(pairs), 1))

        assert numbers == (row["units"], row["same"], row["share"]), row
        assert round(alpha(pairs), 2) == row["alpha"], row
        assert (row["low"], row["high"]) == pytest.approx(_interval(rows, one, other), abs=0.01)
