"""Tests of the command line."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

import interpol_dataset
from interpol_dataset.cli import cli, main

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

COMMANDS = list(cli.list_commands(click.Context(cli)))


# --- help -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_examples(name: str) -> None:
    """Every command says what it does and shows examples that begin with the command's name."""
    result = CliRunner().invoke(cli, [name, "--help"])

    assert 0 == result.exit_code
    assert "\n  Examples:\n" in result.output
    examples = result.output.partition("Examples:\n")[2].partition("\n\n")[0].splitlines()
    assert all(line.startswith("    interpol-dataset ") for line in examples)
    assert any(line.startswith(f"    interpol-dataset {name}") for line in examples)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    """No option is left without a word on what it does."""
    command = cli.get_command(click.Context(cli), name)

    assert command
    assert [] == [
        option.name
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]


def test_help_names_commands_and_exit_codes(run: Run) -> None:
    """The help of the whole names every command and the exit codes."""
    outcome = run("--help")

    assert 0 == outcome.code
    assert "Exit codes:" in outcome.out
    assert all(re.search(rf"^  {name} ", outcome.out, re.MULTILINE) for name in COMMANDS)


def test_version(run: Run) -> None:
    """The command tells its version."""
    assert f"interpol-dataset, version {interpol_dataset.__version__}\n" == run("--version").out


# --- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"],
        ["list", "--nope"],
        ["list", "--where"],
        ["list", "cases", "--where", "nope=1"],
        ["list", "cases", "--where", "series"],
        ["list", "nope"],
        ["show"],
        ["show", "alpha-iii"],
        ["show", "gamma"],
        ["explain", "alpha-ii"],
        ["explain", "alpha-ii", "nope"],
        ["explain", "nope", "period"],
        ["export"],
        ["export", "out", "--format", "xlsx"],
        ["export", "out", "--table", "nope"],
        ["export", "out", "--spreadsheet-safe"],
        ["export", "out", "--format", "json", "--table", "outcomes"],
        ["cite", "nope"],
        ["cite", "--format", "ris"],
        ["info", "--package", "nowhere"],
        ["build", "--root", "nowhere"],
        ["build", "--check", "--root", "nowhere"],
        ["validate", "--root", "nowhere"],
    ],
    ids=" ".join,
)
def test_wrong_use(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """Wrong use is exit code 2 and one line on what is wrong; nothing is printed as a result."""
    monkeypatch.chdir(tmp_path)
    if arguments[0] in {"list", "show", "explain", "export", "cite"}:
        arguments = [*arguments, "--package", str(built)]
    outcome = run(*arguments)

    assert (2, "") == (outcome.code, outcome.out)
    assert re.search(r"^[Ee]rror: \S", outcome.err, re.MULTILINE)
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "help_"),
    [
        (["show", "alpha-iii"], "did you mean 'alpha-ii'?"),
        (["explain", "alpha-ii", "perod"], "did you mean 'period'?"),
        (["list", "case"], "did you mean 'cases'?"),
        (["list", "nothing"], "it has cases, "),
        (["export", "out", "--table", "outcome"], "did you mean 'outcomes'?"),
        (["export", "out", "--spreadsheet-safe"], "leave --spreadsheet-safe out"),
        (["export", "out", "--format", "json", "--table", "outcomes"], "jsonl"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_errors_help(
    run: Run,
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    help_: str,
) -> None:
    """Below an error stands what to do about it."""
    monkeypatch.chdir(tmp_path)
    outcome = run(*arguments, "--package", built)

    assert 2 == outcome.code
    error, hint = outcome.err.splitlines()
    assert error.startswith("error: ")
    assert hint.startswith("  help: ")
    assert help_ in hint


@pytest.mark.parametrize(
    ("arguments", "help_"),
    [
        (["vaildate"], "did you mean 'validate'?"),
        (["frobnicate"], "see 'interpol-dataset --help'"),
        (["rules", "used-sources"], "did you mean 'used-source'?"),
        (["rules", "nothing"], "see 'interpol-dataset rules'"),
        (["validate", "outcomes.csv", "--as", "outcome"], "did you mean 'outcomes'?"),
        (["validate", "datapackage.json", "--against", "."], "goes with a table's FILE and --as"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_wrong_words(run: Run, arguments: list[str], help_: str) -> None:
    """A command, rule or table that is not there leads to the one that was meant."""
    outcome = run(*arguments)

    assert (2, "") == (outcome.code, outcome.out)
    assert help_ in outcome.err


@pytest.mark.parametrize(
    "command", [["list"], ["info"], ["cite"], ["show", "alpha-ii"], ["export", "out"]], ids=" ".join
)
@pytest.mark.parametrize(
    "damage", [b"{", b"{}", b'{"resources": []}', b"\xff", b'{"resources": [{"name": "cases"}]}']
)
def test_broken_package(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    damage: bytes,
) -> None:
    """A broken package is exit code 2 and a line, or what little it holds."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "datapackage.json").write_bytes(damage)
    monkeypatch.chdir(tmp_path)
    outcome = run(*command, "--package", package)

    empty = b"[" in damage and command[0] in {"info", "cite", "export"}
    assert (0 if empty else 2) == outcome.code


def test_missing_table_file(run: Run, small: interpol_dataset.Dataset, tmp_path: Path) -> None:
    """A table whose file is gone is named with its path."""
    package = interpol_dataset.export(small, tmp_path / "out", "csv")
    (package / "cases.csv").unlink()
    outcome = run("list", "--package", package)

    assert 2 == outcome.code
    assert f"error: {package / 'cases.csv'}: the file of 'cases' can't be read" in outcome.err


@pytest.mark.parametrize("licenses", [None, [{}], ["CC-BY"]])
def test_package_with_odd_licences(
    run: Run, small: interpol_dataset.Dataset, tmp_path: Path, licenses: object
) -> None:
    """A package whose licences are not as this one writes them does no harm."""
    package = interpol_dataset.export(small, tmp_path / "out", "csv")
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8")) | {"licenses": licenses}
    path.write_text(json.dumps(descriptor), "utf-8")

    assert run("info", "--package", package).code in {0, 2}


# --- looking --------------------------------------------------------------------------------


def test_list_is_tab_separated_when_piped(run: Run, built: Path) -> None:
    """Piped, a list is text with tabs, a header first."""
    outcome = run("list", "--package", built)

    assert 0 == outcome.code
    assert [
        ["id", "name", "period", "interpol_role", "country_count", "status"],
        ["alpha-i", "Operation Alpha", "", "", "", "reported"],
        [
            "alpha-ii",
            "Operation Alpha II",
            "2022-06-28/2022-11-23",
            "coordinated",
            "3",
            "confirmed",
        ],
    ] == [line.split("\t") for line in outcome.out.splitlines()]


def test_list_keeps_a_row_on_a_line(run: Run, built: Path) -> None:
    """A cell of several lines does not break the row."""
    lines = run("list", "verification", "--package", built).out.splitlines()

    assert {4} == {line.count("\t") for line in lines}


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (["series=alpha"], ["alpha-i", "alpha-ii"]),
        (["edition=2"], ["alpha-ii"]),
        (["series=alpha", "edition=1"], ["alpha-i"]),
        (["period="], ["alpha-i"]),
        (["series=beta"], []),
    ],
)
def test_list_filters(run: Run, built: Path, filters: list[str], ids: list[str]) -> None:
    """Filters keep the rows that match all of them; an empty text means an empty cell."""
    options = [part for filter_ in filters for part in ("--where", filter_)]
    rows = json.loads(run("list", "cases", "--json", "--package", built, *options).out)

    assert ids == [row["id"] for row in rows]


def test_show(run: Run, built: Path) -> None:
    """A case is shown with its facts and their status."""
    out = run("show", "alpha-ii", "--package", built).out

    assert out.startswith("Operation Alpha II\nalpha-ii: online-fraud, fraud\n")
    assert "outcomes/seizures/cocaine\t1400\tkg\t" in out
    assert "outcomes/arrests\t975\t\tjoint\tinterpol-2022-alpha" in out


def test_show_follows_retired_ids(run: Run, built: Path) -> None:
    """A retired id shows the case that took its place."""
    one, other = (run("show", id_, "--package", built).out for id_ in ("alpha-ii", "alpha-2"))

    assert one == other


def test_explain(run: Run, built: Path) -> None:
    """A value is explained with its sources."""
    out = run("explain", "alpha-ii", "outcomes/arrests", "--package", built).out

    assert out.startswith("alpha-ii outcomes/arrests: 975 [joint]\n")
    assert "957 (deviates) in daily-2022-alpha" in out


def test_cite(run: Run, built: Path) -> None:
    """A reference names title and version; that of a case its sources, too."""
    text = run("cite", "alpha-i", "--package", built).out
    bibtex = run("cite", "--format", "bibtex", "--package", built).out

    assert f"Version {interpol_dataset.__version__}" in text
    assert "- The Daily: =Results, as daily has them (2022-11-25). https://" in text
    assert bibtex.startswith("@misc{interpol-dataset,")
    assert bibtex.count("{") == bibtex.count("}")


def test_info(run: Run, built: Path) -> None:
    """The dataset tells its licence, its tables and its independence."""
    out = run("info", "--package", built).out

    assert "CC-BY-4.0" in out
    assert "Not affiliated with INTERPOL" in out
    assert "cases\t2" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "cases"],
        ["list", "sources"],
        ["show", "alpha-ii"],
        ["explain", "alpha-ii", "outcomes/arrests"],
        ["info"],
    ],
    ids=" ".join,
)
def test_json(run: Run, built: Path, arguments: list[str]) -> None:
    """With --json, what is printed is JSON and nothing else."""
    outcome = run(*arguments, "--json", "--package", built)

    assert 0 == outcome.code
    assert json.loads(outcome.out)
    assert "" == outcome.err


def test_installed_data_is_the_default(run: Run) -> None:
    """Without --package, the data that came with the library is read."""
    rows = json.loads(run("list", "cases", "--where", "series=haechi", "--json").out)

    assert "haechi-iii" in [row["id"] for row in rows]


# --- building and exporting -----------------------------------------------------------------


def test_build_and_check(run: Run, project: Path) -> None:
    """A check is 1 before and 0 after a build; both say which files are meant."""
    before = run("build", "--check", "--root", project)
    build = run("build", "--root", project)
    after = run("build", "--check", "--root", project)

    assert (1, 0, 0) == (before.code, build.code, after.code)
    assert "not current: datapackage.json" in before.out
    assert "wrote datapackage.json" in build.out
    assert "everything is current\n" == after.out


def test_build_as_json(run: Run, project: Path) -> None:
    """What was written and what is not current can be read by programs."""
    stale = json.loads(run("build", "--check", "--json", "--root", project).out)["stale"]
    written = json.loads(run("build", "--json", "--root", project).out)["written"]

    assert sorted(written) == stale
    assert written["datapackage.json"] == (project / "datapackage.json").stat().st_size


@pytest.mark.parametrize("options", [[], ["--check"]])
def test_build_of_a_wrong_record(run: Run, project: Path, options: list[str]) -> None:
    """A wrong record keeps the build from running, and is named with line and column."""
    path = project / "data" / "records" / "cases" / "alpha-i.yaml"
    path.write_text(path.read_text("utf-8").replace("~20", "many"), "utf-8")
    outcome = run("build", *options, "--root", project)

    assert 2 == outcome.code
    assert "data/records/cases/alpha-i.yaml:10:34: 'many' is not a quantity" in outcome.err
    assert "help: write 975" in outcome.err
    assert not (project / "datapackage.json").exists()


@pytest.mark.parametrize(
    "report",
    [
        pytest.param("outcomes: []", id="empty list"),
        pytest.param("period: null", id="null"),
    ],
)
def test_build_of_an_empty_report(run: Run, project: Path, report: str) -> None:
    """A report that states nothing is refused, also where it says nothing at length."""
    path = project / "data" / "records" / "cases" / "alpha-i.yaml"
    text = path.read_text("utf-8")
    begin = text.index("    outcomes:")
    path.write_text(f"{text[:begin]}    {report}\n", "utf-8")

    assert 2 == run("build", "--root", project).code


def test_folder_in_place_of_a_record(run: Run, project: Path) -> None:
    """A folder with the name of a record is no record."""
    (project / "data" / "records" / "cases" / "beta.yaml").mkdir()

    assert run("build", "--root", project).code in {0, 2}


def test_link_to_nowhere_in_place_of_a_record(run: Run, project: Path) -> None:
    """A link that leads nowhere is no record."""
    (project / "data" / "records" / "cases" / "beta.yaml").symlink_to(project / "gone.yaml")

    assert run("build", "--root", project).code in {0, 2}


def test_build_that_cant_be_written(run: Run, project: Path) -> None:
    """Where something stands in the way of what is built, that is said in a line."""
    (project / "schema").write_text("in the way", "utf-8")

    assert 2 == run("build", "--root", project).code


@pytest.mark.parametrize("format_", ["parquet", "csv", "json", "jsonl"])
def test_export(run: Run, built: Path, tmp_path: Path, format_: str) -> None:
    """An export says what it wrote, and loads again."""
    target = tmp_path / "out"
    outcome = run("export", target, "--format", format_, "--json", "--package", built)
    files = json.loads(outcome.out)["files"]

    assert 0 == outcome.code
    assert {path.name: path.stat().st_size for path in target.iterdir()} == files
    assert 2 == len(interpol_dataset.load(target).cases)


def test_export_refuses_strangers(run: Run, built: Path, tmp_path: Path) -> None:
    """A directory with other files is left alone."""
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    outcome = run("export", tmp_path, "--package", built)

    assert 2 == outcome.code
    assert "not an earlier export" in outcome.err
    assert ["mine.txt"] == [path.name for path in tmp_path.iterdir()]


def test_export_into_the_directory_one_is_in(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The directory that somebody stands in is not pulled from under their feet."""
    monkeypatch.chdir(tmp_path)
    outcome = run("export", ".", "--package", built)

    assert 2 == outcome.code
    assert "the current directory" in outcome.err
    assert [] == list(tmp_path.iterdir())


def test_letters_that_a_terminal_lacks(root: Path) -> None:
    """Where output has no letters for a name, their codes are shown, and nothing breaks off."""
    done = subprocess.run(
        [sys.executable, "-m", "interpol_dataset", "list", "organizations", "--package", root],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    )

    assert (0, b"") == (done.returncode, done.stderr)
    assert b"\\" in done.stdout


def test_no_arguments_are_none() -> None:
    """An empty list of arguments is not taken for those of the process."""
    with pytest.raises(SystemExit) as caught:
        main([])

    assert 2 == caught.value.code


def test_interrupted(run: Run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who interrupts a command gets a line and the usual exit code."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("interpol_dataset.dataset.dataset.load", interrupted)
    outcome = run("list", "--package", built)

    assert 130 == outcome.code
    assert "interrupted; no file is half-written" in outcome.err


def test_reader_of_a_pipe_may_leave(root: Path) -> None:
    """A pipe whose reader has had enough is no error to speak of, and no success either."""
    command = "import sys; from interpol_dataset.cli import main; main(['list', 'evidence'])"
    with subprocess.Popen(
        [sys.executable, "-c", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert b"" == process.stderr.read()
        assert 141 == process.wait(timeout=60)


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes files")
def test_output_may_be_closed(root: Path) -> None:
    """Without a place to print to nothing is printed, and nothing crashes."""
    command = f"{shlex.quote(sys.executable)} -m interpol_dataset list cases >&-"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False, cwd=root)

    assert b"" == done.stderr


def test_module_runs(root: Path) -> None:
    """``python -m interpol_dataset`` is the command, too."""
    done = subprocess.run(
        [sys.executable, "-m", "interpol_dataset", "--version"],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
    )

    assert interpol_dataset.__version__ in done.stdout
