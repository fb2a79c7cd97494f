"""Tests of :mod:`interpol_dataset.docs.rule_pages`."""

from __future__ import annotations

import re

import pytest

from interpol_dataset.docs.rule_pages import FOLDER, SECTIONS, rule_pages
from interpol_dataset.rules.index import RULES

PAGES = rule_pages()


@pytest.mark.parametrize("code", RULES)
def test_page_of_a_rule(code: str) -> None:
    """A rule's page has its code and name, its layer, and every section in order."""
    page = PAGES[f"{FOLDER}/{code}.md"]

    assert page.startswith(f"# {code} {RULES[code].name}\n\nLayer: {RULES[code].layer}.")
    assert list(SECTIONS) == re.findall(r"^## .*$", page, re.MULTILINE)


def test_index_links_to_every_rule() -> None:
    """The index links to each page once, and there are no other pages."""
    index = PAGES[f"{FOLDER}/README.md"]

    assert [f"{code}.md" for code in RULES] == re.findall(r"\]\(([A-Z0-9]+\.md)\)", index)
    assert {*RULES, "README"} == {path.split("/")[-1].removesuffix(".md") for path in PAGES}
