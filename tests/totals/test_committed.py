"""The committed totals are what independent SQL makes of the committed figures."""

# ruff: noqa: S608  # queries are put together from constants

from collections.abc import Iterator
from typing import Final, NamedTuple

import duckdb
import pytest

from helpers.each import each
from interpol_dataset import Dataset
from interpol_dataset.dataset.facts import headline_totals
from interpol_dataset.package.single_file import VIEWS
from interpol_dataset.schema.vocabulary import HEADLINES

#: Figures that count, the objects below each object, and all figures and cases above each.
_VIEWS: Final = """
CREATE VIEW counted AS FROM outcomes WHERE lower IS NOT NULL
    AND status <> 'unverified';
CREATE VIEW below AS WITH RECURSIVE walk(id, above) AS (
    SELECT id, id FROM objects
    UNION SELECT walk.id, parent_id FROM walk JOIN objects ON objects.id = above
        WHERE parent_id IS NOT NULL)
    FROM walk;
CREATE VIEW inside AS WITH RECURSIVE walk(case_id, fact, whole) AS (
    SELECT case_id, fact, part_of FROM outcomes WHERE part_of IS NOT NULL
    UNION SELECT w.case_id, w.fact, o.part_of FROM walk AS w
        JOIN outcomes AS o ON o.case_id = w.case_id AND o.fact = w.whole
        WHERE o.part_of IS NOT NULL)
    FROM walk;
CREATE VIEW parts AS WITH RECURSIVE walk(case_id, whole) AS (
    SELECT id, part_of_case FROM cases WHERE part_of_case IS NOT NULL
    UNION SELECT w.case_id, c.part_of_case FROM walk AS w JOIN cases AS c ON c.id = w.whole
        WHERE c.part_of_case IS NOT NULL)
    FROM walk;
CREATE VIEW all_totals AS
    SELECT case_id, metric_id, NULL AS object_id, * EXCLUDE (case_id, metric_id) FROM case_totals
    UNION ALL BY NAME FROM case_object_totals;
"""


@pytest.fixture(scope="module")
def sql(dataset: Dataset) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a database with the committed tables and the views of exports."""
    connection = duckdb.connect()
    for name in dataset.tables:
        connection.register(f"_{name}", dataset[name].to_arrow())
        connection.execute(f'CREATE TABLE "{name}" AS FROM "_{name}"')
    connection.execute(_VIEWS)
    for name, view in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {view.sql}")
    yield connection
    connection.close()


def _differing(sql: duckdb.DuckDBPyConnection, expected: str, actual: str) -> list[object]:
    """Return the rows that only one of two queries has."""
    both = f"((FROM ({expected})) EXCEPT (FROM ({actual})))"
    back = f"((FROM ({actual})) EXCEPT (FROM ({expected})))"
    return sql.execute(f"{both} UNION ALL {back}").fetchall()


# --- ten things, by two ways ----------------------------------------------------------------


class Thing(NamedTuple):
    """
    Something to add up.

    :param metrics: The metrics of its figures.
    :param object: Its object; none for all.
    :param rest: What its totals made in version 0.9.0 without the largest case: whichever one is
        corrected, there is so much left.
    :param cases: In how many cases. New ones come in, so a little less is the least that is right.
    :param of: The metric and object of its totals, where these are others.
    """

    metrics: tuple[str, ...]
    object: str | None
    rest: int
    cases: int
    of: tuple[str, str | None] | None = None


THINGS: Final = {
    "cocaine": Thing(("weight-seized",), "cocaine", 135645, 33),
    "heroin": Thing(("weight-seized",), "heroin", 1317, 15),
    "methamphetamine": Thing(("weight-seized",), "methamphetamine", 4890, 10),
    "ivory": Thing(("weight-seized",), "ivory", 31668, 18),
    "birds": Thing(("items-seized",), "birds", 27864, 12),
    "children": Thing(("victims-rescued",), "children", 1934, 44),
    "virtual assets": Thing(("assets-seized",), "virtual-assets", 117347953, 5),
    "cash": Thing(("assets-seized",), "cash", 356248299, 47),
    "firearms": Thing(
        ("items-seized", "items-recovered"), "firearms", 16650, 37, ("firearms-taken", None)
    ),
    "arrests": Thing(("arrests",), None, 131956, 469),
}


def _simple(sql: duckdb.DuckDBPyConnection, thing: Thing) -> dict[str, float]:
    """Add up all figures in no other one that is added up, of cases in no other that has any."""
    objects = (
        f"object_id IN (SELECT id FROM below WHERE above = '{thing.object}')"
        if thing.object
        else "object_id IS DISTINCT FROM 'companies'"
    )
    metrics = ", ".join(f"'{metric}'" for metric in thing.metrics)
    rows = sql.execute(
        f"""WITH chosen AS (
              SELECT case_id, fact, coalesce(usd_point, usd_lower, point, lower) AS number
              FROM counted WHERE metric_id IN ({metrics}) AND {objects}
                AND (rate_date IS NOT NULL OR NOT contains(metric_id, 'assets'))),
            own AS (
              SELECT case_id, sum(number) AS number FROM chosen AS c
              WHERE NOT EXISTS (FROM inside AS i JOIN chosen AS w
                ON w.case_id = i.case_id AND w.fact = i.whole
                WHERE i.case_id = c.case_id AND i.fact = c.fact)
              GROUP BY case_id)
            FROM own WHERE NOT EXISTS (FROM parts AS p JOIN own AS w ON w.case_id = p.whole
              WHERE p.case_id = own.case_id)"""
    ).fetchall()

    return dict(rows)


def _from_totals(sql: duckdb.DuckDBPyConnection, thing: Thing) -> dict[str, float]:
    """Add up the totals of the metric and object, with no filter but counted_in."""
    metric, object_ = thing.of or (thing.metrics[0], thing.object)
    rows = sql.execute(
        """SELECT case_id, point FROM all_totals WHERE metric_id = $metric
             AND object_id IS NOT DISTINCT FROM $object AND counted_in IS NULL
             AND unit IN ('count', 'kg', 'USD')""",
        {"metric": metric, "object": object_},
    ).fetchall()

    return dict(rows)


def _left_out(sql: duckdb.DuckDBPyConnection, thing: Thing) -> dict[str, float]:
    """Add up what totals leave out because it may be the same as what counts."""
    metric, object_ = thing.of or (thing.metrics[0], thing.object)
    rows = sql.execute(
        """WITH t AS (SELECT *, unnest(left_out) AS fact FROM all_totals
             WHERE metric_id = $metric AND object_id IS NOT DISTINCT FROM $object)
           SELECT case_id, sum(coalesce(usd_point, usd_lower, o.point, o.lower))
           FROM t JOIN outcomes AS o USING (case_id, fact)
           WHERE list_has_any(may_overlap, facts) OR o.metric_id <> t.metric_id GROUP BY case_id""",
        {"metric": metric, "object": object_},
    ).fetchall()

    return dict(rows)


def _outgrown(sql: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the cases whose parts make more than the "at least" that a source has of the whole."""
    rows = sql.execute(
        """SELECT i.case_id FROM all_totals AS t JOIN inside AS i
             ON i.case_id = t.case_id AND list_contains(t.facts, i.fact)
           JOIN outcomes AS o ON o.case_id = i.case_id AND o.fact = i.whole
           WHERE list_contains(t.left_out, i.whole) AND o.upper IS NULL AND t.point > o.lower"""
    ).fetchall()
    return {case for (case,) in rows}


def _shared(sql: duckdb.DuckDBPyConnection, thing: Thing) -> dict[str, str]:
    """Return the cases that share a figure with another in which it is counted, with the other."""
    metric, object_ = thing.of or (thing.metrics[0], thing.object)
    rows = sql.execute(
        """SELECT case_id, counted_in FROM all_totals AS t JOIN case_relations AS r
             USING (case_id) WHERE metric_id = $metric AND object_id IS NOT DISTINCT FROM $object
             AND related_case_id = counted_in AND list_has_all(shared, facts)""",
        {"metric": metric, "object": object_},
    ).fetchall()

    return dict(rows)


@each("name", THINGS)
def test_two_ways_to_add_up(sql: duckdb.DuckDBPyConnection, name: str) -> None:
    """The totals are those of a simple rule, less what that one adds up twice."""
    thing = THINGS[name]
    simple, totals = _simple(sql, thing), _from_totals(sql, thing)
    left_out, shared = _left_out(sql, thing), _shared(sql, thing)
    expected = {
        case: number - left_out.get(case, 0)
        for case, number in simple.items()
        if number > totals.get(shared.get(case, ""), 0)
    }
    different = {
        case
        for case in expected.keys() | totals.keys()
        if abs(expected.get(case, 0) - totals.get(case, 0)) > 1e-6
    }

    assert different - _outgrown(sql) == set()
    lost = f"totals of {name} are missing; if records say so, lower the numbers in THINGS"
    assert sum(totals.values()) > 0.99 * thing.rest, lost
    assert len(totals) > 0.95 * thing.cases - 1, lost


def test_the_largest_cocaine_seizures(sql: duckdb.DuckDBPyConnection) -> None:
    """The twenty largest of 0.9.0 have what was looked up in the records, in kilograms."""
    rows = sql.execute(
        """SELECT case_id, point FROM case_object_totals
           WHERE metric_id = 'weight-seized' AND object_id = 'cocaine' AND counted_in IS NULL"""
    ).fetchall()
    assert {case: point for case, point in rows if case in LARGEST} == LARGEST, (
        "if a record was corrected, correct LARGEST"
    )


#: Of each case that states the most cocaine, the kilograms.
LARGEST: Final = {
    "lionfish-hurricane": 56000,
    "lionfish-global-2018": 35000,
    "lionfish-iii": 25000,
    "lionfish-i": 24000,
    "lionfish-v": 20200,
    "trigger-vii": 10100,
    "andes-2002": 7000,
    "san-martin-2023": 4000,
    "guinea-bissau-aircraft-2024": 2633.1,
    "screen-west-africa-2024": 1600,
    "lionfish-ii": 1000,
    "cocair-vi": 900,
    "guinea-bissau-cocaine-2019-03": 789,
    "sierra-leone-cocaine-aircraft-2008": 700,
    "empact-jad-see-2023": 626,
    "luanda-sugar-ship-cocaine": 500,
    "cocair-v": 411,
    "i-can-magma-2020": 400,
    "empact-airports-2023-12": 354.209,
    "cocair-iv": 181,
}


# --- every row ------------------------------------------------------------------------------


@each("table", ["case_totals", "case_object_totals", "country_totals"])
def test_rows_are_sound(sql: duckdb.DuckDBPyConnection, table: str) -> None:
    """Bounds are in order, nobody arrests 37.8 persons, and what is no total has no limit."""
    broken = f"""FROM {table} WHERE lower > point OR point > upper
        OR (unit = 'count' AND (lower % 1 <> 0 OR upper % 1 <> 0))
        OR (basis NOT IN ('stated', 'unconverted', 'standing') AND upper IS NOT NULL)"""
    # The number in words is the one to add up; of a range it is the first.
    unsaid = f"""FROM {table} WHERE
        regexp_extract(replace(value_text, ',', ''), '[0-9.]+')::DOUBLE <> point"""

    assert sql.execute(f"SELECT case_id {broken}").fetchall() == []
    assert sql.execute(f"SELECT case_id, value_text {unsaid}").fetchall() == []


#: What there is nothing of among totals and figures.
NOTHING: Final = {
    "stated totals are of the whole case; only several can make a sum; parts are no wholes": """
        SELECT t.case_id, t.metric_id, t.object_id, t.basis
        FROM all_totals AS t, unnest(t.facts) AS f(fact)
        JOIN outcomes AS o ON o.case_id = t.case_id AND o.fact = f.fact
        JOIN cases AS c ON c.id = t.case_id
        WHERE (t.basis IN ('stated', 'narrower') AND o.scope <> 'whole'
               AND NOT coalesce(c.countries_complete AND c.countries_listed = 1, false))
           OR (t.basis = 'sum' AND len(t.facts) < 2)
           OR (t.basis = 'narrower' AND t.object_id = o.object_id)""",
    "a total is above a stated one of its case only by what the record sets beside it": """
        SELECT t.case_id, t.metric_id FROM case_totals AS t JOIN counted AS o
          ON o.case_id = t.case_id AND o.metric_id = t.metric_id
        WHERE scope = 'whole' AND o.object_id IS NULL AND part_of IS NULL
          AND t.unit IN ('count', 'USD') AND t.lower > coalesce(o.usd_upper, o.upper)
          AND NOT EXISTS (FROM outcomes AS beside WHERE beside.case_id = t.case_id
             AND list_contains(t.facts, beside.fact) AND part_of_basis = 'stated')""",
    "a total whose case is part of another is counted there, if that has one": """
        SELECT t.case_id, t.metric_id FROM all_totals AS t JOIN cases AS c ON c.id = t.case_id
        JOIN all_totals AS w ON w.case_id = c.part_of_case AND w.metric_id = t.metric_id
          AND w.object_id IS NOT DISTINCT FROM t.object_id AND w.unit = t.unit
        WHERE t.counted_in IS DISTINCT FROM c.part_of_case""",
    "what is included in a figure with a limit is not above it, unless the record says so": """
        SELECT o.case_id, o.fact FROM outcomes AS o JOIN outcomes AS w
          ON w.case_id = o.case_id AND w.fact = o.part_of
        WHERE o.lower > w.upper AND o.unit IS NOT DISTINCT FROM w.unit
          AND o.part_of_basis <> 'stated'""",
}


@each("what, query", NOTHING.items())
def test_what_there_is_not(sql: duckdb.DuckDBPyConnection, what: str, query: str) -> None:
    """No total and no figure breaks what is said of all."""
    assert sql.execute(query).fetchall() == [], what


# --- cases ----------------------------------------------------------------------------------


@each("column", HEADLINES)
def test_a_headline_is_the_point_of_a_total(sql: duckdb.DuckDBPyConnection, column: str) -> None:
    """The columns of cases have what is stated or a sum, and nothing less."""
    metric, object_ = HEADLINES[column].metric, HEADLINES[column].object
    of = f"= '{object_}'" if object_ else "IS NULL"

    assert (
        _differing(
            sql,
            f"SELECT id, {column} FROM cases WHERE {column} IS NOT NULL",
            f"""SELECT case_id, point FROM all_totals
              WHERE metric_id = '{metric}' AND object_id {of}
              AND basis IN ('stated', 'sum') AND unit IN ('count', 'kg', 'USD')""",
        )
        == []
    )


def test_cases_have_the_year_in_which_they_ended(sql: duckdb.DuckDBPyConnection) -> None:
    """Else of the announcement, of the beginning, of the earliest source."""
    assert (
        _differing(
            sql,
            """SELECT c.id, year(coalesce(c."end", c.announced, c.start, min(s.published_earliest)))
           FROM cases AS c
           LEFT JOIN evidence AS e ON e.record_table = 'cases' AND e.record_id = c.id
           LEFT JOIN sources AS s ON s.id = e.source_id
           GROUP BY c.id, c."end", c.announced, c.start""",
            "SELECT id, year FROM cases",
        )
        == []
    )


def test_who_states_a_figure(sql: duckdb.DuckDBPyConnection) -> None:
    """The parties are those that verification counts; one party is not always INTERPOL."""
    assert (
        _differing(
            sql,
            """SELECT case_id, fact, len(stated_by) FROM outcomes
           JOIN verification ON record_id = case_id AND field = fact WHERE parties > 0""",
            """SELECT record_id, field, parties FROM verification
           WHERE record_table = 'cases' AND starts_with(field, 'outcomes/') AND parties > 0""",
        )
        == []
    )
    alone, only_interpol = sql.execute(
        """SELECT count(*) FILTER (len(stated_by) = 1),
                  count(*) FILTER (stated_by = ['interpol']) FROM outcomes"""
    ).fetchone() or (0, 0)

    assert 0 < only_interpol < alone


# --- views ----------------------------------------------------------------------------------


def test_a_series_is_whole(sql: duckdb.DuckDBPyConnection) -> None:
    """Each operation of a series is there once, in the order of time, those without a date last."""
    assert (
        _differing(
            sql,
            """SELECT series, row_number() OVER (PARTITION BY series ORDER BY
               coalesce(start, announced, "end") NULLS LAST, coalesce(edition, 0), id), id
           FROM cases WHERE series IS NOT NULL""",
            "SELECT series, position, case_id FROM series",
        )
        == []
    )


def test_country_years(sql: duckdb.DuckDBPyConnection) -> None:
    """Cases are counted from the lists, parts of others apart; arrests from what is stated."""
    assert (
        _differing(
            sql,
            """SELECT country, year, count(*)
           FROM case_countries AS p JOIN cases AS c ON c.id = case_id
           WHERE year IS NOT NULL AND NOT EXISTS (FROM case_countries AS w
                WHERE w.case_id = c.part_of_case AND w.country = p.country)
           GROUP BY ALL""",
            "SELECT country, year, cases FROM country_years WHERE cases > 0",
        )
        == []
    )
    ((by_country,), (stated,)) = sql.execute(
        """SELECT sum(arrests_lower) FROM country_years UNION ALL
           SELECT sum(t.lower) FROM country_totals AS t JOIN cases AS c ON c.id = t.case_id
           WHERE what = 'arrests' AND counted_in IS NULL AND year IS NOT NULL"""
    ).fetchall()

    assert by_country == stated > 0


#: Cases that were read beside their figures and notes: each headline, in words.
CHECKED: Final = """
artesunate-investigation | arrests: at least 2
baba-2008 | arrests: 57 | wildlife_items: at least 774 | wildlife_kg: at least 1,000 kg
bia | arrests: 8 | victims: at least 54
cage-2012 | arrests: nearly 4,000 | wildlife_items: at least 8,700
cocair-iv | arrests: 91 | assets_usd: at least USD 1,946,611 | drugs_kg: more than 1,700 kg\
 | wildlife_kg: 35 kg
haechi-iii | arrests: 975 | assets_usd: USD 129,975,440 | accounts_blocked: 2,751
lionfish-hurricane | arrests: 206 | drugs_kg: at least 108,000 kg
thunder-2023 | arrests: about 500 | wildlife_items: more than 2,000 | wildlife_kg: at least 300 kg
thunder-2024 | arrests: 365 | wildlife_items: about 20,058 or more\
 | wildlife_kg: at least 6,695 kg
trigger-viii | arrests: about 120 | assets_usd: at least USD 115,599 | drugs_kg: 1,500 kg\
 | firearms: 480 | goods_items: at least 1,056 | wildlife_items: at least 141\
 | wildlife_kg: at least 40,818 kg
serengeti-2025 | arrests: 1,209 | assets_usd: USD 97,418,228 | takedowns: 11,432
"""


@each("line", CHECKED.strip().splitlines())
def test_headlines_as_read(dataset: Dataset, line: str) -> None:
    """The headlines of cases that were read apart for this are what was read."""
    case, *headlines = line.split(" | ")
    found = headline_totals(dataset.tables, case)
    assert {f"{column}: {row['value_text']}" for column, row in found.items()} == {*headlines}
