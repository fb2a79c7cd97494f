"""Countries and crime areas: which operations there were, and what sources say of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from interpol_dataset.site.answers import leading
from interpol_dataset.site.charts import shares
from interpol_dataset.site.shared import FACT_COLUMNS, Link, as_csv, fact_rows, index
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.site.model import Case, Entry, Fact, Model
    from interpol_dataset.site.render import File, Renderer

_MOST: Final = 12
#: With how many numbers a page begins.
_NUMBERS: Final = 6
#: Kinds of bodies with powers of the state.
_AUTHORITIES: Final = frozenset(
    {"police", "customs", "prosecution", "government", "court", "parliament"}
)
#: Headings over the bodies of a country.
_ACT, _OTHERS, _WRITE = "Police and other authorities", "Other organizations", "Newsrooms"


def pages(site: Renderer) -> Iterator[File]:
    """Yield the lists of countries and areas, and a page for each."""
    yield from _countries(site)
    yield from _areas(site)


def _countries(site: Renderer) -> Iterator[File]:
    model = site.model
    members: defaultdict[str, list[tuple[Case, Fact]]] = defaultdict(list)
    figures: defaultdict[str, list[tuple[Case, Fact]]] = defaultdict(list)
    bodies: defaultdict[str, list[str]] = defaultdict(list)
    for case in model.newest:
        for fact in case.facts:
            if fact.path.kind == "countries" and fact.path.member in model.countries:
                members[fact.path.member].append((case, fact))
            elif (place := fact.path.place) and place in model.countries:
                figures[place].append((case, fact))
    for body in model.bodies.values():
        if body.row["country"] in model.countries:
            bodies[body.row["country"]].append(body.id)

    known = [
        code for code in model.countries if code in members or code in figures or code in bodies
    ]
    listed = {code: len(_took_part(code, members[code])) for code in known}
    yield as_csv(
        "countries/index.csv",
        ("country", "name", "operations"),
        [(code, model.names.countries[code], count) for code, count in listed.items()],
    )
    yield _country_list(site, listed)
    for code in known:
        yield from _country(site, code, members[code], figures[code], bodies[code])


def _country_list(site: Renderer, listed: Mapping[str, int]) -> File:
    links = [
        Link(
            f"{code}.html",
            site.model.names.countries[code],
            counted(count, "operation") if count else "not listed",
        )
        for code, count in listed.items()
    ]

    return site.page(
        "countries/index.html",
        "countries",
        title="Countries",
        about="In how many operations each country took part, as far as sources list it.",
        groups=_by_region(site, links),
        most=shares(
            (f"{code}.html", site.model.names.countries[code], count)
            for code, count in listed.items()
        )[:_MOST],
    )


def _country(
    site: Renderer,
    code: str,
    members: Sequence[tuple[Case, Fact]],
    figures: Sequence[tuple[Case, Fact]],
    bodies: Sequence[str],
) -> Iterator[File]:
    model, name = site.model, site.model.names.countries[code]
    cases = _took_part(code, members)
    yield site.page(
        f"countries/{code}.html",
        "country",
        title=name,
        about=f"{name} in {counted(len(cases), 'operation')} with INTERPOL: what sources say "
        "it did, and how sure that is.",
        twins=[("text/csv", f"{code}.csv")],
        code=code,
        official=model.countries[code]["name"],
        name=name,
        cases=cases,
        figures=len(figures),
        sums=leading(model, _NUMBERS, country=code),
        areas=_by_area(model, members, figures),
        bodies=_bodies(site, bodies),
    )
    facts = [fact for _, fact in (*members, *figures)]
    yield as_csv(f"countries/{code}.csv", FACT_COLUMNS, fact_rows(site, facts))


def _by_area(
    model: Model, members: Sequence[tuple[Case, Fact]], figures: Sequence[tuple[Case, Fact]]
) -> list[tuple[Entry | None, list[tuple[Case, Fact | None, list[Fact]]]]]:
    """Group what a country did by main crime area: operations, its part in each, its figures."""
    known = {case.id: fact for case, fact in members}
    own: defaultdict[str, list[Fact]] = defaultdict(list)
    for case, fact in figures:
        own[case.id].append(fact)
    groups: defaultdict[str | None, list[tuple[Case, Fact | None, list[Fact]]]]
    groups = defaultdict(list)
    for case in model.newest:
        if case.id in known or case.id in own:
            area = case.areas[0] if case.areas else None
            groups[area].append((case, known.get(case.id), own[case.id]))

    return [
        (model.areas[area] if area else None, found)
        for area, found in sorted(groups.items(), key=lambda item: -len(item[1]))
    ]


def _bodies(site: Renderer, ids: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Group the bodies of a country: those that act apart from those that write about it."""
    groups: dict[str, list[str]] = {heading: [] for heading in (_ACT, _OTHERS, _WRITE)}
    for id_ in ids:
        kind = site.model.bodies[id_].row["kind"]
        groups[_WRITE if kind == "media" else _ACT if kind in _AUTHORITIES else _OTHERS].append(id_)
    return [(heading, found) for heading, found in groups.items() if found]


def _by_region(site: Renderer, links: Sequence[Link]) -> list[tuple[str, list[Link]]]:
    """Group countries by the regions that the package names; all in one where it names none."""
    regions: defaultdict[str, list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda link: link.name):
        row = site.model.countries[link.href.removesuffix(".html")]
        regions[row.get("region") or ""].append(link)
    return sorted(regions.items(), key=lambda item: (not item[0], item[0]))


def _took_part(code: str, members: Sequence[tuple[Case, Fact]]) -> list[Case]:
    return [case for case, _ in members if code in case.countries]


def _areas(site: Renderer) -> Iterator[File]:
    model = site.model
    cases: defaultdict[str, list[Case]] = defaultdict(list)
    for case in model.newest:
        for id_ in case.areas:
            cases[id_].append(case)
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
