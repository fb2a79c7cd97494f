"""
Lists of pages: what several kinds of pages share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interpol_dataset.site.render import File, Renderer


class Link(NamedTuple):
    """A line of a list: where it leads, what it is called, and a remark."""

    href: str
    name: str
    note: str = ""
    status: str = ""


def index(
    site: Renderer,
    folder: str,
    title: str,
    about: str,
    groups: Sequence[tuple[str, Sequence[Link]]],
) -> File:
    """
    Return the list of the pages of a folder.

    :param site: The site.
    :param folder: The folder.
    :param title: Its title.
    :param about: What the list holds, in a sentence.
    :param groups: Links under headings; an empty heading for a single group.
    """
    return site.page(
        f"{folder}/index.html",
        "listing",
        title=title,
        about=about,
        groups=[group for group in groups if group[1]],
        count=sum(len(links) for _, links in groups),
    )
