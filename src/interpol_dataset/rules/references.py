"""
Rules on references between records.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.records import models as m
from interpol_dataset.rules.hints import id_hint, lookup
from interpol_dataset.rules.rule import Layer, PackageRule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from interpol_dataset.findings import Finding, KeyPath
    from interpol_dataset.records.folder import Entry

    #: A reference from a record: the record, the path in it, and the id that it leads to.
    Step: TypeAlias = tuple[Entry, KeyPath, str]

#: Fields with the one record above or before another, and what they are called together.
_UPWARD: Final = (
    (m.Category, "parent", "parents"),
    (m.Object, "parent", "parents"),
    (m.Organization, "parent", "parents"),
    (m.Source, "same_text", "same_text"),
)

#: How many records of a cycle are listed.
_MAX_SHOWN: Final = 20


class KnownReference(PackageRule):
    """A reference leads to a record that exists."""

    code, name, layer = "PKG004", "known-reference", Layer.PACKAGE
    is_basis = True

    #: For how many unknown ids a likely one is looked for; a broken file can have thousands.
    _MAX_SUGGESTIONS: Final = 30

    def run(self) -> Iterator[Finding]:
        """Report references to ids that do not exist."""
        hints: dict[tuple[str, str], str] = {}
        for item in self.context.dangling:
            key = item.table, item.id
            if key not in hints:
                likely = len(hints) < self._MAX_SUGGESTIONS
                hints[key] = self._hint(*key) if likely else lookup(*key)
            message = f"there is no '{item.id}' among the {item.table}"
            yield self.finding(item.entry, item.path, message, hints[key])

    def _hint(self, table: str, id_: str) -> str:
        for _, retired in self.context.records(m.RetiredId):
            if (retired.table, retired.id) == (table, id_):
                instead = f"use '{retired.redirect}'" if retired.redirect else "remove it"
                return f"'{id_}' is retired; {instead}"

        return id_hint(self.context, table, id_)


class NoCycle(PackageRule):
    """Nothing is above, before or part of itself, nor its own text, not even by way of others."""

    code, name, layer = "PKG005", "no-cycle", Layer.PACKAGE

    def run(self) -> Iterator[Finding]:
        """Follow parents and relations until they end or come round."""
        for model, field, what in _UPWARD:
            above: dict[str, list[Step]] = {}
            for entry in self.context.entries(model):
                parent = entry.data.get(field)
                if isinstance(parent, str):
                    above[entry.id] = [(entry, (field,), parent)]
            yield from self._cycles(above, what)

        for type_ in ("part-of", "follows"):
            before: dict[str, list[Step]] = {
                entry.id: [
                    (entry, ("relations", index, "case"), relation.case)
                    for index, relation in enumerate(case.relations)
                    if relation.type == type_ and relation.case and relation.case != entry.id
                ]
                for entry, case in self.context.readable(m.Case, "relations")
            }
            yield from self._cycles(before, f"'{type_}'")

    def _cycles(self, steps: dict[str, list[Step]], what: str) -> Iterator[Finding]:
        """Report every step that leads back, at the first by id of the records that it leads to."""
        for start, listed in steps.items():
            for entry, path, target in listed:
                if target == start:
                    message = f"'{start}' is its own {path[0]}"
                    yield self.finding(entry, path, message, "name another, or none")

        for ring in _rings(steps):
            start = min(ring)
            onward = _way_back(steps, ring, start)
            for entry, path, target in steps[start]:
                if target in ring and target != start:
                    cycle = " -> ".join([start, *_followed(onward, target, start), start])
                    message = f"{what} lead back to '{start}': {cycle}"
                    yield self.finding(entry, path, message, "remove one of the steps")


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


class RetiredIdGone(PackageRule):
    """A retired id is no longer in use, and redirects to one that is."""

    code, name, layer = "PKG007", "retired-id-gone", Layer.PACKAGE

    def run(self) -> Iterator[Finding]:
        """Compare retired ids with those in use."""
        known = self.context.known_ids
        for entry, retired in self.context.readable(m.RetiredId, "table", "id", "redirect"):
            used = known.get(retired.table)
            if used is None:
                continue
            if retired.id in used:
                message = f"'{retired.id}' is retired and still in use among the {retired.table}"
                yield self.finding(entry, ("id",), message, "remove one of the two")
            if retired.redirect is not None and retired.redirect not in used:
                message = (
                    f"the redirect leads to '{retired.redirect}', "
                    f"which is not among the {retired.table}"
                )
                hint = id_hint(self.context, retired.table, retired.redirect)
                yield self.finding(entry, ("redirect",), message, hint)
