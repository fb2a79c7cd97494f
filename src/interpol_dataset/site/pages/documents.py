"""
Sources and organizations: what rests on a document, and who speaks.

A source or an organization that is used only once has no page, but a line where it is used.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.site.charts import by_year
from interpol_dataset.site.evidence import heard
from interpol_dataset.site.shared import Link, index
from interpol_dataset.site.words import stated
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.site.evidence import Said
    from interpol_dataset.site.model import Body, Case, Fact, Source
    from interpol_dataset.site.render import File, Renderer

#: Kinds of publishers: those that act first, those that write about it last.
_PUBLISHERS: Final = {
    "intergovernmental": "International organizations",
    "police": "Police",
    "customs": "Customs",
    "prosecution": "Prosecutors",
    "court": "Courts",
    "government": "Governments",
    "parliament": "Parliaments",
    "ngo": "NGOs",
    "academic": "Scholars",
    "company": "Companies",
    "media": "Newsrooms",
}


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
        voice = next(voice for voice in fact.why.voices if voice.source == source.id)
        (said,) = heard(fact, [voice])
        found.append(Carried(case, fact, said, said.value != _shown(fact)))
    return found


def _shown(fact: Fact) -> str | None:
    return None if fact.why.value is None else stated(fact.path, fact.why.value, fact.why.unit)


def pages(site: Renderer) -> Iterator[File]:
    """Yield the lists of sources and organizations, and their pages."""
    yield site.page(
        "sources/index.html",
        "sources",
        title="Sources",
        about="Every document that was read, by who published it.",
        groups=_by_publisher(site),
    )
    for source in site.model.sources.values():
        if source.has_page or not source.used_on:
            yield _source(site, source)
    yield _organization_list(site)
    for body in site.model.bodies.values():
        if body.has_page:
            yield _organization(site, body)


def _by_publisher(site: Renderer) -> list[tuple[str, str, int, list[Body]]]:
    """Group publishers by kind: the kind, its name, and how many sources they published."""
    groups: defaultdict[str, list[Body]] = defaultdict(list)
    for body in site.model.bodies.values():
        if body.publishes:
            groups[body.row["kind"]].append(body)

    return [
        (
            kind,
            _PUBLISHERS.get(kind, kind.capitalize()),
            sum(len(body.publishes) for body in groups[kind]),
            sorted(groups[kind], key=lambda body: body.row["name"].lower()),
        )
        for kind in sorted(groups, key=_rank)
    ]


def _rank(kind: str) -> int:
    return list(_PUBLISHERS).index(kind) if kind in _PUBLISHERS else len(_PUBLISHERS)


def _source(site: Renderer, source: Source) -> File:
    found = _carried(source)
    by_case: dict[str, list[Carried]] = {}
    for item in found:
        by_case.setdefault(item.case.id, []).append(item)

    return site.page(
        f"sources/{source.id}.html",
        "source",
        title=source.row["title"],
        about=f"What rests on this source: {counted(len(found), 'statement')} about "
        f"{counted(len(by_case), 'operation')}.",
        source=source,
        found=found,
        groups=list(by_case.values()),
        alone=sum(item.fact.sources == 1 for item in found),
        taken=sum(item.said.is_chosen for item in found),
        tones=Counter(
            filter(None, (item.said.change or item.said.stance for item in found))
        ).most_common(),
    )


def _organization_list(site: Renderer) -> File:
    groups: defaultdict[str, list[Link]] = defaultdict(list)
    bodies = site.model.bodies.values()
    for body in bodies:
        if body.has_page:
            link = Link(f"{body.id}.html", body.row["name"], _met(body.parts, body.publishes))
            groups[body.row["kind"]].append(link)
    left = sum(not body.has_page for body in bodies)

    return index(
        site,
        "organizations",
        "Organizations",
        "Who took part, who speaks and who publishes."
        + (f" {left:,} more are met once, and named there, or published little." if left else ""),
        [
            (_PUBLISHERS.get(kind, kind.capitalize()), sorted(groups[kind], key=_by_name))
            for kind in sorted(groups, key=_rank)
        ],
    )


def _by_name(link: Link) -> str:
    return link.name.lower()


def _met(parts: Sequence[object], publishes: Sequence[object]) -> str:
    notes = [
        counted(len(parts), "operation") if parts else "",
        counted(len(publishes), "source") if publishes else "",
    ]
    return ", ".join(filter(None, notes))


def _organization(site: Renderer, body: Body) -> File:
    name = body.row["name"]

    return site.page(
        f"organizations/{body.id}.html",
        "organization",
        title=name,
        about=f"{name}: {counted(len(body.parts), 'operation')} with INTERPOL in which it took "
        f"part, {counted(len(body.publishes), 'source')} that it published.",
        body=body,
        numbers=[
            (len(body.parts), "operations in which it took part"),
            (len(body.publishes), "documents of it that were read"),
            (len(body.asserts), "documents of others that rest on its word"),
            (sum(map(_was_taken, body.publishes)), "of its documents gave a value shown here"),
        ],
        years=by_year(case for case, _ in body.parts),
    )


def _was_taken(source: Source) -> bool:
    return any(fact.why.chosen == source.id for _, fact in source.said)
