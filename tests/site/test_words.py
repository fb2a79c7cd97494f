"""Tests of the words of the site."""

import re

from helpers.each import each
from interpol_dataset import Dataset
from interpol_dataset.site.model import Model
from interpol_dataset.site.words import (
    METRICS,
    Line,
    Names,
    amount,
    basis,
    date,
    line,
    named,
    roman,
    within,
)
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import counted

NAMES = Names(
    metrics={"arrests": "Arrests", "things-done": "Things done"},
    objects={
        "boats": "Boats and ships",
        "art": "Cultural objects, not further named",
        "sim": "SIM cards",
        "smugglers": "Suspected smugglers",
        "children": "Children",
        "ivory": "Ivory",
        "ink": "Printing ink",
    },
    organizations={"europol": "Europol"},
    countries={"GRC": "Greece", "USA": "United States"},
    places={"GRC": "Greece", "USA": "the US"},
)


@each(
    "notation, unit, expected",
    [
        ("975", None, "975"),
        ("<2800", None, "nearly 2,800"),
        ("~1000000", None, "about 1 million"),
        (">175500000000", "KRW", "more than KRW 175.5 billion"),
        ("129975440", "USD", "USD 129,975,440"),
        ("1.25", "t", "1.25 tonnes"),
        ("1", "t", "1 tonne"),
        ("400..500", "kg", "400 to 500 kg"),
        ("10", "m3", "10 cubic metres"),
        ("listed", None, "listed"),
    ],
)
def test_amounts(notation: str, unit: str | None, expected: str) -> None:
    """A quantity is written as a newspaper does, with its hedge."""
    assert expected == amount(notation, unit)


@each(
    "notation, expected",
    [
        ("2022-06-28/2022-11-23", "28 June to 23 November 2022"),
        ("../2023-07", "until July 2023"),
        ("2020/..", "from 2020"),
        ("2022-XX", "2022"),
        ("no date", "no date"),
        (None, ""),
    ],
)
def test_dates(notation: str | None, expected: str) -> None:
    """A date is written in words, and what is none as it is."""
    assert date(notation) == expected


@each(
    "path, value, unit, expected",
    [
        ("outcomes/arrests", "1", None, "1 arrest"),
        ("outcomes/arrests@GRC", "41", None, "41 arrests in Greece"),
        ("outcomes/arrests/smugglers", "<50", None, "nearly 50 suspected smugglers arrested"),
        ("outcomes/items-seized/art", "41000", None, "41,000 cultural objects seized"),
        ("outcomes/items-seized/boats@USA", "1", None, "1 boat or ship seized in the US"),
        ("outcomes/items-seized/sim~part", ">5", None, "more than 5 SIM cards seized (a part)"),
        (
            "outcomes/items-seized/sim@KOR~part/second-raid",
            "5",
            None,
            "5 SIM cards seized in KOR (a part: second raid)",
        ),
        ("outcomes/victims-rescued/children", "1", None, "1 child rescued"),
        ("outcomes/weight-seized/art", "2", "t", "2 tonnes of cultural objects seized"),
        (
            "outcomes/assets-seized:USD",
            "5000000",
            "USD",
            "USD 5 million in money and assets seized",
        ),
        ("outcomes/items-seized/ivory", "314", None, "314 pieces of ivory seized"),
        ("outcomes/items-seized/ivory", "1", None, "1 piece of ivory seized"),
        ("outcomes/weight-seized/ivory", "2", "t", "2 tonnes of ivory seized"),
        ("outcomes/seizures/ivory", "2", None, "2 seizures of ivory"),
        ("outcomes/items-seized/ink", "3", None, "3 items of printing ink seized"),
        ("outcomes/things-done", "3", None, "3 things done"),
        ("outcomes/arrests", None, None, "an unknown number of arrests"),
        ("country_count", "1", None, "1 country took part"),
        ("countries/GRC", "not listed", None, "Greece is not on the list"),
        ("organizations/europol", "partner", None, "Europol was a partner"),
        ("tools/stop-payments", "used", None, "Stop payments used"),
        ("interpol_role", "co-led", None, "INTERPOL co-led it"),
        ("period", "2022-06", None, "Took place June 2022"),
        ("exists", "described", None, "The operation took place"),
    ],
)
def test_lines(path: str, value: str | None, unit: str | None, expected: str) -> None:
    """A fact is a line that reads like a sentence."""
    assert expected == str(line(FactPath(path), value, unit, NAMES))


def test_a_line_as_html() -> None:
    """The value is emphasized, its hedge set apart, and nothing in it is markup."""
    shown = line(FactPath("outcomes/arrests@GRC"), "<50", None, NAMES)
    strange = line(
        FactPath("organizations/x"), "partner", None, NAMES._replace(organizations={"x": "<i>"})
    )
    assert shown.__html__() == "<b><i>nearly</i> 50</b> arrests <span class=place>in Greece</span>"
    assert strange.__html__() == "<b>&lt;i&gt;</b> was a partner"
    assert Line("", "1", "", "<i>").__html__() == "<b>1</b> <span class=place>&lt;i&gt;</span>"


def test_every_figure_reads_well(model: Model) -> None:
    """No figure shows the wording of a vocabulary, a code, or a number in brackets."""
    odd = re.compile(r"not further named|[a-z]-[a-z]+-[a-z]+-|\{\}|\bNone\b|\( ?\)|  ")
    lines = {str(fact.line) for case in model.cases.values() for fact in case.facts}
    assert sorted(text for text in lines if odd.search(text)) == []


def test_every_metric_has_a_phrase(dataset: Dataset) -> None:
    """Each metric is told in words of its own, and no phrase is of a metric that is gone."""
    assert {row["id"] for row in dataset.metrics} == set(METRICS)


def test_what_is_counted_can_be_counted(model: Model) -> None:
    """No count is of a word without a plural, such as "314 ivory seized"."""
    plurals = re.compile(r"s\b|aircraft|children|women|men|media")
    things = {
        fact.line.after
        for case in model.cases.values()
        for fact in case.facts
        if fact.path.object and fact.why.unit is None and fact.why.value != "1"
    }

    assert sorted(text for text in things if not plurals.search(text)) == []


def test_small_words() -> None:
    """Some countries take an article; editions are Roman; one is one, and thousands are grouped."""
    assert (within("NLD", "Netherlands"), within("GRC", "Greece")) == ("the Netherlands", "Greece")
    assert (roman(3), roman(14), roman(29)) == ("III", "XIV", "XXIX")
    assert (counted(1, "source"), counted(1204, "source")) == ("1 source", "1,204 sources")


@each(
    "made, count, expected",
    [
        ("stated", 1, ""),
        ("sum", 2, "the sum of 2 figures"),
        ("largest", 1, "the largest of several figures"),
        ("narrower", 1, "of something narrower"),
        ("part", 1, "only a part was announced"),
    ],
)
def test_how_a_measure_was_made(made: str, count: int, expected: str) -> None:
    """A measure says how it was made, and of how many figures."""
    assert basis({"basis": made, "facts": ["outcomes/arrests"] * count}) == expected


@each(
    "series, operations, expected",
    [
        ("haechi", ["Operation HAECHI-I", "Operation HAECHI-II"], "HAECHI"),
        ("i-can", ["Cooperation Against Mafias (I-CAN)", "Arrest in Brazil"], "I-CAN"),
        ("jad-mobile", ["Joint Action Day Mobile (2018)"], "Joint Action Days Mobile"),
        ("two-words", ["Operation Other"], "Two Words"),
    ],
)
def test_names_of_series(series: str, operations: list[str], expected: str) -> None:
    """A series is called what its operations share, else by a table, else by its id."""
    assert named(series, operations) == expected
