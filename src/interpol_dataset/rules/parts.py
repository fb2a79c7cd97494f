"""
Rules on figures that are parts of others, or are shared by two cases.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from interpol_dataset.findings import Fix
from interpol_dataset.records import models as m
from interpol_dataset.rules.evidence import first_statement
from interpol_dataset.rules.hints import fact_hint
from interpol_dataset.rules.outcomes import outcomes_of
from interpol_dataset.rules.rule import Layer, PackageRule, RecordRule
from interpol_dataset.schema.vocabulary import RelationType
from interpol_dataset.totals.containment import place_steps
from interpol_dataset.totals.doubts import containment
from interpol_dataset.totals.figures import figures_of
from interpol_dataset.totals.money import dollars_of
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.evidence.facts import FactsOfRecord
    from interpol_dataset.findings import Finding, KeyPath
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.totals.doubts import Containment, Impossible


#: How many shares of other countries a message names.
_MAX_SHARES: Final = 4


class NamedPart(RecordRule[m.Case]):
    """A name tells a part from others of the same figure."""

    code, name, layer = "MNG031", "named-part", Layer.MEANING
    models = (m.Case,)
    needs = ("reports",)

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Look for names of totals, and of parts that stand alone."""
        outcomes = [*outcomes_of(record)]
        parts = defaultdict(set)
        for _, outcome in outcomes:
            if outcome.fact.is_part:
                parts[_whole(outcome.fact)].add(outcome.fact)

        for at, outcome in outcomes:
            if outcome.part_name is None:
                continue
            path = (*at, "part_name")
            if not outcome.part:
                yield self.finding(
                    entry,
                    path,
                    "a total has no name",
                    "remove the name, or write part: true if this is only a part",
                )
            elif len(parts[_whole(outcome.fact)]) == 1:
                message = "no other part of this figure is known, so it needs no name"
                yield self.finding(entry, path, message, "remove it", fix=Fix(path))


def _whole(fact: FactPath) -> str:
    """Return the path of the figure that a figure is a part of."""
    return fact.removesuffix(fact.part)


class NeededPart(PackageRule):
    """
    An entry in `parts` is about figures of one metric, and says something that the rule doesn't.
    """

    code, name, layer = "POL018", "needed-part", Layer.POLICY
    is_local = True
    judges_with = frozenset({"metrics", "objects", "organizations"})

    def run(self) -> Iterator[Finding]:
        """Work out what contains what again without each entry."""
        for entry, case, facts in self.context.cases_with_facts():
            # The model sorts entries; places follow the file.
            for index, item in enumerate(entry.data["parts"] if case.parts else ()):
                fact = FactPath(item["fact"])
                yield from self._check(entry, facts, case.wholes, index, fact)

    def _check(
        self,
        entry: Entry,
        facts: FactsOfRecord,
        stated: Mapping[FactPath, FactPath | None],
        index: int,
        fact: FactPath,
    ) -> Iterator[Finding]:
        path, whole = ("parts", index), stated[fact]
        outcomes = [other for other in facts if other.kind == "outcomes"]
        for key, named in (("fact", fact), ("of", whole)):
            if named is not None and named not in outcomes:
                message = f"no report states '{named}'"
                yield self.finding(entry, (*path, key), message, fact_hint(named, outcomes))
                return

        if whole is not None and whole.member != fact.member:
            message = f"'{whole}' is of another metric than '{fact}'"
            hint = "name a figure of the same metric"
            yield self.finding(entry, (*path, "of"), message, hint)
        elif _lies_in_itself(fact, stated):
            message = f"'{fact}' would be a part of itself"
            yield self.finding(entry, (*path, "of"), message, "name another figure, or none")
        else:
            others = {other: of for other, of in stated.items() if other != fact}
            if _effect(self.context, facts, stated) == _effect(self.context, facts, others):
                message = f"the rule says the same of '{fact}'"
                yield self.finding(entry, path, message, "remove the entry", fix=Fix(path))


def _lies_in_itself(fact: FactPath, stated: Mapping[FactPath, FactPath | None]) -> bool:
    """Return whether entries lead from a figure back to it."""
    seen: set[FactPath] = set()
    whole = stated.get(fact)
    while whole is not None and whole not in seen:
        seen.add(whole)
        whole = stated.get(whole)

    return fact in seen


def _contained(
    context: Context, facts: FactsOfRecord, stated: Mapping[FactPath, FactPath | None]
) -> Containment:
    return containment(figures_of(facts), stated, context.catalogue, dollars_of(facts))


def _effect(
    context: Context, facts: FactsOfRecord, stated: Mapping[FactPath, FactPath | None]
) -> object:
    """Return what entries decide: what contains what, and what remains open."""
    found = _contained(context, facts, stated)
    wholes = {path: member.whole for path, member in found.members.items()}

    return wholes, found.doubts, found.impossible


class PartFitsWhole(PackageRule):
    """Parts are no larger than their whole, and an amount is the same in two currencies."""

    code, name, layer = "POL019", "part-fits-whole", Layer.POLICY
    is_local = True
    excusable = True
    judges_with = frozenset({"metrics", "objects", "organizations"})

    def run(self) -> Iterator[Finding]:
        """Look for parts that outgrow their wholes, and for amounts that differ by currency."""
        for entry, case, facts in self.context.cases_with_facts():
            for item in _contained(self.context, facts, case.wholes).impossible:
                yield self._finding(entry, case, facts, item)

    def _finding(
        self, entry: Entry, case: m.Case, facts: FactsOfRecord, item: Impossible
    ) -> Finding:
        fact, whole, beside = item
        same = place_steps(fact, whole) == frozenset() and fact.object == whole.object
        what = "is another amount than" if same else "is more than"
        part, total = (f"'{path}' {_value(facts, path)}" for path in (fact, whole))
        if beside:
            others = [f"'{other}' {_value(facts, other)}" for other in beside[:_MAX_SHARES]]
            rest = len(beside) - len(others)
            part = listed([part, *others, *([f"{rest} more"] if rest else [])])
            what = "are together more than"
        message = f"{part} {what} {total}"
        hint = (
            "correct one; or write part: true beside what is only a part (and a part_name beside a "
            f"second one); or say in 'parts' that '{fact}' is part of another figure, or of none "
            "where it is counted beside the total"
        )

        return self.finding(entry, first_statement(entry, case, fact), message, hint)


def _value(facts: FactsOfRecord, path: FactPath) -> str:
    chosen = facts[path].chosen

    return f"({chosen.value}{f' {chosen.unit}' if chosen.unit else ''})" if chosen else ""


class SharedFigures(PackageRule):
    """Figures that two cases share are stated by both, and both name them."""

    code, name, layer = "POL020", "shared-figures", Layer.POLICY

    def run(self) -> Iterator[Finding]:
        """Look for shared figures that one of two cases lacks."""
        cases = {entry.id: case for entry, case in self.context.sound_cases()}
        for entry, case in self.context.sound_cases():
            for index, relation in enumerate(case.relations):
                if not relation.shared:
                    continue
                path = ("relations", index, "shared")
                other = cases.get(relation.case or "")
                if relation.type is not RelationType.JOINT_WITH:
                    message = f"cases that are related by '{relation.type}' share no figures"
                    yield self.finding(entry, path, message, "remove 'shared'")
                elif other is not None:
                    yield from self._check(entry, path, relation.shared, case, other)

    def _check(
        self, entry: Entry, path: KeyPath, shared: tuple[FactPath, ...], case: m.Case, other: m.Case
    ) -> Iterator[Finding]:
        back = {
            fact
            for relation in other.relations
            if relation.case == case.id and relation.type is RelationType.JOINT_WITH
            for fact in relation.shared
        }
        for fact in shared:
            lacking = [one.id for one in (case, other) if fact not in _outcomes(one)]
            if lacking:
                message = f"no report of '{lacking[0]}' states '{fact}'"
                yield self.finding(entry, path, message, "record it there, or remove it here")
            elif fact not in back:
                message = f"'{other.id}' does not name '{fact}' as shared with '{case.id}'"
                yield self.finding(entry, path, message, "name it there, too")


def _outcomes(case: m.Case) -> set[FactPath]:
    return {outcome.fact for report in case.reports for outcome in report.outcomes}
