"""
What a stated value allows, so that two statements can be compared.

A number allows an interval, a period an interval for its begin and one for its end, a word only
itself. Two statements agree when there is something that both allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Self, TypeAlias

from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.quantity import Quantity

__all__ = ["Interval", "Value"]

#: What a source states: a number, a date or period, a day, or a word.
Value: TypeAlias = Quantity | Edtf | date | str

_UNBOUNDED: Final = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Interval:
    """
    The values that a statement allows.

    :param word: A word that has to be met exactly; empty for numbers and dates.
    :param intervals: Closed intervals, all of which have to be met.
    """

    word: str = ""
    intervals: tuple[tuple[Decimal, Decimal], ...] = ()

    @classmethod
    def of(cls, value: Value, factor: Decimal = Decimal(1)) -> Self:
        """
        Return what a value allows.

        :param value: A number, a date or period (in days), or a word.
        :param factor: What one of a number's unit is in the unit of comparison.
        """
        match value:
            case Quantity():
                upper = _UNBOUNDED if value.upper is None else value.upper * factor
                return cls(intervals=((value.lower * factor, upper),))
            case Edtf():
                return cls(
                    intervals=tuple(
                        (Decimal(first.toordinal()), Decimal(last.toordinal()))
                        for first, last in (value.start, value.end)
                    )
                )
            case _:
                return cls(word=str(value))

    @property
    def width(self) -> Decimal:
        """How much room the statement leaves; the more precise, the less."""
        return sum((high - low for low, high in self.intervals), start=Decimal(0))

    def meet(self, other: Interval) -> Interval | None:
        """Return what both statements allow; none where they contradict each other."""
        if self.word != other.word:
            return None

        common = tuple(
            (max(low, other_low), min(high, other_high))
            for (low, high), (other_low, other_high) in zip(
                self.intervals, other.intervals, strict=True
            )
        )

        return None if any(low > high for low, high in common) else Interval(self.word, common)

    def within(self, other: Interval) -> bool:
        """Return whether all that this statement allows is allowed by the other too."""
        return self.meet(other) == self
