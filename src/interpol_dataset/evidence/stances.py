"""
How what each source says compares with the value of a fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.evidence.choice import is_same
from interpol_dataset.schema.vocabulary import Stance

if TYPE_CHECKING:
    from collections.abc import Callable

    from interpol_dataset.evidence.parties import Hearing, Party
    from interpol_dataset.evidence.testimony import Testimony


def stances_of(
    hearing: Hearing,
    chosen: Testimony | None = None,
    stance: Callable[[Party, Testimony], Stance] = lambda *_: Stance.NOT_COUNTED,
) -> dict[str, Stance]:
    """
    Return how what each source says compares with the value.

    :param stance: How a testimony compares, unless its party took it back.
    """
    stances = {item.source.id: Stance.NOT_COUNTED for item in hearing.said}
    stances |= dict.fromkeys(hearing.silent, Stance.SILENT)
    stances |= dict.fromkeys(hearing.drifted, Stance.DRIFTED)
    if hearing.parties:
        unheard = (item for party in hearing.bystanders for item in party.members)
        stances |= {item.source.id: Stance.BYSTANDER for item in unheard}

    for party in hearing.told:
        speaking = {item.source.id for item in party.speakers}
        for item in party.members:
            taken_back = None if item.source.id in speaking else _taken_back(item, party)
            stances[item.source.id] = taken_back or stance(party, item)

    if chosen:
        stances[chosen.source.id] = Stance.SUPPORTS

    return stances


def _taken_back(item: Testimony, party: Party) -> Stance | None:
    """Return why a testimony does not say what its party's speakers say; none if it does."""
    if _deviates(item, party):
        return Stance.DEVIATES

    # An older text of the party, or a retelling of one, is only replaced by what differs.
    same = any(is_same(item, speaker) for speaker in party.speakers)

    return None if same else Stance.SUPERSEDED


def _deviates(item: Testimony, party: Party) -> bool:
    """Return whether none of the party's better texts agrees with a copy or a retelling."""
    if item.standing is party.standing:
        return False

    return not any(
        other.standing < item.standing and is_same(other, item) and not _deviates(other, party)
        for other in party.members
    )
