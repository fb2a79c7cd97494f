"""
What databases of a package have in common: identifiers, columns and views.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.package.whole import Described

__all__ = ["VIEWS", "View", "columns_of", "quoted"]


def quoted(name: str) -> str:
    """Return a name as an identifier, whatever its letters are."""
    return '"' + name.replace('"', '""') + '"'


def columns_of(table: Described, types: Mapping[str, str], text: str) -> Iterator[str]:
    """
    Return the columns of a table, as CREATE TABLE wants them.

    :param table: The table.
    :param types: The database's types, by those of Table Schema.
    :param text: Its type of texts, for all other types.
    """
    for field in table.fields:
        required = field.get("constraints", {}).get("required") or field["name"] in table.key
        type_ = types.get(field["type"], text)
        yield f"{quoted(field['name'])} {type_}{' NOT NULL' if required else ''}"


class View(NamedTuple):
    """
    A question that many ask, answered in SQL.

    :param description: What it shows.
    :param sql: The query.
    """

    description: str
    sql: str


#: The views of a database, by their names. One whose tables or columns are missing is left out.
VIEWS: Final[Mapping[str, View]] = {
    "figures": View(
        "Outcomes with the names of case, metric and object, and the address of the source.",
        """
        SELECT o.case_id, c.name AS case_name, c.announced, o.fact, m.name AS metric,
               b.name AS object, o.place, o.scope, o.value_text, o.hedge, o.point, o.lower,
               o.upper, o.unit, o.usd_point, o.part_of, o.status, s.url
        FROM outcomes o
        JOIN cases c ON c.id = o.case_id
        JOIN metrics m ON m.id = o.metric_id
        LEFT JOIN objects b ON b.id = o.object_id
        LEFT JOIN sources s ON s.id = o.source_id
        """,
    ),
    "totals": View(
        "Outcomes of whole cases that can be added up in a metric, object and unit: without those "
        "that another figure of the case or another operation contains.",
        """
        SELECT o.case_id, c.announced, a.category_id, o.metric_id, o.object_id, o.point, o.lower,
               o.upper, o.unit, o.usd_point, o.usd_lower, o.usd_upper, o.status
        FROM outcomes o
        JOIN cases c ON c.id = o.case_id
        LEFT JOIN case_categories a ON a.case_id = o.case_id AND a.position = 1
        WHERE o.scope = 'whole' AND o.part_of IS NULL
          AND NOT EXISTS (
            SELECT 1 FROM operations p JOIN outcomes w ON w.case_id = p.part_of_case
            WHERE p.id = o.case_id AND w.metric_id = o.metric_id AND w.lower IS NOT NULL)
          AND NOT EXISTS (
            SELECT 1 FROM case_relations r
            WHERE r.case_id = o.case_id AND r.related_case_id < o.case_id
              AND CAST(r.shared AS VARCHAR) GLOB '*' || o.fact || '[],"'']*')
        """,
    ),
    "headlines": View(
        "The measures of operations, with their names; add up only rows without counted_in.",
        """
        SELECT o.id AS case_id, o.name AS case_name, o.year, o.main_area, v.measure_id,
               m.name AS measure, v.value_text, v.hedge, v.point, v.lower, v.upper, v.unit,
               v.status, v.basis, v.counted_in
        FROM operation_measures v
        JOIN operations o ON o.id = v.case_id
        JOIN measures m ON m.id = v.measure_id
        """,
    ),
    "main_areas": View(
        "Each case with its main crime area.",
        """
        SELECT c.id AS case_id, c.name AS case_name, c.announced, c.interpol_role, c.status,
               a.id AS category_id, a.name AS category
        FROM cases c
        LEFT JOIN case_categories l ON l.case_id = c.id AND l.position = 1
        LEFT JOIN categories a ON a.id = l.category_id
        """,
    ),
    "participation": View(
        "Countries that took part in cases, where sources list them, with their regions.",
        """
        SELECT p.country, n.short_name AS country_name, n.region, n.subregion, p.case_id,
               c.name AS case_name, c.announced, p.status
        FROM case_countries p
        JOIN countries n ON n.id = p.country
        JOIN cases c ON c.id = p.case_id
        """,
    ),
    "who_says_so": View(
        "What each source says about each fact, with title, address, publisher and asserter.",
        """
        SELECT e.record_table, e.record_id, e.field, e.value, e.unit, e.stance, e.locator,
               s.title, s.url, s.published, s.kind, p.name AS publisher, a.name AS asserter
        FROM evidence e
        JOIN sources s ON s.id = e.source_id
        JOIN organizations p ON p.id = s.publisher_id
        JOIN organizations a ON a.id = COALESCE(e.attributed_to_id, s.asserter_id)
        """,
    ),
    "disputed_facts": View(
        "Facts whose parties contradict each other or themselves, and why.",
        """
        SELECT record_table, record_id, field, value, status, contradicting, lowest, highest,
               dispute_type, dispute_reason
        FROM verification
        WHERE status IN ('disputed', 'inconsistent', 'refuted')
        """,
    ),
}
