"""
Rules on what is recorded or said twice, on editions, and on what a record says of itself.

Of two records they name the newer one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import get_close_matches
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.findings import Fix
from interpol_dataset.records import models as m
from interpol_dataset.records.template import is_placeholder
from interpol_dataset.rules.hints import instead
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, package_rule, record_rule
from interpol_dataset.schema.vocabulary import RelationType
from interpol_dataset.suggest import folded_name, numbered, slug_of
from interpol_dataset.values.characters import comparable

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.rules.notes import CaseOutline
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
    sources: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry, source in context.addresses("url"):
        sources[source.page].append(entry)
    for first, entry in context.newcomers(sources.values()):
        message = f"'{first.id}' has the same address"
        yield Breach(entry, ("url",), message, instead(context, entry, first))


@package_rule("PKG010", "unique-organization")
def unique_organization(context: Context) -> Breaches:
    """Each organization has one id."""
    bodies: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry, body in context.readable(m.Organization, "name", "country"):
        for name in () if is_placeholder(body.name) else comparable(body.name):
            bodies[name, body.country].append(entry)
    for first, entry in context.newcomers(bodies.values()):
        message = f"'{first.id}' has the same name and country"
        yield Breach(entry, ("name",), message, instead(context, entry, first))


@package_rule("PKG012", "unique-case", **WARNING)
def unique_case(context: Context) -> Breaches:
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
def unique_name(context: Context) -> Breaches:
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
