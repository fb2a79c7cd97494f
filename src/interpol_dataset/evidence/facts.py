"""
Facts: all that is said under one path of a record, with its value and status.

The grade of a lesson says how well it is shown that it works. What a body says of its own work is
`asserted`, whatever its words. A body acted in a case if it is INTERPOL, or if a report names it as
taking part; so did its parts, and the body that it is a part of. A number counts only if a source
that counts states it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from interpol_dataset.evidence.parties import INTERPOL, Body, Frame, case_frame, open_frame
from interpol_dataset.evidence.testimony import COUNTRIES, STATEMENT, Testimony, testimonies_of
from interpol_dataset.evidence.verification import Verdict, verify, verify_statement
from interpol_dataset.records import models as m
from interpol_dataset.schema.vocabulary import FactClass, Finds, Grade, Shows, Variance, above
from interpol_dataset.values import grouped
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from interpol_dataset.records.document import Records


@dataclass(frozen=True, slots=True)
class Fact:
    """
    One fact with all that is said about it.

    :param dispute: What is known of why sources differ.
    """

    path: FactPath
    testimonies: tuple[Testimony, ...]
    verdict: Verdict | None
    preferred: str | None = None
    dispute: m.Dispute | None = None

    @property
    def fact_class(self) -> FactClass:
        """What sort of thing it says."""
        match self.path.kind:
            case "exists":
                return FactClass.EXISTENCE
            case "outcomes" | "proceedings" | "country_count":
                return FactClass.FIGURE
            case "countries" | "organizations" | "tools" | "cases":
                return FactClass.MEMBERSHIP
            case "statement":
                return FactClass.STATEMENT
            case _:
                return FactClass.DESCRIPTION

    @property
    def variance(self) -> Variance | None:
        """Why sources differ, where that is known or only retellings do."""
        if self.dispute is not None:
            return self.dispute.type
        return Variance.RETOLD if self.verdict and self.verdict.is_retold_differently else None

    @property
    def chosen(self) -> Testimony | None:
        """The testimony whose value it takes; ``None`` if no source counts."""
        return self.verdict.chosen if self.verdict else None


#: The facts of a record by path, in alphabetical order.
FactsOfRecord: TypeAlias = "dict[FactPath, Fact]"
#: The facts of all records, by table and id.
Facts: TypeAlias = "dict[tuple[str, str], FactsOfRecord]"


def assess(records: Records, known: Mapping[tuple[str, str], FactsOfRecord] | None = None) -> Facts:
    """
    Work out the value and status of every fact, once for all that use them.

    :param records: Records whose references to sources hold.
    :param known: The facts of some of them, where they were worked out before.
    """
    known = known or {}
    sources = {source.id: source for source in records.sources}
    bodies = bodies_of(records.organizations)
    return {
        (table, id_): known.get((table, id_)) or facts_of(record, sources, bodies)
        for table, id_, record in _with_facts(records)
    }


def value_of(facts: FactsOfRecord, name: str) -> Any:  # noqa: ANN401  # of the fact's own type
    """Return the value of a record's fact, such as ``period``; ``None`` if no source gives it."""
    fact = facts.get(FactPath(name))
    return fact.chosen.value if fact and fact.chosen else None


def bodies_of(organizations: Iterable[m.Organization]) -> dict[str, Body]:
    """Return what decides whose body each organization is, by id."""
    return {item.id: Body(item.kind, item.country, item.parent) for item in organizations}


def facts_of(
    record: m.Model, sources: Mapping[str, m.Source], bodies: Mapping[str, Body]
) -> FactsOfRecord:
    """Work out the value and status of the facts of one record."""
    said = grouped((item.path, item) for item in testimonies_of(record, sources))
    if isinstance(record, m.Claim):
        said.setdefault(STATEMENT, [])  # a claim that nothing supports is a fact without evidence

    if not isinstance(record, m.Case):
        everybody = (id_ for items in said.values() for item in items for id_ in item.on_word_of)
        frame = open_frame(bodies, everybody)
        checkable = getattr(record, "checkable", True)
        return {path: _fact(path, said[path], frame, checkable=checkable) for path in sorted(said)}

    frame = _frame_of(said, bodies)
    preferences = {preference.fact: preference for preference in record.prefer}
    disputes = {dispute.fact: dispute for dispute in record.disputes}

    return {
        path: _fact(path, said[path], frame, preferences.get(path), disputes.get(path))
        for path in sorted(said)
    }


def without_preferences(
    facts: FactsOfRecord, paths: Iterable[FactPath], bodies: Mapping[str, Body]
) -> FactsOfRecord:
    """Return some facts of a case as they would be if it preferred no source."""
    frame = _frame_of({path: fact.testimonies for path, fact in facts.items()}, bodies)
    return {
        path: _fact(path, fact.testimonies, frame, dispute=fact.dispute)
        for path in paths
        if (fact := facts.get(path)) is not None
    }


def _frame_of(said: Mapping[FactPath, Iterable[Testimony]], bodies: Mapping[str, Body]) -> Frame:
    """Work out who is who in a case, from all statements on it that have not drifted."""
    testimonies = [item for items in said.values() for item in items if not item.drift_metric]
    named = {path.member for path in said if path.kind == "organizations"}
    concerned = {id_ for item in testimonies for id_ in item.on_word_of}
    joint = {item.asserters for item in testimonies if len(item.asserters) > 1}
    places = {path.member if path.kind == "countries" else path.place for path in said}
    known = named.union(concerned, *joint) & bodies.keys()
    apart = {id_ for id_ in known if bodies[id_].state in places - {None, ""}}
    return case_frame(
        bodies, concerned=concerned, named=named, joint_texts=sorted(joint), apart=apart
    )


def _fact(
    path: FactPath,
    said: Iterable[Testimony],
    frame: Frame,
    preference: m.Preference | None = None,
    dispute: m.Dispute | None = None,
    *,
    checkable: bool = True,
) -> Fact:
    testimonies = tuple(sorted(said, key=lambda testimony: testimony.source.id))
    if path == COUNTRIES:
        return Fact(path, testimonies, None)
    if path == STATEMENT:
        return Fact(path, testimonies, verify_statement(testimonies, frame, checkable=checkable))
    prefer, reason = (preference.source, preference.reason) if preference else (None, None)
    variance = dispute.type if dispute else None
    verdict = verify(testimonies, frame, path, prefer=prefer, variance=variance)
    return Fact(path, testimonies, verdict, reason, dispute)


def _with_facts(records: Records) -> Iterator[tuple[str, str, m.Model]]:
    """List the records that state facts, each with its table and id."""
    for table in ("cases", "categories", "challenges", "lessons"):
        for record in getattr(records, table):
            yield table, record.id, record
    for claims in records.claims:
        for claim in claims.claims:
            yield "claims", claim.id, claim


def grade_of(lesson: m.Lesson, facts: Facts, bodies: Mapping[str, Body]) -> Grade:
    """Return the best grade that something speaks for."""
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
    (said,) = own[FactPath(f"cases/{link.case}")].testimonies
    return said


def acting_in(facts: Iterable[FactPath]) -> frozenset[str]:
    """Return the bodies that acted in the cases that have these facts."""
    return frozenset({INTERPOL, *(path.member for path in facts if path.kind == "organizations")})


def acted(
    speakers: Iterable[str], acting: frozenset[str], bodies: Mapping[str, Body]
) -> str | None:
    """Return the first body that acted of those who speak, those above them and those below."""

    def lineage(id_: str) -> tuple[str, ...]:
        return id_, *above(id_, lambda id_: bodies[id_].parent if id_ in bodies else None)

    for id_ in speakers:
        for body in (*lineage(id_), *sorted(acting)):
            if body in acting and (body in lineage(id_) or id_ in lineage(body)):
                return body
    return None
