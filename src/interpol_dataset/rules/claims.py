"""
Rules on claims, and on what was sought in vain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Breach, record_rule
from interpol_dataset.schema.vocabulary import Sought

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context


#: How the id of a claim ends: with its paragraph, and its number there.
_ID: Final = re.compile(r"-p([0-9]+)-[0-9]+$")


@record_rule("POL008", "claim-paragraph", m.ClaimSet, needs=("claims",))
def claim_paragraph(entry: Entry, _record: m.ClaimSet, _context: Context) -> Iterator[Breach]:
    """A paragraph has one hash, and the ids of its claims name it."""
    hashes: dict[int, str] = {}
    paragraphs: dict[str, int] = {}
    # The model sorts claims; places follow the file.
    for index, claim in enumerate(entry.data["claims"]):
        number, hash_ = claim["paragraph"], claim["paragraph_sha256"]
        path: KeyPath = ("claims", index, "paragraph_sha256")
        if number not in hashes and paragraphs.setdefault(hash_, number) != number:
            message = f"paragraph {paragraphs[hash_]} has the same hash"
            yield Breach(entry, path, message, "hash the paragraph again")
        if hashes.setdefault(number, hash_) != hash_:
            message = f"paragraph {number} has another hash in an earlier claim"
            yield Breach(entry, path, message, "hash the paragraph again")

        named = _ID.search(claim["id"])
        if named is None or int(named[1]) != number:
            message = f"the id '{claim['id']}' does not name paragraph {number}"
            hint = f"end it with -p{number:02}-NN"
            yield Breach(entry, ("claims", index, "id"), message, hint)


@record_rule("POL009", "claim-checked", m.ClaimSet, needs=("claims",), excusable=True)
def claim_checked(entry: Entry, _record: m.ClaimSet, _context: Context) -> Iterator[Breach]:
    """A claim that can be checked was checked: it has evidence, or a search that found none."""
    # The model sorts claims; places follow the file.
    for index, claim in enumerate(entry.data["claims"]):
        found = claim.get("evidence") or claim.get("searches")
        if claim["checkable"] and not found and entry.is_whole(("claims", index)):
            message = "the claim is checkable and nobody has checked it"
            hint = "add evidence, or the searches that found none"
            yield Breach(entry, ("claims", index, "checkable"), message, hint)


@record_rule("MNG042", "sought-in-vain", m.Case, needs=("searches",))
def sought_in_vain(entry: Entry, record: m.Case, _context: Context) -> Iterator[Breach]:
    """A search for a case looks for a document of a named body, or for proceedings."""
    for index, search in enumerate(record.searches):
        if (search.sought is Sought.DOCUMENT) != (search.of is not None):
            message = "a document is sought of one body, and nothing else is"
            hint = "add 'of: ...'" if search.of is None else "remove 'of', or seek a document"
            yield Breach(entry, ("searches", index, "sought"), message, hint)
