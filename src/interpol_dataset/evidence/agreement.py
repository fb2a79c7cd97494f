"""
When two stated values agree, and which is the finer one.

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

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from interpol_dataset.values.edtf import Edtf

if TYPE_CHECKING:
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
