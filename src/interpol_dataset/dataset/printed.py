"""
An explanation as text: the sentence, then the voices, party by party.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interpol_dataset.dataset.sentence import changed_on_the_way, in_words
from interpol_dataset.schema.vocabulary import Stance
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import date_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.dataset.explanation import Explanation, Voice

__all__ = ["printed"]

#: What a stance is called beside a value; support needs no word.
_STANCES: Final = {
    Stance.SUPPORTS: "agrees",
    Stance.PARTLY: "supports a part",
    Stance.CONTRADICTS: "contradicts it",
    Stance.VARIANT: "another word, no contradiction",
    Stance.SUPERSEDED: "superseded by a later document",
    Stance.DEVIATES: "retold otherwise than the document",
    Stance.INCONSISTENT: "one of several versions of this body's word",
    Stance.BYSTANDER: "only looks on",
    Stance.DRIFTED: "retold as {drift_metric}",
    Stance.SILENT: "leaves it out of a retold list",
    Stance.NOT_COUNTED: "does not count",
}


def printed(why: Explanation) -> str:
    """Write an explanation for people."""
    return "\n".join(_lines(why))


def _lines(why: Explanation) -> Iterator[str]:
    status = f" [{why.status}]" if why.status else ""
    yield f"{why.record} {why.field}: {_value(why)}{status}"
    yield f"  {why.sentence or why.rule}"
    if why.preferred:
        yield f"  Another source was preferred, because: {why.preferred}"
    if why.variants:
        others = (in_words(why.field, variant, why.unit) for variant in why.variants)
        yield f"  Other words: {', '.join(others)}"
    for fact in why.facts:
        case = f"{fact.record} " if fact.record else ""
        value = fact.value and in_words(fact.path, fact.value, FactPath(fact.path).currency)
        yield f"  {case}{fact.path}: {value or 'no value'} [{fact.status}]"

    chosen = next((voice for voice in why.voices if voice.source == why.chosen), None)
    for heading, voices in _grouped(why):
        yield ""
        yield f"  {heading}"
        for voice in voices:
            yield from _voice(why, voice, chosen)
    for search in why.searches:
        yield f"  searched without success: {search}"
    if why.sentence:
        yield ""
        yield f"  {why.rule}"


def _value(why: Explanation) -> str:
    if why.value is None:
        return "no value"
    if why.status is None:
        return why.value

    return in_words(why.field, why.value, why.unit)


def _grouped(why: Explanation) -> Iterator[tuple[str, list[Voice]]]:
    """Group the voices: parties that speak, then those that are not heard."""
    by_party: dict[str | None, list[Voice]] = {}
    for voice in why.voices:
        party = voice.party or (None if why.status else voice.asserter)
        by_party.setdefault(party, []).append(voice)

    for party, voices in by_party.items():
        if party is not None:
            yield _heading(why, voices), voices
    unheard = by_party.get(None, [])
    drifted = [voice for voice in unheard if voice.stance == Stance.DRIFTED]
    for heading, voices in (
        ("Retold as something else", drifted),
        ("Not counted", [voice for voice in unheard if voice not in drifted]),
    ):
        if voices:
            yield heading, voices


def _heading(why: Explanation, voices: list[Voice]) -> str:
    names = " and ".join(
        dict.fromkeys(name for voice in voices for name in sorted(voice.asserters))
    )
    if why.status is None:
        return f"From {names}"
    if any(voice.own_count for voice in voices):
        return f"{names} (counted for itself)"
    if all(voice.stance == Stance.BYSTANDER for voice in voices):
        return f"{names} (looks on)"
    observer = next((voice.observer for voice in voices if voice.observer), None)
    if observer is None:
        return f"{names} (shares the tally)"

    others = [name for name in why.bodies.get(observer, ()) if name not in names]
    family = f", as one body with {' and '.join(others)}" if others else ""

    return f"{names} (could know it itself{family})"


def _voice(why: Explanation, voice: Voice, chosen: Voice | None) -> Iterator[str]:
    yield f"    - {_says(why, voice, chosen)}{voice.source}"
    where = f", {voice.locator}" if voice.locator else ""
    yield f"      {voice.title}{where}"
    dated = f", {voice.published}" if voice.published else ""
    yield f"      {voice.publisher}{dated} [{voice.kind}] {voice.url or ''}".rstrip()
    if voice.note:
        yield f"      note: {voice.note}"


def _says(why: Explanation, voice: Voice, chosen: Voice | None) -> str:
    if voice.stance is None:
        return f"{voice.value} in " if voice.value else ""
    if voice.value == voice.stance:
        return f"{voice.value} in "

    words = [_STANCES[Stance(voice.stance)].format(drift_metric=voice.drift_metric)]
    if voice.source == why.chosen:
        words = ["the value taken"]
    if lost := changed_on_the_way(why.field, voice, chosen):
        words.append(lost)
    words += _details(voice)

    return f"{in_words(why.field, voice.value, voice.unit)} ({', '.join(words)}) in "


def _details(voice: Voice) -> Iterator[str]:
    """Return the source's word, the stage and day of its count, and its basis of valuation."""
    if voice.said_as:
        yield f"called '{voice.said_as}'"
    if voice.stage:
        yield voice.stage
    if voice.as_of:
        yield f"as of {date_in_words(Edtf.parse(voice.as_of))}"
    if voice.valuation:
        yield f"{voice.valuation} value"
