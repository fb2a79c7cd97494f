"""
Where the values of a column come from, declared on the column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from interpol_dataset.schema.vocabulary import Term

__all__ = ["ALL_FACTS", "Basis", "From"]

#: The path of :class:`From` where a column is computed from all facts of its record.
ALL_FACTS: Final = "*"


class Basis(Term):
    """What values rest on that no source states."""

    WRITTEN = ("written", "written for this dataset, from the sources of the record")
    DECIDED = ("decided", "decided by this dataset")
    DOCUMENT = ("document", "what the document says of itself, or shows")
    VOCABULARY = ("vocabulary", "written for this dataset, whose vocabulary it is")
    STANDARD = ("standard", "ISO 3166-1")
    RATES = ("rates", "published by the European Central Bank as a euro reference rate")


@dataclass(frozen=True, slots=True)
class From:
    """
    Mark a column as taken or computed from a fact.

    :param path: The fact's path, in which columns of the row stand in braces: ``period``,
        ``countries/{country}``; or :data:`ALL_FACTS`.
    """

    path: str
