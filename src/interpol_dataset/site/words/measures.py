"""
How a measure was made, in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from interpol_dataset.schema.vocabulary import TotalBasis

if TYPE_CHECKING:
    from collections.abc import Mapping


def basis(row: Mapping[str, Any]) -> str:
    """Return how a measure was made: "the sum of 3 figures"; nothing if it is stated."""
    match row["basis"]:
        case TotalBasis.SUM:
            return f"the sum of {len(row['facts'])} figures"
        case TotalBasis.LARGEST:
            return "the largest of several figures"
        case TotalBasis.PART:
            return "only a part was announced"
        case TotalBasis.NARROWER:
            return "of something narrower"
        case _:
            return ""
