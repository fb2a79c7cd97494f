"""Markdown: pages, texts and tables, and the notebook that is made of a page."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.package.text import json_file
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


#: The page, and the notebook that is made of it, in the project.
PAGE: Final = "docs/use/questions.md"
NOTEBOOK: Final = "docs/use/questions.ipynb"
_BLOCK: Final = re.compile(r"^```(python|sql)\n(.*?)^```\n", re.DOTALL | re.MULTILINE)
_ASSIGNED: Final = re.compile(r"^([a-z_]+) = ", re.MULTILINE)


def notebook(page: str) -> bytes:
    """
    Render the notebook (nbformat 4.5) of a page in Markdown.

    Python becomes cells that show what they assign last, SQL a query of the dataset, all else text.
    """
    cells = [
        {"id": f"cell-{number}", "metadata": {}, **cell}
        for number, cell in enumerate(_cells(page), 1)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json_file(
        {
            "cells": cells,
            "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def _cells(page: str) -> Iterator[dict[str, Any]]:
    first, *parts = _BLOCK.split(page)
    yield from _text_cell(first)
    for language, code, text in zip(*[iter(parts)] * 3, strict=True):
        shown = _showing_last(code) if language == "python" else f'ds.sql("""\n{code}""")\n'
        yield _code_cell(shown)
        yield from _text_cell(text)


def _text_cell(text: str) -> Iterator[dict[str, Any]]:
    if text.strip():
        yield {"cell_type": "markdown", "source": text.strip().splitlines(keepends=True)}


def _code_cell(code: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "outputs": [],
        "source": code.strip().splitlines(keepends=True),
    }


def _showing_last(code: str) -> str:
    """Add a last line that shows the last name that the code assigns."""
    assigned = _ASSIGNED.findall(code)
    return f"{code.rstrip()}\n{assigned[-1]}\n" if assigned else code
