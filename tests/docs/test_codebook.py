"""Tests of :mod:`interpol_dataset.docs.reference`."""

import re
from pathlib import Path
from typing import Any

import pytest

from helpers.each import each
from interpol_dataset.docs.reference import codebook
from interpol_dataset.schema import vocabulary
from interpol_dataset.tables.metadata import table_schemas

SCHEMAS = table_schemas()
VOCABULARIES = [
    name
    for name, terms in sorted(vars(vocabulary).items())
    if isinstance(terms, type)
    and vocabulary.Term in terms.__bases__
    and name not in {"Doubt", "Finds"}  # of findings and records, and of no table
]


@pytest.fixture(scope="module")
def page() -> str:
    """Return the codebook."""
    return codebook()


def section(page: str, title: str) -> str:
    """Return the text below a heading of the third level."""
    return page.partition(f"\n### {title}\n")[2].partition("\n### ")[0].partition("\n## ")[0]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("- `")]


def _is_of(line: str, table: str) -> bool:
    """Return whether a shared column is, for all that its line says, one of a table."""
    named = re.match(r"- `\w+` \((.*?)\): ", line)
    return named is None or table in named[1].split(", ")


def _is_title(field: dict[str, Any]) -> bool:
    """Return whether a description says no more than the title."""
    description: str = field["description"]
    return description == f"Id of the {field['title'].lower()}."


@each("name", SCHEMAS)
def test_table_has_all_its_columns(page: str, name: str) -> None:
    """Each column has a line with its meaning, in its table or among the shared ones."""
    lines = _lines(section(page, name)) + [
        line for line in _lines(section(page, "Shared columns")) if _is_of(line, name)
    ]
    shared = re.findall(r"`(\w+)`\??", section(page, name).partition("Shared: ")[2].split("\n")[0])
    own = [line.split("`")[1] for line in _lines(section(page, name))]
    targets = {
        key["fields"][0]: key["reference"]["resource"] or name
        for key in SCHEMAS[name].get("foreignKeys", [])
    }

    assert sorted([*own, *shared]) == sorted(field["name"] for field in SCHEMAS[name]["fields"])
    for field in SCHEMAS[name]["fields"]:
        target = targets.get(field["name"])
        says = "" if _is_title(field) and target else f" {field['description'].removesuffix('.')}"
        (line,) = [line for line in lines if line.split("`")[1] == field["name"] and says in line]
        if target:
            assert f": [{target}](#{target})." in line


def test_numbers_have_units(page: str) -> None:
    """A numeric column names its unit, in the descriptor and on the page."""
    numbers = [
        (table, field)
        for table, schema in SCHEMAS.items()
        for field in schema["fields"]
        if field["type"] in {"number", "integer"}
    ]

    assert [(table, field["name"]) for table, field in numbers if not field.get("unit")] == []
    for _, field in numbers:
        assert re.search(
            rf"^- `{field['name']}`.*: {field['type']}, {field['unit']}", page, re.MULTILINE
        )


def test_start_here_comes_first(page: str) -> None:
    """The tables to start with are named first, and all are listed in the order of the sections."""
    start, _, rest = page.partition("Start here: ")[2].partition("\n\n### ")[0].partition("Then")
    named = re.findall(r"\[(\w+)\]", start)
    assert named[:3] == ["cases", "case_totals", "case_object_totals"]
    assert list(SCHEMAS) == named + re.findall(r"\[(\w+)\]", rest)


@each("name", VOCABULARIES)
def test_vocabulary_has_all_its_terms(page: str, name: str) -> None:
    """A vocabulary's section has every term with its meaning, or where else that is."""
    terms = getattr(vocabulary, name)
    text = section(page, name)
    lines = [line for line in text.splitlines() if line.startswith("- `")]

    if lines:
        assert lines == [f"- `{term}`: {term.meaning}" for term in terms]
    else:
        assert re.search(r"^(`[a-z-]+`(?:, )?)+: see \[.*\]\(.*\)\.$", text, re.MULTILINE)
        assert all(f"`{term}`" in text for term in terms)


def test_terms_elsewhere_are_explained_there(root: Path) -> None:
    """The page on statuses explains statuses and grades, the codebook how totals come about."""
    statuses = (root / "docs" / "trust" / "statuses.md").read_text("utf-8")
    for term in (*vocabulary.Status, *vocabulary.Grade):
        assert f"\n| `{term}` | " in statuses
    for basis in vocabulary.TotalBasis:
        assert f"\n| {basis} | " in codebook()
