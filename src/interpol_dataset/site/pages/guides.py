"""The project's guides as pages of the site."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from interpol_dataset.site.markdown import PRESS
from interpol_dataset.site.shared import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.site.render import File, Renderer

#: The navigation: what a reader wants, and the guides for it. What only who changes the code needs
#: is on the list of all guides.
_GROUPS: Final = {
    "Use the data": (
        *("docs/use/start-here.md", "docs/use/questions.md", "docs/use/codebook.md"),
        *("docs/use/python.md", "docs/use/command-line.md", "docs/use/files-and-site.md"),
    ),
    "Know its limits": (
        *("docs/trust/statuses.md", "docs/trust/contents.md", "docs/trust/limits.md"),
        *("docs/trust/press.md", "docs/trust/data-quality.md", "docs/trust/privacy.md"),
    ),
    "Contribute": ("CONTRIBUTING.md", "docs/rules/README.md", "SECURITY.md", "CHANGELOG.md"),
}


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
            groups=[
                (
                    heading,
                    [
                        Link(posixpath.relpath(known[path].page, here), known[path].title)
                        for path in paths
                        if path in known
                    ],
                )
                for heading, paths in _GROUPS.items()
            ],
            contents=[heading for heading in guide.headings if heading.level == 2],  # noqa: PLR2004
        )
