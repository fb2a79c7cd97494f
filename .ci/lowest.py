"""Print the requirements of a test with the lowest versions that pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]

#: What the tests need beside the package. Their versions are pinned in constraints.txt.
TOOLS: Final = (
    *(
        "currencyconverter",
        "pytest",
        "pytest-xdist",
        "hypothesis",
        "edtf",
        "pyparsing",
        "iso3166",
        "iso4217",
    ),
    *(
        "altair",
        "bibtexparser",
        "citeproc-py",
        "country-converter",
        "datasette",
        "dplib-py",
        "frictionless",
        "iso639-lang",
    ),
    *("html5lib", "jsonschema", "openpyxl", "rispy"),
)


def requirements() -> list[str]:
    """Return the lowest versions of all dependencies, and the pinned ones of the tools."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    # Spark is tested in an environment of its own.
    extras = {**project["optional-dependencies"], "spark": ()}.values()
    lowest = [*project["dependencies"], *(item for extra in extras for item in extra)]
    pinned = (ROOT / "constraints.txt").read_text("utf-8")

    return [item.replace(">=", "==") for item in lowest] + [
        found[0] for name in TOOLS if (found := re.search(rf"^{name}==[^ ]+", pinned, re.MULTILINE))
    ]


if __name__ == "__main__":
    print("\n".join(requirements()))
