"""Tests of the claims of the seed document, which itself is not part of the project."""

import hashlib

import pytest

from interpol_dataset.records import models as m
from interpol_dataset.records.document import Records

SEED = "seed-interpol-case-examples"
SEED_SHA256 = "bb1457b5af33ba3aacd4dd4cd9e2ff00763b3f596c73d037bc3fae1f0f3e7bcc"
#: Hash of the lines "NUMBER SHA256", one for each paragraph of the document but its headings.
PARAGRAPHS_SHA256 = "35345d15bacb09b14411bac473ffa1b9595f52e208ede135907e74351713a14d"
#: The document's non-empty lines that assert nothing.
HEADINGS = {4, 8, 12, 26, 34, 45, 49, 53, 56, 62, 67}


@pytest.fixture(scope="module")
def claims(records: Records) -> tuple[m.Claim, ...]:
    """Return the claims of the seed document."""
    return next(claims.claims for claims in records.claims if claims.document == SEED)


def test_source_is_the_seed_document(records: Records) -> None:
    """The source of the claims is a machine-written text, known by its hash."""
    source = next(source for source in records.sources if source.id == SEED)
    assert (source.kind, source.sha256) == ("ai_generated", SEED_SHA256)


def test_claims_are_of_their_paragraphs(claims: tuple[m.Claim, ...]) -> None:
    """The numbers and hashes of the paragraphs are those of the document."""
    paragraphs = sorted({(claim.paragraph, claim.paragraph_sha256) for claim in claims})
    listing = "".join(f"{number} {sha256}\n" for number, sha256 in paragraphs)
    assert hashlib.sha256(listing.encode()).hexdigest() == PARAGRAPHS_SHA256


def test_claims_cover_the_document(claims: tuple[m.Claim, ...]) -> None:
    """Every paragraph but the headings has claims."""
    assert set(range(1, 71)) - HEADINGS == {claim.paragraph for claim in claims}
