"""
The hash of what is read at an address: of a web page its visible text, of anything else its bytes.

The bytes of a page change with every visit; its text stays until somebody edits it.
"""

from __future__ import annotations

import codecs
import hashlib
import html
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["content_hash", "visible_text"]

_HIDDEN: Final = frozenset({"script", "style", "noscript", "template", "svg", "iframe"})
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_TAG: Final = re.compile(r"</?([a-z][a-z0-9]*)|<[!?]", re.IGNORECASE)

#: Codecs of Python that are no encodings of pages; some take long on purpose-made bytes.
_NO_ENCODINGS: Final = frozenset(
    {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"}
)


def content_hash(content: bytes, mediatype: str, charset: str = "") -> str:
    """
    Return the hash of what was read, as ``sha256:`` and 64 digits.

    :param content: The bytes.
    :param mediatype: Their media type.
    :param charset: The encoding of a page; UTF-8 if it is empty or not known.
    """
    if mediatype in _PAGES:
        content = visible_text(content, charset).encode()

    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def visible_text(page: bytes, charset: str = "") -> str:
    """Return the text of a web page in Unicode NFC, every run of white space as one space."""
    text = html.unescape(" ".join(_texts(page.decode(_encoding(charset), "replace"))))
    # A surrogate can't be written in UTF-8; html.unescape makes none, but some encodings do.
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)

    return unicodedata.normalize("NFC", " ".join(text.split()))


def _encoding(charset: str) -> str:
    try:
        name = codecs.lookup(charset).name
        b"aaaa".decode(name, "replace")  # not every codec makes text
    except (LookupError, UnicodeError, ValueError):
        return "utf-8"

    return "utf-8" if name.replace("_", "-") in _NO_ENCODINGS else name


def _texts(page: str) -> Iterator[str]:
    """Return what is between the tags of a page, and not hidden; in one pass, whatever comes."""
    small, at = page.lower() if len(page.lower()) == len(page) else page, 0
    while (start := page.find("<", at)) >= 0:
        yield page[at:start]
        tag = _TAG.match(page, start)
        if tag is None:
            yield "<"
            at = start + 1
            continue

        ends = "-->" if page.startswith("<!--", start) else ">"
        end = page.find(ends, start)
        if end >= 0 and page[start + 1] != "/" and (tag[1] or "").lower() in _HIDDEN:
            end = small.find(f"</{tag[1].lower()}", end)
            ends = ""
        if end < 0:
            return
        at = end + len(ends)
    yield page[at:]
