"""Tests of what CI decides: whether a pull request needs more than the checks of records."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RECORD = "data/records/cases/one.yaml"


def git(repository: Path, *arguments: str) -> None:
    """Run git with an author of its own."""
    author = ("-c", "user.name=a", "-c", "user.email=a@post.example")
    command = ["git", *author, *arguments]
    subprocess.run(command, cwd=repository, check=True, capture_output=True)


def changed(repository: Path) -> subprocess.CompletedProcess[str]:
    """Run the script in a repository."""
    command = [repository / ".ci" / "changed"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository of one commit: the script, a module and a built table."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "changed", tmp_path / ".ci")
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    for name in ("src/module.py", "data/tables/cases.csv"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("text\n" * 9)
    (tmp_path / RECORD).parent.mkdir(parents=True)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "First")

    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("", RECORD, "false"),
        ("data/tables/cases.csv", "data/tables/more.csv", "false"),
        ("", "docs/dev/gate-and-drafter.md", "true"),
        ("src/module.py", RECORD, "true"),
    ],
)
def test_what_is_code(repository: Path, old: str, new: str, code: str) -> None:
    """Records and built files are none; code that becomes a record was code."""
    path = repository / new
    path.parent.mkdir(parents=True, exist_ok=True)
    if old:
        (repository / old).rename(path)
    else:
        path.write_text("text\n")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "Second")

    assert changed(repository).stdout == f"code={code}\n"


def test_what_cannot_be_told(repository: Path) -> None:
    """Without the commit before, nothing is said, rather than that no code has changed."""
    done = changed(repository)

    assert done.returncode
    assert not done.stdout
