"""
The project's page on the package index: its addresses, and a README whose links lead somewhere.

The project has no address of its own yet, so whoever builds says where it is, as the workflow of a
release does: ``PROJECT_REPOSITORY`` and ``PROJECT_SITE``. Without them no address is made up, and
relative links are shown as plain words.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hatchling.metadata.plugin.interface import MetadataHookInterface

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINK: Final = re.compile(r"\[([^\]]+)\]\((?![a-z]+:)([^)]*)\)")


class ProjectPage(MetadataHookInterface):
    """Fills in what pyproject.toml says is dynamic."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the README and the addresses."""
        root = Path(self.root)
        version = re.search(
            r'^__version__ = "(.+)"',
            (root / "src" / "interpol_dataset" / "_version.py").read_text("utf-8"),
            re.MULTILINE,
        )
        tag = f"v{version[1]}" if version else "HEAD"
        text = page((root / "README.md").read_text("utf-8"), tag, os.environ)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
        metadata["urls"] = addresses(os.environ)


def page(readme: str, tag: str, environment: Mapping[str, str]) -> str:
    """
    Return the README as the package index shows it.

    :param tag: The tag at which linked files are shown.
    :param environment: Says where the repository is, if it does.
    """
    repository = environment.get("PROJECT_REPOSITORY", "").rstrip("/")
    link = rf"[\1]({repository}/blob/{tag}/\2)" if repository else r"\1"

    return _LINK.sub(link, readme)


def addresses(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses of the project by their labels; none where none is known."""
    repository = environment.get("PROJECT_REPOSITORY", "").rstrip("/")
    site = environment.get("PROJECT_SITE", "")
    if not repository:
        return {}

    return {
        "Homepage": site or repository,
        "Documentation": site or f"{repository}/tree/HEAD/docs",
        "Source": repository,
        "Changelog": f"{repository}/blob/HEAD/CHANGELOG.md",
        "Issues": f"{repository}/issues",
    }
