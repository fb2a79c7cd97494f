"""Tests of :mod:`interpol_dataset.dataset.facts`."""

import pytest

from helpers.each import each
from interpol_dataset import Dataset, UnknownRecordError


@each(
    "named, hint",
    [
        ("arrests@GRC", "did you mean 'outcomes/arrests@GRC~part'?"),
        ("outcomes/arrests@GRC", "did you mean 'outcomes/arrests@GRC~part'?"),
        ("arrest@GRC", "did you mean 'outcomes/arrests@GRC~part'?"),
        (
            "losses",
            "did you mean one of outcomes/losses:KRW~part, outcomes/losses:KRW~part/romance-fraud?",
        ),
        ("deportations@BRA", "it has outcomes/deportations@KOR"),
        ("countries/GBRR", "did you mean 'countries/GBR'?"),
        ("arest", "did you mean 'outcomes/arrests'?"),
        ("perid", "did you mean 'period'?"),
    ],
)
def test_a_place_or_part_that_is_named_is_kept(named: str, hint: str, dataset: Dataset) -> None:
    """The same is suggested whoever asks, and no total for a share."""
    for ask in (dataset.explain, dataset.cite, lambda case, fact: dataset.operation(case)[fact]):
        with pytest.raises(UnknownRecordError) as caught:
            ask("haechi-iii", named)
        assert hint == caught.value.hint


@pytest.mark.parametrize("named", ["countries/BRA", "countries/bra"])
def test_a_country_is_no_slip_of_another(named: str, dataset: Dataset) -> None:
    """A country that no source lists is named, and those that are listed."""
    with pytest.raises(UnknownRecordError) as caught:
        dataset.explain("haechi-iii", named)
    assert str(caught.value.hint).startswith("no source lists Brazil; listed are AUS, FRA, GBR")


def test_what_is_like_no_fact_gets_no_suggestion(dataset: Dataset) -> None:
    """Where nothing is near, some of what there is is listed, and what shows the rest."""
    for ask in (dataset.explain, dataset.cite, lambda case, fact: dataset.operation(case)[fact]):
        with pytest.raises(UnknownRecordError) as caught:
            ask("haechi-iii", "money")
        hint = str(caught.value.hint)
        assert hint.startswith("it has outcomes/accounts-blocked, ")
        assert hint.endswith(", ...: see 'interpol-dataset show haechi-iii'")
        assert hint.count(", ") == 8


def test_what_has_the_word_comes_first(dataset: Dataset) -> None:
    """A word of a path leads to the facts that have it, before others."""
    with pytest.raises(UnknownRecordError) as caught:
        dataset.cite("haechi-iv", "purple")
    assert str(caught.value.hint).startswith("it has outcomes/notices-issued/purple-notices, ")


def test_a_headline_without_a_value(dataset: Dataset) -> None:
    """An operation says of it what its explanation says; a reference to it leads there."""
    why = dataset.explain("haechi-iv", "drugs_kg")
    with pytest.raises(UnknownRecordError, match="'haechi-iv' has no value for 'drugs_kg'") as said:
        dataset.operation("haechi-iv")["drugs_kg"]
    with pytest.raises(UnknownRecordError) as cited:
        dataset.cite("haechi-iv", "drugs_kg")

    assert (None, why.rule) == (why.value, said.value.hint)
    assert "drugs_kg" not in dataset.operation("haechi-iv")
    assert cited.value.hint == "it has no value: see 'interpol-dataset explain haechi-iv drugs_kg'"
