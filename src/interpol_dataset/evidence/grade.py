"""
How well it is shown that a lesson works: its grade.

What a body says of its own work is `asserted`, whatever its words. A body acted in a case if it is
INTERPOL, or if a report names it as taking part; so did what is part of it, and what it is part of.
A number is one only if a source that counts states it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.evidence.families import INTERPOL
from interpol_dataset.evidence.testimony import STATEMENT
from interpol_dataset.schema.vocabulary import Finds, Grade, Shows
from interpol_dataset.values.ancestry import above
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from interpol_dataset.evidence.facts import Facts, FactsOfRecord
    from interpol_dataset.evidence.families import Body
    from interpol_dataset.evidence.testimony import Testimony
    from interpol_dataset.records import models as m


def grade_of(lesson: m.Lesson, facts: Facts, bodies: Mapping[str, Body]) -> Grade:
    """
    Return the best grade that something speaks for.

    :param lesson: The lesson.
    :param facts: The facts of all records, its own among them.
    :param bodies: All organizations, by id.
    """
    own = facts["lessons", lesson.id]
    judged = (said for said in own[STATEMENT].testimonies if said.evaluates and said.counts)
    if any(said.value != Finds.CONTRADICTS for said in judged):
        return Grade.EVALUATED

    followed = [link for link in lesson.cases if link.shows is not Shows.COUNTER_EXAMPLE]
    numbered = [link for link in followed if has_number(link, own, facts)]
    if any(link.shows is Shows.MEASURED for link in numbered):
        return Grade.MEASURED
    if numbered or not all(_is_praise(link, own, facts, bodies) for link in followed):
        return Grade.ILLUSTRATED

    return Grade.ASSERTED


def has_number(link: m.CaseLink, own: FactsOfRecord, facts: Facts) -> bool:
    """Return whether a source that counts states the result of a record's link to a case."""
    if link.result is not None:
        result = facts["cases", link.case].get(link.result)
        return result is not None and result.chosen is not None

    return link.value is not None and _said(link, own).counts


def _is_praise(
    link: m.CaseLink, own: FactsOfRecord, facts: Facts, bodies: Mapping[str, Body]
) -> bool:
    """Return whether a case is told by those who acted in it, or by nobody who counts."""
    said = _said(link, own)

    return not said.counts or bool(
        acted(said.on_word_of, acting_in(facts["cases", link.case]), bodies)
    )


def _said(link: m.CaseLink, own: FactsOfRecord) -> Testimony:
    """Return what the source of a link says."""
    (said,) = own[FactPath(f"cases/{link.case}")].testimonies

    return said


def acting_in(facts: Iterable[FactPath]) -> frozenset[str]:
    """Return the bodies that acted in cases of which there are these facts."""
    return frozenset({INTERPOL, *(path.member for path in facts if path.kind == "organizations")})


def acted(
    speakers: Iterable[str], acting: frozenset[str], bodies: Mapping[str, Body]
) -> str | None:
    """Return the first body that acted of those who speak, those above them and those below."""

    def lineage(id_: str) -> tuple[str, ...]:
        return id_, *above(id_, lambda id_: bodies[id_].parent if id_ in bodies else None)

    return next(
        (
            body
            for id_ in speakers
            for body in (*lineage(id_), *sorted(acting))
            if body in acting and (body in lineage(id_) or id_ in lineage(body))
        ),
        None,
    )
