"""Tests of :mod:`interpol_dataset.totals.total`."""

from decimal import Decimal
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from helpers.each import each
from helpers.figures import in_dollars, path
from helpers.strategies import source
from interpol_dataset.evidence.facts import facts_of
from interpol_dataset.records import models as m
from interpol_dataset.schema.vocabulary import Facet
from interpol_dataset.totals.figures import Catalogue
from interpol_dataset.totals.total import CaseFigures, Total, TotalKey, totals_of

_CATALOGUE: Final = Catalogue(
    parents={
        "cocaine": "drugs",
        "crack": "cocaine",
        "heroin": "drugs",
        "other-drugs": "drugs",
        "ivory": "wildlife",
        "medicines": "goods",
    },
    facets={
        "children": Facet.AGE_SEX,
        "companies": Facet.ORGANIZATION,
        "trafficked": Facet.HARM,
        "other-drugs": Facet.OTHER,
    },
    rest=frozenset({"other-drugs"}),
    of_persons=frozenset({"arrests", "victims-rescued", "victims-identified", "victims"}),
    also=frozenset({("phones", "goods", "counterfeiting")}),
)


def _metric(id_: str, dimension: str = "count", **given: Any) -> m.Metric:
    return m.Metric.model_validate(
        {"id": id_, "name": id_, "description": "D.", "dimension": dimension} | given
    )


_METRICS: Final = {
    item.id: item
    for item in (
        _metric("arrests", adds_up=True, without=["companies"]),
        _metric("weight-seized", "mass"),
        _metric("items-seized", unnamed_in=["counterfeiting"], unnamed_as="goods"),
        _metric("assets-seized", "currency", adds_up=True),
        _metric(
            "assets-taken", "currency", adds_up=True, combines=["assets-seized", "assets-frozen"]
        ),
        _metric("possible", adds_up=True, unnamed_in=["human-trafficking"]),
        _metric(
            "victims",
            family="victims",
            adds_up=True,
            combines=["victims-rescued", "victims-identified"],
            only_named=["victims-identified"],
        ),
        _metric(
            "firearms-taken",
            adds_up=True,
            combines=["items-seized", "items-recovered"],
            only=["firearms"],
        ),
    )
}

_Figures = tuple[str, str | int] | tuple[str, str | int, str]


def _case(
    *figures: _Figures,
    retold: tuple[str, ...] = (),
    area: str = "drug-trafficking",
    alone: tuple[str, ...] = (),
    everybody: str = "",
) -> CaseFigures:
    """
    Return a case.

    :param figures: Its figures: short path, value and unit.
    :param retold: Those that only a newspaper tells.
    :param alone: Those that stand alone by the record.
    :param everybody: The countries of a complete list.
    """
    sources = {"page": source("page"), "paper": source("paper", "news", publisher="daily")}
    outcomes: dict[str, list[dict[str, object]]] = {"page": [], "paper": []}
    for short, value, *unit in figures:
        fact = path(short)
        outcomes["paper" if short in retold else "page"].append(
            {
                "metric": fact.member,
                "object": fact.object,
                "place": fact.place,
                "part": fact.is_part,
                "part_name": fact.part_name,
                "value": value,
                "unit": (unit or [fact.currency])[0],
                "at": "lead",
            }
        )
    case = m.Case.model_validate(
        {
            "id": "a",
            "name": "A",
            "categories": ["b"],
            "summary": "C.",
            "reports": [
                {"source": id_, "outcomes": listed} for id_, listed in outcomes.items() if listed
            ],
        }
    )

    return CaseFigures(
        facts_of(case, sources, {}),
        area,
        {path(short): None for short in alone},
        frozenset(everybody.split()),
        _CATALOGUE,
        in_dollars,
    )


def _totals(what: str, *figures: _Figures, country: str | None = None, **given: Any) -> list[Total]:
    """Return the totals of a metric, or of a metric and an object, one for each unit."""
    metric, _, object_ = what.partition("/")
    wanted = (metric, object_ or None, country)

    return [
        total
        for total in totals_of(_case(*figures, **given), [_METRICS[metric]])
        if total.key[:3] == wanted
    ]


def _total(what: str, *figures: _Figures, **given: Any) -> tuple[str, str, str] | None:
    """Return the only total: how it comes about, in words, and the figures behind it."""
    found = _totals(what, *figures, **given)
    if not found:
        return None
    (total,) = found
    return total.basis, total.amount.text, " ".join(map(_short, total.facts))


def _short(fact: str) -> str:
    return fact.removeprefix("outcomes/")


def test_a_stated_total_keeps_its_hedge() -> None:
    """A figure of the whole case is the total, and what it includes does not count."""
    assert _total("arrests", ("arrests", "<60"), ("arrests@KOR", 40), ("arrests/children", 3)) == (
        *("stated", "nearly 60", "arrests"),
    )


def test_a_total_may_have_more_digits_than_a_figure() -> None:
    """Converted or added up, it is larger than what can be written in a record."""
    large = [(f"weight-seized/{name}", 8 * 10**17, "t") for name in ("cocaine", "heroin")]
    million = ",000" * 6

    assert [total.amount.text for total in _totals("weight-seized/cocaine", *large)] == [
        f"800{million} kg"
    ]
    assert [total.amount.text for total in _totals("weight-seized/drugs", *large)] == [
        f"at least 1,600{million} kg"
    ]


@each(
    "what, figures, expected",
    [
        ("weight-seized/drugs", [("weight-seized/cocaine", 7, "t")], "narrower at least 7,000 kg"),
        ("weight-seized/cocaine", [("weight-seized/cocaine", 7, "t")], "stated 7,000 kg"),
        ("arrests", [("arrests/children", 3)], "narrower at least 3"),
        ("arrests", [("arrests@KOR", "<40")], "part about 40 or more"),
        ("arrests", [("arrests@KOR", 4), ("arrests@PER", 5)], "part at least 9"),
        ("arrests", [("arrests~part", 4)], "part at least 4"),
        ("victims", [("victims-rescued/children", 3)], "narrower at least 3"),
        ("victims", [("victims-identified/trafficked", 3)], "stated 3"),
    ],
)
def test_less_than_the_whole_is_no_total(what: str, figures: list[_Figures], expected: str) -> None:
    """Ivory is not wildlife, and some countries' shares are not the operation's number."""
    basis, text, _ = _total(what, *figures) or ("", "", "")
    assert expected == f"{basis} {text}"


def test_the_shares_of_all_countries_are_the_whole() -> None:
    """Where a complete list has only those countries that have a share, nothing is missing."""
    shares = (("arrests@KOR", 4), ("arrests@PER", 5))

    assert _total("arrests", *shares, everybody="KOR PER") == (
        "sum",
        "at least 9",
        "arrests@KOR arrests@PER",
    )
    assert _total("arrests", *shares, everybody="JPN KOR PER") == (
        "part",
        "at least 9",
        "arrests@KOR arrests@PER",
    )


def test_figures_of_different_things_are_added_up() -> None:
    """Figures that can't overlap make a sum, in one unit, with the weakest status."""
    (total,) = _totals(
        "weight-seized/drugs",
        ("weight-seized/cocaine", "1.5", "t"),
        ("weight-seized/crack", 400, "kg"),
        ("weight-seized/heroin@PER", 500, "g"),
        ("weight-seized/ivory", 9, "kg"),
        retold=("weight-seized/heroin@PER",),
    )

    assert (total.basis, total.amount.text, total.status) == (
        "sum",
        "at least 1,500.5 kg",
        "reported",
    )


def test_a_share_that_can_lie_in_a_whole_is_not_added_to_it() -> None:
    """The heroin of a country may be of the other drugs, and that of the whole case is not."""
    listed = (("weight-seized/cocaine", 56, "t"), ("weight-seized/other-drugs", 52, "t"))
    (shared,) = _totals("weight-seized/drugs", *listed, ("weight-seized/heroin@GHA", 18, "kg"))
    (beside,) = _totals("weight-seized/drugs", *listed, ("weight-seized/heroin", 18, "kg"))
    assert shared.amount.text == "at least 108,000 kg"
    assert shared.left_out == ("outcomes/weight-seized/heroin@GHA",)
    assert beside.amount.text == "at least 108,018 kg"


@each(
    "figures, retold, expected",
    [
        ([("assets-seized:USD", "<130"), ("assets-seized/cash:USD", 129)], (), "129"),
        ([("assets-seized:USD", 130), ("assets-seized/cash:USD", "~129")], (), "130"),
        (
            [("assets-seized:USD", 130), ("assets-seized/cash:USD", "~129")],
            ("assets-seized:USD",),
            "about 129",
        ),
        ([("assets-seized:USD", "<130"), ("assets-seized/cash:USD", 110)], (), "nearly 130"),
        (
            [
                ("assets-seized:USD", "<130"),
                ("assets-seized/cash:USD", 126),
                ("assets-seized/gems:USD", 3),
            ],
            (),
            "nearly 130",
        ),
    ],
)
def test_the_better_word_for_one_amount_leads(
    figures: list[_Figures], retold: tuple[str, ...], expected: str
) -> None:
    """The better documented, then the finer, unless the whole holds anything else."""
    basis, text, _ = _total("assets-seized", *figures, retold=retold) or ("", "", "")
    assert ("stated", expected) == (basis, text.replace("USD ", ""))


def test_an_open_total_gives_way_to_what_outgrows_it() -> None:
    """More than 10 reaches to 15; parts that make more are the better lower bound."""
    total = ("arrests", ">10")

    assert _total("arrests", total, ("arrests@KOR", 8), ("arrests@PRK", 7)) == (
        "stated",
        "more than 10",
        "arrests",
    )
    assert _total("arrests", total, ("arrests@KOR", 9), ("arrests@PRK", 8)) == (
        "part",
        "at least 17",
        "arrests@KOR arrests@PRK",
    )
    assert _total("arrests", ("arrests", 10), ("arrests@KOR", 9), ("arrests@PRK", 8)) == (
        "stated",
        "10",
        "arrests",
    )
    assert _total("arrests", ("arrests", 194), ("arrests~part", ">200")) == (
        "stated",
        "194",
        "arrests",
    )
    assert _total("arrests", ("arrests", 9), ("arrests@KOR", 7), alone=("arrests@KOR",)) == (
        "sum",
        "at least 16",
        "arrests arrests@KOR",
    )


def test_of_figures_that_may_overlap_the_largest_counts() -> None:
    """A part beside a country may be the same; only the larger is a sure lower bound."""
    (total,) = _totals("arrests", ("arrests~part", 28), ("arrests@KOR", 13))
    assert (total.basis, total.amount.text) == ("largest", "at least 28")
    assert total.left_out == ("outcomes/arrests@KOR",)


def test_of_two_metrics_the_larger_counts() -> None:
    """Seized and frozen may be the same money, so they are not added up."""
    assert _total("assets-taken", ("assets-seized:USD", 80), ("assets-frozen:USD", 90)) == (
        "stated",
        "USD 90",
        "assets-frozen:USD",
    )
    assert _total(
        "assets-taken",
        ("assets-seized:USD", 97),
        ("assets-frozen:USD", 100),
        retold=("assets-frozen:USD",),
    ) == ("stated", "USD 97", "assets-seized:USD")


def test_text_and_point_are_one_number() -> None:
    """About 18 and 2 are about 20 or more; 18 is what they are at least; a range has a point."""
    hedged = (("weight-seized/cocaine", "~20", "kg"), ("weight-seized/heroin", 2, "kg"))
    amounts = [
        total.amount
        for total in (
            *_totals("weight-seized/drugs", *hedged),
            *_totals("arrests", ("arrests", "400..500")),
        )
    ]

    assert [(item.text, item.point, item.lower, item.upper) for item in amounts] == [
        ("about 22 kg or more", 22, 20, None),
        ("400 to 500", 400, 400, 500),
    ]


def test_units_stay_apart() -> None:
    """Packs and pieces, dollars and money without a rate, have totals of their own."""
    listed = (("items-seized/medicines@ROU", 22), ("items-seized/medicines@TUR", 12, "packs"))
    packs = _totals("items-seized/medicines", *listed)
    money = _totals("assets-seized", ("assets-seized:VND@VNM", 90), ("assets-seized/cash:USD", 5))

    assert [(total.key.unit, total.amount.text) for total in packs] == [
        ("count", "at least 22"),
        ("packs", "at least 12 packs"),
    ]
    assert [(total.key.unit, total.basis) for total in money] == [
        ("USD", "narrower"),
        ("VND", "unconverted"),
    ]
    assert _total("assets-seized", ("assets-seized:EUR", "~90")) == (
        *("stated", "about USD 99", "assets-seized:EUR"),
    )


def test_two_currencies_that_disagree() -> None:
    """Where dollars were converted wrongly, the amount in which it was counted is taken."""
    assert _total("assets-seized", ("assets-seized:USD", 11), ("assets-seized:EUR", 100)) == (
        "stated",
        "USD 110",
        "assets-seized:EUR",
    )
    assert _total("assets-seized", ("assets-seized:USD", 100), ("assets-seized:EUR", 100)) == (
        "stated",
        "USD 100",
        "assets-seized:USD",
    )


def test_a_country_has_totals_of_its_own() -> None:
    """Taken for a country, its own figure is its total."""
    figures = (("arrests", 90), ("arrests@KOR", 40), ("arrests@KOR~part", 3), ("arrests@PER", 5))
    assert _total("arrests", *figures, country="KOR") == ("stated", "40", "arrests@KOR")
    assert None is _total("arrests", *figures, country="JPN")


@each(
    "what, figure, area, is_taken",
    [
        ("arrests", "arrests/companies", "", False),
        ("victims", "victims-identified", "", False),
        ("victims", "victims-rescued", "", True),
        ("possible", "possible", "online-fraud", False),
        ("possible", "possible", "human-trafficking", True),
        ("items-seized/goods", "items-seized", "", False),
        ("items-seized/goods", "items-seized", "counterfeiting", True),
        ("items-seized/goods", "items-seized/phones", "", False),
        ("items-seized/goods", "items-seized/phones", "counterfeiting", True),
        ("items-seized/goods", "items-seized/medicines", "", True),
        ("items-seized", "items-seized/medicines", "", False),
        ("firearms-taken", "items-recovered/firearms", "", True),
        ("firearms-taken", "items-seized", "", False),
    ],
)
def test_what_a_total_takes(what: str, figure: str, area: str, *, is_taken: bool) -> None:
    """Firms, other objects and other areas are left out, as the metric says."""
    assert is_taken is (_total(what, (figure, 3), area=area) is not None)


# --- random trees ---------------------------------------------------------------------------

_OBJECTS: Final = [None, "drugs", "cocaine", "crack", "heroin", "other-drugs", "ivory"]


@st.composite
def trees(draw: st.DrawFn) -> list[_Figures]:
    """Return figures of objects above and below each other, of places and of parts."""
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(_OBJECTS),
                st.sampled_from(["", "@KOR", "@PER", "~part", "@KOR~part"]),
                st.integers(1, 60),
                st.sampled_from(["", "~", ">", "<"]),
            ),
            min_size=1,
            max_size=8,
            unique_by=lambda item: item[:2],
        )
    )

    return [
        (f"weight-seized{f'/{object_}' if object_ else ''}{where}", f"{hedge}{value}", "kg")
        for object_, where, value, hedge in drawn
    ]


def _by_object(case: CaseFigures) -> dict[TotalKey, Total]:
    return {total.key: total for total in totals_of(case, [_METRICS["weight-seized"]])}


@given(trees())
def test_nothing_is_counted_twice(figures: list[_Figures]) -> None:
    """No figure counts beside one of its place whose object is its own or above it."""
    for total in _by_object(_case(*figures)).values():
        counted = [path(_short(fact)) for fact in total.facts]
        for fact in counted:
            above = {None, fact.object, *_CATALOGUE.above(fact.object or "")}
            beside = [
                other
                for other in counted
                if other != fact and other.object in above and not other.is_part
            ]
            wider = [other for other in beside if other.place in {None, fact.place}]
            assert all(_outgrown(figures, fact, other) for other in wider)


def _outgrown(figures: list[_Figures], fact: str, whole: str) -> bool:
    """Return whether a figure is too large to lie in another; an open one reaches half as far."""
    numbers = {str(path(short)): m.f.Quantity.parse(str(value)) for short, value, *_ in figures}
    upper = numbers[whole].upper
    reach = numbers[whole].lower * Decimal("1.5") if upper is None else upper
    return numbers[fact].lower > reach


@given(trees())
def test_a_total_is_never_below_its_largest_part(figures: list[_Figures]) -> None:
    """Unless a stated total with a limit says so, what counts can hold all that lies in it."""
    numbers = {path(short): m.f.Quantity.parse(str(value)) for short, value, *_ in figures}
    for key, total in _by_object(_case(*figures)).items():
        lowest = [
            number.lower
            for fact, number in numbers.items()
            if key.object in {fact.object, *_CATALOGUE.above(fact.object or "")}
            and key.country in {None, fact.place}
        ]
        counting = [numbers[path(_short(fact))] for fact in total.facts]
        reach = sum(n.lower * Decimal("1.5") if n.upper is None else n.upper for n in counting)
        assert total.amount.upper is not None or reach >= max(lowest)


@given(trees(), trees())
def test_figures_of_another_metric_change_nothing(
    figures: list[_Figures], others: list[_Figures]
) -> None:
    """What is said of one metric says nothing about another."""
    moved = [(f"arrests@KOR~part/p{at}", 1) for at, _ in enumerate(others)]
    assert _by_object(_case(*figures)) == _by_object(_case(*figures, *moved))
