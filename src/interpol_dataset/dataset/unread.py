"""
Why a value is only reported: how far a body's own document was read, or sought in vain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from interpol_dataset.schema.vocabulary import Extent, Sought
from interpol_dataset.values.words import possessive

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def why_unread(
    body: str, name: str, texts: Iterable[Mapping[str, Any]], searches: Iterable[Mapping[str, Any]]
) -> str:
    """
    Say in a sentence why a body's own word on something was not read.

    :param body: The id of an organization.
    :param name: Its name.
    :param texts: Rows of the sources with its own text that were read for the record.
    :param searches: Rows of the searches that were made for the record.
    """
    texts = list(texts)
    read = [text["extent_characters"] or 0 for text in texts if text["extent"] == Extent.EXCERPT]
    if read:
        far = f" to about {max(read):,} characters" if max(read) else " in part"
        return f"{possessive(name)} own document was read only{far}."
    if texts:
        whole = all(text["extent"] == Extent.WHOLE for text in texts)
        far = "" if whole else ", as far as it was read,"
        return f"{possessive(name)} own document{far} does not say it."

    sought = [
        row["searched_on"]
        for row in searches
        if row["sought"] == Sought.DOCUMENT and row["of_id"] == body
    ]
    if sought:
        return f"{possessive(name)} own document was looked for on {max(sought)} and not found."

    return f"Nobody has looked for {possessive(name)} own document."
