"""
Up to when a judicial figure is known: a later court may have taken it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.evidence.nature import is_judicial
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import date_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable


def known_until(path: str, days: Iterable[str | None]) -> str | None:
    """
    Return up to when a judicial figure is known, in words; none for any other fact.

    :param path: The fact's path.
    :param days: Up to when each source that supports it counts, in EDTF.
    """
    if not is_judicial(FactPath(path)):
        return None

    known = [Edtf.parse(day) for day in days if day]
    if not known:
        return "later proceedings not known"

    return f"as of {date_in_words(max(known, key=lambda day: day.end))}"
