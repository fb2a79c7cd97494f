"""
An explanation as text: the sentence, then the voices, party by party.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interpol_dataset.dataset.groups import STANCES, details, groups
from interpol_dataset.dataset.sentence import changed_on_the_way, in_words
from interpol_dataset.schema.vocabulary import Stance
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import lowered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.dataset.explanation import ExplainedFact, Explanation, Voice


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
