"""
Which value a fact takes, and who supports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.evidence.agreement import agree, grain, is_hedged
from interpol_dataset.evidence.parties import Party
from interpol_dataset.evidence.testimony import Standing, Testimony
from interpol_dataset.schema.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.evidence.parties import Hearing


#: Parties, each with the standing of what supports a value.
Supporters: TypeAlias = tuple[tuple[Party, Standing], ...]

#: How much a status says, to choose among words that do not contradict each other.
_STRENGTH: Final = {
    Status.CONFIRMED: 4,
    Status.JOINT: 3,
    Status.CORROBORATED: 2,
    Status.DOCUMENTED: 2,
    Status.REPORTED: 1,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """
    A value, and which parties support or contradict it.

    :param testimony: The testimony that gives the value.
    :param supporters: The parties that support it, each with the standing that supports it.
    :param opponents: The parties that contradict it, or another that supports it.
    :param partly: The parties that support it partly.
    """

    testimony: Testimony | None
    supporters: Supporters = ()
    opponents: tuple[Party, ...] = ()
    partly: tuple[Party, ...] = ()

    @property
    def observers(self) -> set[str]:
        """The observers that support the value."""
        return {party.observer for party, _ in self.supporters}

    @property
    def observers_read(self) -> set[str]:
        """Those of the observers of which a document was read."""
        return {
            party.observer for party, standing in self.supporters if standing is Standing.DOCUMENT
        }

    @property
    def documents(self) -> Standing | None:
        """The best standing among those who support the value."""
        return min((standing for _, standing in self.supporters), default=None)


def status_of_support(choice: Choice) -> Status:
    """Read the status of an undisputed value off the table in the module's docstring."""
    together = len(choice.observers) == 1
    alone = len(choice.supporters) == 1

    match together, alone, choice.documents:
        case False, _, Standing.DOCUMENT:
            return Status.CONFIRMED
        case False, _, _:
            return Status.CORROBORATED
        case True, False, Standing.DOCUMENT:
            return Status.JOINT
        case True, True, Standing.DOCUMENT:
            return Status.DOCUMENTED
        case _:
            return Status.REPORTED


def preferred_testimony(hearing: Hearing, prefer: str | None) -> Testimony | None:
    """Return what the preferred source says, if it says anything that counts."""
    everybody = (*hearing.parties, *hearing.bystanders)

    return next(
        (item for party in everybody for item in party.members if item.source.id == prefer), None
    )


def best_value(hearing: Hearing) -> Testimony | None:
    """Return the voice of the best party, or a finer one that agrees with it."""
    candidates = hearing.speaking or hearing.heard
    if len(candidates) == 1:
        return candidates[0].voice
    best = min(candidates, key=lambda party: party.preference, default=None)
    if best is None or not best.consistent:
        return best.voice if best else None

    finer = [
        party
        for party in candidates
        if party.standing <= best.standing and is_finer(party.voice, best.voice)
    ]

    return min(
        finer, key=lambda party: (grain(party.voice.stated), party.preference), default=best
    ).voice


def is_finer(item: Testimony, than: Testimony) -> bool:
    """Return whether one testimony says the same as another, exactly and more finely."""
    value, other = item.stated, than.stated

    return not is_hedged(value) and grain(value) < grain(other) and agree(value, other)


def strongest_word(hearing: Hearing) -> Testimony | None:
    """Return the word that would have the strongest status, in the voice of its best party."""
    if not hearing.parties:
        return best_value(hearing)

    def order(said: tuple[Party, Testimony]) -> tuple[object, ...]:
        party, item = said
        strength = _strength(backers(hearing, item.value))

        return -strength, party.preference, item is not party.voice, item.preference

    said = [(party, item) for party in hearing.parties for item in party.speakers]
    _, chosen = min(said, key=order)

    return chosen


def earliest_day(hearing: Hearing) -> Testimony | None:
    """Return the earliest day that those give who are nearest to their own words."""
    nearest = min((party.standing for party in hearing.heard), default=None)
    days = [item for party in hearing.heard if party.standing is nearest for item in party.speakers]

    return min(days, key=lambda item: (item.value, item.preference), default=None)


def backers(hearing: Hearing, value: object) -> Supporters:
    """
    Return the parties that support one of several values which do not contradict each other.

    They are those that say only this, or one that says this and more if it is stronger alone.
    """
    single = tuple(
        (party, party.standing)
        for party in hearing.parties
        if party.consistent and party.voice.value == value
    )
    divided = [
        ((party, party.standing),)
        for party in hearing.parties
        if not party.consistent and any(item.value == value for item in party.speakers)
    ]

    return max([single, *divided], key=_strength)


def _strength(supporters: Supporters) -> int:
    return _STRENGTH[status_of_support(Choice(None, supporters))] if supporters else 0


def or_own_party(
    hearing: Hearing,
    chosen: Testimony | None,
    supporters: Supporters,
) -> Supporters:
    """Return the supporters, or the party of a preferred testimony that nobody's voice supports."""
    if supporters:
        return supporters

    return tuple(
        (party, chosen.standing) for party in hearing.parties if chosen and chosen in party.members
    )


def opponents_of(speaking: list[Party], supporting: list[Party]) -> Iterator[Party]:
    """Yield the parties that contradict the value, or a party that supports it."""
    for party in speaking:
        against = party not in supporting
        if against or not all(is_same(party.voice, other.voice) for other in supporting):
            yield party


def is_same(one: Testimony, other: Testimony) -> bool:
    """Return whether what two testimonies say agrees."""
    return one is other or agree(one.stated, other.stated)
