"""
Web pages: which addresses lead to the same one, and the text that a reader sees.

The same page has an address for telephones, one for its fast copy, one with what the reader clicked
on, and others in archives. None of them is wrong, but two of them are one page. A hash of the text
shows when a page has changed.
"""

from __future__ import annotations

import codecs
import hashlib
import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What comes before the address of a page that an archive or a cache keeps, or another shows.
_KEPT: Final = re.compile(
    r"https?://(?:"
    r"web\.archive\.org/web/[0-9*]+(?:[a-z]{2}_)?/"
    r"|(?:www\.)?archive\.(?:ph|is|today|li|vn|fo|md)/(?:newest/|[0-9]+/)"
    r"|webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]+:)?"
    r"|(?:www\.)?google\.[a-z.]+/amp/(?:s/)?"
    r"|[\w-]+\.cdn\.ampproject\.org/[a-z]/(?:s/)?"
    r"|r\.jina\.ai/"
    r")",
    re.IGNORECASE,
)

#: Hosts of the same site for other screens.
_SCREENS: Final = re.compile(r"^(?:(?:www[0-9]?|m|mobile|amp|touch|wap)\.)+")

#: Ends of paths that make no difference.
_ENDS: Final = re.compile(
    r"(?:/amp|\.amp|/amp\.html?|/(?:index|default)\.(?:html?|php|aspx?))$|/+$"
)

#: Parameters that say where the reader came from, or how the page is shown.
_ASIDE: Final = re.compile(
    r"utm_\w+|(?:fb|g|d|ms|y|tw|gb|wb)clid|mc_[ce]id|igshid|ref|ref_?src|ref_url|referr?er|share"
    r"|amp|outputtype|output|from|source|cmpid|smid|print|_ga|spm|feature",
    re.IGNORECASE,
)

_HIDDEN: Final = frozenset({"script", "style", "noscript", "template", "svg", "iframe"})
_TAG: Final = re.compile(r"</?([a-z][a-z0-9]*)|<[!?]", re.IGNORECASE)

#: A number that no character has, and that Python takes long to read.
_LONG_NUMBER: Final = re.compile("&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")

#: The encodings of pages, by Python's names. Other codecs are none, or take long on purpose-made
#: bytes.
_CHARSETS: Final = re.compile(
    "utf-8|ascii|iso8859-(1|2|5|7|9|15)|cp125[0-8]|cp874|koi8-[ru]|big5|gb(k|2312|18030)"
    "|shift_jis|euc_(jp|kr)"
)


def canonical(url: str) -> str:
    """
    Return what the addresses of one page have in common.

    It is for comparing and is not an address itself: it has no scheme, and its letters are decoded.
    """
    while own := kept_address(url):
        url = own
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url.casefold()
    path, shorter = parts.path, _shorter(parts.path)
    while shorter != path:
        path, shorter = shorter, _shorter(shorter)
    query = sorted((name, value) for name, value in pairs if not _ASIDE.fullmatch(name))
    # Some sites show their pages after a "#"; elsewhere it leads to a place in the page.
    place = parts.fragment if parts.fragment[:1] in ("!", "/") else ""
    return f"{host_of(url)}{path}?{query}#{place}"


def kept_address(url: str) -> str | None:
    """Return the address of the page that an archive keeps a copy of."""
    match = _KEPT.match(url)
    if match is None:
        return None
    rest = url[match.end() :]
    return rest if "://" in rest[:8] else f"https://{rest}"


def is_home_page(url: str) -> bool:
    """Return whether an address leads to a site and to no page of it, perhaps in a language."""
    site = canonical(url).removeprefix(host_of(url)).removesuffix("?[]#")
    return re.fullmatch(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?", site) is not None


def _shorter(path: str) -> str:
    return _ENDS.sub("", re.sub(r"^/amp(?=/)|/+(?=/)", "", unquote(path).casefold()))


@lru_cache(maxsize=10_000)
def host_of(url: str) -> str:
    """Return the site of an address, without the part for other screens."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _SCREENS.sub("", host.casefold())


def content_hash(content: bytes, mediatype: str, charset: str = "") -> str:
    """
    Return the hash of what was read, of a page that of its text, as ``sha256:`` and 64 digits.

    :param charset: The encoding of a page; UTF-8 if it is empty or not one of the usual ones.
    """
    if mediatype in {"text/html", "application/xhtml+xml"}:
        content = visible_text(content, charset).encode(errors="replace")
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def visible_text(page: bytes, charset: str = "") -> str:
    """Return the text of a web page, with every run of white space as one space."""
    try:
        known = codecs.lookup(charset).name
    except (LookupError, ValueError):
        known = ""
    text = page.decode(known if _CHARSETS.fullmatch(known) else "utf-8", "replace")
    shown = _LONG_NUMBER.sub("\ufffd", " ".join(_texts(text)))
    return " ".join(html.unescape(shown).split())


def _texts(page: str) -> Iterator[str]:
    """Return what is between the tags of a page, and not hidden; in one pass over any input."""
    small, at = page.lower() if len(page.lower()) == len(page) else page, 0
    while tag := _TAG.search(page, at):
        start = tag.start()
        yield page[at:start]
        ends = "-->" if page.startswith("<!--", start) else ">"
        end = page.find(ends, start)
        if end >= 0 and page[start + 1] != "/" and (tag[1] or "").lower() in _HIDDEN:
            end = small.find(f"</{tag[1].lower()}", end)
            ends = ""
        if end < 0:
            return
        at = end + len(ends)
    yield page[at:]
