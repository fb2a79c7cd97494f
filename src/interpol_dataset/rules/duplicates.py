"""
Rules on what is recorded or said twice, on editions, and on what a record says of itself.

Of two records they name the newer one.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.findings import Fix
from interpol_dataset.records import models as m
from interpol_dataset.records.template import is_placeholder
from interpol_dataset.rules.context import grouped
from interpol_dataset.rules.hints import instead
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, package_rule, record_rule
from interpol_dataset.schema.vocabulary import RelationType
from interpol_dataset.suggest import folded_name, numbered, slug_of
from interpol_dataset.values.characters import comparable

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.values.fact_path import FactPath

#: Words of a name that make no difference.
_SMALL: Final = frozenset({"a", "an", "and", "for", "in", "of", "or", "the"})
#: What begins the name of one operation, and not that of a ship or of two operations.
_OPERATION: Final = re.compile(r"(?:Operation|Project|Joint Action Days) (?P<name>.+)")
#: How similar two names are that may be the same.
_NEAR: Final = 0.85
#: Nothing was repeated so often; INTERPOL itself is from 1923.
_FIRST_YEAR: Final = 1900


@package_rule("PKG008", "unique-url", excusable=True)
def unique_url(context: Context) -> Breaches:
    """No two sources have the same address."""
    sources = grouped((source.page, entry) for entry, source in context.addresses("url"))
    for first, entry in context.newcomers(sources.values()):
        message = f"'{first.id}' has the same address"
        yield Breach(entry, ("url",), message, instead(context, entry, first))


@package_rule("PKG010", "unique-organization")
def unique_organization(context: Context) -> Breaches:
    """Each organization has one id."""
    bodies = grouped(
        ((name, body.country), entry)
        for entry, body in context.readable(m.Organization, "name", "country")
        if not is_placeholder(body.name)
        for name in comparable(body.name)
    )
    for first, entry in context.newcomers(bodies.values()):
        message = f"'{first.id}' has the same name and country"
        yield Breach(entry, ("name",), message, instead(context, entry, first))


@package_rule("PKG012", "unique-case", **WARNING)
def unique_case(context: Context) -> Breaches:
    """An operation is one case."""
    fields = ("id", "name", "aliases", "series", "edition", "relations", "reports")
    entries = [*context.cases(*fields)]
    cases = {entry.id: case for entry, case in entries}
    named = grouped((name, entry) for entry, case in entries for name in case.names)
    alike = grouped((case.circumstances, entry) for entry, case in entries if case.circumstances)
    together = grouped((days, entry) for entry, case in entries for days in case.occasions)
    seen: set[str] = set()
    for groups, message in (
        (named.values(), "'{}' has the same name and took place in the same year"),
        (alike.values(), "'{}' has the same sources, period and countries"),
        (together.values(), "'{}' has the same days and countries"),
        (_of_same_figures(context), "'{}' has the same figures and took place in the same year"),
    ):
        # Most cases of one name are apart; who came first is asked of the others only.
        close = [
            group
            for group in groups
            if any(
                not cases[one.id].is_apart_from(cases[other.id])
                for one, other in combinations(group, 2)
                if one.id != other.id
            )
        ]
        for first, entry in context.newcomers(close):
            if entry.id in seen or cases[first.id].is_apart_from(cases[entry.id]):
                continue
            seen.add(entry.id)
            hint = "merge the two, or say in what they differ: period, series, edition"
            yield Breach(entry, ("name",), message.format(first.id), hint)


def _of_same_figures(context: Context) -> list[list[Entry]]:
    """Return pairs of cases that are not related, and have two large figures in common."""
    cases = [*context.cases("id", "relations", "reports")]
    related = {(entry.id, other.case or "") for entry, case in cases for other in case.relations}
    having = grouped((figure, entry) for entry, case in cases for figure in case.figures)
    together = grouped(
        ((one.id, other.id), [one, other])
        for entries in having.values()
        for one, other in combinations(entries, 2)
    )
    return [
        both[0]
        for pair, both in together.items()
        if len(both) > 1 and related.isdisjoint((pair, pair[::-1]))
    ]


@package_rule("PKG013", "unique-name", **WARNING)
def unique_name(context: Context) -> Breaches:
    """Each category, object, metric, challenge and lesson has a name of its own."""
    for model in (m.Category, m.Object, m.Metric, m.Challenge, m.Lesson):
        entries = [entry for entry, _ in context.readable(model, "id", "name")]
        named = ((entry.data["name"], entry) for entry in entries)
        names = grouped((_words(name), entry) for name, entry in named if not is_placeholder(name))
        for first, entry in context.newcomers(names.values()):
            message = f"'{first.id}' has the same name"
            yield Breach(entry, ("name",), message, instead(context, entry, first))


def _words(name: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W_]+", name.casefold())
    return tuple(sorted(re.sub(r"s$", "", word) for word in words if word not in _SMALL))


#: The lists in records, and the field by which their items differ; ``None`` for the item.
_LISTS: Final = (
    (("reports",), "source"),
    (("proceedings",), "source"),
    (("reports", "*", "organizations"), "organization"),
    (("reports", "*", "tools"), "tool"),
    (("reports", "*", "countries", "list"), None),
    (("evidence",), "source"),
    (("claims", "*", "evidence"), "source"),
    (("aliases",), None),
    (("challenges",), None),
    (("prefer",), "fact"),
    (("disputes",), "fact"),
    (("parts",), "fact"),
    (("cases",), "case"),
)
#: How two statements of one fact can be kept apart.
_APART: Final[dict[object, str]] = {
    "reports": (
        "keep one of the two, distinguish them by object or place, or write part: "
        "true next to what is only a part, and a part_name next to a second part"
    ),
    "proceedings": "keep one of the two, or give a group to trials whose persons add up",
}


@record_rule("MNG006", "stated-once", m.Case, m.Challenge, m.Lesson, m.ClaimSet, needs=("reports",))
def stated_once(
    entry: Entry, record: m.Case | m.Challenge | m.Lesson | m.ClaimSet, _context: Context
) -> Breaches:
    """A list has each item once, and a source states a fact once."""
    for above, facts in _statements(record) if isinstance(record, m.Case) else ():
        for number, first in _repeated(facts):
            message = (
                f"'{facts[number]}' is stated here a second time{_after(entry, *above, first)}"
            )
            yield Breach(entry, (*above, number), message, _APART[above[0]])

    for pattern, key in _LISTS:
        for above, items in _lists(entry.data, pattern):
            names = [item if key is None else item[key] for item in items]
            for number, first in _repeated(names):
                after = _after(entry, *above, first)
                message = f"'{names[number]}' is listed here a second time{after}"
                path = (*above, number) if key is None else (*above, number, key)
                # What says nothing else can go; between two entries a person has to choose.
                fix = Fix(path) if key is None else None
                hint = "keep one of the two"
                if key == "source":
                    hint = "put all that it says into one of the two, and remove the other"
                yield Breach(entry, path, message, hint, fix=fix)


def _statements(case: m.Case) -> Iterator[tuple[KeyPath, list[FactPath]]]:
    """Return the facts that each source states, with the path to the list of them."""
    for index, report in enumerate(case.reports):
        yield ("reports", index, "outcomes"), [item.fact for item in report.outcomes]
    for index, told in enumerate(case.proceedings):
        yield ("proceedings", index, "steps"), [step.fact for step in told.steps]


def _after(entry: Entry, *path: str | int) -> str:
    """Return the line of the existing one, as the end of a sentence."""
    span = entry.place(path).span
    return f", after line {span.line}" if span else ""


def _repeated(names: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Return the positions of repeated items in a list, each with that of the first."""
    seen: dict[Hashable, int] = {}
    for number, name in enumerate(names):
        if (first := seen.setdefault(name, number)) != number:
            yield number, first


def _lists(
    data: Any,  # noqa: ANN401  # plain values
    pattern: tuple[str, ...],
    above: KeyPath = (),
) -> Iterator[tuple[KeyPath, list[Any]]]:
    """Return the lists whose path matches a pattern; ``*`` matches every item."""
    if not pattern:
        yield above, data or []
    elif pattern[0] == "*":
        for index, item in enumerate(data):
            yield from _lists(item, pattern[1:], (*above, index))
    elif data.get(pattern[0]) is not None:
        yield from _lists(data[pattern[0]], pattern[1:], (*above, pattern[0]))


@record_rule("MNG010", "other-than-itself", m.Case, needs=("id", "relations", "categories"))
def other_than_itself(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """A case refers to others, not to itself, and to each of them once."""
    related = [(relation.type, relation.case or relation.claim) for relation in record.relations]
    for index, relation in enumerate(record.relations):
        if relation.case == record.id:
            message = "the case is related to itself"
            yield Breach(entry, ("relations", index, "case"), message, "name another case")
    for index, first in _repeated(related):
        type_, target = related[index]
        if record.relations[index].case != record.id:
            after = _after(entry, "relations", first)
            message = f"'{type_}' '{target}' is listed here a second time{after}"
            yield Breach(entry, ("relations", index), message, "remove one of the two")

    for index, first in _repeated(record.categories):
        after = _after(entry, "categories", first)
        message = f"'{record.categories[index]}' is listed here a second time{after}"
        fix = Fix(("categories", index))
        yield Breach(entry, fix.path, message, "remove one of the two", fix=fix)


@record_rule("MNG013", "issued-with-others", m.Source, needs=("asserter", "issued_with"))
def issued_with_others(entry: Entry, record: m.Source, _context: Context) -> Breaches:
    """A document is issued with others than its asserter, and with each of them once."""
    seen = {record.asserter}
    # The model drops repetitions; places follow the file.
    for index, body in enumerate(entry.data.get("issued_with") or ()):
        if body in seen:
            what = "the asserter" if body == record.asserter else "named here a second time"
            fix = Fix(("issued_with", index))
            yield Breach(entry, fix.path, f"'{body}' is {what}", "remove it", fix=fix)
        seen.add(body)


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


@package_rule("MNG028", "one-series", **WARNING)
def one_series(context: Context) -> Breaches:
    """A series of one case is not another series with a typo."""
    cases = context.cases("series")
    members = grouped((case.series, entry) for entry, case in cases if case.series)
    for series, entries in members.items():
        # Of two that have one case each, the later by name is in question.
        others = [other for other, its in members.items() if len(its) > 1 or other < series]
        if len(entries) == 1 and (near := get_close_matches(series, others, 1, _NEAR)):
            message = f"'{series}' has this case only, and there is a series '{near[0]}'"
            hint = f"did you mean '{near[0]}'?"
            yield Breach(entries[0], ("series",), message, hint)


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
    cases = context.cases("series", "edition")
    editions = grouped(((case.series, case.edition), entry) for entry, case in cases)
    for (series, edition), entries in editions.items():
        for first, entry in context.newcomers([entries]) if series and edition else ():
            message = f"'{first.id}' is edition {edition} of '{series}' too"
            hint = "correct the edition, or merge the two records"
            yield Breach(entry, ("edition",), message, hint)
