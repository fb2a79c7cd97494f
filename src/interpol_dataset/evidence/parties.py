"""
Who is heard about a fact: parties, which speak once each, and bystanders.

Who counts as one body is settled once for a case, not for each fact. These are one:

- the bodies of one state: its police, customs, ministries, prosecutors and parliament. Its courts
  stand apart. A territory with a country code of its own is a body of its own, unless ``parent``
  ties it.
- a body and its ``parent``, the body that it is part of or works for; and so two bodies with the
  same parent.
- the bodies that issue a text together. A body with a part of its own in the case, such as the
  police of a country that took part, stays apart: it can know its own part, whatever it signs.

Bodies **of the operation** are INTERPOL, every organization that a report names as taking part,
and whoever is one body with any of these.

A ministry and its police still speak apart: they are two parties but one observer. Bodies that
issued a text together are one party.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.evidence.testimony import (
    NOT_LISTED,
    Standing,
    Testimony,
    agree,
    contradict,
    grain,
    is_hedged,
)
from interpol_dataset.schema.vocabulary import OrganizationKind as Kind
from interpol_dataset.schema.vocabulary import SourceKind, above
from interpol_dataset.values import grouped
from interpol_dataset.values.fact_path import FactKind, FactPath, is_public, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


#: Documents of these kinds are of a court, a parliament or an auditor.
_OF_JUDGES: Final = frozenset({SourceKind.COURT, SourceKind.OVERSIGHT})


class Party(NamedTuple):
    """
    All that goes back to one asserter, speaking once.

    :param id: Who speaks: an organization, the first of several that issue texts together.
    :param observer: The body that it observes as, which may be several parties; ``None`` if it
        shares the tally of the others.
    :param standing: The best standing among its testimonies; those that have it speak.
    :param voice: The one among them that is quoted.
    """

    id: str
    observer: str | None
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
    def preference(self) -> tuple[int, int, str]:
        """A key that sorts parties by the rank of their voice, latest first."""
        rank, day, _ = self.voice.preference
        return rank, day, self.id


class Hearing(NamedTuple):
    """
    All that is said about a fact, sorted by who is heard.

    :param heard: The parties that are heard in their own voice.
    :param silent: The sources that say nothing, as they only retell a list.
    :param drifted: The sources that retell the figure under another metric.
    """

    said: tuple[Testimony, ...]
    parties: tuple[Party, ...]
    bystanders: tuple[Party, ...]
    silent: frozenset[str]
    drifted: frozenset[str]
    heard: tuple[Party, ...]

    @property
    def told(self) -> tuple[Party, ...]:
        """The parties, or the bystanders if there are none."""
        return self.parties or self.bystanders


def hear(testimonies: Iterable[Testimony], frame: Frame, path: FactPath) -> Hearing:
    """Sort what is said by party."""
    said = tuple(sorted(testimonies, key=lambda item: item.source.id))
    public, kind, subject = is_public(path), kind_of(path), frame.family_of(path)
    if public:
        said = tuple(replace(item, hearsay=not _did_it(item, frame, kind)) for item in said)
    counting = [item for item in said if item.counts]
    silent = frozenset({item.source.id for item in counting if _is_silent(item)})
    drifted = frozenset({item.source.id for item in counting if item.drift_metric})
    unheard = silent | drifted
    members = grouped(
        (frame.voice(item.on_word_of, subject), item)
        for item in counting
        if item.source.id not in unheard
    )
    parties: list[Party] = []
    bystanders: list[Party] = []
    for id_ in sorted(members):
        party = _party(id_, tuple(members[id_]), frame, kind, subject)
        (bystanders if not public and _looks_on(party, frame) else parties).append(party)
    heard = tuple(party for party in parties if party.is_heard)
    return Hearing(said, tuple(parties), tuple(bystanders), silent, drifted, heard)


def _party(
    id_: str, members: tuple[Testimony, ...], frame: Frame, kind: FactKind, subject: str | None
) -> Party:
    standing = min(member.standing for member in members)
    nearest = [member for member in members if member.standing is standing]
    if standing is Standing.RETELLING:
        nearest = [member for member in nearest if member.own_count] or nearest
    speakers = _latest(nearest)
    family, voice = frame.family(id_), _most_shared(speakers)
    observer = family if _observes_apart(family, speakers, frame, kind, subject) else None
    return Party(id_, observer, standing, speakers, voice, _is_consistent(speakers), members)


def _is_consistent(speakers: tuple[Testimony, ...]) -> bool:
    values = {speaker.stated for speaker in speakers}
    return not any(contradict(one, other) for one, other in combinations(values, 2))


def _latest(speakers: list[Testimony]) -> tuple[Testimony, ...]:
    """Return those that count up to the latest day; of documents and copies the latest."""
    if len(speakers) == 1:
        return (speakers[0],)
    begun = max((item.as_of.start[0] for item in speakers if item.as_of), default=None)
    if begun is not None:
        speakers = [item for item in speakers if not item.as_of or item.as_of.end[1] >= begun]
    if speakers[0].standing.is_text:
        day = max(item.published for item in speakers)
        speakers = [item for item in speakers if item.published == day]
    return tuple(speakers)


def _most_shared(speakers: tuple[Testimony, ...]) -> Testimony:
    """Return what most agree with: the finest, then what is told most often, then with a hedge."""
    if len(speakers) == 1:
        return speakers[0]
    told = Counter(item.stated for item in speakers)
    shared = {
        value: sum(times for other, times in told.items() if agree(value, other)) for value in told
    }

    def order(item: Testimony) -> tuple[object, ...]:
        value = item.stated
        fine = grain(value), -told[value], not is_hedged(value)
        return -shared[value], *fine, item.preference

    return min(speakers, key=order)


def _observes_apart(
    family: str, speakers: tuple[Testimony, ...], frame: Frame, kind: FactKind, subject: str | None
) -> bool:
    """Return whether a party is an observer apart from the others."""
    match kind:
        case FactKind.EXISTENCE:
            return True
        case FactKind.OWN_PART:
            return family == subject
        case FactKind.VERDICT:
            return not any(item.hearsay for item in speakers)
        case FactKind.SHARED:
            if family in frame.operation:
                return False
            return _has_own_count(speakers) or all(_judges(item, frame) for item in speakers)


def _judges(item: Testimony, frame: Frame) -> bool:
    """Return whether a court, a parliament or an auditor speaks, in a text of its own."""
    if item.standing is Standing.DOCUMENT and item.source.kind in _OF_JUDGES:
        return True
    return item.standing.is_text and frame.judges.issuperset(item.on_word_of)


def _did_it(item: Testimony, frame: Frame, kind: FactKind) -> bool:
    """Return whether a body speaks of its own work, of a verdict a court, or shows it was there."""
    if item.own_count:
        return True
    if kind is not FactKind.VERDICT:
        return frame.bystanders.isdisjoint(item.on_word_of)
    is_court = item.source.kind is SourceKind.COURT or frame.courts.issuperset(item.asserters)
    return item.standing.is_text and is_court


def _has_own_count(speakers: tuple[Testimony, ...]) -> bool:
    return any(item.own_count for item in speakers)


def _looks_on(party: Party, frame: Frame) -> bool:
    return party.id in frame.bystanders and not _has_own_count(party.speakers)


def _is_silent(item: Testimony) -> bool:
    """Return whether it leaves a country out of a list that it only retells."""
    return item.value == NOT_LISTED and not item.standing.is_text


#: The id of INTERPOL itself.
INTERPOL: Final = "interpol"
_OF_A_STATE: Final = frozenset(
    {Kind.POLICE, Kind.CUSTOMS, Kind.GOVERNMENT, Kind.PROSECUTION, Kind.PARLIAMENT}
)
_LOOKING_ON: Final = frozenset({Kind.MEDIA, Kind.NGO, Kind.ACADEMIC})
_JUDGES: Final = frozenset({Kind.COURT, Kind.PARLIAMENT})


@dataclass(frozen=True, slots=True)
class Body:
    """What decides which body an organization belongs to."""

    kind: Kind
    country: str | None = None
    parent: str | None = None

    @property
    def state(self) -> str | None:
        """The country whose body it is; none for a firm, a newsroom or an alliance."""
        return self.country if self.kind in _OF_A_STATE else None


@dataclass(frozen=True, slots=True)
class Frame:
    """
    Who is who in a case.

    Voices and families go by the first of their members in alphabetical order.

    :param operation: The families that are of the operation.
    :param apart: The organizations with a part of their own in the case.
    """

    voices: Mapping[str, str]
    families: Mapping[str, str]
    states: Mapping[str, str]
    operation: frozenset[str] = frozenset()
    bystanders: frozenset[str] = frozenset()
    judges: frozenset[str] = frozenset()
    courts: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()

    def family(self, organization: str) -> str:
        """Return the family of an organization; a stranger is a family of its own."""
        return self.families.get(organization, organization)

    def family_of(self, path: FactPath) -> str | None:
        """Return the family whose part a fact is; ``None`` if none of its bodies is concerned."""
        if path.kind == "countries":
            return self.states.get(path.member)
        return self.family(path.member) if path.kind == "organizations" else None

    def voice(self, asserters: tuple[str, ...], subject: str | None = None) -> str:
        """
        Return the one voice with which a text speaks.

        A joint text speaks for the body that the fact is about, else for its bodies without a part
        of their own, else for the first in alphabetical order. Which press office it came from
        makes no difference.
        """
        if len(asserters) == 1:
            return self.voices.get(asserters[0], asserters[0])
        concerned = [id_ for id_ in asserters if self.family(id_) == subject]
        shared = [id_ for id_ in asserters if id_ not in self.apart]
        return min(self.voices.get(id_, id_) for id_ in concerned or shared or asserters)


def case_frame(
    bodies: Mapping[str, Body],
    *,
    concerned: Iterable[str],
    named: Iterable[str],
    joint_texts: Iterable[tuple[str, ...]] = (),
    apart: Iterable[str] = (),
) -> Frame:
    """Return who is who in a case."""
    joint_texts, apart = list(joint_texts), frozenset(apart)
    ids = _with_ancestors(bodies, {INTERPOL, *named}.union(concerned, *joint_texts))
    shared = ([id_ for id_ in text if id_ not in apart] for text in joint_texts)
    joint = [pair for signed in shared for pair in pairwise(signed)]
    voices, families = _merged(ids, joint), _merged(ids, [*joint, *_kin(bodies, ids)])

    operation = frozenset(families[id_] for id_ in (INTERPOL, *named))
    outside = [id_ for id_ in ids if families[id_] not in operation]
    kinds = {id_: bodies[id_].kind for id_ in ids if id_ in bodies}
    involved = {voices[id_] for id_ in ids if kinds.get(id_) not in _LOOKING_ON}

    return Frame(
        voices=voices,
        families=families,
        states=_states(bodies, families),
        operation=operation,
        bystanders=frozenset(voices[id_] for id_ in outside) - involved,
        judges=frozenset(id_ for id_ in outside if kinds.get(id_) in _JUDGES),
        courts=frozenset(id_ for id_ in ids if kinds.get(id_) is Kind.COURT),
        apart=apart,
    )


def open_frame(bodies: Mapping[str, Body], concerned: Iterable[str]) -> Frame:
    """
    Return who is who without an operation: for claims, challenges, lessons and categories.

    Nobody looks on from outside there. A scholar who writes what limits police cooperation speaks
    on the scholar's own word, as a ministry does on its own.
    """
    ids = _with_ancestors(bodies, set(concerned))
    families = _merged(ids, _kin(bodies, ids))
    return Frame(_merged(ids, []), families, _states(bodies, families))


def _with_ancestors(bodies: Mapping[str, Body], ids: set[str]) -> list[str]:
    """Return organizations with their parents, those parents' parents and so on, sorted."""

    def parent(id_: str) -> str | None:
        return bodies[id_].parent if id_ in bodies else None

    return sorted(ids.union(*(above(id_, parent) for id_ in ids)))


def _kin(bodies: Mapping[str, Body], ids: list[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of organizations of one state, and of a body and its parent."""
    states: dict[str, str] = {}
    for id_ in ids:
        body = bodies.get(id_)
        if body and body.parent:
            yield id_, body.parent
        if body and body.state:
            yield id_, states.setdefault(body.state, id_)


def _merged(ids: list[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    group = {id_: id_ for id_ in ids}
    members = {id_: [id_] for id_ in ids}
    for one, other in pairs:
        kept, gone = sorted((group[one], group[other]))
        if kept != gone:
            for id_ in members[gone]:
                group[id_] = kept
            members[kept] += members.pop(gone)
    return group


def _states(bodies: Mapping[str, Body], families: Mapping[str, str]) -> dict[str, str]:
    return {
        body.state: family
        for id_, family in families.items()
        if (body := bodies.get(id_)) and body.state
    }
