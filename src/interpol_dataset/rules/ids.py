"""Rules on ids and on references: what is named is there, once, and stays there."""

from __future__ import annotations

from collections import deque
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.findings import Place
from interpol_dataset.records import models as m
from interpol_dataset.rules.hints import id_hint, lookup
from interpol_dataset.rules.rule import Breach, Breaches, PlacedBreach, package_rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context

    Step: TypeAlias = tuple[Entry, KeyPath, str]


@package_rule("PKG001", "stray-file")
def stray_file(context: Context) -> Breaches:
    """Every file in the folder of records is a record of a known kind."""
    hint = "records are .yaml files in the folder of their kind; move it or remove it"
    for path, what in context.record_set.strays:
        message = f"this {what} belongs to no kind of record"
        if what in ("link", "special file"):
            message = f"this is a {what}, which is not read"
        yield PlacedBreach(Place(path), message, hint)


@package_rule("PKG002", "id-is-file-name")
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


@package_rule("PKG003", "unique-id")
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


@package_rule("PKG011", "published-id", judges_with=("retired_ids",))
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


@package_rule("PKG004", "known-reference", is_basis=True)
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


@package_rule("PKG005", "no-cycle")
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


@package_rule("PKG007", "retired-id-gone")
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
