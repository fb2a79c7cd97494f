"""
Who counts as one body in a case.

Whether two bodies speak apart from each other is settled once for a case, not for each fact, so
that more evidence about a fact can never change who is who. One body in a case are

- the bodies of one state: its police, customs, ministries, prosecutors and parliament. Its courts
  stand apart. A territory with a country code of its own is a body of its own, unless ``parent``
  ties it.
- a body and its ``parent``, the body that it is part of or works for; and so two bodies with the
  same parent.
- the bodies that issue a text together. A body with a part of its own in the case, such as the
  police of a country that took part, stays apart: it can know its own part, whatever it signs.

Bodies **of the operation** are INTERPOL, every organization that a report names as taking part,
and whoever is one body with any of these.

Bodies of one family may still speak apart: a ministry and its police are two parties but one
observer. Bodies that issued a text together have one voice.

A **bystander** is a newsroom, a non-governmental organization or a scholar that is not of the
operation. A **judge** is a court or a parliament, with its audit office, that is not of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from interpol_dataset.schema.vocabulary import OrganizationKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


#: The id of INTERPOL itself.
INTERPOL: Final = "interpol"

_OF_A_STATE: Final = frozenset(
    {
        OrganizationKind.POLICE,
        OrganizationKind.CUSTOMS,
        OrganizationKind.GOVERNMENT,
        OrganizationKind.PROSECUTION,
        OrganizationKind.PARLIAMENT,
    }
)
_LOOKING_ON: Final = frozenset(
    {OrganizationKind.MEDIA, OrganizationKind.NGO, OrganizationKind.ACADEMIC}
)
_JUDGING: Final = frozenset({OrganizationKind.COURT, OrganizationKind.PARLIAMENT})


@dataclass(frozen=True, slots=True)
class Body:
    """
    What tells whose body an organization is.

    :param kind: What sort of body it is.
    :param country: The country or territory that it belongs to.
    :param parent: The body that it is part of, or works for.
    """

    kind: OrganizationKind
    country: str | None = None
    parent: str | None = None

    @property
    def state(self) -> str | None:
        """The country of which it is a body; none for a firm, a newsroom or an alliance."""
        return self.country if self.kind in _OF_A_STATE else None


@dataclass(frozen=True, slots=True)
class Frame:
    """
    Who is who in a case.

    Voices and families go by the first of their members in alphabetical order.

    :param voices: The voice of each organization that the case concerns; it shares one with those
        with whom it issued a text.
    :param families: The family of each of these organizations.
    :param states: The family of each country's bodies.
    :param operation: The families that are of the operation.
    :param bystanders: The voices that only look on.
    :param judges: The courts and parliaments that are not of the operation.
    :param courts: All courts.
    :param apart: The organizations with a part of their own in the case.
    """

    voices: Mapping[str, str]
    families: Mapping[str, str]
    states: Mapping[str, str]
    operation: frozenset[str]
    bystanders: frozenset[str]
    judges: frozenset[str]
    courts: frozenset[str]
    apart: frozenset[str]

    def family(self, organization: str) -> str:
        """Return the family of an organization; a stranger is a family of its own."""
        return self.families.get(organization, organization)

    def members(self, family: str) -> tuple[str, ...]:
        """Return the organizations of a family in alphabetical order."""
        return tuple(sorted(id_ for id_, own in self.families.items() if own == family))

    def voice(self, asserters: tuple[str, ...], subject: str | None = None) -> str:
        """
        Return the one voice with which a text speaks.

        A joint text speaks for the body that the fact is about, else for its bodies without a part
        of their own, else for the first in alphabetical order. Which press office it came from
        makes no difference.

        :param asserters: The bodies that issued the text.
        :param subject: The family that the fact is about, if it is about a body's own part.
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
    """
    Return who is who in a case.

    :param bodies: All organizations, by id.
    :param concerned: The organizations on whose word anything is said about the case.
    :param named: The organizations that a report names as taking part.
    :param joint_texts: For each text that several bodies issued together, those bodies.
    :param apart: The organizations with a part of their own in the case.
    """
    joint_texts, apart = list(joint_texts), frozenset(apart)
    ids = _with_ancestors(bodies, {INTERPOL, *named}.union(concerned, *joint_texts))
    joint = list(_joint(joint_texts, apart))
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
        judges=frozenset(id_ for id_ in outside if kinds.get(id_) in _JUDGING),
        courts=frozenset(id_ for id_ in ids if kinds.get(id_) is OrganizationKind.COURT),
        apart=apart,
    )


def open_frame(bodies: Mapping[str, Body], concerned: Iterable[str]) -> Frame:
    """
    Return who is who where there is no operation: for claims, challenges, lessons and categories.

    Nobody looks on from outside there. A scholar who writes what limits police cooperation speaks
    on the scholar's own word, as a ministry does on its own.

    :param bodies: All organizations, by id.
    :param concerned: The organizations on whose word anything is said.
    """
    ids = _with_ancestors(bodies, set(concerned))
    families = _merged(ids, _kin(bodies, ids))

    return Frame(
        voices=_merged(ids, []),
        families=families,
        states=_states(bodies, families),
        operation=frozenset(),
        bystanders=frozenset(),
        judges=frozenset(),
        courts=frozenset(),
        apart=frozenset(),
    )


def _with_ancestors(bodies: Mapping[str, Body], ids: set[str]) -> list[str]:
    """Return organizations with their parents, those parents' parents and so on, sorted."""
    found, new = set(ids), set(ids)
    while new:
        parents = (bodies[id_].parent for id_ in new if id_ in bodies)
        new = {parent for parent in parents if parent} - found
        found |= new

    return sorted(found)


def _kin(bodies: Mapping[str, Body], ids: list[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of organizations of one state, and of a body and its parent."""
    states: dict[str, str] = {}
    for id_ in ids:
        body = bodies.get(id_)
        if body and body.parent:
            yield id_, body.parent
        if body and body.state:
            yield id_, states.setdefault(body.state, id_)


def _joint(joint_texts: list[tuple[str, ...]], apart: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of organizations that issued a text together and have no part of their own."""
    for text in joint_texts:
        shared = [id_ for id_ in text if id_ not in apart]
        yield from pairwise(shared)


def _merged(ids: list[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Merge the pairs, and name each group after its first member."""
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
    """Return the family of each country's bodies."""
    return {
        body.state: family
        for id_, family in families.items()
        if (body := bodies.get(id_)) and body.state
    }
