"""Tests of :mod:`interpol_dataset.values.iso`."""

import re

from iso639 import iter_langs

from helpers.each import each
from interpol_dataset.values.iso import LANGUAGES, PATTERN


def test_languages_are_those_of_the_standard() -> None:
    """The codes and names are those of a package that follows ISO 639."""
    standard = {each.pt1 or each.pt2t: each.name for each in iter_langs() if each.pt3}
    del standard[""]  # languages of ISO 639-3 only
    assert standard == LANGUAGES
    assert sorted(LANGUAGES) == list(LANGUAGES)


@each("written", ["sp", "jp", "eng", "EN", "english", "", "e", "xx"])
def test_what_is_no_code(written: str) -> None:
    """Codes of countries, other codes of a language with one of two letters, and names are none."""
    assert not re.search(PATTERN, written)
