"""Tests of :mod:`interpol_dataset.evidence.testimony`."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.each import each
from interpol_dataset.evidence.testimony import Amount, Stated, agree, contradict, grain, is_hedged
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.quantity import Quantity

KILOGRAMS = Decimal(1)
TONNES = Decimal(1000)


def count(text: str) -> Amount:
    """Make a count."""
    return Amount.of(Quantity.parse(text))


def weight(text: str, unit: Decimal = KILOGRAMS) -> Amount:
    """Make a weight."""
    return Amount.of(Quantity.parse(text), unit)


@each(
    "one, other",
    [
        ("975", "975"),
        (">720", "720"),
        (">720", "<720"),
        (">=1", "1"),
        ("20000", "19973"),
        ("1000", "1050"),
        ("100", "104"),
        ("2800", "2799"),
        ("3300", "3384"),
        ("~50", "45"),
        ("~50", "55"),
        ("~1000", "900"),
        (">247", "271"),
        (">720", "791"),
        (">1000", "1999"),
        (">=41", "45"),
        ("<1000", "900"),
        ("<600", "501"),
        ("<600", "500"),
        ("<=50", "0"),
        ("<=50", "12"),
        ("900..1000", "900"),
        ("900..1000", "950"),
        ("900..1000", "920..950"),
        ("95..105", "~100"),
        ("0", "<=5"),
    ],
)
def test_numbers_that_agree(one: str, other: str) -> None:
    """Two counts agree by their points, by rounding, or by the room of a hedge."""
    assert agree(count(one), count(other))
    assert agree(count(other), count(one))


@each(
    "one, other",
    [
        ("975", "957"),
        ("1000", "1051"),
        ("40", "39"),
        ("100", "99"),
        ("250", "268"),
        ("19973", "19950.5"),
        ("~50", "44"),
        ("~50", "56"),
        ("~50", "~41"),
        (">247", ">600"),
        (">247", "246"),
        (">1000", "2000"),
        (">720", "792"),
        (">1", "2"),
        (">720", "719"),
        (">120", "116"),
        ("<1000", "1040"),
        ("<1000", "899"),
        ("<1000", "1051"),
        ("<600", "499"),
        ("<=50", "51"),
        ("900..1000", "899"),
        ("900..1000", "950..1050"),
        ("900..1000", "1001"),
    ],
)
def test_numbers_that_contradict(one: str, other: str) -> None:
    """Two counts contradict each other where neither leaves room for the other."""
    assert not agree(count(one), count(other))
    assert not agree(count(other), count(one))


def test_measures_are_compared_in_one_unit() -> None:
    """1.1 tonnes are 1,100 kilograms, and 1,070 rounded."""
    assert weight("1.1", TONNES) == weight("1100")
    assert agree(weight("1.1", TONNES), weight("1070"))
    assert not agree(weight("1.1", TONNES), weight("1200"))


def test_small_measures_are_rounded_and_small_counts_are_not() -> None:
    """12 kilograms can be 12.4; 12 persons can't be anything else."""
    assert agree(weight("12"), weight("12.4"))
    assert not agree(count("12"), count("12.4"))


@each(
    "agrees, one, other",
    [
        (True, "2022-06", "2022-06-28"),
        (True, "2022-06/2022-11", "2022-06-28/2022-11-23"),
        (True, "2022-06/..", "2022-06-28/2022-11-23"),
        (True, "2022-06~", "2022-07-03"),
        (False, "2022-06-28/2022-11-23", "2022-06-28/2022-11-24"),
        (False, "2022-06-27/2022-11-23", "2022-06-28/2022-11-23"),
        (False, "2022", "2023"),
    ],
)
def test_periods_agree_by_begin_and_end(agrees: bool, one: str, other: str) -> None:  # noqa: FBT001
    """Both the begin and the end of two periods have to be possible at once."""
    assert agrees is agree(Edtf.parse(one), Edtf.parse(other))
    assert agrees is agree(Edtf.parse(other), Edtf.parse(one))


@pytest.mark.parametrize(
    ("agrees", "one", "other"),
    [
        (True, "listed", "listed"),
        (False, "listed", "not listed"),
        (True, date(2022, 11, 24), date(2022, 11, 24)),
        (False, date(2022, 11, 24), date(2022, 11, 25)),
        (False, date(2022, 11, 24), "2022-11-24"),
    ],
)
def test_days_and_words_agree_if_equal(agrees: bool, one: Stated, other: Stated) -> None:  # noqa: FBT001
    """A day and a word leave no room."""
    assert agrees is agree(one, other)


@each(
    "finer, coarser",
    [
        (count("19973"), count("20000")),
        (count("48"), count("~50")),
        (count("~48"), count("50")),
        (count("950"), count("900..1000")),
        (count("900..950"), count("900..1000")),
        (weight("1070"), weight("1.1", TONNES)),
        (weight("1.07", TONNES), weight("1100")),
        (Edtf.parse("2022-06-28"), Edtf.parse("2022-06")),
        (Edtf.parse("2022-06"), Edtf.parse("2022-06/..")),
    ],
)
def test_finer_has_the_smaller_grain(finer: Stated, coarser: Stated) -> None:
    """The finer number has more digits, the finer period fewer days."""
    assert grain(finer) < grain(coarser)


@pytest.mark.parametrize("hedge", ["~", ">", ">=", "<", "<="])
def test_hedge_makes_no_grain(hedge: str) -> None:
    """A number that only lost its hedge is neither finer nor coarser."""
    assert grain(count("720")) == grain(count(f"{hedge}720"))
    assert is_hedged(count(f"{hedge}720"))
    assert not is_hedged(count("720"))


def test_agreement_does_not_carry_over() -> None:
    """45 and 55 are both about 50, and contradict each other."""
    assert not contradict(count("~50"), count("45"))
    assert not contradict(count("~50"), count("55"))
    assert contradict(count("45"), count("55"))


NUMBERS = st.integers(0, 10**6).map(str) | st.decimals(0, 10**4, places=2).map(
    lambda number: f"{number.normalize():f}"
)
HEDGED = st.tuples(st.sampled_from(["", "~", ">", ">=", "<", "<="]), NUMBERS).map("".join)


@given(HEDGED, HEDGED)
def test_agreement_is_mutual(one: str, other: str) -> None:
    """If one agrees with the other, the other agrees with the one."""
    assert agree(count(one), count(other)) is agree(count(other), count(one))


@given(HEDGED)
def test_every_number_agrees_with_itself_and_without_its_hedge(text: str) -> None:
    """Retellings drop hedges; a dropped hedge is not a different figure."""
    assert agree(count(text), count(text))
    assert agree(count(text), count(text.lstrip("~<>=")))


@given(NUMBERS, NUMBERS)
def test_two_hedges_never_agree_by_their_rooms_alone(one: str, other: str) -> None:
    """If neither point lies in the other's room and neither is rounded, the two contradict."""
    first, second = count(f"~{one}"), count(f"~{other}")
    apart = not first.admits(second.low) and not second.admits(first.low)
    assert not apart or not agree(first, second) or agree(count(one), count(other))


@given(st.sampled_from((">", ">=", "<", "<=")), st.integers(1, 10_000), st.integers(1, 99))
def test_rounding_does_not_go_against_a_hedge(sign: str, hundreds: int, rest: int) -> None:
    """What is less than 1,200 is not "more than 1,200", however near it is."""
    rounded = hundreds * 100
    beyond = rounded - rest if ">" in sign else rounded + rest
    assert not agree(count(f"{sign}{rounded}"), count(str(beyond)))
