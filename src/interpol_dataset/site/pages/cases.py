"""The page of an operation: its figures in sentences, and what each rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.site.evidence import alike
from interpol_dataset.site.model import WARNINGS, tally
from interpol_dataset.site.shared import citations
from interpol_dataset.site.words import basis

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.site.model import Case, Fact
    from interpol_dataset.site.render import File, Renderer

#: Kinds of facts of an operation as a whole.
_WHOLE: Final = ("exists", "period", "announced", "interpol_role", "country_count")
_MEMBERS: Final = {
    "countries": "Countries",
    "organizations": "Organizations",
    "tools": "INTERPOL's tools",
}
_RELATIONS: Final = {
    "part-of": ("Part of", "Includes"),
    "follows": ("Follows", "Followed by"),
    "joint-with": ("Together with", "Together with"),
    "possibly-described-by": ("Perhaps meant by the claim", ""),
}


def pages(site: Renderer) -> Iterator[File]:
    """Yield the page of each case."""
    for case in site.model.cases.values():
        yield _page(site, case, f"cases/{case.id}.html")


def _page(site: Renderer, case: Case, path: str) -> File:
    doubts = [fact for fact in case.facts if fact.status in WARNINGS]
    series, cards = case.row["series"], case.headlines(4)
    taken = cards[0].why.taken if cards else None

    return site.page(
        path,
        "case",
        title=case.name,
        about=f"{case.headline}. {case.row['summary']}" if case.headline else case.row["summary"],
        case=case,
        series_name=site.model.series_name(series) if series else "",
        cards=cards,
        original=site.model.sources[taken.source] if taken else None,
        doubts=doubts,
        results=_results(case.by_kind["outcomes"]),
        steps=case.by_kind["proceedings"],
        totals=_totals(site, case),
        told=[fact for kind in _WHOLE for fact in case.by_kind[kind]],
        members=list(_members(case)),
        sources=[site.model.sources[id_] for id_ in case.sources],
        counts=tally(case.facts),
        editions=site.model.series[series] if series else (),
        relations=list(dict.fromkeys(_relations(site, case))),
        quotes=citations(site, path, case.name, f"Record {case.id}"),
        report=site.report_link(case.id),
    )


def _results(figures: Sequence[Fact]) -> list[tuple[str, str, list[Fact]]]:
    note = "They belong to the figures above or next to them: don’t add them up."
    shares = [fact for fact in figures if fact.path.place and not fact.path.is_part]
    parts = [fact for fact in figures if fact.path.is_part]
    groups = [
        ("Results", "", [fact for fact in figures if fact.is_total]),
        ("By country", "", shares),
        ("Single finds and partial counts", note, parts),
    ]
    return [group for group in groups if group[2]]


def _totals(site: Renderer, case: Case) -> list[tuple[str, str, Mapping[str, Any], str]]:
    """Return the totals of a case that rules made of figures: column, name, row, and how."""
    return [
        (id_, site.model.headlines[id_], row, how)
        for id_, row in site.model.measured.get(case.id, {}).items()
        if id_ in site.model.headlines and row["value_text"] and (how := basis(row))
    ]


def _members(case: Case) -> Iterator[tuple[str, list[tuple[list[Fact], str]]]]:
    for kind, heading in _MEMBERS.items():
        if facts := case.by_kind[kind]:
            yield heading, [(group, _told(group)) for group in alike(facts)]


def _told(group: Sequence[Fact]) -> str:
    """Return what is said of all countries or bodies whose part rests on the same evidence."""
    one = group[0]
    told = ""
    if one.path.kind == "organizations" or one.why.value == "not listed":
        told = one.line.after
    if len(group) > 1:
        told = told.replace("was a partner", "were partners").replace("is not on", "are not on")
    return told


def _relations(site: Renderer, case: Case) -> Iterator[tuple[str, str, str, str | None]]:
    for at, rows in enumerate((case.relations, case.followers)):
        for row in rows:
            words = _RELATIONS.get(row["type"], (row["type"], row["type"]))[at]
            if row["claim_id"] is not None:
                meant = (claim.name for claim in site.model.claims if claim.id == row["claim_id"])
                href = f"../claims/index.html#{row['claim_id']}"
                yield words, href, next(meant, row["claim_id"]), row["note"]
                continue
            other = site.model.cases[row["case_id"] if at else row["related_case_id"]]
            yield words, f"{other.id}.html", other.name, row["note"]
