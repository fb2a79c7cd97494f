"""
Quantities as sources state them.

A release says "nearly 1,000" or "more than 720", and the difference matters. So a quantity keeps
the hedge, in a short notation that stands for bounds.

| notation | said as | bounds | point |
| --- | --- | --- | --- |
| `975` | 975 | 975 to 975 | 975 |
| `~1000` | about, some | 900 to 1100 | 1000 |
| `>=1000` | at least | 1000 and up | 1000 |
| `>1000` | more than, over | 1000 and up | 1000 |
| `<=1000` | up to | 0 to 1000 | 1000 |
| `<1000` | nearly, almost | 900 to 1000 | 1000 |
| `900..1000` | between | 900 to 1000 | none |

In the tables, bounds of things that are counted are whole numbers: about 42 arrests are 38 to 46.
Bounds include their ends, since retellings drop hedges: "more than 720" may well be 720.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final, Self

from interpol_dataset.errors import NotationError

_NUMBER: Final = r"(?:0|[1-9][0-9]{0,17})(?:\.[0-9]+)?"

#: What a quantity looks like, as an anchored regular expression that every dialect understands.
PATTERN: Final = rf"^(?:(?:~|>=|>|<=|<)?{_NUMBER}|{_NUMBER}\.\.{_NUMBER})$"

_HEDGED: Final = re.compile(rf"(?P<hedge>~|>=|>|<=|<)?(?P<number>{_NUMBER})")
_RANGE: Final = re.compile(rf"(?P<low>{_NUMBER})\.\.(?P<high>{_NUMBER})")

#: "About" and "nearly" allow for this share of the number.
_TOLERANCE: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Quantity:
    """
    A number as a source states it, with the bounds it stands for.

    ``Quantity.parse("~1000")`` has the notation ``~1000``, the point 1000 and the bounds 900 and
    1100.

    :param point: The number that was said; none for a range.
    :param lower: The least value that the notation allows.
    :param upper: The greatest value that the notation allows; ``None`` if there is no limit.
    """

    notation: str
    point: Decimal | None
    lower: Decimal
    upper: Decimal | None

    @classmethod
    def parse(cls, text: str | float) -> Self:
        """
        Read a quantity from its notation, or from a plain number.

        :raises NotationError: The text is not a quantity.
        """
        notation = _plain(text) if isinstance(text, (int, float)) else text
        if match := _HEDGED.fullmatch(notation):
            return cls.hedged(match["hedge"] or "", Decimal(match["number"]))
        if match := _RANGE.fullmatch(notation):
            low, high = Decimal(match["low"]), Decimal(match["high"])
            if low < high:
                return cls.ranged(low, high)
            msg = f"the range {notation!r} does not rise"
            right = canonical(low) if low == high else f"{canonical(high)}..{canonical(low)}"
            raise NotationError(msg, hint=f"write {right}")
        msg = f"{notation!r} is not a quantity"
        raise NotationError(
            msg, hint="write 975, '~1000', '>=1000', '>1000', '<=1000', '<1000' or '900..1000'"
        )

    @classmethod
    def ranged(cls, low: Decimal, high: Decimal) -> Self:
        """Make a range, of numbers that may be larger than any that is written."""
        return cls(f"{canonical(low)}..{canonical(high)}", None, low, high)

    @classmethod
    def hedged(cls, hedge: str, number: Decimal) -> Self:
        """Make a quantity of a number, which may be larger than any that is written."""
        margin = number * _TOLERANCE
        bounds: dict[str, tuple[Decimal, Decimal | None]] = {
            "": (number, number),
            "~": (number - margin, number + margin),
            ">=": (number, None),
            ">": (number, None),
            "<=": (Decimal(0), number),
            "<": (number - margin, number),
        }
        return cls(f"{hedge}{canonical(number)}", number, *bounds[hedge])

    @property
    def sign(self) -> str:
        """The sign of its hedge: ``~``, ``>=``, ``>``, ``<=``, ``<``, ``..``, or none."""
        return ".." if self.point is None else self.notation.rstrip("0123456789.")

    @property
    def whole(self) -> Quantity:
        """The same of things that come whole: about 42 arrests are at least 38, not 37.8."""
        lower = self.lower.to_integral_value(ROUND_CEILING)
        upper = None if self.upper is None else self.upper.to_integral_value(ROUND_FLOOR)
        if upper is not None and upper < lower:  # half a thing, or so
            return self
        return replace(self, lower=lower, upper=upper)

    def __str__(self) -> str:
        return self.notation

    def plain(self) -> int | float | str:
        """Return a plain number where there is no hedge, as a person would write it."""
        if self.notation != canonical(self.lower):
            return self.notation
        if self.lower == int(self.lower):
            return int(self.lower)
        number = float(self.lower)
        return number if _plain(number) == self.notation else self.notation


def _plain(number: float) -> str:
    """Write a number without an exponent."""
    return f"{Decimal(repr(number)):f}"


def canonical(number: Decimal) -> str:
    """Return a number as a quantity has it: without trailing zeros and without an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
