"""The guides as HTML: written as files for GitHub, here they link to each other's pages."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from markdown_it import MarkdownIt
from markupsafe import Markup

from interpol_dataset.files import guides_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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

_PARSER: Final = MarkdownIt("commonmark", {"html": False}).enable("table")


class Heading(NamedTuple):
    """A heading of a guide."""

    level: int
    id: str
    text: str


class Guide(NamedTuple):
    """A guide: its file, its page on the site, and all below its first heading, the title."""

    path: str
    page: str
    title: str
    headings: Sequence[Heading]
    body: Markup


def guides(repository: str = "") -> list[Guide]:
    """Read the guides of the project, or of the installed package; one known links to its files."""
    root = guides_folder()
    roots = (root / name for name in ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"))
    files = [*sorted((root / "docs").rglob("*.md")), *filter(Path.is_file, roots)]
    texts = {file.relative_to(root).as_posix(): file.read_text("utf-8") for file in files}
    pages = {path: _page(path) for path in texts}
    return [_guide(path, text, pages, repository) for path, text in texts.items()]


def _page(path: str) -> str:
    if path in _PLACES:
        return _PLACES[path]
    return re.sub("README$", "index", path.removesuffix(".md")) + ".html"


def _guide(path: str, text: str, pages: Mapping[str, str], repository: str) -> Guide:
    tokens = _PARSER.parse(_WRITTEN.sub("", text))
    headings = list(_number(tokens))
    page = pages[path]
    for token in chain.from_iterable(token.children or () for token in tokens):
        if token.type == "link_open":
            href = str(token.attrs.pop("href", ""))
            if moved := _moved(href, path, page, pages, repository):
                token.attrs["href"] = moved
    title = headings[0].text if headings else path
    if tokens and tokens[0].type == "heading_open":
        tokens = tokens[3:]
    body = _PARSER.renderer.render(tokens, _PARSER.options, {})
    box = '<div class="scroll" tabindex="0" role="region" aria-label="Table {}"><table>'
    numbers = count(1)
    body = re.sub("<table>", lambda _: box.format(next(numbers)), body)
    body = re.sub(r"<td>([\d.,]+%?)</td>", r'<td class="n">\1</td>', body)
    body = body.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')
    return Guide(path, page, title, headings[1:], Markup(body))  # noqa: S704  # rendered without raw HTML


def _number(tokens: list[Token]) -> Iterator[Heading]:
    """Add to each heading the id that it has on GitHub."""
    used: Counter[str] = Counter()
    for at, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        text = "".join(child.content for child in tokens[at + 1].children or [])
        slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        id_ = f"{slug}-{used[slug]}" if used[slug] else slug
        used[slug] += 1
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
