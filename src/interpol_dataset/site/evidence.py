"""
The evidence of a fact as a reader meets it: voices by party, and facts that rest on the same.

Nothing is decided here: status, stance and sentence are those of the explanation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from interpol_dataset.dataset.explanation import STANCES, details, groups
from interpol_dataset.dataset.sentence import changed_on_the_way
from interpol_dataset.schema.vocabulary import SourceKind, Stance
from interpol_dataset.site.words import stated
from interpol_dataset.values.words import verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from interpol_dataset.dataset.sentence import Voice
    from interpol_dataset.site.model import Fact


#: What a source is, in a reader's words.
KINDS: Final = {
    SourceKind.OFFICIAL: "official document",
    SourceKind.COURT: "court document",
    SourceKind.OVERSIGHT: "oversight report",
    SourceKind.COPY: "copy of an official document",
    SourceKind.ACADEMIC: "scholarly work",
    SourceKind.NGO: "NGO report",
    SourceKind.NEWS: "news report",
    SourceKind.REFERENCE: "work of reference",
    SourceKind.CONTENT_SITE: "site without named authors",
    SourceKind.AI_GENERATED: "machine-written text",
}


@dataclass(frozen=True, slots=True)
class Said:
    """
    What one source says.

    :param voice: The source's voice in the explanation.
    :param value: What it says, in words.
    :param stance: How that compares to the value, in words; nothing where the value says it.
    :param tone: ``good``, ``bad`` or nothing, for its colour.
    :param is_chosen: Whether the value was taken from it.
    :param change: How it changed the number that it repeats.
    :param kind: What the source is, in words.
    :param details: Its word, how far the count had come, and by which prices it values.
    """

    voice: Voice
    value: str
    stance: str
    tone: str
    is_chosen: bool
    change: str | None
    kind: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """
    A party, and what its sources say.

    :param name: Its name, or those of bodies that speak with one voice.
    :param verb: ``says``, ``say``, or nothing where nobody is heard.
    :param standing: What it could know.
    :param said: What each of its sources says, the one that was taken first.
    """

    name: str
    verb: str
    standing: str
    said: tuple[Said, ...]


def variants(fact: Fact) -> list[str]:
    """Return other words or numbers that do not contradict the value."""
    return [stated(fact.path, variant, fact.why.unit) for variant in fact.why.variants]


def speakers(fact: Fact) -> list[Speaker]:
    """Return who speaks of a fact and what they say: the party whose value was taken first."""
    return [
        Speaker(
            group.heading,
            verb(group.names, "says", "say") if group.names else "",
            group.standing,
            _said(fact, group.voices),
        )
        for group in groups(fact.why)
    ]


def _said(fact: Fact, voices: Sequence[Voice]) -> tuple[Said, ...]:
    return tuple(
        Said(
            voice,
            stated(fact.path, voice.value, voice.unit),
            STANCES[Stance(voice.stance)] if voice.stance and voice.stance != voice.value else "",
            tone(voice),
            voice.source == fact.why.chosen,
            changed_on_the_way(fact.path, voice, fact.chosen),
            KINDS[SourceKind(voice.kind)],
            tuple(details(voice)),
        )
        for voice in voices
    )


def tone(voice: Voice) -> str:
    """Return the colour of how a voice compares to the value: ``good``, ``bad`` or nothing."""
    match voice.stance:
        case Stance.SUPPORTS:
            return "good"
        case Stance.CONTRADICTS | Stance.DEVIATES | Stance.DRIFTED:
            return "bad"
        case _:
            return ""


def alike(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Group facts whose evidence is the same, word for word, in the order of the largest group."""
    groups: dict[object, list[Fact]] = {}
    for fact in facts:
        why = fact.why
        key = why.value, why.status, why.sentence, why.preferred, why.voices
        groups.setdefault(key, []).append(fact)

    return sorted(groups.values(), key=lambda group: -len(group))
