"""
The answer in a sentence: what a status rests on, in words that a newspaper can print.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.proceedings import known_until
from interpol_dataset.schema.vocabulary import Agreement, SourceKind, Status
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import date_in_words, listed, lowered, quantity_in_words, verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from interpol_dataset.dataset.explanation import Voice


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
    told = f"{status.capitalize()}: {_told(fact, value, path, voices, chosen)}."
    if status is Status.DISPUTED and fact["dispute_reason"]:
        told += f" {fact['dispute_reason']}"

    outside = any(voice.observer for voice in voices if voice.stance == "supports")
    if FactPath(path).is_figure and FactPath(path).place is None and not outside:
        told += " No body outside the operation has counted."
    if until := known_until(path, (voice.as_of for voice in _behind(voices, chosen))):
        told += f" {until[0].upper()}{until[1:]}."

    return " ".join([told, *_drifts(FactPath(path), voices, metrics or {})])


def _behind(voices: Sequence[Voice], chosen: Voice) -> list[Voice]:
    """Return the voices that stand behind the value."""
    return [voice for voice in voices if voice is chosen or voice.stance == "supports"]


def _drifts(path: FactPath, voices: Sequence[Voice], metrics: Mapping[str, str]) -> Iterator[str]:
    """Count the pages that retell the figure as something else, in sentences."""
    counts = Counter(voice.drift_metric for voice in voices if voice.stance == "drifted")
    for metric, count in counts.most_common():
        pages = "page says" if count == 1 else "pages say"
        number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
        other, own = (lowered(metrics.get(id_, id_)) for id_ in (metric or "", path.member))
        yield f"{number} {pages} {other} instead of {own}."


def _told(
    fact: Mapping[str, Any], value: str, path: str, voices: Sequence[Voice], chosen: Voice
) -> str:
    status = Status(fact["status"])
    supporting = [voice for voice in voices if voice.stance == "supports" and voice.party]
    names = _names(supporting) or chosen.asserters
    is_one = len({(voice.value, voice.unit) for voice in supporting}) <= 1
    say, others = "say" if is_one else "agree on", _others(supporting, chosen)

    match status:
        case Status.CONFIRMED | Status.CORROBORATED:
            read = "a document of one of them was read"
            known = read if status is Status.CONFIRMED else "known from copies or retellings"
            apart = _listed(_observers(supporting) or names)
            return f"{apart} could know it apart from each other and {say} {value}; {known}"
        case Status.JOINT:
            if any(voice.observer for voice in supporting):
                return f"{_listed(names)} count as one body and {say} {value}{others}"
            publish = "publish" if is_one else say
            return f"{_listed(names)} {publish} {value}, from one tally{others}"
        case Status.DOCUMENTED:
            own_document = f"{_possessive(chosen.asserter)} own document says"
            if SourceKind(chosen.kind).is_document:
                return f"{own_document} {value}{others}"
            stated = {
                _claimed(path, voice.value, voice.unit)
                for voice in supporting
                if voice.asserter == chosen.asserter and SourceKind(voice.kind).is_document
            }
            if len(stated) == 1 and value not in stated:
                rest = _others([voice for voice in supporting if voice is not chosen], chosen)
                return f"{own_document} {stated.pop()}, and a page that agrees has {value}{rest}"
            says = verb(chosen.asserters, "says", "say")
            own = verb(chosen.asserters, "its", "their")
            return f"{chosen.asserter} {says} {value}, and a document of {own} own was read{others}"
        case Status.REPORTED:
            return _reported(fact, value, supporting, names, is_one=is_one)
        case Status.INCONSISTENT:
            values = _listed(_values(path, voices, "inconsistent"))
            gives = verb(chosen.asserters, "gives, or is", "give, or are")
            why = "is most common" if _is_most(voices, chosen) else "is taken; none is most common"
            return f"{chosen.asserter} {gives} quoted with, {values}; {value} {why}"
        case _:
            return _opposed(path, voices, chosen)


def _names(voices: Iterable[Voice]) -> list[str]:
    """Return the name of each body that speaks, once."""
    return list(dict.fromkeys(name for voice in voices for name in voice.asserters))


def _reported(
    fact: Mapping[str, Any],
    value: str,
    supporting: Sequence[Voice],
    names: Sequence[str],
    *,
    is_one: bool,
) -> str:
    """Return who is quoted; where no party speaks, a newsroom reports what it has found itself."""
    who = _listed(names)
    if fact["agreement"] == Agreement.NONE:
        who += f", which only {verb(names, 'looks', 'look')} on,"
        if all(voice.publisher in voice.asserters for voice in supporting):
            return f"{who} {verb(names, 'reports', 'report')} {value}"
    said = "saying" if is_one or len(names) == 1 else "agreeing on"

    return f"{who} {verb(names, 'is', 'are')} reported as {said} {value}; no document was read"


def _observers(supporting: Sequence[Voice]) -> list[str]:
    """Return the name of each observer, with those that count as one body with it."""
    groups: dict[str | None, dict[str, None]] = {}
    for voice in supporting:
        groups.setdefault(voice.observer, {}).update(dict.fromkeys(voice.asserters))

    return [
        f"{first} (with {_listed(others)})" if others else first
        for first, *others in map(list, groups.values())
    ]


def _others(supporting: Sequence[Voice], chosen: Voice) -> str:
    """Count the pages that only repeat what a document says, or say what agrees with it."""
    pages = [voice for voice in supporting if not SourceKind(voice.kind).is_document]
    if not pages:
        return ""

    told = {(voice.value, voice.unit) for voice in pages}
    own = (chosen.value, chosen.unit)
    repeats, agrees = own in told, told != {own}
    if len(pages) == 1:
        return f"; another page {'agrees with' if agrees else 'repeats'} it"
    verbs = ["repeat"] * repeats + ["agree with"] * agrees

    return f"; {len(pages)} other pages {' or '.join(verbs)} it"


def _opposed(path: str, voices: Iterable[Voice], chosen: Voice) -> str:
    """Return who says what, where parties contradict each other; each body with its first word."""
    sides: dict[str, dict[str, dict[str, None]]] = {"supports": {}, "contradicts": {}}
    heard: set[str] = set()
    for voice in [chosen, *voices]:
        if voice.stance in sides and heard.isdisjoint(voice.asserters):
            heard.update(voice.asserters)
            claim = _claimed(path, voice.value, voice.unit)
            sides[voice.stance].setdefault(claim, {}).update(dict.fromkeys(voice.asserters))
    (first, *agreeing), opposing = (
        [f"{_listed([*by])} {verb([*by], 'says', 'say')} {claim}" for claim, by in side.items()]
        for side in sides.values()
    )
    beside = [f"in agreement with that, {listed(agreeing)}"] if agreeing else []

    return "; ".join([first, *beside, *opposing])


def _of_statement(status: Status, voices: Sequence[Voice]) -> str:
    names = {
        stance: _names(voice for voice in voices if voice.stance == stance)
        for stance in ("supports", "partly", "contradicts")
    }

    def by(stance: str, one: str, many: str) -> str:
        return f"{_listed(names[stance])} {verb(names[stance], one, many)}"

    match status:
        case Status.UNVERIFIED:
            return "no source that counts says anything about it"
        case Status.PARTIAL:
            return f"{by('partly', 'supports', 'support')} a part of it, and nobody the whole"
        case Status.REFUTED:
            return f"{by('contradicts', 'contradicts', 'contradict')} it, and nobody supports it"
        case Status.DISPUTED:
            return (
                f"{by('supports', 'supports', 'support')} it; "
                f"{by('contradicts', 'contradicts', 'contradict')} it"
            )
        case Status.INCONSISTENT:
            return "the only body that speaks of it contradicts itself"
        case _:
            return f"supported by {_listed(names['supports'])}"


def _is_most(voices: Iterable[Voice], chosen: Voice) -> bool:
    """Return whether no other value is told as often as the one that was chosen."""
    told = Counter(
        (voice.value, voice.unit)
        for voice in voices
        if voice.stance in {"inconsistent", "supports"}
    )
    own = told.pop((chosen.value, chosen.unit), 0)

    return own > max(told.values(), default=0)


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
