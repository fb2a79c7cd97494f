"""
Claims of a machine-written article, challenges and lessons: what is asserted, and what was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interpol_dataset.schema.vocabulary import Grade
from interpol_dataset.site.charts import Edition, compared
from interpol_dataset.site.model import Case, Entry, Fact, tally
from interpol_dataset.site.render import File, Link, Renderer, as_csv
from interpol_dataset.site.words import begun
from interpol_dataset.values import grouped
from interpol_dataset.values.words import counted, step_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


#: An operation that shows a statement: who says so, the row about it, and what came of it.
_Shown: TypeAlias = "tuple[Case, Fact, Mapping[str, Any], Fact | None]"
_ABOUT: Final = {
    "challenges": "What limits such operations, with the operations that show it.",
    "lessons": "What was learnt, with the operations that show it and their results.",
}


def pages(site: Renderer) -> Iterator[File]:
    """Yield the page of claims, and those of challenges and lessons."""
    yield from _claims(site)
    yield from _entries(site, "challenges", site.model.challenges)
    yield from _entries(site, "lessons", site.model.lessons)


def _claims(site: Renderer) -> Iterator[File]:
    documents = grouped((claim.row["document_id"], claim) for claim in site.model.claims)
    checkable = [claim for claim in site.model.claims if claim.row["checkable"]]
    meant = grouped(
        (row["claim_id"], case) for case in site.model.cases.values() for row in case.relations
    )
    yield site.page(
        "claims/index.html",
        "claims",
        documents=[
            (
                site.model.sources.get(id_),
                sorted(grouped((claim.row["paragraph"], claim) for claim in claims).items()),
            )
            for id_, claims in documents.items()
        ],
        counts=tally([claim.fact for claim in checkable if claim.fact]),
        checkable=len(checkable),
        meant=meant,
    )
    columns = ("id", "paragraph", "statement", "checkable", "verdict", "case_id", "note")
    rows = [[claim.row[name] for name in columns] for claim in site.model.claims]
    yield as_csv("claims/index.csv", columns, rows)


def _entries(site: Renderer, folder: str, entries: Sequence[Entry]) -> Iterator[File]:
    title = folder.capitalize()
    groups = grouped((entry.row.get("grade", ""), entry) for entry in entries)
    links = [
        (_headed(grade).replace(": ", "\n"), [*map(_link, groups[grade])]) for grade in ("", *Grade)
    ]
    yield site.page(
        f"{folder}/index.html", "listing", title=title, about=_ABOUT[folder], groups=links
    )
    tied = _tied(site)
    for entry in entries:
        cases = _cases(site, entry)
        yield site.page(
            f"{folder}/{entry.id}.html",
            "statement",
            entry=entry,
            folder=folder,
            grade=_headed(entry.row.get("grade", "")),
            cases=cases,
            charts=_charts(site, cases),
            tied=tied[folder, entry.id],
        )


def _link(entry: Entry) -> Link:
    shown = f"{_shown_by(entry)}. " if entry.row["cases"] else ""
    note = f"{shown}{begun(entry.row['statement'])}"
    return Link(f"{entry.id}.html", entry.name, note, entry.row["verdict"])


def _headed(grade: str) -> str:
    """Return a grade with its meaning; nothing for a challenge, which has none."""
    return f"{Grade(grade).label}: {Grade(grade).meaning}" if grade else ""


def _shown_by(entry: Entry) -> str:
    """Return how many operations show it: "12 operations, 5 with a result"."""
    results = f", {entry.row['results']} with a result" if entry.row["results"] else ""
    return counted(entry.row["cases"], "operation") + results


def _cases(site: Renderer, entry: Entry) -> list[_Shown]:
    """Return the operations of an entry, those with a result first, then the latest."""
    facts = {str(fact.path): fact for fact in entry.facts}
    cases = [(link, site.model.cases[link["case_id"]]) for link in entry.links]
    cases.sort(key=lambda item: (item[0]["value_text"] is None, -(item[1].year or 0)))
    return [
        (case, facts[f"cases/{case.id}"], link, case.by_path.get(link["result"] or ""))
        for link, case in cases
    ]


def _charts(site: Renderer, cases: Sequence[_Shown]) -> list[tuple[str, list[Edition]]]:
    """Compare the results of one metric and unit, where so many operations have them."""
    enough = 5
    alike = grouped((_counted(site, fact), (case, fact)) for case, _, _, fact in cases if fact)
    return [(name, compared(found)) for name, found in alike.items() if len(found) >= enough]


def _counted(site: Renderer, fact: Fact) -> str:
    """Return what a figure counts, and in what: "Weight seized (kg)", "Persons convicted"."""
    name = site.model.names.metrics.get(fact.path.member, fact.path.member)
    if fact.path.kind == "proceedings":
        name = step_in_words(fact.path).capitalize()
    return f"{name} ({fact.why.unit})" if fact.why.unit else name


def _tied(site: Renderer) -> Mapping[tuple[str, str], list[Link]]:
    """Return the challenges of each lesson, and the lessons of each challenge."""
    entries = (*site.model.challenges, *site.model.lessons)
    known = {(entry.table, entry.id): entry for entry in entries}
    pairs = [(("lessons", one), ("challenges", other)) for one, other in site.model.answers]
    return grouped(
        (here, Link(f"../{entry.page}", entry.name, ", ".join(filter(None, noted))))
        for here, there in (*pairs, *(pair[::-1] for pair in pairs))
        if (entry := known.get(there)) and (noted := (entry.row.get("grade"), _shown_by(entry)))
    )
