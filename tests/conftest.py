"""
What all tests share: Hypothesis's profiles, the project, and datasets to look into.

The normal profile draws few examples, so that the suite is quick on the desk;
``HYPOTHESIS_PROFILE=ci`` draws many.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import interpol_dataset
from helpers import mini
from helpers.committed import committed
from interpol_dataset.build import build
from interpol_dataset.evidence.facts import assess
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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give one worker all tests of a file; and all of the site, and of what takes long to read."""
    slow = {"records", "tables"}
    reading = {item.path for item in items if slow & {*getattr(item, "fixturenames", ())}}
    for item in items:
        group = "records" if item.path in reading else str(item.path)
        is_site = item.path.parent.name == "site"
        item.add_marker(pytest.mark.xdist_group("site" if is_site else group))


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the cache of tests out of the user's own."""
    with pytest.MonkeyPatch.context() as patch:
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
def tables(records: Records) -> TableRows:
    """Return the rows of the project's own records."""
    return tabulate(records, assess(records))


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
