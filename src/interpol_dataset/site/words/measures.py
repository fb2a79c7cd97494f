"""
How a measure was made, in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["basis"]

#: How a measure was made of several figures.
_BASES: Final = {"sum": "the sum of", "largest": "the largest of"}


def basis(row: Mapping[str, Any]) -> str:
    """Return how a measure was made: "the sum of 3 figures"; nothing if it is stated."""
    if row["basis"] == "part":
        return "only a part was announced"
    count = len(row["facts"] or ())
    if row["basis"] in _BASES and count > 1:
        return f"{_BASES[row['basis']]} {count} figures"

    return "" if row["basis"] == "stated" else "from one figure"
