"""The pages about, downloads, search and guides, and the files for search engines and models."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from markupsafe import escape

from interpol_dataset.docs import markdown
from interpol_dataset.schema.vocabulary import SourceKind
from interpol_dataset.site.model import KINDS
from interpol_dataset.site.render import PRESS, File, Link, as_json, citations
from interpol_dataset.site.words import fragment, roman, script_text
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.site.model import Case
    from interpol_dataset.site.render import Renderer

#: A version in the list of changes: its id, number, day and text.
_VERSION: Final = re.compile(
    r'<h2 id="([^"]+)">([\d.]+) \(([\d-]+)\)</h2>\n(.*?)(?=<h2 |\Z)', re.DOTALL
)
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def about_pages(site: Renderer) -> Iterator[File]:
    """Yield the pages, the tables themselves, and the index for search."""
    model, package = site.model, site.tables.package
    yield site.page(
        "about.html",
        "about",
        title="About",
        about="What this is, who made it, how to read a badge, and what it can’t tell.",
        quotes=citations(site),
        kinds_of=[(KINDS[kind], kind.meaning) for kind in SourceKind],
        repository=site.target.repository,
    )
    tables = site.table_files
    yield site.page(
        "downloads.html",
        "downloads",
        title="Downloads",
        about="The whole dataset as tables that describe themselves, under CC BY 4.0.",
        tables=[
            (name, path, model.tables[name], str(package.resources[name].get("description", "")))
            for name, path in tables.items()
        ],
        quotes=citations(site),
    )
    for name, path in tables.items():
        yield File(path, package.read(name))
    if tables:
        yield _descriptor(site, tables)
    yield site.page(
        "search.html",
        "search",
        title="Search",
        about="Find an operation, a country, a thing, a number or a word in the guides.",
    )
    yield File("data/search.js", f"window.SEARCH={script_text(list(_index(site)))};\n")
    # Sources are many and rarely searched for, so they have their own file.
    documents = [
        (source.row["title"], source.page.partition("#")[0], source.publisher)
        for source in model.sources.values()
    ]
    yield File("data/sources.js", f"window.SOURCES={script_text(documents)};\n")
    yield _llms(site)
    if site.target.url:
        yield _sitemap(site)
        yield _feed(site)


def _descriptor(site: Renderer, paths: Mapping[str, str]) -> File:
    descriptor = dict(site.model.descriptor)
    descriptor["resources"] = [
        {**resource, "path": paths[resource["name"]]}
        for resource in descriptor["resources"]
        if resource["name"] in paths
    ]
    return as_json("datapackage.json", descriptor)


def _index(site: Renderer) -> Iterator[tuple[Any, ...]]:
    """Yield what can be found: kind, name, address and other words; for operations, figures too."""
    yield from _operations(site)
    yield from _things(site)
    yield from _vocabularies(site)
    yield from _statements(site)
    for guide in site.guides:
        yield "Guide", guide.title, guide.page, ""
        for heading in () if guide.path.startswith("docs/rules/") else guide.headings:
            yield "Guide", f"{heading.text} ({guide.title})", f"{guide.page}#{heading.id}", ""


def _operations(site: Renderer) -> Iterator[tuple[Any, ...]]:
    for case in site.model.cases.values():
        figures = [
            (str(fact.line), fragment(fact.path).removeprefix("outcomes/"))
            for fact in case.facts
            if fact.path.kind == "outcomes" and fact.why.value and not fact.path.is_part
        ]
        words = " ".join(_words(site, case))
        yield "Operation", case.name, f"cases/{case.id}.html", words, figures
    for id_ in site.pages_of("series"):
        yield "Series", site.model.series_name(id_), f"series/{id_}.html", id_.replace("-", " ")


def _words(site: Renderer, case: Case) -> dict[str, None]:
    """Return what an operation is found by besides its name, each word once, and its countries."""
    model, edition = site.model, case.row["edition"]
    texts = [
        *(case.row["aliases"] or ()),
        str(case.year or ""),
        f"{edition} {roman(edition)}" if edition else "",
        *(model.areas[id_].name for id_ in case.areas),
        *re.findall(r"[^\W\d_]{7,}", str(case.row["summary"])),  # long words
    ]
    named = case.name.lower().split()
    words = (word for word in " ".join(texts).lower().split() if word not in named)
    return dict.fromkeys((*words, *case.countries))


def _vocabularies(site: Renderer) -> Iterator[tuple[str, str, str, str]]:
    model = site.model
    for code in site.pages_of("countries"):
        name = model.names.countries[code]
        yield "Country", name, f"countries/{code}.html", model.countries[code]["name"]
    for area in model.areas.values():
        yield "Crime area", area.name, f"areas/{area.id}.html", area.row["description"]
    for id_, row in model.metrics.items():
        yield "Figure", row["name"], f"metrics/{id_}.html", row["description"]
    for body in model.bodies.values():
        if body.has_page:
            short = body.row["abbreviation"] or ""
            yield "Organization", body.row["name"], f"organizations/{body.id}.html", short


def _things(site: Renderer) -> Iterator[tuple[str, str, str, str]]:
    """Yield things, which are also found by the metrics and the years they were counted in."""
    model = site.model
    words: defaultdict[str | None, set[str]] = defaultdict(set)
    for (_, metric, thing), rows in model.totals.items():
        words[thing].add(model.metrics[metric]["name"])
        words[thing].update(str(model.cases[row["case_id"]].year) for row in rows)
    for id_ in model.things:
        yield "Thing", model.names.objects[id_], f"things/{id_}.html", " ".join(sorted(words[id_]))


def _statements(site: Renderer) -> Iterator[tuple[str, str, str, str]]:
    model = site.model
    for claim in model.claims:
        verdict = claim.row["verdict"]
        yield "Claim", claim.row["statement"], f"claims/index.html#{claim.id}", verdict
    for entry in (*model.challenges, *model.lessons):
        kind = "Challenge" if entry.table == "challenges" else "Lesson"
        yield kind, entry.name, f"{entry.table}/{entry.id}.html", entry.row["statement"]


def _sitemap(site: Renderer) -> File:
    urls = "".join(f"<url><loc>{site.address(path)}</loc></url>\n" for path in site.made)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return File("sitemap.xml", f'{_XML}<urlset xmlns="{space}">\n{urls}</urlset>\n')


def _feed(site: Renderer) -> File:
    """Return an Atom feed of what each version changed, the newest first."""
    page = site.address("docs/changelog.html")
    changes = next((guide.body for guide in site.guides if guide.path == "CHANGELOG.md"), "")
    entries = [
        f"<entry><title>Version {version}</title><id>{page}#{id_}</id>"
        f'<link href="{page}#{id_}"/><updated>{day}T00:00:00Z</updated>'
        f'<content type="html" xml:base="{page}">{escape(str(text))}</content></entry>\n'
        for id_, version, day, text in _VERSION.findall(changes)
    ]

    return File(
        "feed.xml",
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{escape(site.model.descriptor['title'])}</title><id>{site.target.url}</id>"
        f'<link rel="self" href="{site.address("feed.xml")}"/><link href="{site.target.url}"/>'
        f"<updated>{site.model.descriptor['created']}</updated>"
        f"<author><name>The contributors</name></author>\n{''.join(entries[:3])}</feed>\n",
    )


_HOW: Final = """\
# INTERPOL interventions, with evidence

> {count} that INTERPOL coordinated, co-led or supported. Every figure has a hedge, a status and the
> sources that state it.

Quote a figure with its hedge, its status and its source, and link its address. `reported` means
that others report it on a body's word: its own document was not read, or not that far. Don't add
up figures of different operations, and don't turn one metric into another. The pages were read by
programs; no person has checked them. An independent project, not affiliated with INTERPOL. CC BY
4.0.

Every operation has `cases/ID.html`; a figure is at `cases/ID.html#PATH`. The tables are in
`data/tables/`.
"""


def _llms(site: Renderer) -> File:
    """Return the file that tells language models what there is and how to quote it."""
    lines = [_HOW.format(count=counted(len(site.model.cases), "operation")), "## Guides", ""]
    lines += [
        f"- [{guide.title}]({site.address(guide.page)})"
        for guide in site.guides
        if guide.path.count("/") < 2  # noqa: PLR2004  # not every single rule
    ]
    lines += ["", "## Operations", ""]
    for case in site.model.cases.values():
        page = site.address(f"cases/{case.id}.html")
        lines.append(f"- [{markdown.text(case.name)}]({page}): {case.headline or 'no figure'}")

    return File("llms.txt", "\n".join(lines) + "\n")


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


def guide_pages(site: Renderer) -> Iterator[File]:
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
