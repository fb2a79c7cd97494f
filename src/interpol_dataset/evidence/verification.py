"""
Verification: from what sources say to the value of a fact and its status.

All here is pure, and nothing is typed by hand. The rules have a version; when one changes, the
version does.

**Roots.** Every statement goes back to an asserter: that of its source, or another to whom the
source attributes it. Documents, copies and retellings of one asserter are one root and speak once:
with the latest of the asserter's own documents, or, where none was read, with the latest copy of
one that others carry, or else with what its retellings agree on. What a later one replaced is
superseded. A copy that contradicts all documents deviates, and so does a retelling that neither
they nor the copies bear out. Neither makes a dispute.

That there is a case at all is told by every report of it: by its source's own asserter where any of
its statements is on that asserter's own word, else by whom its first statement is attributed to.

**Value.** The value of a fact is what the highest-ranking root says: official before court,
oversight, copy, academic, ngo, news and reference; of equals the latest.

**Status.** How many roots support the value, whether one of them is official, and whether any
contradict it:

| status | supporting roots | contradicting roots |
| --- | --- | --- |
| confirmed | two or more, at least one official | none |
| corroborated | two or more, none official | none |
| official | one, official | none |
| reported | one, not official | none |
| partial | none, but one or more support it partly | none |
| disputed | one or more | one or more |
| refuted | none | one or more |
| unverified | none | none |

A fact is disputed as soon as any two of its roots contradict each other, whichever is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.testimony import Standing, Testimony
from interpol_dataset.schema.vocabulary import Agreement, Finds, SourceKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.values.interval import Interval

__all__ = ["RULE_VERSION", "Root", "Verdict", "verify", "verify_statement"]

#: The version of the rules in this module.
RULE_VERSION: Final = "1.2"


@dataclass(frozen=True, slots=True)
class Root:
    """
    All that goes back to one asserter, speaking once.

    :param asserter: Who says so.
    :param voice: The testimony that speaks for the root.
    :param interval: What the root allows; none where its retellings contradict each other.
    :param standing: The best standing among its testimonies; those that have it speak.
    """

    asserter: str
    voice: Testimony
    interval: Interval | None
    standing: Standing

    @property
    def official(self) -> bool:
        """Whether an official document of the root was read."""
        return self.standing is Standing.DOCUMENT and self.voice.source.kind is SourceKind.OFFICIAL

    def agrees(self, interval: Interval | None) -> bool:
        """Return whether the root allows something that the other statement allows too."""
        return (
            self.interval is not None
            and interval is not None
            and self.interval.meet(interval) is not None
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    The outcome for one fact.

    :param status: Its verification status.
    :param chosen: The testimony whose value the fact takes; none where no source counts.
    :param roots: The roots, in the order of their asserters.
    :param supporting: How many roots support the value.
    :param official: How many of those are official.
    :param partly: How many roots support it partly.
    :param contradicting: How many roots contradict it, or each other.
    :param agreements: For each source, how its testimony stands to the value.
    """

    status: Status
    chosen: Testimony | None
    roots: tuple[Root, ...]
    supporting: int
    official: int
    partly: int
    contradicting: int
    agreements: dict[str, Agreement]


def verify(testimonies: Iterable[Testimony], *, prefer: str | None = None) -> Verdict:
    """
    Choose the value of a fact and work out its status.

    :param testimonies: What the sources say, in any order, at most one for each source.
    :param prefer: The id of a source whose value is to be taken instead of the rule's.
    """
    said = sorted(testimonies, key=lambda testimony: testimony.source.id)
    roots = _roots(said)
    chosen = _choose(said, roots, prefer)
    own = next((root for root in roots if chosen and root.asserter == chosen.asserter), None)

    # Compared are the roots, not the quoted testimonies: more retellings can only narrow what a
    # root allows, and so never make it agree with more.
    divided = [root for root in roots if root.interval is None]
    others = [root for root in roots if root.interval is not None and root is not own]
    # A root that is divided allows nothing; others are then held against what it is quoted with.
    allowed = own.interval if own else None
    if allowed is None and chosen is not None:
        allowed = chosen.interval
    outliers = [root for root in others if not root.agrees(allowed)]
    agreeing = [root for root in others if root not in outliers]
    at_odds = [
        root for root in agreeing if not all(root.agrees(other.interval) for other in agreeing)
    ]
    supporting = [root for root in roots if root not in [*outliers, *at_odds]]

    return _verdict(
        chosen=chosen,
        roots=roots,
        supporting=supporting,
        partly=0,
        contradicting=len(divided) + len(outliers) + len(at_odds),
        agreements={item.source.id: _agreement(item, roots, said, chosen) for item in said},
    )


def verify_statement(testimonies: Iterable[Testimony]) -> Verdict:
    """
    Work out the status of a statement in words.

    :param testimonies: What the sources find, each with an interval of one of the words of
        :class:`~interpol_dataset.schema.vocabulary.Finds`.
    """
    said = sorted(testimonies, key=lambda testimony: testimony.source.id)
    roots = _roots(said)
    finds = {root.asserter: _finds(root, said) for root in roots}
    supporting = [root for root in roots if Finds.SUPPORTS in finds[root.asserter]]

    return _verdict(
        chosen=min(
            (_supporter(root, said) for root in supporting),
            key=lambda testimony: testimony.rank,
            default=None,
        ),
        roots=roots,
        supporting=supporting,
        partly=sum(found == {Finds.PARTLY} for found in finds.values()),
        contradicting=sum(Finds.CONTRADICTS in found for found in finds.values()),
        agreements={item.source.id: _found(item, roots, said) for item in said},
    )


def _verdict(  # one for each part of the outcome
    *,
    chosen: Testimony | None,
    roots: tuple[Root, ...],
    supporting: list[Root],
    partly: int,
    contradicting: int,
    agreements: dict[str, Agreement],
) -> Verdict:
    official = sum(root.official for root in supporting)

    return Verdict(
        status=_status(len(supporting), official, partly, contradicting),
        chosen=chosen,
        roots=roots,
        supporting=len(supporting),
        official=official,
        partly=partly,
        contradicting=contradicting,
        agreements=agreements,
    )


def _status(supporting: int, official: int, partly: int, contradicting: int) -> Status:
    """Read the status off the table in the module's docstring."""
    if contradicting:
        return Status.DISPUTED if supporting else Status.REFUTED

    match supporting, official:
        case 0, _:
            return Status.PARTIAL if partly else Status.UNVERIFIED
        case 1, _:
            return Status.OFFICIAL if official else Status.REPORTED
        case _:
            return Status.CONFIRMED if official else Status.CORROBORATED


def _roots(said: list[Testimony]) -> tuple[Root, ...]:
    counted = sorted(
        (testimony for testimony in said if testimony.counts),
        key=lambda testimony: testimony.asserter,
    )

    return tuple(
        _root(asserter, list(members))
        for asserter, members in groupby(counted, key=lambda member: member.asserter)
    )


def _root(asserter: str, members: list[Testimony]) -> Root:
    standing = min(member.standing for member in members)
    speakers = [member for member in members if member.standing is standing]
    retold = standing is Standing.RETELLING
    if not retold:
        latest = max(speaker.day for speaker in speakers)
        speakers = [speaker for speaker in speakers if speaker.day == latest]

    interval: Interval | None = speakers[0].interval
    for speaker in speakers[1:]:
        interval = interval and interval.meet(speaker.interval)

    # Of those who speak, the best kind, then the most precise, then the latest is quoted.
    voice = min(
        speakers,
        key=lambda item: (
            0 if retold else item.rank,
            item.interval.width,
            -item.day.toordinal(),
            item.source.id,
        ),
    )

    return Root(asserter, voice, interval, standing)


def _choose(said: list[Testimony], roots: tuple[Root, ...], prefer: str | None) -> Testimony | None:
    preferred = [item for item in said if item.source.id == prefer and item.counts]
    if preferred:
        return preferred[0]

    best = min(
        roots,
        key=lambda root: (
            root.voice.rank,
            -root.voice.day.toordinal(),
            root.asserter,
        ),
        default=None,
    )

    return best.voice if best else None


def _agreement(
    item: Testimony, roots: tuple[Root, ...], said: list[Testimony], chosen: Testimony | None
) -> Agreement:
    """Return how one testimony stands to the value."""
    agrees = chosen is not None and item.interval.meet(chosen.interval) is not None

    return _beside_the_root(item, roots, said) or (
        Agreement.SUPPORTS if agrees else Agreement.CONTRADICTS
    )


def _found(item: Testimony, roots: tuple[Root, ...], said: list[Testimony]) -> Agreement:
    """Return how one source's finding stands to the statement."""
    return _beside_the_root(item, roots, said) or Agreement(item.interval.word)


def _beside_the_root(
    item: Testimony, roots: tuple[Root, ...], said: list[Testimony]
) -> Agreement | None:
    """Return why a testimony does not speak for its root; none where it does."""
    if not item.counts:
        return Agreement.NOT_COUNTED

    root = next(root for root in roots if root.asserter == item.asserter)
    if _deviates(item, root, said):
        return Agreement.DEVIATES

    return Agreement.SUPERSEDED if _superseded(item, root) else None


def _deviates(item: Testimony, root: Root, said: list[Testimony]) -> bool:
    """Return whether a copy or a retelling is borne out by nothing of a better standing."""
    if item.standing is root.standing:
        return False

    better = [
        other.interval
        for other in said
        if other.asserter == root.asserter
        and other.counts
        and other.standing < item.standing
        and not _deviates(other, root, said)
    ]
    if item.standing is Standing.COPY:
        # It may show more of the text than was read of the document, and so be more precise.
        return all(interval.meet(item.interval) is None for interval in better)

    return not any(interval.within(item.interval) for interval in better)


def _superseded(item: Testimony, root: Root) -> bool:
    """Return whether a later document, or a later copy where no document was read, replaced it."""
    return (
        item.standing is root.standing is not Standing.RETELLING
        and item.day < root.voice.day
        and item.interval.meet(root.voice.interval) is None
    )


def _finds(root: Root, said: list[Testimony]) -> set[str]:
    """Return what a root finds; more than one word only where its retellings contradict."""
    if root.standing is not Standing.RETELLING and root.interval is not None:
        return {root.interval.word}

    words = {item.interval.word for item in _speakers(root, said)}

    # Retellings that support it wholly and partly agree that it holds partly.
    return {Finds.PARTLY} if words == {Finds.SUPPORTS, Finds.PARTLY} else words


def _speakers(root: Root, said: list[Testimony]) -> list[Testimony]:
    """Return the testimonies with which a root speaks."""
    return [
        item
        for item in said
        if item.counts
        and item.asserter == root.asserter
        and item.standing is root.standing
        and (root.standing is Standing.RETELLING or item.day == root.voice.day)
    ]


def _supporter(root: Root, said: list[Testimony]) -> Testimony:
    """Return the testimony with which a root supports a statement; others may contradict."""
    return next(
        item
        for item in [root.voice, *_speakers(root, said)]
        if item.interval.word == Finds.SUPPORTS
    )
