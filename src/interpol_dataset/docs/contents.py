"""
The page of contents: what the dataset holds and what is missing, in counts and lists.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from interpol_dataset.docs import markdown
from interpol_dataset.schema.vocabulary import (
    FactClass,
    InterpolRole,
    Sought,
    SourceKind,
    StatementVerdict,
    Status,
    TotalBasis,
)
from interpol_dataset.tables.rows import (
    HEADLINES,
    CaseCountryRow,
    CaseObjectTotalRow,
    CaseRow,
    CaseTotalRow,
    OutcomeRow,
    SourceRow,
    VerificationRow,
)
from interpol_dataset.tables.tabulate import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from interpol_dataset.records.document import Records
    from interpol_dataset.schema.field_info import Headline
    from interpol_dataset.tables.tabulate import TableRows

    #: The year of each case.
    _Years = Mapping[str, int | None]


#: First years of the periods that cases are counted by, and their names.
_PERIODS: Final = ((0, "to 2009"), (2010, "2010-14"), (2015, "2015-19"), (2020, "from 2020"))
#: The tables whose sizes the page begins with.
_SIZES: Final = ("cases", "verification", "outcomes", "sources", "challenges", "lessons", "claims")
_UNDATED: Final = "no date"
_INTERPOL: Final = "interpol"
#: The year from which fewer of INTERPOL's own pages could be found.
_LATER: Final = 2018
#: Days within which an announcement counts as immediate.
_SOON: Final = 14
_DID: Final = {
    InterpolRole.COORDINATED: "coordinated",
    InterpolRole.CO_LED: "co-led",
    InterpolRole.SUPPORTED: "supported",
}


def contents(records: Records, tables: TableRows) -> str:
    """
    Render the page as Markdown.

    :param records: The records.
    :param tables: The tables built from them.
    """
    cases = rows_of(tables, CaseRow)
    years = {row.id: row.year for row in cases}

    return markdown.page(
        "contents",
        **{name: f"{len(tables[name]):,}" for name in _SIZES},
        by_area=_by_area(records, cases, years),
        **_statuses(rows_of(tables, VerificationRow)),
        **_included(rows_of(tables, OutcomeRow)),
        by_basis=_by_basis(tables),
        headlines=_headlines(tables),
        by_kind=_by_kind(tables),
        by_year=_by_year(cases, years),
        by_language=_by_language(records),
        **_series(cases),
        gaps=_gaps(records, tables, cases, years),
    )


def _by_area(records: Records, cases: Sequence[CaseRow], years: _Years) -> Iterator[str]:
    main = {case.id: case.categories[0] for case in records.cases}
    counts = Counter((main[case.id], _period(years[case.id])) for case in cases)
    names = [*(name for _, name in _PERIODS), _UNDATED]
    rows = (
        (
            markdown.text(category.name),
            *(str(counts[category.id, name] or "") for name in names),
            str(total),
        )
        for category in records.categories
        if (total := sum(counts[category.id, name] for name in names))
    )

    yield from markdown.table(("main crime area", *names, "cases"), rows)


def _period(year: int | None) -> str:
    if year is None:
        return _UNDATED

    return next(name for first, name in reversed(_PERIODS) if year >= first)


def _statuses(facts: Sequence[VerificationRow]) -> dict[str, Iterable[str]]:
    """Return how many facts have each status, what the classes are, and the best of figures."""
    counts = Counter((fact.status or fact.verdict, fact.fact_class) for fact in facts)
    outside = Counter(fact.status for fact in facts if fact.fact_class is FactClass.FIGURE)

    return {
        "by_status": markdown.table(
            ("status or verdict", *FactClass, "meaning"),
            (
                (term, *(_number(counts[term, class_]) for class_ in FactClass), term.meaning)
                for term in (*Status, *StatementVerdict)
            ),
        ),
        "classes": (f"- `{class_}`: {class_.meaning}" for class_ in FactClass),
        "figures": f"{outside.total():,}",
        "corroborated": f"{outside[Status.CORROBORATED]:,}",
    }


def _number(count: int) -> str:
    return f"{count:,}" if count else ""


def _included(outcomes: Sequence[OutcomeRow]) -> dict[str, str]:
    """Return how many figures are included in another, and of how many it is in doubt."""
    valued = [row for row in outcomes if row.value]
    inside = [row for row in valued if row.part_of]
    doubtful = [row for row in valued if row.may_overlap]

    return {
        "valued": f"{len(valued):,}",
        "inside": f"{len(inside):,}",
        "inside_cases": str(len({row.case_id for row in inside})),
        "decided": str(sum(row.part_of_reason is not None for row in valued)),
        "doubtful": f"{len(doubtful):,}",
        "doubtful_cases": str(len({row.case_id for row in doubtful})),
    }


def _totals(tables: TableRows) -> tuple[CaseTotalRow | CaseObjectTotalRow, ...]:
    return (*rows_of(tables, CaseTotalRow), *rows_of(tables, CaseObjectTotalRow))


def _by_basis(tables: TableRows) -> Iterator[str]:
    counts = Counter((row.TABLE, row.basis) for row in _totals(tables))
    yield from markdown.table(
        ("table", *TotalBasis),
        (
            (f"`{name}`", *(f"{counts[name, basis]:,}" for basis in TotalBasis))
            for name in ("case_totals", "case_object_totals")
        ),
    )


def _headlines(tables: TableRows) -> Iterator[str]:
    rows = defaultdict(list)
    for row in _totals(tables):
        rows[row.metric_id, getattr(row, "object_id", None)].append(row)

    def counts(item: Headline) -> Iterator[str]:
        own = rows[item.metric, item.object]
        yield str(len(own))
        for basis in TotalBasis:
            yield str(sum(row.basis is basis for row in own) or "")
        yield str(sum(row.counted_in is not None for row in own) or "")

    yield from markdown.table(
        ("column", "totals", *TotalBasis, "counted in another"),
        ((f"`{name}`", *counts(item)) for name, item in HEADLINES.items()),
    )


def _by_kind(tables: TableRows) -> Iterator[str]:
    counts = Counter(row.kind for row in rows_of(tables, SourceRow))

    yield from markdown.table(
        ("kind", "sources", "meaning"),
        ((kind, f"{counts[kind]:,}", kind.meaning) for kind in SourceKind if counts[kind]),
    )


def _by_year(cases: Sequence[CaseRow], years: _Years) -> Iterator[str]:
    known = Counter(year for year in years.values() if year is not None)
    begun = Counter(case.start.year for case in cases if case.start)
    rows = [
        (str(year), str(begun[year] or ""), str(known[year] - begun[year] or ""), str(known[year]))
        for year in sorted(known)
    ]
    rows.append(("not known", "", "", str(len(cases) - known.total())))

    yield from markdown.table(("year", "began", "announced or ended only", "cases"), rows)


def _series(cases: Sequence[CaseRow]) -> dict[str, Iterable[str] | str]:
    editions: defaultdict[str, set[int]] = defaultdict(set)
    for case in cases:
        if case.series:
            editions[case.series].add(case.edition or 0)
    missing = {
        name: sorted(set(range(1, max(numbers))) - numbers)
        for name, numbers in sorted(editions.items())
    }

    return {
        "in_series": str(sum(case.series is not None for case in cases)),
        "all_series": str(len(editions)),
        "missing": markdown.table(
            ("series", "numbers without a case"),
            (
                (markdown.text(name), ", ".join(map(str, numbers)))
                for name, numbers in missing.items()
                if numbers
            ),
        ),
    }


def _by_language(records: Records) -> Iterator[str]:
    counts = Counter(source.language for source in records.sources)
    ordered = sorted(counts, key=lambda language: (-counts[language], language))

    yield ", ".join(f"{markdown.text(code)} {counts[code]:,}" for code in ordered)


def _gaps(
    records: Records, tables: TableRows, cases: Sequence[CaseRow], years: _Years
) -> Iterator[str]:
    outcomes = rows_of(tables, OutcomeRow)
    with_figures = {outcome.case_id for outcome in outcomes}
    listed = Counter(row.case_id for row in rows_of(tables, CaseCountryRow))
    exact = [case for case in cases if case.country_count_lower == case.country_count_upper]
    counted = [case for case in exact if case.country_count_point is not None]
    delays = [delay for case in cases if (delay := _delay(case)) is not None]
    pages = _on_own_pages(records)
    earlier = [case for case in cases if (years[case.id] or _LATER) < _LATER]
    later = [case for case in cases if (years[case.id] or 0) >= _LATER]

    lines = [
        (
            "cases with neither a period nor a date of announcement",
            [case.period is None and case.announced is None for case in cases],
        ),
        ("cases without any figure", [case.id not in with_figures for case in cases]),
        (
            "cases with an exact number of countries that list fewer",
            [listed[case.id] < (case.country_count_point or 0) for case in counted],
        ),
        (
            "cases with an exact last day that were announced within two weeks of it",
            [0 <= delay <= _SOON for delay in delays],
        ),
        (
            f"cases before {_LATER} with a page of INTERPOL among their sources",
            [case.id in pages for case in earlier],
        ),
        (f"cases since {_LATER} with such a page", [case.id in pages for case in later]),
        *(
            (f"cases that INTERPOL {_DID[role]}", [case.interpol_role is role for case in cases])
            for role in InterpolRole
        ),
        (
            "cases for which no page states INTERPOL's role",
            [case.interpol_role is None for case in cases],
        ),
        (
            "cases with a step of court proceedings",
            [bool(case.proceedings) for case in records.cases],
        ),
        (
            "cases whose proceedings were looked for in vain",
            [any(s.sought is Sought.PROCEEDINGS for s in case.searches) for case in records.cases],
        ),
    ]

    yield from markdown.table(
        ("what", "number", "of"),
        ((what, f"{sum(found):,}", f"{len(found):,}") for what, found in lines),
    )


def _delay(case: CaseRow) -> int | None:
    """Return the days from the last day to the announcement, where both are known to the day."""
    if case.period is None or case.announced is None or case.period.end[0] != case.period.end[1]:
        return None

    return (case.announced - case.period.end[1]).days


def _on_own_pages(records: Records) -> set[str]:
    """Return the cases reported by a page that INTERPOL publishes."""
    own = {source.id for source in records.sources if source.publisher == _INTERPOL}

    return {
        case.id for case in records.cases if any(report.source in own for report in case.reports)
    }
