"""
Which value a fact takes, who supports it, and when two stated values agree.

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

Here g is the unit of the last significant digit of n: 10 for 720, 1 for 41. A number that starts
with 1 and has only zeros after it is nearly reached from one digit lower: g is 100 for "nearly
1,000", or 3 would be nearly 1,000. A range has no point; it lies in a room if both its ends do.

A point is held against a room, never room against room: otherwise about 41 would agree with
about 50. The room says what a second source may tell without contradicting the first. It is not
the bound of the value, which stays open for "more than".

**Periods** agree when their beginnings can be the same day and their ends too; one that lies in
the other neither agrees with it nor contradicts it. **Days** and **words** agree when they are
equal.

The finer of two numbers has the smaller unit in its last significant digit: 19,973 is finer than
20,000. A hedge does not count, so a number that only lost its hedge is not finer. The finer of two
periods leaves fewer days open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from interpol_dataset.schema.vocabulary import Status
from interpol_dataset.values.edtf import Edtf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.evidence.parties import Hearing, Party
    from interpol_dataset.evidence.testimony import Standing, Testimony
    from interpol_dataset.values.quantity import Quantity


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

    :param low: The number that was stated; the lower end of a range.
    :param high: The same number; the upper end of a range.
    :param hedge: The sign in front of the number, ``..`` for a range; empty for an exact number.
    :param grain: The unit of the last significant digit; the width of a range.
    :param is_count: Whether it counts things instead of measuring something.
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

        number = quantity.point * scale

        return cls(
            number, number, quantity.sign, _last_digit(quantity.point) * scale, factor is None
        )

    def admits(self, number: Decimal) -> bool:
        """Return whether a number lies in the room that the hedge leaves."""
        point, grain, margin = self.low, self.grain, self.low * _TOLERANCE

        match self.hedge:
            case "~":
                return point - margin <= number <= point + margin
            case ">" | ">=":
                return point <= number < point + max(grain, margin)
            case "<":
                return point - max(self._step_down, margin) <= number <= point
            case "<=":
                return _ZERO <= number <= point
            case _:
                return self.low <= number <= self.high

    @property
    def _step_down(self) -> Decimal:
        """The unit of the last digit of the numbers just below, which differs for 10, 100, ..."""
        grain = self.grain

        return grain * _TOLERANCE if grain == self.low else grain


#: What a source states: a number, a period, a day, or a term of a vocabulary.
Stated: TypeAlias = Amount | Edtf | date | str


def agree(one: Stated, other: Stated) -> bool:
    """Return whether two stated values can be of one and the same fact."""
    if one == other:
        return True

    match one, other:
        case Amount(), Amount():
            return _amounts_agree(one, other)
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


def _amounts_agree(one: Amount, other: Amount) -> bool:
    return _lies_in(one, other) or _lies_in(other, one) or _is_rounded(one, other)


def _lies_in(one: Amount, other: Amount) -> bool:
    return other.admits(one.low) and other.admits(one.high)


def _is_rounded(one: Amount, other: Amount) -> bool:
    """Return whether one of two numbers is the other rounded or cut off."""
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
    """Return the unit of the last digit of a number that is not zero."""
    exponent = number.normalize().as_tuple().exponent

    return _ONE.scaleb(exponent) if isinstance(exponent, int) else _ONE


def _lies_within(one: Edtf, other: Edtf) -> bool:
    """Return whether a period is sure to lie in another."""
    return other.start[0] <= one.start[0] and one.end[1] <= other.end[1]


def _meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Return whether two spans of days have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def _days(span: tuple[date, date]) -> int:
    return (span[1] - span[0]).days


#: How much a status says, to choose among words that do not contradict each other.
_STRENGTH: Final = {Status.CORROBORATED: 3, Status.DOCUMENTED: 2, Status.REPORTED: 1}


@dataclass(frozen=True, slots=True)
class Choice:
    """
    A value, and which parties support it.

    :param testimony: The testimony that gives the value.
    :param supporters: The parties that support it, each with what of it does.
    """

    testimony: Testimony | None
    supporters: tuple[Party, ...] = ()

    @property
    def observers(self) -> int:
        """How many observers support the value in their own voice; one if all is hearsay."""
        heard = {party.observer for party in self.supporters if party.is_heard}

        return len(heard) or min(len(self.supporters), 1)

    @property
    def read(self) -> Standing | None:
        """The best that was read of those who support the value."""
        heard = [party for party in self.supporters if party.is_heard]

        return min((party.standing for party in heard or self.supporters), default=None)


def status_of_support(choice: Choice) -> Status:
    """Return the status of a value that nobody contradicts."""
    read = choice.read
    if read is None:
        return Status.UNVERIFIED
    if choice.observers > 1:
        return Status.CORROBORATED

    return Status.DOCUMENTED if read.is_text else Status.REPORTED


def preferred_testimony(hearing: Hearing, prefer: str | None) -> Testimony | None:
    """Return what the preferred source says, if it says anything that counts."""
    everybody = (*hearing.parties, *hearing.bystanders)

    return next(
        (item for party in everybody for item in party.members if item.source.id == prefer), None
    )


def best_value(hearing: Hearing) -> Testimony | None:
    """Return the voice of the best party, or a finer one that agrees with it."""
    candidates = hearing.heard or hearing.told
    if len(candidates) == 1:
        return candidates[0].voice
    best = min(candidates, key=lambda party: party.preference, default=None)
    if best is None or not best.consistent:
        return best.voice if best else None

    finer = [
        party
        for party in candidates
        if party.standing <= best.standing and is_finer(party.voice, best.voice)
    ]

    return min(
        finer, key=lambda party: (grain(party.voice.stated), party.preference), default=best
    ).voice


def is_finer(item: Testimony, than: Testimony) -> bool:
    """Return whether one testimony says the same as another, exactly and more finely."""
    value, other = item.stated, than.stated

    return not is_hedged(value) and grain(value) < grain(other) and agree(value, other)


def strongest_word(hearing: Hearing) -> Testimony | None:
    """Return the word that would have the strongest status, in the voice of its best party."""
    if not hearing.parties:
        return best_value(hearing)

    def order(said: tuple[Party, Testimony]) -> tuple[object, ...]:
        party, item = said
        strength = _strength(backers(hearing, item.value))

        return -strength, party.preference, item is not party.voice, item.preference

    said = [(party, item) for party in hearing.parties for item in party.speakers]
    _, chosen = min(said, key=order) if len(said) > 1 else said[0]

    return chosen


def earliest_day(hearing: Hearing) -> Testimony | None:
    """Return the earliest day that those give who are nearest to their own words."""
    nearest = min((party.standing for party in hearing.told), default=None)
    days = [item for party in hearing.told if party.standing is nearest for item in party.speakers]

    return min(days, key=lambda item: (item.value, item.preference), default=None)


def backers(hearing: Hearing, value: object) -> tuple[Party, ...]:
    """
    Return the parties that support one of several values which do not contradict each other.

    They are those that say only this, or one that says this and more if it is stronger alone.
    """
    single = tuple(
        party for party in hearing.parties if party.consistent and party.voice.value == value
    )
    divided = [
        (_saying(party, item),)
        for party in hearing.parties
        for item in party.speakers
        if not party.consistent and item.value == value
    ]

    return max([single, *divided], key=_strength)


def _strength(supporters: tuple[Party, ...]) -> int:
    return _STRENGTH.get(status_of_support(Choice(None, supporters)), 0)


def _saying(party: Party, item: Testimony) -> Party:
    """Return a party as if it said nothing but this."""
    return replace(party, standing=item.standing, speakers=(item,), voice=item, consistent=True)


def or_own_party(
    hearing: Hearing, chosen: Testimony, supporters: tuple[Party, ...]
) -> tuple[Party, ...]:
    """Return the supporters, or the party of a preferred testimony that nobody's voice supports."""
    return supporters or tuple(
        _saying(party, chosen) for party in hearing.parties if chosen in party.members
    )


def opponents_of(
    hearing: Hearing, chosen: Testimony, supporters: tuple[Party, ...]
) -> Iterator[Party]:
    """Yield the parties that contradict the value or a party that supports it, or themselves."""
    if not hearing.heard:
        yield from (party for party in hearing.parties if party.contradicts_itself)

    supporting = {party.id for party in supporters}
    agreed = [party.voice for party in hearing.heard if party.id in supporting]
    for party in hearing.heard:
        against = agreed if party.id in supporting else [chosen, *agreed]
        if any(contradict(party.voice.stated, item.stated) for item in against):
            yield party


def is_same(one: Testimony, other: Testimony) -> bool:
    """Return whether what two testimonies say agrees."""
    return one is other or agree(one.stated, other.stated)
