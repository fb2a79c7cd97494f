"""Tests of :mod:`interpol_dataset.dataset.objects`, and of the tables and the view behind it."""

from interpol_dataset import Dataset, Table


def test_a_lesson_has_its_cases_with_their_results(small: Dataset) -> None:
    """A result is the value of the case's fact, with its status; numbers go on in words."""
    lesson = small.lesson("work-together")
    (case,) = lesson.cases

    assert (lesson.verdict, lesson.grade) == ("supported", "measured")
    assert lesson.related == ("no-power-of-arrest",)
    assert lesson.numbers == (
        "2 of 2 operations have arrests",
        "975 of the third edition",
        "about 20 payments were stopped",
    )
    names = ("case_name", "shows", "result", "value_text", "counts", "point", "status")
    shown = ["Operation Alpha", "measured", "outcomes/arrests", "about 20", "arrests", 20.0]
    assert [case[name] for name in names] == [*shown, "reported"]
    assert "measured, Operation Alpha: about 20 (arrests)" in str(lesson)


def test_a_challenge_is_seen_where_its_cases_were(small: Dataset) -> None:
    """Areas, regions and years are those of the cases that show it."""
    challenge = small.challenge("no-power-of-arrest")
    assert (challenge.grade, challenge.related) == (None, ("work-together",))
    assert (challenge.areas, challenge.regions, challenge.years) == (
        ("fraud",),
        ("Asia", "Europe", "Oceania"),
        (2022, 2022),
    )


def test_what_works_is_what_the_tables_say(dataset: Dataset) -> None:
    """The view has each case of each lesson once, with the value of the figure that it names."""
    links = {
        (row["record_id"], row["case_id"]): row
        for row in dataset.statement_cases
        if row["record_table"] == "lessons"
    }
    values = {(row["case_id"], row["fact"]): row["value_text"] for row in dataset.outcomes}
    works: Table = dataset.sql("FROM what_works WHERE case_id IS NOT NULL")

    assert len(links) == len(works)
    for row in works:
        link = links[row["lesson_id"], row["case_id"]]
        assert row["value_text"] == link["value_text"]
        if (row["case_id"], row["result"]) in values:
            assert row["value_text"] == values[row["case_id"], row["result"]], row


def test_cases_that_show_the_opposite_are_apart(dataset: Dataset) -> None:
    """A counter-example is counted as one, and adds neither a year nor an area."""
    cases = {row["id"]: row for row in dataset.cases}
    for name in ("challenges", "lessons"):
        for row in dataset[name]:
            links = [
                link
                for link in dataset.statement_cases
                if (link["record_table"], link["record_id"]) == (name, row["id"])
            ]
            showing = [cases[x["case_id"]] for x in links if x["shows"] != "counter-example"]
            years = [case["year"] for case in showing if case["year"]]

            assert len(showing) == row["cases"]
            assert len(links) - len(showing) == row["counter_examples"]
            assert min(years, default=None) == row["first_seen"]
            assert max(years, default=None) == row["last_seen"]
            assert {case["top_area"] for case in showing} == {*(row["areas"] or ())}


def test_cases_are_counted_up_to_the_end_of_a_word(dataset: Dataset) -> None:
    """A count is that of SQL: cases with the fact, or with one below it, that a source states."""
    for row in dataset.statement_numbers:
        if row["cases_with"] is None:
            continue
        (counted,) = dataset.sql(f"""
            WITH found AS (SELECT record_id, field FROM verification
                           WHERE record_table = 'cases' AND source_id IS NOT NULL
                             AND value <> 'not listed'),
                 these AS ({_having("found", row["cases_with"])}),
                 those AS ({_having("found", row["among"] or "")})
            SELECT (SELECT count(*) FROM these SEMI JOIN those USING (record_id)) AS cases,
                   (SELECT count(*) FROM those) AS among
        """)  # noqa: S608  # of the project's own paths

        assert (counted["cases"], counted["among"]) == (int(row["value"]), row["out_of"]), row


def _having(table: str, start: str) -> str:
    """Return the query for the cases with a fact that begins so."""
    path = rf"^{start}($|[/:@~])" if start else "."
    return f"SELECT DISTINCT record_id FROM {table} WHERE regexp_matches(field, '{path}')"  # noqa: S608
