"""
Sources and organizations: what rests on a document, and who speaks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.dataset.groups import STANCES
from interpol_dataset.dataset.sentence import changed_on_the_way
from interpol_dataset.schema.vocabulary import Stance
from interpol_dataset.site.evidence import KINDS, tone
from interpol_dataset.site.shared import Link, as_csv, as_json, index
from interpol_dataset.site.words import date, stated
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.site.model import Case, Fact, Source
    from interpol_dataset.site.render import File, Renderer


_COLUMNS: Final = ("case", "fact", "said", "unit", "stance", "taken", "locator", "value", "status")

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
    """
    A fact as a source carried it.

    ``said`` is what it said, in words, and ``differs`` whether that is not what is shown.
    """

    case: Case
    fact: Fact
    said: str
    differs: bool
    raw: str
    unit: str | None
    stance: str
    tone: str
    change: str
    is_taken: bool
    locator: str | None


def _carried(source: Source) -> list[Carried]:
    """Return what a source carried, fact by fact."""
    found = []
    for case, fact in source.said:
        voice = next(voice for voice in fact.why.voices if voice.source == source.id)
        said = stated(fact.path, voice.value, voice.unit)
        found.append(
            Carried(
                case,
                fact,
                said,
                said != _shown(fact),
                voice.value,
                voice.unit,
                STANCES[Stance(voice.stance)] if voice.stance else "",
                tone(voice),
                changed_on_the_way(fact.path, voice, fact.chosen) or "",
                voice.source == fact.why.chosen,
                voice.locator,
            )
        )

    return found


def _shown(fact: Fact) -> str | None:
    return None if fact.why.value is None else stated(fact.path, fact.why.value, fact.why.unit)


def pages(site: Renderer) -> Iterator[File]:
    """Yield the lists of sources and organizations, and a page for each."""
    yield from _sources(site)
    yield from _organizations(site)


def _sources(site: Renderer) -> Iterator[File]:
    model = site.model
    yield site.page(
        "sources/index.html",
        "sources",
        title="Sources",
        about="Every document that was read, by who published it.",
        groups=_by_publisher(site),
    )
    for source in model.sources.values():
        found = _carried(source)
        yield _source(site, source, found)
        yield as_csv(
            f"sources/{source.id}.csv",
            _COLUMNS,
            [
                (
                    *(item.case.id, item.fact.path, item.raw, item.unit, item.stance),
                    *(item.is_taken, item.locator, item.fact.why.value, item.fact.why.status),
                )
                for item in found
            ],
        )
        yield as_json(
            f"sources/{source.id}.json",
            {
                **source.row,
                "facts": [
                    {
                        "case": item.case.id,
                        "fact": item.fact.path,
                        "said": item.raw,
                        "unit": item.unit,
                        "stance": item.stance,
                        "change": item.change or None,
                        "taken": item.is_taken,
                        "locator": item.locator,
                        "value": item.fact.why.value,
                        "status": item.fact.why.status,
                    }
                    for item in found
                ],
                "statements": [
                    {"table": entry.table, "id": entry.id} for entry in source.statements
                ],
            },
        )


def _by_publisher(site: Renderer) -> list[tuple[str, str, int, list[tuple[str, list[Link]]]]]:
    """Group sources by kinds of publishers: the kind, its name, its sources, and by publisher."""
    model = site.model
    groups: defaultdict[str, defaultdict[str, list[Link]]]
    groups = defaultdict(lambda: defaultdict(list))
    for source in sorted(model.sources.values(), key=lambda item: item.row["published"] or ""):
        row = source.row
        publisher = model.organizations[row["publisher_id"]]
        note = f"{date(row['published']) or 'undated'} · {KINDS[row['kind']]}"
        link = Link(f"{source.id}.html", row["title"], note)
        groups[publisher["kind"]][publisher["id"]].insert(0, link)

    return [
        (
            kind,
            _PUBLISHERS.get(kind, kind.capitalize()),
            sum(map(len, publishers.values())),
            sorted(
                ((model.names.organizations[id_], links) for id_, links in publishers.items()),
                key=lambda item: item[0].lower(),
            ),
        )
        for kind, publishers in sorted(groups.items(), key=lambda item: _rank(item[0]))
    ]


def _rank(kind: str) -> int:
    return list(_PUBLISHERS).index(kind) if kind in _PUBLISHERS else len(_PUBLISHERS)


def _source(site: Renderer, source: Source, found: Sequence[Carried]) -> File:
    by_case: dict[str, list[Carried]] = {}
    for item in found:
        by_case.setdefault(item.case.id, []).append(item)
    alone = sum(item.fact.sources == 1 for item in found)
    title = source.row["title"]

    return site.page(
        f"sources/{source.id}.html",
        "source",
        title=title,
        about=f"What rests on this source: {counted(len(found), 'fact')} of "
        f"{counted(len(by_case), 'operation')}.",
        twins=[("text/csv", f"{source.id}.csv"), ("application/json", f"{source.id}.json")],
        source=source,
        found=found,
        groups=list(by_case.values()),
        alone=alone,
        taken=sum(item.is_taken for item in found),
        tones=Counter(item.change or item.stance for item in found if item.stance).most_common(),
    )


def _organizations(site: Renderer) -> Iterator[File]:
    model = site.model
    parts: defaultdict[str, list[tuple[Case, Fact]]] = defaultdict(list)
    for case in model.cases.values():
        for fact in case.facts:
            if fact.path.kind == "organizations":
                parts[fact.path.member].append((case, fact))
    carries: defaultdict[str, list[Source]] = defaultdict(list)
    asserts: defaultdict[str, list[Source]] = defaultdict(list)
    for source in model.sources.values():
        carries[source.row["publisher_id"]].append(source)
        if source.row["asserter_id"] != source.row["publisher_id"]:
            asserts[source.row["asserter_id"]].append(source)

    branches: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in model.organizations.values():
        branches[row["parent_id"]].append(row)

    yield _organization_list(site, parts, carries)
    for id_, row in model.organizations.items():
        name = row["name"]
        yield site.page(
            f"organizations/{id_}.html",
            "organization",
            title=name,
            about=f"{name}: {counted(len(parts[id_]), 'operation')} with INTERPOL in which it took "
            f"part, {counted(len(carries[id_]), 'source')} that it published.",
            twins=[("application/json", f"{id_}.json")],
            row=row,
            parts_in=parts[id_],
            carries=carries[id_],
            asserts=asserts[id_],
            branches=branches[id_],
        )
        yield as_json(
            f"organizations/{id_}.json",
            {
                **row,
                "cases": [
                    {"id": case.id, "role": fact.why.value, "status": fact.why.status}
                    for case, fact in parts[id_]
                ],
                "publishes": [source.id for source in carries[id_]],
                "asserts": [source.id for source in asserts[id_]],
            },
        )


def _organization_list(
    site: Renderer,
    parts: Mapping[str, Sequence[tuple[Case, Fact]]],
    carries: Mapping[str, Sequence[Source]],
) -> File:
    groups: defaultdict[str, list[Link]] = defaultdict(list)
    for id_, row in site.model.organizations.items():
        notes = [
            counted(len(parts[id_]), "operation") if parts[id_] else "",
            counted(len(carries[id_]), "source") if carries[id_] else "",
        ]
        note = ", ".join(note for note in notes if note)
        groups[row["kind"]].append(Link(f"{id_}.html", row["name"], note))

    return index(
        site,
        "organizations",
        "Organizations",
        "Who took part, who speaks and who publishes.",
        [
            (
                "NGOs" if kind == "ngo" else kind.capitalize(),
                sorted(links, key=lambda link: link.name.lower()),
            )
            for kind, links in sorted(groups.items())
        ],
    )
