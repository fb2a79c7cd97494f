"""The page of contents: what the dataset holds and what is missing, in counts and lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from interpol_dataset.docs import markdown
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.tables import rows as r
from interpol_dataset.tables.tabulate import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from interpol_dataset.records.document import Records
    from interpol_dataset.tables.tabulate import TableRows

    #: The year of each case.
    _Years = Mapping[str, int | None]
    _Total = r.CaseTotalRow | r.CaseObjectTotalRow

#: First years of the periods that cases are counted by, and their names.
_PERIODS: Final = ((0, "to 2009"), (2010, "2010-14"), (2015, "2015-19"), (2020, "from 2020"))
#: The tables whose sizes the page begins with.
_SIZES: Final = ("cases", "verification", "outcomes", "sources", "challenges", "lessons", "claims")
_UNDATED: Final = "no date"
#: From how many sources on a language is named.
_OFTEN: Final = 10
#: The year from which fewer of INTERPOL's own pages could be found.
_LATER: Final = 2018
#: Days within which an announcement counts as immediate.
_SOON: Final = 14


def contents(records: Records, tables: TableRows) -> str:
    """Render the page as Markdown, from the records and the tables built from them."""
    cases = rows_of(tables, r.CaseRow)
    years = {row.id: row.year for row in cases}

    return markdown.page(
        "contents",
        **{name: len(tables[name]) for name in _SIZES},
        by_area=_by_area(records, cases, years),
        **_statuses(rows_of(tables, r.VerificationRow)),
        **_included(rows_of(tables, r.OutcomeRow)),
        by_basis=_by_basis(tables),
        by_kind=_listed(Counter(source.kind for source in records.sources)),
        by_year=_by_year(years),
        latest=str(max((case.announced for case in cases if case.announced), default="unknown")),
        by_language=_listed(_often(Counter(source.language for source in records.sources))),
        **_series(cases),
        **_gaps(records, tables),
        later=str(_LATER),
        **_pages_of_interpol(records, years),
    )


def readme(written: str, tables: TableRows) -> str:
    """Fill in how much there is, and how many were arrested, in the README."""
    years = [row.year for row in rows_of(tables, r.CaseRow) if row.year_basis != v.YearBasis.SOURCE]
    known = [year for year in years if year is not None]
    totals = [row for row in rows_of(tables, r.CaseTotalRow) if row.metric_id == "arrests"]
    arrests = [row.lower for row in totals if row.counted_in is None]

    return markdown.filled(
        written,
        **{name: len(tables[name]) for name in ("cases", "sources")},
        first=str(min(known, default="?")),
        last=str(max(known, default="?")),
        arrests=f"{sum(arrests):,.0f}",
        with_arrests=len(arrests),
    )


def _by_area(records: Records, cases: Sequence[r.CaseRow], years: _Years) -> Iterator[str]:
    main = {case.id: case.categories[0] for case in records.cases}
    counts = Counter((main[case.id], _period(years[case.id])) for case in cases)
    names = [*(name for _, name in _PERIODS), _UNDATED]
    rows = (
        (markdown.text(area.name), *(counts[area.id, name] or "" for name in names), total)
        for area in records.categories
        if (total := sum(counts[area.id, name] for name in names))
    )
    return markdown.table(("main crime area", *names, "cases"), rows)


def _period(year: int | None) -> str:
    if year is None:
        return _UNDATED
    return next(name for first, name in reversed(_PERIODS) if year >= first)


def _statuses(facts: Sequence[r.VerificationRow]) -> dict[str, Iterable[str] | int]:
    counts = Counter((fact.status or fact.verdict, fact.fact_class) for fact in facts)
    outside = Counter(fact.status for fact in facts if fact.fact_class is v.FactClass.FIGURE)
    return {
        "by_status": markdown.table(
            ("status or verdict", *v.FactClass),
            (
                (term, *(counts[term, class_] or "" for class_ in v.FactClass))
                for term in (*v.Status, *v.StatementVerdict)
            ),
        ),
        "figures": outside.total(),
        "corroborated": outside[v.Status.CORROBORATED],
    }


def _included(outcomes: Sequence[r.OutcomeRow]) -> dict[str, int]:
    valued = [row for row in outcomes if row.value]
    inside = [row for row in valued if row.part_of]
    doubtful = [row for row in valued if row.may_overlap]
    return {
        "valued": len(valued),
        "inside": len(inside),
        "inside_cases": len({row.case_id for row in inside}),
        "decided": sum(row.part_of_reason is not None for row in valued),
        "doubtful": len(doubtful),
        "doubtful_cases": len({row.case_id for row in doubtful}),
    }


def _by_basis(tables: TableRows) -> Iterator[str]:
    groups: defaultdict[str, list[_Total]] = defaultdict(list)
    whole = [f"table `{row.TABLE}`" for row in (r.CaseTotalRow, r.CaseObjectTotalRow)]
    named = {(item.metric, item.object): f"`{name}`" for name, item in v.HEADLINES.items()}
    rows: list[_Total] = [*rows_of(tables, r.CaseTotalRow)]
    for row in (*rows, *rows_of(tables, r.CaseObjectTotalRow)):
        groups[f"table `{row.TABLE}`"].append(row)
        if name := named.get((row.metric_id, getattr(row, "object_id", None))):
            groups[name].append(row)
    return markdown.table(
        ("totals", *v.TotalBasis, "all", "counted in another case"),
        ((name, *_counts(groups[name])) for name in (*whole, *named.values())),
    )


def _counts(rows: Sequence[_Total]) -> list[int | str]:
    """Return how many totals have each basis, how many there are, and are counted elsewhere."""
    bases = Counter(row.basis for row in rows)
    elsewhere = sum(row.counted_in is not None for row in rows)
    return [count or "" for count in (*(bases[b] for b in v.TotalBasis), len(rows), elsewhere)]


def _often(counts: Counter[str]) -> Counter[str]:
    """Return counts, those that are less than ten added up as others."""
    return sum(
        (Counter({word if count >= _OFTEN else "others": count}) for word, count in counts.items()),
        Counter(),
    )


def _listed(counts: Counter[str]) -> str:
    ordered = sorted(counts, key=lambda term: (-counts[term], term))
    return ", ".join(f"{markdown.text(term)} {counts[term]:,}" for term in ordered)


def _by_year(years: _Years) -> str:
    counts = Counter(years.values())
    known = (f"{year} {counts[year]}" for year in sorted(filter(None, counts)))
    return ", ".join((*known, f"not known {counts[None]}")) + "."


def _series(cases: Sequence[r.CaseRow]) -> dict[str, str | int]:
    editions: defaultdict[str, set[int]] = defaultdict(set)
    for case in cases:
        if case.series:
            editions[case.series].add(case.edition or 0)
    missing = [
        f"{markdown.text(name)} {', '.join(map(str, numbers))}"
        for name, there in sorted(editions.items())
        if (numbers := sorted(set(range(1, max(there))) - there))
    ]
    return {
        "in_series": sum(case.series is not None for case in cases),
        "all_series": len(editions),
        "missing": f"{'; '.join(missing)}.",
    }


def _gaps(records: Records, tables: TableRows) -> dict[str, int]:
    """Return how many cases lack something that a reader would expect, or have a role or step."""
    cases = rows_of(tables, r.CaseRow)
    with_figures = {outcome.case_id for outcome in rows_of(tables, r.OutcomeRow)}
    listed = Counter(row.case_id for row in rows_of(tables, r.CaseCountryRow))
    exact = [case for case in cases if case.country_count_lower == case.country_count_upper]
    counted = [case for case in exact if case.country_count_point is not None]
    delays = [delay for case in cases if (delay := _delay(case)) is not None]
    roles = Counter(case.interpol_role for case in cases)

    in_vain = {
        case.id
        for case in records.cases
        if any(search.sought is v.Sought.PROCEEDINGS for search in case.searches)
    }

    return {
        "undated": sum(case.period is None and case.announced is None for case in cases),
        "empty": sum(case.id not in with_figures for case in cases),
        "fewer": sum(listed[case.id] < (case.country_count_point or 0) for case in counted),
        "counted": len(counted),
        "soon": sum(0 <= delay <= _SOON for delay in delays),
        "ended": len(delays),
        "coordinated": roles[v.InterpolRole.COORDINATED],
        "co_led": roles[v.InterpolRole.CO_LED],
        "supported": roles[v.InterpolRole.SUPPORTED],
        "no_role": roles[None],
        "proceedings": sum(bool(case.proceedings) for case in records.cases),
        "in_vain": len(in_vain),
    }


def _pages_of_interpol(records: Records, years: _Years) -> dict[str, int]:
    own = {source.id for source in records.sources if source.publisher == "interpol"}
    cases = {
        case.id for case in records.cases if any(report.source in own for report in case.reports)
    }
    before = {id_ for id_, year in years.items() if (year or _LATER) < _LATER}
    since = {id_ for id_, year in years.items() if (year or 0) >= _LATER}
    return {
        "own_before": len(before & cases),
        "before": len(before),
        "own_since": len(since & cases),
        "since": len(since),
    }


def _delay(case: r.CaseRow) -> int | None:
    """Return the days from the last day to the announcement, where both are known to the day."""
    if case.period is None or case.announced is None or case.period.end[0] != case.period.end[1]:
        return None
    return (case.announced - case.period.end[1]).days
