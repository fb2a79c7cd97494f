"""Tests of :mod:`interpol_dataset.totals.containment`."""

from collections.abc import Mapping

from hypothesis import given

from helpers.each import each
from helpers.figures import CATALOGUE, cases, figure, in_dollars, path
from interpol_dataset.totals.containment import memberships
from interpol_dataset.totals.figures import Figure
from interpol_dataset.values.fact_path import FactPath

_Case = tuple[tuple[Figure, ...], dict[FactPath, FactPath | None]]


def _parts(
    values: Mapping[str, str], stated: Mapping[str, str | None] | None = None
) -> dict[str, tuple[str, str]]:
    """Return what lies in what, and by what, with short paths; without what stands alone."""
    said = {path(fact): whole and path(whole) for fact, whole in (stated or {}).items()}
    listed = [figure(short, value) for short, value in values.items()]
    found = memberships(listed, said, CATALOGUE, in_dollars)

    return {
        fact.removeprefix("outcomes/"): (whole.removeprefix("outcomes/"), basis)
        for fact, (whole, basis) in found.items()
        if whole is not None
    }


@each(
    "values, part, whole, basis",
    [
        ({"items": "9", "items@KOR": "4"}, "items@KOR", "items", "place"),
        ({"items": "9", "items~part": "4"}, "items~part", "items", "part"),
        ({"items": "9", "items@KOR~part": "4"}, "items@KOR~part", "items", "part+place"),
        ({"items": "9", "items/birds": "4"}, "items/birds", "items", "object"),
        ({"items/animals": "9", "items/parrots": "4"}, "items/parrots", "items/animals", "object"),
        (
            {"items/animals": "9", "items/birds@KOR": "4"},
            "items/birds@KOR",
            "items/animals",
            "object+place",
        ),
        ({"money:EUR": "9", "money:USD": "10"}, "money:EUR", "money:USD", "currency"),
        ({"money:EUR": "9", "money:KRW": "9000"}, "money:KRW", "money:EUR", "currency"),
        (
            {"money:USD": "9", "money/birds:EUR": "4"},
            "money/birds:EUR",
            "money:USD",
            "currency+object",
        ),
        (
            {"victims/children": "4", "victims/trafficked": "9"},
            "victims/children",
            "victims/trafficked",
            "facet",
        ),
        (
            {"victims/children@KOR": "4", "victims/trafficked": "9"},
            "victims/children@KOR",
            "victims/trafficked",
            "facet+place",
        ),
    ],
)
def test_each_basis(values: dict[str, str], part: str, whole: str, basis: str) -> None:
    """A figure lies in another by place, part, object, currency or facet."""
    assert {part: (whole, basis)} == _parts(values)


@each(
    "values, whole",
    [
        ({"items/parrots@KOR": "1", "items/birds": "9", "items/animals": "9"}, "items/birds"),
        ({"items/parrots@KOR": "1", "items/parrots": "9", "items/birds@KOR": "9"}, "items/parrots"),
        ({"items/parrots@KOR": "1", "items/birds@KOR": "9", "items/birds": "9"}, "items/birds@KOR"),
        ({"items@KOR~part": "1", "items@KOR": "9", "items": "9"}, "items@KOR"),
        (
            {"items/birds~part/raid": "1", "items/animals": "9", "items/birds~part": "9"},
            "items/animals",
        ),
        ({"money:EUR~part/raid": "1", "money:USD~part/raid": "1"}, "money:USD~part/raid"),
        ({"money:EUR@KOR": "1", "money:EUR": "9", "money:USD": "9"}, "money:EUR"),
        ({"money:EUR@KOR": "1", "money:USD@KOR": "1", "money:EUR": "9"}, "money:USD@KOR"),
    ],
)
def test_the_narrowest_whole_counts(values: dict[str, str], whole: str) -> None:
    """Of several figures that contain one, the narrowest is named."""
    assert whole == _parts(values)[next(iter(values))][0]


@each(
    "values",
    [
        {"items@KOR": "4", "items@PER": "9"},
        {"items~part": "9", "items@KOR": "4"},
        {"items/birds~part": "4", "items~part": "9"},
        {"items~part": "9", "items~part/raid": "4"},
        {"items@KOR~part/harbour": "9", "items@KOR~part/raid": "4"},
        {"items/birds": "4", "items/shells": "9"},
        {"items/birds": "9", "items/animals@KOR": "4"},
        {"items": "9", "items@KOR": "10"},
        {"items": ">10", "items@KOR": "16"},
        {"items/fakes": "4", "items/birds": "9"},
        {"victims": "9", "victims/firms": "4"},
        {"victims/children": "4", "victims/women": "9"},
        {"items/children": "4", "items/trafficked": "9"},
        {"victims/children": "40", "victims/trafficked": "30", "victims": "9"},
        {"money:KRW": "20000", "money/birds:USD": "21"},
    ],
)
def test_what_lies_in_nothing(values: dict[str, str]) -> None:
    """Figures of other places or objects, or larger ones, are not contained."""
    assert _parts(values) == {}


def test_hedges_leave_room() -> None:
    """A part that is larger by less than the hedges allow is still contained."""
    assert [*_parts({"items": "~10", "items@KOR": "11"})] == ["items@KOR"]
    assert [*_parts({"items": ">10", "items@KOR": "15"})] == ["items@KOR"]
    assert [*_parts({"items": "10", "items@KOR": "<11"})] == ["items@KOR"]


def test_what_can_not_be_converted_passes() -> None:
    """Amounts that can't be compared are taken to fit."""
    values = {"money:VND": "1", "money/birds:USD": "21"}
    assert _parts(values) == {"money/birds:USD": ("money:VND", "currency+object")}


def test_one_figure_in_two_currencies_is_one_amount() -> None:
    """Dollars lead, unless the two differ by more than a quarter; a rate need not be known."""
    assert _parts({"money:EUR": "9", "money:USD": "11"}) == {"money:EUR": ("money:USD", "currency")}
    assert _parts({"money:EUR": "90", "money:USD": "9"}) == {"money:USD": ("money:EUR", "currency")}
    assert _parts({"money:VND": "90", "money:USD": "9"}) == {"money:VND": ("money:USD", "currency")}


def test_records_override() -> None:
    """What a record says goes before the rule, and never closes a circle."""
    values = {"items": "9", "items/birds": "4", "items/shells": "3"}

    assert _parts(values, {"items/birds": None}) == {"items/shells": ("items", "object")}
    assert _parts(values, {"items/birds": "items/shells"}) == {
        "items/birds": ("items/shells", "stated"),
        "items/shells": ("items", "object"),
    }
    assert _parts(values, {"items": "items/birds"}) == {
        "items": ("items/birds", "stated"),
        "items/shells": ("items", "object"),
    }


@given(cases())
def test_nothing_lies_in_itself(case: _Case) -> None:
    """No figure lies in itself, at any depth, whatever a record says."""
    listed, stated = case
    found = memberships(listed, stated, CATALOGUE, in_dollars)
    for item in listed:
        seen = [item.path]
        while (whole := found[seen[-1]].whole) is not None:
            assert whole not in seen
            seen.append(whole)


@given(cases())
def test_the_order_of_figures_is_irrelevant(case: _Case) -> None:
    """The same figures in another order are contained in the same."""
    listed, stated = case
    assert memberships(listed, stated, CATALOGUE, in_dollars) == memberships(
        listed[::-1], stated, CATALOGUE, in_dollars
    )


@given(cases())
def test_a_record_always_wins(case: _Case) -> None:
    """What a record says is what is found."""
    listed, stated = case
    found = memberships(listed, stated, CATALOGUE, in_dollars)
    assert stated == {fact: found[fact].whole for fact in stated}


@given(cases())
def test_what_fits_a_total_is_never_added_to_it(case: _Case) -> None:
    """Beside the total of a case only stand what outgrows it, firms, and what a record says."""
    listed, stated = case
    found = memberships(listed, stated, CATALOGUE, in_dollars)
    totals = [
        item
        for item in listed
        if item.path.object is None
        and item.path.place is None
        and not item.path.is_part
        and found[item.path].whole is None
    ]
    for total in totals:
        limit = total.upper if total.upper is not None else total.size * 3 / 2
        for item in listed:
            is_root = found[item.path].whole is None and item is not total
            if is_root and item.path not in stated and total.path not in stated:
                same = item.path.currency == total.path.currency
                assert item.path.object == "firms" or not same or item.lower > limit
