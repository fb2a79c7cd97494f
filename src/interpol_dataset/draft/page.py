"""
A saved page: its paragraphs, its language, and what it says of itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from interpol_dataset.errors import MissingExtraError, PackageError
from interpol_dataset.files import read_file
from interpol_dataset.values.page_text import content_hash

if TYPE_CHECKING:
    from pathlib import Path


#: A saved page with pictures in it is larger than any text.
MAX_BYTES: Final = 20 << 20

#: The first bytes of a page of the web, after white space.
_MARKUP: Final = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|html|head|body|\?xml)", re.IGNORECASE
)

#: What other files begin with, and what they are.
_OTHERS: Final = {
    b"%PDF": "a PDF; save its text (pdftotext, or copy it into a .txt file)",
    b"PK\x03\x04": "an archive or an office document; save its text as .txt",
    b"From: <Saved": "a web archive (.mhtml); save the page as HTML",
}

#: A title is a line without a full stop, and no longer than this many words.
_LONGEST_TITLE: Final = 30

#: Fewer words are no report of an operation.
_FEWEST: Final = 20


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its locator and its text."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from a saved page, the title first; what it doesn't say of itself is empty."""

    paragraphs: tuple[Paragraph, ...]
    language: str
    title: str = ""
    published: str = ""
    url: str = ""
    site: str = ""
    content_hash: str | None = None


def read_page(path: Path) -> Page:
    """Read a saved page, of HTML or of text; an error says what else the file is."""
    content = read_file(path, MAX_BYTES)
    for start, what in _OTHERS.items():
        if content.startswith(start):
            raise PackageError(f"this is {what}", where=str(path))
    if b"\x00" in content[:4096]:
        hint = "save the page as HTML, or its text as .txt"
        raise PackageError("this is not text", where=str(path), hint=hint)

    is_markup = bool(_MARKUP.match(content))
    page = _of_markup(content) if is_markup else of_text(content.decode("utf-8", "replace"))
    if sum(len(paragraph.text.split()) for paragraph in page.paragraphs) < _FEWEST:
        hint = "open it in a browser: if the text is there, copy it into a .txt file"
        raise PackageError("there is hardly any text in this page", where=str(path), hint=hint)

    return page


def of_text(text: str) -> Page:
    """Return a page of text, a paragraph a line; a first one without a full stop is its title."""
    first = next(iter(_lines(text)), "")
    titled = len(first.split()) <= _LONGEST_TITLE and not first.endswith((".", ":", ";"))

    return Page(*_read(_lines(text), titled=titled), first if titled else "")


def _of_markup(content: bytes) -> Page:
    try:
        from trafilatura import bare_extraction  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtraError("draft", "trafilatura") from error

    found = bare_extraction(content, include_comments=False, favor_recall=True, with_metadata=True)
    text, title, date, url, site = (
        str(getattr(found, name, None) or "")
        for name in ("text", "title", "date", "url", "sitename")
    )
    title, lines = " ".join(title.split()), _lines(text)
    if title and lines[:1] != [title]:
        lines.insert(0, title)
    hash_ = content_hash(content, "text/html")

    return Page(*_read(lines, titled=bool(title)), title, date, url, site, hash_)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _read(lines: list[str], *, titled: bool) -> tuple[tuple[Paragraph, ...], str]:
    """Return the paragraphs of a page, and its language."""
    try:
        import py3langid  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtraError("draft", "py3langid") from error

    paragraphs = tuple(
        Paragraph("title" if titled and line == 1 else f"paragraph {line - titled}", text)
        for line, text in enumerate(lines, 1)
    )

    return paragraphs, str(py3langid.classify("\n".join(lines))[0])
