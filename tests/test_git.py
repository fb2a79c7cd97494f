"""Tests of :mod:`interpol_dataset.git`: a repository of a stranger runs and fetches nothing."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from helpers.command import run
from helpers.each import each
from helpers.git import commit
from helpers.git import git as asked
from interpol_dataset import git
from interpol_dataset.git import arrivals
from interpol_dataset.package.archives import package_directory

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the attacks are shell commands")

#: Since when git knows a defence; before, the others have to hold.
SINCE: Final = {"safe.bareRepository": (2, 38), "GIT_NO_LAZY_FETCH": (2, 45)}

#: A remote from which git would fetch what is missing, by a command.
PROMISOR: Final = """
[core]
    repositoryFormatVersion = 1
[extensions]
    partialClone = o
[remote "o"]
    promisor = true
    url = .
    uploadpack = MARK
"""
MISSING: Final = "1" * 40
FETCHING: Final = frozenset({"GIT_ALLOW_PROTOCOL", "GIT_NO_LAZY_FETCH"})


class Attack(NamedTuple):
    """
    A repository whose settings name a command.

    :param settings: What its settings say; ``MARK`` is the command.
    :param command: What git is asked.
    :param holding: The defences each of which holds alone; the others don't matter here.
    :param below: The folder that is the repository; a hostile ``.git`` where it is the top.
    """

    settings: str
    command: tuple[str, ...]
    holding: frozenset[str]
    below: str = "."


LOG: Final = ("log", "--format=", "--", ".")
ATTACKS: Final = {
    "a bare repository among records": Attack(
        PROMISOR, LOG, FETCHING | {"place", "safe.bareRepository"}, "data/records"
    ),
    "an object to be fetched": Attack(PROMISOR, ("cat-file", "-p", MISSING), FETCHING),
    "a signature": Attack(
        "[log]\nshowSignature = true\n[gpg]\nprogram = PROGRAM\n",
        LOG,
        frozenset({"log.showSignature"}),
    ),
    "a monitor": Attack("[core]\nfsmonitor = MARK\n", ("status",), frozenset({"core.fsmonitor"})),
    "a hook": Attack("", ("commit", "--allow-empty", "-m", "x"), frozenset({"core.hooksPath"})),
}  # fmt: skip


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """Return a file that is there once a command of the attacker was run."""
    return tmp_path / "marker"


def _commit(project: Path) -> None:
    """Make a repository of a project, with one commit that claims to be signed."""
    asked(project, "init", "-q", "-b", "main")
    commit(project, "first")
    text = asked(project, "cat-file", "-p", "HEAD")
    signed = text.replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n -----END PGP SIGNATURE-----\n\n", 1
    )
    made = asked(project, "hash-object", "-t", "commit", "-w", "--stdin", stdin=f"{signed}\n")
    asked(project, "update-ref", "refs/heads/main", made)


def _plant(attack: Attack, project: Path, marker: Path) -> Path:
    """Make the repository of an attack, and return the folder that git is asked in."""
    folder = project / attack.below
    program = marker.with_name("program")
    program.write_text(f"#!/bin/sh\ntouch {marker}\nexit 1\n", "utf-8")
    program.chmod(0o755)
    place = folder / ".git" if attack.below == "." else folder
    if attack.below == ".":
        (place / "hooks").mkdir(exist_ok=True)
        shutil.copy(program, place / "hooks" / "pre-commit")
    else:
        (place / "objects" / "x").mkdir(parents=True)
        (place / "refs" / "heads").mkdir(parents=True)
        (place / "HEAD").write_text("ref: refs/heads/main\n")
        (place / "refs" / "heads" / "main").write_text(f"{MISSING}\n")
    text = attack.settings.replace("MARK", f'"touch {marker}; false"').replace(
        "PROGRAM", str(program)
    )
    with (place / "config").open("a", encoding="utf-8") as file:
        file.write(f"\n[user]\nname = A\nemail = a@example.org\n{text}")

    return folder


def _leave(kept: frozenset[str], patch: pytest.MonkeyPatch) -> None:
    """Take all defences away but some."""
    for table in ("SETTINGS", "ENVIRONMENT"):
        left = {name: value for name, value in getattr(git, table).items() if name in kept}
        patch.setattr(git, table, left)
    if "place" not in kept:
        patch.setattr(git, "_place", lambda _: ())


def _marks(attack: Attack, folder: Path, marker: Path, kept: frozenset[str]) -> bool:
    """Return whether the command of an attack is run with some defences alone."""
    marker.unlink(missing_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        _leave(kept, patch)
        with contextlib.suppress(git.GitError):
            git.ask(folder, *attack.command)
    return marker.exists()


@pytest.mark.parametrize("name", ATTACKS)
def test_which_defence_holds(name: str, project: Path, marker: Path) -> None:
    """Each attack works without defences, fails with any one that counts, and with all of them."""
    attack = ATTACKS[name]
    _commit(project)
    folder = _plant(attack, project, marker)
    version = tuple(int(part) for part in re.findall(r"\d+", asked(project, "--version"))[:2])
    every = frozenset({"place", *git.SETTINGS, *git.ENVIRONMENT})

    assert _marks(attack, folder, marker, frozenset())
    assert _marks(attack, folder, marker, every - attack.holding)
    assert not _marks(attack, folder, marker, every)
    assert [
        defence
        for defence in attack.holding
        if SINCE.get(defence, (0, 0)) <= version
        and _marks(attack, folder, marker, frozenset({defence}))
    ] == []


def test_records_bring_no_command(project: Path, marker: Path) -> None:
    """Records that are a bare repository are checked like others, also where history is asked."""
    _commit(project)
    _plant(ATTACKS["a bare repository among records"], project, marker)
    source = project / "data" / "records" / "sources" / "daily-2022-alpha.yaml"
    twin = source.with_name("daily-2022-beta.yaml")
    twin.write_text(
        source.read_text("utf-8").replace("id: daily-2022-alpha", "id: daily-2022-beta"), "utf-8"
    )

    done = run("validate", "--root", project)

    assert "PKG008" in done.out
    assert "daily-2022-beta.yaml" in done.out
    assert not marker.exists()
    assert arrivals(source.parents[1]).keys() >= {"sources/daily-2022-alpha.yaml"}


def test_a_revision_is_read_without_filters(current: Path, marker: Path) -> None:
    """A repository whose settings change files as they are read, as ``git archive`` obeys."""
    _commit(current)
    settings = '[filter "x"]\nsmudge = MARK\nprocess = MARK\n[diff "x"]\ntextconv = MARK\n'
    _plant(Attack(PROMISOR + settings, (), frozenset()), current, marker)
    (current / ".git" / "info").mkdir(exist_ok=True)
    (current / ".git" / "info" / "attributes").write_text("* filter=x diff=x\n")
    with package_directory("HEAD", current) as found:
        assert (found / "datapackage.json").read_bytes() == (
            current / "datapackage.json"
        ).read_bytes()
    assert not marker.exists()

    subprocess.run(["git", "archive", "HEAD"], cwd=current, check=False, capture_output=True)  # noqa: S607
    assert marker.exists()


@each("lost", ["data/tables/cases.csv", "datapackage.json"])
def test_a_revision_that_would_be_fetched(
    lost: str, built: Path, tmp_path: Path, marker: Path
) -> None:
    """Where a file of it is missing, that is an error, and nothing is run to get it."""
    project = shutil.copytree(built, tmp_path / "project")
    _commit(project)
    _plant(ATTACKS["an object to be fetched"], project, marker)
    id_ = asked(project, "rev-parse", f"HEAD:{lost}")
    (project / ".git" / "objects" / id_[:2] / id_[2:]).unlink()

    assert run("diff", "HEAD", "--repository", project).code == 2
    assert not marker.exists()


def test_where_git_is_asked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a repository's own top folder counts, whatever the environment says."""
    _commit(project)
    monkeypatch.setenv("GIT_DIR", "/nowhere")

    assert git.ask(project, "rev-parse", "HEAD")
    with pytest.raises(git.NoRepositoryError, match="not the top folder"):
        git.ask(project / "data", "rev-parse", "HEAD")

    _git_settings = project / ".git" / "config"
    _git_settings.write_text(f"{_git_settings.read_text()}\n[core]\nworktree = /\n")
    with pytest.raises(git.NoRepositoryError, match="says that it is one of '/'"):
        git.ask(project, "rev-parse", "HEAD")


def test_a_program_in_the_folder_is_not_git(
    project: Path, marker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search path that names the current folder finds no git of a stranger there."""
    _commit(project)
    program = project / "git"
    program.write_text(f"#!/bin/sh\ntouch {marker}\n")
    program.chmod(0o755)
    monkeypatch.chdir(project)
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".", os.environ["PATH"])))
    assert git.ask(project, "rev-parse", "HEAD")
    monkeypatch.setenv("PATH", ".")
    with pytest.raises(git.GitError, match="not installed"):
        git.ask(project, "rev-parse", "HEAD")

    assert not marker.exists()
