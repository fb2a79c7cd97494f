"""Tests of the examples in the pages: what they name is in the data."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from interpol_dataset import Dataset

#: A fact with its case: as an address of the site, or as `explain` and lists of facts have it.
_NAMED = re.compile(
    r"cases/(?P<page>[a-z0-9-]+)\.html#(?P<fragment>[^\s`)]+)"
    r"|(?P<case>[a-z0-9][a-z0-9-]*) "
    r"(?P<path>(?:outcomes|countries|organizations|tools)/[^\s`)\"',;]+)"
)


def named(text: str) -> list[tuple[str, str]]:
    """Return the facts that a text names together with their cases."""
    return [
        (found["page"] or found["case"], unquote(found["fragment"] or found["path"]).rstrip(".:"))
        for found in _NAMED.finditer(text)
    ]


@pytest.fixture(scope="module")
def facts(dataset: Dataset) -> set[tuple[str, str]]:
    """Return all facts of cases: the case and the path of each."""
    return {
        (row["record_id"], row["field"])
        for row in dataset.tables.rows("verification", record_table="cases")
    }


def test_facts_in_the_pages_exist(
    root: Path, dataset: Dataset, facts: set[tuple[str, str]]
) -> None:
    """A page that names a fact of a case names one that there is."""
    cases = {row["id"] for row in dataset.tables.rows("cases")}
    pages = [root / "README.md", *sorted((root / "docs").glob("[!r]*/*.md"))]
    found = {
        str(page.relative_to(root)): [
            item for item in named(page.read_text("utf-8")) if item[0] in cases
        ]
        for page in pages
    }

    assert {"README.md", "docs/use/command-line.md", "docs/use/files-and-site.md"} <= {
        name for name, items in found.items() if items
    }
    assert [
        (name, *item) for name, items in found.items() for item in items if item not in facts
    ] == []
