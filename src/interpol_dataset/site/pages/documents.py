"""
Sources and organizations: what rests on a document, who speaks, and what the press makes of it.

A source or an organization that is used only once has no page, but a line where it is used.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from interpol_dataset.dataset.explanation import STANCES
from interpol_dataset.dataset.sentence import Voice, changed_on_the_way
from interpol_dataset.schema.vocabulary import Stance, Status
from interpol_dataset.site.evidence import Said, heard
from interpol_dataset.site.render import PRESS, File, Link, Renderer
from interpol_dataset.site.words import WORDS, fragment, stated
from interpol_dataset.values import grouped
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.site.model import Body, Case, Fact, Source


def _carried(source: Source) -> list[tuple[Case, Fact, Said, bool]]:
    """Return each fact as a source stated it, and whether the value shown is another."""
    found = []
    for case, fact in source.said:
        why = fact.why
        (said,) = heard(fact, [voice for voice in why.voices if voice.source == source.id][:1])
        shown = None if why.value is None else stated(fact.path, why.value, why.unit)
        found.append((case, fact, said, said.value != shown))
    return found


def pages(site: Renderer) -> Iterator[File]:
    """Yield the lists of sources and organizations, and their pages."""
    yield site.page(
        "sources/index.html",
        "sources",
        groups=_by_kind(body for body in site.model.bodies.values() if body.publishes),
    )
    for source in site.model.sources.values():
        if source.has_page or not source.used_on:
            yield _source(site, source)
    yield _organization_list(site)
    for body in site.model.bodies.values():
        if body.has_page:
            yield _organization(site, body)


def _by_kind(bodies: Iterable[Body]) -> list[tuple[str, str, list[Body]]]:
    """Group organizations by kind, those that act first: the kind, its name, and its bodies."""
    order = {kind: at for at, kind in enumerate(WORDS["publishers"])}
    groups = grouped((body.row["kind"], body) for body in bodies)
    return [
        (
            kind,
            WORDS["publishers"].get(kind, kind.capitalize()),
            sorted(groups[kind], key=lambda body: body.name.lower()),
        )
        for kind in sorted(groups, key=lambda kind: order.get(kind, len(order)))
    ]


def _source(site: Renderer, source: Source) -> File:
    found = _carried(source)
    by_case = grouped((item[0].id, item) for item in found)
    return site.page(
        f"sources/{source.id}.html",
        "source",
        source=source,
        found=found,
        groups=[*by_case.values()],
        tones=Counter(
            filter(None, (said.change or said.stance for _, _, said, _ in found))
        ).most_common(),
    )


def _organization_list(site: Renderer) -> File:
    bodies = [body for body in site.model.bodies.values() if body.has_page]
    left = len(site.model.bodies) - len(bodies)
    return site.page(
        "organizations/index.html",
        "listing",
        title="Organizations",
        about="Who took part, who speaks and who publishes."
        + (f" {left:,} more are met once, and named there, or published little." if left else ""),
        groups=[
            (heading, [Link(f"{body.id}.html", body.name, _met(body)) for body in found])
            for _, heading, found in _by_kind(bodies)
        ],
    )


def _met(body: Body) -> str:
    notes = ((len(body.parts), "operation"), (len(body.publishes), "source"))
    return ", ".join(counted(count, one) for count, one in notes if count)


def _organization(site: Renderer, body: Body) -> File:
    taken = sum(
        any(fact.why.chosen == source.id for _, fact in source.said) for source in body.publishes
    )
    return site.page(f"organizations/{body.id}.html", "organization", body=body, taken=taken)


def change_pages(site: Renderer) -> Iterator[File]:
    """Yield the page on how figures change, and the list of what is disputed."""
    yield _disputed(site)
    groups = grouped(_changes(site)).items()
    times = {kind: sum(len(voices) for *_, voices in changes) for kind, changes in groups}
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


def _changes(site: Renderer) -> Iterator[tuple[str, tuple[Case, Fact, str, list[Voice]]]]:
    """Yield what sort of change it is, with each figure, what was made of it, and by whom."""
    for case in site.model.cases.values():
        for fact in case.facts:
            found = grouped(
                ((kind, _said(site, fact, voice)), voice)
                for voice in fact.why.voices
                if fact.quantity is not None and (kind := _kind(fact, voice))
            )
            for (kind, said), voices in found.items():
                yield kind, (case, fact, said, voices)


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
