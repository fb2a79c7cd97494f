"""
An explanation: a value, what it rests on, and what each source says; printed party by party.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.dataset.sentence import changed_on_the_way, in_words
from interpol_dataset.dataset.tables import table_of
from interpol_dataset.evidence.nature import FactKind, nature_of
from interpol_dataset.schema.vocabulary import Stance
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import date_in_words, listed, lowered, verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from interpol_dataset.dataset.tables import Table


#: What a stance is called beside a value.
STANCES: Final = {
    Stance.SUPPORTS: "agrees",
    Stance.PARTLY: "supports a part",
    Stance.CONTRADICTS: "contradicts it",
    Stance.VARIANT: "no contradiction",
    Stance.SUPERSEDED: "superseded later",
    Stance.DEVIATES: "tells it differently",
    Stance.BYSTANDER: "took no part",
    Stance.DRIFTED: "retold as something else",
    Stance.SILENT: "leaves it out of a retold list",
    Stance.NOT_COUNTED: "does not count",
}


class Group(NamedTuple):
    """
    Voices that belong together.

    :param names: The names of those who speak; none of voices that nobody hears.
    :param heading: What the voices are called together.
    :param standing: What those who speak could know; empty where that makes no difference.
    :param voices: What each source says.
    """

    names: tuple[str, ...]
    heading: str
    standing: str
    voices: tuple[Voice, ...]


def groups(why: Explanation) -> Iterator[Group]:
    """Group the voices: parties that speak, the one whose value was taken first; then others."""
    by_party: dict[str | None, list[Voice]] = {}
    for voice in sorted(why.voices, key=lambda voice: voice.source != why.chosen):
        party = voice.party or (None if why.is_fact else voice.asserter)
        by_party.setdefault(party, []).append(voice)

    unheard = by_party.pop(None, [])
    for voices in by_party.values():
        names = tuple(dict.fromkeys(name for voice in voices for name in voice.asserters))
        standing = _standing(why, voices, names) if why.is_fact else ""
        yield Group(names, listed(names), standing, tuple(voices))

    drifted = tuple(voice for voice in unheard if voice.stance == Stance.DRIFTED)
    others = tuple(voice for voice in unheard if voice.stance != Stance.DRIFTED)
    for heading, rest in (("Retold as something else", drifted), ("Not counted", others)):
        if rest:
            yield Group((), heading, "", rest)


def _standing(why: Explanation, voices: Sequence[Voice], names: Sequence[str]) -> str:
    """Return what those who speak could know."""
    itself = verb(names, "itself", "themselves")
    if any(voice.own_count for voice in voices):
        return f"counted for {itself}"
    observer = next((voice.observer for voice in voices if voice.observer), None)
    if observer is None:
        # Where no party speaks, those who look on are shown, and their stance is another.
        if why.read is None or {Stance.BYSTANDER} == {v.stance for v in voices}:
            return "took no part"
        if nature_of(FactPath(why.field)).kind is FactKind.SHARED:
            return "one count with the operation"
        return "as the operation knows it"

    others = [name for name in why.bodies.get(observer, ()) if name not in names]

    return f"could know it {itself}" + (f", as one with {listed(others)}" if others else "")


def details(voice: Voice) -> Iterator[str]:
    """Return the source's word, the stage and day of its count, and its basis of valuation."""
    if voice.said_as:
        yield f"called “{voice.said_as}”"
    if voice.stage:
        yield f"{voice.stage} count"
    if voice.as_of:
        yield f"as of {date_in_words(Edtf.parse(voice.as_of))}"
    if voice.valuation:
        yield f"{voice.valuation} value"


#: What is said before the reason why another source than the rule's was taken.
PREFERRED: Final = "Chosen in the record, not by rank and date"


def printed(why: Explanation) -> str:
    """Write an explanation for people."""
    return "\n".join(_lines(why))


def _lines(why: Explanation) -> Iterator[str]:
    status = f" [{why.status or why.verdict}]" if why.is_fact else ""
    yield f"{why.record} {why.field}: {_value(why)}{status}"
    yield f"  {why.sentence or why.rule}"
    if why.preferred:
        yield f"  {PREFERRED}, because: {why.preferred}"
    if why.variants and not FactPath(why.field).is_figure:
        others = (in_words(why.field, variant, why.unit) for variant in why.variants)
        yield f"  Also said: {', '.join(others)}"
    if why.part_of:
        because = f", because: {why.part_of_reason}" if why.part_of_reason else ""
        yield f"  Included in {why.part_of}{because}"
    if why.may_overlap:
        yield f"  May count some of the same things as: {', '.join(why.may_overlap)}"
    yield from (f"  {_fact(fact)}" for fact in why.facts if fact.counts)
    if left_out := [fact for fact in why.facts if not fact.counts]:
        yield "  left out, because they may be the same as those that count:"
        yield from (f"    {_fact(fact)}" for fact in left_out)

    for group in groups(why):
        by = "From " if group.names and not why.is_fact else ""
        standing = f" ({group.standing})" if group.standing else ""
        yield ""
        yield f"  {by}{group.heading}{standing}"
        for voice in group.voices:
            yield from _voice(why, voice)
    for search in why.searches:
        yield f"  searched without success: {search}"
    if why.sentence:
        yield ""
        yield f"  {why.rule}"


def _fact(fact: ExplainedFact) -> str:
    case = f"{fact.record} " if fact.record else ""
    value = fact.value and in_words(fact.path, fact.value, fact.unit)
    converted = f" ({fact.converted})" if fact.converted else ""

    return f"{case}{fact.path}: {value or 'no value'}{converted} [{fact.status}]"


def _value(why: Explanation) -> str:
    if why.text is not None:
        return why.text
    if why.value is None:
        return "no value"
    if not why.is_fact:
        return why.value

    return in_words(why.field, why.value, why.unit)


def _voice(why: Explanation, voice: Voice) -> Iterator[str]:
    yield f"    - {_says(why, voice)}{voice.source}"
    where = f", {voice.locator}" if voice.locator else ""
    yield f"      {voice.title}{where}"
    dated = f", {voice.published}" if voice.published else ""
    yield f"      {voice.publisher}{dated} [{voice.kind}] {voice.url or ''}".rstrip()
    if voice.withheld:
        yield f"      this page is not linked: {lowered(voice.withheld)}"
    if voice.note:
        yield f"      note: {voice.note}"


def _says(why: Explanation, voice: Voice) -> str:
    if voice.stance is None:
        return f"{voice.value} in " if voice.value else ""
    if voice.value == voice.stance:
        return f"{voice.value} in "

    words = [STANCES[Stance(voice.stance)]]
    if voice.stance == Stance.DRIFTED:
        words = [f"retold as {voice.drift_metric}"]
    if voice.source == why.chosen:
        words = ["the value taken"]
    if lost := changed_on_the_way(why.field, voice, why.taken):
        words.append(lost)
    words += details(voice)

    return f"{in_words(why.field, voice.value, voice.unit)} ({', '.join(words)}) in "


@dataclass(frozen=True, slots=True)
class Voice:
    """
    What one source says about the fact.

    :param source: Id of the source.
    :param title: Its title.
    :param kind: Its kind.
    :param publisher: Name of the organization that carries it.
    :param asserters: Names of the organizations that say so; several for a joint text.
    :param party: Id of the organization that speaks: voices of one party count once. None for a
        source that does not count.
    :param observer: Id of the body that could know it apart from the others; none where all bodies
        of the operation share one tally.
    :param published: Its date in EDTF; none where it has none.
    :param url: Its address.
    :param value: What it says.
    :param unit: The unit in which it says so.
    :param stance: How that relates to the value; none where the field has no status.
    :param read: How near it is to the words of those who say so: ``document``, ``copy``, ``quote``
        or ``retelling``; none where it does not count.
    :param own_count: Whether it shows that the asserter counted or saw it happen.
    :param locator: Where in the source it says so.
    :param note: A remark.
    :param said_as: Its word for the metric, where that matters.
    :param drift_metric: Id of the metric under which it retells the figure, if not the fact's.
    :param stage: How far the count had come.
    :param as_of: The day or month up to which it counts, in EDTF.
    :param valuation: By which prices it values what was seized.
    :param withheld: Why its address is not given, if it is withheld.
    """

    source: str
    title: str
    kind: str
    publisher: str
    asserters: tuple[str, ...]
    party: str | None
    observer: str | None
    published: str | None
    url: str | None
    value: str
    unit: str | None
    stance: str | None
    read: str | None
    own_count: bool
    locator: str | None
    note: str | None
    said_as: str | None = None
    drift_metric: str | None = None
    stage: str | None = None
    as_of: str | None = None
    valuation: str | None = None
    withheld: str | None = None

    @property
    def asserter(self) -> str:
        """Those who say so, as one name."""
        return listed(self.asserters)


class ExplainedFact(NamedTuple):
    """
    A fact that a cell is computed from.

    :param path: Its path.
    :param value: Its value.
    :param status: Its verification status.
    :param record: The case, if it is another.
    :param converted: The number that counts, where it was stated in another unit; of money with
        the day of the rate.
    :param counts: Whether it counts; a figure does not that may be the same as one that does.
    :param unit: The unit of its value.
    """

    path: str
    value: str | None
    status: str
    record: str | None = None
    converted: str | None = None
    counts: bool = True
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    The answer to "who says so?" for one field of one record.

    :param table: The table of the record.
    :param record: The id of the record.
    :param field: The fact's path, or the column.
    :param value: The value; none where no source that counts gives one.
    :param unit: Its unit.
    :param text: The value of a total in words.
    :param status: The verification status; none for what rests on no single fact.
    :param sentence: What the value rests on, in a sentence.
    :param rule: What the status means and by which rules; or what the value rests on.
    :param verdict: What became of a statement in words, which has no status.
    :param read: The nearest to their own words that was read of those who support it.
    :param fact_class: What sort of thing the fact says.
    :param variance: Why sources differ, by its type.
    :param chosen: Id of the source whose value was taken.
    :param preferred: Why another source than the rule's was taken.
    :param parties: For each party that speaks, by its organization's id, the ids of its sources.
    :param bodies: For each observer, by its organization's id, the names of the parties that count
        as one body with it.
    :param variants: Other words or days that do not contradict the value.
    :param voices: What each source says.
    :param facts: The facts that the value was computed from, where there are several.
    :param searches: Searches that found nothing, with their day.
    :param part_of: The path of the figure that includes it.
    :param part_of_basis: In what the one is wider than the other.
    :param part_of_reason: Why, where the record says so and not the rule.
    :param may_overlap: The paths of figures that may be or include some of it.
    """

    table: str
    record: str
    field: str
    value: str | None
    unit: str | None = None
    text: str | None = None
    status: str | None = None
    sentence: str = ""
    rule: str = ""
    verdict: str | None = None
    read: str | None = None
    fact_class: str | None = None
    variance: str | None = None
    chosen: str | None = None
    preferred: str | None = None
    parties: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    bodies: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    variants: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()
    facts: tuple[ExplainedFact, ...] = ()
    searches: tuple[str, ...] = ()
    part_of: str | None = None
    part_of_basis: str | None = None
    part_of_reason: str | None = None
    may_overlap: tuple[str, ...] = ()

    @property
    def is_fact(self) -> bool:
        """Whether it is of one fact, which has a status, or a verdict if it is a statement."""
        return (self.status or self.verdict) is not None

    @property
    def taken(self) -> Voice | None:
        """The voice whose value was taken."""
        return next((voice for voice in self.voices if voice.source == self.chosen), None)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return {
            **_values(self),
            "parties": dict(self.parties),
            "bodies": dict(self.bodies),
            "voices": [_values(voice) for voice in self.voices],
            "facts": [fact._asdict() for fact in self.facts],
        }

    def to_table(self) -> Table:
        """Return what the sources say as a table: a row a source."""
        columns = {
            name: "bool" if name == "own_count" else "string"
            for name in ("source", "asserter", *Voice.__slots__)
            if name != "asserters"
        }
        rows = [[getattr(voice, name) for name in columns] for voice in self.voices]
        said = f"What sources say of {self.record} {self.field}."

        return table_of("voices", said, columns, rows)

    def to_pandas(self) -> pd.DataFrame:
        """
        Return what the sources say as a data frame, as :meth:`to_table` does.

        :raises MissingExtraError: pandas is not installed.
        """
        return self.to_table().to_pandas()

    def __str__(self) -> str:
        return printed(self)


def _values(item: Explanation | Voice) -> dict[str, Any]:
    """Return the fields of an object, as they are: ``asdict`` would copy each."""
    return {name: getattr(item, name) for name in item.__slots__}
