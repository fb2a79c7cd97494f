"""Suggestions ("did you mean ...?"), and the numbers at the end of names."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: A longer word is not a typo, and comparing it would take long.
_LONGEST: Final = 100

#: How similar a word of an id has to be to be a slip of another, from 0 to 1.
_SLIP: Final = 0.8

#: A shorter word of an id is another word where it differs at all.
_SHORTEST: Final = 5

#: The same of ids that share a date and a word: a letter or two may differ, also in a short one.
_SHORTEST_DATED: Final = 4
_SLIP_DATED: Final = 0.9

#: How much more similar the likely word has to be than the next.
_LEAD: Final = 0.03

#: How similar a word has to be to another to be suggested for it, from 0 to 1.
_NEAR: Final = 0.65

#: The number at the end of an id, as in those of editions; a hyphen before digits may be missing.
_NUMBER: Final = re.compile(r"(?P<stem>.*(?:-|[a-z](?=[0-9])))(?P<number>[0-9]{1,2}|[ivx]+)")

#: How many words a hint names.
_MAX_NAMED: Final = 8

_TENS: Final = ("", "x", "xx", "xxx")
_ONES: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN: Final = tuple(tens + ones for tens in _TENS for ones in _ONES)

#: The number at the end of a name: one or two digits, also with a point as in "2.0", a Roman one,
#: or a word, as in "HAECHI Three".
_LAST_NUMBER: Final = re.compile(
    r" (?:(?P<digits>[0-9]{1,2})(?:\.0)?|(?P<roman>[IVX]+)|(?P<word>[A-Z][a-z]+))$"
)
_COUNTING: Final = (
    *("", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def nearest(word: str, words: Iterable[str], cutoff: float = _NEAR) -> str | None:
    """
    Return the most similar of some words, ignoring case; ``None`` if no word is similar.

    An id that ends in the same number in the other notation comes first: ``haechi-2`` and
    ``haechi2`` mean ``haechi-ii`` rather than ``haechi-v``, which is as similar.
    """
    if len(word) > _LONGEST:
        return None
    known = {written.casefold(): written for written in words}
    folded = word.casefold()
    for same in (folded, *_numbered_otherwise(folded)):
        if same in known:
            return known[same]
    likely = difflib.get_close_matches(folded, known, n=1, cutoff=cutoff)
    return known[likely[0]] if likely else None


def likely(
    word: str, words: Iterable[str], fits: Callable[[str], bool] = lambda _: True
) -> str | None:
    """
    Return the one word that another is a slip of; ``None`` if there is none, or more than one.

    Unlike :func:`nearest`, it keeps numbers and short words, because ``ansa-2022-05-08`` is not a
    slip of ``ansa-2022-05-09``, nor ``haechi-vi`` of ``haechi-v``: one of these would be another
    record. And a word is never a slip of itself.

    :param fits: Whether one of the words can have been meant at all.
    """
    if len(word) > _LONGEST:
        return None
    written = slug_of(word)
    known = [item for item in words if item != word and fits(item)]
    for wanted in (written, *_numbered_otherwise(written)):
        same = [item for item in known if _letters(item) == _letters(wanted)]
        if len(same) == 1:
            return same[0]
    ranked = sorted(((_similarity(written, slug_of(item)), item) for item in known), reverse=True)
    (first, found), (second, _) = (*ranked, (0.0, ""), (0.0, ""))[:2]
    return found if first >= _SLIP and first - second > _LEAD else None


def _letters(text: str) -> str:
    """Return a text without what only separates words."""
    return slug_of(text).replace("-", "")


def _similarity(one: str, other: str) -> float:
    """Return how similar two ids are: as much as their least similar words."""
    if sorted(one.split("-")) == sorted(other.split("-")):
        return 1

    pairs = [*zip(one.split("-"), other.split("-"), strict=False)]
    if one.count("-") != other.count("-"):
        return 0
    shared = [first for first, second in pairs if first == second and first.isalpha()]
    if (
        shared
        and _is_same_day(one, other)
        and all(
            first == second or min(len(first), len(second)) >= _SHORTEST_DATED
            for first, second in pairs
        )
    ):
        ratio = difflib.SequenceMatcher(None, one, other).ratio()
        return ratio if ratio >= _SLIP_DATED else 0

    return min(_likeness(*pair) for pair in pairs)


def _is_same_day(one: str, other: str) -> bool:
    """Return whether two ids have the same numbers, a year among them."""
    digits = re.sub(r"\D", "", one)
    return len(digits) >= len("2022") and digits == re.sub(r"\D", "", other)


def _likeness(one: str, other: str) -> float:
    if one.removesuffix("s") == other.removesuffix("s"):
        return 1
    if min(len(one), len(other)) < _SHORTEST or re.sub(r"\D", "", one + other):
        return 0
    return difflib.SequenceMatcher(None, one, other).ratio()


def slug_of(text: str) -> str:
    """Return a text in the form of an id: lower case, without accents, words joined by hyphens."""
    plain = _decomposed(text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _decomposed(text: str) -> str:
    """Return a text with its letters apart from their marks; of a long one, letter by letter."""
    if len(text) <= _LONGEST:
        return unicodedata.normalize("NFKD", text)
    # To put many marks in order, which is left out here, takes the square of their number.
    parts = {letter: unicodedata.normalize("NFKD", letter) for letter in set(text)}
    return "".join(map(parts.__getitem__, text))


def folded_name(name: str) -> str:
    """Return a name without what varies in writing: case, accents, punctuation; in any script."""
    return slug_of(name) or name.casefold()


def suggestion(word: str, words: Iterable[str], otherwise: str, cutoff: float = _NEAR) -> str:
    """
    Return a hint that asks whether the nearest word was meant, or another if none is near.

    For an id without its end, such as ``haechi``, all that begin with it are named.
    """
    known = list(words)
    beginning = f"{slug_of(word)}-"
    begun = sorted(item for item in known if item.startswith(beginning))
    if len(begun) > 1 and word.casefold() not in known:
        rest = f", ... ({len(begun)} in all)" if len(begun) > _MAX_NAMED else ""
        return f"did you mean one of {', '.join(begun[:_MAX_NAMED])}{rest}?"
    near = nearest(word, known, cutoff)
    return f"did you mean '{near}'?" if near else otherwise


def _numbered_otherwise(word: str) -> tuple[str, ...]:
    """Return the other ways to write an id with a number at its end: Roman, Arabic, a hyphen."""
    match = _NUMBER.fullmatch(slug_of(word))
    if match is None:
        return ()
    stem, number = match["stem"].rstrip("-"), match["number"]
    if not number.isdigit():
        return (f"{stem}-{_ROMAN.index(number)}",) if number in _ROMAN else ()
    romans = _ROMAN[int(number) :][:1]
    return (f"{stem}-{number}", *(f"{stem}-{roman}" for roman in romans if roman))


def numbered(name: str) -> tuple[str, int] | None:
    """Return a name without the number at its end, and the number; ``None`` if there is none."""
    match = _LAST_NUMBER.search(name)
    if match is None:
        return None
    if match["digits"]:
        return name[: match.start()], int(match["digits"])
    numbers = _ROMAN if match["roman"] else _COUNTING
    said = (match["roman"] or match["word"]).casefold()
    return (name[: match.start()], numbers.index(said)) if said in numbers[1:] else None
