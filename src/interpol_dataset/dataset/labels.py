"""
Facts in the words of people: "arrests", "assets seized: virtual assets", "number of countries".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.sentence import in_words
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import lowered, part_in_words, step_in_words, year_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.dataset.tables import Tables


_LABELS: Final = {
    "exists": "existence",
    "interpol_role": "INTERPOL's role",
    "country_count": "number of countries",
    "countries": "list of countries",
}


class Labels:
    """
    Names facts and writes their values in words.

    :param tables: The tables that have the names; without one of them, its ids are used.
    """

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
                return self._of_step(fact)
            case "countries" if fact.member:
                return self._country(fact.member)
            case "organizations":
                return self._names("organizations").get(fact.member, fact.member)
            case "tools":
                return f"INTERPOL's tools: {fact.member}"
            case kind:
                return _LABELS.get(kind, kind)

    def value(self, fact: Mapping[str, Any], unit: str | None) -> str:
        """
        Return a fact's value in words; what is left empty is "not known".

        :param fact: Its row in the table ``verification``.
        :param unit: The unit of its value.
        """
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

    def _of_step(self, fact: FactPath) -> str:
        place = f" in {self._country(fact.place)}" if fact.place else ""

        return f"{step_in_words(fact)}{place} in {year_in_words(fact)}"

    def _country(self, code: str) -> str:
        return self._names("countries", "short_name").get(code, code)

    def _names(self, table: str, column: str = "name") -> Mapping[str, str]:
        if table not in self._known:
            there = table in self._tables and column in self._tables.table(table).columns
            rows = self._tables.rows(table) if there else []
            self._known[table] = {row["id"]: row[column] for row in rows}

        return self._known[table]
