"""
What all tests share: Hypothesis's profiles, the project, and datasets to look into.

The normal profile draws few examples, so that the suite is quick on the desk;
``HYPOTHESIS_PROFILE=ci`` draws many.
"""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import interpol_dataset
from helpers import mini
from helpers.committed import committed
from interpol_dataset.build import build
from interpol_dataset.evidence.facts import Facts, assess
from interpol_dataset.records.document import Records
from interpol_dataset.tables.tabulate import TableRows, tabulate

settings.register_profile(
    "normal", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "ci", max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
if not hasattr(os, "mkfifo"):  # on Windows, where the tests of pipes are skipped
    os.mkfifo = lambda *_: pytest.skip("this system has no pipes in folders")

settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "normal"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Say which worker gets which tests, where there are several."""
    from helpers.schedule import Scheduling  # noqa: PLC0415  # of a library that need not be there

    return Scheduling(config, log)


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from looking through all modules again and again."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Any:
    """Keep it from what all tests share, too."""
    made = yield
    if fixturedef.scope == "session":
        gc.freeze()
    return made


@pytest.fixture(scope="session", autouse=True)
def _surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the cache of tests out of the user's own, and don't wait for the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        patch.setenv("INTERPOL_DATASET_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's folder."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def records() -> Records:
    """Return the project's own records."""
    return committed().records


@pytest.fixture(scope="session")
def facts(records: Records) -> Facts:
    """Return the facts of the project's own records."""
    return assess(records)


@pytest.fixture(scope="session")
def tables(records: Records, facts: Facts) -> TableRows:
    """Return the rows of the project's own records."""
    return tabulate(records, facts)


@pytest.fixture(scope="session")
def dataset(root: Path) -> interpol_dataset.Dataset:
    """Return the project's own dataset, as it is committed."""
    return interpol_dataset.load(root)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a small project of its own, not yet built."""
    return mini.write(tmp_path / "project")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small project that is built; tests do not change it."""
    folder = mini.write(tmp_path_factory.mktemp("built"))
    build(folder)
    return folder


@pytest.fixture(scope="session")
def small(built: Path) -> interpol_dataset.Dataset:
    """Return the dataset of the small project."""
    return interpol_dataset.load(built)


@pytest.fixture
def current(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the small project that is built, to be changed."""
    return shutil.copytree(built, tmp_path / "project")


@pytest.fixture
def outcomes(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the small project's table of outcomes."""
    return Path(shutil.copy(built / "data" / "tables" / "outcomes.csv", tmp_path))
