"""
Facts: all that is said under one path of a record, with its value and status.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interpol_dataset.evidence.families import Body, case_frame, open_frame
from interpol_dataset.evidence.testimony import COUNTRIES, STATEMENT, testimonies_of
from interpol_dataset.evidence.verification import verify, verify_statement
from interpol_dataset.records import models as m
from interpol_dataset.schema.vocabulary import FactClass, Variance
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from interpol_dataset.evidence.families import Frame
    from interpol_dataset.evidence.testimony import Testimony
    from interpol_dataset.evidence.verification import Verdict
    from interpol_dataset.records.kinds import Records


_CLASSES: Final = {
    "exists": FactClass.EXISTENCE,
    "outcomes": FactClass.FIGURE,
    "proceedings": FactClass.FIGURE,
    "country_count": FactClass.FIGURE,
    "period": FactClass.DESCRIPTION,
    "announced": FactClass.DESCRIPTION,
    "interpol_role": FactClass.DESCRIPTION,
    "iccs": FactClass.DESCRIPTION,
    "countries": FactClass.MEMBERSHIP,
    "organizations": FactClass.MEMBERSHIP,
    "tools": FactClass.MEMBERSHIP,
    "cases": FactClass.MEMBERSHIP,
    "statement": FactClass.STATEMENT,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """
    One fact with all that is said about it.

    :param path: Its path.
    :param testimonies: What the sources say, in the order of their ids.
    :param verdict: Its value and status; none where it only says how a list is meant.
    :param preferred: Why another source than the rule's was taken, where one was.
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
        return _CLASSES[self.path.kind]

    @property
    def variance(self) -> Variance | None:
        """Why sources differ, where that is known or only retellings do."""
        if self.dispute is not None:
            return self.dispute.type

        return Variance.RETOLD if self.verdict and self.verdict.is_retold_differently else None

    @property
    def chosen(self) -> Testimony | None:
        """The testimony whose value it takes; none where no source counts."""
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
    """Return the value of a record's fact, such as ``period``; none where no source gives it."""
    fact = facts.get(FactPath(name))

    return fact.chosen.value if fact and fact.chosen else None


def bodies_of(organizations: Iterable[m.Organization]) -> dict[str, Body]:
    """Return what decides whose body each organization is, by id."""
    return {item.id: Body(item.kind, item.country, item.parent) for item in organizations}


def facts_of(
    record: m.Model,
    sources: Mapping[str, m.Source],
    bodies: Mapping[str, Body],
    only: Container[FactPath] | None = None,
) -> FactsOfRecord:
    """
    Work out the value and status of the facts of one record.

    :param record: A case, category, challenge, lesson or claim; other records state no facts.
    :param sources: All sources, by id.
    :param bodies: All organizations, by id.
    :param only: The facts of a case that are wanted; all by default.
    """
    said: dict[FactPath, list[Testimony]] = defaultdict(list)
    if isinstance(record, m.Claim):
        said[STATEMENT] = []  # a claim that nothing supports is a fact without evidence
    for testimony in testimonies_of(record, sources):
        said[testimony.path].append(testimony)

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
        if only is None or path in only
    }


def _frame_of(said: Mapping[FactPath, list[Testimony]], bodies: Mapping[str, Body]) -> Frame:
    """Work out who is who in a case, from all that is said of it but what drifted."""
    testimonies = [item for items in said.values() for item in items if not item.drift_metric]
    named = {path.member for path in said if path.kind == "organizations"}
    concerned = {id_ for item in testimonies for id_ in item.on_word_of}
    joint = {item.asserters for item in testimonies if len(item.asserters) > 1}
    places = {path.member if path.kind == "countries" else path.place for path in said}
    apart = {
        id_
        for id_ in named.union(concerned, *joint)
        if (body := bodies.get(id_)) and body.state in places - {None, ""}
    }

    return case_frame(
        bodies, concerned=concerned, named=named, joint_texts=sorted(joint), apart=apart
    )


def _fact(
    path: FactPath,
    said: list[Testimony],
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

    prefer = preference.source if preference else None

    return Fact(
        path,
        testimonies,
        verify(testimonies, frame, path, prefer=prefer, variance=dispute.type if dispute else None),
        preferred=preference.reason if preference else None,
        dispute=dispute,
    )


def _with_facts(records: Records) -> Iterator[tuple[str, str, m.Model]]:
    """List the records that state facts, each with its table and id."""
    for table in ("cases", "categories", "challenges", "lessons"):
        for record in getattr(records, table):
            yield table, record.id, record
    for claims in records.claims:
        for claim in claims.claims:
            yield "claims", claim.id, claim
