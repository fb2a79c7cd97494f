"""What is built: two branches merge without a conflict in it, and CI commits it on main."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from helpers import mini
from helpers.git import ALONE, commit, git
from interpol_dataset.build import RATES, build, render, stale
from interpol_dataset.records.folder import RECORDS, read_records
from interpol_dataset.rules.gate import checked

ROOT: Final = Path(__file__).parents[1]
CI: Final = ROOT / ".ci"


def _driver() -> Iterator[list[str]]:
    """Return the settings that 'make hooks' makes, from the Makefile itself."""
    for key, value in re.findall(
        r"^\tgit config (merge\.built\.\w+) \"?([^\"\n]+)\"?$",
        (ROOT / "Makefile").read_text("utf-8"),
        re.MULTILINE,
    ):
        yield ["config", key, value]


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small project, built and committed, with the project's own rules for merging."""
    folder = mini.write(tmp_path_factory.mktemp("committed"))
    shutil.copy(ROOT / ".gitattributes", folder)
    build(folder)
    git(folder, "init", "-q", "-b", "main")
    for arguments in _driver():
        git(folder, *arguments)
    commit(folder, "first")

    return folder


@pytest.fixture
def repository(committed: Path, tmp_path: Path) -> Path:
    """Return a copy of it, to be changed."""
    return shutil.copytree(committed, tmp_path, dirs_exist_ok=True)


def _add_case(repository: Path, branch: str, count: int) -> None:
    """Add a case on a branch of its own, and build."""
    git(repository, "switch", "-qc", branch, "main")
    case = (
        f"id: {branch}\nname: Operation {branch.title()}\ncategories: [online-fraud]\n"
        "summary: Police worked together against fraud.\nreports:\n"
        "  - source: daily-2022-alpha\n    outcomes:\n"
        f"      - {{metric: arrests, value: {count}, at: lead}}\n"
    )
    (repository / RECORDS / "cases" / f"{branch}.yaml").write_text(case, "utf-8")
    build(repository)
    commit(repository, branch)


def test_what_two_branches_built_is_merged_by_building_again(repository: Path) -> None:
    """The merge has no conflict, and after a build both cases are in every file."""
    _add_case(repository, "beta", 11)
    _add_case(repository, "delta", 22)
    git(repository, "switch", "-q", "main")
    git(repository, "merge", "-q", "--no-edit", "beta")
    git(repository, "merge", "-q", "--no-edit", "delta")

    assert git(repository, "status", "--porcelain") == ""
    assert stale(repository)
    build(repository)
    assert stale(repository) == []
    table = (repository / "data" / "tables" / "cases.csv").read_text("utf-8")
    assert {"beta", "delta"} <= {line.partition(",")[0] for line in table.splitlines()}


def test_without_the_driver_the_built_files_do_conflict(repository: Path) -> None:
    """The driver is needed: this is what a merge is like without it."""
    git(repository, "config", "--remove-section", "merge.built")
    _add_case(repository, "beta", 11)
    _add_case(repository, "delta", 22)
    git(repository, "switch", "-q", "main")
    git(repository, "merge", "-q", "--no-edit", "beta")
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "merge", "-q", "--no-edit", "delta")

    assert "UU datapackage.json" in git(repository, "status", "--porcelain")


def test_everything_built_is_marked(repository: Path) -> None:
    """Each file that a build writes, and no other, is folded in reviews and merged by building."""
    files = [*render(checked(read_records(repository / RECORDS, RECORDS))), RATES]
    shown = git(repository, "check-attr", "merge", "linguist-generated", "--", *files)
    marked = re.findall(r"^(.+): (?:merge: built|linguist-generated: set)$", shown, re.MULTILINE)
    assert sorted([*files, *files]) == sorted(marked)
    for other in ("data/records/cases/alpha-i.yaml", "README.md", "docs/README.md"):
        assert "unspecified" in git(repository, "check-attr", "merge", "--", other)


def _ci(repository: Path, script: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run a script of CI in a project, as it is there."""
    (repository / ".ci").mkdir(exist_ok=True)
    shutil.copy(CI / script, repository / ".ci")

    return subprocess.run(
        [repository / ".ci" / script],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | ALONE | given,
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (["data/records/cases/alpha-i.yaml"], "false"),
        (["data/records/cases/alpha-i.yaml", "data/tables/cases.csv"], "false"),
        (["data/records/cases/alpha-i.yaml", "src/a b.py"], "true"),
        (["docs/README.md"], "true"),
    ],
)
def test_only_code_needs_all_tests(repository: Path, changed: list[str], code: str) -> None:
    """A pull request with records, and perhaps what is built of them, is not one of code."""
    for name in changed:
        path = repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text("utf-8") if path.exists() else "") + "# more\n", "utf-8")
    commit(repository, "change")
    assert _ci(repository, "changed").stdout == f"code={code}\n"


@pytest.fixture
def on_server(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the server's side of a project, of which a case was merged that is not built."""
    server = tmp_path_factory.mktemp("server")
    git(repository, "clone", "-q", "--bare", ".", str(server))
    path = repository / RECORDS / "cases" / "alpha-i.yaml"
    path.write_text(path.read_text("utf-8").replace("Operation Alpha", "Operation Beta"), "utf-8")
    commit(repository, "records alone")
    git(repository, "push", "-q", str(server), "main")
    return server


def test_what_is_built_is_committed_on_main(repository: Path, on_server: Path) -> None:
    """After a merge of records alone the next commit has what is built of them, and no other."""
    assert stale(repository)
    build(repository)
    done = _ci(repository, "built", REMOTE=str(on_server), BRANCH="main")
    head = git(on_server, "rev-parse", "main").strip()

    assert done.stdout == f"commit={head}\n"
    assert stale(repository) == []
    assert git(on_server, "log", "-1", "--format=%s", "main").strip() == "Build"
    again = _ci(repository, "built", REMOTE=str(on_server), BRANCH="main")
    assert (again.returncode, again.stdout) == (0, f"commit={head}\n")


def test_a_later_merge_builds_of_both(
    repository: Path, on_server: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Where somebody else merged meanwhile nothing is pushed, and nothing is to be checked."""
    other = tmp_path_factory.mktemp("other") / "clone"
    git(repository, "clone", "-q", str(on_server), str(other))
    (other / "more.txt").write_text("more\n")
    commit(other, "another merge")
    git(other, "push", "-q", "origin", "main")
    build(repository)
    done = _ci(repository, "built", REMOTE=str(on_server), BRANCH="main")

    assert (done.returncode, done.stdout) == (0, "")
    assert git(on_server, "log", "-1", "--format=%s", "main").strip() == "another merge"


def test_a_push_that_is_refused_fails(repository: Path, on_server: Path) -> None:
    """What the server does not take is seen."""
    (on_server / "hooks").mkdir(exist_ok=True)
    hook = on_server / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    build(repository)
    assert _ci(repository, "built", REMOTE=str(on_server), BRANCH="main").returncode
