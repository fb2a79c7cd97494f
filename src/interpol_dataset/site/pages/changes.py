"""How figures change on their way through the press."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from interpol_dataset.dataset.explanation import STANCES
from interpol_dataset.dataset.sentence import changed_on_the_way
from interpol_dataset.schema.vocabulary import Stance, Status
from interpol_dataset.site.render import PRESS, Link
from interpol_dataset.site.words import fragment, stated
from interpol_dataset.values import grouped
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.dataset.sentence import Voice
    from interpol_dataset.site.model import Case, Fact
    from interpol_dataset.site.render import File, Renderer


class Change(NamedTuple):
    """A figure, and what voices made of it."""

    case: Case
    fact: Fact
    said: str
    voices: list[Voice]


def pages(site: Renderer) -> Iterator[File]:
    """Yield the page, and the list of what is disputed."""
    yield _disputed(site)
    groups = grouped(_changes(site)).items()
    times = {kind: sum(len(change.voices) for change in changes) for kind, changes in groups}
    press = next((guide for guide in site.guides if guide.path == PRESS), None)
    yield site.page(
        "changes.html",
        "changes",
        groups=sorted(groups, key=lambda group: -times[group[0]]),
        times=times,
        press=press,
    )


def _disputed(site: Renderer) -> File:
    disputed = [
        (case, fact)
        for case in site.model.newest
        for fact in case.facts
        if fact.status == Status.DISPUTED
    ]
    groups = grouped((case.name, _link(case, fact)) for case, fact in disputed)
    count = Counter("figure" if fact.quantity else "other statement" for _, fact in disputed)
    told = " and ".join(counted(number, kind) for kind, number in count.most_common())
    return site.page(
        "disputed.html",
        "listing",
        title="What is disputed",
        about=f"{told or 'Nothing'} about which those who could know contradict each other, "
        "and nothing explains it away.",
        groups=[*groups.items()],
    )


def _link(case: Case, fact: Fact) -> Link:
    href = f"cases/{case.id}.html#{fragment(fact.path)}"
    return Link(href, str(fact.line), fact.why.sentence)


def _changes(site: Renderer) -> Iterator[tuple[str, Change]]:
    """Yield what sort of change it is, with each figure and what was made of it."""
    for case in site.model.cases.values():
        for fact in case.facts:
            found = grouped(
                ((kind, _said(site, fact, voice)), voice)
                for voice in fact.why.voices
                if fact.quantity is not None and (kind := _kind(fact, voice))
            )
            for (kind, said), voices in found.items():
                yield kind, Change(case, fact, said, voices)


def _kind(fact: Fact, voice: Voice) -> str | None:
    kind = changed_on_the_way(fact.path, voice, fact.why.taken)
    if kind is None and voice.stance in {Stance.DEVIATES, Stance.DRIFTED}:
        return STANCES[Stance(voice.stance)]
    return kind


def _said(site: Renderer, fact: Fact, voice: Voice) -> str:
    """Return what a voice makes of a figure; of one that it retells as something else, as what."""
    said = stated(fact.path, voice.value, voice.unit)
    if voice.drift_metric is None:
        return said
    name = site.model.names.metrics.get(voice.drift_metric, voice.drift_metric)
    return f"{said}, as “{voice.said_as or name.lower()}”"
