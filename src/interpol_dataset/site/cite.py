"""
How the dataset and its pages are cited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interpol_dataset.dataset.cite import cite_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.site.render import Renderer


#: The styles that a page offers, by their names.
_STYLES: Final = {"apa": "APA", "bibtex": "BibTeX"}


def citations(site: Renderer, path: str, title: str, note: str) -> list[tuple[str, str]]:
    """
    Return how a page is cited, by the name of each style.

    :param site: The site.
    :param path: The page's path.
    :param title: The page's title.
    :param note: What it shows: "Record haechi-iii".
    """
    url = site.address(path) if site.target.url else ""
    key = path.removesuffix(".html").replace("/", "-")

    return _named(cite_page(site.tables, url, (key, title, note)))


def of_dataset(site: Renderer) -> list[tuple[str, str]]:
    """Return how the dataset itself is cited, by the name of each style."""
    return _named(cite_page(site.tables, site.target.url))


def _named(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, texts[style]) for style, name in _STYLES.items()]
