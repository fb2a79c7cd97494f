"""Tests of the guides on the site."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from interpol_dataset.site.render import guides


def test_every_guide_has_a_page(root: Path, site: Mapping[str, str]) -> None:
    """Each Markdown file of the docs is a page."""
    found = {guide.path: guide.page for guide in guides()}
    written = {path.relative_to(root).as_posix() for path in (root / "docs").rglob("*.md")}
    assert written <= set(found)
    assert set(found.values()) <= set(site)


def test_links_lead_to_pages() -> None:
    """Links between guides lead to their pages; to other files only where a repository is known."""
    here = {guide.path: guide.body for guide in guides()}
    there = {guide.path: guide.body for guide in guides("https://example.org/p")}
    page = "docs/trust/data-quality.md"
    assert not any(re.search(r'href="[^":]*\.md', body) for body in here.values())
    assert "https://example.org/p/blob/main/quality/" in there[page]
    assert "quality/" not in "".join(re.findall(r'href="[^"]*"', here[page]))


@pytest.mark.parametrize("path", ["docs/trust/limits.md", "CHANGELOG.md", "docs/rules/POL001.md"])
def test_a_guide(path: str) -> None:
    """A guide has a title, and its body does not repeat it."""
    (guide,) = [guide for guide in guides() if guide.path == path]
    assert guide.title
    assert "<h1" not in guide.body
    assert len({heading.id for heading in guide.headings}) == len(guide.headings)
