"""
The whole site: every page, in a fixed order, from a package and the project's guides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from interpol_dataset.site.pages import cases, documents, home, metrics, operations, places, series
from interpol_dataset.site.read import read
from interpol_dataset.site.render import File, Renderer, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.dataset.dataset import Dataset

__all__ = ["KINDS", "render"]

#: The kinds of pages, in the order in which they are built.
KINDS = (home, operations, cases, series, places, metrics, documents)


def render(dataset: Dataset, target: Target | None = None) -> Iterator[File]:
    """
    Render the site of a package.

    :param dataset: The package.
    :param target: Where the site will be.
    :raises PackageError: The package lacks a table that the site needs.
    """
    site = Renderer(read(dataset), target or Target())
    for kind in KINDS:
        yield from kind.pages(site)
