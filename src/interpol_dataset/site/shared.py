"""What several kinds of pages share: lists of links, files for programs, and how to cite."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.dataset.cite import cite_page
from interpol_dataset.package.csv import guarded
from interpol_dataset.site.render import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    """
    Return the list of the pages of a folder.

    :param site: The site.
    :param folder: The folder.
    :param title: Its title.
    :param about: What the list holds, in a sentence.
    :param groups: Links under headings; an empty heading for a single group.
    """
    return site.page(
        f"{folder}/index.html",
        "listing",
        title=title,
        about=about,
        groups=[group for group in groups if group[1]],
        count=sum(len(links) for _, links in groups),
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
    """Return facts of cases as rows of :data:`FACT_COLUMNS`."""
    return [
        (
            *(fact.why.record, fact.why.field, str(fact.line), fact.why.value, fact.why.unit),
            *(fact.why.status, fact.sources, fact.why.chosen),
            f"{site.address(f'cases/{fact.why.record}.html')}#{fact.why.field}",
        )
        for fact in facts
    ]


#: The styles that a page offers, by their names.
_STYLES: Final = {"apa": "APA", "bibtex": "BibTeX"}


def citations(site: Renderer, path: str, title: str, note: str) -> list[tuple[str, str]]:
    """
    Return how a page is cited, by the name of each style.

    :param site: The site.
    :param path: The page's path.
    :param title: The page's title.
    :param note: What it shows: "Record haechi-iii".
    """
    url = site.address(path) if site.target.url else ""
    key = path.removesuffix(".html").replace("/", "-")
    return _named(cite_page(site.tables, url, (key, title, note)))


def of_dataset(site: Renderer) -> list[tuple[str, str]]:
    """Return how the dataset itself is cited, by the name of each style."""
    return _named(cite_page(site.tables, site.target.url))


def _named(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, texts[style]) for style, name in _STYLES.items()]
