"""
Which figures a sentence states: its numbers with hedges and units, and what each counts.

The phrases of metrics and objects decide. Of the phrases that fit a number, the one with the most
words counts, then the one with the nearest words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.phrases import YEAR, any_of, dates, folded, known, language
from interpol_dataset.errors import needing
from interpol_dataset.rules.hints import unit_meant, words_of
from interpol_dataset.schema.vocabulary import CURRENCIES, KNOWN_UNITS, UNITS
from interpol_dataset.values.quantity import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.records.document import Records

#: What parts the meanings of a word.
_OR: Final = " or "


@dataclass(frozen=True, slots=True)
class Number:
    """
    A number with its hedge and unit, and where it is in its sentence with both.

    A dollar may be of several countries. "Un" may be an article, and no number.
    """

    value: Decimal
    sign: str
    units: tuple[str, ...]
    start: int
    end: int
    is_article: bool

    @property
    def notation(self) -> str:
        """The quantity, as a record has it."""
        return f"{self.sign}{canonical(self.value)}"

    @property
    def unit(self) -> str | None:
        """Its unit, the most likely one."""
        return self.units[0] if self.units else None

    @property
    def dimension(self) -> str:
        """What it measures: ``count`` without a unit."""
        return _DIMENSIONS.get(self.unit or "", "count")


#: The dimension of each unit.
_DIMENSIONS: Final = {unit: dimension.value for dimension, units in UNITS.items() for unit in units}
#: Digits in groups, or not, and a fraction.
_DIGITS: Final = (
    r"[0-9]{1,3}(?:[ .,'][0-9]{3})+(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?|[0-9]+(?:[.,][0-9]+)?"
)
#: What is not a count: percentages, ages, ordinals, times of day, and years.
_NO_COUNT: Final = r"\s?%|(?:st|nd|rd|th|e|er|eme|a|o)\b|-?\s?year|/[0-9]|[:h][0-9]{2}|\.[0-9]"
_YEAR: Final = rf"{YEAR}(?![0-9]|[.,][0-9])"
#: The languages whose numbers in words the library doesn't read.
_IN_DIGITS_ONLY: Final = frozenset({"id"})
_TOKEN: Final = re.compile(r"[^\W\d_]+|[0-9]+|\s+|[^\w\s]")


def numbers_in(text: str, code: str) -> tuple[list[Number], str]:
    """Return the numbers of a sentence; and it, folded, with ``#`` for each and without dates."""
    plain = folded(_in_digits(text, code))
    for it in dates(text, code):
        if it.first[0] or it.first[2]:
            plain = _replaced(plain, it.start, it.end, "")
    found = [_number(match, text) for match in _pattern().finditer(plain)]
    for number in found:
        plain = _replaced(plain, number.start, number.end, "#")
    return found, plain


def _replaced(text: str, start: int, end: int, by: str) -> str:
    return text[:start] + by.ljust(end - start) + text[end:]


def _in_digits(text: str, code: str) -> str:
    """Return a text with digits for numbers in words, without changing its length."""
    for match in re.finditer(r"\b([0-9]{1,3}) mil ([0-9]{1,3})\b(?![.,]?[0-9])", text):
        text = _replaced(text, *match.span(), f"{match[1]}{match[2]:0>3}")
    for phrase, value in language(code)["about"].items():
        for match in re.finditer(rf"\b{phrase}\b", folded(text)):
            text = _replaced(text, *match.span(), value)
    with needing("draft", "text2num"):
        from text_to_num import find_numbers  # noqa: PLC0415  # an extra

    tokens = [_Token(match) for match in _TOKEN.finditer(text)]
    for found in find_numbers(tokens, code, 0.0) if code not in _IN_DIGITS_ONLY else ():
        within = [it.match for it in tokens[found.start : found.end] if it.text().strip()]
        words = [folded(match[0]) for match in within]
        is_vague = len(words) == 1 and known("all", "round").fullmatch(words[0])
        if not found.is_ordinal and not is_vague and not any(word.isdigit() for word in words):
            text = _replaced(text, within[0].start(), within[-1].end(), f"{found.value:.0f}")

    return text


class _Token:
    def __init__(self, match: re.Match[str]) -> None:
        self.match = match

    def text(self) -> str:
        return self.match[0]

    def nt_separated(self, previous: _Token) -> bool:  # noqa: ARG002  # the library's protocol
        return False

    def not_a_number_part(self) -> bool:
        return False


@cache
def _pattern() -> re.Pattern[str]:
    between = any_of(language("all")["before_number"])
    hedge, money, unit, after = (
        any_of(_meanings(name), r"\s+") for name in ("hedge", "money", "unit", "after")
    )
    words = any_of(word for word in _meanings("times") if len(word) > 1)
    letters = "".join(word for word in _meanings("times") if len(word) == 1)

    return re.compile(
        rf"(?<!\w)(?:(?P<hedge>{hedge})[\s']+(?:(?:{between})[\s']+)*)?"
        rf"(?:(?P<money>{money})\s?|(?<![\w.,/-]))(?P<about>~)?"
        rf"(?>(?P<digits>(?!{_YEAR})(?:{_DIGITS})))(?!{_NO_COUNT})"
        rf"(?:\s*-?\s*(?P<times>{words}|(?<=[0-9])[{letters}])(?!\w))?"
        rf"(?:(?:\s|-|'|\b(?:de|d|of|en)\b)*(?P<unit>{unit})(?!\w))?"
        rf"(?:\s+(?P<after>{after})(?!\w))?"
    )


@cache
def _meanings(name: str) -> dict[str, str]:
    """Return what words mean by a list of the hints; of several currencies the first is first."""
    listed = {_spaced(word): it for word, it in words_of(name).items()}
    if name == "money":
        return {
            word: it for word, it in _meanings("unit").items() if it.split(_OR)[0] in CURRENCIES
        }
    if name == "unit":
        listed |= {unit.lower(): unit for unit in KNOWN_UNITS if unit_meant(unit.lower())}
        listed = {word: it for word, it in listed.items() if it.split(_OR)[0] in KNOWN_UNITS}
    return listed


def _spaced(text: str) -> str:
    return " ".join(folded(text).split())


def _number(match: re.Match[str], text: str) -> Number:
    said = {name: _spaced(it) for name, it in match.groupdict().items() if it}
    # What parts three digits parts groups, but in "0.125".
    digits = re.sub(r"(?<!^0)[ .,'](?=[0-9]{3}(?![0-9]))", "", match["digits"])
    times = _meanings("times").get(said.get("times", ""), "1")
    value = Decimal(digits.replace(",", ".")) * int(times)
    sign = (
        _meanings("hedge").get(said.get("hedge", ""))
        or _meanings("after").get(said.get("after", ""))
        or said.get("about", "")
    )
    units = _meanings("unit").get(said.get("money") or said.get("unit") or "", "")
    is_article = value == 1 and not units and not text[match.start("digits")].isdigit()

    return Number(value, sign, tuple(filter(None, units.split(_OR))), *match.span(), is_article)


#: What a word of a phrase counts for, one of a list of words, and a bare item of a list.
_WORD: Final = 3.0
_CLASS: Final = 2.0
_ITEM: Final = 5.5
#: What it counts for in addition right after the number: "59 arrests" are arrests. And what each
#: word between costs.
_NEXT: Final = 3.0
_STEP: Final = 0.1
#: The words that may stand between those of a phrase: a few of the same clause, or any.
_NEAR: Final = r"((?:[^#.;:()\u2013\u2014!?\s]+ ){0,5}?)"
_FAR: Final = r"((?:\S+ ){0,44}?)"
_CLAUSE_END: Final = re.compile(r"[#.;:()\u2013\u2014!?]")
_WHICH: Final = re.compile(r"\b(?:which|dont)(?:\W+\w+){0,2}\W*$")
#: How far from a number words are looked at, in characters: a page may be one long sentence.
_REACH: Final = 600
#: How many words from a number the name of its object is looked for.
_WINDOW: Final = 9
#: The metrics whose number follows the object: "medicines worth".
_VALUES: Final = frozenset({"value-seized"})


class Figure(NamedTuple):
    """
    A figure that a sentence states: a number, what it counts, and of what, if that is known.

    Its scores say how well the phrases of each metric fit it.
    """

    number: Number
    metric: str
    object: str | None
    scores: Mapping[str, float]


class _Phrase(NamedTuple):
    """A phrase of a metric: what finds its words on both sides, and what they count for."""

    metric: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    weight: float
    things_at: int


class Reader:
    """Reads figures in one language, by the phrases of metrics and objects in the records."""

    def __init__(self, code: str, records: Records) -> None:
        self.code = code
        self._phrases: dict[str, list[_Phrase]] = {}
        for metric in records.metrics:
            phrases = [_phrase(metric.id, it, code) for it in getattr(metric.phrases, code)]
            self._phrases.setdefault(metric.dimension.value, []).extend(phrases)
        # "?" marks what is less than another object: "tablets of captagon".
        self._objects = [
            (re.compile(rf"\b(?:{any_of([name.rstrip('?')], ' ')})(?!\w)"), "?" in name, it.id)
            for it in records.objects
            for name in getattr(it.phrases, code)
        ]
        outcomes = (it for case in records.cases for one in case.reports for it in one.outcomes)
        count = Counter((it.metric, it.object) for it in outcomes if it.object)
        # What stands together in one report alone may be a slip.
        self._pairs = {pair for pair, number in count.items() if number > 1}

    def figures(
        self, numbers: Sequence[Number], plain: str, *, in_list: bool = False
    ) -> Iterator[Figure]:
        """Return the figures that a sentence states; an item of a list may do without a verb."""
        last: Figure | None = None
        which = known(self.code, "which")
        for number in numbers:
            left = plain[max(0, number.start - _REACH) : number.start]
            right = plain[number.end : number.end + _REACH]
            before, after = _words(left), _words(right)
            if any(map(known(self.code, "others").fullmatch, after[:3])):
                continue
            object_ = self._object(_CLAUSE_END.split(" ".join(after))[0].split()[:_WINDOW])
            scores = self._scores(number, (before, after), object_, in_list=in_list)
            metric = max(scores, key=lambda it: scores[it], default=None)
            if object_ is None and metric in _VALUES:
                object_ = self._object(_CLAUSE_END.split(" ".join(before))[-1].split()[-_WINDOW:])
            elif last and (which.match(right.lstrip()) or _WHICH.search(left)):
                # It is of what was counted before: "290 of which".
                is_same = last.number.dimension == number.dimension
                metric = metric or (last.metric if is_same else None)
                object_ = object_ or last.object
            if metric is not None:
                known_object = object_ if (metric, object_) in self._pairs else None
                last = Figure(number, metric, known_object, scores)
                yield last

    def _object(self, words: Sequence[str]) -> str | None:
        text = " ".join(words)
        found = (
            (is_weak, match.start(), -len(match[0]), object_)
            for pattern, is_weak, object_ in self._objects
            if (match := pattern.search(text))
        )
        return min(found, default=(None,))[-1]

    def _scores(
        self,
        number: Number,
        around: tuple[list[str], list[str]],
        object_: str | None,
        *,
        in_list: bool,
    ) -> dict[str, float]:
        """Return the metrics whose phrases fit a number, by the words before and after it."""
        before, after = (" ".join([*words, ""]) for words in (around[0][::-1], around[1]))
        # What is in brackets is passed over: "$1 billion (950 million euros) worth of".
        after = re.sub(r"^(?:\( .*?)?\) ", "", after)
        # "Un" is a number only if what it counts is next to it.
        least = _CLASS + _NEXT if number.is_article else float("-inf")
        scores: dict[str, float] = {}
        for phrase in self._phrases.get(number.dimension, ()):
            is_usual = (phrase.metric, object_) in self._pairs
            # Only items of a list are a number of things and nothing else.
            is_out_of_place = phrase.weight == _ITEM and not in_list
            if is_out_of_place or (phrase.things_at and not is_usual):
                continue
            left, right = phrase.before.match(before), phrase.after.match(after)
            if left and right:
                gaps = (*left.groups(), *right.groups())
                is_next = right.groups()[:1] == ("",) and phrase.things_at != 1
                score = phrase.weight + _NEXT * is_next - _STEP * len(" ".join(gaps).split())
                if score >= least:
                    scores[phrase.metric] = max(score, scores.get(phrase.metric, score))

        return scores


def _phrase(metric: str, written: str, code: str) -> _Phrase:
    """Read a phrase; its words before the number are read backwards, from it on."""
    words = written.split()
    at = words.index("N")
    things_at = words.index("THINGS") - at if "THINGS" in words else 0
    classes = sum(word.isupper() for word in words) - 1
    weight = _CLASS * classes + _WORD * sum(word.islower() for word in words)
    if words == ["N", "THINGS"]:
        weight = _ITEM
    return _Phrase(
        metric, _side(words[:at], code, -1), _side(words[at + 1 :], code, 1), weight, things_at
    )


def _side(words: list[str], code: str, step: int) -> re.Pattern[str]:
    """Return what finds the words on one side of a number, read away from it."""
    classes, gap, found = language(code)["classes"], _NEAR, ""
    for word in words[::step]:
        if word == "...":
            gap = _FAR
        elif word != "THINGS":
            listed = classes[word] if word.isupper() else word.split("/")
            found += f"{gap}(?:{any_of((' '.join(it.split()[::step]) for it in listed), ' ')}) "
            gap = _NEAR
    return re.compile(found)


def _words(plain: str) -> list[str]:
    left_out = language("all")["left_out"]
    return [word for word in re.findall(r"\w+|[^\w\s]", plain) if word not in left_out]
