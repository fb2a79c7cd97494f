"""Values in words: "nearly 1,000", "400 to 500 kg", "28 June to 23 November 2022"."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from interpol_dataset.values.edtf import Edtf
    from interpol_dataset.values.fact_path import FactPath
    from interpol_dataset.values.quantity import Quantity

#: How a hedge is said before a number, by its sign.
_HEDGES: Final = {
    "": "",
    "~": "about ",
    ">=": "at least ",
    ">": "more than ",
    "<=": "up to ",
    "<": "nearly ",
}

_SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_FLAGS: Final = {"~": "about ", "?": "possibly ", "%": "possibly about "}
_OPEN: Final = frozenset({"", ".."})

#: How the name of several bodies ends.
_PLURALS: Final = ("authorities", "Forces")

#: Units that are written before the number are currencies: codes of three capitals.
_CODE: Final = 3

#: What a step of court proceedings is said to be, by what it came to and what it counts.
_STEPS: Final = {
    "charged": ("charged", "opened"),
    "convicted": ("convicted", "that ended in a conviction"),
    "acquitted": ("acquitted", "that ended in an acquittal"),
}


def cell_text(value: object) -> str:
    """Return a cell as text: nothing of an empty one, no fraction of a whole number."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def counted(count: int, one: str, many: str | None = None) -> str:
    """Write how many there are: "1 source", "1,204 sources"."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def quantity_in_words(
    quantity: Quantity,
    unit: str | None = None,
    *,
    number: Callable[[Decimal], str] | None = None,
    units: Mapping[str, str] | None = None,
) -> str:
    """
    Write a number as people do.

    :param unit: Its unit: ``kg`` and the like, or the code of a currency.
    :param number: Writes a number without hedge and unit; by default with all its digits.
    :param units: Words for units, in the plural; by default they are written as they are.
    """
    written = number or "{:,f}".format
    if quantity.point is None:
        upper = quantity.lower if quantity.upper is None else quantity.upper
        text = f"{written(quantity.lower)} to {written(upper)}"
    else:
        text = written(quantity.point)
    return f"{_HEDGES.get(quantity.sign, '')}{_with_unit(text, unit, units or {})}"


def date_in_words(period: Edtf) -> str:
    """Write a day or a period as people do: "about March 2019", "from July 2012, end not known"."""
    first, slash, last = period.notation.partition("/")
    if not slash:
        return _simple(first)
    if first in _OPEN:
        return f"until {_simple(last)}"
    if last in _OPEN:
        return f"from {_simple(first)}" + ("" if last else ", end not known")
    begin, end = _simple(first), _simple(last)
    return f"{begin if first[-1] in _FLAGS else _shortened(begin, end)} to {end}"


def _shortened(begin: str, end: str) -> str:
    """Leave out of a beginning what the end repeats: the year, and the month before it."""
    words, others = begin.split(), end.split()
    while len(words) > 1 and len(others) > 1 and words[-1] == others[-1]:
        words, others = words[:-1], others[:-1]
    return " ".join(words)


def _simple(text: str) -> str:
    flag = _FLAGS.get(text[-1], "")
    year, _, rest = text.rstrip("~?%").partition("-")
    month, _, day = rest.partition("-")
    if year.endswith("X"):
        shown = f"the {year.replace('X', '0')}s"
    elif not month or month == "XX":
        shown = year
    elif month in _SEASONS:
        shown = f"{_SEASONS[month]} {year}"
    else:
        shown = f"{calendar.month_name[int(month)]} {year}"
        if day and day != "XX":
            shown = f"{int(day)} {shown}"
    return flag + shown


def _with_unit(text: str, unit: str | None, units: Mapping[str, str]) -> str:
    if unit is None:
        return text
    if len(unit) == _CODE and unit.isupper():
        return f"{unit} {text}"
    word = units.get(unit, unit)
    return f"{text} {word.removesuffix('s') if text == '1' else word}"


def lowered(name: str) -> str:
    """Write a name in the middle of a sentence; one that begins with an abbreviation stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def listed(names: Iterable[str]) -> str:
    """Join names: a, b and c."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def possessive(name: str) -> str:
    """Return whose something is."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def part_in_words(path: FactPath) -> str:
    """Write which part a figure is of: "a part", "a part: second raid"; nothing for a total."""
    name = path.part_name
    return f"a part: {name.replace('-', ' ')}" if name else "a part" if path.is_part else ""


def step_in_words(path: FactPath, *, is_one: bool = False) -> str:
    """Write what a step of court proceedings counts, such as "convictions taken back"."""
    s = "" if is_one else "s"
    if path.member == "confiscated":
        return "in fines" if path.object == "fine" else "ordered to be given up"
    if path.member == "taken-back":
        return (
            "orders taken back" if path.object == "confiscation" else f"{path.object}{s} taken back"
        )
    of_persons, of_cases = _STEPS.get(path.member, (path.member, path.member))
    if path.object == "prosecutions":
        return f"prosecution{s} {of_cases}"
    what = {"companies": ("company", "companies")}.get(path.object or "", ("person", "persons"))
    return f"{what[not is_one]} {of_persons}"


def year_in_words(path: FactPath) -> str:
    """Write the year of a step of court proceedings, and of which group it is."""
    return f"{path.year} ({path.part_name.replace('-', ' ')})" if path.part_name else f"{path.year}"


def verb(names: Sequence[str], one: str, many: str) -> str:
    """Return the form of a verb after names: one name can be of several, "Spanish authorities"."""
    return many if len(names) > 1 or names[0].endswith(_PLURALS) else one
