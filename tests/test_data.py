"""Tests of the project's own data."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from interpol_dataset.records import models as m
    from interpol_dataset.records.kinds import Records

SEED = "seed-interpol-case-examples"


@pytest.fixture(scope="module")
def seed(root: Path) -> bytes:
    """Return the bytes of the document that the project starts from, where it is at hand."""
    found = sorted((root.parent / "shared" / "seed").glob("*.txt"))
    if not found:
        pytest.skip("the seed document is not part of the project; its hashes are in the claims")

    return found[0].read_bytes()


@pytest.fixture(scope="module")
def paragraphs(seed: bytes) -> dict[int, str]:
    """Return the hash of each paragraph by its number among the non-empty lines."""
    lines = [line for line in seed.decode().splitlines() if line.strip()]

    return {
        number: hashlib.sha256(line.encode()).hexdigest() for number, line in enumerate(lines, 1)
    }


@pytest.fixture(scope="module")
def claims(records: Records) -> tuple[m.Claim, ...]:
    """Return the claims of the seed document."""
    return next(claims.claims for claims in records.claims if SEED == claims.document)


def test_source_is_the_seed_document(records: Records, seed: bytes) -> None:
    """The source of the claims is the very document, by its hash, and counts for nothing."""
    source = next(source for source in records.sources if SEED == source.id)

    assert hashlib.sha256(seed).hexdigest() == source.sha256
    assert "ai_generated" == source.kind


def test_claims_are_of_their_paragraphs(
    claims: tuple[m.Claim, ...], paragraphs: dict[int, str]
) -> None:
    """Each claim names the number and the hash of the paragraph that makes it."""
    assert [] == [
        claim.id for claim in claims if paragraphs.get(claim.paragraph) != claim.paragraph_sha256
    ]


def test_claims_cover_the_document(
    claims: tuple[m.Claim, ...], seed: bytes, paragraphs: dict[int, str]
) -> None:
    """Every paragraph that asserts something, which headings don't, has its claims."""
    lines = [line for line in seed.decode().splitlines() if line.strip()]
    sentences = {number for number, line in enumerate(lines, 1) if line.rstrip().endswith(".")}
    claimed = {claim.paragraph for claim in claims}

    assert set() == sentences - claimed
    assert claimed <= set(paragraphs)


def test_claims_are_about_as_many_as_known(claims: tuple[m.Claim, ...]) -> None:
    """The document makes about 160 claims or more; none was dropped on the way."""
    assert len(claims) >= 160


def test_claims_copy_no_wording(claims: tuple[m.Claim, ...], seed: bytes) -> None:
    """Claims are in the words of this dataset: none is a sentence of the document."""
    text = " ".join(seed.decode().split()).lower()

    assert [] == [claim.id for claim in claims if claim.statement.lower().rstrip(".") in text]


def test_checkable_claims_were_checked(claims: tuple[m.Claim, ...]) -> None:
    """Each checkable claim has evidence, or a search that found nothing."""
    assert [] == [
        claim.id
        for claim in claims
        if claim.checkable and not claim.evidence and not claim.searches
    ]


def test_there_are_enough_cases(records: Records) -> None:
    """At least 24 cases in at least 10 crime areas are reported by two sources or more."""
    well = [case for case in records.cases if len(case.reports) >= 2]

    assert len(well) >= 24
    assert len({case.categories[0] for case in well}) >= 10
