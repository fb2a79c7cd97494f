"""The notebook of questions to the data: the cells of the page, ready to run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.package.text import json_file

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    done = 0
    for block in _BLOCK.finditer(page):
        yield from _text(page[done : block.start()])
        language, code = block.groups()
        yield _code(_shown(code) if language == "python" else f'ds.sql("""\n{code}""")\n')
        done = block.end()
    yield from _text(page[done:])


def _text(text: str) -> Iterator[dict[str, Any]]:
    if text.strip():
        yield {"cell_type": "markdown", "source": text.strip().splitlines(keepends=True)}


def _code(code: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "outputs": [],
        "source": code.strip().splitlines(keepends=True),
    }


def _shown(code: str) -> str:
    """Add a last line that shows the last name that the code assigns."""
    assigned = _ASSIGNED.findall(code)
    return f"{code.rstrip()}\n{assigned[-1]}\n" if assigned else code
