"""Tests of :mod:`interpol_dataset.spelling`."""

from __future__ import annotations

from interpol_dataset.spelling import nearest


def test_nearest() -> None:
    """The nearest word is one that is like it."""
    assert "arrests" == nearest("arests", ["seizures", "arrests"])
    assert nearest("zzz", ["seizures", "arrests"]) is None


def test_cutoff() -> None:
    """How like a word must be can be chosen."""
    assert nearest("arrested", ["arrests"], cutoff=0.9) is None
    assert "arrests" == nearest("arrested", ["arrests"], cutoff=0.4)


def test_no_word_for_a_text() -> None:
    """A text is no slip of the pen."""
    text = "arrests " * 100

    assert nearest(text, [text]) is None
