"""
Rules on claims.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, RecordRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding, KeyPath
    from interpol_dataset.records.folder import Entry


class ClaimParagraph(RecordRule[m.ClaimSet]):
    """A paragraph has one hash, and the ids of its claims name it."""

    code, name, layer = "POL008", "claim-paragraph", Layer.POLICY
    models = (m.ClaimSet,)
    needs = ("claims",)

    _ID: Final = re.compile(r"-p([0-9]+)-[0-9]+$")

    # The model sorts claims; places follow the file.
    def check(self, entry: Entry, record: m.ClaimSet) -> Iterator[Finding]:  # noqa: ARG002
        """Compare paragraphs, hashes and ids."""
        hashes: dict[int, str] = {}
        paragraphs: dict[str, int] = {}
        for index, claim in enumerate(entry.data["claims"]):
            number, hash_ = claim["paragraph"], claim["paragraph_sha256"]
            path: KeyPath = ("claims", index, "paragraph_sha256")
            if number not in hashes and paragraphs.setdefault(hash_, number) != number:
                message = f"paragraph {paragraphs[hash_]} has the same hash"
                yield self.finding(entry, path, message, "hash the paragraph again")
            if hashes.setdefault(number, hash_) != hash_:
                message = f"paragraph {number} has another hash in an earlier claim"
                yield self.finding(entry, path, message, "hash the paragraph again")

            named = self._ID.search(claim["id"])
            if named is None or int(named[1]) != number:
                message = f"the id '{claim['id']}' does not name paragraph {number}"
                hint = f"end it with -p{number:02}-NN"
                yield self.finding(entry, ("claims", index, "id"), message, hint)


class ClaimChecked(RecordRule[m.ClaimSet]):
    """A claim that can be checked was checked: it has evidence, or a search that found none."""

    code, name, layer = "POL009", "claim-checked", Layer.POLICY
    models = (m.ClaimSet,)
    needs = ("claims",)
    excusable = True

    # The model sorts claims; places follow the file.
    def check(self, entry: Entry, record: m.ClaimSet) -> Iterator[Finding]:  # noqa: ARG002
        """Look for checkable claims with neither evidence nor searches."""
        for index, claim in enumerate(entry.data["claims"]):
            found = claim.get("evidence") or claim.get("searches")
            if claim["checkable"] and not found and entry.is_whole(("claims", index)):
                message = "the claim is checkable and nobody has checked it"
                hint = "add evidence, or the searches that found none"
                yield self.finding(entry, ("claims", index, "checkable"), message, hint)
