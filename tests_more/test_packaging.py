"""Tests of what is published: the source distribution, the wheel made from it, what they need."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hatchling import build as hatchling

from interpol_dataset._version import __version__

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

#: What only the project's home needs.
NOT_SHIPPED = (".github/", ".gitignore", ".vscode/")


def own_files() -> list[str]:
    """Return the paths of the project's files; in a source distribution, of all there are."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        return done.stdout.decode().rstrip("\0").split("\0")

    return [path.relative_to(ROOT).as_posix() for path in ROOT.glob("[!.]*/**/*.*")]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        name = hatchling.build_sdist(str(folder))
    shutil.unpack_archive(folder / name, folder, filter="data")

    return folder / name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def wheel(unpacked: Path) -> Path:
    """Return the wheel that the source distribution makes, unpacked."""
    folder = unpacked.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(unpacked)
        name = hatchling.build_wheel(str(folder))
    shutil.unpack_archive(folder / name, folder / "wheel", "zip")

    return folder / "wheel"


def test_source_distribution_has_the_project(unpacked: Path) -> None:
    """Everything that builds and tests the project is in the source distribution."""
    missing = [
        path
        for path in own_files()
        if not path.startswith(NOT_SHIPPED)
        and "__pycache__" not in path
        and not (unpacked / path).exists()
    ]

    assert missing == []


def test_source_distribution_makes_a_wheel_that_works(wheel: Path, tmp_path: Path) -> None:
    """The wheel has all data and the pages of all rules, and exports on its own."""
    command = (
        "import interpol_dataset as i; ds = i.load(); ds.export('out');"
        "assert i.__file__.startswith(__import__('sys').argv[1]); print(len(ds.cases));"
        "from interpol_dataset.rules.gate import RULES; [rule.page for rule in RULES.values()]"
    )
    done = subprocess.run(
        [sys.executable, "-c", command, str(wheel)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(wheel)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert str(len(list((ROOT / "data" / "records" / "cases").iterdir()))) == done.stdout.strip()
    assert (wheel / "interpol_dataset" / "values" / "countries.csv").is_file()
    assert (wheel / "interpol_dataset" / "schema" / "currencies.txt").is_file()


def test_page_on_the_package_index_has_no_dead_link(unpacked: Path) -> None:
    """The README is shown there without its relative links, which lead nowhere from there."""
    head, _, page = (unpacked / "PKG-INFO").read_text("utf-8").partition("\n\n")
    readme = (ROOT / "README.md").read_text("utf-8")
    linked = re.findall(r"\[([^\]]+)\]\(docs/", readme)

    assert linked
    assert [words for words in linked if words not in page] == []
    assert [link for link in re.findall(r"\]\(([^)]*)\)", page) if "://" not in link] == []
    assert len(readme.splitlines()) == len(page.splitlines())
    assert "Project-URL" not in head  # there is no address to show


def test_page_on_the_package_index_has_addresses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the repository is known, links lead to it at the version's tag."""
    monkeypatch.setenv("PROJECT_REPOSITORY", "https://example.org/a/b/")
    monkeypatch.chdir(ROOT)
    name = hatchling.build_sdist(str(tmp_path))
    shutil.unpack_archive(tmp_path / name, tmp_path, filter="data")
    text = (tmp_path / name.removesuffix(".tar.gz") / "PKG-INFO").read_text("utf-8")

    assert f"](https://example.org/a/b/blob/v{__version__}/docs/use/start-here.md)" in text
    assert "Project-URL: Changelog, https://example.org/a/b/blob/HEAD/CHANGELOG.md" in text
    assert "Project-URL: Homepage, https://example.org/a/b\n" in text


def test_what_is_built_needs_no_vocabulary_of_others() -> None:
    """No package whose versions list other countries or currencies is needed at run time."""
    needed = {re.split(r"[^a-z0-9-]", item)[0] for item in PROJECT["dependencies"]}

    assert {"click", "pyarrow", "pydantic", "pyyaml", "rich"} == needed


def pinned(name: str) -> dict[str, set[str]]:
    """Return the versions that a file of requirements pins, by package."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    versions: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([^ ;]+)", text, re.MULTILINE):
        versions.setdefault(package, set()).add(version)

    return versions


def test_lowest_versions_are_tested() -> None:
    """What the test of lowest versions installs are the bounds of each dependency and extra."""
    # Spark is tested in an environment of its own.
    extras = {**PROJECT["optional-dependencies"], "spark": ()}.values()
    bounds = [*PROJECT["dependencies"], *(item for extra in extras for item in extra)]
    lowest = pinned("lowest")

    for name, version in (bound.split(">=") for bound in bounds):
        found = {re.sub(r"(\.0)+$", "", item) for item in lowest[name.lower()]}
        assert {version} == found, name


def test_what_is_installed_is_pinned() -> None:
    """Each group of pyproject.toml has its file, in which every package has its hashes."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    shared = ("run", "test", "dev", "browser", "fuzz")

    assert {*groups, "lowest"} == {path.stem for path in (ROOT / "requirements").iterdir()}
    for group, wanted in groups.items():
        files = shared[: shared.index(group) + 1] if group in shared else [group]
        there = {name for file in files for name in pinned(file)}
        needed = [*wanted, *(PROJECT["dependencies"] if group == "run" else ())]
        names = {re.split(r"[^\w-]", item)[0].lower() for item in needed}
        assert names <= there, group
    for path in (ROOT / "requirements").iterdir():
        lines = path.read_text("utf-8").splitlines()
        assert [
            line
            for line, following in zip(lines, [*lines[1:], ""], strict=True)
            if not re.fullmatch(r"[\w.-]+==\S+( ; .+)? \\|    --hash=sha256:\w{64}( \\)?", line)
            or ("==" in line and not following.startswith("    --hash="))
        ] == []


def test_ci_runs_every_target() -> None:
    """What tests the project runs at each push or, where it is slow or rare, each week."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    more = set(re.findall(r"^test-more/(\w+):", makefile, re.MULTILINE))
    pushed, weekly = ((ROOT / ".ci" / name).read_text("utf-8") for name in ("run", "weekly"))

    assert {"test", "check"} <= set(re.findall(r"^make (?:-\S+ )*([\w-]+)", pushed, re.MULTILINE))
    assert "make fuzz" in weekly
    named = re.findall(r'test-more WHAT="(.*?)"', pushed + weekly)
    assert sorted(more - {"readers"}) == sorted(" ".join(named).split())


def test_there_are_few_targets() -> None:
    """Whoever types 'make' sees what there is at a glance."""
    listed = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert len(listed) == 13
    for name in ("core", "records"):
        listed = (ROOT / "tests" / f"{name}.txt").read_text().split()
        assert all((ROOT / line).exists() for line in listed)
