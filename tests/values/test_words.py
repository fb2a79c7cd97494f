"""Tests of :mod:`interpol_dataset.values.words`."""

from helpers.each import each
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import date_in_words, quantity_in_words, verb


@each(
    "notation, unit, words",
    [
        ("975", None, "975"),
        ("<1000", None, "nearly 1,000"),
        (">130000000", "USD", "more than USD 130,000,000"),
        (">=5", None, "at least 5"),
        ("<=3", "GB", "up to 3 GB"),
        ("~1.5", "t", "about 1.5 t"),
        ("400..500", "kg", "400 to 500 kg"),
    ],
)
def test_quantities(notation: str, unit: str | None, words: str) -> None:
    """A number is written with its hedge as people say it."""
    assert words == quantity_in_words(Quantity.parse(notation), unit)


@each(
    "notation, words",
    [
        ("2022-06-28", "28 June 2022"),
        ("2022-06", "June 2022"),
        ("2022", "2022"),
        ("2022-06-28/2022-11-23", "28 June to 23 November 2022"),
        ("2022-06-03/2022-06-09", "3 to 9 June 2022"),
        ("2021-12-30/2022-01-02", "30 December 2021 to 2 January 2022"),
        ("2022-06/2022-11", "June to November 2022"),
        ("2022/2023", "2022 to 2023"),
        ("2022-06~", "about June 2022"),
        ("2018-04?", "possibly April 2018"),
        ("202X", "the 2020s"),
        ("2022-21", "spring 2022"),
        ("2022-06-28/..", "from 28 June 2022"),
        ("2022-06/", "from June 2022, end not known"),
        ("/2018-10-07", "until 7 October 2018"),
        ("2010~/2013-06", "about 2010 to June 2013"),
        ("2012~/2012-06", "about 2012 to June 2012"),
        ("2022-06-28/2022", "28 June 2022 to 2022"),
    ],
)
def test_dates(notation: str, words: str) -> None:
    """A date or period is written without what its end repeats, also one that is vague or open."""
    assert date_in_words(Edtf.parse(notation)) == words


@each(
    "names, expected",
    [
        (["INTERPOL"], "says"),
        (["Arab News"], "says"),
        (["Spanish authorities"], "say"),
        (["INTERPOL", "Europol"], "say"),
    ],
)
def test_verbs(names: list[str], expected: str) -> None:
    """A verb is plural after several bodies, and after a name that is one of several."""
    assert verb(names, "says", "say") == expected
