"""
Verification: from what sources say to the value of a fact and its status.

**Whose text.** Ten newspapers that retell one release are one voice. So each source says whose text
it carries (`text_of`, or `same_text` with another source). Nearest to a body's own words is its
document; then a copy, which is a page of others with `text_of`; a quotation, which names or quotes
the body for this very statement (`attributed_to`); a retelling, which has the body as its asserter
and no more.

A page is a copy if a label says so, if its sentences are the body's, shortened at most, as Euro
Weekly News has Europol's on Operation Blizzard, or if it has no author and a release's whole layout.
In doubt it is a retelling, as Getaway's is of INTERPOL's on Golden Strike.

**Who speaks.** Everything that goes back to one body is one *party*. It speaks once: with the latest of its
documents; if none was read, the latest of the copies; if there is none, with what its quotations
agree on, or else where it counted for itself, or else its retellings. What a later document replaced
is superseded, and so is a count up to an earlier day (`as_of`).

A party is *heard* in its own voice through a document, a copy or a quotation, or where it shows that
its people counted for themselves or saw the thing happen (`own_count`); who sees a prisoner in court
has seen no arrest. Retellings alone make nobody heard: a party that is known only from them can
support a value, but neither confirms nor contradicts anybody.

A page that retells a figure as something else, such as charged for arrested, has *drifted*. What it
says belongs to the fact that it retells, supports and contradicts nothing, and makes no fact.

A *bystander* is a newsroom, a non-governmental organization or a scholar that took no part. Its word
is shown only where no party speaks, unless it has a count of its own. Court proceedings have no
bystanders: they are public, and whoever tells of them retells the court or the prosecution.

**Who observes.** An observer is somebody with access of its own. Who that is depends on the fact:

| kind | facts | observers |
| --- | --- | --- |
| shared | `interpol_role`, `period`, `announced`, `country_count`, `tools/...`, `outcomes/...`, also a country's, and `proceedings/charged...` | all parties together are one, as there is one count; outside the operation, each court, parliament or auditor whose own text was read is one, and so is whoever has `own_count` |
| own part | `countries/KOR`, `organizations/wco` | the body itself is one; all other parties together are one, as they have a roster |
| existence | that there was such an operation | each party is one, except those who tell only of the crime |
| verdict | `proceedings/...`, except charges | a court that has said so in a document, and whoever has `own_count`; all others retell the court |

**Status.** The first that holds:

| status | when |
| --- | --- |
| disputed | a party that is heard contradicts the value, or no party is and documents of one body and day contradict each other |
| corroborated | two or more observers support it, each heard in its own voice |
| documented | a document or a copy of a party that supports it was read |
| reported | a party supports it |
| unverified | no party does |

A contradiction is not a dispute if `disputes` in the record explains it: other scopes, a
conversion, a slip, loose dates. Nor is a period that lies in another, nor an earlier count of the
same body.

**Value.** The highest-ranking party that is heard gives it; if none is, the highest-ranking of
those retold, or else of the bystanders. The ranks are official, court, oversight, copy, academic,
ngo, news and reference; of equals the latest leads. If an agreeing party of no worse standing has a finer exact number or a narrower period, that is shown
instead. Within a party it is what most of its statements agree with; of these the finest, then the
one told most often, then the one with a hedge, as retellings drop hedges and don't invent them.

Some facts have rules of their own:

- Roles (`interpol_role`, `organizations/...`) never contradict. Only the same word supports a word:
  to say less is not to say otherwise, but it is no support either. The value is the word with the
  strongest status; the others are variants.
- `announced` is the earliest day that the parties' documents give (their copies, if there is no
  document, or else quotations or retellings). It is never disputed; other days are variants.
- A party that uses several words for a role, or gives several days, backs each of them alone, but
  adds to no other party's.
- A country that a list leaves out counts as left out only in documents and copies.
- Whoever speaks of a statement in words is a party.
"""  # noqa: E501 (rows of tables)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.evidence.parties import Frame, Hearing, Party, hear
from interpol_dataset.evidence.testimony import (
    STATEMENT,
    Amount,
    Stated,
    agree,
    contradict,
    grain,
    is_hedged,
)
from interpol_dataset.schema.vocabulary import Finds, Stance, StatementVerdict, Status, Variance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from decimal import Decimal

    from interpol_dataset.evidence.testimony import Standing, Testimony
    from interpol_dataset.values.fact_path import FactPath


#: The version of the rules in this module.
RULE_VERSION: Final = "3.0"


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    The outcome for one fact.

    :param status: Its verification status; none of a statement in words.
    :param variants: Testimonies with other values that do not contradict it, one for each value.
    :param lowest: The lowest number that anybody states whose word is shown, or the value, in the
        unit of comparison.
    :param stances: For each source, how what it says compares with the value.
    """

    status: Status | None
    statement: StatementVerdict | None
    read: Standing | None
    chosen: Testimony | None
    parties: tuple[Party, ...]
    bystanders: tuple[Party, ...]
    supporting: int
    observers: int
    variants: tuple[Testimony, ...]
    lowest: Decimal | None
    highest: Decimal | None
    stances: dict[str, Stance]

    @property
    def is_retold_differently(self) -> bool:
        """Whether its value is known from retellings alone, which differ."""
        return self.status is Status.REPORTED and Stance.DEVIATES in self.stances.values()


def verify(
    testimonies: Iterable[Testimony],
    frame: Frame,
    path: FactPath,
    *,
    prefer: str | None = None,
    variance: Variance | None = None,
) -> Verdict:
    """
    Choose the value of a fact and work out its status.

    :param prefer: The id of a source whose value is to be taken instead of the rule's.
    """
    hearing = hear(testimonies, frame, path)
    preferred = preferred_testimony(hearing, prefer)
    match path.kind:
        case "interpol_role" | "organizations":
            return _among_variants(hearing, preferred or strongest_word(hearing))
        case "announced":
            return _among_variants(hearing, preferred or earliest_day(hearing))
        case _:
            return _among_values(hearing, preferred or best_value(hearing), variance)


def verify_statement(
    testimonies: Iterable[Testimony], frame: Frame, *, checkable: bool = True
) -> Verdict:
    """
    Work out what became of a statement in words.

    :param testimonies: What the sources find, each with one of the words of
        :class:`~interpol_dataset.schema.vocabulary.Finds`.
    """
    hearing = hear(testimonies, frame, STATEMENT)
    finds = {party.id: _finds(party) for party in hearing.parties}
    verdict = _found(set(finds.values()), checkable=checkable)
    word = Finds.CONTRADICTS if verdict is StatementVerdict.CONTRADICTED else Finds.SUPPORTS
    supporters = tuple(party for party in hearing.parties if finds[party.id] is word)
    best = min(supporters, key=lambda party: party.preference, default=None)
    chosen = best.voice if best and word is Finds.SUPPORTS else None
    return _verdict(hearing, chosen, supporters, verdict, lambda _, item: Stance(str(item.value)))


def _among_variants(hearing: Hearing, chosen: Testimony | None) -> Verdict:
    if chosen is None:
        return _verdict(hearing, None, ())

    value = chosen.value
    supporters = or_own_party(hearing, chosen, backers(hearing, value))

    def stance(_: Party, item: Testimony) -> Stance:
        return Stance.SUPPORTS if item.value == value else Stance.VARIANT

    variants = _variants(chosen, hearing.told)
    return _verdict(hearing, chosen, supporters, None, stance, variants)


def _among_values(hearing: Hearing, chosen: Testimony | None, variance: Variance | None) -> Verdict:
    """Return the verdict on a fact that can have only one true value."""
    if chosen is None:
        return _verdict(hearing, None, ())

    agreeing = tuple(
        party for party in hearing.parties if any(is_same(item, chosen) for item in party.speakers)
    )
    supporters = or_own_party(hearing, chosen, agreeing)
    opponents = tuple(opponents_of(hearing, chosen, supporters))

    def stance(party: Party, item: Testimony) -> Stance:
        by_voice = is_same(party.voice, chosen) and is_same(item, party.voice)
        if by_voice or is_same(item, chosen):
            return Stance.SUPPORTS
        if party in opponents:
            return _difference(variance)
        return Stance.VARIANT if party.is_heard else Stance.DEVIATES

    is_disputed = bool(opponents) and not (variance and variance.explains)
    outcome = Status.DISPUTED if is_disputed else None
    return _verdict(hearing, chosen, supporters, outcome, stance, _variants(chosen, agreeing))


def _difference(variance: Variance | None) -> Stance:
    """Return the stance of what contradicts the value, by the reason for the difference."""
    if variance is Variance.SLIP:
        return Stance.DEVIATES
    return Stance.VARIANT if variance and variance.explains else Stance.CONTRADICTS


def _variants(chosen: Testimony, parties: Iterable[Party]) -> tuple[Testimony, ...]:
    """Return testimonies with other values than the chosen one, the best for each value."""
    speakers = [item for party in parties for item in party.speakers]
    if len(speakers) == 1:
        return () if speakers[0].stated == chosen.stated else (speakers[0],)
    best: dict[Stated, Testimony] = {}
    for item in sorted(speakers, key=lambda item: item.preference):
        best.setdefault(item.stated, item)
    best.pop(chosen.stated, None)
    return tuple(best.values())


def _finds(party: Party) -> Finds:
    """Return what a party finds about a statement; a part of it, if it says several things."""
    words = {Finds(str(item.value)) for item in party.speakers}
    return words.pop() if len(words) == 1 else Finds.PARTLY


def _found(words: set[Finds], *, checkable: bool) -> StatementVerdict:
    """Return what became of a statement, from what parties find."""
    if not words:
        return StatementVerdict.NOT_FOUND if checkable else StatementVerdict.NOT_CHECKABLE
    if Finds.CONTRADICTS not in words and Finds.SUPPORTS in words:
        return StatementVerdict.SUPPORTED
    if Finds.CONTRADICTS in words and Finds.SUPPORTS not in words:
        return StatementVerdict.CONTRADICTED
    return StatementVerdict.PARTLY_SUPPORTED


def _verdict(
    hearing: Hearing,
    chosen: Testimony | None,
    supporters: tuple[Party, ...],
    outcome: Status | StatementVerdict | None = None,
    stance: Callable[[Party, Testimony], Stance] = lambda *_: Stance.NOT_COUNTED,
    variants: tuple[Testimony, ...] = (),
) -> Verdict:
    """Return a verdict; its status is that of the support, where no other outcome is given."""
    support = support_of(supporters)
    shown = [item for party in hearing.told for item in party.speakers]
    shown += [chosen] if chosen else []
    amounts = [item.stated for item in shown if isinstance(item.stated, Amount)]

    return Verdict(
        status=None if isinstance(outcome, StatementVerdict) else outcome or support.status,
        statement=outcome if isinstance(outcome, StatementVerdict) else None,
        read=support.read,
        chosen=chosen,
        parties=hearing.parties,
        bystanders=hearing.bystanders,
        supporting=len(supporters),
        observers=support.observers,
        variants=variants,
        lowest=min((amount.low for amount in amounts), default=None),
        highest=max((amount.high for amount in amounts), default=None),
        stances=_stances(hearing, chosen, stance),
    )


def _stances(
    hearing: Hearing, chosen: Testimony | None, stance: Callable[[Party, Testimony], Stance]
) -> dict[str, Stance]:
    """Return how what each source says compares with the value."""
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
    """Return why a testimony does not say what its party's speakers say; ``None`` if it does."""
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


#: How much a status says, to choose among words that do not contradict each other.
_STRENGTH: Final = {Status.CORROBORATED: 3, Status.DOCUMENTED: 2, Status.REPORTED: 1}


class Support(NamedTuple):
    """
    How well a value is supported.

    :param status: Its status if nobody contradicts it.
    :param read: The best text that was read of the parties that support it.
    :param observers: How many observers do so in their own voice; one if all is hearsay.
    """

    status: Status
    read: Standing | None
    observers: int


def support_of(supporters: tuple[Party, ...]) -> Support:
    """Return how well some parties support a value."""
    if not supporters:
        return Support(Status.UNVERIFIED, None, 0)
    heard = [party for party in supporters if party.is_heard]
    observers = len({party.observer for party in heard}) or 1
    read = min(party.standing for party in heard or supporters)
    if observers > 1:
        return Support(Status.CORROBORATED, read, observers)
    return Support(Status.DOCUMENTED if read.is_text else Status.REPORTED, read, observers)


def preferred_testimony(hearing: Hearing, prefer: str | None) -> Testimony | None:
    """Return what the preferred source says, if it says anything that counts."""
    if prefer is None:
        return None
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
    equals = [party for party in candidates if party.standing <= best.standing]
    finer = [party for party in equals if is_finer(party.voice, best.voice)]
    finest = min(finer, key=lambda it: (grain(it.voice.stated), it.preference), default=best)
    return finest.voice


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
    _, chosen = min(said, key=order) if len(said) > 1 else said[0]

    return chosen


def earliest_day(hearing: Hearing) -> Testimony | None:
    """Return the earliest day in the testimonies nearest to their asserters' own words."""
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
    return _STRENGTH.get(support_of(supporters).status, 0)


def _saying(party: Party, item: Testimony) -> Party:
    """Return a party as if it said nothing but this."""
    return party._replace(standing=item.standing, speakers=(item,), voice=item, consistent=True)


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
        divided = (party for party in hearing.parties if not party.consistent)
        yield from (party for party in divided if party.standing.is_text)
    supporting = {party.id for party in supporters}
    agreed = [party.voice for party in hearing.heard if party.id in supporting]
    for party in hearing.heard:
        against = agreed if party.id in supporting else [chosen, *agreed]
        if any(contradict(party.voice.stated, item.stated) for item in against):
            yield party


def is_same(one: Testimony, other: Testimony) -> bool:
    """Return whether what two testimonies say agrees."""
    return one is other or agree(one.stated, other.stated)
