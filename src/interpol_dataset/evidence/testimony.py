"""
What sources say, whose text it is, and when two stated values agree.

**Numbers** agree when one of these holds:

- They have the same point: "more than 720" and 720 are one figure, of which one lost its hedge.
- One is the other rounded or cut off. They differ by less than one unit of the coarser number's
  last significant digit, and by at most 5 % of it. Counts are rounded from 100 up only; 40 and 39
  countries are two figures. Rounding does not go against a hedge: 116 is not "more than 120", nor
  1,040 "nearly 1,000".
- The point of one lies in the room that the hedge of the other leaves.

| notation | said as | room |
| --- | --- | --- |
| `~n` | about | 10 % either way |
| `>n`, `>=n` | more than, at least | from n up to, not including, the greater of n + g and 1.1 n |
| `<n` | nearly | down to the lesser of n - g and 0.9 n |
| `<=n` | up to | from 0 to n |
| `a..b` | between | from a to b |

Here g is the unit of the last significant digit of n: 10 for 720, 1 for 41. For a 1 with only zeros
after it, g is the unit of the digit below: 100 for 1,000. A range has no point; it lies in a room
if both its ends do. A point is held against a room, never room against room: otherwise about 41
would agree with about 50.

**Periods** agree when their beginnings can be the same day and their ends too; one that lies in
the other neither agrees with it nor contradicts it. **Days** and **words** agree when they are
equal.

The finer of two numbers has the smaller unit in its last significant digit, whatever its hedge:
19,973 is finer than 20,000. The finer of two periods leaves fewer days open.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import IntEnum
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

from interpol_dataset.records import models as m
from interpol_dataset.schema.vocabulary import FACTORS, Read, SourceKind, Stage, Valuation, topmost
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


_ONE: Final = Decimal(1)
_ZERO: Final = Decimal(0)
#: How much "about" leaves either way, and how far "more than" and "nearly" reach at least.
_TOLERANCE: Final = Decimal("0.1")
#: How far a rounded number may be from the number it was made of, as a share of the rounded one.
_ROUNDING: Final = Decimal("0.05")
#: The hedge of a range.
RANGE: Final = ".."
#: Counts below this are not rounded.
_ROUNDED_FROM: Final = 100


@dataclass(frozen=True, slots=True)
class Amount:
    """
    A quantity in the unit in which it is compared.

    :param hedge: The sign in front of the number, ``..`` for a range; empty for an exact number.
    :param grain: The unit of the last significant digit; the width of a range.
    """

    low: Decimal
    high: Decimal
    hedge: str
    grain: Decimal
    is_count: bool

    @classmethod
    def of(cls, quantity: Quantity, factor: Decimal | None = None) -> Self:
        """
        Return a quantity in the unit of comparison.

        :param factor: What one of its unit is in the unit of comparison; none for a count.
        """
        scale = _ONE if factor is None else factor
        if quantity.point is None:
            low, high = quantity.lower * scale, (quantity.upper or quantity.lower) * scale
            return cls(low, high, RANGE, high - low, factor is None)
        number, grain = quantity.point * scale, _last_digit(quantity.point) * scale
        return cls(number, number, quantity.sign, grain, factor is None)

    def admits(self, number: Decimal) -> bool:
        """Return whether a number lies in the room that the hedge leaves."""
        point, grain, margin = self.low, self.grain, self.low * _TOLERANCE
        match self.hedge:
            case "~":
                return point - margin <= number <= point + margin
            case ">" | ">=":
                return point <= number < point + max(grain, margin)
            case "<":
                # The numbers just below 10, 100, ... have a finer last digit.
                step = grain * _TOLERANCE if grain == point else grain
                return point - max(step, margin) <= number <= point
            case "<=":
                return _ZERO <= number <= point
            case _:
                return self.low <= number <= self.high


#: What a source states: a number, a period, a day, or a term of a vocabulary.
Stated: TypeAlias = Amount | Edtf | date | str


def agree(one: Stated, other: Stated) -> bool:
    """Return whether two stated values can be of one and the same fact."""
    if one == other:
        return True
    match one, other:
        case Amount(), Amount():
            return _lies_in(one, other) or _lies_in(other, one) or _is_rounded(one, other)
        case Edtf(), Edtf():
            return _meet(one.start, other.start) and _meet(one.end, other.end)
        case _:
            return False


def contradict(one: Stated, other: Stated) -> bool:
    """Return whether only one of two stated values can be true."""
    if isinstance(one, Edtf) and isinstance(other, Edtf):
        return not (agree(one, other) or _lies_within(one, other) or _lies_within(other, one))
    return not agree(one, other)


def grain(value: Stated) -> Decimal:
    """Return how coarse a value is; the finer of two has the smaller grain."""
    match value:
        case Amount():
            return value.grain
        case Edtf():
            return Decimal(_days(value.start) + _days(value.end))
        case _:
            return _ZERO


def is_hedged(value: Stated) -> bool:
    """Return whether a number was stated with a hedge or as a range."""
    return isinstance(value, Amount) and bool(value.hedge)


def _lies_in(one: Amount, other: Amount) -> bool:
    return other.admits(one.low) and other.admits(one.high)


def _is_rounded(one: Amount, other: Amount) -> bool:
    if RANGE in {one.hedge, other.hedge}:
        return False
    if one.is_count and min(one.low, other.low) < _ROUNDED_FROM:
        return False
    coarse = max(one, other, key=lambda amount: (amount.grain, amount.low))
    if coarse.hedge.startswith((">", "<")):  # rounding the other way would go against it
        return False
    difference = abs(one.low - other.low)
    return difference < coarse.grain and difference <= coarse.low * _ROUNDING


def _last_digit(number: Decimal) -> Decimal:
    exponent = number.normalize().as_tuple().exponent
    return _ONE.scaleb(exponent) if isinstance(exponent, int) else _ONE


def _lies_within(one: Edtf, other: Edtf) -> bool:
    """Return whether a period is sure to lie in another."""
    return other.start[0] <= one.start[0] and one.end[1] <= other.end[1]


def _meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _days(span: tuple[date, date]) -> int:
    return (span[1] - span[0]).days


class Standing(IntEnum):
    """How near a testimony is to the words of its asserter, nearest first."""

    DOCUMENT = 0
    COPY = 1
    QUOTE = 2
    RETELLING = 3

    @property
    def is_text(self) -> bool:
        """Whether the very text of the asserter was read."""
        return self <= Standing.COPY

    @property
    def read(self) -> Read:
        """The word for it in tables."""
        return Read(self.name.lower())


def standing_of(source: m.Source) -> Standing:
    """Return how near what a source says is to its asserter's words, if it says it on its own."""
    if source.text_of is not None:
        return Standing.COPY
    if source.kind.is_document or source.publisher in whose(source):
        return Standing.DOCUMENT
    return Standing.RETELLING


def carries_text(source: m.Source) -> bool:
    """Return whether a source is a body's own text, or of the kind that copies one."""
    return standing_of(source).is_text or source.kind is SourceKind.COPY


def whose(source: m.Source) -> tuple[str, ...]:
    """Return whose text a source carries, as far as it says so itself."""
    return (source.text_of or source.asserter, *source.issued_with)


def read_as(id_: str, sources: Mapping[str, m.Source]) -> m.Source:
    """
    Return a source, with the bodies whose text it is where it carries another source's text.

    What shares its text with a document is a copy of it; what shares it with a page that only
    retells is one retelling with that.
    """

    def same_text(id_: str) -> str | None:
        shared = sources[id_].same_text
        return shared if shared in sources else None

    source, first = sources[id_], sources[topmost(id_, same_text)]
    if source is first:
        return source

    body, *others = whose(first)
    is_copy = standing_of(first).is_text and body != source.publisher

    text_of = body if is_copy else None
    bodies = {"text_of": text_of, "asserter": body, "issued_with": tuple(others)}
    return source.model_copy(update=bodies)


#: The fact that there is such a case at all, and what every report says of it.
EXISTS: Final = FactPath("exists")
DESCRIBED: Final = "described"
#: The metrics of what the crime did, before any action against it.
_HARM: Final = frozenset({"losses", "victims-harmed"})
#: What a claim, a challenge or a lesson asserts.
STATEMENT: Final = FactPath("statement")
#: What a report says of a country, and of its list of them.
LISTED: Final = "listed"
NOT_LISTED: Final = "not listed"
USED: Final = "used"
COUNTRIES: Final = FactPath("countries")
COMPLETE: Final = "complete"
EXAMPLES: Final = "examples"
#: What a source says of goods that were to be given up.
ORDERED: Final = "ordered"
_OF_OUTCOMES: Final = ("unit", "note", "said_as", "stage", "as_of", "valuation")
_RANK: Final = {kind: rank for rank, kind in enumerate(SourceKind)}


@dataclass(frozen=True)
class Testimony:
    """
    What one source says about one fact.

    :param attributed_to: On whose word the source repeats it, where not on its asserter's.
    :param own_count: Whether it shows that its party counted or saw it happen.
    :param position: Its number among the record's statements, from 1; ``None`` if another
        statement implies it.
    :param evaluates: Whether it is an evaluation from outside; ``None`` if that is not said.
    :param drift_metric: The metric under which it retells the figure of the fact, where that is
        another than the fact's.
    :param as_of: The day or month up to which the source counts.
    :param hearsay: Whether only another body can know it: of a verdict, the court.
    :param asserters: Whose text it is; several for a joint text.
    :param stated: The value in the unit of comparison.
    :param standing: Whether it is its party's own document, a copy of one, a quotation or a
        retelling.
    """

    path: FactPath
    source: m.Source
    value: Quantity | Edtf | date | str
    unit: str | None = None
    attributed_to: str | None = None
    own_count: bool = False
    locator: str | None = None
    note: str | None = None
    position: int | None = None
    evaluates: bool | None = None
    drift_metric: str | None = None
    said_as: str | None = None
    stage: Stage | None = None
    as_of: Edtf | None = None
    valuation: Valuation | None = None
    hearsay: bool = False
    asserters: tuple[str, ...] = field(init=False, compare=False, repr=False)
    stated: Stated = field(init=False, compare=False, repr=False)
    standing: Standing = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Work out what follows from the rest, and is looked at often."""
        object.__setattr__(self, "stated", self._stated())
        object.__setattr__(self, "asserters", whose(self.source))
        object.__setattr__(self, "standing", self._standing())

    @property
    def on_word_of(self) -> tuple[str, ...]:
        """Who says so."""
        return self.asserters if self.attributed_to is None else (self.attributed_to,)

    @property
    def counts(self) -> bool:
        """Whether the source is of a kind that counts for a fact."""
        return self.source.kind.counts

    def _stated(self) -> Stated:
        if isinstance(self.value, Quantity):
            return Amount.of(self.value, FACTORS.get(self.unit or ""))
        return self.value

    def _standing(self) -> Standing:
        own = standing_of(self.source)
        if self.hearsay:
            return Standing.RETELLING
        if self.attributed_to is None:
            return own
        return min(own, Standing.QUOTE) if self.attributed_to in self.asserters else Standing.QUOTE

    @property
    def published(self) -> date:
        """The first day on which it can have been published; undated comes before all others."""
        published = self.source.published
        return (published and published.earliest) or date.min

    @property
    def preference(self) -> tuple[int, int, str]:
        """A key that sorts testimonies by the rank of their kind, latest first."""
        return _RANK[self.source.kind], -self.published.toordinal(), self.source.id


def testimonies_of(record: m.Model, sources: Mapping[str, m.Source]) -> list[Testimony]:
    """
    List what the sources of a record say.

    :param record: A case, category, challenge, lesson or claim; other records state no facts.
    :raises KeyError: A source that the record names is not among them.
    """
    match record:
        case m.Case():
            said = list(_of_case(record, sources))
            return [*said, *_not_listed(record, said)]
        case m.Category():
            return list(_of_category(record, sources))
        case m.Challenge() | m.Lesson():
            return [*_of_evidence(record.evidence, sources), *_of_links(record.cases, sources)]
        case m.Claim():
            return list(_of_evidence(record.evidence, sources))
        case _:
            return []


def _of_case(case: m.Case, sources: Mapping[str, m.Source]) -> Iterator[Testimony]:
    numbers = count(1)
    for report in case.reports:
        said = list(_of_report(report, read_as(report.source, sources), numbers))
        yield from _existence(said)
        yield from said
    # What courts did later shows nothing of the case itself.
    for told in case.proceedings:
        yield from _of_steps(told, read_as(told.source, sources), numbers)


def _existence(said: list[Testimony]) -> Iterator[Testimony]:
    """
    Yield that the case exists: all who assert anything about it attest that, too.

    It is on the word of the source itself before those whom it quotes, and of a body that it quotes
    as well before one that it only retells. The harm alone shows nothing of the case.
    """
    if all(item.path.member in _HARM for item in said):
        return
    firm = [item for item in said if item.drift_metric is None] or said
    first = min(firm, key=lambda item: (item.on_word_of[0] not in item.asserters, item.standing))
    yield Testimony(
        EXISTS,
        first.source,
        DESCRIBED,
        attributed_to=first.attributed_to,
        own_count=first.own_count,
        locator=first.locator,
    )


def _said(  # each is a part of one statement
    source: m.Source,
    numbers: Iterator[int],
    path: FactPath,
    stated: m.Stated,
    value: Quantity | Edtf | date | str,
    **more: Any,  # noqa: ANN401  # further attributes
) -> Testimony:
    word, counted, at = stated.attributed_to, stated.own_count, stated.at
    more |= {"attributed_to": word, "own_count": counted, "locator": at}
    return Testimony(path, source, value, position=next(numbers), **more)


def _of_steps(told: m.Proceedings, source: m.Source, numbers: Iterator[int]) -> Iterator[Testimony]:
    for step in told.steps:
        value = step.quantity or ORDERED
        yield _said(source, numbers, step.fact, step, value, unit=step.unit, note=step.note)


def _of_report(report: m.Report, source: m.Source, numbers: Iterator[int]) -> Iterator[Testimony]:
    say = partial(_said, source, numbers)

    for name in ("interpol_role", "period", "announced", "country_count"):
        if (stated := getattr(report, name)) is not None:
            yield say(FactPath(name), stated, stated.value, note=stated.note)
    if (countries := report.countries) is not None:
        meant = COMPLETE if countries.complete else EXAMPLES
        yield say(COUNTRIES, countries, meant, note=countries.note)
        for country in countries.list:
            yield say(FactPath(f"countries/{country}"), countries, LISTED)
    for partner in report.organizations:
        path = FactPath(f"organizations/{partner.organization}")
        yield say(path, partner, partner.role, note=partner.note)
    for means in report.tools:
        yield say(FactPath(f"tools/{means.tool}"), means, USED, note=means.note)
    for outcome in report.outcomes:
        more = {name: getattr(outcome, name) for name in _OF_OUTCOMES}
        drifted = outcome.metric if outcome.drift_of else None
        yield say(outcome.fact, outcome, outcome.value, drift_metric=drifted, **more)


def _not_listed(case: m.Case, said: list[Testimony]) -> Iterator[Testimony]:
    """Yield what complete lists imply: a country that they leave out did not take part."""
    complete = [item for item in said if item.path == COUNTRIES and item.value == COMPLETE]
    listed = {item.path for item in said if item.value == LISTED}
    lists = {report.source: report.countries for report in case.reports}
    for whole in complete:
        countries = lists[whole.source.id]
        own = {f"countries/{country}" for country in countries.list} if countries else set()
        for path in sorted(listed.difference(own)):
            yield replace(whole, path=path, value=NOT_LISTED, note=None, position=None)


def _of_category(category: m.Category, sources: Mapping[str, m.Source]) -> Iterator[Testimony]:
    if (iccs := category.iccs) is not None:
        yield Testimony(
            FactPath("iccs"), read_as(iccs.source, sources), iccs.code, locator=iccs.at, position=1
        )


def _of_evidence(
    evidence: Iterable[m.Evidence], sources: Mapping[str, m.Source]
) -> Iterator[Testimony]:
    for position, item in enumerate(evidence, 1):
        yield Testimony(
            STATEMENT,
            read_as(item.source, sources),
            item.finds,
            locator=item.at,
            note=item.note,
            position=position,
            evaluates=item.evaluates or None,
        )


def _of_links(links: Iterable[m.CaseLink], sources: Mapping[str, m.Source]) -> Iterator[Testimony]:
    for link in links:
        yield Testimony(
            FactPath(f"cases/{link.case}"),
            read_as(link.source, sources),
            link.shows,
            locator=link.at,
            note=link.note,
        )
