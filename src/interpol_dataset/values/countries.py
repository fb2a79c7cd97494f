"""
Countries and territories of ISO 3166-1, and which of them a word was meant for.
"""

from __future__ import annotations

import re
from typing import Final

import iso3166

__all__ = ["COUNTRIES", "country_hint"]

COUNTRIES: Final = {country.alpha3: country.name for country in iso3166.countries}

#: A code of two letters that everybody uses and that is no country's own (ISO 3166-1 reserves it).
_RESERVED: Final = {"UK": "GB"}


def country_hint(written: str) -> str:
    """Say which country was meant; a code that only looks alike is another country."""
    code = _country_meant(written)
    if code is None:
        return "use the country's code of three letters (ISO 3166-1)"

    return f"did you mean '{code}', {COUNTRIES[code]}?"


def _country_meant(written: str) -> str | None:
    """Return the code of the country that a code of two letters or a name stands for, if any."""
    country = iso3166.countries.get(_RESERVED.get(written.upper(), written), None)
    if country is not None:
        return country.alpha3

    # "Iran, Islamic Republic of": what stands before the comma will do where it is one country's.
    named = [
        code
        for code, name in COUNTRIES.items()
        if re.split(r", | \(", name, maxsplit=1)[0].casefold() == written.casefold()
    ]

    return named[0] if len(named) == 1 else None
