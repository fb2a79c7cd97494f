"""Templates filled in: what pages share, files for programs, and guides from Markdown to HTML."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markdown_it import MarkdownIt
from markupsafe import Markup

from interpol_dataset.dataset.cite import cite_page
from interpol_dataset.dataset.explanation import PREFERRED
from interpol_dataset.files import guides_folder
from interpol_dataset.package.text import guarded
from interpol_dataset.site.charts import ROLES, by_year, kind
from interpol_dataset.site.evidence import SHADES, speakers, variants
from interpol_dataset.site.model import SURE, WARNINGS
from interpol_dataset.site.words import WORDS, amount, begun, clean, date, fragment, script_text
from interpol_dataset.values import grouped
from interpol_dataset.values.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from interpol_dataset.dataset.tables import Tables
    from interpol_dataset.site.model import Fact, Model


class File(NamedTuple):
    """A file of the site: its path and content."""

    path: str
    content: str | bytes


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
        filters = (amount, begun, counted, date, fragment, listed, yearly)
        self._environment.filters |= {function.__name__: function for function in filters}
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
            "entrances": WORDS["entrances"],
        }

    def page(
        self, path: str, template: str, data: Mapping[str, Any] | None = None, **context: object
    ) -> File:
        """
        Render a page.

        Its template has its title and a sentence on it, or ``context`` as ``title`` and ``about``.

        :param data: What it says as JSON-LD.
        """
        self.made.append(path)
        root = "../" * path.count("/")
        here = path if path in WORDS["entrances"] else path.rpartition("/")[0]
        is_leaf = "/" in path and not path.endswith("/index.html")
        content = self._environment.get_template(f"{template}.html").render(
            path=path,
            root=root,
            head=self._shared("head.html", root, here),
            foot=self._shared("foot.html", root, "leaf" if is_leaf else ""),
            data=Markup(script_text(data)) if data else None,  # noqa: S704  # escaped for scripts
            **context,
        )
        # All attributes have double quotes, so these four letters more would only weigh.
        return File(path, _END_OF_PARAGRAPH.sub("", content.replace("&#39;", "'")))

    def file(self, path: str, **context: object) -> File:
        """Render a file that is not a page, by its path."""
        content = self._environment.get_template(path).render(**context)
        return File(path, f"{content.rstrip()}\n")

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
    (re.compile(r'( (?:class|tabindex|aria-hidden|role)=)"([\w-]+)"(?=[ >{])'), r"\1\2"),
    # What pictures measure is a number, written by this package.
    (re.compile(r'( (?:[xy][12]?|width|height)=)"((?:-?\d+|\{\{[^}]+\}\})%?)"(?= )'), r"\1\2"),
)

#: The end of a paragraph that ends anyway: by a block that follows, or with what it is in.
_END_OF_PARAGRAPH: Final = re.compile(
    r"</p>\n?(?=<(?:ul|ol|p|div|details|section|nav|figure|pre|table|h[1-4]|li)\b"
    r"|</(?:section|div|details|aside|article|ol|ul)>)"
)


class _Lean(Extension):
    """Leaves out of templates what browsers don't need: a twentieth of what pages would weigh."""

    def preprocess(self, source: str, *_: object, **__: object) -> str:
        """Leave out line ends around blocks, and quotes around words."""
        for pattern, instead in _NEEDLESS:
            source = pattern.sub(instead, source)
        return source


def yearly(items: Sequence[Any]) -> list[tuple[int | None, list[Any]]]:
    """Group operations, sources, or pairs that begin with one by year, the newest first."""
    groups = grouped(((item[0] if isinstance(item, tuple) else item).year, item) for item in items)
    return sorted(groups.items(), key=lambda group: -(group[0] or 0))


def _shown(value: object) -> object:
    """Write none as nothing, a whole number without a point, and clean a text."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return clean(value) if type(value) is str else value


class Link(NamedTuple):
    """A line of a list: where it leads, what it is called, and a remark."""

    href: str
    name: str
    note: str = ""
    status: str = ""


def index(
    site: Renderer,
    folder: str,
    title: str,
    about: str,
    groups: Sequence[tuple[str, Sequence[Link]]],
) -> File:
    """Return the list of the pages of a folder, grouped under headings if there are several."""
    return site.page(
        f"{folder}/index.html",
        "listing",
        title=title,
        about=about,
        groups=[group for group in groups if group[1]],
    )


#: The columns of facts in CSV.
FACT_COLUMNS: Final = (
    *("record", "fact", "text", "value", "unit", "status", "sources", "source", "page"),
)


def as_json(path: str, value: object) -> File:
    """Return a file of JSON."""
    text = json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":"))

    return File(path, f"{text}\n")


def as_csv(path: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> File:
    """Return a file of CSV, in which no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([[_cell(cell) for cell in row] for row in rows])

    return File(path, text.getvalue())


def _cell(value: object) -> object:
    if isinstance(value, (list, tuple)):
        value = ";".join(map(str, value))
    return guarded(value) if isinstance(value, str) else value


def fact_rows(site: Renderer, facts: Iterable[Fact]) -> list[tuple[Any, ...]]:
    """Return facts of cases as rows of :data:`FACT_COLUMNS`; an address only if it is known."""
    url = site.target.url
    return [
        (
            *(fact.why.record, fact.why.field, str(fact.line), fact.why.value, fact.why.unit),
            *(fact.why.status, fact.sources, fact.why.chosen),
            url and f"{url}cases/{fact.why.record}.html#{fact.why.field}",
        )
        for fact in facts
    ]


def citations(
    site: Renderer, path: str = "", title: str = "", note: str = ""
) -> list[tuple[str, str]]:
    """Return how the dataset, or a page that shows some of it, is cited, by style."""
    shown = (path.removesuffix(".html").replace("/", "-"), title, note) if path else None
    texts = cite_page(site.tables, site.target.url and site.address(path), shown)
    return [("APA", texts["apa"]), ("BibTeX", texts["bibtex"])]


#: The guide to how the press changes figures.
PRESS: Final = "docs/trust/press.md"

#: The note to editors on pages that are built.
_WRITTEN: Final = re.compile(
    r"^`(?:interpol-dataset|make) [^`]*` writes this page from .*\.\n", re.MULTILINE
)
_OUTSIDE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

_PARSER: Final = MarkdownIt("commonmark", {"html": False}).enable("table")


class Heading(NamedTuple):
    """A heading of a guide."""

    level: int
    id: str
    text: str


class Guide(NamedTuple):
    """A guide: its file, its page on the site, and all below its first heading, the title."""

    path: str
    page: str
    title: str
    headings: Sequence[Heading]
    body: Markup


@cache
def guides(repository: str = "") -> list[Guide]:
    """Read the guides of the project, or of the installed package; one known links to its files."""
    root = guides_folder()
    roots = (root / name for name in ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"))
    files = [*sorted((root / "docs").rglob("*.md")), *filter(Path.is_file, roots)]
    texts = {file.relative_to(root).as_posix(): file.read_text("utf-8") for file in files}
    pages = {path: _page(path) for path in texts}
    return [_guide(path, text, pages, repository) for path, text in texts.items()]


def _page(path: str) -> str:
    if path in WORDS["guide_pages"]:
        return WORDS["guide_pages"][path]
    return re.sub("README$", "index", path.removesuffix(".md")) + ".html"


def _guide(path: str, text: str, pages: Mapping[str, str], repository: str) -> Guide:
    tokens = _PARSER.parse(_WRITTEN.sub("", text))
    headings = list(_number(tokens))
    page = pages[path]
    for token in chain.from_iterable(token.children or () for token in tokens):
        if token.type == "link_open":
            href = str(token.attrs.pop("href", ""))
            if moved := _moved(href, path, page, pages, repository):
                token.attrs["href"] = moved
    title = headings[0].text if headings else path
    if tokens and tokens[0].type == "heading_open":
        tokens = tokens[3:]
    body = _PARSER.renderer.render(tokens, _PARSER.options, {})
    box = '<div class="scroll" tabindex="0" role="region" aria-label="Table {}"><table>'
    numbers = count(1)
    body = re.sub("<table>", lambda _: box.format(next(numbers)), body)
    body = re.sub(r"<td>([\d.,]+%?)</td>", r'<td class="n">\1</td>', body)
    body = body.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')
    return Guide(path, page, title, headings[1:], Markup(body))  # noqa: S704  # rendered without raw HTML


def _number(tokens: list[Token]) -> Iterator[Heading]:
    """Add to each heading the id that it has on GitHub."""
    used: Counter[str] = Counter()
    for at, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        text = "".join(child.content for child in tokens[at + 1].children or [])
        slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        id_ = f"{slug}-{used[slug]}" if used[slug] else slug
        used[slug] += 1
        token.attrs["id"] = id_
        yield Heading(int(token.tag[1]), id_, text)


def _moved(
    href: str, path: str, page: str, pages: Mapping[str, str], repository: str
) -> str | None:
    """Return where a link of a guide leads on the site; ``None`` if that is not known."""
    if href.startswith("#") or _OUTSIDE.match(href):
        return href
    file, mark, fragment = href.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
    here = posixpath.dirname(page) or "."
    there = pages.get(target) or pages.get(f"{target}/README.md")
    if there is not None:
        return posixpath.relpath(there, here) + mark + fragment
    if target == "README.md":
        return posixpath.relpath("about.html", here)
    return f"{repository}/blob/main/{target}{mark}{fragment}" if repository else None
