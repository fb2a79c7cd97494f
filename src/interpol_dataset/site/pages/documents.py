"""
Sources and organizations: what rests on a document, and who speaks.

A source or an organization that is used only once has no page, but a line where it is used.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from interpol_dataset.site.evidence import heard
from interpol_dataset.site.render import Link
from interpol_dataset.site.words import WORDS, stated
from interpol_dataset.values import grouped
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from interpol_dataset.site.evidence import Said
    from interpol_dataset.site.model import Body, Case, Fact, Source
    from interpol_dataset.site.render import File, Renderer


class Carried(NamedTuple):
    """A fact as a source stated it, and whether the value shown is another."""

    case: Case
    fact: Fact
    said: Said
    differs: bool


def _carried(source: Source) -> list[Carried]:
    """Return what a source carried, fact by fact."""
    found = []
    for case, fact in source.said:
        why = fact.why
        (said,) = heard(fact, [voice for voice in why.voices if voice.source == source.id][:1])
        shown = None if why.value is None else stated(fact.path, why.value, why.unit)
        found.append(Carried(case, fact, said, said.value != shown))
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
    by_case = grouped((item.case.id, item) for item in found)
    return site.page(
        f"sources/{source.id}.html",
        "source",
        source=source,
        found=found,
        groups=[*by_case.values()],
        tones=Counter(
            filter(None, (item.said.change or item.said.stance for item in found))
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
