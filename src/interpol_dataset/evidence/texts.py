"""
Whose text a page carries, and how near what it says is to the words of its asserter.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from interpol_dataset.schema.vocabulary import Read, SourceKind
from interpol_dataset.values.ancestry import topmost

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.records import models as m


class Standing(IntEnum):
    """How near a testimony is to the words of its asserter, nearest first."""

    DOCUMENT = 0
    COPY = 1
    QUOTE = 2
    RETELLING = 3

    @property
    def is_text(self) -> bool:
        """Whether the very text of the asserter was read."""
        return self <= Standing.COPY

    @property
    def read(self) -> Read:
        """The word for it in tables."""
        return Read(self.name.lower())


def standing_of(source: m.Source) -> Standing:
    """Return how near what a source says is to its asserter's words, if it says it on its own."""
    if source.text_of is not None:
        return Standing.COPY
    if source.kind.is_document or source.publisher in whose(source):
        return Standing.DOCUMENT

    return Standing.RETELLING


def carries_text(source: m.Source) -> bool:
    """Return whether a source is a body's own text, or of the kind that copies one."""
    return standing_of(source).is_text or source.kind is SourceKind.COPY


def whose(source: m.Source) -> tuple[str, ...]:
    """Return whose text a source carries, as far as it says so itself."""
    return (source.text_of or source.asserter, *source.issued_with)


def read_as(id_: str, sources: Mapping[str, m.Source]) -> m.Source:
    """
    Return a source, with the bodies whose text it is where it carries another source's text.

    What shares its text with a document is a copy of it; what shares it with a page that only
    retells is one retelling with that.
    """

    def same_text(id_: str) -> str | None:
        shared = sources[id_].same_text
        return shared if shared in sources else None

    source, first = sources[id_], sources[topmost(id_, same_text)]
    if source is first:
        return source

    body, *others = whose(first)
    is_copy = standing_of(first).is_text and body != source.publisher

    return source.model_copy(
        update={
            "text_of": body if is_copy else None,
            "asserter": body,
            "issued_with": tuple(others),
        }
    )
