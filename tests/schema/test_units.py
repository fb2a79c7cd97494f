"""Tests of :mod:`interpol_dataset.schema.vocabulary`."""

import iso4217

from interpol_dataset.schema.vocabulary import CURRENCIES


def test_currencies_are_those_of_the_standard() -> None:
    """The currencies are those of a package that follows ISO 4217."""
    assert {currency.code for currency in iso4217.Currency} == CURRENCIES
