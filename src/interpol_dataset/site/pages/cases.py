"""Operations: the list that a script filters, and a page for each with what its figures rest on."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.schema.vocabulary import above
from interpol_dataset.site.evidence import alike
from interpol_dataset.site.model import Case, Fact, tally
from interpol_dataset.site.render import File, Renderer, as_csv, citations, yearly
from interpol_dataset.site.words import WORDS, amount, script_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


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

    yield site.page(
        "cases/index.html",
        "operations",
        cases=cases,
        areas=Counter(chain.from_iterable(within)),
        countries=Counter(code for case in cases for code in case.countries),
        by_role=Counter(case.row["interpol_role"] for case in cases),
        by_status=Counter(case.row["existence_status"] for case in cases),
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


def case_pages(site: Renderer) -> Iterator[File]:
    """Yield the page of each case."""
    for case in site.model.cases.values():
        path = f"cases/{case.id}.html"
        yield site.page(
            path,
            "case",
            case=case,
            members=list(_members(case)),
            counts=tally(case.facts),
            relations=list(dict.fromkeys(_relations(site, case))),
            quotes=citations(site, path, case.name, f"Record {case.id}"),
        )


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
