"""
How a page is cited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interpol_dataset.dataset.cite import cite_page

if TYPE_CHECKING:
    from interpol_dataset.site.render import Renderer

__all__ = ["citations"]

#: The styles that a page offers, by their names.
_STYLES: Final = {"apa": "APA", "bibtex": "BibTeX", "ris": "RIS"}


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
    texts = cite_page(site.tables, key, title, note, url)

    return [(name, texts[style]) for style, name in _STYLES.items()]
