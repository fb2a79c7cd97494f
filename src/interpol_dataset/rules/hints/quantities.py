"""
Quantities in words and in other notations: which one of ours was meant.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from interpol_dataset.errors import NotationError
from interpol_dataset.rules.hints.synonyms import meanings, words_of
from interpol_dataset.schema.units import KNOWN_UNITS
from interpol_dataset.values.quantity import Quantity

#: A longer text is not a number with a word or two.
_LONGEST: Final = 60

#: Digits, in groups of three where something separates them, and a fraction.
_DIGITS: Final = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:[ ,.'\u2019][0-9]{3})+(?![0-9])|[0-9]+)(?P<part>[.,][0-9]+)?"
)

_RANGE: Final = re.compile(
    r"(?:between |from |entre |zwischen |de )?(?P<low>.+?)"
    r"(?:\s*[-\u2010-\u2015]\s*|\s*\.\.\.?\s*| to | and | or | bis | und | y | et | à | a )"
    r"(?P<high>.+)"
)

#: A range with nothing in it that may be otherwise; "5 or 7" is two figures.
_PLAIN_RANGE: Final = re.compile(
    r"[0-9]+ ?[-\u2010-\u2015] ?[0-9]+|[0-9]+ to [0-9]+|between [0-9]+ and [0-9]+"
)

#: "5 m" may be metres, "5 mil" a million in English; "a dozen" is about one; and the comma of
#: "1234,567" may be one of thousands.
_LOOSE: Final = re.compile(
    r"[0-9] ?(?:m|mil)$|\ba (?:couple|pair|dozen|hundred|thousand|million)$|\bhalf a million$"
    r"|[0-9]{4},[0-9]{3}(?![0-9])"
)

_SIGN: Final = re.compile(r"(?P<sign>>=|<=|[<>~])\s*(?P<rest>.+)")


def quantity_hint(written: str) -> str | None:
    """
    Say how to write a quantity that was written otherwise; ``None`` where it can't be known.

    :param written: What was written, such as ``nearly 300,000``.
    """
    text = _folded(written)
    if len(text) > _LONGEST:
        return None
    if advice := words_of("vague").get(text):
        return f"'{written}' {advice}"

    text, unit = _without_unit(text)
    notation = _notation(text)
    if notation is None and text.count("$") == 1:
        notation, unit = _notation(text.replace("$", "").strip()), words_of("unit")["$"]
    if notation is None:
        return None

    shown = f"'{notation}'" if notation.startswith(">") else notation

    return f"write {shown}, and unit: {unit}" if unit else f"write {shown}"


def quantity_meant(written: str) -> str | None:
    """
    Return the notation of the only quantity that can have been meant.

    :param written: As for :func:`quantity_hint`, which says the same and more.
    """
    text = _folded(written)
    if len(text) > _LONGEST or text in words_of("vague") or _LOOSE.search(text):
        return None

    unit = _without_unit(text)[1]
    notation = _notation(text) if unit is None else None
    is_loose = notation is not None and ".." in notation and not _PLAIN_RANGE.fullmatch(text)

    return None if is_loose else notation


def torn_number(key: str) -> str | None:
    """Return a hint on a key that is a part of a number: {value: 1,000} is read as two keys."""
    is_part = len(key) == len("000") and key.isdecimal()

    return "write numbers without separators of thousands" if is_part else None


def _folded(written: str) -> str:
    return " ".join(written.casefold().split())


def _without_unit(text: str) -> tuple[str, str | None]:
    """Return a quantity without the unit in it, and the unit; none that is not certain."""
    units = {unit.casefold(): unit for unit in KNOWN_UNITS}
    units |= {word: unit for word, unit in words_of("unit").items() if unit in KNOWN_UNITS}
    # "1.5m" is a million and more, "1.5 mt" may be tonnes: a unit is a word of its own or a sign.
    for word in sorted(units, key=len, reverse=True):
        if re.search(rf"(?:[0-9]\s*|\s){re.escape(word)}$", text):
            return text[: -len(word)].rstrip(), units[word]
        if text.startswith(f"{word} ") or (not word.isalnum() and text.startswith(word)):
            return text[len(word) :].lstrip(), units[word]

    return text, None


def _notation(text: str) -> str | None:
    """Return the notation of a quantity, or of its words."""
    hedge, number = _hedged(text)
    if (plain := _number(number)) is not None:
        return _known(f"{hedge}{plain}")

    if not hedge and (match := _RANGE.fullmatch(text)):
        low, high = match["low"], match["high"]
        # "1 to 2 million" is a range of millions.
        times = next((word for word in high.split()[1:] if word in words_of("times")), None)
        if times and low.split()[-1] not in words_of("times"):
            low = f"{low} {times}"
        bounds = _number(low), _number(high)
        if all(bound is not None for bound in bounds):
            return _known(f"{bounds[0]}..{bounds[1]}")

    return None


def _hedged(text: str) -> tuple[str, str]:
    """Return the hedge of a quantity, empty where there is none, and the rest."""
    if match := _SIGN.fullmatch(text):
        return match["sign"], match["rest"]

    for word, hedge in _longest_first("hedge"):
        if text.startswith(word) and not (word[-1].isalpha() and text[len(word) :][:1].isalpha()):
            return hedge, text[len(word) :].lstrip()
    for word, hedge in _longest_first("after"):
        if text.endswith(word) and text != word:
            return hedge, text[: -len(word)].rstrip()

    return "", text


def _longest_first(list_: str) -> list[tuple[str, str]]:
    return sorted(words_of(list_).items(), key=lambda pair: -len(pair[0]))


def _number(text: str) -> str | None:
    """Return a number in digits; ``None`` where its point may mean two things, or it is none."""
    if number := meanings("number", text):
        return number[0]

    match = _DIGITS.match(text)
    if match is None:
        return None

    whole, part, rest = match["whole"], match["part"] or "", text[match.end() :].strip(" -")
    separators = set(re.findall(r"[^0-9]", whole))
    if len(separators) > 1 or (part and part[0] in separators):
        return None
    # "0,500" is a half.
    if separators and whole[0] == "0":
        return None
    times = words_of("times").get(rest, "1")
    if rest and times == "1":
        return None
    # "225.000" is 225 or 225,000; "1.500 million" is 1.5 million or a slip.
    if "." in separators and whole.count(".") == 1 and not part:
        return None

    digits = re.sub(r"[^0-9]", "", whole) + part.replace(",", ".")
    try:
        return f"{(Decimal(digits) * Decimal(times)).normalize():f}"
    except InvalidOperation:
        return None


def _known(notation: str) -> str | None:
    """Return the canonical form of a notation, if it is one."""
    try:
        return Quantity.parse(notation).notation
    except NotationError:
        return None
