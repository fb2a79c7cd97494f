"""Git, whatever the machine's own settings are."""

import os
import subprocess
from pathlib import Path
from typing import Final

ALONE: Final = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull} | {
    f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}


def git(folder: Path, *arguments: str, stdin: str = "") -> str:
    """Run Git in a folder, and return what it says."""
    done = subprocess.run(
        ["git", *arguments],  # noqa: S607  # whichever Git is there
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        input=stdin,
        env=os.environ | ALONE,
    )
    return done.stdout.strip()


def commit(folder: Path, message: str) -> None:
    """Commit all that is in a folder."""
    git(folder, "add", ".")
    git(folder, "commit", "-qm", message)
