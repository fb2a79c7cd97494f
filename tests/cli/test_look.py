"""Tests of the commands ``list``, ``show``, ``explain``, ``info`` and ``cite``."""

import json
import time
from pathlib import Path

import interpol_dataset
from helpers.command import run
from helpers.each import each

#: A number or a day in each kind of column.
NUMBERS = ("arrests=1075", "arrests=1075.0", "edition=2", "edition=2.0", "start=2022-06-28")


def test_list_is_tab_separated_when_piped(built: Path) -> None:
    """Piped, a list is text with tabs, a header first."""
    outcome = run("list", "--package", built)
    assert outcome.code == 0
    assert [line.split("\t") for line in outcome.out.splitlines()] == [
        ["id", "name", "year", "main_area", "arrests", "victims", "assets_usd"],
        ["alpha-i", "Operation Alpha", "2022", "online-fraud", "20", "", ""],
        ["alpha-ii", "Operation Alpha II", "2022", "online-fraud", "1075", "", ""],
    ]


def test_cells_of_a_list(built: Path) -> None:
    """A row is on one line; a count has no fraction, but for JSON, and a rate keeps its own."""
    tables = ("cases", "rates", "verification")
    out, rates, rows = (run("list", name, "--package", built).out for name in tables)
    plain = run("list", "cases", "--format", "json", "--package", built).out

    assert {line.count("\t") for line in rows.splitlines()} == {4}
    assert "1075" in out.splitlines()[-1].split("\t")
    assert ".0" not in out
    assert '"arrests": 1075.0' in plain
    assert "." in rates.splitlines()[-1].split("\t")[2]


@each(
    "filters, ids",
    [
        (["series=alpha"], ["alpha-i", "alpha-ii"]),
        (["edition=2"], ["alpha-ii"]),
        (["series=alpha", "edition=1"], ["alpha-i"]),
        (["period="], ["alpha-i"]),
        (["series=beta"], []),
        *(([f"{number}{x}"], [] if x else ["alpha-ii"]) for number in NUMBERS for x in ("", "x")),
    ],
)
def test_list_filters(built: Path, filters: list[str], ids: list[str]) -> None:
    """Rows match all filters; an empty text is an empty cell; a number may be written anyhow."""
    options = [part for filter_ in filters for part in ("--where", filter_)]
    rows = json.loads(run("list", "cases", "--format", "json", "--package", built, *options).out)
    assert [row["id"] for row in rows] == ids


@each(
    "searches, ids",
    [
        (["operation ii alpha"], ["alpha-ii"]),
        (["ALPHA II"], ["alpha-ii"]),
        (["2022-06"], ["alpha-ii"]),
        (["alpha", "2022-06"], ["alpha-ii"]),
        (["alpha"], ["alpha-i", "alpha-ii"]),
        (["\u00c1lpha-II"], ["alpha-ii"]),
        (["\u0625\u0646"], []),
    ],
)
def test_list_searches_all_columns(built: Path, searches: list[str], ids: list[str]) -> None:
    """A text is found within any cell, whatever its capitals, accents and hyphens are."""
    options = [part for text in searches for part in ("--search", text)]
    outcome = run("list", "cases", "--format", "json", "--package", built, *options)
    assert [row["id"] for row in json.loads(outcome.out)] == ids
    assert (outcome.err == "") is bool(ids)


@each("arguments", [("list", "cases", "--search"), ("show",), ("explain",)])
def test_marks_without_end(built: Path, arguments: tuple[str, ...]) -> None:
    """A text of nothing but marks on a letter is looked for in the time that its length takes."""
    start = time.process_time()
    outcome = run(*arguments, "x" + "\u0315\u0316" * 60_000, "--package", built)
    assert outcome.code == (0 if arguments[0] == "list" else 2)
    assert "check the path" not in outcome.err
    assert time.process_time() - start < 5


@each("checkable", ["true", "false"])
def test_list_shows_what_a_filter_takes(checkable: str) -> None:
    """A truth value is shown as it is filtered by."""
    _, *rows = run("list", "claims", "--where", f"checkable={checkable}").out.splitlines()
    assert {row.split("\t")[2] for row in rows} == {checkable}


def test_show(built: Path) -> None:
    """A case is shown with its facts and their status, also by a retired id."""
    out, retired = (run("show", id_, "--package", built).out for id_ in ("alpha-ii", "alpha-2"))
    assert out.startswith("Operation Alpha II\nalpha-ii: online-fraud, fraud\n")
    assert "outcomes/seizures/cocaine\t1,400 kg\t" in out
    assert "outcomes/arrests\t975\tdocumented\tinterpol-2022-alpha" in out
    assert retired == out


def test_explain(built: Path) -> None:
    """A value is explained with its sources."""
    out = run("explain", "alpha-ii", "outcomes/arrests", "--package", built).out
    assert out.startswith("alpha-ii outcomes/arrests: 975 [documented]\n")
    assert "- 945 (tells it differently) in daily-2022-alpha" in out


def test_explain_without_a_field(built: Path) -> None:
    """Who names no field is told some of the case's facts, and which command lists all."""
    outcomes = [run("explain", id_, "--package", built) for id_ in ("alpha-ii", "alpha-2")]
    other = run("explain", "seed", "--package", built)
    unknown = run("explain", "alpha-iv", "--package", built)

    for id_, outcome in zip(("alpha-ii", "alpha-2"), outcomes, strict=True):
        said, help_ = outcome.err.splitlines()
        assert (2, f"error: say which field of '{id_}' to explain") == (outcome.code, said)
        assert "such as interpol_role, period, announced, country_count, outcomes/arrests" in help_
        assert help_.endswith("; 'interpol-dataset show alpha-ii' lists its facts")
    assert "say which field of 'seed' to explain" in other.err
    assert "a column of its table" in other.err
    assert "there is no 'alpha-iv'" in unknown.err


def test_cite(built: Path) -> None:
    """A reference names title and version; that of a case its sources, too."""
    text = run("cite", "alpha-i", "--package", built).out
    bibtex = run("cite", "--style", "bibtex", "--package", built).out
    assert f"Version {interpol_dataset.__version__}" in text
    assert "\nThe Daily. (2022, November 25). =Results, as daily has them. https://" in text
    assert bibtex.startswith("@misc{interpol-dataset,")


def test_list_says_what_a_figure_is_part_of() -> None:
    """A list of figures has the figure that includes each."""
    head, *rows = run("list", "outcomes", "--where", "case_id=haechi-iii").out.splitlines()
    assert head.split("\t")[-1] == "part_of"
    assert any(row.endswith("\toutcomes/arrests") for row in rows)


def test_cite_a_fact(built: Path) -> None:
    """A single figure is cited with the source of its value; an unknown one is refused."""
    found = run("cite", "alpha-ii", "arrests", "--style", "csl-json", "--package", built)
    unknown = run("cite", "alpha-ii", "arrest", "--package", built)
    assert [item["type"] for item in json.loads(found.out)] == ["dataset", "webpage"]
    assert unknown.code == 2
    assert "did you mean 'outcomes/arrests'" in unknown.err


def test_info(built: Path) -> None:
    """The dataset's licence, tables and independence are shown."""
    out = run("info", "--package", built).out
    assert "CC-BY-4.0" in out
    assert "Not affiliated with INTERPOL" in out
    assert "cases\t2" in out


@each("line", ["list cases", "list sources", "show alpha-ii", "explain alpha-ii period", "info"])
def test_json(built: Path, line: str) -> None:
    """With --format json, what is printed is JSON and nothing else."""
    outcome = run(*line.split(), "--format", "json", "--package", built)
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)


def test_installed_data_is_the_default() -> None:
    """Without --package, the data that came with the library is read."""
    rows = json.loads(run("list", "cases", "--where", "series=haechi", "--format", "json").out)
    assert "haechi-iii" in [row["id"] for row in rows]
