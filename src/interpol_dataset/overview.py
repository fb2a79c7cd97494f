"""
What the package holds, in counts: an overview for the README, and a page of its own.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from interpol_dataset import markdown
from interpol_dataset.rows import CaseRow, SourceRow, VerificationRow
from interpol_dataset.vocabulary import SourceKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.repository import Records
    from interpol_dataset.tabulation import Tables

__all__ = ["contents", "with_overview"]

BEGIN: Final = "<!-- overview: written by 'interpol-dataset build' -->"
END: Final = "<!-- end of overview -->"

#: First years of the periods that cases are counted by, and their names.
_PERIODS: Final = ((0, "to 2009"), (2010, "2010-14"), (2015, "2015-19"), (2020, "from 2020"))
_UNDATED: Final = "no period"
#: Languages that have a column of their own.
_LANGUAGES: Final = ("en", "fr", "es", "pt", "ar")


def with_overview(readme: str, records: Records, tables: Tables) -> str:
    """
    Put the overview between its marks in a README.

    :param readme: The README; one without marks stays as it is.
    :param records: The records.
    :param tables: The tables that were built from them.
    """
    block = "\n".join([BEGIN, "", *_overview(records, tables), "", END])

    return re.sub(
        f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: block, readme, flags=re.DOTALL
    )


def _overview(records: Records, tables: Tables) -> Iterator[str]:
    cases = [row for row in tables["cases"] if isinstance(row, CaseRow)]
    facts = [row for row in tables["verification"] if isinstance(row, VerificationRow)]
    sources = [row for row in tables["sources"] if isinstance(row, SourceRow)]

    yield (
        f"{len(cases):,} cases, {len(tables['outcomes']):,} outcome facts, "
        f"{len(facts):,} facts in all, {len(sources):,} sources, {len(tables['claims']):,} claims."
    )
    yield ""
    yield from _by_area(records, cases)
    yield ""
    statuses = Counter(fact.status for fact in facts)
    yield from markdown.table(
        ("status", "facts", "meaning"),
        ((status, f"{statuses[status]:,}", status.meaning) for status in Status),
    )
    yield ""
    kinds = Counter(source.kind for source in sources)
    yield from markdown.table(
        ("kind of source", "sources"),
        ((kind, f"{kinds[kind]:,}") for kind in SourceKind if kinds[kind]),
    )


def _by_area(records: Records, cases: list[CaseRow]) -> Iterator[str]:
    """Count cases by their main crime area and the period in which they ended."""
    main = {case.id: case.categories[0] for case in records.cases}
    counts = Counter((main[case.id], _period(case)) for case in cases)
    names = [*(name for _, name in _PERIODS), _UNDATED]
    rows = (
        (category.name, *(str(counts[category.id, name] or "") for name in names), str(total))
        for category in records.categories
        if (total := sum(counts[category.id, name] for name in names))
    )

    yield from markdown.table(("main crime area", *names, "cases"), rows)


def _period(case: CaseRow) -> str:
    day = case.period_latest or case.period_earliest or case.announced
    if day is None:
        return _UNDATED

    return next(name for first, name in reversed(_PERIODS) if day.year >= first)


def contents(records: Records, tables: Tables) -> str:
    """
    Render the page that lists cases by year and series, and sources by language.

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
