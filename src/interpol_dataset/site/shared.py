"""What several kinds of pages share: lists of links, files for programs, and how to cite."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.dataset.cite import cite_page
from interpol_dataset.package.text import guarded
from interpol_dataset.site.render import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from interpol_dataset.site.model import Fact
    from interpol_dataset.site.render import Renderer


class Link(NamedTuple):
    """A line of a list: where it leads, what it is called, and a remark."""

    href: str
    name: str
    note: str = ""
    status: str = ""


def index(
    site: Renderer,
    folder: str,
    title: str,
    about: str,
    groups: Sequence[tuple[str, Sequence[Link]]],
) -> File:
    """Return the list of the pages of a folder, grouped under headings if there are several."""
    return site.page(
        f"{folder}/index.html",
        "listing",
        title=title,
        about=about,
        groups=[group for group in groups if group[1]],
    )


#: The columns of facts in CSV.
FACT_COLUMNS: Final = (
    *("record", "fact", "text", "value", "unit", "status", "sources", "source", "page"),
)


def as_json(path: str, value: object) -> File:
    """Return a file of JSON."""
    text = json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":"))

    return File(path, f"{text}\n")


def as_csv(path: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> File:
    """Return a file of CSV, in which no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([[_cell(cell) for cell in row] for row in rows])

    return File(path, text.getvalue())


def _cell(value: object) -> object:
    if isinstance(value, (list, tuple)):
        value = ";".join(map(str, value))
    return guarded(value) if isinstance(value, str) else value


def fact_rows(site: Renderer, facts: Iterable[Fact]) -> list[tuple[Any, ...]]:
    """Return facts of cases as rows of :data:`FACT_COLUMNS`; an address only if it is known."""
    url = site.target.url
    return [
        (
            *(fact.why.record, fact.why.field, str(fact.line), fact.why.value, fact.why.unit),
            *(fact.why.status, fact.sources, fact.why.chosen),
            url and f"{url}cases/{fact.why.record}.html#{fact.why.field}",
        )
        for fact in facts
    ]


def citations(
    site: Renderer, path: str = "", title: str = "", note: str = ""
) -> list[tuple[str, str]]:
    """Return how the dataset, or a page that shows some of it, is cited, by style."""
    shown = (path.removesuffix(".html").replace("/", "-"), title, note) if path else None
    texts = cite_page(site.tables, site.target.url and site.address(path), shown)
    return [("APA", texts["apa"]), ("BibTeX", texts["bibtex"])]
