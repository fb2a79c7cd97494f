"""
What the package holds, in counts: an overview for the README.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from interpol_dataset.docs import markdown
from interpol_dataset.schema.vocabulary import SourceKind, Status
from interpol_dataset.tables.rows import CaseRow, SourceRow, VerificationRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.records.kinds import Records
    from interpol_dataset.tables.tabulate import Tables

__all__ = ["with_overview"]

BEGIN: Final = "<!-- overview: written by 'interpol-dataset build' -->"
END: Final = "<!-- end of overview -->"

#: First years of the periods that cases are counted by, and their names.
_PERIODS: Final = ((0, "to 2009"), (2010, "2010-14"), (2015, "2015-19"), (2020, "from 2020"))
_UNDATED: Final = "no date"


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
    """Count cases by their main crime area and when they ended, or were announced."""
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
