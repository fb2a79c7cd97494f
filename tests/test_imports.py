"""Tests of what is public, of what importing costs, and of the version."""

import ast
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
import yaml

import interpol_dataset
from helpers.each import each
from helpers.sample import sample
from interpol_dataset import Dataset
from interpol_dataset._version import RELEASED

HEAVY = {
    *("pandas", "polars", "frictionless", "duckdb", "xlsxwriter", "pydantic", "pyarrow", "rich"),
    *("yaml", "jinja2"),
    "email",  # half of a start, which importlib.metadata brings
}

#: The names of all modules, but for the one that runs the command.
MODULES = [
    module.name
    for module in walk_packages(interpol_dataset.__path__, "interpol_dataset.")
    if not module.name.endswith("__main__")
]


def imported(code: str, root: Path) -> set[str]:
    """Return the top-level modules that are there after some code has run in a new process."""
    command = f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True, cwd=root
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


#: What is imported where a library is used, a command run, or a folder looked into.
LOADED = {
    "import interpol_dataset": set(),
    "import interpol_dataset as i; assert i.load().cases.to_arrow().num_rows": {"pyarrow"},
    "import interpol_dataset as i; i.load().explain('haechi-iii', 'period').sentence": {"pyarrow"},
    **{
        "from interpol_dataset.cli import main\n"
        f"try: main({arguments})\n"
        "except SystemExit as error: assert not error.code": set()
        for arguments in (["--help"], ["--version"], ["export", "--help"])
    },
    **{
        f"import {', '.join(name for name in MODULES if name.startswith(folder))}": {"pyarrow"}
        for folder in (
            *("interpol_dataset.package", "interpol_dataset.dataset.tables"),
            *("interpol_dataset.tablecheck", "interpol_dataset.validate.tables"),
        )
    },
    "import interpol_dataset.rules.tables": set(),
    "import interpol_dataset.site.build": {"jinja2", "pyarrow"},
}


@each("code, expected", LOADED.items())
def test_imports_are_few(root: Path, code: str, expected: set[str]) -> None:
    """Help imports no library; neither data frames nor models are needed to read or explain."""
    assert HEAVY & imported(code, root) == expected


def test_public_names_are_there() -> None:
    """Public names are in alphabetical order and say what they are; no other is there."""
    values = {name: getattr(interpol_dataset, name) for name in interpol_dataset.__all__}
    assert list(values) == sorted(values)
    assert values.keys() <= {*dir(interpol_dataset)}
    assert [name for name, it in values.items() if not isinstance(it, str) and not it.__doc__] == []
    with pytest.raises(AttributeError, match="has no attribute 'nope'"):
        interpol_dataset.nope  # noqa: B018  # looking is what is tested


def test_no_module_imports_what_imports_it() -> None:
    """Imports run in no circle: those for types count, and those within functions."""
    try:
        TopologicalSorter({name: imports_of(name) for name in MODULES}).prepare()
        circle = []
    except CycleError as error:
        circle = error.args[1]
    assert circle == []


def imports_of(name: str) -> set[str]:
    """Return the modules of the package that the source of one imports anywhere."""
    tree = ast.parse(inspect.getsource(import_module(name)))
    found: set[str] = set()
    for statement in ast.walk(tree):
        if isinstance(statement, ast.ImportFrom):
            modules = {f"{statement.module}.{item.name}" for item in statement.names}
            found |= modules if modules <= {*MODULES} else {str(statement.module)}
    return found.intersection(MODULES)


@each("status", ["reported", "certain"])
def test_checking_a_table_is_light(root: Path, tmp_path: Path, status: str) -> None:
    """The command imports no models to check a table and to report what it found."""
    content = (root / "data" / "tables" / "outcomes.csv").read_text("utf-8")
    path = tmp_path / "outcomes.csv"
    path.write_text(content.replace(",documented,", f",{status},"), "utf-8")
    code = (
        "from interpol_dataset.cli import main\n"
        f"try: main(['validate', {str(path)!r}, '--as', 'outcomes'])\n"
        f"except SystemExit as error: assert error.code == {int(status == 'certain')}"
    )

    assert HEAVY & imported(code, root) == {"pyarrow"}


@each("name", ["ds", "table"])
def test_public_attributes_are_the_documented_ones(dataset: Dataset, name: str) -> None:
    """The documentation shows every public attribute of a dataset and a table, and no other."""
    shown = set(re.findall(rf"\b{name}\.(\w+)", PAGE.replace("ds.outcomes.", "table.")))
    owner = dataset if name == "ds" else dataset.outcomes
    attributes = {word for word in dir(owner) if not word.startswith("_")}
    known = {*dataset.tables, *dir(Mapping)}
    assert attributes - known == shown - known


def test_documented_values() -> None:
    """A value that the documentation shows beside an expression is the expression's."""
    shown = re.findall(r"^(\S.*?)  # ([\w.]+\(.*\))$", PAGE, re.MULTILINE)
    names = {
        "interpol_dataset": interpol_dataset,
        "datetime": import_module("datetime"),
        "Decimal": Decimal,
    }

    assert shown
    for expression, value in shown:
        assert eval(value, names) == eval(expression, names)  # noqa: S307  # its own page


PAGE = (Path(__file__).parents[1] / "docs" / "use" / "python.md").read_text("utf-8")


def test_public_names_are_the_documented_ones() -> None:
    """The documentation names every public name, and no other."""
    section = re.search(r"^## Public names\n\n(.*?)\n\n", PAGE, re.MULTILINE | re.DOTALL)
    assert section
    assert list(interpol_dataset.__all__) == re.findall(r"`(\w+)`", section[1])


def test_documented_examples_run(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The examples of the documentation run one after the other, as they are, on some cases."""
    monkeypatch.chdir(tmp_path)
    few, load = sample(dataset), interpol_dataset.load
    monkeypatch.setattr(interpol_dataset, "load", lambda *path: load(*path) if path else few)
    few.export("out", "parquet")
    names: dict[str, object] = {}
    for example in re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        exec(compile(example, "docs/use/python.md", "exec"), names)  # noqa: S102  # its own page

    assert {"out", "parquet", "csv", "lite", "duck", "excel"} == {
        path.name for path in tmp_path.iterdir()
    }


def test_every_module_has_its_names() -> None:
    """The names that a module says it offers are there."""
    named = [(module, getattr(module, "__all__", [])) for module in map(import_module, MODULES)]
    assert [
        (module.__name__, word)
        for module, names in named
        for word in names
        if not hasattr(module, word)
    ] == []


def test_everything_is_of_this_version(root: Path, dataset: interpol_dataset.Dataset) -> None:
    """Code, data, the changelog's top entry and the citation file have one version."""
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    (version,) = re.findall(r"^## \[?(\d\S*?)\]?(?: |$)", changelog, re.MULTILINE)[:1]
    citation = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    assert {version, dataset.version, str(citation["version"])} == {interpol_dataset.__version__}
    assert (str(citation["date-released"]), str(citation["cff-version"])) == (RELEASED, "1.2.0")
    assert {"title", "authors", "message"} < set(citation)
