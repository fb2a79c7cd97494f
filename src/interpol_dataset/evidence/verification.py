"""
Verification: from what sources say to the value of a fact and its status.

Everything here is pure, and no status is typed by hand. The rules have a version; when a rule
changes, so does the version.

A status answers two questions: what was read, and how many could know it apart from each other.
Ten newspapers that retell one release are one voice, and the bodies of one operation share one
tally, however many of them publish it.

**Who speaks.** Whoever speaks on its own word is a *party*. All that goes back to a party counts
once: the latest of its own documents; if none was read, the latest of the copies that others
carry; if there is none, what its retellings agree on. What a later document replaced is
superseded. A copy or a retelling that none of the party's better texts bear out deviates. Neither
makes a dispute. A text that several bodies issue together is one voice. Who counts as one body is
settled once for each case: see the chapter on families.

A page that retells a figure as something else, such as charged for arrested, has *drifted*. What it
says belongs to the fact that it retells, supports and contradicts nothing, and makes no fact.

A *bystander* is a newsroom, a non-governmental organization or a scholar that took no part. It is
heard only where no party speaks, unless it shows that it counted or saw for itself (`own_count`).

A party that contradicts itself, in two papers of one day or in its retellings, is *inconsistent*.
It is silent, and nobody is in dispute with it.

**Who observes.** An observer is somebody with access of its own. It depends on the kind of fact:

| kind | facts | observers |
| --- | --- | --- |
| shared | `period`, `announced`, `country_count`, `outcomes/...`, also a country's | all parties together are one: there is one count, which the others publish; courts, parliaments and auditors that are not of the operation are each one, and so is whoever has `own_count` |
| own part | `countries/KOR`, `organizations/wco`, `interpol_role`, `tools/notices` | the body itself is one; all other parties together are one, as they have a roster |
| existence | that there was such an operation; statements in words | each party is one |

**Status.** It follows from the parties that support the value and the observers that they are:

| status | observers | parties | a document was read | parties in dispute |
| --- | --- | --- | --- | --- |
| confirmed | two or more | two or more | yes | no |
| corroborated | two or more | two or more | no | no |
| joint | one | two or more | yes | no |
| documented | one | one | yes | no |
| reported | one or none | any | no | no |
| inconsistent | none; the only parties contradict themselves | | | no |
| disputed | any | any | | yes |
| unverified | none | none | | no |

There is no rank between `documented` and `corroborated`. The first shows a body's own words, the
second that two who could know it say the same. For statements in words three more cases count:
`partial`, where parties support a part and none the whole; `refuted`, where parties contradict it
and none supports it; and `disputed`, where some support and some contradict it.

**Value.** The highest-ranking party gives it: official before court, oversight, copy, academic,
ngo, news and reference; of equals the latest. If an agreeing party of no worse standing has a finer
exact number or a narrower period, that is shown instead. Within a party it is the finest value,
then the one told most often, then the one with a hedge: retellings drop hedges and do not invent
them. An inconsistent party shows what most of its statements agree with. When two values agree,
and which is finer, is in the chapter on agreement.

Some facts have rules of their own:

- Roles (`interpol_role`, `organizations/...`) never contradict. Only the same word supports a word:
  to say less is not to say otherwise, but it is no support either. The value is the word with the
  strongest status; the others are variants.
- `announced` is the earliest day that the parties' documents give (their copies, if there is no
  document, or else their retellings). It is never disputed; other days are variants.
- A party that uses several words for a role, or gives several days, backs each of them alone, but
  adds to no other party's.
- That a list leaves a country out counts only in documents and copies.
"""  # noqa: E501 (rows of tables)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.agreement import Amount, Stated
from interpol_dataset.evidence.choice import (
    Choice,
    backers,
    best_value,
    earliest_day,
    is_same,
    opponents_of,
    or_own_party,
    preferred_testimony,
    status_of_support,
    strongest_word,
)
from interpol_dataset.evidence.nature import nature_of
from interpol_dataset.evidence.parties import Hearing, Party, hear
from interpol_dataset.evidence.stances import stances_of
from interpol_dataset.evidence.testimony import STATEMENT
from interpol_dataset.schema.vocabulary import Agreement, Finds, Stance, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from interpol_dataset.evidence.families import Frame
    from interpol_dataset.evidence.testimony import Standing, Testimony
    from interpol_dataset.values.fact_path import FactPath


#: The version of the rules in this module.
RULE_VERSION: Final = "2.1"


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    The outcome for one fact.

    :param status: Its verification status.
    :param agreement: How far those who state it agree.
    :param documents: The best that was read of those who support it; none if no party does.
    :param chosen: The testimony whose value the fact takes; none if no source counts.
    :param parties: Those who speak, in the order of their ids.
    :param bystanders: Those who look on.
    :param supporting: How many parties support the value.
    :param observers: How many observers they are.
    :param observers_read: Of how many of these observers a document was read.
    :param partly: How many parties support it partly.
    :param contradicting: How many parties contradict it, or each other.
    :param variants: Testimonies with other values that do not contradict it, one for each value.
    :param lowest: The lowest number that anybody states who is heard, or the value, in the unit of
        comparison.
    :param highest: The highest such number.
    :param stances: For each source, how what it says compares with the value.
    """

    status: Status
    agreement: Agreement
    documents: Standing | None
    chosen: Testimony | None
    parties: tuple[Party, ...]
    bystanders: tuple[Party, ...]
    supporting: int
    observers: int
    observers_read: int
    partly: int
    contradicting: int
    variants: tuple[Testimony, ...]
    lowest: Decimal | None
    highest: Decimal | None
    stances: dict[str, Stance]


def verify(
    testimonies: Iterable[Testimony], frame: Frame, path: FactPath, *, prefer: str | None = None
) -> Verdict:
    """
    Choose the value of a fact and work out its status.

    :param testimonies: What the sources say, in any order, at most one for each source.
    :param frame: Who is who in the case.
    :param path: The path of the fact, such as ``outcomes/arrests@KOR``.
    :param prefer: The id of a source whose value is to be taken instead of the rule's.
    """
    hearing = hear(testimonies, frame, nature_of(path))
    preferred = preferred_testimony(hearing, prefer)

    match path.kind:
        case "interpol_role" | "organizations":
            return _among_variants(hearing, preferred or strongest_word(hearing))
        case "announced":
            return _among_variants(hearing, preferred or earliest_day(hearing))
        case _:
            return _among_values(hearing, preferred or best_value(hearing))


def verify_statement(testimonies: Iterable[Testimony], frame: Frame) -> Verdict:
    """
    Work out the status of a statement in words.

    :param testimonies: What the sources find, each with one of the words of
        :class:`~interpol_dataset.schema.vocabulary.Finds`.
    :param frame: Who is who.
    """
    hearing = hear(testimonies, frame, nature_of(STATEMENT))
    finds = {party.id: _finds(party) for party in hearing.parties}

    def who(found: Finds) -> tuple[Party, ...]:
        return tuple(party for party in hearing.parties if finds[party.id] is found)

    supporters = who(Finds.SUPPORTS)
    best = min(supporters, key=lambda party: party.preference, default=None)
    choice = Choice(
        testimony=best.voice if best else None,
        supporters=tuple((party, party.standing) for party in supporters),
        opponents=who(Finds.CONTRADICTS),
        partly=who(Finds.PARTLY),
    )

    def stance(party: Party, item: Testimony) -> Stance:
        return Stance(str(item.value)) if finds[party.id] else Stance.INCONSISTENT

    return _verdict(
        hearing,
        choice,
        status=_status_of_statement(hearing, choice),
        variants=(),
        stances=stances_of(hearing, choice.testimony, stance),
    )


# --- the value ------------------------------------------------------------------------------


def _among_variants(hearing: Hearing, chosen: Testimony | None) -> Verdict:
    """Return the verdict on a fact whose values do not contradict each other."""
    value = chosen and chosen.value
    choice = Choice(chosen, or_own_party(hearing, chosen, backers(hearing, value)))

    def stance(_: Party, item: Testimony) -> Stance:
        return Stance.SUPPORTS if item.value == value else Stance.VARIANT

    return _verdict(
        hearing,
        choice,
        status=_status_of_value(hearing, choice),
        variants=_variants(chosen, hearing.heard),
        stances=stances_of(hearing, choice.testimony, stance),
    )


def _among_values(hearing: Hearing, chosen: Testimony | None) -> Verdict:
    """Return the verdict on a fact of which only one value can be true."""
    speaking = hearing.speaking if chosen else []
    supporters = tuple(
        (party, party.standing) for party in speaking if chosen and is_same(party.voice, chosen)
    )
    supporters = or_own_party(hearing, chosen, supporters) if speaking else ()
    supporting = [party for party, _ in supporters]
    choice = Choice(chosen, supporters, tuple(opponents_of(speaking, supporting)))

    def stance(party: Party, _: Testimony) -> Stance:
        if not party.consistent:
            return Stance.INCONSISTENT

        return Stance.SUPPORTS if chosen and is_same(party.voice, chosen) else Stance.CONTRADICTS

    return _verdict(
        hearing,
        choice,
        status=_status_of_value(hearing, choice),
        variants=_variants(chosen, supporting),
        stances=stances_of(hearing, choice.testimony, stance),
    )


def _variants(chosen: Testimony | None, parties: Iterable[Party]) -> tuple[Testimony, ...]:
    """Return testimonies with other values than the chosen one, the best for each value."""
    speakers = [item for party in parties for item in party.speakers]
    seen: set[Stated] = {chosen.stated} if chosen else set()
    variants = []
    for item in sorted(speakers, key=lambda item: item.preference):
        if item.stated not in seen:
            seen.add(item.stated)
            variants.append(item)

    return tuple(variants)


def _finds(party: Party) -> Finds | None:
    """Return what a party finds about a statement; none if it contradicts itself."""
    words = {Finds(str(item.value)) for item in party.speakers}
    if words == {Finds.SUPPORTS, Finds.PARTLY}:
        return Finds.PARTLY

    return words.pop() if len(words) == 1 else None


# --- the status -----------------------------------------------------------------------------


def _status_of_value(hearing: Hearing, choice: Choice) -> Status:
    if choice.opponents:
        return Status.DISPUTED
    if choice.supporters:
        return status_of_support(choice)
    if hearing.parties:
        return Status.INCONSISTENT

    return Status.REPORTED if choice.testimony else Status.UNVERIFIED


def _status_of_statement(hearing: Hearing, choice: Choice) -> Status:
    if choice.opponents:
        return Status.DISPUTED if choice.supporters else Status.REFUTED
    if choice.supporters:
        return status_of_support(choice)
    if choice.partly:
        return Status.PARTIAL

    return Status.INCONSISTENT if hearing.parties else Status.UNVERIFIED


def _agreement(status: Status, choice: Choice) -> Agreement:
    match status, len(choice.observers), len(choice.supporters):
        case Status.DISPUTED, _, _:
            return Agreement.DISPUTED
        case Status.INCONSISTENT, _, _:
            return Agreement.INCONSISTENT
        case _, 0, _:
            return Agreement.NONE
        case _, 1, 1:
            return Agreement.SINGLE
        case _, 1, _:
            return Agreement.JOINT
        case _:
            return Agreement.INDEPENDENT


def _verdict(
    hearing: Hearing,
    choice: Choice,
    *,
    status: Status,
    variants: tuple[Testimony, ...],
    stances: dict[str, Stance],
) -> Verdict:
    speakers = [item for party in hearing.heard for item in party.speakers]
    taken = [choice.testimony] if choice.testimony else []
    amounts = [item.stated for item in speakers + taken if isinstance(item.stated, Amount)]

    return Verdict(
        status=status,
        agreement=_agreement(status, choice),
        documents=choice.documents,
        chosen=choice.testimony,
        parties=hearing.parties,
        bystanders=hearing.bystanders,
        supporting=len(choice.supporters),
        observers=len(choice.observers),
        observers_read=len(choice.observers_read),
        partly=len(choice.partly),
        contradicting=len(choice.opponents),
        variants=variants,
        lowest=min((amount.low for amount in amounts), default=None),
        highest=max((amount.high for amount in amounts), default=None),
        stances=stances,
    )
