"""Tests of what is public, of what importing costs, and of the version."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

import interpol_dataset

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"pandas", "polars", "frictionless", "duckdb", "pydantic", "pyarrow", "rich", "yaml"}


def imported(code: str, root: Path) -> set[str]:
    """Return the top-level modules that are there after some code has run in a new process."""
    command = f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True, cwd=root
    )

    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def test_importing_is_light(root: Path) -> None:
    """Importing the package imports none of the libraries that it can work with."""
    assert set() == HEAVY & imported("import interpol_dataset", root)


def test_loading_to_arrow_is_light(root: Path) -> None:
    """Loading a table to Arrow imports neither data frames nor models."""
    code = "import interpol_dataset as i; assert i.load().cases.to_arrow().num_rows"

    assert {"pyarrow"} == HEAVY & imported(code, root)


def test_help_is_light(root: Path) -> None:
    """The help of the command line imports no data library."""
    code = (
        "from interpol_dataset.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit as error: assert not error.code"
    )

    assert set() == {"pandas", "polars", "frictionless", "duckdb"} & imported(code, root)


@pytest.mark.parametrize("name", interpol_dataset.__all__)
def test_public_names_are_there(name: str) -> None:
    """Every public name can be imported, and says what it is."""
    value = getattr(interpol_dataset, name)

    assert name in dir(interpol_dataset)
    assert isinstance(value, str) or value.__doc__


def test_no_other_name_is_there() -> None:
    """A name that is not there is missing, as anywhere."""
    with pytest.raises(AttributeError, match="has no attribute 'nope'"):
        interpol_dataset.nope  # noqa: B018  # looking is what is tested


def test_public_names_are_sorted() -> None:
    """The public names stand in alphabetical order."""
    assert sorted(interpol_dataset.__all__) == list(interpol_dataset.__all__)


def test_public_names_are_the_documented_ones(root: Path) -> None:
    """The documentation names every public name, and no other."""
    page = (root / "docs" / "python.md").read_text("utf-8")
    section = re.search(r"^## Public names\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)

    assert section
    assert sorted(interpol_dataset.__all__) == sorted(re.findall(r"`(\w+)`", section[1]))


def test_every_module_has_its_names() -> None:
    """The names that a module says it offers are there."""
    from importlib import import_module  # noqa: PLC0415
    from pkgutil import iter_modules  # noqa: PLC0415

    for module in iter_modules(interpol_dataset.__path__, "interpol_dataset."):
        if module.name.endswith("__main__"):
            continue
        loaded = import_module(module.name)
        assert [] == [name for name in getattr(loaded, "__all__", []) if not hasattr(loaded, name)]


def test_changelog_is_of_this_version(root: Path) -> None:
    """The changelog's top entry is about this version."""
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    (version,) = re.findall(r"^## \[?(\d\S*?)\]?(?: |$)", changelog, re.MULTILINE)[:1]

    assert interpol_dataset.__version__ == version


def test_citation_is_of_this_version(root: Path) -> None:
    """Who cites the dataset by its citation file cites this version."""
    citation = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))

    assert interpol_dataset.__version__ == str(citation["version"])
    assert "1.2.0" == str(citation["cff-version"])
    assert {"title", "authors", "message"} < set(citation)


def test_data_is_of_this_version(dataset: interpol_dataset.Dataset) -> None:
    """Code and data have one version."""
    assert interpol_dataset.__version__ == dataset.version
