"""
What a stated value allows, so that two statements can be compared.

A number allows an interval, a period an interval for its begin and one for its end, a word only
itself. Two statements agree when there is something that both allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from interpol_dataset.values.edtf import Edtf
    from interpol_dataset.values.quantity import Quantity

__all__ = ["Extent"]

_UNBOUNDED: Final = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Extent:
    """
    The values that a statement allows.

    :param word: A word that has to be met exactly; empty for numbers and dates.
    :param intervals: Closed intervals, all of which have to be met.
    """

    word: str = ""
    intervals: tuple[tuple[Decimal, Decimal], ...] = ()

    @classmethod
    def of_word(cls, word: str) -> Self:
        """Return the extent of a term of a vocabulary."""
        return cls(word=word)

    @classmethod
    def of_quantity(cls, quantity: Quantity, factor: Decimal = Decimal(1)) -> Self:
        """
        Return the extent of a number.

        :param factor: What one of its unit is in the unit of comparison.
        """
        upper = _UNBOUNDED if quantity.upper is None else quantity.upper * factor

        return cls(intervals=((quantity.lower * factor, upper),))

    @classmethod
    def of_date(cls, date: Edtf) -> Self:
        """Return the extent of a date or period, in days."""
        return cls(
            intervals=tuple(
                (Decimal(first.toordinal()), Decimal(last.toordinal()))
                for first, last in (date.start, date.end)
            )
        )

    @property
    def width(self) -> Decimal:
        """How much room the statement leaves; the more precise, the less."""
        return sum((high - low for low, high in self.intervals), start=Decimal(0))

    def meet(self, other: Extent) -> Extent | None:
        """Return what both statements allow; none where they contradict each other."""
        if self.word != other.word:
            return None

        common = tuple(
            (max(low, other_low), min(high, other_high))
            for (low, high), (other_low, other_high) in zip(
                self.intervals, other.intervals, strict=True
            )
        )

        return None if any(low > high for low, high in common) else Extent(self.word, common)

    def within(self, other: Extent) -> bool:
        """Return whether all that this statement allows is allowed by the other too."""
        return self.meet(other) == self
