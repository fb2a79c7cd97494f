"""Tests of :mod:`interpol_dataset.docs.reference`."""

from __future__ import annotations

import re

import pytest

from helpers.each import each
from interpol_dataset.docs.reference import codebook
from interpol_dataset.schema import vocabulary
from interpol_dataset.tables.descriptor import table_schemas

SCHEMAS = table_schemas()
VOCABULARIES = [
    name
    for name, terms in sorted(vars(vocabulary).items())
    if isinstance(terms, type) and vocabulary.Term in terms.__bases__
]


@pytest.fixture(scope="module")
def page() -> str:
    """Return the codebook."""
    return codebook()


def section(page: str, title: str) -> str:
    """Return the text below a heading of the third level."""
    return page.partition(f"\n### {title}\n")[2].partition("\n### ")[0].partition("\n## ")[0]


@each("name", SCHEMAS)
def test_table_has_all_its_columns(page: str, name: str) -> None:
    """A row for each column, in order, with its description; a reference links to its table."""
    fields, text = SCHEMAS[name]["fields"], section(page, name)
    rows = [line for line in text.splitlines() if line.startswith("| `")]

    assert [row.split("`")[1] for row in rows] == [field["name"] for field in fields]
    for field, row in zip(fields, rows, strict=True):
        assert field["description"].replace("|", r"\|") in row
    for key in SCHEMAS[name].get("foreignKeys", []):
        target = key["reference"]["resource"] or name
        assert f"id in [{target}](#{target})" in text


def test_numbers_have_units(page: str) -> None:
    """A numeric column names its unit, in the descriptor and on the page."""
    numbers = [
        (table, field)
        for table, schema in SCHEMAS.items()
        for field in schema["fields"]
        if field["type"] in {"number", "integer"}
    ]

    assert [(table, field["name"]) for table, field in numbers if not field.get("unit")] == []
    for table, field in numbers:
        assert f"| {field['type']} ({field['unit']}) |" in section(page, table)


def test_start_here_comes_first(page: str) -> None:
    """The tables to start with are named first, and all are listed in the order of the sections."""
    start, _, rest = page.partition("Start here: ")[2].partition("\n\n### ")[0].partition("Then")

    named = re.findall(r"\[(\w+)\]", start)
    assert named[:3] == ["cases", "case_totals", "case_object_totals"]
    assert list(SCHEMAS) == named + re.findall(r"\[(\w+)\]", rest)


@each("name", VOCABULARIES)
def test_vocabulary_has_all_its_terms(page: str, name: str) -> None:
    """A vocabulary's section has every term with its meaning."""
    terms = getattr(vocabulary, name)

    assert [f"- `{term}`: {term.meaning}" for term in terms] == [
        line for line in section(page, name).splitlines() if line.startswith("- `")
    ]
