"""Tests of :mod:`interpol_dataset.values.fact_path`."""

from helpers.each import each
from interpol_dataset.values.fact_path import FactPath


@each(
    "path, start, expected",
    [
        ("outcomes/arrests", "outcomes/arrests", True),
        ("outcomes/arrests/children", "outcomes/arrests", True),
        ("outcomes/arrests@KOR", "outcomes/arrests", True),
        ("outcomes/arrests~part", "outcomes/arrests", True),
        ("outcomes/assets-frozen:USD", "outcomes/assets-frozen", True),
        ("outcomes/arrests-announced", "outcomes/arrests", False),
        ("outcomes/arrests", "outcomes/arrest", False),
        ("outcomes/arrests", "outcomes", True),
        ("country_count", "countr", False),
    ],
)
def test_a_beginning_ends_with_a_word(path: str, start: str, *, expected: bool) -> None:
    """All that is below a path begins with it, and no other word that only looks alike."""
    assert expected is FactPath(path).begins(start)
