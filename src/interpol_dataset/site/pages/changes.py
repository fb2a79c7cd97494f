"""
How figures change on their way through the press.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from interpol_dataset.dataset.sentence import changed_on_the_way
from interpol_dataset.schema.vocabulary import SourceKind, Stance
from interpol_dataset.site.evidence import STANCES
from interpol_dataset.site.machine import as_csv
from interpol_dataset.site.words.facts import stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.dataset.explanation import Voice
    from interpol_dataset.site.model import Case, Fact, Model
    from interpol_dataset.site.render import File, Renderer

__all__ = ["pages"]

_COLUMNS = ("case", "fact", "shown", "source", "said", "change")


class Change(NamedTuple):
    """A figure, what a voice made of it, and what sort of change that is."""

    case: Case
    fact: Fact
    voice: Voice
    said: str
    kind: str


def pages(site: Renderer) -> Iterator[File]:
    """Yield the page, and its CSV."""
    found = list(_changes(site.model))
    retold = _retold(site.model)
    kinds = Counter(change.kind for change in found)
    yield site.page(
        "changes.html",
        "changes",
        title="How figures change on their way through the press",
        about="Hedges that get lost, figures that are retold otherwise, and what that does to "
        "what a reader believes.",
        twins=[("text/csv", "changes.csv")],
        groups=[
            (kind, [change for change in found if change.kind == kind])
            for kind, _ in kinds.most_common()
        ],
        retold=retold,
    )
    yield as_csv(
        "changes.csv",
        _COLUMNS,
        [
            (
                change.case.id,
                change.fact.path,
                change.fact.why.value,
                change.voice.source,
                change.voice.value,
                change.kind,
            )
            for change in found
        ],
    )


def _changes(model: Model) -> Iterator[Change]:
    for case in model.cases.values():
        for fact in case.facts:
            if not fact.path.is_figure or fact.why.value is None:
                continue
            voices = fact.why.voices
            chosen = next((voice for voice in voices if voice.source == fact.why.chosen), None)
            for voice in voices:
                kind = changed_on_the_way(fact.path, voice, chosen)
                if kind is None and voice.stance == Stance.DEVIATES:
                    kind = STANCES[Stance.DEVIATES]
                if kind is not None:
                    yield Change(
                        case, fact, voice, stated(fact.path, voice.value, voice.unit), kind
                    )


def _retold(model: Model) -> int:
    """Count the figures that pages retell whose voice is another's."""
    return sum(
        1
        for source in model.sources.values()
        if SourceKind(source.row["kind"]) is SourceKind.NEWS
        for _, fact in source.said
        if fact.path.is_figure
    )
