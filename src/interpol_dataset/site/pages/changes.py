"""
How figures change on their way through the press.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from interpol_dataset.schema.vocabulary import SourceKind, Stance
from interpol_dataset.site.machine import as_csv
from interpol_dataset.site.pages.documents import carried
from interpol_dataset.site.words.facts import stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.site.model import Model, Source
    from interpol_dataset.site.pages.documents import Carried
    from interpol_dataset.site.render import File, Renderer

__all__ = ["pages"]

_COLUMNS = ("case", "fact", "shown", "source", "said", "change")


class Change(NamedTuple):
    """A figure as a source changed it, and the figure shown."""

    source: Source
    item: Carried
    kind: str
    shown: str


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
                change.item.case.id,
                change.item.fact.path,
                change.item.fact.why.value,
                change.source.id,
                change.item.raw,
                change.kind,
            )
            for change in found
        ],
    )


def _changes(model: Model) -> Iterator[Change]:
    for source in model.sources.values():
        for item in carried(source):
            fact = item.fact
            if not fact.path.is_figure or fact.why.value is None or item.is_taken:
                continue
            voice = next(voice for voice in fact.why.voices if voice.source == source.id)
            shown = stated(fact.path, fact.why.value, fact.why.unit)
            if item.change:
                yield Change(source, item, item.change, shown)
            elif voice.stance == Stance.DEVIATES:
                yield Change(source, item, "retold otherwise", shown)


def _retold(model: Model) -> int:
    """Count the figures that pages retell whose voice is another's."""
    return sum(
        1
        for source in model.sources.values()
        if SourceKind(source.row["kind"]) is SourceKind.NEWS
        for _, fact in source.said
        if fact.path.is_figure
    )
