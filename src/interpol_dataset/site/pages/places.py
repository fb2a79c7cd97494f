"""Countries and crime areas: which operations there were, and what sources say of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from interpol_dataset.site.answers import leading
from interpol_dataset.site.charts import shares
from interpol_dataset.site.model import grouped
from interpol_dataset.site.shared import FACT_COLUMNS, Link, as_csv, fact_rows, index
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.site.model import Body, Case, Entry, Fact, Model
    from interpol_dataset.site.render import File, Renderer

_MOST: Final = 12
#: With how many numbers a page begins.
_NUMBERS: Final = 6
#: Kinds of bodies with powers of the state.
_AUTHORITIES: Final = frozenset(
    {"police", "customs", "prosecution", "government", "court", "parliament"}
)


def pages(site: Renderer) -> Iterator[File]:
    """Yield the lists of countries and areas, and a page for each."""
    yield from _countries(site)
    yield from _areas(site)


def _countries(site: Renderer) -> Iterator[File]:
    model, names = site.model, site.model.names.countries
    found = [(case, fact) for case in model.newest for fact in case.facts]
    members = grouped((f.path.member, (c, f)) for c, f in found if f.path.kind == "countries")
    figures = grouped((f.path.place, (c, f)) for c, f in found if f.path.place)
    bodies = grouped((body.row["country"], body) for body in model.bodies.values())
    known = [code for code in names if code in members or code in figures or code in bodies]
    part = {code: [case for case, _ in members[code] if code in case.countries] for code in known}
    counts = {code: len(part[code]) for code in known}
    yield as_csv(
        "countries/index.csv",
        ("country", "name", "operations"),
        [(code, names[code], count) for code, count in counts.items()],
    )
    yield site.page(
        "countries/index.html",
        "countries",
        title="Countries",
        about="In how many operations each country took part, as far as sources list it.",
        groups=_by_region(site, counts),
        most=shares((f"{code}.html", names[code], count) for code, count in counts.items())[:_MOST],
    )
    for code in known:
        yield _country(site, code, part[code], members[code], figures[code], bodies[code])
        facts = [fact for _, fact in (*members[code], *figures[code])]
        yield as_csv(f"countries/{code}.csv", FACT_COLUMNS, fact_rows(site, facts))


def _country(
    site: Renderer,
    code: str,
    cases: Sequence[Case],
    members: Sequence[tuple[Case, Fact]],
    figures: Sequence[tuple[Case, Fact]],
    bodies: Sequence[Body],
) -> File:
    name = site.model.names.countries[code]
    return site.page(
        f"countries/{code}.html",
        "country",
        title=name,
        about=f"{name} in {counted(len(cases), 'operation')} with INTERPOL: what sources say "
        "it did, and how sure that is.",
        twins=[("text/csv", f"{code}.csv")],
        code=code,
        official=site.model.countries[code]["name"],
        name=name,
        cases=cases,
        figures=len(figures),
        sums=leading(site.model, _NUMBERS, country=code),
        areas=_by_area(site.model, members, figures),
        bodies=_by_kind(bodies),
    )


def _by_area(
    model: Model, members: Sequence[tuple[Case, Fact]], figures: Sequence[tuple[Case, Fact]]
) -> list[tuple[Entry | None, list[tuple[Case, Fact | None, list[Fact]]]]]:
    """Group what a country did by main crime area: operations, its part in each, its figures."""
    known = {case.id: fact for case, fact in members}
    own = grouped((case.id, fact) for case, fact in figures)
    cases = {case.id: case for case, _ in (*members, *figures)}.values()
    groups = grouped(
        (case.areas[0] if case.areas else "", (case, known.get(case.id), own[case.id]))
        for case in sorted(cases, key=lambda case: case.order, reverse=True)
    )
    return [
        (model.areas.get(area), found)
        for area, found in sorted(groups.items(), key=lambda item: -len(item[1]))
    ]


def _by_kind(bodies: Sequence[Body]) -> list[tuple[str, list[Body]]]:
    """Group the bodies of a country: those that act apart from those that write about it."""
    act, other, write = "Police and other authorities", "Other organizations", "Newsrooms"
    headings = {**dict.fromkeys(_AUTHORITIES, act), "media": write}
    groups = grouped((headings.get(body.row["kind"], other), body) for body in bodies)
    return [(heading, groups[heading]) for heading in (act, other, write) if heading in groups]


def _by_region(site: Renderer, counts: Mapping[str, int]) -> list[tuple[str, list[Link]]]:
    """Group countries by the regions that the package names; all in one where it names none."""
    countries, names = site.model.countries, site.model.names.countries
    regions = grouped(
        (
            countries[code].get("region") or "",
            Link(
                f"{code}.html", names[code], counted(count, "operation") if count else "not listed"
            ),
        )
        for code, count in sorted(counts.items(), key=lambda item: names[item[0]])
    )
    return sorted(regions.items(), key=lambda item: (not item[0], item[0]))


def _areas(site: Renderer) -> Iterator[File]:
    model = site.model
    cases = grouped((id_, case) for case in model.newest for id_ in case.areas)
    links = [
        Link(
            f"{area.id}.html",
            area.row["name"],
            f"{counted(len(cases[area.id]), 'operation')}. {area.row['description']}",
        )
        for area in model.areas.values()
    ]
    yield index(
        site,
        "areas",
        "Crime areas",
        "What the operations were against; an operation can be in several areas.",
        [("", sorted(links, key=lambda link: link.name))],
    )
    for area in model.areas.values():
        yield _area(site, area, cases[area.id])


def _area(site: Renderer, area: Entry, cases: Sequence[Case]) -> File:
    countries = Counter(code for case in cases for code in case.countries)
    return site.page(
        f"areas/{area.id}.html",
        "area",
        title=area.row["name"],
        about=f"{counted(len(cases), 'operation')}: {area.row['description']}",
        area=area,
        cases=cases,
        sums=leading(site.model, _NUMBERS, cases={case.id for case in cases}),
        within=[item for item in site.model.areas.values() if item.row["parent_id"] == area.id],
        countries=shares(
            (f"../countries/{code}.html", site.model.names.countries[code], count)
            for code, count in countries.items()
        )[:_MOST],
    )
