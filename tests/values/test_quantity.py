"""Tests of :mod:`interpol_dataset.values.quantity`."""

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from helpers import strategies as s
from helpers.each import each
from interpol_dataset import NotationError, Quantity
from interpol_dataset.schema.fields import Number
from interpol_dataset.values.quantity import PATTERN

ADAPTER = TypeAdapter(Number)


@each(
    "text, point, lower, upper",
    [
        ("975", 975, 975, 975),
        ("0", 0, 0, 0),
        ("1.5", Decimal("1.5"), Decimal("1.5"), Decimal("1.5")),
        ("~1000", 1000, 900, 1100),
        (">=1000", 1000, 1000, None),
        (">1000", 1000, 1000, None),
        ("<=1000", 1000, 0, 1000),
        ("<1000", 1000, 900, 1000),
        ("900..1000", None, 900, 1000),
    ],
)
def test_bounds(text: str, point: Decimal, lower: Decimal, upper: Decimal | None) -> None:
    """Each notation stands for the bounds that the codebook promises."""
    quantity = Quantity.parse(text)
    assert (point, lower, upper) == (quantity.point, quantity.lower, quantity.upper)


@given(s.quantity_texts())
def test_notation_round_trips(text: str) -> None:
    """The one notation of a quantity is in the published pattern, and reads back as the same."""
    quantity = Quantity.parse(text)
    assert str(quantity) == text
    assert re.search(PATTERN, text)
    assert Quantity.parse(quantity.notation) == quantity
    assert ADAPTER.validate_python(ADAPTER.dump_python(quantity, mode="json")) == quantity


@given(s.quantities())
def test_bounds_hold_the_point(quantity: Quantity) -> None:
    """The bounds are in order, not negative, and hold the number that was said."""
    upper = Decimal("Infinity") if quantity.upper is None else quantity.upper
    assert 0 <= quantity.lower <= upper
    assert quantity.point is None or quantity.lower <= quantity.point <= upper


@given(st.text(max_size=12) | st.text("0123456789.<>=~- \n+eE,", max_size=12))
def test_what_the_pattern_refuses_is_refused(text: str) -> None:
    """Whatever the published pattern does not take is refused, with a hint."""
    assume(not re.fullmatch(PATTERN, text))
    with pytest.raises(NotationError) as caught:
        Quantity.parse(text)
    assert caught.value.hint


@each(
    "text",
    [
        *("", " ", "abc", "-5", "+5", "1,000", "1 000", "007", "1e3", ".5", "5.", "~", "> 5"),
        *("=5", "==5", "~~5", "<>5", "5\n", "1..", "..1", "1...2", "~1..2", "NaN", "Infinity"),
        *("1000000000000000000", "٣"),  # the last is an Arabic digit
    ],
)
def test_bad_text_is_refused(text: str) -> None:
    """A text that is not a quantity is refused, with the notations there are."""
    with pytest.raises(NotationError) as caught:
        Quantity.parse(text)
    known = "write 975, '~1000', '>=1000', '>1000', '<=1000', '<1000' or '900..1000'"
    assert (repr(text) in caught.value.what, caught.value.hint) == (True, known)


@each(
    "text, hint",
    [("1000..900", "write 900..1000"), ("2.0..1", "write 1..2"), ("1000..1000", "write 1000")],
)
def test_range_has_to_rise(text: str, hint: str) -> None:
    """A range that does not rise is refused, and the hint says how to write it."""
    with pytest.raises(NotationError, match="does not rise") as caught:
        Quantity.parse(text)
    assert caught.value.hint == hint


def test_numbers_are_taken() -> None:
    """A plain number is written without exponent and trailing zeros; some no source can state."""
    notations = {975: "975", 1.5: "1.5", 2.0: "2", 1e-05: "0.00001"}
    assert {number: Quantity.parse(number).notation for number in notations} == notations
    for number in (float("nan"), float("inf"), -1, 1e30):
        with pytest.raises(NotationError):
            Quantity.parse(number)


@each("value", [True, None, [1], {"a": 1}])
def test_model_takes_numbers_and_texts_only(value: object) -> None:
    """In a record, true is not 1 and an empty value is no quantity."""
    with pytest.raises(ValidationError, match="a quantity is a number or a text"):
        ADAPTER.validate_python(value)


@given(st.integers(1, 10**6), st.sampled_from(["", "~", ">=", ">", "<=", "<"]))
def test_things_come_whole(number: int, hedge: str) -> None:
    """Bounds of what is counted are whole, no wider than before, and hold the number."""
    stated = Quantity.parse(f"{hedge}{number}")
    whole = stated.whole

    assert stated.lower <= whole.lower <= number
    assert whole.lower % 1 == 0
    assert (stated.upper is None) is (whole.upper is None)
    if stated.upper is not None and whole.upper is not None:
        assert number <= whole.upper <= stated.upper
        assert whole.upper % 1 == 0


def test_half_a_thing_stays() -> None:
    """What is no whole number has no whole bounds."""
    assert Quantity.parse("0.5") == Quantity.parse("0.5").whole
    assert (Quantity.parse("~42").whole.lower, Quantity.parse("~42").whole.upper) == (38, 46)
