"""Tests of :mod:`interpol_dataset.values.edtf`."""

import re
from datetime import date, timedelta

import edtf as oracle
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from helpers import strategies as s
from helpers.each import each
from interpol_dataset import Edtf, NotationError
from interpol_dataset.schema.fields import Date
from interpol_dataset.values.edtf import PATTERN

ADAPTER = TypeAdapter(Date)


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


@each(
    "text, earliest, latest",
    [
        ("2022-06-28", "2022-06-28", "2022-06-28"),
        ("2022-06", "2022-06-01", "2022-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2022-XX", "2022-01-01", "2022-12-31"),
        ("2022-XX-XX", "2022-01-01", "2022-12-31"),
        ("2022-06-XX", "2022-06-01", "2022-06-30"),
        ("2022-21", "2022-03-01", "2022-05-31"),
        ("2022-24", "2022-12-01", "2023-02-28"),
        ("2022-06~", "2022-05-02", "2022-07-30"),
        ("2022-06-28?", "2022-06-27", "2022-06-29"),
        ("2022-06-28/2022-11", "2022-06-28", "2022-11-30"),
        ("2022-06/..", "2022-06-01", None),
        ("2022-06/", "2022-06-01", None),
        ("../2022-06", None, "2022-06-30"),
        ("/2022-06", None, "2022-06-30"),
        ("9999-24", "9999-12-01", None),
        ("0000", None, "0001-12-31"),
    ],
)
def test_bounds(text: str, earliest: str | None, latest: str | None) -> None:
    """Each notation spans the days that the codebook promises, as far as the calendar goes."""
    date_ = Edtf.parse(text)
    assert (date_.earliest, date_.latest) == (earliest and day(earliest), latest and day(latest))


@given(s.date_texts())
def test_notation_round_trips(text: str) -> None:
    """A date keeps its notation, and reads back from it as the same date."""
    assert text == str(Edtf.parse(text))
    assert Edtf.parse(text) == ADAPTER.validate_python(ADAPTER.dump_python(Edtf.parse(text)))


@given(s.dates())
def test_bounds_are_in_order(date_: Edtf) -> None:
    """Nothing ends before it begins."""
    assert date_.start[0] <= date_.start[1]
    assert date_.end[0] <= date_.end[1]
    assert date_.start[0] <= date_.end[1]


@given(s.date_texts())
def test_published_pattern_takes_every_date(text: str) -> None:
    """The pattern in the JSON Schemas and Table Schemas takes what is parsed."""
    assert re.fullmatch(PATTERN, text)


@given(st.text(max_size=10) | st.text("0129-/.~?%X \n", max_size=12))
def test_what_the_pattern_refuses_is_refused(text: str) -> None:
    """Whatever the published pattern does not take is refused, with a hint."""
    assume(not re.fullmatch(PATTERN, text))
    with pytest.raises(NotationError) as caught:
        Edtf.parse(text)
    assert caught.value.hint


@each(
    "text",
    [
        *("", "/", "..", "../..", "../", "22-06-28", "2022-6-28", "2022-13", "2022-00"),
        *("2022-06-00", "2022-06-32", "28.06.2022", "2022/06/28", "June 2022"),
        *("2022-06-28T12:00:00", "2022-06-28 ", "2022-06-28\n", "2022\n/2023", "2022-06~~"),
        *("~2022", "XXXX", "2XXX", "2022-XX-28", "2022-25", "-2022", "Y12022", "2022--06"),
        *("2022-06/2022-11/2022-12", "٢٠٢٢"),  # the last in Arabic digits
    ],
)
def test_bad_text_is_refused(text: str) -> None:
    """A text that is not a date in the notation is refused, with the notations there are."""
    with pytest.raises(NotationError, match="is not a date") as caught:
        Edtf.parse(text)
    assert "2022-06/2022-11" in str(caught.value.hint)


@each(
    "text, what, hint",
    [
        ("2022-02-30", "does not exist", "2022-02 has 28 days"),
        ("2024-02-30", "does not exist", "2024-02 has 29 days"),
        ("2022-06-31/2022-07", "does not exist", "2022-06 has 30 days"),
        ("2022-11/2022-06", "ends before it begins", "write 2022-06/2022-11"),
    ],
)
def test_what_the_calendar_does_not_have(text: str, what: str, hint: str) -> None:
    """A day that there is not, or a period that runs backward, is refused with what is right."""
    with pytest.raises(NotationError, match=what) as caught:
        Edtf.parse(text)
    assert caught.value.hint == hint


def test_model_takes_texts_and_years_only() -> None:
    """In a record a year may be without quotes, as a number; other values are no dates."""
    for value in (2022, "2022"):
        assert ADAPTER.validate_python(value) == Edtf.parse("2022")
    for wrong in (True, None, 12, 10000, 2022.5, [2022], date(2022, 1, 1)):
        with pytest.raises(ValidationError):
            ADAPTER.validate_python(wrong)


#: Where this package means something else than the edtf library, on purpose.
DIFFERENCES = {
    "2022-24": "winter runs on into the next year, rather than ending with December",
    "2022-06~": "about June may be off by a month, rather than by a year and a month",
    "2022-06-28%": "the margin is the date's own length, rather than twice a fixed one",
    "2022-06/..": "an open end is none, rather than infinite",
    "2022-06/": "an unknown end is none, rather than ten years later",
    "0000": "Python's calendar begins with the year 1",
}


def judged(text: str) -> tuple[date, date]:
    """Return the bounds that the edtf library gives, as days."""
    parsed = oracle.parse_edtf(text)
    first, last = parsed.lower_strict(), parsed.upper_strict()
    return date(*first[:3]), date(*last[:3])


@given(s.simple_dates().filter(lambda text: text[:4] not in {"0000", "000X", "00XX"}))
def test_bounds_are_those_of_the_edtf_library(text: str) -> None:
    """Days, months, years, unspecified digits and seasons but winter span what edtf says."""
    bare = text.rstrip("~?%")
    assume(not bare.endswith("-24") or len(bare) > len("2022-24"))
    date_ = Edtf.parse(bare)
    assert judged(bare) == (date_.start[0], date_.end[1])


@given(st.lists(st.dates().map(str), min_size=2, max_size=2).map(sorted))
def test_periods_are_those_of_the_edtf_library(days: list[str]) -> None:
    """A period spans what edtf says."""
    text = "/".join(days)
    date_ = Edtf.parse(text)
    assert judged(text) == (date_.start[0], date_.end[1])


@each("text", DIFFERENCES)
def test_differences_are_on_purpose(text: str) -> None:
    """Where the bounds differ from edtf's, the difference is listed here with its reason."""
    parsed, date_ = oracle.parse_edtf(text), Edtf.parse(text)
    try:
        first, last = parsed.lower_fuzzy()[:3], parsed.upper_fuzzy()[:3]
        theirs = (date(*first), date(*last))
    except (TypeError, ValueError):
        theirs = None

    assert theirs != (date_.earliest, date_.latest)


@given(s.simple_dates().filter(lambda text: text[-1] in "~?%" and "0200" < text < "9800"))
def test_margin_is_the_own_length(text: str) -> None:
    """An approximate date reaches as far before and behind as it is long."""
    bare, hedged = Edtf.parse(text[:-1]), Edtf.parse(text)
    length = bare.end[1] - bare.start[0] + timedelta(days=1)
    assert bare.start[0] - length == hedged.start[0]
    assert bare.end[1] + length == hedged.end[1]
