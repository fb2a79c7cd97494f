"""What the page on data quality says of the seed's claims is what their table says."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
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

JUDGES = ("first", "second", "third")

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


@pytest.fixture(scope="module")
def section(root: Path) -> str:
    """Return the section on the claims, its white space made even."""
    text = (root / "docs" / "data-quality.md").read_text("utf-8")

    return " ".join(text.split("## Claims of the seed")[1].split("\n## ")[0].split())


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


def _of_one_class(rows: list[Verdicts], verdict: str) -> float:
    """Return alpha of the second and third judge for one verdict against all others."""
    return alpha([(row["second"] == verdict, row["third"] == verdict) for row in rows])


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


@pytest.mark.parametrize(
    ("label", "one", "other"),
    [
        ("first and second", "first", "second"),
        ("first and third", "first", "third"),
        ("second and third", "second", "third"),
        ("settled before, and third", "settled_before", "third"),
    ],
)
def test_row_of_pair(
    verdicts: list[Verdicts],
    without_lucas: list[Verdicts],
    section: str,
    label: str,
    one: str,
    other: str,
) -> None:
    """A pair's agreement and alpha are as shown, with and without Operation Lucas."""
    (row,) = re.findall(rf"\| {re.escape(label)} \|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|", section)

    for rows, (same, given) in ((verdicts, row[:2]), (without_lucas, row[2:])):
        pairs = _pairs(rows, one, other)
        shown = [float(number) for number in re.findall(r"\d\.\d\d", given)]

        assert same.strip() == f"{_same(pairs)} ({100 * _same(pairs) / len(pairs):.1f} %)"
        assert shown[0] == round(alpha(pairs), 2)
        assert shown[1:] == pytest.approx(_interval(rows, one, other), abs=0.01)


def test_sizes(verdicts: list[Verdicts], without_lucas: list[Verdicts], section: str) -> None:
    """The numbers of claims and of paragraphs are as shown."""
    paragraphs = [len({_paragraph(row) for row in rows}) for rows in (verdicts, without_lucas)]

    assert f"; {len(verdicts)} can be checked" in section
    assert f"same verdict, of {len(verdicts)} |" in section
    assert f"same, of {len(without_lucas)} |" in section
    assert f"The {len(verdicts) - len(without_lucas)} claims on Operation Lucas" in section
    assert f"({paragraphs[0]}, or {paragraphs[1]}; {SAMPLES:,} bootstrap samples)" in section


def test_what_was_changed(verdicts: list[Verdicts], section: str) -> None:
    """How the differences were settled is as shown."""
    open_ = [row for row in verdicts if row["third"] != row["settled_before"]]
    as_third = sum(row["settled"] == row["third"] for row in open_)
    as_before = sum(row["settled"] == row["settled_before"] for row in open_)
    changed = Counter(
        (row["settled_before"], row["settled"])
        for row in verdicts
        if row["settled_before"] != row["settled"]
    )
    settled = Counter(row["settled"] for row in verdicts)
    unanimous = [row for row in verdicts if len({row[judge] for judge in JUDGES}) == 1]

    assert f"differs from the settled one in {len(open_)} claims" in section
    assert f"{as_third} as the third judge had it, {as_before} as it was" in section
    assert f"{changed.pop(('partial', 'supported'))} went from partial to supported" in section
    assert f"{changed.pop(('supported', 'partial'))} from supported to partial" in section
    assert f"{changed.pop(('unverified', 'partial'))} from unverified to partial" in section
    assert (
        f"of the refuted ones {changed.pop(('refuted', 'partial'))} became partial"
        f" and {changed.pop(('refuted', 'unverified'))} unverified"
    ) in section
    assert not changed
    assert (
        f"Settled now: {settled['supported']} supported, {settled['partial']} partial,"
        f" {settled['unverified']} unverified, {settled['refuted']} refuted."
    ) in section
    assert f"(they do in {len(unanimous)})" in section
    assert all(row["settled"] == row["third"] for row in unanimous)


def test_why_it_is_low(
    verdicts: list[Verdicts], without_lucas: list[Verdicts], section: str
) -> None:
    """Where judges differ, and alpha for each verdict, is as shown."""
    differences = {
        judge: Counter(
            frozenset((row[judge], row["third"])) for row in verdicts if row[judge] != row["third"]
        )
        for judge in ("first", "second")
    }
    line = frozenset(("supported", "partial"))
    other_line = frozenset(("partial", "unverified"))
    partial = {judge: sum(row[judge] == "partial" for row in verdicts) for judge in JUDGES}
    refuted = max(sum(row[judge] == "refuted" for row in verdicts) for judge in JUDGES)

    for judge, words in (("second", "differences of the second"), ("first", "of the first")):
        counts = differences[judge]
        assert f"{counts[line]} of the {counts.total()} {words}" in section
    assert f"{differences['second'][other_line]} more of the former" in section
    assert (
        f"reach {_of_one_class(verdicts, 'supported'):.2f} for supported,"
        f" {_of_one_class(verdicts, 'partial'):.2f} for partial"
        f" and {_of_one_class(verdicts, 'unverified'):.2f} for unverified"
        f"; without Operation Lucas the last is {_of_one_class(without_lucas, 'unverified'):.2f}."
    ) in section
    assert (
        f"said partial {partial['first']} times, the second {partial['second']}"
        f" and the third {partial['third']}."
    ) in section
    assert f"(at most {refuted})" in section
