"""
The whole site: every page, in a fixed order, from a package and the project's guides.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.dataset.fitting import fitting
from interpol_dataset.site.markdown import guides
from interpol_dataset.site.pages import (
    about,
    cases,
    changes,
    documents,
    home,
    metrics,
    operations,
    places,
    series,
    statements,
)
from interpol_dataset.site.pages import guides as guide_pages
from interpol_dataset.site.read import read
from interpol_dataset.site.render import File, Renderer, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from interpol_dataset.dataset.dataset import Dataset


#: The kinds of pages, in the order in which they are built; what lists all pages is last.
KINDS: Final = {
    "home": home,
    "operations": operations,
    "cases": cases,
    "series": series,
    "countries and areas": places,
    "figures": metrics,
    "claims, challenges, lessons": statements,
    "sources and organizations": documents,
    "changes": changes,
    "guides": guide_pages,
    "downloads and search": about,
}


def render(
    dataset: Dataset,
    target: Target | None = None,
    progress: Callable[[str], None] | None = None,
) -> Iterator[File]:
    """
    Render the site of a package, file by file.

    :param dataset: The package.
    :param target: Where the site will be.
    :param progress: Called with the name of each kind of pages before it is rendered.
    :raises PackageError: The package lacks a table that the site needs, or its tables do not fit
        together.
    """
    aim = target or Target()
    with fitting(dataset.tables):
        site = Renderer(read(dataset), dataset.tables, guides(aim.repository), aim)
        for name, kind in KINDS.items():
            if progress is not None:
                progress(name)
            yield from kind.pages(site)
    static = Path(__file__).with_name("static")
    for path in sorted(static.iterdir()):
        yield File(f"static/{path.name}", path.read_bytes())
