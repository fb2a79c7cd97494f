"""
What the package holds and lacks, in counts and lists: a page of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from interpol_dataset.docs import markdown
from interpol_dataset.schema.vocabulary import InterpolRole
from interpol_dataset.tables.rows import CaseCountryRow, CaseRow, OutcomeRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.records.kinds import Records
    from interpol_dataset.tables.tabulate import Tables

__all__ = ["contents"]

#: Languages that have a column of their own.
_LANGUAGES: Final = ("en", "fr", "es", "pt", "ar")
#: The organization whose own pages thin out, and the first year in which they do.
_INTERPOL: Final = "interpol"
_LATER: Final = 2018
#: Days after which results are no longer fresh.
_FRESH: Final = 14
_DID: Final = {
    InterpolRole.COORDINATED: "coordinated",
    InterpolRole.CO_LED: "co-led",
    InterpolRole.SUPPORTED: "supported",
}


def contents(records: Records, tables: Tables) -> str:
    """
    Render the page that lists cases by year and series, pages by language, and what is missing.

    :param records: The records.
    :param tables: The tables that were built from them.
    """
    cases = [row for row in tables["cases"] if isinstance(row, CaseRow)]
    lines = [
        "# Contents",
        "",
        "This page is rendered from the data by `interpol-dataset build`.",
        "",
        "## Cases by year",
        "",
        "The year in which the recorded period begins or, where there is none, that of the",
        "announcement.",
        "",
        *_by_year(cases),
        "",
        "## Series",
        "",
        "Every series with the numbers of its editions and the years in which they began, its",
        "cases without a number, and the numbers up to the highest that have no case.",
        "",
        *_series(cases),
        "",
        "## Languages",
        "",
        "In which languages the pages are that report the cases of each main crime area.",
        "",
        *_languages(records),
        "",
        "## Gaps",
        "",
        "How often something that one would look for is not there.",
        "[Coverage](coverage.md) says why.",
        "",
        *_gaps(records, tables, cases),
    ]

    return "\n".join(lines) + "\n"


def _year(case: CaseRow) -> int | None:
    day = case.period_earliest or case.announced

    return None if day is None else day.year


def _by_year(cases: list[CaseRow]) -> Iterator[str]:
    known = Counter(year for case in cases if (year := _year(case)) is not None)
    begun = Counter(case.period_earliest.year for case in cases if case.period_earliest)
    rows = [
        (str(year), str(begun[year] or ""), str(known[year] - begun[year] or ""), str(known[year]))
        for year in sorted(known)
    ]
    rows.append(("not known", "", "", str(len(cases) - known.total())))

    yield from markdown.table(("year", "period begins", "announced only", "cases"), rows)


def _series(cases: list[CaseRow]) -> Iterator[str]:
    series: defaultdict[str, list[CaseRow]] = defaultdict(list)
    for case in cases:
        if case.series:
            series[case.series].append(case)

    yield from markdown.table(
        ("series", "editions", "without a number", "missing"),
        (
            (
                name,
                ", ".join(
                    _with_year(str(case.edition), case)
                    for case in sorted(series[name], key=lambda case: case.edition or 0)
                    if case.edition
                ),
                ", ".join(_with_year(case.id, case) for case in series[name] if not case.edition),
                ", ".join(map(str, _missing({case.edition or 0 for case in series[name]}))),
            )
            for name in sorted(series)
        ),
    )


def _with_year(name: str, case: CaseRow) -> str:
    year = _year(case)

    return f"{name} ({year})" if year is not None and str(year) not in name else name


def _missing(editions: set[int]) -> list[int]:
    return sorted(set(range(1, max(editions))) - editions)


def _languages(records: Records) -> Iterator[str]:
    language = {source.id: source.language for source in records.sources}
    pages: defaultdict[str, set[str]] = defaultdict(set)
    for case in records.cases:
        pages[case.categories[0]] |= {report.source for report in case.reports}

    def row(category: str, name: str) -> tuple[str, ...]:
        counts = Counter(language[source] for source in pages[category])
        listed = [counts[code] for code in _LANGUAGES]
        others = counts.total() - sum(listed)
        return (name, *(str(count or "") for count in (*listed, others)), str(counts.total()))

    yield from markdown.table(
        ("main crime area", *_LANGUAGES, "other", "pages"),
        (row(item.id, item.name) for item in records.categories if pages[item.id]),
    )


def _gaps(records: Records, tables: Tables, cases: list[CaseRow]) -> Iterator[str]:
    outcomes = [row for row in tables["outcomes"] if isinstance(row, OutcomeRow)]
    with_figures = {outcome.case_id for outcome in outcomes}
    listed = Counter(
        row.case_id for row in tables["case_countries"] if isinstance(row, CaseCountryRow)
    )
    exact = [case for case in cases if case.country_count_lower == case.country_count_upper]
    counted = [case for case in exact if case.country_count_point is not None]
    delays = [delay for case in cases if (delay := _delay(case)) is not None]
    pages = _on_own_pages(records)
    earlier = [case for case in cases if (_year(case) or _LATER) < _LATER]
    later = [case for case in cases if (_year(case) or 0) >= _LATER]

    lines = [
        (
            "cases with neither a period nor a day of announcement",
            [case.period is None and case.announced is None for case in cases],
        ),
        ("cases without any figure", [case.id not in with_figures for case in cases]),
        (
            "cases with an exact number of countries, of which fewer are listed",
            [listed[case.id] < (case.country_count_point or 0) for case in counted],
        ),
        (
            "cases announced within two weeks of an exact last day",
            [0 <= delay <= _FRESH for delay in delays],
        ),
        (
            f"cases before {_LATER} with a page of INTERPOL's own",
            [case.id in pages for case in earlier],
        ),
        (f"cases since {_LATER} with one", [case.id in pages for case in later]),
        *(
            (f"cases that INTERPOL {_DID[role]}", [case.interpol_role is role for case in cases])
            for role in InterpolRole
        ),
        (
            "cases of which no page states INTERPOL's part",
            [case.interpol_role is None for case in cases],
        ),
        ("figures that are convictions", [o.metric_id == "convictions" for o in outcomes]),
    ]

    yield from markdown.table(
        ("what", "how many", "of"),
        ((what, f"{sum(found):,}", f"{len(found):,}") for what, found in lines),
    )


def _delay(case: CaseRow) -> int | None:
    """Return the days from the last day of a case to its announcement, where both are exact."""
    if case.period is None or case.announced is None or case.period.end[0] != case.period.end[1]:
        return None

    return (case.announced - case.period.end[1]).days


def _on_own_pages(records: Records) -> set[str]:
    """Return the cases that a page of INTERPOL's own reports."""
    own = {source.id for source in records.sources if source.publisher == _INTERPOL}

    return {
        case.id for case in records.cases if any(report.source in own for report in case.reports)
    }
