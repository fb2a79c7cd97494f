"""
The page on how police figures change on their way through the press.

A *retelling* is what a page states on another body's word. It is compared with the documents of
that body and copies of them, and the nearest one counts. If none was read, there is no comparison.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from interpol_dataset.docs import markdown
from interpol_dataset.evidence.testimony import agree, is_hedged
from interpol_dataset.schema.vocabulary import SourceKind, Term
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.evidence.facts import Fact, Facts, FactsOfRecord
    from interpol_dataset.evidence.testimony import Amount, Testimony
    from interpol_dataset.records.document import Records
    from interpol_dataset.values.fact_path import FactPath
    from interpol_dataset.values.quantity import Quantity


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


@dataclass(frozen=True, slots=True)
class Retelling:
    """
    A figure as a page retells it: the fact, what the page says, and what became of the figure.

    :param original: What the document or copy says to which it comes nearest.
    """

    path: FactPath
    told: Testimony
    original: Testimony
    change: Change


def retellings(facts: FactsOfRecord) -> Iterator[Retelling]:
    """Yield the retold figures of a record for which a document or a copy was read."""
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
    said = cast("Amount", told.stated)
    compared = [
        Retelling(path, told, original, change_between(cast("Amount", original.stated), said))
        for original in sorted(originals, key=lambda item: item.preference)
    ]
    return min(compared, key=lambda retelling: [*Change].index(retelling.change))


#: How often a change of words is met that the page names.
OFTEN: Final = 3
#: How many examples there are of each change.
_EXAMPLES: Final = 2
_BY_KIND: Final = tuple(change for change in Change if change is not Change.NONE)


def retold(facts: Facts) -> list[tuple[str, Retelling]]:
    """Return every retold figure for which a document or a copy was read, with its case."""
    return [
        (id_, item)
        for (table, id_), known in facts.items()
        if table == "cases"
        for item in retellings(known)
    ]


def words(facts: Facts) -> list[tuple[str, str, str]]:
    """Return every figure that a page retells under another metric: both metrics, and its case."""
    return [
        (path.member, item.drift_metric, id_)
        for (table, id_), known in facts.items()
        if table == "cases"
        for path, fact in known.items()
        for item in fact.testimonies
        if item.drift_metric and item.counts
    ]


def press(records: Records, facts: Facts) -> str:
    """Render the page as Markdown, from the records and their facts."""
    found = retold(facts)
    names = {metric.id: metric.name for metric in records.metrics}
    publishers = {body.id: body.name for body in records.organizations}
    return markdown.page(
        "press",
        **_summary(found),
        by_change=_by_change(found),
        by_kind=_by_kind(found),
        by_word=_by_word(words(facts), names),
        examples=_examples(found, names, publishers),
    )


def _summary(found: list[tuple[str, Retelling]]) -> dict[str, str | int]:
    counts = Counter(item.change for _, item in found)
    hedged = sum(is_hedged(item.original.stated) for _, item in found)
    retold, plain = len(found), len(found) - hedged
    kept, lost, added = (
        counts[change] for change in (Change.NONE, Change.HEDGE_LOST, Change.HEDGE_ADDED)
    )
    return {
        "retold": retold,
        "pages": len({item.told.source.id for _, item in found}),
        "kept": kept,
        "kept_share": _share(kept, retold),
        "hedged": hedged,
        "lost": lost,
        "lost_share": _share(lost, hedged),
        "plain": plain,
        "added": added,
        "added_share": _share(added, plain),
    }


def _by_change(found: list[tuple[str, Retelling]]) -> Iterator[str]:
    counts = Counter(item.change for _, item in found)
    shares = {change: _share(counts[change], len(found)) for change in Change}
    rows = ((change, counts[change], shares[change], change.meaning) for change in Change)
    return markdown.table(("change", "retellings", "share", "what it means"), rows)


def _by_kind(found: list[tuple[str, Retelling]]) -> Iterator[str]:
    counts = Counter((item.told.source.kind, item.change) for _, item in found)
    totals = Counter(item.told.source.kind for _, item in found)
    return markdown.table(
        ("kind of page", "retellings", "changed", *_BY_KIND),
        (
            (
                kind,
                totals[kind],
                _share(totals[kind] - counts[kind, Change.NONE], totals[kind]),
                *(counts[kind, change] or "" for change in _BY_KIND),
            )
            for kind in SourceKind
            if totals[kind]
        ),
    )


def _by_word(changed: list[tuple[str, str, str]], names: dict[str, str]) -> Iterator[str]:
    figures = Counter((metric, other) for metric, other, _ in changed)
    cases = Counter((metric, other) for metric, other, _ in {*changed})
    often = sorted((-count, pair) for pair, count in figures.items() if count >= OFTEN)
    said = {metric: markdown.text(name) for metric, name in names.items()}
    rows = ((said[one], said[other], -n, cases[one, other]) for n, (one, other) in often)
    return markdown.table(("announced", "retold as", "figures", "cases"), rows)


def _examples(
    found: list[tuple[str, Retelling]], names: dict[str, str], publishers: dict[str, str]
) -> Iterator[str]:
    for change in _BY_KIND:
        chosen = list(_latest((case, item) for case, item in found if item.change is change))
        if not chosen:
            continue
        yield from (f"**{change.capitalize()}**", "")
        for case, item in chosen:
            told, publisher = item.told, publishers[item.told.source.publisher]
            word = told.drift_metric
            as_what = f" ({markdown.text(names[word])})" if word else ""
            yield (
                f"- [{case} `{item.path}`](../../data/records/cases/{case}.yaml): "
                f"{_figure(item.original)}; {markdown.text(publisher)}: {_figure(told)}{as_what}"
            )
        yield ""


def _latest(found: Iterable[tuple[str, Retelling]]) -> Iterator[tuple[str, Retelling]]:
    """Yield the latest retellings, one for each case."""
    by_case: dict[str, Retelling] = {}
    ordered = sorted(found, key=lambda pair: (pair[0], pair[1].path, pair[1].told.source.id))
    for case, item in sorted(ordered, key=lambda pair: pair[1].told.published, reverse=True):
        by_case.setdefault(case, item)
    yield from list(by_case.items())[:_EXAMPLES]


def _figure(item: Testimony) -> str:
    return markdown.text(quantity_in_words(cast("Quantity", item.value), item.unit))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "0.0%"
