"""Operations in groups: series, edition by edition; countries and crime areas."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from interpol_dataset.site.answers import leading
from interpol_dataset.site.charts import Edition, compared, shares
from interpol_dataset.site.render import FACT_COLUMNS, File, Link, Renderer, as_csv, fact_rows
from interpol_dataset.site.words import prominence
from interpol_dataset.values import grouped
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.site.model import Body, Case, Entry, Fact, Model

#: With how many numbers the page of a series begins, and those of places and areas.
_NUMBERS_OF_SERIES: Final = 4
_NUMBERS: Final = 6


def series_pages(site: Renderer) -> Iterator[File]:
    """Yield the list of series, and a page for each."""
    series = site.model.series
    names = {id_: site.model.series_name(id_) for id_ in series}
    links: dict[bool, list[Link]] = {True: [], False: []}
    for id_, cases in sorted(series.items(), key=lambda item: names[item[0]].lower()):
        note = f"{counted(len(cases), 'operation')}, {_span(cases)}"
        href = f"{id_}.html" if len(cases) > 1 else f"../cases/{cases[0].id}.html"
        links[len(cases) > 1].append(Link(href, names[id_], note))
    yield site.page(
        "series/index.html",
        "listing",
        title="Series",
        about="Operations that come back, often every year, under one name.",
        groups=[("", links[True]), ("With one operation here", links[False])],
    )
    for id_, cases in series.items():
        if len(cases) == 1:
            continue
        yield _one_series(site, id_, names[id_], cases)
        facts = [fact for case in cases for fact in case.facts if fact.path.is_figure]
        yield as_csv(f"series/{id_}.csv", FACT_COLUMNS, fact_rows(site, facts))


def _one_series(site: Renderer, id_: str, name: str, cases: Sequence[Case]) -> File:
    multiples = [
        (
            _title(site, path, first),
            compared((case, case.by_path[path]) for case in cases if path in case.by_path),
            _silent(cases, path),
        )
        for path, first in _often_stated(cases)
    ]

    return site.page(
        f"series/{id_}.html",
        "series",
        id=id_,
        name=name,
        cases=cases,
        span=_span(cases),
        sums=leading(site.model, _NUMBERS_OF_SERIES, cases={case.id for case in cases}),
        growth=_growth(multiples),
        multiples=multiples,
    )


def _growth(multiples: Sequence[tuple[str, Sequence[Edition], str]]) -> str:
    """Return the first and last value of the first figure that several years have."""
    for _, editions, _ in multiples:
        first, last = editions[0], editions[-1]
        if first.fact.path.kind == "outcomes" and first.case.year != last.case.year:
            return f"{first.fact.line} in {first.case.year}, {last.fact.line} in {last.case.year}."
    return ""


def _silent(cases: Sequence[Case], path: str) -> str:
    """List the editions that don't state a figure: "editions 2 and 5, Thunder 2020"."""
    silent = [
        case for case in cases if path not in case.by_path or case.by_path[path].why.value is None
    ]
    numbers = [str(case.row["edition"]) for case in silent if case.row["edition"]]
    names = [case.short for case in silent if not case.row["edition"]]
    if numbers:
        names.insert(0, f"{'edition' if len(numbers) == 1 else 'editions'} {listed(numbers)}")
    return ", ".join(names)


def _span(cases: Sequence[Case]) -> str:
    years = sorted({case.year for case in cases if case.year})
    return " to ".join(map(str, dict.fromkeys(years[:1] + years[-1:]))) or "years not known"


def _often_stated(cases: Sequence[Case]) -> list[tuple[str, Fact]]:
    """Return the totals that several editions state, what readers look for first."""
    facts = [
        fact
        for case in cases
        for fact in case.facts
        if (fact.is_total or fact.path.kind == "country_count") and fact.why.value
    ]
    counts = Counter(str(fact.path) for fact in facts)
    first = {str(fact.path): fact for fact in reversed(facts)}

    def rank(path: str) -> tuple[int, int, str]:
        place = -1 if path == "country_count" else prominence(FactPath(path).member)
        return place, -counts[path], path

    return [(path, first[path]) for path in sorted(counts, key=rank) if counts[path] > 1]


def _title(site: Renderer, path: str, fact: Fact) -> str:
    """Return what is compared: the words of the figure without its number."""
    if path == "country_count":
        return "Countries taking part"
    words = fact.line.after.removeprefix("in ").removeprefix("of ").removeprefix("worth of ")
    currency = FactPath(path).currency
    title = f"{words[:1].upper()}{words[1:]}" + (f" ({currency})" if currency else "")
    if fact.why.value == "1":
        return site.model.names.metrics.get(FactPath(path).member, title)
    return title


_MOST: Final = 12
#: Kinds of bodies with powers of the state.
_AUTHORITIES: Final = frozenset(
    {"police", "customs", "prosecution", "government", "court", "parliament"}
)


def place_pages(site: Renderer) -> Iterator[File]:
    """Yield the lists of countries and areas, and a page for each."""
    yield from _countries(site)
    yield from _areas(site)


def _countries(site: Renderer) -> Iterator[File]:
    model, names = site.model, site.model.names.countries
    found = grouped(
        (fact.path.member if fact.path.kind == "countries" else fact.path.place, (case, fact))
        for case in model.newest
        for fact in case.facts
    )
    bodies = grouped((body.row["country"], body) for body in model.bodies.values())
    known = [code for code in names if code in found or code in bodies]
    counts = {
        code: sum(
            fact.path.kind == "countries" and code in case.countries for case, fact in found[code]
        )
        for code in known
    }
    yield as_csv(
        "countries/index.csv",
        ("country", "name", "operations"),
        [(code, names[code], count) for code, count in counts.items()],
    )
    yield site.page(
        "countries/index.html",
        "countries",
        groups=_by_region(site, counts),
        most=shares((f"{code}.html", names[code], count) for code, count in counts.items())[:_MOST],
    )
    for code in known:
        yield from _country(site, code, found[code], bodies[code])


def _country(
    site: Renderer, code: str, found: Sequence[tuple[Case, Fact]], bodies: Sequence[Body]
) -> Iterator[File]:
    """Yield the page of a country, and its facts as CSV: that it took part, then its figures."""
    members = [(case, fact) for case, fact in found if fact.path.kind == "countries"]
    figures = [fact for _, fact in found if fact.path.kind != "countries"]
    yield site.page(
        f"countries/{code}.html",
        "country",
        code=code,
        cases=[case for case, _ in members if code in case.countries],
        figures=len(figures),
        sums=leading(site.model, _NUMBERS, country=code),
        areas=_by_area(site.model, found),
        bodies=_by_kind(bodies),
    )
    facts = [*(fact for _, fact in members), *figures]
    yield as_csv(f"countries/{code}.csv", FACT_COLUMNS, fact_rows(site, facts))


def _by_area(
    model: Model, found: Sequence[tuple[Case, Fact]]
) -> list[tuple[Entry | None, list[tuple[Case, Fact | None, list[Fact]]]]]:
    """Group what a country did by main crime area: operations, its part in each, its figures."""
    cases = {case.id: case for case, _ in found}
    own = grouped(((case.id, fact.path.kind == "countries"), fact) for case, fact in found)
    groups = grouped(
        (
            case.areas[0] if case.areas else "",
            (case, next(iter(own[id_, True]), None), own[id_, False]),
        )
        for id_, case in cases.items()
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
    yield site.page(
        "areas/index.html",
        "listing",
        title="Crime areas",
        about="What the operations were against; an operation can be in several areas.",
        groups=[("", sorted(links, key=lambda link: link.name))],
    )
    for area in model.areas.values():
        yield _area(site, area, cases[area.id])


def _area(site: Renderer, area: Entry, cases: Sequence[Case]) -> File:
    countries = Counter(code for case in cases for code in case.countries)
    return site.page(
        f"areas/{area.id}.html",
        "area",
        area=area,
        cases=cases,
        sums=leading(site.model, _NUMBERS, cases={case.id for case in cases}),
        countries=shares(
            (f"../countries/{code}.html", site.model.names.countries[code], count)
            for code, count in countries.items()
        )[:_MOST],
    )
