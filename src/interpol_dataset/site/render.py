"""Templates filled in: what all pages share, and how text becomes HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from interpol_dataset.dataset.explanation import PREFERRED
from interpol_dataset.site.charts import ROLES, by_year, kind
from interpol_dataset.site.evidence import SHADES, speakers, variants
from interpol_dataset.site.model import SURE, WARNINGS, grouped
from interpol_dataset.site.words import amount, begun, clean, date, fragment, script_text
from interpol_dataset.values.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.dataset.tables import Tables
    from interpol_dataset.site.markdown import Guide
    from interpol_dataset.site.model import Model


class File(NamedTuple):
    """A file of the site: its path and content."""

    path: str
    content: str | bytes


#: The pages of the main navigation, with their names.
_ENTRANCES: Final = {
    "cases/index.html": "Operations",
    "metrics/index.html": "Figures",
    "countries/index.html": "Countries",
    "series/index.html": "Series",
    "claims/index.html": "Checked claims",
    "about.html": "About",
    "search.html": "Search",
}


@dataclass(frozen=True)
class Target:
    """The address of the site, with a slash at its end, and its project's; empty if not known."""

    url: str = ""
    repository: str = ""


class Renderer:
    """Renders pages of one site, and knows which were rendered so far."""

    def __init__(
        self, model: Model, tables: Tables, guides: Sequence[Guide], target: Target
    ) -> None:
        self.model = model
        self.tables = tables
        self.guides = guides
        self.target = target
        self.made: list[str] = []
        self._environment = Environment(
            loader=PackageLoader("interpol_dataset.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_shown,
            auto_reload=False,
            extensions=[_Lean],
        )
        self._environment.filters |= {
            "amount": amount,
            "begun": begun,
            "counted": counted,
            "date": date,
            "fragment": fragment,
            "listed": listed,
            "yearly": yearly,
        }
        # The head and foot are the same for all pages in a folder.
        self._shared = cache(self._render)
        badge = Markup("<em class={0}>{0}</em>")
        self._environment.globals |= {
            "by_year": by_year,
            "badges": {status: badge.format(status.value) for status in SURE},
            "model": model,
            "names": model.names,
            "preferred": PREFERRED,
            "roles": {kind(role): name for role, name in ROLES.items()},
            "speakers": speakers,
            "statuses": SURE,
            "target": target,
            "shades": SHADES,
            "variants": variants,
            "warnings": WARNINGS,
            "entrances": _ENTRANCES,
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
        """Render a page, which is about something in a sentence, and says ``data`` as JSON-LD."""
        self.made.append(path)
        root = "../" * path.count("/")
        here = path if path in _ENTRANCES else path.rpartition("/")[0]
        is_leaf = "/" in path and not path.endswith("/index.html")
        content = self._environment.get_template(f"{template}.html").render(
            path=path,
            root=root,
            head=self._shared("head.html", root, here),
            foot=self._shared("foot.html", root, "leaf" if is_leaf else ""),
            title=title,
            about=about,
            data=Markup(script_text(data)) if data else None,  # noqa: S704  # escaped for scripts
            **context,
        )
        # All attributes have double quotes, so these four letters more would only weigh.
        return File(path, content.replace("&#39;", "'"))

    def _render(self, template: str, root: str, here: str) -> Markup:
        return Markup(self._environment.get_template(template).render(root=root, here=here))  # noqa: S704

    def pages_of(self, folder: str) -> Sequence[str]:
        """Return the ids that have a page in a folder, of those rendered so far."""
        return [
            path.removeprefix(f"{folder}/").removesuffix(".html")
            for path in self.made
            if path.startswith(f"{folder}/") and path != f"{folder}/index.html"
        ]

    @cached_property
    def table_files(self) -> Mapping[str, str]:
        """The paths of the tables on the site, by their names."""
        return {
            name: f"data/tables/{name}.{resource.get('format', 'csv')}"
            for name, resource in self.tables.package.resources.items()
            if name in self.model.tables
        }

    def address(self, path: str) -> str:
        """Return the full address of a page, or its path where the site's is not known."""
        return f"{self.target.url}{path}"

    def report_link(self, record: str) -> str:
        """Return the address of an issue form that names a record; empty without a repository."""
        if not self.target.repository:
            return ""
        query = urlencode({"template": "data.yml", "title": f"{record}: ", "record": record})
        return f"{self.target.repository}/issues/new?{query}"


#: What HTML may leave out of a template, and what is written instead.
_BLOCKS: Final = (
    "li|tr|ul|ol|p|div|details|section|nav|summary|meta|link|script|header|main|footer|h[1-4]"
)
_NEEDLESS: Final = (
    (re.compile(rf"\n(?=</?(?:{_BLOCKS})\b|{{% (?:end)?for)"), ""),
    (re.compile(r"</p>(?=<(?:ul|ol|p|div|details|section|nav|h[1-4])\b|</(?:section|div)>)"), ""),
    (re.compile(r'( (?:class|tabindex|aria-hidden|role)=)"([\w-]+)"(?=[ >{])'), r"\1\2"),
)


class _Lean(Extension):
    """Leaves out of templates what browsers don't need: a twentieth of what pages would weigh."""

    def preprocess(self, source: str, *_: object, **__: object) -> str:
        """Leave out line ends around blocks, ends of paragraphs, and quotes around words."""
        for pattern, instead in _NEEDLESS:
            source = pattern.sub(instead, source)
        return source


def yearly(items: Sequence[Any]) -> list[tuple[int | None, list[Any]]]:
    """Group operations, sources, or pairs that begin with one by year, the newest first."""
    groups = grouped(((item[0] if isinstance(item, tuple) else item).year, item) for item in items)
    return sorted(groups.items(), key=lambda group: -(group[0] or 0))


def _shown(value: object) -> object:
    """Write nothing for none, and clean a text that is put into a page."""
    if value is None:
        return ""
    return clean(value) if type(value) is str else value
