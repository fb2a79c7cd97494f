"""A series of operations, compared edition by edition."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from interpol_dataset.site.answers import leading
from interpol_dataset.site.charts import compared
from interpol_dataset.site.shared import FACT_COLUMNS, Link, as_csv, fact_rows, index
from interpol_dataset.site.words import prominence
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.site.charts import Edition
    from interpol_dataset.site.model import Case, Fact
    from interpol_dataset.site.render import File, Renderer

#: With how many numbers a page begins.
_NUMBERS: Final = 4


def pages(site: Renderer) -> Iterator[File]:
    """Yield the list of series, and a page for each."""
    series = site.model.series
    names = {id_: site.model.series_name(id_) for id_ in series}
    links: dict[bool, list[Link]] = {True: [], False: []}
    for id_, cases in sorted(series.items(), key=lambda item: names[item[0]].lower()):
        note = f"{counted(len(cases), 'operation')}, {_span(cases)}"
        href = f"{id_}.html" if len(cases) > 1 else f"../cases/{cases[0].id}.html"
        links[len(cases) > 1].append(Link(href, names[id_], note))
    yield index(
        site,
        "series",
        "Series",
        "Operations that come back, often every year, under one name.",
        [("", links[True]), ("With one operation here", links[False])],
    )
    for id_, cases in series.items():
        if len(cases) == 1:
            continue
        yield _page(site, id_, names[id_], cases)
        facts = [fact for case in cases for fact in case.facts if fact.path.is_figure]
        yield as_csv(f"series/{id_}.csv", FACT_COLUMNS, fact_rows(site, facts))


def _page(site: Renderer, id_: str, name: str, cases: Sequence[Case]) -> File:
    multiples = [
        (
            _title(site, path, first),
            compared((case, case.by_path[path]) for case in cases if path in case.by_path),
            _silent(cases, path),
        )
        for path, first in _shared(cases)
    ]

    return site.page(
        f"series/{id_}.html",
        "series",
        title=f"{name}: the editions compared",
        about=f"{counted(len(cases), 'operation')} of the series {name}, {_span(cases)}, figure "
        "by figure, with the evidence.",
        twins=[("text/csv", f"{id_}.csv")],
        id=id_,
        name=name,
        cases=cases,
        span=_span(cases),
        sums=leading(site.model, _NUMBERS, cases={case.id for case in cases}),
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


def _shared(cases: Sequence[Case]) -> list[tuple[str, Fact]]:
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
