"""An explanation: what a value rests on, and what each source says, from the tables alone."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from sys import intern
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.dataset.facts import known_until
from interpol_dataset.dataset.sentence import (
    OWN_TEXT,
    WORDS,
    Labels,
    Voice,
    changed_on_the_way,
    in_words,
    sentence,
    why_unread,
)
from interpol_dataset.dataset.tables import Table, Tables, table_of
from interpol_dataset.schema.vocabulary import Stance, StatementVerdict, Status, topmost
from interpol_dataset.values import grouped
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactKind, FactPath, is_public, kind_of
from interpol_dataset.values.words import date_in_words, listed, lowered, verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd


#: What a stance is called next to a value.
STANCES: Final = WORDS["stances"]


#: The standing of a body whose number is that of all bodies of the operation.
SHARED: Final = "one count with the operation"


class Group(NamedTuple):
    """Voices that belong together: who speaks, under what heading, and how much they could know."""

    names: tuple[str, ...]
    heading: str
    standing: str
    voices: tuple[Voice, ...]


def groups(why: Explanation) -> Iterator[Group]:
    """Group the voices: parties that speak, the one whose value was taken first; then others."""
    by_party = grouped(
        (voice.party or (None if why.is_fact else voice.asserter), voice)
        for voice in sorted(why.voices, key=lambda voice: voice.source != why.chosen)
    )
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
    itself = verb(names, "itself", "themselves")
    if any(voice.own_count for voice in voices):
        return f"counted for {itself}"
    observer = next((voice.observer for voice in voices if voice.observer), None)
    if observer is None:
        # Where no party speaks, those who look on are shown, and their stance is another.
        if why.read is None or {Stance.BYSTANDER} == {v.stance for v in voices}:
            return "took no part"
        if kind_of(FactPath(why.field)) is FactKind.SHARED:
            return SHARED
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


class ExplainedFact(NamedTuple):
    """
    A fact that a cell is computed from.

    :param record: The case, if it is another.
    :param converted: The number that counts, where it was stated in another unit; of money with
        the day of the rate.
    :param counts: Whether it counts; a figure does not that may be the same as one that does.
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

    :param field: The fact's path, or the column.
    :param text: The value of a total in words.
    :param status: The verification status; none for what rests on no single fact.
    :param rule: What the status means and by which rules; or what the value rests on.
    :param read: The nearest to their own words that was read of those who support it.
    :param parties: For each party that speaks, by its organization's id, the ids of its sources.
    :param bodies: For each observer, by its organization's id, the names of the parties that count
        as one body with it.
    :param variants: Other words or days that do not contradict the value.
    :param facts: The facts that the value was computed from, where there are several.
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
        """Return what the sources say as a data frame."""
        return self.to_table().to_pandas()

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def _values(item: Explanation | Voice) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__slots__}


#: What a voice has from its row in the table ``evidence``, and from its source.
_SAID: Final = (
    *("value", "unit", "stance", "read", "own_count", "locator", "note"),
    *("said_as", "stage", "as_of", "valuation"),
)
_OF_SOURCES: Final = ("title", "kind", "published", "url")


class Speakers:
    """Who speaks in a package: its sources and organizations, and how it names what they count."""

    def __init__(self, tables: Tables) -> None:
        # Bodies of states are known by their abbreviations; those of national bodies repeat.
        self.names: dict[str, str] = {
            row["id"]: (row["kind"] == "intergovernmental" and row["abbreviation"]) or row["name"]
            for row in tables.rows("organizations")
        }
        self._sources = {row["id"]: row for row in tables.rows("sources")}
        self._tables = tables
        self._labels = Labels(tables)

    def voices(self, rows: Iterable[dict[str, Any]]) -> tuple[Voice, ...]:
        """Return rows of the table ``evidence`` as voices."""
        return tuple(self._voice(row) for row in rows)

    def explain(
        self,
        fact: dict[str, Any],
        voices: tuple[Voice, ...],
        texts: Iterable[str] = (),
        searches: Iterable[dict[str, Any]] = (),
    ) -> Explanation:
        """Explain a fact by what the sources say of it."""
        chosen = next((item for item in voices if item.source == fact["source_id"]), None)
        term = StatementVerdict(fact["verdict"]) if fact["verdict"] else Status(fact["status"])
        unread = ""
        is_own = not is_public(FactPath(fact["field"]))
        if term is Status.REPORTED and chosen and chosen.party and is_own:
            own = (self._sources[id_] for id_ in texts if chosen.party in self._speakers_of(id_))
            unread = why_unread(chosen.party, self.names[chosen.party], own, searches)

        parties = grouped((item.party, item.source) for item in voices if item.party)
        bodies = grouped(
            (item.observer, name) for item in voices if item.observer for name in item.asserters
        )

        said = sentence(fact["field"], fact, voices, self._labels.of, unread)
        if known := known_until(self._steps[fact["record_id"]], fact["field"]):
            said += f" {known[0].upper()}{known[1:]}."
        contained: dict[str, Any] = {}
        if fact["record_table"] == "cases" and fact["field"].startswith("outcomes/"):
            contained = self._figures.get((fact["record_id"], fact["field"]), {})

        return Explanation(
            table=fact["record_table"],
            record=fact["record_id"],
            field=fact["field"],
            value=fact["value"],
            unit=chosen.unit if chosen else None,
            status=fact["status"],
            verdict=fact["verdict"],
            sentence=said,
            rule=intern(f"{term}: {term.meaning}"),
            read=fact["read"],
            fact_class=fact["fact_class"],
            variance=fact["variance_type"],
            chosen=fact["source_id"],
            preferred=fact["preferred"],
            parties={party: tuple(ids) for party, ids in parties.items()},
            bodies={observer: tuple(dict.fromkeys(names)) for observer, names in bodies.items()},
            variants=tuple(fact["variants"] or ()),
            voices=voices,
            searches=tuple(
                f"{row['looked_for']} ({row['searched_on']})"
                for row in (searches if fact["record_table"] == "claims" else ())
            ),
            **contained,
        )

    @cached_property
    def _steps(self) -> dict[str, list[dict[str, Any]]]:
        """The steps of court proceedings of each case."""
        steps = self._tables.rows_if_there("proceedings")
        return grouped((row["case_id"], row) for row in steps)

    def _speakers_of(self, id_: str) -> list[str]:
        first = self._sources[topmost(id_, lambda one: self._sources[one]["same_text_id"])]
        return [first["text_of_id"] or first["asserter_id"], *(first["issued_with_ids"] or ())]

    @cached_property
    def _figures(self) -> dict[tuple[str, str], dict[str, Any]]:
        """For each figure, by case and path, what includes it and why, and what it may overlap."""
        return {
            (row["case_id"], row["fact"]): {
                **{name: row.get(name) for name in ("part_of", "part_of_basis", "part_of_reason")},
                "may_overlap": tuple(row.get("may_overlap") or ()),
            }
            for row in self._tables.rows_if_there("outcomes")
        }

    def _voice(self, row: dict[str, Any]) -> Voice:
        source, attributed = self._sources[row["source_id"]], row["attributed_to_id"]
        speakers = [attributed] if attributed else self._speakers_of(source["id"])
        return Voice(
            source=source["id"],
            publisher=self.names[source["publisher_id"]],
            asserters=tuple(self.names[speaker] for speaker in speakers),
            party=row["party_id"],
            observer=row["observer_id"],
            drift_metric=row["drift_metric_id"],
            withheld=source.get("withheld"),
            **{name: source[name] for name in _OF_SOURCES},
            **{name: row[name] for name in _SAID},
        )


def own_texts(evidence: Iterable[dict[str, Any]]) -> dict[str, None]:
    """Return the ids of the sources that carry a body's very own text, in their order."""
    return dict.fromkeys(row["source_id"] for row in evidence if row["read"] in OWN_TEXT)


def explained(
    tables: Tables, fact: dict[str, Any], evidence: Iterable[dict[str, Any]]
) -> Explanation:
    """
    Explain one fact.

    :param fact: Its row in the table ``verification``.
    """
    speakers = tables.once(Speakers)
    evidence = list(evidence)
    rows = [row for row in evidence if row["field"] == fact["field"]]
    about = {"record_table": fact["record_table"], "record_id": fact["record_id"]}
    searches = tables.rows_if_there("searches", **about)
    return speakers.explain(fact, speakers.voices(rows), own_texts(evidence), searches)
