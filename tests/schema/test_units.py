"""Tests of :mod:`interpol_dataset.schema.vocabulary`."""

import csv
from pathlib import Path

import iso4217

from interpol_dataset.docs import contents
from interpol_dataset.schema import fields
from interpol_dataset.schema.vocabulary import CURRENCIES, Term


def test_currencies_are_those_of_the_standard() -> None:
    """The currencies are those of a package that follows ISO 4217."""
    assert {currency.code for currency in iso4217.Currency} == CURRENCIES


def test_terms_with_words_are_those_that_there_are(root: Path) -> None:
    """Each vocabulary has its terms in ``terms.csv``, each once, and nothing else is there."""
    known = [
        (vocabulary.__name__, term.value)
        for vocabulary in Term.__subclasses__()
        for term in vocabulary
    ]
    with (root / "src/interpol_dataset/schema/terms.csv").open(encoding="utf-8") as file:
        listed = [(row["vocabulary"], row["term"]) for row in csv.DictReader(file)]
    assert {contents.Change.__name__, fields.Basis.__name__} <= {name for name, _ in known}
    assert sorted(listed) == sorted(known)
