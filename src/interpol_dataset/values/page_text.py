"""
The text of a web page that a reader sees, and the hash by which a change of it is noticed.
"""

from __future__ import annotations

import codecs
import hashlib
import html
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def content_hash(content: bytes, mediatype: str, charset: str = "") -> str:
    """
    Return the hash of what was read, as ``sha256:`` and 64 digits.

    The bytes of a page change with every visit; its text stays until somebody edits it.

    :param content: The bytes.
    :param mediatype: Their media type.
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
    """Return what is between the tags of a page, and not hidden; in one pass, whatever comes."""
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
