"""Tests of :mod:`interpol_dataset.values.countries`."""

from __future__ import annotations

import iso3166
import pytest

from interpol_dataset.values.countries import COUNTRIES, country_hint


def test_countries_are_those_of_the_standard() -> None:
    """The countries, their names and their order are those of a package that follows ISO 3166-1."""
    assert {country.alpha3: country.name for country in iso3166.countries} == COUNTRIES
    assert [country.alpha3 for country in iso3166.countries] == list(COUNTRIES)


@pytest.mark.parametrize("country", iso3166.countries, ids=lambda country: country.alpha3)
def test_other_codes_and_names(country: iso3166.Country) -> None:
    """A code of two letters, a code in small letters and a name each mean their country."""
    hint = f"did you mean '{country.alpha3}', {country.name}?"

    for written in (country.alpha2, country.alpha3.lower(), country.name, country.apolitical_name):
        assert hint == country_hint(written)


@pytest.mark.parametrize(
    ("written", "code"),
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


@pytest.mark.parametrize("written", ["", "Korea", "Virgin Islands", "XX", "ABC", "840"])
def test_what_could_be_several_or_none(written: str) -> None:
    """No country is guessed where several, or none, have the name."""
    assert "use the country's code of three letters (ISO 3166-1)" == country_hint(written)
