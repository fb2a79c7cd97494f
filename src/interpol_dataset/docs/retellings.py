"""
How a figure changes on its way from a document through the press.

A *retelling* is what a page states on another body's word. It is held against the documents of that
body, and against copies of them: against the one that it comes nearest to. A figure that a page
gives another word (see *drifted* in the chapter on verification) is held against those of every
body that states the fact. Where none was read there is nothing to compare it with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from interpol_dataset.evidence.agreement import agree
from interpol_dataset.schema.vocabulary import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.evidence.agreement import Amount
    from interpol_dataset.evidence.facts import Fact, FactsOfRecord
    from interpol_dataset.evidence.testimony import Testimony
    from interpol_dataset.values.fact_path import FactPath


class Change(Term):
    """What a retelling made of a figure, the least first."""

    NONE = ("repeated unchanged", "the same number, hedged alike")
    HEDGE_CHANGED = ("another hedge", "the same number; nearly became about, or more than")
    HEDGE_LOST = ("hedge lost", "the same number, without its nearly, about or more than")
    HEDGE_ADDED = ("hedge added", "the same number, with a hedge that the document lacks")
    ROUNDED = ("rounded", "a rounder number that agrees with the document's")
    FINER = ("more exact", "a finer number that agrees with the document's")
    NEAR = ("near", "another number, as exact, for which the document's hedge leaves room")
    CURRENCY = ("currency", "the amount in a currency that no document gives")
    WORD = ("word", "the same figure as something else: charged for arrested")
    NUMBER = ("number", "a number that does not agree with the document's")


_ORDER: Final = tuple(Change)


@dataclass(frozen=True, slots=True)
class Retelling:
    """
    A figure as a page retells it.

    :param path: The fact that it retells.
    :param told: What the page says.
    :param original: What the document or copy says to which it comes nearest.
    :param change: What became of the figure.
    """

    path: FactPath
    told: Testimony
    original: Testimony
    change: Change


def retellings(facts: FactsOfRecord) -> Iterator[Retelling]:
    """Yield the retold figures of a record of which a document or a copy was read."""
    for path, fact in facts.items():
        if not path.is_figure or fact.verdict is None:
            continue

        read = _read(fact)
        elsewhere = [] if read else _in_other_currencies(path, facts)
        for party in fact.verdict.parties:
            originals = [item for item in party.members if item in read]
            for item in party.members:
                if not item.standing.is_text and originals:
                    yield _nearest(path, item, originals)
                elif not item.standing.is_text and elsewhere:
                    yield Retelling(path, item, elsewhere[0], Change.CURRENCY)

        for item in fact.testimonies:
            if item.drift_metric and item.counts and read:
                original = _nearest(path, item, read).original
                yield Retelling(path, item, original, Change.WORD)


def change_between(original: Amount, told: Amount) -> Change:
    """Return what a retelling made of a figure under the same metric and currency."""
    if (original.low, original.high) != (told.low, told.high):
        if not agree(original, told):
            return Change.NUMBER
        if told.grain == original.grain:
            return Change.NEAR
        return Change.ROUNDED if told.grain > original.grain else Change.FINER
    if original.hedge == told.hedge:
        return Change.NONE
    if not told.hedge:
        return Change.HEDGE_LOST

    return Change.HEDGE_CHANGED if original.hedge else Change.HEDGE_ADDED


def _read(fact: Fact) -> list[Testimony]:
    """Return what the documents and copies of a fact's parties say."""
    parties = fact.verdict.parties if fact.verdict else ()

    return [item for party in parties for item in party.members if item.standing.is_text]


def _in_other_currencies(path: FactPath, facts: FactsOfRecord) -> list[Testimony]:
    """Return what documents and copies say of an amount of money in other currencies."""
    if path.currency is None:
        return []

    others = (
        fact
        for other, fact in facts.items()
        if other.currency and other.replace(f":{other.currency}", f":{path.currency}") == path
    )

    return [item for other in others for item in _read(other)]


def _nearest(path: FactPath, told: Testimony, originals: Iterable[Testimony]) -> Retelling:
    compared = [
        Retelling(path, told, original, _change(original, told))
        for original in sorted(originals, key=lambda item: item.preference)
    ]

    return min(compared, key=lambda retelling: _ORDER.index(retelling.change))


def _change(original: Testimony, told: Testimony) -> Change:
    return change_between(cast("Amount", original.stated), cast("Amount", told.stated))
