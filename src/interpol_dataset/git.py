"""
Git, asked only what it can answer without running or fetching anything.

A repository's settings may name commands, and a folder of a stranger's may be a repository. So git
is told which repository it is, and what it may not do, whatever the settings of that repository.
Each defence holds without the others, in case git is too old to know one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

#: How long git may take, in seconds.
_PATIENCE: Final = 20

#: Settings that a repository can't change.
SETTINGS: Final = {
    "safe.bareRepository": "explicit",
    "core.fsmonitor": "",
    "core.hooksPath": os.devnull,
    "log.showSignature": "false",
}

#: What no setting can change. An old git does not know how to leave out what it lacks, but no git
#: fetches by a protocol that is not allowed, and none is.
ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",  # its words are read
}

_COMMAND: Final = (
    *("log", "--diff-filter=A", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv"),
    *("--format=", "-z"),
)


class GitError(Exception):
    """Git gives no answer, for the reason that this says."""


class NoRepositoryError(GitError):
    """A folder is not the top of a repository."""


def ask(top: Path, *command: str, stdin: bytes = b"") -> bytes:
    """
    Run a command of git in a repository, and return what it prints.

    :param top: The top folder of the repository; its subfolders are not repositories.
    :param command: The command, which must not be one that applies filters (``git archive`` does).
    :raises GitError: It is not one, or git is not installed, refuses, fails, or takes too long.
    """
    return _run(top, (*_place(top), *command), stdin)


def _place(top: Path) -> tuple[str, ...]:
    """Return options that name the repository, once git agrees with where it is and whose."""
    here = top.resolve()
    if not (here / ".git").exists():
        raise NoRepositoryError(f"'{here}' is not the top folder of a Git repository")
    said = _run(here, ("rev-parse", "--show-toplevel")).decode(errors="surrogateescape")
    found = Path(said.rstrip("\n"))
    if not (found.is_dir() and found.samefile(here)):
        raise NoRepositoryError(f"the repository in '{here}' says that it is one of '{found}'")
    return f"--git-dir={here / '.git'}", f"--work-tree={here}"


def _run(folder: Path, arguments: tuple[str, ...], stdin: bytes = b"") -> bytes:
    settings = [part for item in SETTINGS.items() for part in ("-c", "=".join(item))]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603  # no shell, and a program of an absolute path
            [_program(), "--no-pager", *settings, *arguments],
            cwd=folder,
            env=kept | ENVIRONMENT,
            input=stdin,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GitError(f"Git takes more than {_PATIENCE} seconds") from error
    except OSError as error:
        raise GitError("Git can't be run") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise GitError(said.removeprefix("fatal: ") or "Git failed")

    return done.stdout


def _program() -> str:
    """Return the path of git, which must not be in a folder that is examined."""
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in map(Path, os.get_exec_path()):
        if folder.is_absolute() and os.access(folder / name, os.X_OK):
            return str(folder / name)
    raise GitError("Git is not installed")


def arrivals(folder: Path) -> dict[str, int]:
    """
    Return the order in which the files of a folder were added to the project's repository.

    :returns: A number for each file by its path in the folder: 0 for the latest, less for earlier
        ones. A file that was never committed has none; no file has one where git knows nothing.
    """
    data = folder.resolve().parent
    inside = f"{data.name}/{folder.name}"
    try:
        printed = ask(data.parent, *_COMMAND, f"--relative={inside}", "--", inside)
    except GitError:
        return {}
    names = (name.lstrip("\n") for name in printed.decode(errors="replace").split("\0"))
    order: dict[str, int] = {}
    for number, name in enumerate(filter(None, names)):
        # A file that was removed and added again counts from its last arrival.
        order.setdefault(name, -number)
    return order
