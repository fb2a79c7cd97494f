"""Print the requirements of a test with the lowest versions that pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]

#: What the tests need beside the package. Their versions are pinned in constraints.txt.
TOOLS: Final = (
    "altair",
    "bibtexparser",
    "citeproc-py",
    "country-converter",
    "datasette",
    "dplib-py",
    "edtf",
    "frictionless",
    "html5lib",
    "hypothesis",
    "iso3166",
    "iso4217",
    "iso639-lang",
    "jsonschema",
    "openpyxl",
    "pyparsing",
    "pytest",
    "pytest-xdist",
    "rispy",
)


def requirements() -> list[str]:
    """Return the lowest versions of all dependencies, and the pinned ones of the tools."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    # Spark is tested in an environment of its own.
    extras = {**project["optional-dependencies"], "spark": ()}.values()
    lowest = [*project["dependencies"], *(item for extra in extras for item in extra)]
    constraints = (ROOT / "constraints.txt").read_text("utf-8")
    pinned = dict(re.findall(r"^([^ =]+)==([^ ]+)", constraints, re.MULTILINE))

    return [
        *(item.replace(">=", "==") for item in lowest),
        *(f"{name}=={pinned[name]}" for name in TOOLS),
    ]


if __name__ == "__main__":
    print("\n".join(requirements()))
