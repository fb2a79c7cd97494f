"""Tests of :mod:`interpol_dataset.totals.measures`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from helpers.each import each
from helpers.figures import in_dollars, path
from helpers.strategies import source
from interpol_dataset.evidence.facts import facts_of
from interpol_dataset.records import models as m
from interpol_dataset.schema.vocabulary import Facet
from interpol_dataset.tables.rows import OperationRow, SeriesEditionRow
from interpol_dataset.totals.definitions import MEASURES
from interpol_dataset.totals.figures import Catalogue
from interpol_dataset.totals.measures import CaseFigures, MeasureValue, measure

if TYPE_CHECKING:
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.values.fact_path import FactPath

_CATALOGUE = Catalogue(
    parents={"cocaine": "drugs", "crack": "cocaine", "heroin": "drugs", "ivory": "wildlife"},
    facets={"children": Facet.AGE_SEX, "companies": Facet.ORGANIZATION},
    rest=frozenset(),
    of_persons=frozenset({"arrests", "victims-rescued", "victims-identified"}),
)


def _worked_out(
    id_: str, *figures: tuple[str, str | int] | tuple[str, str | int, str], **given: Any
) -> tuple[str, str, str | None, tuple[str, ...]] | None:
    """Work out a measure of a case: basis, value in its notation, status, the paths behind it."""
    found = _measure(id_, *figures, **given)
    if found is None:
        return None

    return found.basis, str(found.value), found.status, tuple(map(_short, found.facts))


def _short(fact: FactPath) -> str:
    return fact.removeprefix("outcomes/")


def _measure(
    id_: str,
    *figures: tuple[str, str | int] | tuple[str, str | int, str],
    retold: tuple[str, ...] = (),
    area: str = "drug-trafficking",
    country: str | None = None,
    alone: tuple[str, ...] = (),
) -> MeasureValue | None:
    """
    Work out a measure of a case.

    :param figures: Its figures: short path, value and unit.
    :param retold: Those that only a newspaper tells.
    :param alone: Those that stand alone by the record.
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
    known = CaseFigures(
        facts_of(case, sources, {}),
        area,
        {path(short): None for short in alone},
        _CATALOGUE,
        in_dollars,
    )
    definition = next(item for item in MEASURES if item.id == id_)

    return measure(definition, known, country)


@pytest.mark.parametrize(
    ("id_", "figures", "left_out"),
    [
        ("assets_usd", [("assets-seized:USD", 97), ("assets-frozen:EUR", 90)], "assets-frozen:EUR"),
        ("arrests", [("arrests@KOR~part", 5), ("arrests/women~part", 3)], "arrests/women~part"),
        ("arrests", [("arrests", 9), ("arrests@KOR", 5)], ""),
        ("arrests", [("arrests@PRK", 9), ("arrests@KOR", 5)], ""),
    ],
)
def test_what_may_be_the_same_is_left_out(
    id_: str, figures: list[tuple[str, int]], left_out: str
) -> None:
    """Figures that do not count and are in no other are named; those in another are not."""
    found = _measure(id_, *figures)

    assert found is not None
    assert left_out == " ".join(map(_short, found.left_out))


def test_what_is_counted_has_whole_bounds() -> None:
    """About 42 persons are at least 38; weights have decimals."""
    assert ("part", ">=38", "documented", ("arrests@KOR",)) == _worked_out(
        "arrests", ("arrests@KOR", "~42")
    )
    assert ("part", ">=37.8", "documented", ("weight-seized/drugs@KOR",)) == _worked_out(
        "drugs_kg", ("weight-seized/drugs@KOR", "~42", "kg")
    )


def test_an_open_total_gives_way_to_what_outgrows_it() -> None:
    """More than 10 reaches to 15; parts that make more are the better lower bound."""
    total = ("arrests", ">10")

    assert ("stated", ">10", "documented", ("arrests",)) == _worked_out(
        "arrests", total, ("arrests@KOR", 8), ("arrests@PRK", 7)
    )
    assert ("sum", ">=17", "documented", ("arrests@KOR", "arrests@PRK")) == _worked_out(
        "arrests", total, ("arrests@KOR", 9), ("arrests@PRK", 8)
    )
    assert ("stated", "10", "documented", ("arrests",)) == _worked_out(
        "arrests", ("arrests", 10), ("arrests@KOR", 9), ("arrests@PRK", 8)
    )


def test_a_stated_total_keeps_its_hedge() -> None:
    """A figure of the whole case is the measure, and what it includes does not count."""
    assert ("stated", "<60", "documented", ("arrests",)) == _worked_out(
        "arrests", ("arrests", "<60"), ("arrests@KOR", 40), ("arrests/children", 3)
    )


def test_a_part_is_a_lower_bound() -> None:
    """One figure of a country or a part, or arrests of one kind of suspect, is no total."""
    assert ("part", ">=36", "documented", ("arrests@KOR",)) == _worked_out(
        "arrests", ("arrests@KOR", "<40")
    )
    assert ("part", ">=3", "documented", ("arrests/children",)) == _worked_out(
        "arrests", ("arrests/children", 3)
    )
    assert ("stated", "3", "documented", ("victims-rescued/children",)) == _worked_out(
        "victims", ("victims-rescued/children", 3)
    )


def test_figures_of_different_things_are_added_up() -> None:
    """Figures that can't overlap make a sum, in one unit, with the weakest status."""
    assert (
        "sum",
        ">=1500.5",
        "reported",
        ("weight-seized/cocaine", "weight-seized/heroin@PER"),
    ) == _worked_out(
        "drugs_kg",
        ("weight-seized/cocaine", "1.5", "t"),
        ("weight-seized/crack", 400, "kg"),
        ("weight-seized/heroin@PER", 500, "g"),
        ("weight-seized/ivory", 9, "kg"),
        retold=("weight-seized/heroin@PER",),
    )


def test_of_figures_that_may_overlap_the_largest_counts() -> None:
    """A part beside a country may be the same; only the larger is a sure lower bound."""
    assert ("largest", ">=5", "documented", ("arrests@KOR~part/raid",)) == _worked_out(
        "arrests", ("arrests@KOR~part", 4), ("arrests@KOR~part/raid", 5)
    )
    assert ("largest", ">=28", "documented", ("arrests~part",)) == _worked_out(
        "arrests", ("arrests~part", 28), ("arrests@KOR", 13)
    )
    assert (
        "sum",
        ">=14",
        "documented",
        ("weight-seized/cocaine@KOR", "weight-seized/heroin"),
    ) == _worked_out(
        "drugs_kg",
        ("weight-seized/cocaine", 4, "kg"),
        ("weight-seized/cocaine@KOR", 9, "kg"),
        ("weight-seized/heroin", 5, "kg"),
    )


def test_a_total_goes_before_a_part_that_outgrows_it() -> None:
    """A part that is larger than the total with a limit is not taken instead."""
    assert ("stated", "194", "documented", ("arrests",)) == _worked_out(
        "arrests", ("arrests", 194), ("arrests~part", ">200")
    )
    assert ("sum", ">=16", "documented", ("arrests", "arrests@KOR")) == _worked_out(
        "arrests", ("arrests", 9), ("arrests@KOR", 7), alone=("arrests@KOR",)
    )


def test_what_a_record_says_of_one_metric_is_not_said_of_another() -> None:
    """That searches stand beside others says nothing about arrests of the same place and part."""
    assert ("stated", "9", "documented", ("arrests",)) == _worked_out(
        "arrests", ("arrests", 9), ("arrests@KOR", 7), alone=("premises-searched@KOR",)
    )


def test_of_two_metrics_the_larger_counts() -> None:
    """Seized and frozen may be the same money, so they are not added up."""
    assert ("stated", "90", "documented", ("assets-frozen:USD",)) == _worked_out(
        "assets_usd", ("assets-seized:USD", 80), ("assets-frozen:USD", 90)
    )


def test_of_about_the_same_the_better_known_counts() -> None:
    """Figures that differ by rounding are one: better status first, then no conversion."""
    assert ("stated", "97", "documented", ("assets-seized:USD",)) == _worked_out(
        "assets_usd",
        ("assets-seized:USD", 97),
        ("assets-frozen:USD", 100),
        retold=("assets-frozen:USD",),
    )
    assert ("stated", "97", "documented", ("assets-seized:USD",)) == _worked_out(
        "assets_usd", ("assets-seized:USD", 97), ("assets-frozen:EUR", 90)
    )


def test_money_is_converted() -> None:
    """Amounts in other currencies are converted; without a rate they do not count."""
    assert ("stated", "~99", "documented", ("assets-seized:EUR",)) == _worked_out(
        "assets_usd", ("assets-seized:EUR", "~90")
    )
    assert ("unconverted", "None", None, ()) == _worked_out("assets_usd", ("assets-seized:VND", 90))
    assert ("stated", "5", "documented", ("assets-seized/cash:USD",)) == _worked_out(
        "assets_usd", ("assets-seized:VND@KOR", 90), ("assets-seized/cash:USD", 5)
    )


def test_a_range_stays_a_range() -> None:
    """A figure between two numbers has bounds and no point."""
    assert ("stated", "400..500", "documented", ("weight-seized/drugs",)) == _worked_out(
        "drugs_kg", ("weight-seized/drugs", "400..500", "kg")
    )
    assert (
        "sum"
        == (
            _worked_out(
                "drugs_kg",
                ("weight-seized/cocaine", "400..500", "kg"),
                ("weight-seized/heroin", 5, "kg"),
            )
            or ("",)
        )[0]
    )


def test_a_country_has_a_measure_of_its_own() -> None:
    """Taken for a country, its own figure is its total."""
    figures = (("arrests", 90), ("arrests@KOR", 40), ("arrests@KOR~part", 3), ("arrests@PER", 5))

    assert ("stated", "40", "documented", ("arrests@KOR",)) == _worked_out(
        "arrests", *figures, country="KOR"
    )
    assert None is _worked_out("arrests", *figures, country="JPN")


def test_what_a_measure_does_not_take() -> None:
    """Firms, other objects and other areas are left out."""
    assert None is _worked_out("victims", ("victims-rescued/companies", 3))
    assert None is _worked_out("victims", ("victims-identified", 50000))
    assert None is _worked_out("goods_items", ("items-seized", 3))
    assert ("stated", "3", "documented", ("items-seized",)) == _worked_out(
        "goods_items", ("items-seized", 3), area="counterfeiting"
    )


def test_every_measure_has_its_columns() -> None:
    """The columns of operations and of editions are the measures, in their order."""
    ids = [item.id for item in MEASURES]
    columns = [name for name in OperationRow.model_fields if name in ids]
    beside = [name for name in SeriesEditionRow.model_fields if name in ids]
    changes = [name for name in SeriesEditionRow.model_fields if name.endswith("_change")]

    assert ids == columns == beside
    assert [f"{id_}_change" for id_ in ids] == changes


@each("definition", MEASURES)
def test_definitions_name_what_there_is(definition: object, records: Records) -> None:
    """A measure takes metrics, objects and areas that the vocabulary has."""
    metrics = {item.id for item in records.metrics}
    objects = {item.id for item in records.objects}
    areas = {item.id for item in records.categories if item.parent is None}

    for take in definition.takes_from:  # type: ignore[attr-defined]
        assert take.metric in metrics
        assert {*(take.objects or ()), *take.without} <= objects
        assert {*take.areas} <= areas
