"""
Claims of the article that started it, challenges and lessons: what is asserted, and what was found.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.site.model import tally
from interpol_dataset.site.shared import Link, as_csv, as_json, index

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.site.model import Case, Entry
    from interpol_dataset.site.render import File, Renderer


_KINDS: Final = {
    "challenges": ("Challenges", "What limits such operations, with the sources that show it."),
    "lessons": ("Lessons", "What was learnt, with the operations that show it."),
}


def pages(site: Renderer) -> Iterator[File]:
    """Yield the page of claims, and those of challenges and lessons."""
    yield from _claims(site)
    yield from _entries(site, "challenges", site.model.challenges)
    yield from _entries(site, "lessons", site.model.lessons)


def _values(entry: Entry) -> dict[str, Any]:
    return {**entry.row, "facts": [fact.why.to_dict() for fact in entry.facts]}


def _claims(site: Renderer) -> Iterator[File]:
    documents: defaultdict[str, defaultdict[int, list[Entry]]]
    documents = defaultdict(lambda: defaultdict(list))
    for claim in site.model.claims:
        documents[claim.row["document_id"]][claim.row["paragraph"]].append(claim)
    checkable = [claim for claim in site.model.claims if claim.row["checkable"]]

    meant: defaultdict[str, list[Case]] = defaultdict(list)
    for case in site.model.cases.values():
        for row in case.relations:
            if row["claim_id"] is not None:
                meant[row["claim_id"]].append(case)

    yield site.page(
        "claims/index.html",
        "claims",
        title="The article that started it, checked",
        about=f"{len(checkable)} claims of a machine-written article about INTERPOL, each checked "
        "against sources: what holds, what holds in part, what does not, and what nobody could "
        "find.",
        twins=[("text/csv", "index.csv"), ("application/json", "index.json")],
        documents=[
            (site.model.sources.get(id_), sorted(paragraphs.items()))
            for id_, paragraphs in documents.items()
        ],
        counts=tally([claim.fact for claim in checkable if claim.fact]),
        checkable=len(checkable),
        meant=meant,
        left=len(site.model.claims) - len(checkable),
        report=site.report_link("claims"),
    )
    columns = ("id", "paragraph", "statement", "checkable", "verdict", "case_id", "note")
    rows = [[claim.row[name] for name in columns] for claim in site.model.claims]
    yield as_csv("claims/index.csv", columns, rows)
    yield as_json("claims/index.json", [_values(claim) for claim in site.model.claims])


def _entries(site: Renderer, folder: str, entries: Sequence[Entry]) -> Iterator[File]:
    title, about = _KINDS[folder]
    links = [
        Link(f"{entry.id}.html", entry.name, entry.row["statement"], entry.row["verdict"])
        for entry in entries
    ]
    yield index(site, folder, title, about, [("", links)])
    tied = _tied(site)
    for entry in entries:
        cases = [fact for fact in entry.facts if fact.path.kind == "cases"]
        yield site.page(
            f"{folder}/{entry.id}.html",
            "statement",
            title=entry.name,
            about=entry.row["statement"],
            twins=[("application/json", f"{entry.id}.json")],
            entry=entry,
            folder=folder,
            heading=title,
            cases=[(site.model.cases[fact.path.member], fact) for fact in cases],
            others=[fact for fact in entry.facts if fact.path.kind not in {"statement", "cases"}],
            tied=tied[folder, entry.id],
            report=site.report_link(entry.id),
        )
        yield as_json(f"{folder}/{entry.id}.json", _values(entry))


def _tied(site: Renderer) -> defaultdict[tuple[str, str], list[Link]]:
    """Return the challenges of each lesson, and the lessons of each challenge."""
    names = {entry.id: entry.name for entry in (*site.model.challenges, *site.model.lessons)}
    tied: defaultdict[tuple[str, str], list[Link]] = defaultdict(list)
    for lesson, challenge in site.model.answers:
        tied["lessons", lesson].append(
            Link(f"../challenges/{challenge}.html", names.get(challenge, challenge))
        )
        tied["challenges", challenge].append(
            Link(f"../lessons/{lesson}.html", names.get(lesson, lesson))
        )

    return tied
