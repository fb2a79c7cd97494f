"""The links of a site, and whether they lead anywhere."""

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

_LINK: Final = re.compile(r'\s(?:href|src|action)="([^"]*)"')
_ID: Final = re.compile(r'\sid="([^"]*)"')
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def ids(text: str) -> list[str]:
    """Return the ids of a page, in order."""
    return [html.unescape(found) for found in _ID.findall(text)]


def broken(site: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield pages and their links that lead to no file, or to nothing in one."""
    known = {path: frozenset(ids(text)) for path, text in site.items() if path.endswith(".html")}
    for path in known:
        here = posixpath.dirname(path)
        for link in dict.fromkeys(_LINK.findall(site[path])):
            href = html.unescape(link)
            if _ELSEWHERE.match(href):
                continue
            file, _, fragment = href.partition("#")
            file = file.partition("?")[0]
            target = posixpath.normpath(posixpath.join(here, unquote(file))) if file else path
            if target not in site or (fragment and unquote(fragment) not in known.get(target, ())):
                yield path, href
