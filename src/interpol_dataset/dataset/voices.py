"""
What the sources say of a fact, and the fact explained by it.

For one fact or for all: whoever explains many reads the package's sources and organizations once.
"""

from __future__ import annotations

from functools import cached_property
from sys import intern
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.explanation import Explanation, Voice
from interpol_dataset.dataset.sentence import sentence
from interpol_dataset.schema.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.dataset.tables import Tables


#: What is known of the figure that includes another, as the table and an explanation name it.
_WHOLE: Final = ("part_of", "part_of_basis", "part_of_reason")


def explained(
    tables: Tables, fact: dict[str, Any], evidence: Iterable[dict[str, Any]]
) -> Explanation:
    """
    Explain one fact.

    :param tables: The tables.
    :param fact: Its row in the table ``verification``.
    :param evidence: Rows of the table ``evidence`` on the same record.
    """
    speakers = Speakers(tables)
    rows = [row for row in evidence if row["field"] == fact["field"]]
    searches: tuple[str, ...] = ()
    if fact["record_table"] == "claims":
        found = tables.rows("searches", record_table="claims", record_id=fact["record_id"])
        searches = tuple(f"{row['looked_for']} ({row['searched_on']})" for row in found)

    return speakers.explain(fact, speakers.voices(rows), searches)


class Speakers:
    """
    Who speaks in a package: its sources and organizations, and how it names what they count.

    :param tables: The tables.
    """

    def __init__(self, tables: Tables) -> None:
        # Bodies of states are known by their abbreviations; those of national bodies repeat.
        self.names: dict[str, str] = {
            row["id"]: (row["kind"] == "intergovernmental" and row["abbreviation"]) or row["name"]
            for row in tables.rows("organizations")
        }
        self._sources = {row["id"]: row for row in tables.rows("sources")}
        self._tables = tables
        self._metrics = {row["id"]: row["name"] for row in self._rows("metrics")}

    def voices(self, rows: Iterable[dict[str, Any]]) -> tuple[Voice, ...]:
        """
        Return rows of the table ``evidence`` as voices.

        :raises KeyError: A row names a source or an organization that the package lacks.
        """
        return tuple(_voice(row, self._sources[row["source_id"]], self.names) for row in rows)

    def explain(
        self, fact: dict[str, Any], voices: tuple[Voice, ...], searches: tuple[str, ...] = ()
    ) -> Explanation:
        """
        Explain a fact by what the sources say of it.

        :param fact: Its row in the table ``verification``.
        :param voices: What each source says.
        :param searches: For a claim, the searches that found nothing.
        """
        chosen = next((item for item in voices if item.source == fact["source_id"]), None)
        status = Status(fact["status"])

        parties: dict[str, list[str]] = {}
        bodies: dict[str, dict[str, None]] = {}
        for item in voices:
            if item.party is not None:
                parties.setdefault(item.party, []).append(item.source)
            if item.observer is not None:
                bodies.setdefault(item.observer, {}).update(dict.fromkeys(item.asserters))

        return Explanation(
            table=fact["record_table"],
            record=fact["record_id"],
            field=fact["field"],
            value=fact["value"],
            unit=chosen.unit if chosen else None,
            status=status.value,
            sentence=sentence(fact["field"], fact, voices, self._metrics),
            rule=intern(f"{status}: {status.meaning} (rules {fact['rule_version']})"),
            agreement=fact["agreement"],
            documents=fact["documents"],
            fact_class=fact["fact_class"],
            dispute=fact["dispute_type"],
            chosen=fact["source_id"],
            preferred=fact["preferred"],
            parties={party: tuple(ids) for party, ids in parties.items()},
            bodies={observer: tuple(names) for observer, names in bodies.items()},
            variants=tuple(fact["variants"] or ()),
            voices=voices,
            searches=searches,
            **self._containment(fact),
        )

    def _containment(self, fact: dict[str, Any]) -> dict[str, Any]:
        """Return what includes a figure, and which ones it may overlap with."""
        if fact["record_table"] != "cases" or not fact["field"].startswith("outcomes/"):
            return {}
        key = fact["record_id"], fact["field"]

        return {**self._wholes.get(key, {}), "may_overlap": tuple(self._overlaps.get(key, ()))}

    @cached_property
    def _wholes(self) -> dict[tuple[str, str], dict[str, str | None]]:
        """For each figure, by case and path, what includes it and why."""
        return {
            (row["case_id"], row["fact"]): {name: row.get(name) for name in _WHOLE}
            for row in self._rows("outcomes")
        }

    @cached_property
    def _overlaps(self) -> dict[tuple[str, str], list[str]]:
        """For each figure, by case and path, those that it may overlap with."""
        return {
            (row["case_id"], row["fact"]): row.get("may_overlap") or []
            for row in self._rows("outcomes")
        }

    def _rows(self, table: str) -> list[dict[str, Any]]:
        return self._tables.rows(table) if table in self._tables else []


def _voice(row: dict[str, Any], source: dict[str, Any], names: dict[str, str]) -> Voice:
    speakers = [row["attributed_to_id"] or source["asserter_id"]]
    if row["attributed_to_id"] is None:
        speakers += source["issued_with_ids"] or []

    return Voice(
        source=source["id"],
        title=source["title"],
        kind=source["kind"],
        publisher=names[source["publisher_id"]],
        asserters=tuple(names[speaker] for speaker in speakers),
        party=row["party_id"],
        observer=row["observer_id"],
        published=source["published"],
        url=source["url"],
        value=row["value"],
        unit=row["unit"],
        stance=row["stance"],
        own_count=row["own_count"],
        locator=row["locator"],
        note=row["note"],
        said_as=row["said_as"],
        drift_metric=row["drift_metric_id"],
        stage=row["stage"],
        as_of=row["as_of"],
        valuation=row["valuation"],
        withheld=source.get("withheld"),
    )
