"""
Which figures a sentence states: the metric and the object of each number in it.

The phrases of metrics and objects decide. Of the phrases that fit a number, the one with the most
words counts, and then the one whose words stand nearest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.numbers import Number
from interpol_dataset.draft.words import fits, language, phrases, word_class

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from interpol_dataset.draft.numbers import Item
    from interpol_dataset.records.models import Metric, Object


#: How many words may stand between those of a phrase: none named, or any; and what each costs.
_NEAR: Final = 6
_FAR: Final = 45
_STEP: Final = 0.12
_ACROSS: Final = 0.5

#: What a word of a phrase counts for, one of a list of words, and the number alone.
_WORD: Final = 3.0
_CLASS: Final = 2.0
_ALONE: Final = 0.5

#: What it counts for in addition right behind the number, behind one word, or later: "59 arrests"
#: are arrests. And the same of an object that is named there.
_NEXT_BY: Final = (3.0, 1.5, 0.0)
_THING_BY: Final = (1.5, 1.0, 0.0)

#: How many words behind a number the name of an object may begin, and behind "one".
_WINDOW: Final = 9
_NEXT_TO: Final = 2

#: The metrics whose number follows the object: "medicines worth".
_VALUES: Final = frozenset({"value-seized"})

_STOPS: Final = frozenset(".;:()\u2013\u2014!?")

#: Words that end the name of what is counted, and that may stand between those of a phrase.
_PREPOSITIONS: Final = frozenset(language("all")["prepositions"])
_ARTICLES: Final = frozenset(language("all")["articles"])


class Figure(NamedTuple):
    """A figure that a sentence states: a number, what it counts, and of what, if that is known."""

    number: Number
    metric: str
    object: str | None


class _Phrase(NamedTuple):
    """A phrase of a metric: the words before the number, the nearest first, and those behind."""

    metric: str
    before: tuple[str, ...]
    behind: tuple[str, ...]


@dataclass(frozen=True)
class Reader:
    """
    Reads figures in one language.

    :param code: The language.
    :param metrics: The metrics, with their phrases.
    :param objects: The objects, with theirs.
    :param pairs: The metrics and objects that are usual together; no other is proposed.
    """

    code: str
    metrics: Sequence[Metric]
    objects: Sequence[Object]
    pairs: Container[tuple[str, str | None]]

    @cached_property
    def _phrases(self) -> dict[str, list[_Phrase]]:
        """The phrases of the metrics, by the dimension of their numbers."""
        found: dict[str, list[_Phrase]] = {}
        for metric in self.metrics:
            for written in getattr(metric.phrases, self.code):
                words = [*written.split()]
                at = words.index("N")
                phrase = _Phrase(metric.id, tuple(words[:at][::-1]), tuple(words[at + 1 :]))
                found.setdefault(metric.dimension.value, []).append(phrase)

        return found

    @cached_property
    def _names(self) -> dict[str, list[tuple[tuple[str, ...], str, bool]]]:
        """
        The phrases of the objects, the longest first, by their first letters.

        Each has the object, and whether another object counts rather: "tablets of captagon".
        """
        found: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
        for object_ in self.objects:
            for written in getattr(object_.phrases, self.code):
                words = phrases((written.rstrip("?"),))[0]
                name = words, object_.id, written.endswith("?")
                found.setdefault(words[0][:2], []).append(name)

        return {start: sorted(it, key=lambda it: -len(it[0])) for start, it in found.items()}

    def figures(self, items: Sequence[Item], *, in_list: bool = False) -> Iterator[Figure]:
        """
        Return the figures that a sentence states.

        :param items: Its words and numbers.
        :param in_list: Whether it is an item of a list, which may do without a verb.
        """
        last: Figure | None = None
        items = _with_units(items)
        for at, item in enumerate(items):
            if not isinstance(item, Number) or self._is_of_others(items, at):
                continue
            is_one = item.is_word and item.value == 1 and item.unit is None
            object_ = self.object_at(items, at + 1, _NEXT_TO if is_one else _WINDOW)
            metric = self._metric(items, at, object_, in_list=in_list, is_one=is_one)
            goes_on = last and not is_one and last.number.dimension == item.dimension
            if metric is not None:
                if object_ is None and metric in _VALUES:
                    object_ = self._object_before(items, at)
                elif object_ is None and last and self._refers(items, at):
                    object_ = last.object
                last = Figure(item, metric, object_ if (metric, object_) in self.pairs else None)
                yield last
            elif last and goes_on and self._continues(items, at, object_):
                last = last._replace(number=item, object=object_ or last.object)
                yield last

    def object_at(self, items: Sequence[Item], at: int, window: int) -> str | None:
        """Return the object that is named at a place, or soon behind it."""
        weak: str | None = None
        for here, item in enumerate(items[at : at + window], at):
            is_end = item.text in _STOPS or (here > at and item.text in _PREPOSITIONS)
            if isinstance(item, Number) or is_end or (item.text == "," and weak):
                break
            for words, object_, is_weak in self._names.get(item.text[:2], ()):
                if _end(items, here, words):
                    if not is_weak:
                        return object_
                    weak = weak or object_

        return weak

    def _object_before(self, items: Sequence[Item], at: int) -> str | None:
        """Return the object that is named before its value: "medicines worth $7 million"."""
        for here in range(at - 1, max(-1, at - 2 * _WINDOW), -1):
            if items[here].text in _STOPS:
                break
            if found := self.object_at(items, here, 1):
                return found

        return None

    def _is_of_others(self, items: Sequence[Item], at: int) -> bool:
        """Return whether a number counts countries, or days and months."""
        words, known = _texts(items[at + 1 : at + 4]), language(self.code)

        return not {*words}.isdisjoint(known["countries"]) or any(
            word in known["durations"] for word in words[:1]
        )

    def _continues(self, items: Sequence[Item], at: int, object_: str | None) -> bool:
        """Return whether a number goes on counting what the last one counts."""
        bare = {",", ".", ")", *language(self.code)["place"]}
        is_bare = (
            _texts(items[at - 1 : at]) == ["("] or not {*_texts(items[at + 1 : at + 2])} - bare
        )

        return (is_bare and object_ is None) or self._refers(items, at)

    def _refers(self, items: Sequence[Item], at: int) -> bool:
        """Return whether a number is of what was counted before: "290 of which"."""
        words, before = tuple(_texts(items[at + 1 : at + 5])), _texts(items[max(0, at - 4) : at])
        known = phrases(tuple(language(self.code)["which"]))

        return (
            "which" in before
            or "dont" in before
            or any(words[: len(phrase)] == phrase for phrase in known)
        )

    def _metric(
        self, items: Sequence[Item], at: int, object_: str | None, *, in_list: bool, is_one: bool
    ) -> str | None:
        """Return the metric whose phrases fit a number best."""
        best: tuple[float, str] | None = None
        for phrase in self._phrases.get(_dimension(items[at]), ()):
            score = self._score(items, at, phrase, object_)
            if score is not None and not phrase.before and phrase.behind == ("THINGS",):
                score = score + _WORD + _ALONE if in_list else None
            if score is not None and (best is None or score > best[0]):
                best = score, phrase.metric

        if best is None or (is_one and not _is_counted(items, at, best, object_)):
            return None

        return best[1]

    def _score(
        self, items: Sequence[Item], at: int, phrase: _Phrase, object_: str | None
    ) -> float | None:
        """Return how well a phrase fits a number; ``None`` if it doesn't."""
        object_ = object_ if (phrase.metric, object_) in self.pairs else None
        before = self._side(items, at, phrase.before, -1, object_)
        behind = self._side(items, at, phrase.behind, 1, object_)
        if before is None or behind is None:
            return None

        return before + behind + (_ALONE if not phrase.before and not phrase.behind else 0)

    def _side(
        self,
        items: Sequence[Item],
        at: int,
        patterns: tuple[str, ...],
        step: int,
        object_: str | None,
    ) -> float | None:
        """Return how well the words on one side of a number fit it."""
        score, reach, here = 0.0, _NEAR, at + step
        if step > 0 and _texts(items[here : here + 1]) in (["("], [")"]):
            # What is in brackets is passed over: "$1 billion (€950 million) worth of".
            here = next((it + 1 for it in range(here, len(items)) if items[it].text == ")"), here)
            at = here - 1
        for number, pattern in enumerate(patterns):
            if pattern == "...":
                reach = _FAR
                continue
            if pattern == "THINGS":
                if object_ is None:
                    return None
                near = next((by for by in (0, 1) if self.object_at(items, at + 1, by + 1)), 2)
                score += _CLASS + _THING_BY[near]
                continue
            found = self._find(items, here, pattern, step, reach)
            if found is None:
                return None
            if here == at + step and patterns[:number] in {(), ("...",)}:
                score += _NEXT_BY[min(abs(found[0] - here), 2)] * (1 if step > 0 else 0.5)
            score += _CLASS if pattern.isupper() else _WORD
            score -= _STEP * abs(found[0] - here) + _ACROSS * _numbers(items, here, found[0])
            here, reach = (found[1] if step > 0 else found[0] - 1), _NEAR

        return score

    def _find(
        self, items: Sequence[Item], here: int, pattern: str, step: int, reach: int
    ) -> tuple[int, int] | None:
        """Return where the next word of a phrase begins, and what comes behind it."""
        listed = word_class(self.code, pattern) if pattern.isupper() else ((pattern,),)
        for place in range(here, here + step * reach, step):
            if not 0 <= place < len(items):
                break
            is_number = isinstance(items[place], Number)
            if reach == _NEAR and (is_number or items[place].text in _STOPS):
                break
            for words in () if is_number else listed:
                if end := _end(items, place, words):
                    return place, end

        return None


def _end(items: Sequence[Item], at: int, words: tuple[str, ...]) -> int:
    """Return where words end that stand at a place, with articles between; 0 if they don't."""
    for number, pattern in enumerate(words):
        while number and at < len(items) and items[at].text in _ARTICLES:
            at += 1
        if at >= len(items) or not fits(items[at].text, pattern):
            return 0
        at += 1

    return at


def _is_counted(
    items: Sequence[Item], at: int, best: tuple[float, str], object_: str | None
) -> bool:
    """Return whether "a" is a number: what it counts is right behind it, and not where it was."""
    if object_ is None:
        return best[0] >= _CLASS + _NEXT_BY[1]
    before = [word for word in _texts(items[max(0, at - 2) : at]) if word != "'"][-1:]
    is_place = any(word in _PREPOSITIONS | {"d", "de", "of"} for word in before)

    return not (best[1].startswith("items-") and is_place)


def _with_units(items: Sequence[Item]) -> list[Item]:
    """Return items with the units that are told once: "20 tonnes of cocaine and 11 of cannabis"."""
    found, unit = [*items], ""
    for at, item in enumerate(items):
        if isinstance(item, Number):
            is_short = {*_texts(items[at + 1 : at + 2])} & {"de", "of", "d"} and not item.is_word
            found[at] = replace(item, unit=item.unit or (unit if is_short else "") or None)
            unit = (item.unit or "") if item.dimension == "mass" else ""

    return found


def _texts(items: Sequence[Item]) -> list[str]:
    return [it.text for it in items]


def _dimension(item: Item) -> str:
    return item.dimension if isinstance(item, Number) else ""


def _numbers(items: Sequence[Item], at: int, other: int) -> int:
    """Return how many numbers there are between two places."""
    return sum(isinstance(it, Number) for it in items[min(at, other) : max(at, other)])
