"""Tests of :mod:`interpol_dataset.evidence.texts`."""

from __future__ import annotations

from helpers.each import each
from interpol_dataset.evidence.texts import first_with


@each(
    "same_text, first",
    [({}, "a"), ({"a": "b", "b": "c"}, "c"), ({"a": "b", "b": "a"}, "b"), ({"a": "a"}, "a")],
)
def test_the_first_with_a_text(same_text: dict[str, str], first: str) -> None:
    """A reprint of a reprint carries the text of the first; a circle ends somewhere."""
    assert first == first_with("a", same_text.get)
