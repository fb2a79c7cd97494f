"""
Which figures a sentence states: the metric and the object of each number in it.

The phrases of metrics and objects decide. Of the phrases that fit a number, the one with the most
words counts, and then the one whose words stand nearest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.words import any_of, known, language

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from interpol_dataset.draft.numbers import Number
    from interpol_dataset.records.models import Metric, Object


#: What a word of a phrase counts for, one of a list of words, and an item of a list that is bare.
_WORD: Final = 3.0
_CLASS: Final = 2.0
_ITEM: Final = 5.5

#: What it counts for in addition right behind the number: "59 arrests" are arrests. And what each
#: word between costs.
_NEXT: Final = 3.0
_STEP: Final = 0.1

#: The words that may stand between those of a phrase: a few of the same clause, or any.
_NEAR: Final = r"((?:[^#.;:()\u2013\u2014!?\s]+ ){0,5}?)"
_FAR: Final = r"((?:\S+ ){0,44}?)"
_CLAUSE_END: Final = re.compile(r"[#.;:()\u2013\u2014!?]")

#: How many words behind a number the name of an object may be, and behind "a" or "one".
_WINDOW: Final = 9
_NEXT_TO: Final = 2

#: The metrics whose number follows the object: "medicines worth".
_VALUES: Final = frozenset({"value-seized"})

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_LEFT_OUT: Final = frozenset(language("all")["left_out"])


class Figure(NamedTuple):
    """A figure that a sentence states: a number, what it counts, and of what, if that is known."""

    number: Number
    metric: str
    object: str | None


class _Phrase(NamedTuple):
    """A phrase of a metric: what finds its words on both sides, and what they count for."""

    metric: str
    before: re.Pattern[str]
    behind: re.Pattern[str]
    weight: float
    begins_with_object: bool
    has_object: bool
    is_item: bool


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
            phrases = [self._phrase(metric.id, it) for it in getattr(metric.phrases, self.code)]
            found.setdefault(metric.dimension.value, []).extend(phrases)

        return found

    def _phrase(self, metric: str, written: str) -> _Phrase:
        words = written.split()
        at = words.index("N")
        before, behind = words[:at][::-1], words[at + 1 :]
        classes = sum(word.isupper() for word in before + behind)
        plain = sum(word.islower() for word in before + behind)
        is_item = not before and behind == ["THINGS"]

        return _Phrase(
            metric,
            re.compile(self._side(before, -1)),
            re.compile(self._side(behind, 1)),
            _ITEM if is_item else _WORD * plain + _CLASS * classes,
            behind[:1] == ["THINGS"],
            "THINGS" in words,
            is_item,
        )

    def _side(self, words: list[str], step: int) -> str:
        """Return what finds the words on one side of a number, read away from it."""
        classes, gap, found = language(self.code)["classes"], _NEAR, ""
        for word in words:
            if word == "...":
                gap = _FAR
            elif word != "THINGS":
                listed = classes[word] if word.isupper() else word.split("/")
                read = (" ".join(phrase.split()[::step]) for phrase in listed)
                found += f"{gap}(?:{any_of(read, ' ')}) "
                gap = _NEAR

        return found

    @cached_property
    def _names(self) -> list[tuple[re.Pattern[str], str, bool]]:
        """
        What finds the objects, with each object.

        The last tells whether another object counts rather: "tablets of captagon".
        """
        return [
            (re.compile(rf"\b(?:{any_of([written.rstrip('?')], ' ')})(?!\w)"), it.id, "?" in written)
            for it in self.objects
            for written in getattr(it.phrases, self.code)
        ]

    def figures(
        self, numbers: Sequence[Number], plain: str, *, in_list: bool = False
    ) -> Iterator[Figure]:
        """
        Return the figures that a sentence states.

        :param numbers: Its numbers.
        :param plain: The sentence without them.
        :param in_list: Whether it is an item of a list, which may do without a verb.
        """
        last: Figure | None = None
        for number in numbers:
            before = _words(plain[: number.start])
            behind = _words(plain[number.end :])
            if any(map(known(self.code, "others").fullmatch, behind[:3])):
                continue
            window = _CLAUSE_END.split(" ".join(behind))[0].split()
            object_ = self._first(window[: _NEXT_TO if number.is_article else _WINDOW])
            metric = self._metric(number, before, behind, object_, in_list=in_list)
            refers = last is not None and self._refers(plain[: number.start], plain[number.end :])
            if metric is None and refers and last and last.number.dimension == number.dimension:
                metric, object_ = last.metric, object_ or last.object
            elif object_ is None and metric in _VALUES:
                object_ = self._last(_CLAUSE_END.split(" ".join(before))[-1])
            elif object_ is None and refers and last:
                object_ = last.object
            if metric is not None:
                last = Figure(number, metric, object_ if (metric, object_) in self.pairs else None)
                yield last

    def _first(self, words: Sequence[str]) -> str | None:
        """Return the first object that some words name."""
        text = " ".join(words)
        found = (
            (is_weak, match.start(), -len(match[0]), object_)
            for pattern, object_, is_weak in self._names
            if (match := pattern.search(text))
        )

        return min(found, default=(None,))[-1]

    def _last(self, text: str) -> str | None:
        """Return the last object that a text names."""
        words = text.split()
        named = (self._first(words[at : at + 3]) for at in range(len(words) - 1, -1, -1))

        return next(filter(None, named), None)

    def _refers(self, before: str, behind: str) -> bool:
        """Return whether a number is of what was counted before: "290 of which"."""
        which = known(self.code, "which")

        return bool(re.search(r"\b(?:which|dont)(?:\W+\w+){0,2}\W*$", before)) or bool(
            which.match(behind.lstrip())
        )

    def _metric(
        self,
        number: Number,
        before: Sequence[str],
        behind: Sequence[str],
        object_: str | None,
        *,
        in_list: bool,
    ) -> str | None:
        """Return the metric whose phrases fit a number best."""
        left, right = (" ".join([*words, ""]) for words in (before[::-1], behind))
        # What is in brackets is passed over: "$1 billion (950 million euros) worth of".
        right = re.sub(r"^(?:\( .*?)?\) ", "", right)
        fitting: list[tuple[float, str]] = []
        for phrase in self._phrases.get(number.dimension, ()):
            is_usual = (phrase.metric, object_) in self.pairs and object_ is not None
            if (phrase.has_object and not is_usual) or (phrase.is_item and not in_list):
                continue
            sides = phrase.before.match(left), phrase.behind.match(right)
            if sides[0] and sides[1]:
                is_next = sides[1].groups()[:1] == ("",) and not phrase.begins_with_object
                between = sum(len(it.split()) for side in sides for it in side.groups())
                score = phrase.weight + _NEXT * is_next - _STEP * between
                fitting.append((score, phrase.metric))

        score, metric = max(fitting, key=lambda it: it[0], default=(0.0, None))

        return None if number.is_article and score < _CLASS + _NEXT else metric


def _words(plain: str) -> list[str]:
    """Return the words and signs of a sentence that count."""
    return [word for word in _TOKEN.findall(plain) if word not in _LEFT_OUT]
