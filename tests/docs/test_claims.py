"""The verdicts on the seed's claims, and how far their readings agree."""

import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from pyarrow import parquet
from readings import alpha

from interpol_dataset.schema.vocabulary import Status
from interpol_dataset.tables.rows import CaseCategoryRow, ClaimRow, OutcomeRow
from interpol_dataset.tables.tabulate import TableRows, rows_of

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

LATER = {"seed-p01-01", "seed-p02-02", "seed-p44-01"}
"""The claims that were taken for uncheckable when the table was made."""

RESULTS = {
    **dict.fromkeys(("p10-02", "p24-03", "p27-02", "p28-01", "p31-01"), "networks-dismantled"),
    **dict.fromkeys(("p28-02", "p33-03"), "arrests"),
    **dict.fromkeys(("p29-04", "p40-01", "p44-01"), "sites-dismantled"),
    **dict.fromkeys(("p28-03", "p37-01"), "weight-seized"),
    **dict.fromkeys(("p37-02", "p60-01", "p60-02"), "assets-seized"),
    **dict.fromkeys(("p22-01", "p24-02"), "victims-rescued"),
    "p47-01": "networks-dismantled",
    "p52-02": "items-recovered",
    "p55-05": "assets-frozen",
}
"""The metric of the results that claims on a crime area tell of, where no operation is named."""

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


def test_settled_is_the_computed_verdict(verdicts: list[Verdicts], tables: TableRows) -> None:
    """Each claim that was taken for checkable is in the table, with its verdict."""
    claims = [row for row in rows_of(tables, ClaimRow) if row.checkable and row.id not in LATER]
    assert {row["claim"]: row["settled"] for row in verdicts} == {
        row.id: VERDICTS[row.verdict] for row in claims
    }


def test_claims_on_an_area_agree_with_its_cases(tables: TableRows) -> None:
    """A claim of results in a crime area is borne out just where cases of the area have them."""
    cases = defaultdict(set)
    for link in rows_of(tables, CaseCategoryRow):
        cases[link.category_id].add(link.case_id)
    known = {
        (row.case_id, row.metric_id)
        for row in rows_of(tables, OutcomeRow)
        if row.status not in {Status.UNVERIFIED, Status.DISPUTED}
    }
    claims = {row.id: row for row in rows_of(tables, ClaimRow)}

    for id_, metric in RESULTS.items():
        claim = claims[f"seed-{id_}"]
        shown = any((case, metric) in known for case in cases[claim.category_id])
        assert shown == (claim.verdict in {"supported", "partly-supported"}), id_


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
