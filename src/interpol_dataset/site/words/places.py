"""
Countries in a sentence.
"""

from __future__ import annotations

from typing import Final

#: Countries that take an article.
_THE: Final = frozenset(
    {
        *("ARE", "BHS", "CAF", "COD", "COK", "COM", "CYM", "DOM", "FLK", "GBR", "GMB", "MDV"),
        *("MHL", "NLD", "PHL", "SLB", "SYC", "TCA", "USA", "VGB", "VIR"),
    }
)


def within(code: str, name: str) -> str:
    """
    Return a country's name as it is written after "in".

    :param code: Its code.
    :param name: Its name in common use.
    """
    return f"the {name}" if code in _THE else name
