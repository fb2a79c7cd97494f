"""
Rules on what is recorded twice. They name the newcomer, and not the record that was there first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from interpol_dataset.records import models as m
from interpol_dataset.rules.hints.ids import instead
from interpol_dataset.rules.rule import WARNING, Breach, package_rule
from interpol_dataset.rules.texts import is_placeholder
from interpol_dataset.values.characters import comparable

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.rules.notes import CaseOutline


#: Words of a name that make no difference.
_SMALL: Final = frozenset({"a", "an", "and", "for", "in", "of", "or", "the"})


@package_rule("PKG008", "unique-url", excusable=True)
def unique_url(context: Context) -> Iterator[Breach]:
    """No two sources have the same address."""
    sources: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry, source in context.addresses("url"):
        sources[source.page].append(entry)

    for first, entry in context.newcomers(sources.values()):
        message = f"'{first.id}' has the same address"
        yield Breach(entry, ("url",), message, instead(context, entry, first))


@package_rule("PKG010", "unique-organization")
def unique_organization(context: Context) -> Iterator[Breach]:
    """Each organization has one id."""
    bodies: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry, body in context.readable(m.Organization, "name", "country"):
        for name in () if is_placeholder(body.name) else comparable(body.name):
            bodies[name, body.country].append(entry)

    for first, entry in context.newcomers(bodies.values()):
        message = f"'{first.id}' has the same name and country"
        yield Breach(entry, ("name",), message, instead(context, entry, first))


@package_rule("PKG012", "unique-case", **WARNING)
def unique_case(context: Context) -> Iterator[Breach]:
    """An operation is one case."""
    named: dict[Hashable, list[Entry]] = defaultdict(list)
    alike: dict[Hashable, list[Entry]] = defaultdict(list)
    together: dict[Hashable, list[Entry]] = defaultdict(list)
    cases: dict[str, CaseOutline] = {}
    for entry, case in context.cases(
        "id", "name", "aliases", "series", "edition", "relations", "reports"
    ):
        cases[entry.id] = case
        for name in case.names:
            named[name].append(entry)
        if case.circumstances is not None:
            alike[case.circumstances].append(entry)
        for occasion in case.occasions:
            together[occasion].append(entry)

    counted = _of_same_figures(context)
    seen: set[str] = set()
    for groups, message in (
        (named, "'{}' has the same name and took place in the same year"),
        (alike, "'{}' has the same sources, period and countries"),
        (together, "'{}' has the same days and countries"),
        (counted, "'{}' has the same figures and took place in the same year"),
    ):
        # Most cases of one name are apart; who came first is asked of the others only.
        close = [
            group
            for group in groups.values()
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


def _of_same_figures(context: Context) -> Mapping[tuple[str, str], list[Entry]]:
    """Return pairs of cases that are not related, and have two large figures in common."""
    having: dict[str, list[Entry]] = defaultdict(list)
    related: set[tuple[str, str]] = set()
    for entry, case in context.cases("id", "relations", "reports"):
        related.update((entry.id, relation.case or "") for relation in case.relations)
        for figure in case.figures:
            having[figure].append(entry)

    together: dict[tuple[str, str], list[list[Entry]]] = defaultdict(list)
    for entries in having.values():
        for one, other in combinations(entries, 2):
            together[one.id, other.id].append([one, other])

    return {
        pair: both[0]
        for pair, both in together.items()
        if len(both) > 1 and related.isdisjoint((pair, pair[::-1]))
    }


@package_rule("PKG013", "unique-name", **WARNING)
def unique_name(context: Context) -> Iterator[Breach]:
    """Each category, object, metric, challenge and lesson has a name of its own."""
    for model in (m.Category, m.Object, m.Metric, m.Challenge, m.Lesson):
        names: dict[Hashable, list[Entry]] = defaultdict(list)
        for entry, _ in context.readable(model, "id", "name"):
            name = entry.data["name"]
            if not is_placeholder(name):
                names[_words(name)].append(entry)
        for first, entry in context.newcomers(names.values()):
            message = f"'{first.id}' has the same name"
            yield Breach(entry, ("name",), message, instead(context, entry, first))


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name, singular and sorted."""
    words = re.findall(r"[^\W_]+", name.casefold())

    return tuple(sorted(re.sub(r"s$", "", word) for word in words if word not in _SMALL))
