"""Tests of :mod:`interpol_dataset.docs.contents`."""

from pathlib import Path

from helpers.each import each
from helpers.mini import change
from interpol_dataset.docs.contents import Change, Retelling, change_between, retellings
from interpol_dataset.evidence.facts import assess
from interpol_dataset.evidence.testimony import Amount
from interpol_dataset.records.folder import read_records
from interpol_dataset.values.quantity import Quantity

#: What the newsroom of the small project retells of INTERPOL's arrests, which are 975.
RETOLD = "      - {metric: arrests, value: 945, at: lead}\n"


def _found(project: Path) -> dict[str, Retelling]:
    """Return the retold figures of the case by fact."""
    facts = assess(read_records(project / "data" / "records").records)
    return {str(item.path): item for item in retellings(facts["cases", "alpha-ii"])}


def _retelling(project: Path, line: str) -> dict[str, Retelling]:
    change(project, "cases/alpha-ii.yaml", RETOLD, f"      - {{{line}, at: lead}}\n")
    return _found(project)


@each(
    "original, told, expected",
    [
        ("975", "975", Change.NONE),
        ("<1000", "<1000", Change.NONE),
        ("<1000", "~1000", Change.HEDGE_CHANGED),
        ("<1000", "1000", Change.HEDGE_LOST),
        ("1000", "<1000", Change.HEDGE_ADDED),
        ("900..1000", "900..1000", Change.NONE),
        ("975", "1000", Change.ROUNDED),
        ("1463", ">1400", Change.ROUNDED),
        (">1400", "1463", Change.FINER),
        (">1037", ">1073", Change.NEAR),
        ("153", "53", Change.NUMBER),
        ("975", "957", Change.NUMBER),
    ],
)
def test_what_became_of_a_figure(original: str, told: str, expected: Change) -> None:
    """A retold number has kept its hedge or not, agrees or does not."""
    one, other = (Amount.of(Quantity.parse(text)) for text in (original, told))
    assert expected is change_between(one, other)


def test_a_retelling_is_held_against_the_document(project: Path) -> None:
    """What the newsroom retells is compared with INTERPOL's own page."""
    found = _found(project)["outcomes/arrests"]
    assert (str(found.told.value), str(found.original.value)) == ("945", "975")
    assert found.original.source.id == "interpol-2022-alpha"
    assert Change.NUMBER is found.change


def test_another_word_for_the_same_figure(project: Path) -> None:
    """A figure under another metric is a change of its word, whatever its hedge."""
    line = "drift_of: outcomes/arrests, metric: persons-charged, value: ~975"
    assert Change.WORD is _retelling(project, line)["outcomes/arrests"].change


def test_an_amount_in_another_currency(project: Path) -> None:
    """An amount in a currency that no document gives is held against the one that it gives."""
    found = _retelling(project, "metric: money-seized, value: 125000000, unit: EUR")
    euros = found["outcomes/money-seized:EUR"]
    assert Change.CURRENCY is euros.change
    assert euros.original.path == "outcomes/money-seized:USD"


def test_without_a_document_there_is_nothing_to_compare(project: Path) -> None:
    """A figure of which only retellings were read has not changed, as far as anybody can tell."""
    assert {"outcomes/seizures/cocaine"} == set(
        _retelling(project, "metric: arrests, place: NOR, value: 4")
    )
