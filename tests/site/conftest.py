"""A site of some real operations, built once."""

from collections.abc import Mapping

import pytest

from helpers.sample import sample
from interpol_dataset import Dataset
from interpol_dataset.site.build import render
from interpol_dataset.site.model import Model
from interpol_dataset.site.read import read
from interpol_dataset.site.render import Target

TARGET = Target("https://example.org/interpol/", "https://example.org/project")


@pytest.fixture(scope="session")
def few(dataset: Dataset) -> Dataset:
    """Return a dataset of some cases."""
    return sample(dataset)


@pytest.fixture(scope="session")
def site(few: Dataset) -> Mapping[str, str]:
    """Return the files of the site, as text, by their paths."""
    return {
        file.path: file.content
        if isinstance(file.content, str)
        else file.content.decode(errors="replace")
        for file in render(few, TARGET)
    }


@pytest.fixture(scope="session")
def model(dataset: Dataset) -> Model:
    """Return what the site shows of all cases."""
    return read(dataset)
