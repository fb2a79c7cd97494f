"""Tests of :mod:`interpol_dataset.values.iso`."""

import csv
from importlib.util import find_spec
from pathlib import Path

import iso3166

from helpers.each import each
from interpol_dataset.values import iso
from interpol_dataset.values.iso import COUNTRIES, COUNTRY_ROWS, country_hint, country_named

#: Where country-converter has no or another region than M49: it puts Nauru into Polynesia.
ANOTHER = {"ATA": "Antarctica", "NRU": "Polynesia", "TWN": "Eastern Asia", "XKX": "Southern Europe"}


def test_countries_are_those_of_the_standard() -> None:
    """The countries, their names and their order are those of a package that follows ISO 3166-1."""
    assert {country.alpha3: country.name for country in iso3166.countries} == COUNTRIES
    assert [country.alpha2 for country in iso3166.countries] == [
        row["alpha_2"] for row in COUNTRY_ROWS
    ]
    assert [country.alpha3 for country in iso3166.countries] == list(COUNTRIES)


def test_other_codes_and_names() -> None:
    """A code of two letters, a code in small letters and a name each mean their country."""
    written = {
        text: f"did you mean '{country.alpha3}', {country.name}?"
        for country in iso3166.countries
        for text in (country.alpha2, country.alpha3.lower(), country.name, country.apolitical_name)
    }
    assert written == {text: country_hint(text) for text in written}


@each(
    "written, code",
    [
        ("UK", "GBR"),
        ("uk", "GBR"),
        ("Iran", "IRN"),
        ("bolivia", "BOL"),
        ("Congo", "COG"),
        ("UKR ", "UKR"),
    ],
)
def test_what_people_write(written: str, code: str) -> None:
    """What people write for a country is understood, where it can only be that one."""
    assert f"did you mean '{code}', {COUNTRIES[code]}?" == country_hint(written)


@each("written", ["", "Korea", "Virgin Islands", "XX", "ABC", "840"])
def test_what_could_be_several_or_none(written: str) -> None:
    """No country is guessed where several, or none, have the name."""
    hint = country_hint(written)
    assert hint.startswith("use the country's code of three letters (ISO 3166-1)")
    assert "'interpol-dataset list countries'" in hint


def test_a_code_that_several_may_have() -> None:
    """A code that was made up from a name is asked about, where a few countries begin so."""
    assert country_hint("MAL") == (
        "did you mean one of MDV (Maldives), MLI (Mali), MLT (Malta), MWI (Malawi), MYS (Malaysia)?"
    )


def others() -> dict[str, dict[str, str]]:
    """Return the countries of country-converter. Its code fails on pandas 3."""
    spec = find_spec("country_converter")
    assert spec
    assert spec.origin
    with Path(spec.origin).with_name("country_data.tsv").open(encoding="utf-8") as file:
        return {row["ISO3"]: row for row in csv.DictReader(file, delimiter="\t")}


def test_join_keys_are_those_of_another_package() -> None:
    """Codes and subregions are those that an independent package has."""
    theirs = others()
    for row in COUNTRY_ROWS:
        other = theirs[row["code"]]
        assert row["m49"] == (other["UNcode"] and other["UNcode"].zfill(3))
        if row["code"] in ANOTHER:
            assert ANOTHER[row["code"]] == other["UNregion"]
        else:
            assert other["UNregion"] == row["subregion"]


def test_regions_hang_together() -> None:
    """A subregion is of one region; what M49 does not place is empty, and is listed."""
    pairs = {(row["subregion"], row["region"]) for row in COUNTRY_ROWS}
    assert len(pairs) == len(dict(pairs)) == 22 + 1
    assert {"Africa", "Americas", "Asia", "Europe", "Oceania", ""} == {pair[1] for pair in pairs}
    assert [row["code"] for row in COUNTRY_ROWS if not row["region"]] == ["ATA", "XKX", "TWN"]


def test_short_names() -> None:
    """Short names differ from each other, are no longer than the standard's, and are understood."""
    names = [row["short_name"] for row in COUNTRY_ROWS]
    assert len(set(names)) == len(names)
    assert [name for name in names if not iso.countries_in(f"In {name}.")] == []
    assert [row["code"] for row in COUNTRY_ROWS] == [country_named(name) for name in names]
    assert next(row["short_name"] for row in COUNTRY_ROWS if row["code"] == "KOR") == "South Korea"
