"""Tests of :mod:`interpol_dataset.totals.containment`."""

from collections.abc import Mapping

from hypothesis import given

from helpers.each import each
from helpers.figures import CATALOGUE, cases, figure, in_dollars, path
from interpol_dataset.totals.containment import Containment, containment
from interpol_dataset.totals.figures import Figure
from interpol_dataset.values.fact_path import FactPath


def _found(values: Mapping[str, str], *alone: str) -> Containment:
    """Work out how figures lie in each other, some of which stand alone by the record."""
    listed = [figure(short, value) for short, value in values.items()]
    return containment(listed, {path(fact): None for fact in alone}, CATALOGUE, in_dollars)


@each(
    "kind, values",
    [
        ("object", {"items/birds": "4", "items/parrots": "9"}),
        ("object", {"victims": "9", "victims/firms": "4"}),
        ("part-and-country", {"items~part": "9", "items@KOR": "4"}),
        ("part-and-country", {"items/birds~part": "9", "items/parrots@KOR~part": "4"}),
        ("parts", {"items~part": "9", "items~part/raid": "4"}),
        ("parts", {"items/birds@KOR~part/harbour": "9", "items/parrots@KOR~part/raid": "4"}),
        ("persons", {"victims/children~part/raid": "9", "victims/trafficked~part": "4"}),
        ("place", {"items": "4", "items@KOR": "9"}),
        ("place", {"items/birds": "4", "items@KOR": "9"}),
        ("persons", {"victims/children@KOR": "9", "victims/trafficked": "4"}),
        ("status", {"items/fakes": "9", "items/birds@KOR": "4"}),
        ("package", {"items/parcels": "9", "items/fakes": "4"}),
        ("rest", {"items/birds": "9", "items/shells": "4"}),
    ],
)
def test_each_kind(kind: str, values: dict[str, str]) -> None:
    """Two figures that may overlap are a doubt of one kind, in whatever order they come."""
    for listed in (values, dict(reversed(values.items()))):
        ((*paths, found),) = _found(listed).doubts
        assert (sorted(map(path, values)), kind) == (paths, found)


@each(
    "values",
    [
        {"items@KOR": "4", "items@PER": "9"},
        {"items": "9", "items@KOR": "4"},
        {"items/fakes@PER": "9", "items/birds@KOR": "4"},
        {"items/parrots": "9", "items/shells": "4"},
        {"items/parrots~part/raid": "9", "items/shells~part": "4"},
        {"items/birds@KOR~part/raid": "9", "items/birds@PER~part/raid": "4"},
        {"victims/children": "9", "victims/women": "4"},
        {"items": "9", "victims": "4"},
    ],
)
def test_no_doubt(values: dict[str, str]) -> None:
    """What lies in another, or can't overlap, raises no doubt."""
    assert _found(values).doubts == ()


def test_records_settle_doubts() -> None:
    """Of a figure that stands alone by the record, nobody doubts what it is a part of."""
    assert _found({"items/birds": "4", "items/parrots": "9"}, "items/parrots").doubts == ()
    assert _found({"items": "4", "items@KOR": "9"}, "items@KOR").doubts == ()
    assert _found({"items/birds": "9", "items/shells": "4"}, "items/shells").doubts == ()


def test_shares_of_countries_are_together_no_more_than_the_whole() -> None:
    """Each share fits, and all together don't; parts, and what stands alone, are not added up."""
    values = {"items": "40", "items@KOR": "25", "items@PER": "30"}

    assert [(path("items@PER"), path("items"), (path("items@KOR"),))] == [
        *_found(values).impossible
    ]
    assert _found(values | {"items": "55"}).impossible == ()
    assert _found(values | {"items": ">40"}).impossible == ()
    assert _found(values, "items@KOR").impossible == ()
    assert _found({"items": "40", "items@KOR": "25", "items@PER~part": "30"}).impossible == ()
    assert _found({"items": "40", "items@KOR": "25", "items/birds@PER": "30"}).impossible == ()


@each(
    "values, part, whole",
    [
        ({"items": "4", "items@KOR": "9"}, "items@KOR", "items"),
        ({"items": "~10", "items@KOR": ">11"}, None, None),
        ({"items": "~10", "items@KOR": ">12"}, "items@KOR", "items"),
        ({"items": ">4", "items@KOR": "9"}, None, None),
        ({"items/animals": "4", "items/parrots": "9"}, None, None),
        ({"victims": "4", "victims/firms": "9"}, None, None),
        ({"items@KOR~part": "4", "items/birds@KOR~part": "9"}, None, None),
        ({"money:USD": "4", "money/birds:EUR": "9"}, "money/birds:EUR", "money:USD"),
        ({"money:USD": "4", "money/birds:VND": "9"}, None, None),
        ({"money:USD": "10", "money:EUR": "11"}, None, None),
        ({"money:USD": "10", "money:EUR": "12"}, "money:EUR", "money:USD"),
        ({"money:USD": "10", "money:EUR": "6"}, "money:EUR", "money:USD"),
        ({"money:USD": "10", "money:VND": "6"}, None, None),
        ({"money:KRW": "10000", "money:EUR": "20"}, "money:KRW", "money:EUR"),
    ],
)
def test_impossible_arithmetic(values: dict[str, str], part: str | None, whole: str | None) -> None:
    """A part above its whole, or one amount that is two, is found, hedges considered."""
    expected = [(path(part), path(whole), ())] if part and whole else []
    assert expected == [*_found(values).impossible]


def test_a_pair_is_named_once() -> None:
    """What lies in a figure that outgrows its whole is no fault of its own."""
    values = {"items": "4", "items/birds": "20", "items/birds@KOR": "9"}
    assert [(path("items/birds"), path("items"), ())] == [*_found(values).impossible]


def test_records_settle_arithmetic() -> None:
    """A figure of which the record says where it belongs is in order."""
    assert _found({"items": "4", "items@KOR": "9"}, "items@KOR").impossible == ()


@given(cases())
def test_doubts_are_between_figures_in_no_other(
    case: tuple[tuple[Figure, ...], dict[FactPath, FactPath | None]],
) -> None:
    """A doubt is a pair of different figures of one metric, both in no other, named once."""
    found = containment(*case, CATALOGUE, in_dollars)
    pairs = [(doubt.fact, doubt.other) for doubt in found.doubts]

    assert sorted(set(pairs)) == pairs
    for one, other in pairs:
        assert one < other
        assert one.member == other.member
        assert found.members[one].whole is None
        assert found.members[other].whole is None
