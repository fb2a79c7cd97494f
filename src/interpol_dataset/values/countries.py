"""
Countries and territories of ISO 3166-1, and which of them a word was meant for.

They are in a file here, not in a package: the bytes of a build must not depend on its version.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Final

__all__ = ["COUNTRIES", "country_hint"]

with Path(__file__).with_name("countries.csv").open(encoding="utf-8", newline="") as _file:
    _ROWS: Final = tuple(csv.DictReader(_file))

#: The names of countries, by their codes of three letters.
COUNTRIES: Final = {row["code"]: row["name"] for row in _ROWS}

#: The codes of three letters, by what else stands for just that country. Everybody uses UK, which
#: is no country's own code (ISO 3166-1 reserves it).
_CODES: Final = {written.casefold(): row["code"] for row in _ROWS for written in row.values()} | {
    "uk": "GBR"
}


def country_hint(written: str) -> str:
    """Say which country was meant; a code that only looks alike is another country."""
    code = _country_meant(written)
    if code is None:
        return "use the country's code of three letters (ISO 3166-1)"

    return f"did you mean '{code}', {COUNTRIES[code]}?"


def _country_meant(written: str) -> str | None:
    """Return the code of the country that a code or a name stands for, if any."""
    written = written.casefold()
    if written in _CODES:
        return _CODES[written]

    # "Iran, Islamic Republic of": what stands before the comma will do where it is one country's.
    named = [
        code
        for code, name in COUNTRIES.items()
        if re.split(r", | \(", name, maxsplit=1)[0].casefold() == written
    ]

    return named[0] if len(named) == 1 else None
