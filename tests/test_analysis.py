"""Tests of ``docs/use/questions.md``: its code runs, and its languages give the same answers."""

import io
import json
import re
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers.command import run
from helpers.each import each

PAGE = Path(__file__).parents[1] / "docs" / "use" / "questions.md"
NOTEBOOK = PAGE.with_suffix(".ipynb")
QUESTIONS = PAGE.read_text("utf-8").split("\n## ")[1:]


def code(language: str, question: int | None = None) -> list[str]:
    """Return the code of the page, or of one of its questions, in a language."""
    text = PAGE.read_text("utf-8") if question is None else QUESTIONS[question - 1]
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    """Return what the page's Python works out, run from top to bottom."""
    names: dict[str, Any] = {}
    for block in code("python"):
        exec(block, names)  # noqa: S102  # the project's own page
    return names


def sums(rows: Iterable[Iterable[Any]]) -> list[tuple[Any, ...]]:
    """Return rows to compare: their numbers rounded, in one order."""
    return sorted(
        tuple(round(cell, 3) if isinstance(cell, float) else cell for cell in row) for row in rows
    )


def shell(question: int) -> str:
    """Return what the command of a question prints."""
    (command,) = code("sh", question)
    done = run(*shlex.split(command)[1:])
    assert done.code == 0, done.err
    return done.out


def by_sql(answers: dict[str, Any], question: int) -> pd.DataFrame:
    """Return what the SQL of a question finds."""
    (query,) = code("sql", question)
    return answers["ds"].sql(query).to_pandas()


@each("question", range(1, len(QUESTIONS)))
def test_answers_are_short(question: int) -> None:
    """An answer has at most four statements besides imports, in any language."""
    for language in ("python", "sql", "sh"):
        for block in code(language, question):
            lines = [line for line in block.splitlines() if re.match(r"[A-Za-z]", line)]
            assert len([line for line in lines if not line.startswith("import")]) <= 4
    assert code("python", question)


def test_half_of_the_questions_have_other_languages() -> None:
    """Polars, SQL or the shell answer them, too."""
    others = [
        number
        for number in range(1, len(QUESTIONS))
        if code("sql", number) or code("sh", number) or "polars" in QUESTIONS[number - 1]
    ]
    assert len(others) >= 6


def test_nothing_is_empty(answers: dict[str, Any]) -> None:
    """Every table that a question makes has rows."""
    named = set(re.findall(r"^([a-z_]+) = ", "".join(code("python")), re.MULTILINE))
    tables = {name: answers[name] for name in named if hasattr(answers[name], "head")}
    assert len(tables) >= 12
    assert [name for name, table in tables.items() if not len(table)] == []
    assert 0 < answers["share"] < 1
    assert 0 < answers["complete"] < 1


def test_arrests(answers: dict[str, Any]) -> None:
    """pandas, SQL, Polars and the shell agree on arrests by area and year."""
    columns = ["top_area", "year", "with_parts", "lower"]
    arrests = answers["arrests"].dropna(subset="year")
    expected = sums(arrests[columns].itertuples(index=False, name=None))
    printed = pd.read_csv(io.StringIO(shell(1))).dropna(subset="year")

    assert expected == sums(by_sql(answers, 1).itertuples(index=False, name=None))
    assert expected == sums(answers["in_polars"].rows())
    assert expected == sums(printed[columns].itertuples(index=False, name=None))


def test_answers_agree(answers: dict[str, Any]) -> None:
    """`ds.total`, pandas, Polars, SQL and the commands have the same answers."""
    cocaine = answers["cocaine"].dropna(subset="year")[["year", "with_parts", "lower"]]
    longest = answers["longest"].reset_index().fillna(0)
    alone, only_interpol = answers["alone"], by_sql(answers, 8)

    for frame, question in ((cocaine, 2), (longest, 3)):
        found = by_sql(answers, question).fillna(0).itertuples(index=False, name=None)
        assert sums(frame.itertuples(index=False, name=None)) == sums(found)
    assert answers["took_part"].to_dict() == dict(answers["by_country"].rows())
    assert set(zip(only_interpol.case_id, only_interpol.fact, strict=True)) == set(
        zip(alone.case_id, alone.fact, strict=True)
    )
    assert len(by_sql(answers, 11)) > 15
    for question in (2, 7, 10):
        assert len(shell(question).splitlines()) > 3


def notes(frame: pd.DataFrame) -> str:
    """Return all that the links of a frame note, to look for what the page says of them."""
    return " ".join(frame.note.dropna())


def test_known_convictions(answers: dict[str, Any]) -> None:
    """Those known and looked up are what the tables have, and fewer than half, as the page says."""
    known, cases, ds = by_sql(answers, 12), answers["cases"], answers["ds"]
    totals = ds.case_totals.to_pandas()
    searches = ds.searches.to_pandas().query("sought == 'proceedings'")
    looked_up = {*answers["steps"].case_id, *searches.record_id}
    standing = totals.query("metric_id == 'convictions' and point > 0").case_id
    arrested = cases[cases.id.isin(totals.query("metric_id == 'arrests'").case_id)]

    assert known.operations.sum() == len(arrested)
    assert known.looked_up.sum() == arrested.id.isin(looked_up).sum() < len(arrested) / 2
    assert known.known.sum() == arrested.id.isin(standing).sum() > 0
    by_area = known.groupby("top_area").sum()
    assert (by_area.known < by_area.operations / 2).all()


def test_what_stopped_cases(answers: dict[str, Any]) -> None:
    """What was cleared is no acquittal taken back, and the reasons on the page are in the notes."""
    stopped, hurdles = answers["stopped"], answers["hurdles"]
    told = notes(hurdles[hurdles.shows == "met"])

    assert {"acquitted", "taken-back"} == set(stopped.outcome)
    assert {"conviction", "charge"} == set(stopped.what.dropna())
    assert len(answers["links"]) == len(answers["ds"].statement_cases)
    for reason in ("jurisdiction", "never been sent evidence", "no charge", "overturned"):
        assert reason in told


def test_recovered_money(answers: dict[str, Any]) -> None:
    """Frozen and recovered money is tied to one practice only, and less often recovered."""
    money, works = by_sql(answers, 14), answers["works"]
    kinds = works.result.str.extract("^outcomes/(assets-frozen|assets-recovered)")[0].dropna()

    assert {"stop-payment-mechanisms"} == set(money[money.tied > 0].lesson_id)
    assert len(kinds) == money.tied.sum()
    assert len(set(money.lesson_id)) > 1
    operations = money.groupby("metric_id").operations.sum()
    assert operations["assets-recovered"] < operations["assets-frozen"]
    assert set(works.grade) == set(answers["results"].index.get_level_values("grade"))


def test_coordination_centres(answers: dict[str, Any]) -> None:
    """Each group has operations on both sides, and neither side has more arrests in all."""
    used, beside = answers["used"], answers["beside"]
    without, with_centre = beside["median", False], beside["median", True]

    assert {"terrorism", "fugitives"} == set(used.index[:2])
    assert (beside["count"] > 0).all(axis=None)
    assert (without < with_centre).any()
    assert (without > with_centre).any()
    assert (beside["count"].min(axis=1) == 1).mean() > 1 / 2


def test_newest_challenge(answers: dict[str, Any]) -> None:
    """The earliest case and the earliest page name the challenges that the page names."""
    newest, said = answers["newest"], by_sql(answers, 16)
    assert newest.id.iloc[0] == "no-standard-outcome-measures"
    assert said.record_id.iloc[0] == "displacement-and-adaptation"
    assert set(newest.id) == set(said.record_id)
    assert newest.first_seen.isna().any()


def test_who_evaluates(answers: dict[str, Any]) -> None:
    """Universities and governments come first, INTERPOL is not there, nor is an operation."""
    by_kind, evaluations = by_sql(answers, 17), answers["evaluations"]
    assert list(by_kind.kind[:2]) == ["academic", "government"]
    assert evaluations.source_id.nunique() == by_kind.evaluations.sum()
    assert "INTERPOL" not in {name for names in by_kind.who for name in names}
    assert {"statement"} == set(evaluations.field)


def test_failures_and_contradictions(answers: dict[str, Any]) -> None:
    """What failed is what `what_works` has, and lessons without it have a search."""
    failed, works, against = answers["failed"], answers["works"], by_sql(answers, 19)
    lessons = answers["ds"].lessons.to_pandas()
    disputed = set(against[against.evaluates & (against.grade == "evaluated")].id)

    assert len(failed) == (works.shows == "counter-example").sum() == answers["failures"].sum()
    for how in ("Under notice", "the money was gone"):
        assert how in notes(failed)
    assert set(lessons[lessons.counter_examples == 0].id) == set(answers["unfound"].record_id)
    assert disputed == {
        "cross-border-collaboration",
        "front-line-access-to-databases",
        "private-partners",
    }


def test_notebook_runs() -> None:
    """The notebook's cells run from top to bottom."""
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in (cell for cell in cells if cell["cell_type"] == "code"):
        exec("".join(cell["source"]), names)  # noqa: S102  # the project's own notebook
    assert {"arrests", "convictions"} < names.keys()
