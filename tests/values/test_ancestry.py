"""Tests of :mod:`interpol_dataset.schema.vocabulary`."""

import pytest

from interpol_dataset.schema.vocabulary import above, topmost

PARENTS = {"cocaine": "drugs", "drugs": "goods", "a": "b", "b": "c", "c": "b", "itself": "itself"}


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("cocaine", ["drugs", "goods"]),
        ("goods", []),
        ("a", ["b", "c"]),
        ("b", ["c"]),
        ("itself", []),
    ],
)
def test_the_way_up(start: str, expected: list[str]) -> None:
    """The nearest comes first; the start is left out; a cycle ends the way."""
    assert expected == list(above(start, PARENTS.get))
    assert [start, *expected][-1] == topmost(start, PARENTS.get)
