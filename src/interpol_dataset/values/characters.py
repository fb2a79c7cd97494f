"""
Invisible characters, and letters that look like those of another script.

What a character is comes from Unicode's own tables, in Python's :mod:`unicodedata`. Two small
lists are not in there: the default-ignorable letters and marks (DerivedCoreProperties.txt), and the
Greek and Cyrillic letters that look like Latin ones (confusables.txt of UTS #39, without weak
likenesses).
"""

# ruff: noqa: RUF001  # letters that look alike are the topic

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Categories of what has no shape: controls, formats, halves, private and unassigned, separators.
_SHAPELESS: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

#: Letters, marks and symbols without a shape, which have other categories.
_BLANK: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)

#: Signs before Arabic and Syriac numbers: formats by their category, but seen.
_NUMBER_SIGNS: Final = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
_JOINERS: Final = frozenset("\u200c\u200d")
_PRESENTATION: Final = frozenset("\ufe0e\ufe0f")
_VIRAMA: Final = 9

#: Spaces of a width of their own. The spaces that don't break, of French and of numbers, are not
#: among them.
_ODD_SPACE: Final = re.compile("[\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]")

#: More marks on one letter than any language has. Unicode's text formats allow as many.
_MOST_MARKS: Final = 30
_MAYBE_HEAPED: Final = re.compile("[^\x00-\u02ff]{31}")

#: The first letter of Greek; all before it are Latin.
_FIRST_OTHER: Final = "\u0370"

_SCRIPTS: Final = ("LATIN", "GREEK", "CYRILLIC")
_LATIN: Final = {
    "GREEK": dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϺϜͿαιονρυϲϳ", "ABEZHIKMNOPTYXCMFJaiovpucj", strict=True)),
    "CYRILLIC": dict(
        zip(
            "АВСЕНІЈКМОРЅТУҮХѴӀԌԚԜЬасԁеһіјӏорԛѕѵԝхуүг",
            "ABCEHIJKMOPSTYYXVIGQWbacdehijlopqsvwxyyr",
            strict=True,
        )
    ),
}
_WORD: Final = re.compile(r"[^\W\d_]+")

#: A word of so few letters that look like others may be an initial or a symbol.
_SHORT: Final = 2


def unseen(text: str) -> list[int]:
    """
    Return the positions of characters that show nothing, or change how others are shown.

    Joiners and presentation selectors pass where a script or an emoji needs them.
    """
    if text.isprintable() and not _BLANK.search(text):
        return []
    return [
        position
        for position, character in enumerate(text)
        if _is_shapeless(character) and not _is_needed(text, position)
    ]


def _is_shapeless(character: str) -> bool:
    if _BLANK.match(character):
        return True
    return unicodedata.category(character) in _SHAPELESS and character not in _NUMBER_SIGNS


def _is_needed(text: str, position: int) -> bool:
    """Return whether a joiner or a selector has its proper place (as in RFC 5892)."""
    character = text[position]
    before, after = text[max(position - 1, 0) : position], text[position + 1 : position + 2]
    if not before:
        return False
    if character in _PRESENTATION:
        return unicodedata.category(before) == "So"
    if character not in _JOINERS or not after:
        return False
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if all(unicodedata.bidirectional(letter) in {"AL", "NSM"} for letter in before + after):
        return True
    is_emoji = before in _PRESENTATION or unicodedata.category(before) in {"So", "Sk"}
    return is_emoji and unicodedata.category(after) == "So"


def odd_spaces(text: str) -> list[str]:
    """Return the spaces of a text that are not plain ones, each once."""
    return [*dict.fromkeys(_ODD_SPACE.findall(text))]


def heaped(text: str) -> bool:
    """
    Return whether more marks than any language has are on one letter.

    To bring such a text into a normal form takes the square of their number.
    """
    if not _MAYBE_HEAPED.search(text):
        return False
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > _MOST_MARKS:
            return True
    return False


def named(character: str) -> str:
    """Return a character's code and name, such as ``U+200B ZERO WIDTH SPACE``."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def lookalikes(text: str) -> dict[str, str | None]:
    """
    Return the words of a text that look like words of one script and are not.

    That is a word in which every letter of one script looks like one of the other, and a word of
    Greek or Cyrillic letters that all look Latin in a text that is Latin otherwise.

    :returns: For each word the one that it looks like; ``None`` where it could be either of two,
        and the words around it don't decide.
    """
    if max(text, default="") < _FIRST_OTHER:
        return {}

    words = {word: _scripts(word) for word in _WORD.findall(text)}
    found: dict[str, str | None] = {}
    around = {script for scripts in words.values() if len(scripts) == 1 for script in scripts}
    for word, scripts in words.items():
        likely = {script: read for script in scripts if (read := _read_as(word, script))}
        if len(scripts) > 1 and likely:
            certain = likely if len(likely) == 1 else likely.keys() & around
            found[word] = likely[min(certain)] if len(certain) == 1 else None

    for script in _LATIN:
        foreign = [word for word in words if words[word] == {script}]
        latin = [_read_as(word, "LATIN") for word in foreign]
        if {"LATIN"} in words.values() and all(latin):
            found |= {
                word: read for word, read in zip(foreign, latin, strict=True) if len(word) > _SHORT
            }

    return found


def in_one_script(text: str) -> str:
    """Replace the words that look like words of one script by those, where that is certain."""
    found = lookalikes(text)
    return _WORD.sub(lambda match: found.get(match[0]) or match[0], text) if found else text


def comparable(text: str) -> frozenset[str]:
    """
    Return the forms of a name for comparison: names are alike if they share one.

    Case, unseen characters, compatibility forms and, in the second form, look-alike letters make
    no difference. A name with letters under heaps of marks is compared as it is.
    """
    if heaped(text):
        return frozenset({text})
    hidden = frozenset(unseen(text))
    seen = "".join(letter for at, letter in enumerate(text) if at not in hidden)
    plain = " ".join(unicodedata.normalize("NFKC", seen).split())
    latin = "".join(_in_script(letter, "LATIN") or letter for letter in plain)
    return frozenset({plain.casefold(), latin.casefold()})


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _scripts(word: str) -> frozenset[str]:
    return frozenset(map(_script, word)) & frozenset(_SCRIPTS)


def _read_as(word: str, script: str) -> str | None:
    """Return a word in letters of one script; ``None`` where one of its letters has no double."""
    read = [_in_script(letter, script) for letter in word]
    return None if None in read else "".join(map(str, read))


def _in_script(letter: str, script: str) -> str | None:
    of = _script(letter)
    if of == script or of not in _SCRIPTS:
        return letter
    latin = letter if of == "LATIN" else _LATIN[of].get(letter)
    if script == "LATIN" or latin is None:
        return latin
    return next((own for own, double in _LATIN[script].items() if double == latin), None)
