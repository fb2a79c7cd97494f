"""Operations: the list that a script filters, and a page for each with what its figures rest on."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.schema.vocabulary import above
from interpol_dataset.site.charts import ROLES
from interpol_dataset.site.evidence import alike
from interpol_dataset.site.model import SURE, WARNINGS, tally
from interpol_dataset.site.render import File, as_csv, citations, yearly
from interpol_dataset.site.words import WORDS, amount, basis, begun, script_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.site.model import Case, Fact
    from interpol_dataset.site.render import Renderer

#: The columns of the list in CSV.
_LISTED: Final = (
    *("id", "name", "areas", "series", "edition", "interpol_role", "period", "start"),
    *("end", "announced", "country_count", "countries", "existence_status"),
)


def list_pages(site: Renderer) -> Iterator[File]:
    """Yield the list, its data for the script, and the same as CSV."""
    cases = [case for _, group in yearly(site.model.newest) for case in group]
    columns = (*_LISTED, *site.model.headlines)
    rows = [_row(site, case) for case in cases]
    parents = {area.id: area.row["parent_id"] for area in site.model.areas.values()}
    within = [_areas(case, parents) for case in cases]
    yield as_csv("cases/index.csv", columns, rows)
    data = script_text(_data(site, cases, columns, rows, within))
    yield File("data/operations.js", f"window.OPERATIONS={data};\n")

    areas = Counter(chain.from_iterable(within))
    countries = Counter(code for case in cases for code in case.countries)
    statuses = Counter(
        case.row["existence_status"] for case in cases if case.row["existence_status"]
    )
    by_role = Counter(case.row["interpol_role"] for case in cases)
    yield site.page(
        "cases/index.html",
        "operations",
        twins=[("text/csv", "index.csv")],
        cases=[(case, case.headlines(2), begun(str(case.row["summary"]))) for case in cases],
        areas=sorted(
            ((id_, site.model.areas[id_].row["name"], count) for id_, count in areas.items()),
            key=lambda item: item[1],
        ),
        countries=sorted(
            ((code, site.model.names.countries[code], count) for code, count in countries.items()),
            key=lambda item: item[1],
        ),
        by_role=[(role or "none", role or "not stated", by_role[role]) for role in ROLES],
        facets=[(status, statuses[status]) for status in SURE if statuses[status]],
        series=[(id_, site.model.series_name(id_)) for id_ in site.model.series],
        years=sorted({case.year for case in cases if case.year}),
    )


def _areas(case: Case, parents: Mapping[str, str | None]) -> list[str]:
    """Return the areas of a case, and those that contain them."""
    return [*dict.fromkeys(area for id_ in case.areas for area in (id_, *above(id_, parents.get)))]


def _row(site: Renderer, case: Case) -> tuple[Any, ...]:
    known = {
        **case.row,
        "areas": case.areas,
        "countries": case.countries,
        "country_count": amount(count) if (count := case.row["country_count"]) else None,
    }
    measured = site.model.measured.get(case.id, {})
    totals = (measured.get(id_, {}).get("value_text") for id_ in site.model.headlines)
    return (*(known[name] for name in _LISTED), *totals)


def _data(
    site: Renderer,
    cases: Sequence[Case],
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    areas: Sequence[Sequence[str]],
) -> dict[str, Any]:
    """Return what the script needs besides the text of the page, in the columns of the CSV."""
    bodies = sorted({id_ for case in cases for id_, _ in case.organizations})
    place = {id_: at for at, id_ in enumerate(bodies)}

    return {
        "columns": columns,
        "rows": [
            [";".join(cell) if isinstance(cell, tuple) else cell for cell in row] for row in rows
        ],
        "areas": areas,
        "bodies": [site.model.names.organizations[id_].lower() for id_ in bodies],
        "parts": [[place[id_] for id_, _ in case.organizations] for case in cases],
        "aliases": [" ".join(case.row["aliases"] or ()).lower() for case in cases],
        "arrests": [
            fact.size if (fact := case.by_path.get("outcomes/arrests")) and fact.why.value else -1
            for case in cases
        ],
        "complete": [int(bool(case.row.get("countries_complete"))) for case in cases],
    }


#: Kinds of facts of an operation as a whole.
_WHOLE: Final = ("exists", "period", "announced", "interpol_role", "country_count")


def case_pages(site: Renderer) -> Iterator[File]:
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
    for kind, heading in WORDS["members"].items():
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
    sides = (("relations", "related_case_id"), ("followers", "case_id"))
    for (side, column), rows in zip(sides, (case.relations, case.followers), strict=True):
        for row in rows:
            words = WORDS[side].get(row["type"], row["type"])
            if row["claim_id"] is not None:
                meant = (claim.name for claim in site.model.claims if claim.id == row["claim_id"])
                href = f"../claims/index.html#{row['claim_id']}"
                yield words, href, next(meant, row["claim_id"]), row["note"]
                continue
            other = site.model.cases[row[column]]
            yield words, f"{other.id}.html", other.name, row["note"]
