"""The evidence of a fact as pages show it: voices by party, and facts with the same evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from interpol_dataset.dataset.explanation import SHARED, STANCES, details, groups
from interpol_dataset.dataset.sentence import Voice, changed_on_the_way
from interpol_dataset.schema.vocabulary import Stance
from interpol_dataset.site.words import safe, stated
from interpol_dataset.values import grouped
from interpol_dataset.values.words import verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from interpol_dataset.site.model import Fact, Source

#: Classes of words by their tone: what agrees needs none.
SHADES: Final = {"good": Markup(""), "bad": Markup(" class=bad"), "": Markup(" class=so")}
#: The colour of how a voice compares to the value.
_TONES: Final[Mapping[str | None, str]] = {
    Stance.SUPPORTS: "good",
    Stance.CONTRADICTS: "bad",
    Stance.DEVIATES: "bad",
    Stance.DRIFTED: "bad",
}
#: Between words that only their places tell apart.
_APART: Final = "<span class=unseen>, </span>"


@dataclass(frozen=True, slots=True)
class Said:
    """
    What one source says.

    :param value: What it says, in words.
    :param stance: How that compares to the value, in words; nothing where the value says it, or
        where all say the same.
    :param tone: ``good``, ``bad`` or nothing, for its colour.
    :param change: How it changed the number that it repeats.
    :param details: Its word, how far the count had come, and by which prices it values.
    """

    voice: Voice
    value: str
    stance: str
    tone: str
    is_chosen: bool
    change: str | None
    details: tuple[str, ...]

    def told(self) -> str:
        """Return its value, and how that compares, as HTML."""
        taken = " class=taken" if self.is_chosen else ""
        words = [
            (self.stance, self.tone),
            (self.change, "bad"),
            *((text, "") for text in self.details),
        ]
        heard = _APART.join(f"<i{SHADES[tone]}>{safe(text)}</i>" for text, tone in words if text)
        value = f"<b{taken}>{safe(self.value)}</b>" if self.value else ""
        return " ".join(filter(None, (value, heard)))

    def named(self, source: Source) -> str:
        """Return its source as HTML: a link to the original, where it says so, and what it is."""
        place = f", {safe(self.voice.locator)}" if self.voice.locator else ""
        about = source.about.removeprefix("undated · ")
        own = " · own count" if self.voice.own_count else ""
        note = f"<small class=remark>{safe(self.voice.note)}</small>" if self.voice.note else ""
        return f"<p>{source.link}{place} <small>{about}{own}</small>{note}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """
    A party, and what its sources say, the one that was taken first.

    :param name: Its name, or those of bodies that speak with one voice.
    :param verb: ``says``, ``say``, or nothing where nobody is heard.
    :param standing: What it could know.
    """

    name: str
    verb: str
    standing: str
    said: tuple[Said, ...]

    def html(self, sources: Mapping[str, Source]) -> Markup:
        """Return what it says: each value once, with its sources; several values as a list."""
        groups = grouped(
            (item.told(), item.named(sources[item.voice.source])) for item in self.said
        )
        items = [told + "".join(lines) for told, lines in groups.items()]
        listed = f"<ul><li>{'<li>'.join(items)}</ul>" if len(items) > 1 else "".join(items)
        return Markup(listed)  # noqa: S704  # safe


def variants(fact: Fact) -> list[str]:
    """Return other words or numbers that do not contradict the value."""
    return [stated(fact.path, variant, fact.why.unit) for variant in fact.why.variants]


def speakers(fact: Fact) -> list[Speaker]:
    """Return who says what of a fact, beginning with the party whose value was taken."""
    several = [*groups(fact.why)]
    is_alone = len(several) == 1
    return [
        Speaker(
            group.heading,
            verb(group.names, "says", "say") if group.names else "",
            "" if is_alone and group.standing == SHARED else group.standing,
            heard(fact, group.voices),
        )
        for group in several
    ]


def heard(fact: Fact, voices: Sequence[Voice]) -> tuple[Said, ...]:
    """Return what sources say of a fact; that they agree only where not all say the same."""
    agreed = len({(voice.value, voice.unit) for voice in fact.why.voices}) == 1
    chosen = None if agreed else fact.why.chosen
    return tuple(
        Said(
            voice,
            stated(fact.path, voice.value, voice.unit),
            _stance(voice, chosen, agreed=agreed),
            _TONES.get(voice.stance, ""),
            voice.source == chosen,
            changed_on_the_way(fact.path, voice, fact.why.taken),
            tuple(details(voice)),
        )
        for voice in voices
    )


def _stance(voice: Voice, chosen: str | None, *, agreed: bool) -> str:
    if not voice.stance or voice.stance == voice.value:
        return ""
    if agreed and voice.stance == Stance.SUPPORTS:
        return ""
    return "the value taken" if voice.source == chosen else STANCES[Stance(voice.stance)]


def alike(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Group facts whose evidence is the same, word for word, in the order of the largest group."""
    groups = grouped(
        ((why.value, why.status, why.sentence, why.preferred, why.voices), fact)
        for fact in facts
        if (why := fact.why)
    )
    return sorted(groups.values(), key=len, reverse=True)
