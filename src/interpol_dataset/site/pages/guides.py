"""
The project's guides as pages of the site.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from interpol_dataset.site.markdown import PRESS
from interpol_dataset.site.shared import Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.site.markdown import Guide
    from interpol_dataset.site.render import File, Renderer


#: The navigation: what a reader wants, and the guides for it.
_GROUPS: Final = {
    "Use the data": (
        "docs/reading.md",
        "docs/codebook.md",
        "docs/python.md",
        "docs/command-line.md",
        "docs/site.md",
    ),
    "Know its limits": (
        *("docs/method.md", "docs/coverage.md", "docs/data-quality.md", "docs/contents.md"),
        *("docs/press.md", "docs/worked-cases.md", "docs/privacy.md"),
    ),
    "Contribute": ("CONTRIBUTING.md", "docs/rules/README.md", "CHANGELOG.md"),
}
_REST: Final = "More"


def pages(site: Renderer) -> Iterator[File]:
    """Yield a page for each guide."""
    known = {guide.path: guide for guide in site.guides}
    for guide in site.guides:
        if guide.path == PRESS:  # it has a page of its own, with every figure
            continue
        here = posixpath.dirname(guide.page) or "."
        yield site.page(
            guide.page,
            "guide",
            title=guide.title,
            about=f"{guide.title}: a guide to the dataset of INTERPOL interventions.",
            guide=guide,
            groups=_navigation(known, here),
            contents=[heading for heading in guide.headings if heading.level == 2],  # noqa: PLR2004
        )


def _navigation(known: dict[str, Guide], here: str) -> Sequence[tuple[str, Sequence[Link]]]:
    """Return the links of the navigation; single rules and decisions are on their lists."""
    named = {path for paths in _GROUPS.values() for path in paths}
    rest = [
        path
        for path in known
        if path not in named
        and path != "docs/README.md"
        and (posixpath.basename(path) == "README.md" or path.count("/") < 2)  # noqa: PLR2004
    ]

    return [
        (
            heading,
            [
                Link(posixpath.relpath(known[path].page, here), known[path].title)
                for path in paths
                if path in known
            ],
        )
        for heading, paths in (*_GROUPS.items(), (_REST, rest))
    ]
