"""Pages, texts and tables in Markdown."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from interpol_dataset.values.characters import unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: What makes markup, HTML, mentions, formulas and links, also bare ones, in GitHub's Markdown.
_MARKUP: Final = re.compile(r"[\\`*_~\[\]<>&@$#!]|:(?=//)|(?<=www)\.", re.IGNORECASE)
#: A place that is filled in: the mark at its beginning, its name, and what is there.
_MARKED: Final = re.compile(r"(<!-- (\w+) -->)(.*?)<!-- / -->")
#: The pages, with ``$name`` where something comes from the data.
_TEMPLATES: Final = Path(__file__).with_name("templates")


def page(name: str, **parts: str | int | Iterable[str]) -> str:
    """
    Render a page from its template.

    :param name: The name of its file, without the ending.
    :param parts: What comes in the places of these names: a text, a number, or lines.
    """
    template = Template((_TEMPLATES / f"{name}.md").read_text("utf-8"))
    texts = {
        place: _shown(part) if isinstance(part, str | int) else "\n".join(part)
        for place, part in parts.items()
    }
    return template.substitute(texts).rstrip() + "\n"


def filled(written: str, **parts: str | int) -> str:
    """Fill in a page that is written by hand, between ``<!-- name -->`` and ``<!-- / -->``."""
    return _MARKED.sub(
        lambda found: f"{found[1]}{_shown(parts.get(found[2], found[3]))}<!-- / -->", written
    )


def text(written: str) -> str:
    """
    Return a text from the data as Markdown that shows just this text, on one line.

    Characters that nobody sees are left out.
    """
    hidden = frozenset(unseen(written))
    if hidden:
        written = "".join(
            letter for at, letter in enumerate(written) if at not in hidden or letter.isspace()
        )
    return _MARKUP.sub(r"\\\g<0>", " ".join(written.split()))


def table(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    """
    Return the lines of a table.

    :param rows: The cells of each row: numbers, and Markdown; what comes from the data goes through
        :func:`text` first.
    """
    yield _line(header)
    yield f"|{' --- |' * len(header)}"
    yield from map(_line, rows)


def _line(cells: Sequence[str | int]) -> str:
    return f"| {' | '.join(_shown(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def _shown(part: str | int) -> str:
    return part if isinstance(part, str) else f"{part:,}"
