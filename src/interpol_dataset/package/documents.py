"""
Documents for JSON: each record with all that belongs to it, and back to flat tables.

A case's document holds its row, and in lists below it the rows of the tables that hang on cases,
its evidence and its verification.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PARENTS", "homes_of", "nest", "unnest"]

Rows = list[dict[str, Any]]

#: Tables whose rows stand inside documents: the table they hang on, and the column that says so.
PARENTS: Final = {
    "outcomes": ("cases", "case_id"),
    "case_categories": ("cases", "case_id"),
    "case_countries": ("cases", "case_id"),
    "case_organizations": ("cases", "case_id"),
    "case_relations": ("cases", "case_id"),
    "challenge_cases": ("challenges", "challenge_id"),
    "lesson_cases": ("lessons", "lesson_id"),
    "lesson_challenges": ("lessons", "lesson_id"),
    "claim_searches": ("claims", "claim_id"),
}

#: Tables whose rows hang on records of several tables.
SHARED: Final = ("evidence", "verification")

#: The tables whose records have facts.
WITH_FACTS: Final = ("cases", "claims", "challenges", "lessons", "categories")


def homes_of(table: str) -> tuple[str, ...]:
    """Return the tables in whose documents a table's rows stand; none where it has its own."""
    if table in SHARED:
        return WITH_FACTS

    return (PARENTS[table][0],) if table in PARENTS else ()


def nest(tables: Mapping[str, Rows]) -> dict[str, Rows]:
    """
    Put rows into documents.

    :param tables: The rows of all or some tables.
    :returns: The documents of each table that has its own.
    """
    documents = {name: [dict(row) for row in tables[name]] for name in tables if not homes_of(name)}

    for name in tables:
        for home in homes_of(name):
            if home not in documents:
                continue
            if name in SHARED:
                mine = [row for row in tables[name] if row["record_table"] == home]
                _hang(documents[home], name, mine, ("record_id", "record_table"))
            else:
                _hang(documents[home], name, tables[name], PARENTS[name][1:])

    return documents


def unnest(documents: Mapping[str, Rows]) -> dict[str, Rows]:
    """
    Take documents apart into the rows of flat tables.

    :param documents: The documents, by table; not all need be there.
    :raises TypeError: What was read is not a list.
    """
    tables: dict[str, Rows] = defaultdict(list)
    for parent, listed in documents.items():
        children = {
            name: {column: "id"} for name, (owner, column) in PARENTS.items() if owner == parent
        } | {name: {"record_id": "id"} for name in SHARED if parent in WITH_FACTS}

        if not isinstance(listed, list):
            raise TypeError("the documents do not stand in a list")

        for document in listed:
            for name in children:
                for row in document.get(name, []):
                    keys = {column: document[key] for column, key in children[name].items()}
                    shared = {"record_table": parent} if name in SHARED else {}
                    tables[name].append(shared | keys | row)
            tables[parent].append(
                {key: value for key, value in document.items() if key not in children}
            )

    return dict(tables)


def _hang(documents: Rows, name: str, rows: Rows, columns: tuple[str, ...]) -> None:
    """Put rows into the documents that their first column names, without those columns."""
    by_record: dict[str, Rows] = defaultdict(list)
    for row in rows:
        kept = {key: value for key, value in row.items() if key not in columns}
        by_record[row[columns[0]]].append(kept)

    for document in documents:
        document[name] = by_record[document["id"]]
