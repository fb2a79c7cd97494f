"""Rules on series of operations and their editions."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, package_rule, record_rule
from interpol_dataset.schema.vocabulary import RelationType
from interpol_dataset.suggest import folded_name, numbered, slug_of

if TYPE_CHECKING:
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context

#: What begins the name of one operation, and not that of a ship or of two operations.
_OPERATION: Final = re.compile(r"(?:Operation|Project|Joint Action Days) (?P<name>.+)")


@record_rule("MNG026", "edition-in-name", m.Case, needs=("name", "series", "edition"), **WARNING)
def edition_in_name(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """The number at the end of an operation's name is its edition."""
    found = numbered(record.name)
    if found is None or found[1] == record.edition:
        return

    base, number = found
    if record.edition is not None:
        message = f"edition {record.edition} is named '{record.name}'"
        yield Breach(entry, ("edition",), message, f"write {number}, or correct the name")
    elif record.series is None and (own := _OPERATION.match(base)):
        message = f"'{record.name}' has a number, and belongs to no series"
        hint = f"add 'series: {slug_of(own['name'])}' and 'edition: {number}'"
        yield Breach(entry, ("name",), message, hint)


@package_rule("MNG039", "first-edition", **WARNING)
def first_edition(context: Context) -> Breaches:
    """The operation that a later edition is named after is in its series."""
    cases = [*context.cases("name", "series", "edition", "categories")]
    unnumbered = {
        folded_name(case.name): (entry, case)
        for entry, case in cases
        if case.series is None and not case.edition
    }
    for entry, case in cases:
        base, _ = numbered(case.name) or ("", 0)
        other, first = unnumbered.get(folded_name(base), (None, None))
        if case.series and other and first and not {*first.categories}.isdisjoint(case.categories):
            message = f"'{other.id}' has the name without a number, and belongs to no series"
            hint = f"add 'series: {case.series}' and 'edition: 1' there, if it was the first"
            yield Breach(entry, ("series",), message, hint)


@package_rule("MNG027", "editions-in-order", **WARNING)
def editions_in_order(context: Context) -> Breaches:
    """An edition follows an earlier one."""
    cases = [*context.cases("series", "edition", "relations")]
    known = {entry.id: case for entry, case in cases}
    for entry, case in cases:
        for index, relation in enumerate(case.relations):
            other = known.get(relation.case or "")
            if (
                other is not None
                and relation.type is RelationType.FOLLOWS
                and case.series == other.series
                and case.edition is not None
                and other.edition is not None
                and other.edition > case.edition
                and all(back.case != entry.id for back in other.relations)  # a cycle
            ):
                message = f"edition {case.edition} follows edition {other.edition}"
                hint = f"say in '{relation.case}' that it follows this one"
                yield Breach(entry, ("relations", index, "case"), message, hint)


#: How similar two names are that may be the same.
_NEAR: Final = 0.85


@package_rule("MNG028", "one-series", **WARNING)
def one_series(context: Context) -> Breaches:
    """A series of one case is not another series with a typo."""
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry, case in context.cases("series"):
        if case.series:
            members[case.series].append(entry)

    for series, entries in members.items():
        # Of two that have one case each, the later by name is in question.
        others = [other for other, cases in members.items() if len(cases) > 1 or other < series]
        if len(entries) == 1 and (near := get_close_matches(series, others, 1, _NEAR)):
            message = f"'{series}' has this case only, and there is a series '{near[0]}'"
            hint = f"did you mean '{near[0]}'?"
            yield Breach(entries[0], ("series",), message, hint)


#: Nothing was repeated so often; INTERPOL itself is from 1923.
_FIRST_YEAR: Final = 1900


@record_rule("MNG008", "edition-of-series", m.Case, needs=("series", "edition"), excusable=True)
def edition_of_series(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """An edition belongs to a series, and is not a year."""
    if record.edition and not record.series:
        message = "the case has an edition but no series"
        hint = "add 'series: ...', or remove the edition"
        yield Breach(entry, ("edition",), message, hint, key=True)
    elif record.edition and record.edition >= _FIRST_YEAR:
        message = f"edition {record.edition} is a year"
        hint = "write which one of its series it is, if a page counts them; else remove the edition"
        yield Breach(entry, ("edition",), message, hint)


@package_rule("PKG009", "unique-edition", excusable=True)
def unique_edition(context: Context) -> Breaches:
    """Each edition of a series is one case."""
    editions: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry, case in context.cases("series", "edition"):
        if case.series and case.edition:
            editions[case.series, case.edition].append(entry)
    for (series, edition), cases in editions.items():
        for first, entry in context.newcomers([cases]):
            message = f"'{first.id}' is edition {edition} of '{series}' too"
            hint = "correct the edition, or merge the two records"
            yield Breach(entry, ("edition",), message, hint)
