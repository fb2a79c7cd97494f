"""
The rule on totals of operations that are parts of others.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, PackageRule
from interpol_dataset.schema.vocabulary import RelationType, TotalBasis
from interpol_dataset.totals.ancestry import above
from interpol_dataset.totals.cases import KnownCase, counted_in, known_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.totals.total import Total

#: How far a stated total without an upper limit is taken to reach, as a multiple of the number.
_REACH: Final = Decimal("1.5")


class TotalFitsWhole(PackageRule):
    """The total of an operation is no larger than that of the operation that it is a part of."""

    code, name, layer = "POL027", "total-fits-whole", Layer.POLICY
    excusable = True
    judges_with = frozenset({"categories", "metrics", "objects", "organizations"})

    def run(self) -> Iterator[Finding]:
        """Look for totals that are larger than the one in which they are counted."""
        known: dict[str, KnownCase] = {}
        for entry, case in self.context.sound_cases():
            for index, relation in enumerate(case.relations):
                if relation.type is RelationType.PART_OF:
                    for id_ in (case.id, *above(case.id, self._whole_of)):
                        if id_ not in known and (found := self._known(id_)):
                            known[id_] = found
                    yield from self._check(entry, index, known)

    @cached_property
    def _cases(self) -> dict[str, m.Case]:
        return {case.id: case for _, case in self.context.records(m.Case)}

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        return {item.id: item.parent for _, item in self.context.records(m.Category)}

    def _whole_of(self, id_: str) -> str | None:
        relations = self._cases[id_].relations if id_ in self._cases else ()

        return next((item.case for item in relations if item.type is RelationType.PART_OF), None)

    def _known(self, id_: str) -> KnownCase | None:
        """Return a case with its totals."""
        case, facts = self._cases.get(id_), self.context.facts_of(id_)
        if case is None or facts is None:
            return None
        area = [case.categories[0], *above(case.categories[0], self._parents.get)][-1]

        return known_case(case, area, facts, self.context.metrics.values(), self.context.catalogue)

    def _check(self, entry: Entry, index: int, known: dict[str, KnownCase]) -> Iterator[Finding]:
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
                hint = f"correct one; or write part: true beside what is only a part of '{id_}'"
                yield self.finding(entry, ("relations", index, "case"), message, hint)


def _limit(whole: Total) -> Decimal:
    """Return how large a part of a total can be."""
    amount = whole.amount
    if amount.upper is not None:
        return amount.upper

    return amount.point * _REACH if whole.basis is TotalBasis.STATED else amount.point
