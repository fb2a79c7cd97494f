"""
The project's guides, from Markdown to HTML.

Written for GitHub, they link to each other as files; here they link to each other's pages.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from markdown_it import MarkdownIt
from markupsafe import Markup

from interpol_dataset.files import guides_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from markdown_it.token import Token

#: The guide to how the press changes figures.
PRESS: Final = "docs/trust/press.md"

#: Guides that have an address of their own; all others are in ``docs``.
_PLACES: Final = {
    "docs/trust/statuses.md": "statuses.html",
    "docs/trust/limits.md": "limits.html",
    "docs/trust/data-quality.md": "data-quality.html",
    "docs/use/codebook.md": "codebook.html",
    PRESS: "changes.html",
    "CHANGELOG.md": "docs/changelog.html",
    "CONTRIBUTING.md": "docs/contributing.html",
    "SECURITY.md": "docs/security-policy.html",
}
#: The note to editors on pages that are built.
_WRITTEN: Final = re.compile(
    r"^`(?:interpol-dataset|make) [^`]*` writes this page from .*\.\n", re.MULTILINE
)
_OUTSIDE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class Heading(NamedTuple):
    """A heading of a guide: its level, id and text."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Guide:
    """
    A guide.

    :param path: Its file in the project.
    :param page: Its page on the site.
    :param title: Its first heading.
    :param headings: Its headings, without the first.
    :param body: All below the first heading, as HTML.
    """

    path: str
    page: str
    title: str
    headings: tuple[Heading, ...]
    body: Markup


def guides(repository: str = "") -> list[Guide]:
    """
    Read the guides of the project, or of the installed package.

    :param repository: The address of the project's repository, for links to other files.
    """
    root = guides_folder()
    files = {path: root / path for path in _files(root)}
    pages = {path: _page(path) for path in files}
    return [
        _guide(path, file.read_text("utf-8"), pages, repository) for path, file in files.items()
    ]


def _files(root: Path) -> Iterator[str]:
    for path in sorted((root / "docs").rglob("*.md")):
        yield path.relative_to(root).as_posix()
    for name in ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"):
        if (root / name).is_file():
            yield name


def _page(path: str) -> str:
    if path in _PLACES:
        return _PLACES[path]
    folder, name = posixpath.split(path)
    stem = "index" if name == "README.md" else name.removesuffix(".md")
    return f"{folder}/{stem}.html"


def _guide(path: str, text: str, pages: Mapping[str, str], repository: str) -> Guide:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(_WRITTEN.sub("", text))
    headings = list(_number(tokens))
    page = pages[path]
    for token in _all(tokens):
        if token.type == "link_open":
            href = str(token.attrs.get("href", ""))
            moved = _moved(href, path, page, pages, repository)
            if moved:
                token.attrs["href"] = moved
            else:
                token.attrs.pop("href", None)
    title = headings[0].text if headings else path
    if tokens and tokens[0].type == "heading_open":
        tokens = tokens[3:]
    body = parser.renderer.render(tokens, parser.options, {})
    numbers = count(1)
    body = re.sub(
        "<table>",
        lambda table: (
            '<div class="scroll" tabindex="0" role="region" '
            f'aria-label="Table {next(numbers)}">{table[0]}'
        ),
        body,
    )
    body = body.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')

    return Guide(path, page, title, tuple(headings[1:]), Markup(body))  # noqa: S704  # rendered without raw HTML


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def _number(tokens: list[Token]) -> Iterator[Heading]:
    """Add to each heading the id that it has on GitHub."""
    used: dict[str, int] = {}
    for at, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        text = "".join(child.content for child in tokens[at + 1].children or [])
        slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        before = used.get(slug, 0)
        used[slug] = before + 1
        id_ = f"{slug}-{before}" if before else slug
        token.attrs["id"] = id_
        yield Heading(int(token.tag[1]), id_, text)


def _moved(
    href: str, path: str, page: str, pages: Mapping[str, str], repository: str
) -> str | None:
    """Return where a link of a guide leads on the site; ``None`` if that is not known."""
    if href.startswith("#") or _OUTSIDE.match(href):
        return href
    file, mark, fragment = href.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
    here = posixpath.dirname(page) or "."
    there = pages.get(target) or pages.get(f"{target}/README.md")
    if there is not None:
        return posixpath.relpath(there, here) + mark + fragment
    if target == "README.md":
        return posixpath.relpath("about.html", here)

    return f"{repository}/blob/main/{target}{mark}{fragment}" if repository else None
