"""
The answer in a sentence: what a status rests on, in words that a newspaper can print.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.schema.vocabulary import SourceKind, Status
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import date_in_words, listed, lowered, quantity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from interpol_dataset.dataset.explanation import Voice

__all__ = ["changed_on_the_way", "in_words", "sentence"]

#: How many parties are named one by one.
_NAMED: Final = 3

#: Small numbers as they begin a sentence.
_NUMBERS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")

_CLAIMS: Final = {
    "listed": "that it took part",
    "not listed": "that it did not take part",
    "described": "that there was such a case",
    "used": "that it was used",
    "shown": "that the case shows it",
}


def in_words(path: str, value: str, unit: str | None = None) -> str:
    """Write a fact's value in words; a number may bring a unit of its own."""
    match FactPath(path).kind:
        case "outcomes" | "country_count":
            number, _, own = value.partition(" ")
            return quantity_in_words(Quantity.parse(number), own or unit)
        case "period" | "announced":
            return date_in_words(Edtf.parse(value))
        case _:
            return value


def _claimed(path: str, value: str, unit: str | None) -> str:
    """Write a fact's value as what somebody says."""
    match FactPath(path).kind:
        case "interpol_role":
            return f"that INTERPOL {value} it"
        case "organizations":
            return f"that it was a {value}"
        case _:
            return _CLAIMS.get(value) or in_words(path, value, unit)


def sentence(
    path: str,
    fact: dict[str, Any],
    voices: Sequence[Voice],
    metrics: Mapping[str, str] | None = None,
) -> str:
    """
    Say what a fact's status rests on.

    :param path: The fact's path.
    :param fact: Its row in the table ``verification``.
    :param voices: What the sources say.
    :param metrics: The names of metrics, by id.
    """
    status = Status(fact["status"])
    if FactPath(path).kind == "statement":
        return f"{status.capitalize()}: {_of_statement(status, voices)}."

    chosen = next((voice for voice in voices if voice.source == fact["source_id"]), None)
    if chosen is None:
        return "Unverified: no source that counts says anything about it."

    value = _claimed(path, chosen.value, chosen.unit)
    told = f"{status.capitalize()}: {_told(status, value, path, voices, chosen)}."
    if status is Status.DISPUTED and fact["dispute_reason"]:
        told += f" {fact['dispute_reason']}"

    outside = any(voice.observer for voice in voices if voice.stance == "supports")
    if FactPath(path).is_figure and FactPath(path).place is None and not outside:
        told += " No body outside the operation has counted."

    return " ".join([told, *_drifts(FactPath(path), voices, metrics or {})])


def _drifts(path: FactPath, voices: Sequence[Voice], metrics: Mapping[str, str]) -> Iterator[str]:
    """Count the pages that retell the figure as something else, in sentences."""
    counts = Counter(voice.drift_metric for voice in voices if voice.stance == "drifted")
    for metric, count in counts.most_common():
        pages = "page says" if count == 1 else "pages say"
        number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
        other, own = (lowered(metrics.get(id_, id_)) for id_ in (metric or "", path.member))
        yield f"{number} {pages} {other} instead of {own}."


def _told(status: Status, value: str, path: str, voices: Sequence[Voice], chosen: Voice) -> str:
    supporting = [voice for voice in voices if voice.stance == "supports" and voice.party]
    names = list(dict.fromkeys(voice.asserter for voice in supporting)) or [chosen.asserter]
    others = _others(supporting)

    match status:
        case Status.CONFIRMED | Status.CORROBORATED:
            read = "a document of one of them was read"
            known = read if status is Status.CONFIRMED else "known from copies or retellings"
            apart = _listed(_observers(supporting) or names)
            return f"{apart} could know it apart from each other and say {value}; {known}"
        case Status.JOINT:
            if any(voice.observer for voice in supporting):
                return f"{_listed(names)} count as one body and say {value}{others}"
            return f"{_listed(names)} publish {value}, from one tally{others}"
        case Status.DOCUMENTED:
            if SourceKind(chosen.kind).is_document:
                return f"{_possessive(names[0])} own document says {value}{others}"
            return f"{names[0]} says {value}, and a document of its own was read{others}"
        case Status.REPORTED:
            said = "is" if len(names) == 1 else "are"
            return f"{_listed(names)} {said} reported as saying {value}; no document was read"
        case Status.INCONSISTENT:
            values = _listed(_values(path, voices, "inconsistent"))
            return f"{chosen.asserter} gives, or is quoted with, {values}; {value} is most common"
        case _:
            return _opposed(path, voices)


def _observers(supporting: Sequence[Voice]) -> list[str]:
    """Return the name of each observer, with those that count as one body with it."""
    groups: dict[str | None, dict[str, None]] = {}
    for voice in supporting:
        groups.setdefault(voice.observer, {}).update(dict.fromkeys(voice.asserters))

    return [
        f"{first} (with {_listed(others)})" if others else first
        for first, *others in map(list, groups.values())
    ]


def _others(supporting: Sequence[Voice]) -> str:
    """Count the pages that only repeat what a document says."""
    repeating = sum(not SourceKind(voice.kind).is_document for voice in supporting)

    match repeating:
        case 0:
            return ""
        case 1:
            return "; another page repeats it"
        case _:
            return f"; {repeating} other pages repeat it"


def _opposed(path: str, voices: Sequence[Voice]) -> str:
    """Return who says what, where parties contradict each other."""
    said: dict[str, str] = {}
    for voice in voices:
        if voice.stance in {"supports", "contradicts"}:
            said.setdefault(voice.asserter, _claimed(path, voice.value, voice.unit))

    return "; ".join(f"{asserter} says {value}" for asserter, value in said.items())


def _of_statement(status: Status, voices: Sequence[Voice]) -> str:
    counts = Counter(voice.stance for voice in voices)
    by = {
        stance: _listed(
            list(dict.fromkeys(voice.asserter for voice in voices if voice.stance == stance))
        )
        for stance in counts
    }

    match status:
        case Status.UNVERIFIED:
            return "no source that counts says anything about it"
        case Status.PARTIAL:
            return f"{by['partly']} supports a part of it, and nobody the whole"
        case Status.REFUTED:
            return f"{by['contradicts']} contradicts it, and nobody supports it"
        case Status.DISPUTED:
            return f"{by['supports']} supports it; {by['contradicts']} contradicts it"
        case Status.INCONSISTENT:
            return "the only body that speaks of it contradicts itself"
        case _:
            return f"supported by {by['supports']}"


def _values(path: str, voices: Sequence[Voice], stance: str) -> list[str]:
    stated = [
        _claimed(path, voice.value, voice.unit)
        for voice in voices
        if voice.stance in {stance, "supports"}
    ]

    return list(dict.fromkeys(stated))


def changed_on_the_way(path: str, voice: Voice, chosen: Voice | None) -> str | None:
    """Return how a source changed a number that it otherwise repeats, if it did."""
    if chosen is None or voice.stance != "supports" or not FactPath(path).is_figure:
        return None

    own, other = Quantity.parse(voice.value), Quantity.parse(chosen.value)
    is_plain, was_hedged = own.lower == own.upper, other.lower != other.upper
    if is_plain and was_hedged and own.point == other.point:
        return "lost its hedge"

    return None


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _listed(names: Sequence[str]) -> str:
    """Join names: a, b and c; of many, the first and how many more."""
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"

    return listed(names)
