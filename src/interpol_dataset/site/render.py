"""
Templates filled in: what all pages share, and how text becomes HTML.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from interpol_dataset.schema.vocabulary import Status
from interpol_dataset.site.evidence import KINDS, alike, listed, speakers
from interpol_dataset.site.model import SURE, WARNINGS
from interpol_dataset.site.words.values import amount, counted, date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.package.reader import Package
    from interpol_dataset.site.markdown import Guide
    from interpol_dataset.site.model import Model

__all__ = ["File", "Renderer", "Target", "fragment", "script_text"]

#: Characters that HTML forbids, and those that change how others are shown.
_UNSHOWN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    "\ufffe\uffff\ud800-\udfff]"
)
_ESCAPED: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028"}


class File(NamedTuple):
    """A file of the site: its path and content."""

    path: str
    content: str | bytes


@dataclass(frozen=True)
class Target:
    """
    Where the site will be.

    :param url: Its address, with a slash at the end; empty if it is not known.
    :param repository: The address of the project's repository; empty if it is not known.
    """

    url: str = ""
    repository: str = ""


class Renderer:
    """
    Renders pages of one site.

    :param model: What the site shows.
    :param package: The package that it was read from.
    :param guides: The project's guides.
    :param target: Where it will be.
    """

    def __init__(
        self, model: Model, package: Package, guides: Sequence[Guide], target: Target
    ) -> None:
        self.model = model
        self.package = package
        self.guides = guides
        self.target = target
        self._made: dict[str, None] = {}
        self._environment = Environment(
            loader=PackageLoader("interpol_dataset.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_shown,
            auto_reload=False,
        )
        self._environment.filters |= {
            "amount": amount,
            "counted": counted,
            "date": date,
            "fragment": fragment,
            "listed": listed,
        }
        self._environment.globals |= {
            "alike": alike,
            "kinds": KINDS,
            "model": model,
            "names": model.names,
            "speakers": speakers,
            "statuses": SURE,
            "status_of": Status,
            "target": target,
            "warnings": WARNINGS,
        }

    def page(  # what every page has
        self,
        path: str,
        template: str,
        *,
        title: str,
        about: str,
        data: Mapping[str, Any] | None = None,
        **context: object,
    ) -> File:
        """
        Render a page.

        :param path: Its path in the site.
        :param template: The name of its template.
        :param title: Its title.
        :param about: What it is about, in a sentence.
        :param data: What it says to machines, as JSON-LD.
        :param context: What its template needs.
        """
        self._made[path] = None
        content = self._environment.get_template(f"{template}.html").render(
            path=path,
            root="../" * path.count("/"),
            title=title,
            about=about,
            data=Markup(script_text(data)) if data else None,  # noqa: S704  # escaped for scripts
            **context,
        )

        return File(path, content)

    @property
    def made(self) -> Sequence[str]:
        """The paths of the pages that were rendered so far."""
        return list(self._made)

    def pages_of(self, folder: str) -> Sequence[str]:
        """Return the ids that have a page in a folder, of those rendered so far."""
        return [
            path.removeprefix(f"{folder}/").removesuffix(".html")
            for path in self._made
            if path.startswith(f"{folder}/") and path != f"{folder}/index.html"
        ]

    def address(self, path: str) -> str:
        """Return the full address of a page, or its path where the site's is not known."""
        return f"{self.target.url}{path}"


def _shown(value: object) -> object:
    """Drop what HTML forbids from a text that is put into a page; and write nothing for none."""
    if value is None:
        return ""
    if isinstance(value, str) and _UNSHOWN.search(value):
        kept = _UNSHOWN.sub("", value)
        return Markup(kept) if isinstance(value, Markup) else kept  # noqa: S704  # as it was

    return value


def fragment(path: str) -> str:
    """Write a fact's path for the end of an address."""
    return quote(path, safe="/:@~")


def script_text(value: object) -> str:
    """Write a value as JSON that may stand in a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    text = _UNSHOWN.sub("", text)

    return "".join(_ESCAPED.get(letter, letter) for letter in text) if any(
        letter in text for letter in _ESCAPED
    ) else text
