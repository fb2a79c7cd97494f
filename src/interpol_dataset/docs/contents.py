"""
The pages that count: what the dataset holds and lacks, and how the press retells police figures.

A *retelling* is what a page states on another body's word. It is compared with the documents of
that body and copies of them, and the nearest one counts. If none was read, there is no comparison.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, cast

from interpol_dataset.docs import markdown
from interpol_dataset.evidence.testimony import Amount, Testimony, agree, is_hedged
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.vocabulary import SourceKind, Term
from interpol_dataset.tables import rows as r
from interpol_dataset.tables.tabulate import TableRows, rows_of
from interpol_dataset.values.words import quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from interpol_dataset.records.document import Records

    _Years = Mapping[str, int | None]
    _Total = r.CaseTotalRow | r.CaseObjectTotalRow
    from interpol_dataset.evidence.facts import Fact, Facts, FactsOfRecord
    from interpol_dataset.values.fact_path import FactPath
    from interpol_dataset.values.quantity import Quantity

#: First years of the periods that cases are counted by, and their names.
_PERIODS: Final = ((0, "to 2009"), (2010, "2010-14"), (2015, "2015-19"), (2020, "from 2020"))
#: The tables whose sizes the page begins with.
_SIZES: Final = ("cases", "outcomes", "sources", "challenges", "lessons", "claims")
_UNDATED: Final = "no date"
#: From how many sources on a language is named.
_OFTEN: Final = 10
#: The year from which fewer of INTERPOL's own pages could be found.
_LATER: Final = 2018
#: Days within which an announcement counts as immediate.
_SOON: Final = 14


def contents(records: Records, facts: Facts, tables: TableRows) -> str:
    """Render the page as Markdown, from the records and the tables built from them."""
    cases = rows_of(tables, r.CaseRow)
    years = {row.id: row.year for row in cases}

    return markdown.page(
        "contents",
        **{name: len(tables[name]) for name in _SIZES},
        by_area=_by_area(records, cases, years),
        **_statuses(facts),
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


def _statuses(facts: Facts) -> dict[str, Iterable[str] | int]:
    every = chain.from_iterable(known.values() for known in facts.values())
    counts = Counter(
        (fact.verdict.status or fact.verdict.statement, fact.fact_class)
        for fact in every
        if fact.verdict
    )
    figures = {term: counts[term, v.FactClass.FIGURE] for term in v.Status}
    return {
        "verification": counts.total(),
        "by_status": markdown.table(
            ("status or verdict", *v.FactClass),
            (
                (term, *(counts[term, class_] or "" for class_ in v.FactClass))
                for term in (*v.Status, *v.StatementVerdict)
            ),
        ),
        "figures": sum(figures.values()),
        "corroborated": figures[v.Status.CORROBORATED],
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


class Change(Term):
    """What a retelling made of a figure, the least first."""

    NONE = "repeated unchanged"
    HEDGE_CHANGED = "another hedge"
    HEDGE_LOST = "hedge lost"
    HEDGE_ADDED = "hedge added"
    ROUNDED = "rounded"
    FINER = "more exact"
    NEAR = "near"
    CURRENCY = "currency"
    WORD = "word"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Retelling:
    """
    A figure as a page retells it: the fact, what the page says, and what became of the figure.

    :param original: What the document or copy says to which it comes nearest.
    """

    path: FactPath
    told: Testimony
    original: Testimony
    change: Change


def retellings(facts: FactsOfRecord) -> Iterator[Retelling]:
    """Yield the retold figures of a record for which a document or a copy was read."""
    for path, fact in facts.items():
        if not path.is_figure or fact.verdict is None:
            continue

        read = _read(fact)
        elsewhere = [] if read else _in_other_currencies(path, facts)
        for party in fact.verdict.parties:
            originals = [item for item in party.members if item in read]
            for item in party.members:
                if not item.standing.is_text and originals:
                    yield _nearest(path, item, originals)
                elif not item.standing.is_text and elsewhere:
                    yield Retelling(path, item, elsewhere[0], Change.CURRENCY)

        for item in fact.testimonies:
            if item.drift_metric and item.counts and read:
                original = _nearest(path, item, read).original
                yield Retelling(path, item, original, Change.WORD)


def change_between(original: Amount, told: Amount) -> Change:
    """Return what a retelling made of a figure under the same metric and currency."""
    if (original.low, original.high) != (told.low, told.high):
        if not agree(original, told):
            return Change.NUMBER
        if told.grain == original.grain:
            return Change.NEAR
        return Change.ROUNDED if told.grain > original.grain else Change.FINER
    if original.hedge == told.hedge:
        return Change.NONE
    if not told.hedge:
        return Change.HEDGE_LOST
    return Change.HEDGE_CHANGED if original.hedge else Change.HEDGE_ADDED


def _read(fact: Fact) -> list[Testimony]:
    """Return what the documents and copies of a fact's parties say."""
    parties = fact.verdict.parties if fact.verdict else ()
    return [item for party in parties for item in party.members if item.standing.is_text]


def _in_other_currencies(path: FactPath, facts: FactsOfRecord) -> list[Testimony]:
    """Return what documents and copies say of an amount of money in other currencies."""
    if path.currency is None:
        return []
    others = (
        fact
        for other, fact in facts.items()
        if other.currency and other.replace(f":{other.currency}", f":{path.currency}") == path
    )
    return [item for other in others for item in _read(other)]


def _nearest(path: FactPath, told: Testimony, originals: Iterable[Testimony]) -> Retelling:
    said = cast("Amount", told.stated)
    compared = [
        Retelling(path, told, original, change_between(cast("Amount", original.stated), said))
        for original in sorted(originals, key=lambda item: item.preference)
    ]
    return min(compared, key=lambda retelling: [*Change].index(retelling.change))


#: How often a change of words is met that the page names.
OFTEN: Final = 3
#: How many examples there are of each change.
_EXAMPLES: Final = 2
_BY_KIND: Final = tuple(change for change in Change if change is not Change.NONE)


def retold(facts: Facts) -> list[tuple[str, Retelling]]:
    """Return every retold figure for which a document or a copy was read, with its case."""
    return [
        (id_, item)
        for (table, id_), known in facts.items()
        if table == "cases"
        for item in retellings(known)
    ]


def words(facts: Facts) -> list[tuple[str, str, str]]:
    """Return every figure that a page retells under another metric: both metrics, and its case."""
    return [
        (path.member, item.drift_metric, id_)
        for (table, id_), known in facts.items()
        if table == "cases"
        for path, fact in known.items()
        for item in fact.testimonies
        if item.drift_metric and item.counts
    ]


def press(records: Records, facts: Facts) -> str:
    """Render the page as Markdown, from the records and their facts."""
    found = retold(facts)
    names = {metric.id: metric.name for metric in records.metrics}
    publishers = {body.id: body.name for body in records.organizations}
    return markdown.page(
        "press",
        **_summary(found),
        by_change=_by_change(found),
        by_kind=_by_kind(found),
        by_word=_by_word(words(facts), names),
        examples=_examples(found, names, publishers),
    )


def _summary(found: list[tuple[str, Retelling]]) -> dict[str, str | int]:
    counts = Counter(item.change for _, item in found)
    hedged = sum(is_hedged(item.original.stated) for _, item in found)
    retold, plain = len(found), len(found) - hedged
    kept, lost, added = (
        counts[change] for change in (Change.NONE, Change.HEDGE_LOST, Change.HEDGE_ADDED)
    )
    return {
        "retold": retold,
        "pages": len({item.told.source.id for _, item in found}),
        "kept": kept,
        "kept_share": _share(kept, retold),
        "hedged": hedged,
        "lost": lost,
        "lost_share": _share(lost, hedged),
        "plain": plain,
        "added": added,
        "added_share": _share(added, plain),
    }


def _by_change(found: list[tuple[str, Retelling]]) -> Iterator[str]:
    counts = Counter(item.change for _, item in found)
    shares = {change: _share(counts[change], len(found)) for change in Change}
    rows = ((change, counts[change], shares[change], change.meaning) for change in Change)
    return markdown.table(("change", "retellings", "share", "what it means"), rows)


def _by_kind(found: list[tuple[str, Retelling]]) -> Iterator[str]:
    counts = Counter((item.told.source.kind, item.change) for _, item in found)
    totals = Counter(item.told.source.kind for _, item in found)
    return markdown.table(
        ("kind of page", "retellings", "changed", *_BY_KIND),
        (
            (
                kind,
                totals[kind],
                _share(totals[kind] - counts[kind, Change.NONE], totals[kind]),
                *(counts[kind, change] or "" for change in _BY_KIND),
            )
            for kind in SourceKind
            if totals[kind]
        ),
    )


def _by_word(changed: list[tuple[str, str, str]], names: dict[str, str]) -> Iterator[str]:
    figures = Counter((metric, other) for metric, other, _ in changed)
    cases = Counter((metric, other) for metric, other, _ in {*changed})
    often = sorted((-count, pair) for pair, count in figures.items() if count >= OFTEN)
    said = {metric: markdown.text(name) for metric, name in names.items()}
    rows = ((said[one], said[other], -n, cases[one, other]) for n, (one, other) in often)
    return markdown.table(("announced", "retold as", "figures", "cases"), rows)


def _examples(
    found: list[tuple[str, Retelling]], names: dict[str, str], publishers: dict[str, str]
) -> Iterator[str]:
    for change in _BY_KIND:
        chosen = list(_latest((case, item) for case, item in found if item.change is change))
        if not chosen:
            continue
        yield from (f"**{change.capitalize()}**", "")
        for case, item in chosen:
            told, publisher = item.told, publishers[item.told.source.publisher]
            word = told.drift_metric
            as_what = f" ({markdown.text(names[word])})" if word else ""
            yield (
                f"- [{case} `{item.path}`](../../data/records/cases/{case}.yaml): "
                f"{_figure(item.original)}; {markdown.text(publisher)}: {_figure(told)}{as_what}"
            )
        yield ""


def _latest(found: Iterable[tuple[str, Retelling]]) -> Iterator[tuple[str, Retelling]]:
    """Yield the latest retellings, one for each case."""
    by_case: dict[str, Retelling] = {}
    ordered = sorted(found, key=lambda pair: (pair[0], pair[1].path, pair[1].told.source.id))
    for case, item in sorted(ordered, key=lambda pair: pair[1].told.published, reverse=True):
        by_case.setdefault(case, item)
    yield from list(by_case.items())[:_EXAMPLES]


def _figure(item: Testimony) -> str:
    return markdown.text(quantity_in_words(cast("Quantity", item.value), item.unit))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "0.0%"
