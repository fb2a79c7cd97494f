"""
Pin what the groups of pyproject.toml need, by version and hash, in requirements/; needs uv.

Versions stay as they are where they fit; ``make tools WHAT=lock UPGRADE=1`` takes the newest. The
files have names, versions and hashes but no addresses, so any index can serve them.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "requirements"

#: What is installed one after the other into one environment. A file lacks what those before have.
SHARED: Final = ("run", "test", "dev", "browser", "fuzz")
#: What has an environment of its own, and whether this package is run there.
APART: Final = {"spark": True, "metadata": False}

#: A requirement: the line with its version, and those with its hashes.
_PIN: Final = re.compile(r"^\S.*\n(?:[ ]{4}--hash=.*\n)+", re.MULTILINE)


def lowest() -> list[str]:
    """Return the lowest versions that pyproject.toml allows, but for Spark."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {**project["optional-dependencies"], "spark": ()}.values()
    listed = [*project["dependencies"], *(item for extra in extras for item in extra)]

    return [item.replace(">=", "==") for item in listed]


def pins(*arguments: str | Path, versions: str) -> list[str]:
    """
    Return what some requirements need, with all they need themselves.

    :param arguments: Arguments to uv that name the requirements.
    :param versions: The content of a file of requirements whose versions stay.
    """
    with tempfile.TemporaryDirectory() as folder:
        kept, out = Path(folder) / "kept.txt", Path(folder) / "out.txt"
        kept.write_text(versions, "utf-8")
        options = ("--universal", "--python-version", "3.11", "--generate-hashes", "--quiet")
        plain = ("--no-header", "--no-annotate", "--constraints", kept, "--output-file", out)
        command = ("uv", "pip", "compile", *arguments, *options, *plain)
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  # uv, with our own arguments

        return _PIN.findall(out.read_text("utf-8"))


def written(name: str) -> str:
    """Return the content of a file of requirements; empty where there is none."""
    path = FOLDER / f"{name}.txt"

    return path.read_text("utf-8") if path.is_file() else ""


def write(name: str, found: list[str], before: set[str] | None = None) -> None:
    """Write a file of requirements without those that are installed before it."""
    own = [pin for pin in found if pin not in (before or ())]
    (FOLDER / f"{name}.txt").write_text("".join(own), "utf-8")
    print(f"{name}: {len(own)} packages")


def lock(*, upgrade: bool) -> None:
    """Write all files."""
    shared = "" if upgrade else "".join(map(written, SHARED))
    together = [word for name in SHARED for word in ("--group", name)]
    versions = "".join(pins("pyproject.toml", *together, versions=shared))

    before: set[str] = set()
    for name in SHARED:
        found = pins("pyproject.toml", "--group", name, versions=versions)
        write(name, found, before)
        before |= {*found}
    for name, is_run in APART.items():
        package = ["pyproject.toml"] if is_run else []
        kept = "" if upgrade else written(name)
        write(name, pins(*package, "--group", name, versions=kept))

    with tempfile.NamedTemporaryFile("w", suffix=".in", encoding="utf-8") as file:
        file.write("\n".join(lowest()))
        file.flush()
        found = pins(file.name, "--group", "test", versions="" if upgrade else written("lowest"))
    write("lowest", found)


def main() -> int:
    """Pin everything."""
    parser = argparse.ArgumentParser(description="Pin what the groups of pyproject.toml need.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    lock(upgrade=parser.parse_args().upgrade)

    return 0


if __name__ == "__main__":
    sys.exit(main())
