"""
Rules on ids, references and repetition: what is named is there, once, and stays there.

Of two records that are alike they name the newer one.
"""

from __future__ import annotations

import re
from collections import deque
from difflib import get_close_matches
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interpol_dataset.findings import Fix, KeyPath, Place
from interpol_dataset.records import models as m
from interpol_dataset.records.compose import is_placeholder
from interpol_dataset.rules.hints import id_hint, instead, lookup
from interpol_dataset.rules.rule import (
    WARNING,
    Breach,
    Breaches,
    PlacedBreach,
    package_rule,
    record_rule,
)
from interpol_dataset.schema.vocabulary import RelationType
from interpol_dataset.suggest import folded_name, numbered, slug_of
from interpol_dataset.values import grouped
from interpol_dataset.values.characters import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context

    Step: TypeAlias = tuple[Entry, KeyPath, str]
    from collections.abc import Hashable, Sequence

    from interpol_dataset.values.fact_path import FactPath


@package_rule("PKG001")
def stray_file(context: Context) -> Breaches:
    """Every file in the folder of records is a record of a known kind."""
    hint = "records are .yaml files in the folder of their kind; move it or remove it"
    for path, what in context.record_set.strays:
        message = f"this {what} belongs to no kind of record"
        if what in ("link", "special file"):
            message = f"this is a {what}, which is not read"
        yield PlacedBreach(Place(path), message, hint)


@package_rule("PKG002")
def id_is_file_name(context: Context) -> Breaches:
    """A record's id is the name of its file."""
    for entry in context.record_set.entries:
        if entry.is_misnamed:
            field = entry.kind.id_field
            message = f"the {field} '{entry.id}' is not the name of the file"
            hint = f"rename the file to {entry.id}.yaml, or write {entry.stem}"
            if context.is_released(entry.kind.table, entry.stem or ""):
                hint = f"write {entry.stem}, which was published; ids never change"
            elif context.is_released(entry.kind.table, entry.id):
                hint = f"rename the file to {entry.id}.yaml; the id was published"
            yield Breach(entry, (field,), message, hint)


@package_rule("PKG003")
def unique_id(context: Context) -> Breaches:
    """No two records of a kind have the same id."""
    seen: dict[tuple[str, str], tuple[Entry, KeyPath]] = {}
    retired = (
        (entry, ("id",), f"retired {it.table}", it.id)
        for entry, it in context.readable(m.RetiredId, "table", "id")
    )
    for entry, path, table, id_ in chain(context.ids, retired):
        here = entry, path
        there, place = first = seen.setdefault((table, id_), here)
        if first is not here:
            where = there.place(place)
            message = f"the id '{id_}' is given twice among the {table}, first at {where}"
            yield Breach(entry, path, message, "give the newer one another id")


@package_rule("PKG011", judges_with=("retired_ids",))
def published_id(context: Context) -> Breaches:
    """An id that was published stays, redirects, or is withdrawn with a reason."""
    known = context.known_ids
    retired = {(entry.table, entry.id) for _, entry in context.readable(m.RetiredId, "table", "id")}
    for released in context.record_set.released:
        used = known.get(released.table, set())
        if used is None or released.id in used or released[:2] in retired:
            continue
        yield PlacedBreach(
            released.place,
            f"'{released.id}' was published among the {released.table} and is gone",
            "add it to retired_ids.yaml: with a redirect, or with why it was withdrawn",
            record=f"{released.table}/{released.id}",
        )


#: Fields that name the record above or before another, and what a chain of them is called.
_UPWARD: Final = (
    (m.Category, "parent", "parents"),
    (m.Object, "parent", "parents"),
    (m.Organization, "parent", "parents"),
    (m.Source, "same_text", "same_text"),
)
#: How many records of a cycle are listed.
_MAX_SHOWN: Final = 20
#: How many unknown ids get a suggestion; a broken file can have thousands.
_MAX_SUGGESTIONS: Final = 30


@package_rule("PKG004", is_basis=True)
def known_reference(context: Context) -> Breaches:
    """A reference leads to a record that exists."""
    hints: dict[tuple[str, str], str] = {}
    for item in context.dangling:
        key = item.table, item.id
        if key not in hints:
            likely = len(hints) < _MAX_SUGGESTIONS
            hints[key] = _hint(context, *key) if likely else lookup(*key)
        message = f"there is no '{item.id}' among the {item.table}"
        yield Breach(item.entry, item.path, message, hints[key])


def _hint(context: Context, table: str, id_: str) -> str:
    for _, retired in context.records(m.RetiredId):
        if (retired.table, retired.id) == (table, id_):
            instead = f"use '{retired.redirect}'" if retired.redirect else "remove it"
            return f"'{id_}' is retired; {instead}"
    return id_hint(context, table, id_)


@package_rule("PKG005")
def no_cycle(context: Context) -> Breaches:
    """Nothing is above, before, part of or a copy of itself, not even by way of others."""
    for model, field, what in _UPWARD:
        above: dict[str, list[Step]] = {}
        for entry in context.entries(model):
            parent = entry.data.get(field)
            if isinstance(parent, str):
                above[entry.id] = [(entry, (field,), parent)]
        yield from _cycles(above, what)

    for type_ in ("part-of", "follows"):
        before: dict[str, list[Step]] = {
            entry.id: [
                (entry, ("relations", index, "case"), relation.case)
                for index, relation in enumerate(case.relations)
                if relation.type == type_ and relation.case and relation.case != entry.id
            ]
            for entry, case in context.cases("relations")
        }
        yield from _cycles(before, f"'{type_}'")


def _cycles(steps: dict[str, list[Step]], what: str) -> Breaches:
    """Report every step that closes a cycle, at the record of the cycle with the first id."""
    for start, listed in steps.items():
        for entry, path, target in listed:
            if target == start:
                message = f"'{start}' is its own {path[0]}"
                yield Breach(entry, path, message, "name another, or leave it out")

    for ring in _rings(steps):
        start = min(ring)
        onward = _way_back(steps, ring, start)
        for entry, path, target in steps[start]:
            if target in ring and target != start:
                cycle = " -> ".join([start, *_followed(onward, target, start), start])
                message = f"{what} lead back to '{start}': {cycle}"
                yield Breach(entry, path, message, "remove one of the steps")


def _rings(steps: dict[str, list[Step]]) -> Iterator[set[str]]:
    """Return the sets of several records that all lead to each other, by Kosaraju's algorithm."""
    finished: list[str] = []
    unseen = dict.fromkeys(steps)
    while unseen:
        waiting = [(start := unseen.popitem()[0], iter(steps[start]))]
        while waiting:
            here, others = waiting[-1]
            target = next((target for _, _, target in others if target in unseen), None)
            if target is None:
                finished.append(here)
                waiting.pop()
            else:
                del unseen[target]
                waiting.append((target, iter(steps[target])))

    leading_to = _reversed(steps, steps.keys())
    left = set(steps)
    for last in reversed(finished):
        ring, found = set(), [last]
        while found:
            here = found.pop()
            if here in left:
                left.remove(here)
                ring.add(here)
                found += leading_to[here]
        if len(ring) > 1:
            yield ring


def _way_back(steps: dict[str, list[Step]], ring: AbstractSet[str], goal: str) -> dict[str, str]:
    """Return for each record of a ring the next one on a shortest way to one of them."""
    leading_to = _reversed(steps, ring)
    onward: dict[str, str] = {}
    found = deque([goal])
    while found:
        here = found.popleft()
        for before in leading_to[here]:
            if before not in onward:
                onward[before] = here
                found.append(before)
    return onward


def _reversed(steps: dict[str, list[Step]], among: AbstractSet[str]) -> dict[str, list[str]]:
    """Return for each of some records those among them that lead to it."""
    leading_to: dict[str, list[str]] = {id_: [] for id_ in among}
    for id_ in among:
        for _, _, target in steps[id_]:
            if target in leading_to:
                leading_to[target].append(id_)
    return leading_to


def _followed(onward: dict[str, str], first: str, goal: str) -> Iterator[str]:
    """Return the records on the way from one to another, or the first of very many."""
    here = first
    for _ in range(_MAX_SHOWN):
        if here == goal:
            return
        yield here
        here = onward[here]
    yield "..."


@package_rule("PKG007")
def retired_id_gone(context: Context) -> Breaches:
    """A retired id is no longer in use, and redirects to one that is."""
    known = context.known_ids
    for entry, retired in context.readable(m.RetiredId, "table", "id", "redirect"):
        used = known.get(retired.table)
        if used is None:
            continue
        if retired.id in used:
            message = f"'{retired.id}' is retired and still in use among the {retired.table}"
            yield Breach(entry, ("id",), message, "remove one of the two")
        if retired.redirect is not None and retired.redirect not in used:
            message = (
                f"the redirect leads to '{retired.redirect}', "
                f"which is not among the {retired.table}"
            )
            hint = id_hint(context, retired.table, retired.redirect)
            yield Breach(entry, ("redirect",), message, hint)


#: Words of a name that make no difference.
_SMALL: Final = frozenset({"a", "an", "and", "for", "in", "of", "or", "the"})
#: What begins the name of one operation, and not that of a ship or of two operations.
_OPERATION: Final = re.compile(r"(?:Operation|Project|Joint Action Days) (?P<name>.+)")
#: How similar two names are that may be the same.
_NEAR: Final = 0.85
#: Nothing was repeated so often; INTERPOL itself is from 1923.
_FIRST_YEAR: Final = 1900


@package_rule("PKG008", excusable=True)
def unique_url(context: Context) -> Breaches:
    """No two sources have the same address."""
    sources = grouped((source.page, entry) for entry, source in context.addresses("url"))
    for first, entry in context.newcomers(sources.values()):
        message = f"'{first.id}' has the same address"
        yield Breach(entry, ("url",), message, instead(context, entry, first))


@package_rule("PKG010")
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


@package_rule("PKG012", **WARNING)
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


@package_rule("PKG013", **WARNING)
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


@record_rule("MNG006", m.Case, m.Challenge, m.Lesson, m.ClaimSet, needs=("reports",))
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


@record_rule("MNG010", m.Case, needs=("id", "relations", "categories"))
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


@record_rule("MNG013", m.Source, needs=("asserter", "issued_with"))
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


@record_rule("MNG026", m.Case, needs=("name", "series", "edition"), **WARNING)
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


@package_rule("MNG039", **WARNING)
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


@package_rule("MNG027", **WARNING)
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


@package_rule("MNG028", **WARNING)
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


@record_rule("MNG008", m.Case, needs=("series", "edition"), excusable=True)
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


@package_rule("PKG009", excusable=True)
def unique_edition(context: Context) -> Breaches:
    """Each edition of a series is one case."""
    cases = context.cases("series", "edition")
    editions = grouped(((case.series, case.edition), entry) for entry, case in cases)
    for (series, edition), entries in editions.items():
        for first, entry in context.newcomers([entries]) if series and edition else ():
            message = f"'{first.id}' is edition {edition} of '{series}' too"
            hint = "correct the edition, or merge the two records"
            yield Breach(entry, ("edition",), message, hint)
