"""The committed totals are what independent SQL makes of the committed figures."""

# ruff: noqa: S608  # queries are put together from constants

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import duckdb
import pytest

from helpers.each import each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset import Dataset

#: Figures that count, those of a metric that are in no other, the objects below each object, and
#: the metrics of cases of which figures may overlap or outgrow an open total.
_VIEWS: Final = """
CREATE VIEW counted AS FROM outcomes WHERE lower IS NOT NULL
    AND status NOT IN ('refuted', 'unverified', 'partial');
CREATE VIEW roots AS FROM counted WHERE part_of IS NULL;
CREATE VIEW below AS WITH RECURSIVE walk(id, above) AS (
    SELECT id, id FROM objects
    UNION SELECT walk.id, parent_id FROM walk JOIN objects ON objects.id = above
        WHERE parent_id IS NOT NULL)
    FROM walk;
CREATE VIEW outgrown AS
    SELECT DISTINCT w.case_id, w.metric_id
    FROM counted AS w JOIN counted AS p ON p.case_id = w.case_id AND p.part_of = w.fact
    WHERE w.upper IS NULL GROUP BY w.case_id, w.metric_id, w.fact, w.point, w.lower
    HAVING sum(p.lower) > 1.5 * coalesce(w.point, w.lower);
CREATE VIEW doubted AS
    SELECT DISTINCT case_id, split_part(fact, '/', 2).regexp_extract('^[a-z-]+') AS metric_id
    FROM part_doubts WHERE kind NOT IN ('rest', 'object')
        OR (kind = 'object' AND (fact NOT LIKE '%/%/%' OR other_fact NOT LIKE '%/%/%'))
    UNION SELECT case_id, metric_id FROM outgrown;
CREATE VIEW year_of AS SELECT id, part_of_case, CASE WHEN period_earliest IS NOT NULL
    THEN year(period_earliest) WHEN cases.announced IS NOT NULL THEN year(cases.announced)
    ELSE year(period_latest) END AS year FROM cases JOIN operations USING (id);
"""


@pytest.fixture(scope="module")
def sql(dataset: Dataset) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a database with the committed tables."""
    connection = duckdb.connect()
    for name in dataset.tables:
        connection.register(f"_{name}", dataset.table(name).to_arrow())
        connection.execute(f'CREATE TABLE "{name}" AS FROM "_{name}"')
    connection.execute(_VIEWS)
    yield connection
    connection.close()


def _differing(sql: duckdb.DuckDBPyConnection, expected: str, actual: str) -> list[object]:
    """Return the rows that only one of two queries has."""
    both = f"((FROM ({expected})) EXCEPT (FROM ({actual})))"
    back = f"((FROM ({actual})) EXCEPT (FROM ({expected})))"

    return sql.execute(f"{both} UNION ALL {back}").fetchall()


def test_arrests_are_the_sum_of_what_is_in_no_other(sql: duckdb.DuckDBPyConnection) -> None:
    """Where no two figures may overlap, arrests are those of the figures in no other, added up."""
    doubted = "case_id NOT IN (SELECT case_id FROM doubted WHERE metric_id = 'arrests')"

    assert [] == _differing(
        sql,
        f"""SELECT case_id, sum(lower) FROM roots
            WHERE metric_id = 'arrests' AND {doubted} GROUP BY case_id""",
        f"""SELECT case_id, lower FROM operation_measures
            WHERE measure_id = 'arrests' AND {doubted}""",
    )


@pytest.mark.parametrize(
    ("measure", "metric", "top"),
    [
        ("drugs_kg", "weight-seized", "drugs"),
        ("wildlife_kg", "weight-seized", "wildlife"),
        ("wildlife_items", "items-seized", "wildlife"),
    ],
)
def test_measures_of_a_kind_of_object(
    sql: duckdb.DuckDBPyConnection, measure: str, metric: str, top: str
) -> None:
    """Goods of a kind are the sum of those figures that are in no other of their kind."""
    kind = f"object_id IN (SELECT id FROM below WHERE above = '{top}')"
    doubted = f"case_id NOT IN (SELECT case_id FROM doubted WHERE metric_id = '{metric}')"

    assert [] == _differing(
        sql,
        f"""SELECT case_id, round(sum(lower), 6) FROM counted AS o
            WHERE metric_id = '{metric}' AND {kind} AND {doubted} AND (part_of IS NULL
                OR part_of NOT IN (SELECT fact FROM counted AS w
                    WHERE w.case_id = o.case_id AND {kind}))
            GROUP BY case_id""",
        f"""SELECT case_id, round(lower, 6) FROM operation_measures
            WHERE measure_id = '{measure}' AND {doubted}""",
    )


@pytest.mark.parametrize("table", ["outcomes", "operation_measures"])
def test_what_is_counted_has_whole_bounds(sql: duckdb.DuckDBPyConnection, table: str) -> None:
    """Nobody arrests 37.8 persons."""
    broken = f"FROM {table} WHERE unit IS NULL AND (lower % 1 <> 0 OR upper % 1 <> 0)"

    assert [] == sql.execute(f"SELECT * {broken}").fetchall()


def test_money_is_converted_as_the_outcomes_are(sql: duckdb.DuckDBPyConnection) -> None:
    """Where one figure of one metric is all there is, its dollars are the measure."""
    wanted = """metric_id IN ('assets-seized', 'assets-frozen')
        AND coalesce(object_id, 'cash') IN ('cash', 'virtual-assets', 'other-assets')"""
    expected = f"""SELECT case_id, max(usd_point), max(usd_lower) FROM counted WHERE {wanted}
        GROUP BY case_id HAVING count(*) = 1 AND max(usd_point) IS NOT NULL"""

    assert (
        []
        == sql.execute(
            f"""(FROM ({expected}))
            EXCEPT SELECT case_id, point, lower FROM operation_measures
            WHERE measure_id = 'assets_usd'"""
        ).fetchall()
    )


@pytest.mark.parametrize(
    ("measure", "metrics"),
    [
        ("arrests", ["arrests"]),
        ("victims", ["victims-rescued", "victims-identified"]),
        ("takedowns", ["takedowns"]),
        ("assets_usd", ["assets-seized"]),
    ],
)
def test_no_sum_exceeds_a_stated_total(
    sql: duckdb.DuckDBPyConnection, measure: str, metrics: list[str]
) -> None:
    """A measure is above a stated total of its case only by what the record sets beside it."""
    beyond = sql.execute(
        """SELECT m.case_id FROM operation_measures AS m JOIN counted AS o USING (case_id)
           WHERE measure_id = $measure AND list_contains($metrics, metric_id)
             AND scope = 'whole' AND object_id IS NULL AND part_of IS NULL
             AND m.lower > coalesce(o.usd_upper, o.upper) AND NOT EXISTS (
                FROM outcomes AS beside WHERE beside.case_id = m.case_id
                  AND list_contains(m.facts, beside.fact) AND part_of_basis = 'stated')
             AND o.metric_id = regexp_extract(m.facts[1], '/([a-z-]+)', 1)""",
        {"measure": measure, "metrics": metrics},
    ).fetchall()

    assert [] == beyond


def test_no_part_is_larger_than_its_whole(sql: duckdb.DuckDBPyConnection) -> None:
    """What is included in a figure with a limit is not above it, unless the record says so."""
    assert (
        []
        == sql.execute(
            """SELECT o.case_id, o.fact FROM outcomes AS o JOIN outcomes AS w
             ON w.case_id = o.case_id AND w.fact = o.part_of
           WHERE o.lower > w.upper AND o.unit IS NOT DISTINCT FROM w.unit
             AND o.part_of_basis <> 'stated'"""
        ).fetchall()
    )


def test_words_say_the_lower_bound_of_what_is_no_total(sql: duckdb.DuckDBPyConnection) -> None:
    """What is not stated as a total is at least its lower bound, in words as in numbers."""
    rows = sql.execute(
        """SELECT regexp_replace(value_text, '[^0-9.]', '', 'g'), lower, hedge, upper
           FROM operation_measures WHERE basis IN ('sum', 'largest', 'part')"""
    ).fetchall()

    assert {("at-least", None)} == {(hedge, upper) for _, _, hedge, upper in rows}
    assert [] == [row for row in rows if float(row[0]) != row[1]]


def test_the_columns_of_operations_are_their_measures(sql: duckdb.DuckDBPyConnection) -> None:
    """The wide tables have the values of the long one, but for those of a part."""
    measures = [name for (name,) in sql.execute("SELECT id FROM measures").fetchall()]

    for name in measures:
        assert [] == _differing(
            sql,
            f"SELECT id, {name} FROM operations WHERE {name} IS NOT NULL",
            f"""SELECT case_id, point FROM operation_measures
                WHERE measure_id = '{name}' AND point IS NOT NULL
                  AND basis IN ('stated', 'sum', 'largest')""",
        )
        assert (
            []
            == sql.execute(
                f"""SELECT case_id FROM series_editions AS e JOIN operations AS o ON o.id = case_id
                WHERE e.{name} IS DISTINCT FROM o.{name}"""
            ).fetchall()
        )


def test_a_part_is_not_the_number_of_the_operation(dataset: Dataset) -> None:
    """Portugal's arrests in HAECHI VI are a measure of a part, and in no wide table."""
    (measure,) = dataset.tables.rows(
        "operation_measures", case_id="haechi-vi", measure_id="arrests"
    )
    (operation,) = dataset.tables.rows("operations", id="haechi-vi")
    (edition,) = dataset.tables.rows("series_editions", case_id="haechi-vi")

    assert ("part", "at least 45") == (measure["basis"], measure["value_text"])
    assert (None, None) == (operation["arrests"], edition["arrests"])


def test_operations_have_the_years_of_their_cases(sql: duckdb.DuckDBPyConnection) -> None:
    """The year is that of the first day, else of the announcement, else of the last day."""
    assert [] == _differing(sql, "SELECT id, year FROM year_of", "SELECT id, year FROM operations")


def test_start_and_end_are_the_outer_bounds_of_the_period(sql: duckdb.DuckDBPyConnection) -> None:
    """The period is there in its own precision; start and end are the days that it can touch."""
    assert [] == _differing(
        sql,
        "SELECT id, period, period_earliest, period_latest FROM cases",
        'SELECT id, period, start, "end" FROM operations',
    )
    assert (
        []
        == sql.execute(
            """SELECT id FROM operations WHERE regexp_full_match(period, '[0-9]{4}')
               AND (start <> make_date(period::INT, 1, 1)
                    OR "end" <> make_date(period::INT, 12, 31))"""
        ).fetchall()
    )


def test_parts_of_operations_are_counted_once(sql: duckdb.DuckDBPyConnection) -> None:
    """A figure whose operation is part of another is counted there, if that has one."""
    assert (
        []
        == sql.execute(
            """SELECT m.case_id, m.measure_id FROM operation_measures AS m
           JOIN operations AS o ON o.id = m.case_id
           JOIN operation_measures AS w ON w.case_id = part_of_case
             AND w.measure_id = m.measure_id
           WHERE w.lower IS NOT NULL AND m.counted_in IS DISTINCT FROM part_of_case"""
        ).fetchall()
    )
    assert {("athena-ii", "pandora-iv"), ("athena", "pandora-ii")} <= set(
        sql.execute(
            "SELECT counted_in, case_id FROM operation_measures WHERE measure_id = 'arrests'"
        ).fetchall()
    )


def test_participation_is_counted_from_the_lists(sql: duckdb.DuckDBPyConnection) -> None:
    """Countries take part in the operations of a year that list them, parts of others apart."""
    assert [] == _differing(
        sql,
        """SELECT country, year, count(*), count(*) FILTER (
                status IN ('confirmed', 'corroborated'))
           FROM case_countries AS c JOIN year_of ON year_of.id = c.case_id
           WHERE year IS NOT NULL AND NOT EXISTS (FROM case_countries AS above
                WHERE above.case_id = part_of_case AND above.country = c.country)
           GROUP BY country, year""",
        """SELECT country, year, operations, operations_confirmed FROM country_years
           WHERE operations > 0""",
    )


def test_arrests_of_countries_are_lower_bounds(sql: duckdb.DuckDBPyConnection) -> None:
    """Where a year's operations state one figure each for a country, they are added up."""
    assert [] == _differing(
        sql,
        """WITH one AS (
             SELECT c.case_id, place, year, min(lower) AS lower, count(*) AS n,
               bool_or(part_of_case IS NOT NULL) AS nested
             FROM counted AS c JOIN year_of ON year_of.id = c.case_id
             WHERE metric_id = 'arrests' AND place IS NOT NULL AND year IS NOT NULL
             GROUP BY ALL)
           SELECT place, year, sum(lower) FROM one GROUP BY ALL
           HAVING max(n) = 1 AND NOT bool_or(nested)""",
        """SELECT country, year, arrests FROM country_years WHERE (country, year) IN (
             SELECT place, year FROM (SELECT place, year, c.case_id, count(*) AS n,
                 bool_or(part_of_case IS NOT NULL) AS nested
               FROM counted AS c JOIN year_of ON year_of.id = c.case_id
               WHERE metric_id = 'arrests' AND place IS NOT NULL AND year IS NOT NULL
               GROUP BY ALL)
             GROUP BY ALL HAVING max(n) = 1 AND NOT bool_or(nested))""",
    )


def test_editions_are_compared_where_both_state_the_same(sql: duckdb.DuckDBPyConnection) -> None:
    """A change is the difference of two stated totals of one metric, object and kind of money."""
    stated = """(SELECT o.id, measure_id, point, facts[1] AS fact,
          split_part(facts[1], ':', 1) AS figure, split_part(facts[1], ':', 2) AS currency
        FROM operations AS o JOIN operation_measures AS m ON m.case_id = o.id
        WHERE basis = 'stated' AND point IS NOT NULL)"""
    measures = [name for (name,) in sql.execute("SELECT id FROM measures").fetchall()]
    changes = " UNION ALL ".join(
        f"""SELECT case_id, previous_case_id, '{name}', {name}_change FROM series_editions
            WHERE {name}_change IS NOT NULL"""
        for name in measures
    )

    assert [] == _differing(
        sql,
        f"""SELECT now.id, was.id, measure_id, now.point - was.point FROM {stated} AS now
            JOIN {stated} AS was USING (measure_id)
            JOIN series_editions AS e ON e.case_id = now.id AND e.previous_case_id = was.id
            WHERE was.figure = now.figure
              AND (was.currency = now.currency OR 'USD' NOT IN (was.currency, now.currency))""",
        changes,
    )


def test_a_series_is_whole(sql: duckdb.DuckDBPyConnection) -> None:
    """Each operation of a series is there once, in the order of time, those without a date last."""
    assert [] == _differing(
        sql,
        """SELECT series, row_number() OVER (PARTITION BY series ORDER BY
               coalesce(period_earliest, announced, period_latest) NULLS LAST,
               coalesce(edition, 0), id) AS position, edition, id
           FROM cases WHERE series IS NOT NULL""",
        "SELECT series, position, edition, case_id FROM series_editions",
    )


def test_the_edition_before_is_the_number_before_or_earlier(sql: duckdb.DuckDBPyConnection) -> None:
    """With the number before in its series, that is compared; else an earlier row with a date."""
    wrong = sql.execute(
        """SELECT now.case_id FROM series_editions AS now
           LEFT JOIN series_editions AS numbered
             ON numbered.series = now.series AND numbered.edition = now.edition - 1
           LEFT JOIN series_editions AS before ON before.case_id = now.previous_case_id
           WHERE numbered.case_id IS NOT NULL AND before.case_id IS DISTINCT FROM numbered.case_id
              OR numbered.case_id IS NULL AND before.case_id IS NOT NULL
                AND (before.series <> now.series OR before.position >= now.position
                     OR before.year IS NULL OR now.year IS NULL
                     OR before.edition IS NOT NULL AND now.edition IS NOT NULL)"""
    ).fetchall()

    assert [] == wrong


@each(
    "case, measure",
    [
        ("adwenpa-ii", "drugs_kg"),
        ("lionfish-mayag-iii", "drugs_kg"),
        ("cocair-vi", "drugs_kg"),
        ("haechi-iii", "assets_usd"),
        ("haechi-iii", "accounts_blocked"),
        ("in-our-sites-xii", "goods_value_usd"),
    ],
)
def test_unlike_figures_have_no_change(dataset: Dataset, case: str, measure: str) -> None:
    """All drugs and one drug, frozen and seized, dollars and converted euros are not compared."""
    (row,) = dataset.tables.rows("series_editions", case_id=case)

    assert row["previous_case_id"] is not None
    assert row[f"{measure}_change"] is None


#: Twenty cases that were read beside their figures and notes: each measure, in words.
CHECKED: Final = {
    "artesunate-investigation": {"arrests": "at least 3", "goods_items": "at least 24,000"},
    "baba-2008": {
        "arrests": "57",
        "wildlife_items": "at least 887",
        "wildlife_kg": "1,000 kg",
    },
    "bia": {"arrests": "8", "victims": "54"},
    "bia-ii": {"arrests": "28", "victims": "116"},
    "cage-2012": {"arrests": "nearly 4,000", "wildlife_items": "more than 8,700"},
    "chase-iii": {"arrests": "4"},
    "cocair-iv": {
        "arrests": "91",
        "assets_usd": "USD 1,946,611",
        "drugs_kg": "more than 1,700 kg",
        "wildlife_kg": "35 kg",
    },
    "falcon-i": {"arrests": "3"},
    "in-our-sites-viii": {"takedowns": "20,520"},
    "infra-hydra": {"arrests": "26"},
    "maya-iii": {"goods_items": "about 746,000", "goods_value_usd": "more than USD 3,500,000"},
    "nervone": {"arrests": "1"},
    "pangea-ii": {"goods_items": "nearly 167,000", "takedowns": "72"},
    "paws-i": {"arrests": "more than 160", "wildlife_kg": "at least 3,780 kg"},
    "trigger-viii": {
        "arrests": "about 120",
        "assets_usd": "USD 115,599",
        "drugs_kg": "1,500 kg",
        "firearms": "480",
        "goods_items": "at least 1,056",
        "wildlife_items": "at least 141",
        "wildlife_kg": "at least 40,818 kg",
    },
    "athena-ii": {"arrests": "101"},
    "i-can-spain-2023-06": {"arrests": "1"},
    "europol-vidtf-13": {"arrests": "2", "victims": "3"},
    "serengeti-2025": {
        "arrests": "1,209",
        "assets_usd": "USD 97,418,228",
        "takedowns": "11,432",
    },
    "thunderball-2019": {
        "arrests": "24",
        "wildlife_items": "at least 31,080",
        "wildlife_kg": "at least 2,401 kg",
    },
}


@each("case", CHECKED)
def test_checked_by_hand(dataset: Dataset, case: str) -> None:
    """The measures of cases that somebody read are what was read."""
    rows = dataset.tables.rows("operation_measures", case_id=case)

    assert CHECKED[case] == {row["measure_id"]: row["value_text"] for row in rows}
