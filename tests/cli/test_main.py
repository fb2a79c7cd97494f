"""Tests of the command line."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

import interpol_dataset
from helpers.command import run
from helpers.each import each
from helpers.edit import descriptor
from interpol_dataset import Dataset
from interpol_dataset.cli import cli, main

#: A device that takes nothing, where the system has one.
FULL = Path("/dev/full")

COMMANDS = list(cli.list_commands(click.Context(cli)))


@each("name", COMMANDS)
def test_help_shows_examples(name: str) -> None:
    """Every command says what it does and shows examples that begin with the command's name."""
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert "\n  Examples:\n" in result.output
    examples = result.output.partition("Examples:\n")[2].partition("\n\n")[0].splitlines()
    assert all(line.startswith("    interpol-dataset ") for line in examples)
    assert any(line.startswith(f"    interpol-dataset {name}") for line in examples)


@each("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    """No option is left without a word on what it does."""
    command = cli.get_command(click.Context(cli), name)
    assert command
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_help_names_commands_and_exit_codes() -> None:
    """The help of the whole names every command and the exit codes; the version is printed."""
    outcome = run("--help")
    assert outcome.code == 0
    assert "Exit codes:" in outcome.out
    assert all(re.search(rf"^  {name} ", outcome.out, re.MULTILINE) for name in COMMANDS)
    assert run("--version").out == f"interpol-dataset, version {interpol_dataset.__version__}\n"


def test_a_command_that_there_was() -> None:
    """Whoever uses one that went is told what to use instead."""
    assert "a clone of the project has tools/archive_sources.py" in run("sources", "--check").err


#: Commands that are wrong; most are tried with the small project's package.
WRONG = """
nope
--nope
list --nope
list --where
list cases --where nope=1
list cases --where series
list nope
list --package nowhere
list --package folder
list --package file.csv
show
show alpha-iii
show gamma
explain alpha-ii
explain alpha-ii nope
explain nope period
explain alpha-ii period --table nope
export
export file.csv
export file.csv/out
export .
export out --format ods
export out --table nope
export out --spreadsheet-safe
cite nope
cite --format bibtex
cite --style ris
validate --watch
validate --format junit
info --package nowhere
build --root nowhere
build --root file.csv
build --check --root folder
new case
new nope x
new case Not-An-Id
new case alpha-iv --root folder
fmt nowhere.yaml
fmt file.csv
fmt --root nowhere
rules NOPE001
validate --root nowhere
validate file.csv
validate folder
validate nowhere.json
validate folder.json
validate file.csv --as nope
validate nowhere.csv --as outcomes
validate nowhere.yaml --as case
validate folder --as outcomes
validate folder.yaml --as case
validate file.csv --as outcomes --against nowhere
validate file.csv file.csv --as outcomes
validate --as outcomes
validate -
validate - --as outcomes
validate --format xml
validate --select NOPE
validate --against folder
"""


def test_wrong_use(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong use is exit code 2, a line on what is wrong and one on what to do; no file changes."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.csv").write_text("a\n1\n", "utf-8")
    for name in ("folder", "folder.json", "folder.yaml"):
        (tmp_path / name).mkdir()
    before = sorted(tmp_path.rglob("*"))
    for line in WRONG.strip().splitlines():
        command, *rest = line.split()
        if command in {"list", "show", "explain", "export", "cite"} and "--package" not in rest:
            rest += ["--package", str(built)]
        outcome = run(command, *rest)
        assert (outcome.code, outcome.out) == (2, ""), line
        assert re.fullmatch(r"error: \S.*\n( {2}help: \S.*\n)?", outcome.err), line

    assert sorted(tmp_path.rglob("*")) == before


@each(
    "line, help_",
    [
        ("show alpha-iii", "did you mean 'alpha-ii'?"),
        ("explain alpha-ii perod", "did you mean 'period'?"),
        ("list case", "did you mean 'cases'?"),
        ("list nothing", "it has cases, "),
        ("export out --table outcome", "did you mean 'outcomes'?"),
        ("export out --spreadsheet-safe", "leave --spreadsheet-safe out"),
        ("cite --format text", "use --style: apa"),
        ("cite --style ris", "bibtex or csl-json"),
        ("validate --watch", "watchexec"),
        ("validate --format junit", "json, github or sarif"),
        ("vaildate", "did you mean 'validate'?"),
        ("frobnicate", "see 'interpol-dataset --help'"),
        ("rules used-sources", "did you mean 'used-source'?"),
        ("rules nothing", "see 'interpol-dataset rules'"),
        ("validate outcomes.csv --as outcome", "did you mean 'outcomes'?"),
        ("validate datapackage.json --against .", "see 'interpol-dataset validate --help'"),
    ],
)
def test_errors_help(built: Path, tmp_path: Path, line: str, help_: str) -> None:
    """Below an error is a line on what to do about it."""
    takes_package = line.split(maxsplit=1)[0] in {"show", "explain", "list", "export", "cite"}
    with chdir(tmp_path):
        outcome = run(*line.split(), *(["--package", built] if takes_package else []))
    assert (outcome.code, outcome.out) == (2, "")
    error, hint = outcome.err.splitlines()
    assert (error[:7], hint[:8]) == ("error: ", "  help: ")
    assert help_ in hint


@each("damage", [b"{", b"{}", b'{"resources": []}', b"\xff", b'{"resources": [{"name": "cases"}]}'])
def test_broken_package(tmp_path: Path, damage: bytes) -> None:
    """A broken package is exit code 2 and a line, or what little it holds."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "datapackage.json").write_bytes(damage)
    for command in ("list", "info", "cite", "show alpha-ii", f"export {tmp_path / 'out'}"):
        name, *rest = command.split()
        empty = b"[" in damage and name in {"info", "cite", "export"}
        assert run(name, *rest, "--package", package).code == (0 if empty else 2), command


@each("licenses", [None, [{}], ["CC-BY"]])
def test_package_with_odd_licences(small: Dataset, tmp_path: Path, licenses: object) -> None:
    """A package whose licences are not as this one writes them does no harm."""
    package = small.export(tmp_path / "out", "csv")
    with descriptor(package) as described:
        described["licenses"] = licenses
    assert run("info", "--package", package).code in {0, 2}


def test_missing_table_file(small: Dataset, tmp_path: Path) -> None:
    """A table whose file is gone is named with its path."""
    package = small.export(tmp_path / "out", "csv")
    (package / "cases.csv").unlink()
    outcome = run("list", "--package", package)
    assert outcome.code == 2
    assert f"error: {package / 'cases.csv'}: the file of 'cases' can't be read" in outcome.err


def test_letters_that_a_terminal_lacks(root: Path) -> None:
    """Where output has no letters for a name, their codes are shown, and nothing breaks off."""
    done = subprocess.run(
        [sys.executable, "-m", "interpol_dataset", "list", "organizations", "--package", root],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\" in done.stdout


def test_no_arguments_are_none() -> None:
    """An empty list of arguments is not taken for those of the process."""
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2


def test_interrupted(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who interrupts a command gets a line and the usual exit code."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("interpol_dataset.dataset.dataset.load", interrupted)
    outcome = run("list", "--package", built)

    assert outcome.code == 130
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
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes files")
def test_input_may_be_closed(root: Path) -> None:
    """A draft that is to be read from a closed standard input is missing, in a line."""
    command = f"{shlex.quote(sys.executable)} -m interpol_dataset validate - --as case <&-"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False, cwd=root)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"error: standard input is closed")


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes files")
def test_output_may_be_closed(root: Path) -> None:
    """Without a place to print to nothing is printed, and nothing crashes."""
    command = f"{shlex.quote(sys.executable)} -m interpol_dataset list cases >&-"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False, cwd=root)
    assert done.stderr == b""


@pytest.mark.skipif(not FULL.exists(), reason="needs a full device")
def test_output_may_be_full(root: Path) -> None:
    """Where the disk is full that output goes to, that is said."""
    command = [sys.executable, "-m", "interpol_dataset", "list", "cases"]
    pipe = subprocess.PIPE
    with FULL.open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=pipe, text=True, check=False, cwd=root)
    help_ = "  help: free space, or choose another place\n"
    assert done.returncode == 2
    assert done.stderr == f"error: the output: the disk is full\n{help_}"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["site", "out/site", "--package", "."], "out/site"),
        (["new", "case", "storm"], "data/records/cases/storm.yaml"),
        (["build"], "data/tables/"),
        (["validate", "--sarif", "out/found.sarif"], "out/found.sarif"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_folder_that_may_not_be_written_to(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], named: str
) -> None:
    """Where nothing may be written, the error names what was asked for, and no temporary file."""
    project = shutil.copytree(built, tmp_path / "project")
    (project / "data" / "tables" / "cases.csv").write_bytes(b"")  # to be built again
    monkeypatch.chdir(project)
    if arguments[0] == "site":
        arguments[-1] = str(built)
    make = os.mkdir

    def mkdir(path: object, *rest: Any, **options: Any) -> None:
        if ".interpol-dataset-" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        make(str(path), *rest, **options)

    monkeypatch.setattr(os, "mkdir", mkdir)
    outcome = run(*arguments)

    assert outcome.code == 2
    assert outcome.err.startswith(f"error: {named}")
    assert ": Permission denied\n" in outcome.err
    assert ".interpol-dataset-" not in outcome.err


def test_a_lack_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever command it is, an error names the file, and nothing is called a finding."""

    def fail(*_: Any, **__: Any) -> None:
        raise MemoryError

    table, root = tmp_path / "outcomes.csv", Path(__file__).parents[2]
    table.write_text("a\n1\n", "utf-8")
    record = root / "data" / "records" / "cases" / "haechi-iii.yaml"
    for place, path, more in (
        ("interpol_dataset.tablecheck.files.parse_csv", table, ("--as", "outcomes")),
        ("interpol_dataset.records.folder.read_content", record, ()),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(place, fail)
            outcome = run("validate", path, *more, "--root", root)
        assert outcome.code == 2
        assert f"{path}: there is not enough memory" in outcome.err
        assert outcome.out == ""
