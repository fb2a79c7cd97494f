"""
Facts: all that is said under one path of a record, with its value and status.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from interpol_dataset.evidence.testimony import COUNTRIES, STATEMENT, testimonies_of
from interpol_dataset.evidence.verification import verify, verify_statement
from interpol_dataset.records import models as m

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.evidence.testimony import Testimony
    from interpol_dataset.evidence.verification import Verdict
    from interpol_dataset.records.folder import Records
    from interpol_dataset.values.fact_path import FactPath

__all__ = ["Fact", "Facts", "FactsOfRecord", "assess", "facts_of"]


@dataclass(frozen=True, slots=True)
class Fact:
    """
    One fact with all that is said about it.

    :param path: Its path.
    :param testimonies: What the sources say, in the order of their ids.
    :param verdict: Its value and status; none where it only says how a list is meant.
    :param preferred: Why another source than the rule's was taken, where one was.
    """

    path: FactPath
    testimonies: tuple[Testimony, ...]
    verdict: Verdict | None
    preferred: str | None = None

    @property
    def chosen(self) -> Testimony | None:
        """The testimony whose value it takes; none where no source counts."""
        return self.verdict.chosen if self.verdict else None


#: The facts of a record by path, in alphabetical order.
FactsOfRecord: TypeAlias = "dict[FactPath, Fact]"

#: The facts of all records, by table and id.
Facts: TypeAlias = "dict[tuple[str, str], FactsOfRecord]"


def assess(records: Records) -> Facts:
    """
    Work out the value and status of every fact, once for all that use them.

    :param records: Records whose references to sources hold.
    """
    sources = {source.id: source for source in records.sources}

    return {(table, id_): facts_of(record, sources) for table, id_, record in _with_facts(records)}


def facts_of(record: m.Model, sources: Mapping[str, m.Source]) -> FactsOfRecord:
    """
    Work out the value and status of the facts of one record.

    :param record: A case, category, challenge, lesson or claim; other records state no facts.
    :param sources: All sources, by id.
    """
    said: dict[FactPath, list[Testimony]] = defaultdict(list)
    if isinstance(record, m.Claim):
        said[STATEMENT] = []  # a claim that nothing supports is a fact without evidence
    for testimony in testimonies_of(record, sources):
        said[testimony.path].append(testimony)

    preferences = (
        {preference.fact: preference for preference in record.prefer}
        if isinstance(record, m.Case)
        else {}
    )

    return {path: _fact(path, said[path], preferences.get(path)) for path in sorted(said)}


def _fact(path: FactPath, said: list[Testimony], preference: m.Preference | None) -> Fact:
    testimonies = tuple(sorted(said, key=lambda testimony: testimony.source.id))
    if path == COUNTRIES:
        return Fact(path, testimonies, None)
    if path == STATEMENT:
        return Fact(path, testimonies, verify_statement(testimonies))

    verdict = verify(testimonies, prefer=preference.source if preference else None)

    return Fact(path, testimonies, verdict, preference.reason if preference else None)


def _with_facts(records: Records) -> Iterator[tuple[str, str, m.Model]]:
    """List the records that state facts, each with its table and id."""
    for table in ("cases", "categories", "challenges", "lessons"):
        for record in getattr(records, table):
            yield table, record.id, record
    for claims in records.claims:
        for claim in claims.claims:
            yield "claims", claim.id, claim
