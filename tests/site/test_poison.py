"""Tests that nothing in a package can run or hide anything on its pages."""

import csv
import io
import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser

import html5lib
import pyarrow as pa
import pytest

from helpers.each import each
from helpers.sample import Changed
from interpol_dataset import Dataset, PackageError
from interpol_dataset.site.build import render
from interpol_dataset.site.read import read
from interpol_dataset.site.render import as_csv

POISON = (
    "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }} {% raw %} "
    "<!-- ]]> &lt; \x00\x08\x1b[31m\u202e\u2028 =cmd| javascript:alert(3)"
)
#: Columns of free text, and of addresses.
TEXTS = {"name", "summary", "title", "statement", "note", "description", "locator", "aliases"}
TEXTS |= {"abbreviation", "undated", "looked_for", "variance_reason", "preferred", "iccs_name"}


def poison(_: str, arrow: pa.Table) -> pa.Table:
    """Put poison into every free text, and a script into every address."""
    for at, column in enumerate(arrow.column_names):
        kind = arrow.schema.field(at).type
        if column == "url":
            arrow = arrow.set_column(at, column, pa.array(["javascript:alert(4)"] * len(arrow)))
        elif column in TEXTS and pa.types.is_string(kind):
            texts = [value and f"{value} {POISON}" for value in arrow[column].to_pylist()]
            arrow = arrow.set_column(at, column, pa.array(texts, pa.string()))
        elif column in TEXTS and pa.types.is_list(kind):
            lists = [value and [POISON] for value in arrow[column].to_pylist()]
            arrow = arrow.set_column(at, column, pa.array(lists, kind))

    return arrow


@pytest.fixture(scope="module")
def poisoned(small: Dataset) -> Mapping[str, str]:
    """Return the site of a package that is full of poison."""
    changed = Dataset(Changed(small.tables, poison))
    return {
        file.path: file.content
        for file in render(changed)
        if isinstance(file.content, str) and not file.path.startswith("docs/")
    }


class Elements(HTMLParser):
    """Collects what could do something on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note handlers, addresses that are scripts, and elements that no page has."""
        values = dict(attrs)
        if tag == "script":
            self.scripts.append(values.get("src") or values.get("type"))
        if tag in {"img", "iframe", "object", "embed", "style", "base"}:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"{tag} {name}={value}")


def test_nothing_runs(poisoned: Mapping[str, str]) -> None:
    """No page has a handler, an address that is a script, or a script of the package's."""
    pages = {path: text for path, text in poisoned.items() if path.endswith(".html")}

    assert len(pages) > 20
    for path, text in pages.items():
        elements = Elements()
        elements.feed(text)
        assert elements.found == [], path
        for script in elements.scripts:
            assert script == "application/ld+json" or re.fullmatch(
                r"(\.\./)*(static|data)/\w+\.js", script or ""
            ), path


def test_nothing_is_hidden(poisoned: Mapping[str, str]) -> None:
    """No page has control characters, or those that turn a text around; each is strict HTML."""
    for path, text in poisoned.items():
        if path.endswith(".html"):
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", text), path
    for path in ("index.html", "cases/index.html", "cases/alpha-ii.html", "claims/index.html"):
        html5lib.HTMLParser(strict=True).parse(poisoned[path])


def test_the_text_is_still_there(poisoned: Mapping[str, str]) -> None:
    """Poison is shown as the text that it is, and no template runs in it."""
    text = poisoned["cases/alpha-ii.html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "{{ 7*7 }}" in text


def test_data_for_scripts_stays_data(poisoned: Mapping[str, str]) -> None:
    """Nothing in a data file ends the script that it is, or the line."""
    for path in ("data/operations.js", "data/search.js"):
        text = poisoned[path]
        body = text[text.index("=") + 1 :].rstrip().removesuffix(";")
        assert not re.search("[<>&\u2028\u2029]", body)
        json.loads(body)


def test_no_cell_is_a_formula(poisoned: Mapping[str, str]) -> None:
    """No cell of a CSV begins with what a spreadsheet runs."""
    for path, text in poisoned.items():
        if path.endswith(".csv") and not path.startswith("data/tables/"):
            assert not re.search(r"(?:^|,)\"?[=+@]", text, re.MULTILINE), path


@each("cell", ["=1", " =1", "\uff1d1", "\N{MINUS SIGN}1", "\n+1", ["@1", "2"]])
def test_no_cell_is_a_formula_in_disguise(cell: object) -> None:
    """A formula is one behind blanks, too, and in the wide forms of East Asian keyboards."""
    file = as_csv("some.csv", ["name"], [[cell]])
    ((guarded,),) = [*csv.reader(io.StringIO(str(file.content), newline=""))][1:]
    assert guarded.startswith("'")


@pytest.mark.parametrize("id_", ["../../etc/passwd", "a b", "A", "x/y", ""])
def test_ids_that_are_no_file_names(small: Dataset, id_: str) -> None:
    """An id that would lead out of the folder stops the build."""

    def change(name: str, arrow: pa.Table) -> pa.Table:
        if name != "metrics":
            return arrow
        ids = pa.array([id_, *arrow["id"].to_pylist()[1:]], pa.string())
        return arrow.set_column(0, "id", ids)

    with pytest.raises(PackageError, match="can't be the name of a page"):
        read(Dataset(Changed(small.tables, change)))
