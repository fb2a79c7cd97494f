"""
How well it is shown that a lesson works: its grade.

What a body says of its own work is `asserted`, whatever its words. A body acted in a case if it is
INTERPOL, or if a report names it as taking part; and so did what is part of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.evidence.families import INTERPOL
from interpol_dataset.schema.vocabulary import Finds, Grade, Shows
from interpol_dataset.values.ancestry import above
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from interpol_dataset.evidence.facts import Facts
    from interpol_dataset.evidence.families import Body
    from interpol_dataset.records import models as m


def grade_of(lesson: m.Lesson, facts: Facts, bodies: Mapping[str, Body]) -> Grade:
    """
    Return the best grade that something speaks for.

    :param lesson: The lesson.
    :param facts: The facts of all records, its own among them.
    :param bodies: All organizations, by id.
    """
    if any(item.evaluates and item.finds is not Finds.CONTRADICTS for item in lesson.evidence):
        return Grade.EVALUATED
    if any(link.shows is Shows.MEASURED for link in lesson.cases):
        return Grade.MEASURED

    own = facts["lessons", lesson.id]
    for link in lesson.cases:
        (said,) = own[FactPath(f"cases/{link.case}")].testimonies
        acting = acting_in(facts["cases", link.case])
        is_praise = acted(said.on_word_of, acting, bodies) or not said.counts
        if link.shows is Shows.ANSWERED and (link.has_result or not is_praise):
            return Grade.ILLUSTRATED

    return Grade.ASSERTED


def acting_in(facts: Iterable[FactPath]) -> frozenset[str]:
    """Return the bodies that acted in cases of which there are these facts."""
    return frozenset({INTERPOL, *(path.member for path in facts if path.kind == "organizations")})


def acted(
    speakers: Iterable[str], acting: frozenset[str], bodies: Mapping[str, Body]
) -> str | None:
    """Return the body that acted, of those who speak and of those that they are part of."""

    def parent(id_: str) -> str | None:
        return bodies[id_].parent if id_ in bodies else None

    return next(
        (body for id_ in speakers for body in (id_, *above(id_, parent)) if body in acting), None
    )
