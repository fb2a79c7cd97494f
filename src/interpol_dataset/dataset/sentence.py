"""Facts in words: what sources say, and what a status rests on, in a sentence for a newspaper."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interpol_dataset.schema import vocabulary as v
from interpol_dataset.values import grouped
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactKind, FactPath, is_public, kind_of
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import (
    date_in_words,
    listed,
    lowered,
    part_in_words,
    possessive,
    quantity_in_words,
    step_in_words,
    verb,
    year_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from interpol_dataset.dataset.tables import Tables

    _Words: TypeAlias = Callable[[str], str]

    Row = Mapping[str, Any]


#: How many parties are named one by one.
_NAMED: Final = 3
#: Small numbers as they begin a sentence.
_NUMBERS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
#: What values say, what facts are called, and what stances are called next to a value.
WORDS: Final[dict[str, dict[str, str]]] = json.loads(
    Path(__file__).with_name("words.json").read_text("utf-8")
)
#: What was read where somebody's very own text was.
OWN_TEXT: Final = frozenset({v.Read.DOCUMENT, v.Read.COPY})


@dataclass(frozen=True, slots=True)
class Voice:
    """
    What one source says about the fact.

    :param asserters: Names of the organizations that say so; several for a joint text.
    :param party: Id of the organization that speaks: voices of one party count once. None for a
        source that does not count.
    :param observer: Id of the body that could know it apart from the others; ``None`` if all bodies
        of the operation share one tally.
    :param stance: How that relates to the value; ``None`` if the field has no status.
    :param read: How near it is to the words of those who say so: ``document``, ``copy``, ``quote``
        or ``retelling``; ``None`` if it does not count.
    :param own_count: Whether it shows that the asserter counted or saw it happen.
    :param drift_metric: Id of the metric under which it retells the figure, if not the fact's.
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


def in_words(path: str, value: str, unit: str | None = None) -> str:
    """Write a fact's value in words; a number may bring a unit of its own."""
    match FactPath(path).kind:
        case "outcomes" | "country_count" | "proceedings" if FactPath(path).is_figure:
            number, _, own = value.partition(" ")
            return quantity_in_words(Quantity.parse(number), own or unit)
        case "period" | "announced":
            return date_in_words(Edtf.parse(value))
        case _:
            return value


def _claimed(path: str, value: str, unit: str | None) -> str:
    """Write a fact's value as what somebody says."""
    match FactPath(path).kind:
        case "interpol_role":
            return f"that INTERPOL {value} it"
        case "organizations":
            return f"that it was a {value}"
        case _:
            return WORDS["claims"].get(value) or in_words(path, value, unit)


def _counted(path: str, label: _Words, claim: str) -> str:
    """Return a claim with what it counts: "975 arrests", "141 (suspects identified: companies)"."""
    fact = FactPath(path)
    if not fact.is_figure:
        return claim
    what = "countries" if fact.kind == "country_count" else label(path)
    has_unit = claim[0].isupper() or not claim[-1].isdigit()
    is_plain = claim != "1" and not has_unit and {":", ","}.isdisjoint(what)
    return f"{claim} {what}" if is_plain else f"{claim} ({what})"


def sentence(
    path: str, fact: dict[str, Any], voices: Sequence[Voice], label: _Words, unread: str = ""
) -> str:
    """
    Say what a fact's status rests on.

    :param unread: Why a value is only reported, in a sentence.
    """
    if fact["verdict"] is not None:
        verdict = v.StatementVerdict(fact["verdict"])
        return f"{verdict.label}: {_of_statement(verdict, voices)}."
    status = v.Status(fact["status"])
    chosen = next((voice for voice in voices if voice.source == fact["source_id"]), None)
    if chosen is None:
        return "Unverified: no source that counts says anything about it."
    told = f"{status.label}: {_told(status, path, voices, chosen, partial(_counted, path, label))}."
    more = [told, fact["variance_reason"] or "", unread if status is v.Status.REPORTED else ""]
    if fact["variance_type"] == v.Variance.RETOLD:
        values = _listed(_values(path, voices, {v.Stance.SUPPORTS, v.Stance.DEVIATES}))
        more.append(f"Pages tell it differently: {values}.")
    if _is_one_count(path, voices, chosen):
        more.append("Nobody outside the operation was heard with a count of its own.")
    return " ".join(filter(None, [*more, *_drifts(FactPath(path), voices, label)]))


def _behind(voices: Sequence[Voice], chosen: Voice) -> list[Voice]:
    return [voice for voice in voices if voice is chosen or voice.stance == v.Stance.SUPPORTS]


def _is_one_count(path: str, voices: Sequence[Voice], chosen: Voice) -> bool:
    """Return whether several bodies state a whole operation's figure that one of them counted."""
    fact, parties = FactPath(path), {voice.party for voice in voices} - {None}
    is_whole = fact.is_figure and fact.place is None and chosen.value != "1"
    apart = any(voice.observer for voice in _behind(voices, chosen))
    return is_whole and len(parties) > 1 and not apart


def _drifts(path: FactPath, voices: Sequence[Voice], label: _Words) -> Iterator[str]:
    """Count the pages that retell the figure as something else, in sentences."""
    counts = Counter(voice.drift_metric for voice in voices if voice.stance == v.Stance.DRIFTED)
    for metric, count in counts.most_common():
        pages = "page says" if count == 1 else "pages say"
        number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
        other, own = (label(f"outcomes/{id_}") for id_ in (metric, path.member))
        yield f"{number} {pages} {other} instead of {own}."


def _told(
    status: v.Status, path: str, voices: Sequence[Voice], chosen: Voice, count: _Words
) -> str:
    supporting = _behind(voices, chosen)
    value = _claimed(path, chosen.value, chosen.unit)

    match status:
        case v.Status.CORROBORATED:
            return _corroborated(count(value), supporting)
        case v.Status.DOCUMENTED:
            return _documented(path, value, supporting, count)
        case v.Status.REPORTED:
            return _reported(path, count(value), supporting)
        case v.Status.DISPUTED:
            return _opposed(path, voices, chosen, count)
        case _:
            who = _names(supporting)
            reports = f"{verb(who, 'reports', 'report')} {count(value)}"
            only = f"{_listed(who)}, which took no part, {reports}"
            return f"{only}; no page says that somebody who could know is behind it"


def _names(voices: Iterable[Voice]) -> list[str]:
    return list(dict.fromkeys(name for voice in voices for name in voice.asserters))


def _is_heard(voice: Voice) -> bool:
    return voice.own_count or voice.read != v.Read.RETELLING


def _is_text(voice: Voice) -> bool:
    return voice.read in OWN_TEXT


def _by_party(voices: Iterable[Voice]) -> dict[str | None, list[Voice]]:
    return grouped((voice.party, voice) for voice in voices)


def _known(voices: Sequence[Voice]) -> str:
    best = min(voices, key=lambda voice: [*v.Read].index(v.Read(voice.read or v.Read.RETELLING)))
    nearest = [voice for voice in voices if voice.read == best.read]
    its = verb(best.asserters, "its", "their")
    pages = _pages(nearest)
    hows: dict[str | None, str] = {
        v.Read.DOCUMENT: f"{its} own document was read",
        v.Read.COPY: f"a copy of {its} text was read",
        v.Read.QUOTE: f"quoted by {pages}",
    }
    how = hows.get(best.read, f"through {pages} only")
    if any(voice.own_count for voice in voices):
        how = f"{its} own count"
    return f"{best.asserter} ({how})"


def _pages(voices: Iterable[Voice]) -> str:
    return _listed(list(dict.fromkeys(voice.publisher for voice in voices)))


def _corroborated(counted: str, supporting: Sequence[Voice]) -> str:
    say = "say" if len({(voice.value, voice.unit) for voice in supporting}) == 1 else "agree on"
    heard = sorted(filter(_is_heard, supporting), key=lambda voice: not _is_text(voice))
    observers: dict[str | None, str] = {}
    names = {_known(party): party[0].observer for party in _by_party(heard).values()}
    others = [name for name, by in names.items() if observers.setdefault(by, name) != name]
    told = f"{_listed([*observers.values()])} could know it separately and {say} {counted}"
    if not others:
        return told
    so, counts = verb(others, "so does", "so do"), verb(others, "counts", "count")
    return f"{told}; {so} {_listed(others)}, which {counts} as one with one of them"


def _documented(path: str, value: str, supporting: Sequence[Voice], count: _Words) -> str:
    """Return who says so in texts that were read, and through whom others are known."""
    texts = [voice for voice in supporting if _is_text(voice)]
    names, stated = _names(texts), _values(path, texts, {*v.Stance})
    say = verb(names, "says", "say") if len(stated) == 1 else "agree on"
    said = count(value if value in stated or len(stated) > 1 else stated[0])
    said += "" if value in stated or len(stated) > 1 else f", and {value} agrees"
    if len(names) == 1 and any(voice.read == v.Read.DOCUMENT for voice in texts):
        told = f"{possessive(names[0])} own document says {said}"
    else:
        copied = all(voice.read == v.Read.COPY for voice in texts)
        where = "a text that was read in a copy" if copied else "texts of their own"
        told = f"{_listed(names)} {say} {said}, in {where}"

    others = [
        _known(party)
        for party in _by_party(supporting).values()
        if not any(map(_is_text, party)) and set(names).isdisjoint(_names(party))
    ]
    repeats = [voice for voice in supporting if not _is_text(voice)]
    if others:
        told += f"; so {verb(others, 'does', 'do')} {_listed(others)}"
    elif repeats:
        is_same = _values(path, repeats, {*v.Stance}) == stated
        pages = "another page" if len(repeats) == 1 else f"{len(repeats)} other pages"
        many = verb([pages] * len(repeats), "s", "")
        told += f"; {pages} {'repeat' if is_same else 'agree'}{many}{' it' * is_same}"

    return told


def _reported(path: str, value: str, supporting: Sequence[Voice]) -> str:
    """Return who reports it on whose word."""
    pages = list(dict.fromkeys(voice.publisher for voice in supporting))
    if is_public(FactPath(path)):
        is_verdict = kind_of(FactPath(path)) is FactKind.VERDICT
        know = "a court knows" if is_verdict else "those who brought charges know"
        retell = verb(pages, "retells", "retell")
        return f"{_listed(pages)} {retell} {value}, which only {know} at first hand"
    whose = possessive(_listed(_names(supporting)))
    return f"on {whose} word, {_listed(pages)} {verb(pages, 'reports', 'report')} {value}"


def _opposed(path: str, voices: Iterable[Voice], chosen: Voice, count: _Words) -> str:
    """Return who says what if parties contradict each other; each body with its first statement."""
    sides: dict[str, dict[str, list[Voice]]] = {"supports": {}, "contradicts": {}}
    heard: set[str] = set()
    for voice in [chosen, *voices]:
        is_other = voice.stance == v.Stance.CONTRADICTS or heard.isdisjoint(voice.asserters)
        if voice.stance in sides and is_other and (voice is chosen or _is_heard(voice)):
            heard.update(voice.asserters)
            claim = _claimed(path, voice.value, voice.unit)
            sides[voice.stance].setdefault(claim, []).append(voice)
    (first, *agreeing), opposing = (
        [_says(claim if by[0] is not chosen else count(claim), by) for claim, by in side.items()]
        for side in sides.values()
    )
    agreement = [f"in agreement with that, {listed(agreeing)}"] if agreeing else []
    return "; ".join([first, *agreement, *opposing])


def _says(claim: str, voices: Sequence[Voice]) -> str:
    known = [_known(party) for party in _by_party(voices).values()]
    return f"{_listed(known)} {verb(_names(voices), 'says', 'say')} {claim}"


def _of_statement(verdict: v.StatementVerdict, voices: Sequence[Voice]) -> str:
    said = [
        f"{_listed(names)} {verb(names, one, many)}"
        for stance, one, many in (
            (v.Stance.SUPPORTS, "says the same", "say the same"),
            (v.Stance.PARTLY, "says a part of it", "say a part of it"),
            (v.Stance.CONTRADICTS, "contradicts it", "contradict it"),
        )
        if (names := _names(voice for voice in voices if voice.stance == stance))
    ]
    return "; ".join(said) or verdict.meaning


def why_unread(
    body: str, name: str, texts: Iterable[Mapping[str, Any]], searches: Iterable[Mapping[str, Any]]
) -> str:
    """Return a sentence on why a body's own word on something was not read."""
    own, texts = f"{possessive(name)} own document", list(texts)
    read = [text["extent_characters"] or 0 for text in texts if text["extent"] == v.Extent.EXCERPT]
    if read:
        far = f" to about {max(read):,} characters" if max(read) else " in part"
        return f"{own} was read only{far}."
    if texts:
        whole = all(text["extent"] == v.Extent.WHOLE for text in texts)
        return f"{own}{'' if whole else ', as far as it was read,'} does not say it."

    days = [
        row["searched_on"]
        for row in searches
        if row["sought"] == v.Sought.DOCUMENT and row["of_id"] == body
    ]
    if days:
        return f"{own} was looked for on {max(days)} and not found."

    return f"Nobody has looked for {own}."


def _values(path: str, voices: Sequence[Voice], stances: set[v.Stance]) -> list[str]:
    stated = [
        _claimed(path, voice.value, voice.unit) for voice in voices if voice.stance in stances
    ]
    return list(dict.fromkeys(stated))


def changed_on_the_way(path: str, voice: Voice, chosen: Voice | None) -> str | None:
    """Return how a source changed a number that it otherwise repeats, if it did."""
    if chosen is None or voice.stance != "supports" or voice.value == chosen.value:
        return None
    if not FactPath(path).is_figure:
        return None
    own, other = Quantity.parse(voice.value), Quantity.parse(chosen.value)
    is_plain, was_hedged = own.lower == own.upper, other.lower != other.upper
    return "told as exact" if is_plain and was_hedged and own.point == other.point else None


def _listed(names: Sequence[str]) -> str:
    """Join names: a, b and c; of many, the first and how many more."""
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return listed(names)


class Labels:
    """Names facts and writes their values in words."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._known: dict[str, Mapping[str, str]] = {}

    def of(self, path: str) -> str:
        """Return what a fact is about."""
        fact = FactPath(path)
        match fact.kind:
            case "outcomes":
                return self._of_outcome(fact)
            case "proceedings":
                place = f" in {self._country(fact.place)}" if fact.place else ""
                return f"{step_in_words(fact)}{place} in {year_in_words(fact)}"
            case "countries" if fact.member:
                return self._country(fact.member)
            case "organizations":
                return self._names("organizations").get(fact.member, fact.member)
            case "tools":
                return f"INTERPOL's tools: {fact.member}"
            case kind:
                return WORDS["labels"].get(kind, kind)

    def value(self, fact: Mapping[str, Any], unit: str | None) -> str:
        """Return a fact's value in words; what is left empty is "not known"."""
        return (
            "not known" if fact["value"] is None else in_words(fact["field"], fact["value"], unit)
        )

    def _of_outcome(self, fact: FactPath) -> str:
        label = lowered(self._names("metrics").get(fact.member, fact.member))
        if fact.object:
            label += f": {lowered(self._names('objects').get(fact.object, fact.object))}"
        if fact.place:
            label += f", in {self._country(fact.place)}"
        part = part_in_words(fact)
        return f"{label}, {part}" if part else label

    def _country(self, code: str) -> str:
        return self._names("countries", "short_name").get(code, code)

    def _names(self, table: str, column: str = "name") -> Mapping[str, str]:
        if table not in self._known:
            there = table in self._tables and column in self._tables.table(table).columns
            rows = self._tables.rows(table) if there else []
            self._known[table] = {row["id"]: row[column] for row in rows}
        return self._known[table]
