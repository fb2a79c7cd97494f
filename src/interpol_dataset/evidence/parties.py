"""
Who is heard about a fact: parties, which speak once each, and bystanders.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.agreement import agree, contradict, grain, is_hedged
from interpol_dataset.evidence.nature import FactKind, Nature
from interpol_dataset.evidence.testimony import NOT_LISTED, Testimony
from interpol_dataset.evidence.texts import Standing
from interpol_dataset.schema.vocabulary import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.evidence.families import Frame


#: The observer that all bodies of one operation are together.
_ALL_TOGETHER: Final = "all parties together"

#: Documents of these kinds are of a court, a parliament or an auditor.
_JUDGING: Final = frozenset({SourceKind.COURT, SourceKind.OVERSIGHT})


@dataclass(frozen=True, slots=True)
class Party:
    """
    All that goes back to one asserter, speaking once.

    :param id: Who speaks: an organization, the first of several that issue texts together.
    :param observer: The observer that it belongs to; it may be one of several parties.
    :param standing: The best standing among its testimonies; those that have it speak.
    :param speakers: The testimonies that speak.
    :param voice: The one among them that is quoted.
    :param consistent: Whether no two of them contradict each other.
    :param members: All its testimonies.
    """

    id: str
    observer: str
    standing: Standing
    speakers: tuple[Testimony, ...]
    voice: Testimony
    consistent: bool
    members: tuple[Testimony, ...]

    @property
    def is_heard(self) -> bool:
        """Whether it is heard in its own voice, and does not contradict itself."""
        own_voice = self.standing is not Standing.RETELLING or _has_own_count(self.speakers)

        return self.consistent and own_voice

    @property
    def contradicts_itself(self) -> bool:
        """Whether its own documents of one day contradict each other."""
        return not self.consistent and self.standing.is_text

    @property
    def own_observer(self) -> str | None:
        """The body that it observes as, apart from the others; none if it shares their tally."""
        return None if self.observer == _ALL_TOGETHER else self.observer

    @property
    def preference(self) -> tuple[int, int, str]:
        """A key that sorts parties by the rank of their voice, latest first."""
        rank, day, _ = self.voice.preference

        return rank, day, self.id


@dataclass(frozen=True)
class Hearing:
    """
    All that is said about a fact, sorted by who is heard.

    :param said: What the sources say, in the order of their ids.
    :param parties: Those who speak, in the order of their ids.
    :param bystanders: Those who look on, in the same order.
    :param silent: The sources that say nothing, as they only retell a list.
    :param drifted: The sources that retell the figure under another metric.
    """

    said: tuple[Testimony, ...]
    parties: tuple[Party, ...]
    bystanders: tuple[Party, ...]
    silent: frozenset[str]
    drifted: frozenset[str]

    @cached_property
    def heard(self) -> tuple[Party, ...]:
        """The parties that are heard in their own voice."""
        return tuple(party for party in self.parties if party.is_heard)

    @property
    def told(self) -> tuple[Party, ...]:
        """The parties, or the bystanders if there are none."""
        return self.parties or self.bystanders


def hear(testimonies: Iterable[Testimony], frame: Frame, nature: Nature) -> Hearing:
    """
    Sort what is said by party.

    :param testimonies: What the sources say, in any order, at most one for each source.
    :param frame: Who is who in the case.
    :param nature: What the fact is about.
    """
    said = tuple(sorted(testimonies, key=lambda item: item.source.id))
    if nature.is_public:
        said = tuple(replace(item, hearsay=not _did_it(item, frame, nature)) for item in said)
    subject = nature.subject(frame)
    silent = frozenset(item.source.id for item in said if _is_silent(item))
    drifted = frozenset(item.source.id for item in said if item.drift_metric and item.counts)

    unheard = silent | drifted
    members: dict[str, list[Testimony]] = defaultdict(list)
    for item in said:
        if item.counts and item.source.id not in unheard:
            members[frame.voice(item.on_word_of, subject)].append(item)

    everybody = [
        _party(id_, tuple(members[id_]), frame, nature.kind, subject) for id_ in sorted(members)
    ]
    watching = {party.id for party in everybody if not nature.is_public and _looks_on(party, frame)}

    return Hearing(
        said=said,
        parties=tuple(party for party in everybody if party.id not in watching),
        bystanders=tuple(party for party in everybody if party.id in watching),
        silent=silent,
        drifted=drifted,
    )


def _party(
    id_: str, members: tuple[Testimony, ...], frame: Frame, kind: FactKind, subject: str | None
) -> Party:
    standing = min(member.standing for member in members)
    speakers = _latest([member for member in members if member.standing is standing])

    return Party(
        id=id_,
        observer=_observer(frame.family(id_), speakers, frame, kind, subject),
        standing=standing,
        speakers=speakers,
        voice=_most_shared(speakers),
        consistent=not any(
            contradict(one, other)
            for one, other in combinations({speaker.stated for speaker in speakers}, 2)
        ),
        members=members,
    )


def _latest(speakers: list[Testimony]) -> tuple[Testimony, ...]:
    """Return those that count up to the latest day; of documents and copies the latest."""
    begun = max((item.as_of.start[0] for item in speakers if item.as_of), default=None)
    if begun is not None:
        speakers = [item for item in speakers if not item.as_of or item.as_of.end[1] >= begun]
    if speakers[0].standing.is_text:
        day = max(item.published for item in speakers)
        speakers = [item for item in speakers if item.published == day]

    return tuple(speakers)


def _finest(speakers: tuple[Testimony, ...]) -> Testimony:
    """Return the finest testimony, then the one told most often, then one with a hedge."""
    told = Counter(item.stated for item in speakers)

    return min(
        speakers,
        key=lambda item: (
            grain(item.stated),
            -told[item.stated],
            not is_hedged(item.stated),
            item.preference,
        ),
    )


def _most_shared(speakers: tuple[Testimony, ...]) -> Testimony:
    """Return the finest of the testimonies with which most of the others agree."""
    if len(speakers) == 1:
        return speakers[0]

    told = Counter(item.stated for item in speakers)
    shared = {
        value: sum(times for other, times in told.items() if agree(value, other)) for value in told
    }
    most = max(shared.values())

    return _finest(tuple(item for item in speakers if shared[item.stated] == most))


def _observer(
    family: str,
    speakers: tuple[Testimony, ...],
    frame: Frame,
    kind: FactKind,
    subject: str | None,
) -> str:
    """Return the observer that a party is, or that it shares with others."""
    match kind:
        case FactKind.EXISTENCE:
            apart = True
        case FactKind.OWN_PART:
            apart = family == subject
        case FactKind.VERDICT:
            apart = not any(item.hearsay for item in speakers)
        case FactKind.SHARED:
            counted = _has_own_count(speakers) or all(_judges(item, frame) for item in speakers)
            apart = counted and family not in frame.operation

    return family if apart else _ALL_TOGETHER


def _judges(item: Testimony, frame: Frame) -> bool:
    """Return whether a court, a parliament or an auditor speaks, in a text of its own."""
    if item.standing is Standing.DOCUMENT and item.source.kind in _JUDGING:
        return True

    return item.standing.is_text and frame.judges.issuperset(item.on_word_of)


def _did_it(item: Testimony, frame: Frame, nature: Nature) -> bool:
    """Return whether somebody tells of what it did itself, or shows that it was there."""
    if nature.kind is FactKind.VERDICT:
        return _decides(item, frame)

    return item.own_count or frame.bystanders.isdisjoint(item.on_word_of)


def _decides(item: Testimony, frame: Frame) -> bool:
    """Return whether a court's own document says so, or somebody who shows that it was there."""
    if item.own_count or (item.source.kind is SourceKind.COURT and item.standing.is_text):
        return True

    return item.standing.is_text and frame.courts.issuperset(item.asserters)


def _has_own_count(speakers: tuple[Testimony, ...]) -> bool:
    return any(item.own_count for item in speakers)


def _looks_on(party: Party, frame: Frame) -> bool:
    return party.id in frame.bystanders and not _has_own_count(party.speakers)


def _is_silent(item: Testimony) -> bool:
    """Return whether it leaves a country out of a list that it only retells."""
    unlisted = item.value == NOT_LISTED

    return unlisted and item.counts and not item.standing.is_text
