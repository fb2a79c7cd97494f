"""
Which value a fact takes, and who supports it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.agreement import agree, contradict, grain, is_hedged
from interpol_dataset.schema.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.evidence.parties import Hearing, Party
    from interpol_dataset.evidence.testimony import Testimony
    from interpol_dataset.evidence.texts import Standing


#: How much a status says, to choose among words that do not contradict each other.
_STRENGTH: Final = {Status.CORROBORATED: 3, Status.DOCUMENTED: 2, Status.REPORTED: 1}


@dataclass(frozen=True, slots=True)
class Choice:
    """
    A value, and which parties support it.

    :param testimony: The testimony that gives the value.
    :param supporters: The parties that support it, each with what of it does.
    """

    testimony: Testimony | None
    supporters: tuple[Party, ...] = ()

    @property
    def observers(self) -> int:
        """How many observers support the value in their own voice; one if all is hearsay."""
        heard = {party.observer for party in self.supporters if party.is_heard}

        return len(heard) or min(len(self.supporters), 1)

    @property
    def read(self) -> Standing | None:
        """The best that was read of those who support the value."""
        heard = [party for party in self.supporters if party.is_heard]

        return min((party.standing for party in heard or self.supporters), default=None)


def status_of_support(choice: Choice) -> Status:
    """Return the status of a value that nobody contradicts."""
    if choice.read is None:
        return Status.UNVERIFIED
    if choice.observers > 1:
        return Status.CORROBORATED

    return Status.DOCUMENTED if choice.read.is_text else Status.REPORTED


def preferred_testimony(hearing: Hearing, prefer: str | None) -> Testimony | None:
    """Return what the preferred source says, if it says anything that counts."""
    everybody = (*hearing.parties, *hearing.bystanders)

    return next(
        (item for party in everybody for item in party.members if item.source.id == prefer), None
    )


def best_value(hearing: Hearing) -> Testimony | None:
    """Return the voice of the best party, or a finer one that agrees with it."""
    candidates = hearing.heard or hearing.told
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
    nearest = min((party.standing for party in hearing.told), default=None)
    days = [item for party in hearing.told if party.standing is nearest for item in party.speakers]

    return min(days, key=lambda item: (item.value, item.preference), default=None)


def backers(hearing: Hearing, value: object) -> tuple[Party, ...]:
    """
    Return the parties that support one of several values which do not contradict each other.

    They are those that say only this, or one that says this and more if it is stronger alone.
    """
    single = tuple(
        party for party in hearing.parties if party.consistent and party.voice.value == value
    )
    divided = [
        (_saying(party, item),)
        for party in hearing.parties
        for item in party.speakers
        if not party.consistent and item.value == value
    ]

    return max([single, *divided], key=_strength)


def _strength(supporters: tuple[Party, ...]) -> int:
    return _STRENGTH.get(status_of_support(Choice(None, supporters)), 0)


def _saying(party: Party, item: Testimony) -> Party:
    """Return a party as if it said nothing but this."""
    return replace(party, standing=item.standing, speakers=(item,), voice=item, consistent=True)


def or_own_party(
    hearing: Hearing, chosen: Testimony, supporters: tuple[Party, ...]
) -> tuple[Party, ...]:
    """Return the supporters, or the party of a preferred testimony that nobody's voice supports."""
    return supporters or tuple(
        _saying(party, chosen) for party in hearing.parties if chosen in party.members
    )


def opponents_of(
    hearing: Hearing, chosen: Testimony, supporters: tuple[Party, ...]
) -> Iterator[Party]:
    """Yield the parties that contradict the value or a party that supports it, or themselves."""
    if not hearing.heard:
        yield from (party for party in hearing.parties if party.contradicts_itself)

    supporting = {party.id for party in supporters}
    agreed = [party.voice for party in hearing.heard if party.id in supporting]
    for party in hearing.heard:
        against = agreed if party.id in supporting else [chosen, *agreed]
        if any(contradict(party.voice.stated, item.stated) for item in against):
            yield party


def is_same(one: Testimony, other: Testimony) -> bool:
    """Return whether what two testimonies say agrees."""
    return one is other or agree(one.stated, other.stated)
