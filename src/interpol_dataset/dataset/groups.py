"""
The voices of an explanation, grouped by who speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.evidence.nature import FactKind, nature_of
from interpol_dataset.schema.vocabulary import Stance
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import date_in_words, listed, verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.dataset.explanation import Explanation, Voice


#: What a stance is called beside a value.
STANCES: Final = {
    Stance.SUPPORTS: "agrees",
    Stance.PARTLY: "supports a part",
    Stance.CONTRADICTS: "contradicts it",
    Stance.VARIANT: "no contradiction",
    Stance.SUPERSEDED: "superseded later",
    Stance.DEVIATES: "tells it differently",
    Stance.BYSTANDER: "took no part",
    Stance.DRIFTED: "retold as something else",
    Stance.SILENT: "leaves it out of a retold list",
    Stance.NOT_COUNTED: "does not count",
}


class Group(NamedTuple):
    """
    Voices that belong together.

    :param names: The names of those who speak; none of voices that nobody hears.
    :param heading: What the voices are called together.
    :param standing: What those who speak could know; empty where that makes no difference.
    :param voices: What each source says.
    """

    names: tuple[str, ...]
    heading: str
    standing: str
    voices: tuple[Voice, ...]


def groups(why: Explanation) -> Iterator[Group]:
    """Group the voices: parties that speak, the one whose value was taken first; then others."""
    by_party: dict[str | None, list[Voice]] = {}
    for voice in sorted(why.voices, key=lambda voice: voice.source != why.chosen):
        party = voice.party or (None if why.is_fact else voice.asserter)
        by_party.setdefault(party, []).append(voice)

    unheard = by_party.pop(None, [])
    for voices in by_party.values():
        names = tuple(dict.fromkeys(name for voice in voices for name in voice.asserters))
        standing = _standing(why, voices, names) if why.is_fact else ""
        yield Group(names, listed(names), standing, tuple(voices))

    drifted = tuple(voice for voice in unheard if voice.stance == Stance.DRIFTED)
    others = tuple(voice for voice in unheard if voice.stance != Stance.DRIFTED)
    for heading, rest in (("Retold as something else", drifted), ("Not counted", others)):
        if rest:
            yield Group((), heading, "", rest)


def _standing(why: Explanation, voices: Sequence[Voice], names: Sequence[str]) -> str:
    """Return what those who speak could know."""
    itself = verb(names, "itself", "themselves")
    if any(voice.own_count for voice in voices):
        return f"counted for {itself}"
    observer = next((voice.observer for voice in voices if voice.observer), None)
    if observer is None:
        # Where no party speaks, those who look on are shown, and their stance is another.
        if why.read is None or {Stance.BYSTANDER} == {v.stance for v in voices}:
            return "took no part"
        if nature_of(FactPath(why.field)).kind is FactKind.SHARED:
            return "one count with the operation"
        return "as the operation knows it"

    others = [name for name in why.bodies.get(observer, ()) if name not in names]

    return f"could know it {itself}" + (f", as one with {listed(others)}" if others else "")


def details(voice: Voice) -> Iterator[str]:
    """Return the source's word, the stage and day of its count, and its basis of valuation."""
    if voice.said_as:
        yield f"called “{voice.said_as}”"
    if voice.stage:
        yield f"{voice.stage} count"
    if voice.as_of:
        yield f"as of {date_in_words(Edtf.parse(voice.as_of))}"
    if voice.valuation:
        yield f"{voice.valuation} value"
