"""
Rules on whose text a page carries, how far it was read, and what was sought in vain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.evidence.testimony import Standing, standing_of
from interpol_dataset.findings import Fix
from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, RecordRule
from interpol_dataset.schema.vocabulary import Extent, Sought

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.folder import Entry


class WhoseText(RecordRule[m.Source]):
    """A page carries another body's text, and says once whose."""

    code, name, layer = "MNG040", "whose-text", Layer.MEANING
    models = (m.Source,)
    needs = ("kind", "publisher", "asserter", "issued_with", "text_of", "same_text")

    def check(self, entry: Entry, record: m.Source) -> Iterator[Finding]:
        """Look for pages with text of their own publisher, and for what is said twice."""
        if record.text_of is not None and record.same_text is not None:
            message = "the source whose text it is says already whose words they are"
            fix = Fix(("text_of",))
            yield self.finding(entry, fix.path, message, "remove text_of", key=True, fix=fix)
        elif record.text_of is not None and record.text_of in _speaking_in(record):
            message = f"it is a document of '{record.text_of}' itself"
            fix = Fix(("text_of",))
            yield self.finding(entry, fix.path, message, "remove it", fix=fix)


def _speaking_in(source: m.Source) -> set[str]:
    """Return the bodies whose own document a source is, besides whoever carries it."""
    if standing_of(source) is not Standing.DOCUMENT:
        return {source.publisher}

    return {source.publisher, source.asserter, *source.issued_with}


class ReadInPart(RecordRule[m.Source]):
    """How many characters were read is noted of what was not read to its end."""

    code, name, layer = "MNG041", "read-in-part", Layer.MEANING
    models = (m.Source,)
    needs = ("extent", "extent_characters")

    def check(self, entry: Entry, record: m.Source) -> Iterator[Finding]:
        """Look for a number of characters without an excerpt."""
        if record.extent_characters is not None and record.extent is not Extent.EXCERPT:
            hint = "write 'extent: excerpt', or remove it"
            message = "only of an excerpt it matters how many characters were read"
            yield self.finding(entry, ("extent_characters",), message, hint, key=True)


class SoughtInVain(RecordRule[m.Case]):
    """A search for a case looks for a document of a named body, or for proceedings."""

    code, name, layer = "MNG042", "sought-in-vain", Layer.MEANING
    models = (m.Case,)
    needs = ("searches",)

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Compare what was sought with the body whose document it would be."""
        for index, search in enumerate(record.searches):
            path = ("searches", index, "sought")
            if search.sought is Sought.STATEMENT:
                hint = "write 'document' or 'proceedings'"
                yield self.finding(entry, path, "only a claim is a statement", hint)
            elif (search.sought is Sought.DOCUMENT) != (search.of is not None):
                message = "a document is sought of one body, and nothing else is"
                hint = "add 'of: ...'" if search.of is None else "remove 'of', or seek a document"
                yield self.finding(entry, path, message, hint)
