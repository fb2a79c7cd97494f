"""Rules on figures that are parts of others, and on cases that are."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.agreement import Amount
from interpol_dataset.findings import Fix
from interpol_dataset.records import models as m
from interpol_dataset.rules.facts import first_statement
from interpol_dataset.rules.figures import outcomes_of
from interpol_dataset.rules.hints import fact_meant
from interpol_dataset.rules.rule import Breach, Breaches, fact_rule, package_rule, record_rule
from interpol_dataset.schema.vocabulary import RelationType, TotalBasis, above
from interpol_dataset.totals.cases import KnownCase, counted_in
from interpol_dataset.totals.containment import Impossible, containment, place_steps
from interpol_dataset.totals.figures import dollars_of, figures_of
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.evidence.facts import FactsOfRecord
    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context
    from interpol_dataset.totals.containment import Containment
    from interpol_dataset.totals.total import Total

#: How many shares of other countries a message names.
_MAX_SHARES: Final = 4
#: "More than 500" is no longer said of so many times 500.
_FAR_MORE: Final = 2
#: How far a stated total without an upper limit is taken to reach, as a multiple of the number.
_REACH: Final = Decimal("1.5")


@record_rule("MNG031", "named-part", m.Case, needs=("reports",))
def named_part(entry: Entry, record: m.Case, _context: Context) -> Breaches:
    """A name tells a part from others of the same figure."""
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
            hint = "remove the name, or write part: true if this is only a part"
            yield Breach(entry, path, "a total has no name", hint)
        elif len(parts[_whole(outcome.fact)]) == 1:
            message = "no other part of this figure is known, so it needs no name"
            yield Breach(entry, path, message, "remove it", fix=Fix(path))


def _whole(fact: FactPath) -> str:
    """Return the path of the figure that a figure is a part of."""
    return fact.removesuffix(fact.part)


@fact_rule("POL018", "needed-part", judges_with=("metrics", "objects"))
def needed_part(entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context) -> Breaches:
    """
    An entry in `parts` is about figures of one metric, and says something that the rule doesn't.
    """
    stated, outcomes = case.wholes, [other for other in facts if other.kind == "outcomes"]
    # The model sorts entries; places follow the file.
    for index, item in enumerate(entry.data["parts"] if case.parts else ()):
        fact, path = FactPath(item["fact"]), ("parts", index)
        named = (("fact", fact), ("of", stated[fact]))
        if unknown := next(((key, it) for key, it in named if it and it not in outcomes), None):
            hint = fact_meant(unknown[1], outcomes)
            yield Breach(entry, (*path, unknown[0]), f"no report states '{unknown[1]}'", hint)
        elif fault := _fault_of_part(context, facts, stated, fact):
            key, message, hint = fault
            fix = None if key else Fix(path)
            yield Breach(entry, (*path, *key), message, hint, fix=fix)


def _fault_of_part(
    context: Context,
    facts: FactsOfRecord,
    stated: Mapping[FactPath, FactPath | None],
    fact: FactPath,
) -> tuple[tuple[str, ...], str, str] | None:
    whole = stated[fact]
    if whole is not None and whole.member != fact.member:
        message = f"'{whole}' is of another metric than '{fact}'"
        return ("of",), message, "name a figure of the same metric"
    if _lies_in_itself(fact, stated):
        return ("of",), f"'{fact}' would be a part of itself", "name another figure, or none"
    others = {other: of for other, of in stated.items() if other != fact}
    if _effect(context, facts, stated) == _effect(context, facts, others):
        return (), f"the rule says the same of '{fact}'", "remove the entry"
    return None


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


@fact_rule("POL019", "part-fits-whole", excusable=True, judges_with=("metrics", "objects"))
def part_fits_whole(entry: Entry, case: m.Case, facts: FactsOfRecord, context: Context) -> Breaches:
    """A part is not larger than its whole, and an amount is the same in two currencies."""
    contained = _contained(context, facts, case.wholes)
    for item in (*contained.impossible, *_beyond_hedge(facts, contained)):
        yield _impossible(entry, case, facts, item)


def _beyond_hedge(facts: FactsOfRecord, contained: Containment) -> Iterator[Impossible]:
    """Return parts that are far more than a whole that only says "at least"."""
    for path, member in contained.members.items():
        if member.whole is None or path.currency != member.whole.currency:
            continue
        part, whole = (_amount(facts, fact) for fact in (path, member.whole))
        if part and whole and whole.hedge and part.low > _FAR_MORE * whole.high:
            known = Impossible(path, member.whole)
            if known not in contained.impossible:
                yield known


def _amount(facts: FactsOfRecord, path: FactPath) -> Amount | None:
    chosen = facts[path].chosen
    return chosen.stated if chosen and isinstance(chosen.stated, Amount) else None


def _impossible(entry: Entry, case: m.Case, facts: FactsOfRecord, item: Impossible) -> Breach:
    fact, whole, shares = item
    same = place_steps(fact, whole) == frozenset() and fact.object == whole.object
    what = "is another amount than" if same else "is more than"
    part, total = (f"'{path}' {_value(facts, path)}" for path in (fact, whole))
    if shares:
        others = [f"'{other}' {_value(facts, other)}" for other in shares[:_MAX_SHARES]]
        rest = len(shares) - len(others)
        part = listed([part, *others, *([f"{rest} more"] if rest else [])])
        what = "are together more than"
    message = f"{part} {what} {total}"
    hint = (
        "correct one; or write part: true next to what is only a part (and a part_name next to a "
        f"second one); or say in 'parts' that '{fact}' is part of another figure, or of none "
        "where it is counted apart from the total"
    )

    return Breach(entry, first_statement(entry, case, fact), message, hint)


def _value(facts: FactsOfRecord, path: FactPath) -> str:
    chosen = facts[path].chosen
    return f"({chosen.value}{f' {chosen.unit}' if chosen.unit else ''})" if chosen else ""


@package_rule("POL020", "shared-figures")
def shared_figures(context: Context) -> Breaches:
    """Figures that two cases share are stated by both, and both name them."""
    for entry, outline in context.cases("relations"):
        for index, relation in enumerate(outline.relations):
            if not relation.shared or not context.is_sound(entry):
                continue
            path = ("relations", index, "shared")
            case, other = (context.case(id_) for id_ in (entry.id, relation.case or ""))
            if relation.type is not RelationType.JOINT_WITH:
                message = f"cases that are related by '{relation.type}' share no figures"
                yield Breach(entry, path, message, "remove 'shared'")
            elif case is not None and other is not None:
                yield from _check_shared(entry, path, relation.shared, case, other)


def _check_shared(
    entry: Entry, path: KeyPath, shared: tuple[FactPath, ...], case: m.Case, other: m.Case
) -> Breaches:
    back = {
        fact
        for relation in other.relations
        if relation.case == case.id and relation.type is RelationType.JOINT_WITH
        for fact in relation.shared
    }
    stated = {one.id: {item.fact for _, item in outcomes_of(one)} for one in (case, other)}
    for fact in shared:
        lacking = [id_ for id_, facts in stated.items() if fact not in facts]
        if lacking:
            message = f"no report of '{lacking[0]}' states '{fact}'"
            yield Breach(entry, path, message, "record it there, or remove it here")
        elif fact not in back:
            message = f"'{other.id}' does not name '{fact}' as shared with '{case.id}'"
            yield Breach(entry, path, message, "name it there, too")


def _combinations(context: Context) -> object:
    """Return which metrics are worked out from others, so that cases have totals of them."""
    return sorted((metric.id, metric.combines) for metric in context.metrics.values())


@fact_rule(
    "POL027",
    "total-fits-whole",
    excusable=True,
    judges_with=("categories", "metrics", "objects"),
    basis=_combinations,
)
def total_fits_whole(
    entry: Entry, case: m.Case, _facts: FactsOfRecord, context: Context
) -> Breaches:
    """The total of an operation is not larger than that of the operation it is part of."""
    for index, relation in enumerate(case.relations):
        if relation.type is RelationType.PART_OF:
            ids = (case.id, *above(case.id, context.whole_of))
            known = {id_: totals for id_ in ids if (totals := context.totals_of(id_))}
            yield from _check(entry, index, known)


def _check(entry: Entry, index: int, known: dict[str, KnownCase]) -> Breaches:
    part = known.get(entry.id or "")
    seen = set()
    for key, total in part.totals.items() if part else ():
        id_ = counted_in(key, part, known) if part else None
        whole = known[id_].totals[key] if id_ else None
        if whole and total.amount.lower > _limit(whole) and total.facts not in seen:
            seen.add(total.facts)
            what = f"{key.metric}{f'/{key.object}' if key.object else ''}"
            message = (
                f"'{what}' ({total.amount.text}) is more than in '{id_}' "
                f"({whole.amount.text}), of which this is a part"
            )
            hint = f"correct one; or write part: true next to what is only a part of '{id_}'"
            yield Breach(entry, ("relations", index, "case"), message, hint)


def _limit(whole: Total) -> Decimal:
    amount = whole.amount
    if amount.upper is not None:
        return amount.upper
    return amount.point * _REACH if whole.basis is TotalBasis.STATED else amount.point
