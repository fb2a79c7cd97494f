"""Tests of what the project says about itself: hooks, action, links, commands and targets."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import yaml
from hatchling.builders.wheel import WheelBuilder

import interpol_dataset
from helpers import mini
from helpers.command import run
from helpers.each import each
from interpol_dataset.cli import cli
from interpol_dataset.cli.terminal import GONE

ROOT = Path(__file__).parents[1]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
COMMANDS = list(cli.list_commands(click.Context(cli)))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def options(command: str) -> set[str]:
    """Return the options of a command, as they are written."""
    found = cli.get_command(click.Context(cli), command)
    assert found

    return {
        word
        for parameter in found.params
        if not getattr(parameter, "hidden", False)
        for word in parameter.opts
        if word.startswith("-")
    }


@each("hook", HOOKS)
def test_hook(hook: dict[str, Any]) -> None:
    """A hook has what pre-commit needs, runs a command there is, and sees removed files, too."""
    program, command, *rest = shlex.split(hook["entry"])
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert (program, hook["language"]) == ("interpol-dataset", "python")
    assert command in COMMANDS
    assert {word for word in rest if word.startswith("-")} <= options(command)
    assert (hook["always_run"], hook["pass_filenames"]) == (True, False)


def test_action() -> None:
    """The action has what GitHub needs, and every input and variable is used and declared."""
    text = (ROOT / "action.yml").read_text("utf-8")

    assert {"name", "description", "inputs", "runs"} <= set(ACTION)
    assert ACTION["runs"]["using"] == "composite"
    assert all({"description", "default"} <= set(given) for given in ACTION["inputs"].values())
    assert set(ACTION["inputs"]) == set(re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", text))
    for step in ACTION["runs"]["steps"]:
        assert ("uses" in step) != ("run" in step)
        assert ("run" in step) == ("shell" in step)
        # What comes from outside must not be put into a script, where it would be run.
        assert "${{" not in step.get("run", "")
        assert all(f"${name}" in step["run"] for name in step.get("env", {}))


def test_action_names_commands_and_options() -> None:
    """What the action runs are commands and options that there are."""
    script = ACTION["runs"]["steps"][-1]["run"]
    assert {"validate"} == set(re.findall(r'"\$command" ([a-z]+)', script))
    assert "in fmt build;" in script
    checks = {"--check", "--root"}
    assert checks <= options("fmt") & options("build")
    assert set(re.findall(r"(?<![\w-])--[a-z]+", script)) <= options("validate") | checks


@each("value, code", [("~20", 0), ("many", 1)])
def test_action_runs(tmp_path: Path, value: str, code: int) -> None:
    """The action's last step passes good records, fails bad ones, and writes SARIF either way."""
    project = mini.write(tmp_path / "a b")
    mini.change(project, "cases/alpha-i.yaml", "~20", value)
    program = Path(sys.executable).parent / "interpol-dataset"
    given = {"ROOT": str(project), "SELECT": "SHP POL", "IGNORE": "POL001"}
    done = run_action(tmp_path, program, {**given, "SARIF": str(tmp_path / "out.sarif")})

    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout.startswith("::error file=") == bool(code)
    assert '"version": "2.1.0"' in (tmp_path / "out.sarif").read_text("utf-8")


def test_the_action_says_what_to_run(tmp_path: Path) -> None:
    """What is not canonical, or not built, fails where that is asked for, and says what to do."""
    program = tmp_path / "command"
    program.write_text('#!/bin/sh\n[ "$1 $2" != "$FAILING --check" ]\n', "utf-8")
    program.chmod(0o755)
    results = {
        (failing, built): run_action(
            tmp_path / f"{failing} {built}", program, {"FAILING": failing, "BUILT": built}
        )
        for failing in ("fmt", "build", "none")
        for built in ("true", "false")
    }

    assert {("fmt", "true"), ("build", "true")} == {
        key for key, done in results.items() if done.returncode
    }
    for what in ("fmt", "build"):
        assert (
            f"::error::run 'interpol-dataset {what}' and commit what it changes\n"
            == results[what, "true"].stdout
        )


def test_the_action_expands_paths_and_no_rules(tmp_path: Path) -> None:
    """A rule is taken as it is, also where it looks like a pattern of files."""
    (tmp_path / "file").touch()
    program = tmp_path / "arguments"
    program.write_text("#!/bin/sh\necho $#; printf '%s\\n' \"$@\"\n", "utf-8")
    program.chmod(0o755)
    done = run_action(tmp_path, program, {"SELECT": "*", "IGNORE": "f* a?", "PATHS": "fil*"})
    wanted = ["--select", "*", "--ignore", "f*", "--ignore", "a?", "--", "file"]
    assert wanted == done.stdout.splitlines()[-8:]


def run_action(
    folder: Path, program: Path, given: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run the action's last step in a folder, with a program as the command."""
    (folder / "interpol-dataset" / "bin").mkdir(parents=True)
    (folder / "interpol-dataset" / "bin" / "interpol-dataset").symlink_to(program)

    return subprocess.run(
        ["bash", "-e", "-c", ACTION["runs"]["steps"][-1]["run"]],  # noqa: S607  # as GitHub runs it
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={
            **given,
            "RUNNER_TEMP": str(folder),
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(Path(interpol_dataset.__file__).parents[1]),
        },
    )


def check_as_ci(project: Path) -> subprocess.CompletedProcess[str]:
    """Run the Makefile's check in a project, with what is installed here."""
    (project / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    bin_ = Path(sys.executable).parent

    return subprocess.run(
        ["make", "--old-file", ".venv/.ready", "check/records", f"BIN={bin_}"],  # noqa: S607  # as CI runs it
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


def test_ci_fails_on_a_bad_record(tmp_path: Path) -> None:
    """What CI runs passes sound records, also before they are built, and stops at a bad one."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "set -euo pipefail" in script
    assert re.search(r"^make .*\bcheck\b", script, re.MULTILINE)

    project = mini.write(tmp_path)
    assert run("fmt", "--root", project).code == 0
    assert check_as_ci(project).returncode == 0

    text = (project / "data/records/cases/alpha-i.yaml").read_text("utf-8")
    bad = text.replace("alpha-i", "alpha-iii").replace("edition: 1", "edition: 3")
    bad = bad.replace("[online-fraud]", "[fraudd]")
    (project / "data/records/cases/alpha-iii.yaml").write_text(bad, "utf-8")
    stopped = check_as_ci(project)

    assert stopped.returncode
    assert re.search(r"alpha-iii\.yaml:[0-9]+:[0-9]+: PKG004 .*'fraudd'", stopped.stdout)


@each("name", COMMANDS)
def test_command_has_its_section(name: str) -> None:
    """Every command has a section with all its options, but for those that the page tells once."""
    page = (ROOT / "docs" / "use" / "command-line.md").read_text("utf-8")
    shared = page.partition("\n## ")[0]
    section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert f"Usage: interpol-dataset {name} " in section
    assert [word for word in options(name) if word not in section + shared] == []


@each("page", PAGES)
def test_commands_that_pages_name(page: Path) -> None:
    """A command that a page shows exists, with its options; only the changelog has old ones."""
    text = page.read_text("utf-8")
    for name, rest in re.findall(r"[`$] ?interpol-dataset ([a-z]+)([^`\n#|]*)", text):
        if page.name == "CHANGELOG.md" and name in GONE:
            continue
        assert name in COMMANDS
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest)) <= options(name) | {"--help"}


def test_rules_that_are_named_exist() -> None:
    """The codes of rules that pages name are those of rules."""
    named = {
        code
        for page in PAGES
        for code in re.findall(r"\b(?:SYN|SHP|MNG|PKG|POL|TBL)[0-9]{3}\b", page.read_text("utf-8"))
    }
    assert [code for code in sorted(named) if run("rules", code).code] == []


@each("name", ["README.md", "CONTRIBUTING.md", "docs/use/files-and-site.md"])
def test_make_targets(name: str) -> None:
    """The targets that a page names are in the Makefile, with a word on what they do."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"(?:`|\$ )make ([a-z]+)", (ROOT / name).read_text("utf-8")))
    described = set(re.findall(r"^(\w+):.*## \S", makefile, re.MULTILINE))
    assert named
    assert named - described == set()


def test_where_make_builds_the_site() -> None:
    """The page on the site names the target, its folder and the variables that it takes."""
    rule = re.search(r"^site:.*\n\t(.*)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    page = (ROOT / "docs" / "use" / "files-and-site.md").read_text("utf-8")
    assert rule
    words = ["`make site`", *re.findall(r"dist/\w+|[A-Z]+_?[A-Z]+(?=\),)", rule[1])]
    assert [word for word in words if word not in page] == []


def test_the_environment_that_make_takes_is_named() -> None:
    """Who installs is told which environment `make` makes its own, and would delete."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (place,) = re.findall(r"^VENV := (\S+)", makefile, re.MULTILINE)
    install = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Add an operation")[0]
    assert re.search(r"^clean:.*\n\trm -rf \$\(VENV\)", makefile, re.MULTILINE)
    assert f"into `{place}`" in install
    assert "`make clean`" in install


def test_index_lists_every_page() -> None:
    """The index of the documentation links to each page and each folder's own index."""
    docs = ROOT / "docs"
    index = (docs / "README.md").read_text("utf-8")
    names = {page.relative_to(docs).as_posix() for page in docs.rglob("*.md")}
    pages = {name for name in names if not name.startswith("rules/")} - {"README.md"}
    assert {name for name in pages | {"rules/README.md"} if f"]({name})" not in index} == set()
    assert len(pages) < 18


def test_map_has_the_layers() -> None:
    """The map lists every folder and module of the package by the layers that are checked."""
    page = (ROOT / "docs" / "dev" / "architecture.md").read_text("utf-8")
    table = page.partition("\n## The layers\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    named = [sorted(re.findall(r"`(\w+)(?:/|\.py)`", row)) for row in rows]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")

    assert named == [sorted(layer.split(" | ")) for layer in layers if not layer.startswith("_")]


def test_paths_in_the_map() -> None:
    """The files that the recipes name are there."""
    page = (ROOT / "docs" / "dev" / "architecture.md").read_text("utf-8")
    named = re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.py)?)`", page)

    assert named
    assert [
        name
        for name in named
        if not (ROOT / name).exists() and not (ROOT / "src" / "interpol_dataset" / name).exists()
    ] == []


def test_wheel_has_the_package_and_no_stray_file(tmp_path: Path) -> None:
    """The wheel carries the descriptor and the files that it lists, and nothing beside them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    for name in (
        *(
            "pyproject.toml",
            "README.md",
            "src/interpol_dataset/_version.py",
            "docs/trust/limits.md",
        ),
        *("tools/project_page.py", *wheel["force-include"]),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "data" / "tables" / "notes.csv").write_text("stray", "utf-8")
    (tmp_path / "docs" / "notes.csv").write_text("stray", "utf-8")
    descriptor = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
    files = list(WheelBuilder(str(tmp_path)).recurse_included_files())
    shipped = {file.distribution_path.partition("/_package/")[2] for file in files}
    guides = {file.distribution_path.partition("/_docs/")[2] for file in files}

    assert {"", "datapackage.json", *(item["path"] for item in descriptor["resources"])} == shipped
    assert {"", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/trust/limits.md"} == guides


@each("name", ["site-home", "site-case"])
def test_a_picture_is_of_this_version(name: str) -> None:
    """A picture of the README shows the site of this version: make tools WHAT=pictures."""
    content = (ROOT / ".github" / f"{name}.png").read_bytes()
    said = re.search(rb"tEXtVersion\0([0-9A-Za-z.]+)", content)
    assert f"(.github/{name}.png)" in (ROOT / "README.md").read_text("utf-8")
    assert said
    assert said[1].decode() == interpol_dataset.__version__


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    counts: dict[str, int] = {}
    found = set(re.findall(r'<a (?:id|name)="([^"]+)"', text))
    for heading in re.findall(r"^#{1,6} (.+?)\s*$", text, re.MULTILINE):
        shown = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading)
        anchor = re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
        number = counts.get(anchor, 0)
        counts[anchor] = number + 1
        found.add(f"{anchor}-{number}" if number else anchor)

    return found


@each("page", PAGES)
def test_links(page: Path) -> None:
    """Every relative link leads to a file, and to a heading in it where it names one."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)

    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)):
        if re.match(r"[a-z]+:", link):
            continue
        name, hash_, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not hash_ or anchor in anchors(target), link
