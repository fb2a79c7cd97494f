"""Tests of :mod:`interpol_dataset.docs.statistics`."""

from __future__ import annotations

import pytest

from interpol_dataset.docs.statistics import alpha, interval, wilson


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "a"), ("b", "b")], 1),
        ([("a", "b"), ("b", "a")], -0.5),
        ([("a", "a"), ("a", "a"), ("a", "b")], 0),
        ([("a", "a"), ("a", "a")], None),
    ],
)
def test_alpha(pairs: list[tuple[str, str]], expected: float | None) -> None:
    """Alpha is 1 for readers who agree and below 0 for those who never do, as worked by hand."""
    assert expected == alpha(pairs) if expected is None else pytest.approx(expected) == alpha(pairs)


def test_wilson() -> None:
    """The interval is that of the textbook, and stays between 0 and 1."""
    assert pytest.approx((0.02787, 0.30104), abs=1e-5) == wilson(2, 20)
    assert (0, 1) == (round(wilson(0, 5)[0], 9), round(wilson(5, 5)[1], 9))


def test_interval_of_cells_on_pages() -> None:
    """Cells of one page that hang together say less than as many apart, and never more."""
    apart = [(1, 1)] * 5 + [(0, 1)] * 95
    together = [(5, 5)] + [(0, 5)] * 19

    assert wilson(5, 100) == pytest.approx(interval(apart), abs=1e-3)
    assert interval(together)[1] > 2 * wilson(5, 100)[1]
    assert wilson(0, 100) == interval([(0, 5)] * 20)
    assert wilson(1, 20) == interval([(1, 10), (0, 10)])
