"""
Countries by the names that newspapers use.
"""

from __future__ import annotations

from typing import Final

__all__ = ["short_name", "within"]

#: Short names where ISO 3166-1 has an official one.
_SHORT: Final = {
    "BOL": "Bolivia",
    "BRN": "Brunei",
    "COD": "DR Congo",
    "FLK": "Falkland Islands",
    "FSM": "Micronesia",
    "GBR": "United Kingdom",
    "IRN": "Iran",
    "KOR": "South Korea",
    "LAO": "Laos",
    "MDA": "Moldova",
    "PRK": "North Korea",
    "PSE": "Palestine",
    "RUS": "Russia",
    "SYR": "Syria",
    "TWN": "Taiwan",
    "TZA": "Tanzania",
    "USA": "United States",
    "VEN": "Venezuela",
    "VNM": "Vietnam",
}

#: Countries that take an article.
_THE: Final = frozenset(
    {
        *("ARE", "BHS", "CAF", "COK", "COM", "CYM", "DOM", "FLK", "GBR", "GMB", "MDV", "MHL"),
        *("NLD", "PHL", "SLB", "SYC", "TCA", "USA", "VGB", "VIR"),
    }
)


def short_name(code: str, name: str) -> str:
    """Return a country's name as newspapers have it."""
    return _SHORT.get(code, name)


def within(code: str, name: str) -> str:
    """Return a country's name as it stands after "in"."""
    short = short_name(code, name)

    return f"the {short}" if code in _THE else short
