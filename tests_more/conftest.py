"""What the weekly tests share: the project's own dataset."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import mini

import interpol_dataset
from interpol_dataset.build import build


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's folder."""
    return Path(__file__).parents[1]


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
