"""Tests of ``docs/analysis.md``: its code runs, and its languages give the same answers."""

from __future__ import annotations

import io
import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from helpers.command import run
from helpers.each import each

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = Path(__file__).parents[1] / "docs" / "analysis.md"
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

    assert 0 == done.code, done.err
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

    assert 6 <= len(others)


def test_nothing_is_empty(answers: dict[str, Any]) -> None:
    """Every table that a question makes has rows."""
    named = set(re.findall(r"^([a-z_]+) = ", "".join(code("python")), re.MULTILINE))
    tables = {name: answers[name] for name in named if hasattr(answers[name], "head")}

    assert 12 <= len(tables)
    assert [] == [name for name, table in tables.items() if not len(table)]
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
    by_practice = answers["results"].reset_index().itertuples(index=False, name=None)
    assert sums(by_practice) == sums(by_sql(answers, 13).itertuples(index=False, name=None))
    works, judged = answers["works"], by_sql(answers, 14)
    lessons = judged[judged.value != "contradicts"].record_id
    assert {"evaluated"} == set(works[works.lesson_id.isin(lessons)].grade)
    assert len(by_sql(answers, 11)) > 15
    for question in (2, 7, 10):
        assert len(shell(question).splitlines()) > 3


def test_notebook_runs() -> None:
    """The notebook's cells run from top to bottom."""
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in (cell for cell in cells if cell["cell_type"] == "code"):
        exec("".join(cell["source"]), names)  # noqa: S102  # the project's own notebook

    assert {"arrests", "convictions"} < names.keys()
