"""
About, downloads and search; and what search engines and answering machines read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.schema.vocabulary import SourceKind
from interpol_dataset.site.cite import citations
from interpol_dataset.site.evidence import KINDS
from interpol_dataset.site.machine import as_json
from interpol_dataset.site.pages.cases import headlines, series_name
from interpol_dataset.site.render import File, script_text
from interpol_dataset.site.words.values import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.site.render import Renderer

__all__ = ["llms", "pages", "sitemap"]

_STEM: Final = "data/tables"


def pages(site: Renderer) -> Iterator[File]:
    """Yield the pages, the tables themselves, and the index for search."""
    model = site.model
    title = str(model.descriptor.get("title", ""))
    yield site.page(
        "about.html",
        "about",
        title="About",
        about="What this is, who made it, how to read a badge, and what it can’t tell.",
        quotes=citations(site, "index.html", title),
        kinds_of=[(KINDS[kind], kind.meaning) for kind in SourceKind],
        repository=site.target.repository,
    )
    tables = list(_tables(site))
    yield site.page(
        "downloads.html",
        "downloads",
        title="Downloads",
        about="The whole dataset as tables that describe themselves, under CC BY 4.0.",
        tables=[(name, path, model.tables[name], about) for name, path, about, _ in tables],
        quotes=citations(site, "downloads.html", title),
    )
    for _, path, _, content in tables:
        yield File(path, content)
    if tables:
        yield _descriptor(site, {name: path for name, path, *_ in tables})
    yield site.page(
        "search.html",
        "search",
        title="Search",
        about="Find an operation, a country, a body, a document or a word in the guides.",
    )
    yield File("data/search.js", f"window.SEARCH={script_text(list(_index(site)))};\n")


def _tables(site: Renderer) -> Iterator[tuple[str, str, str, bytes]]:
    """Yield the tables of a flat package: name, path on the site, description and bytes."""
    package = site.package
    if package.is_nested:
        return
    for name, resource in package.resources.items():
        if name in site.model.tables:
            format_ = str(resource.get("format", "csv"))
            about = str(resource.get("description", ""))
            yield name, f"{_STEM}/{name}.{format_}", about, package.read(name)


def _descriptor(site: Renderer, paths: dict[str, str]) -> File:
    descriptor = dict(site.model.descriptor)
    descriptor["resources"] = [
        {**resource, "path": paths[resource["name"]]}
        for resource in descriptor["resources"]
        if resource["name"] in paths
    ]

    return as_json("datapackage.json", descriptor)


def _index(site: Renderer) -> Iterator[tuple[str, str, str, str]]:
    """Yield what can be found: its kind, name, address and other words."""
    model, names = site.model, site.model.names
    for case in model.cases.values():
        words = [*(case.row["aliases"] or ()), *(model.areas[id_].row["name"] for id_ in case.areas)]
        words += [str(case.year or "")]
        yield "Operation", case.name, f"cases/{case.id}.html", " ".join(words)
    for id_, cases in model.series.items():
        yield "Series", series_name(cases), f"series/{id_}.html", ""
    for code in site.pages_of("countries"):
        yield "Country", names.countries[code], f"countries/{code}.html", model.countries[code]["name"]
    for area in model.areas.values():
        yield "Crime area", area.name, f"areas/{area.id}.html", area.row["description"]
    for id_, row in model.metrics.items():
        yield "Figure", row["name"], f"metrics/{id_}.html", row["description"]
    for claim in model.claims:
        yield "Claim", claim.row["statement"], f"claims/index.html#{claim.id}", claim.row["status"] or ""
    for entry in (*model.challenges, *model.lessons):
        kind = "Challenge" if entry.table == "challenges" else "Lesson"
        yield kind, entry.name, f"{entry.table}/{entry.id}.html", entry.row["statement"]
    for id_, row in model.organizations.items():
        yield "Organization", row["name"], f"organizations/{id_}.html", row["abbreviation"] or ""
    for source in model.sources.values():
        publisher = names.organizations[source.row["publisher_id"]]
        yield "Source", source.row["title"], f"sources/{source.id}.html", publisher
    for guide in site.guides:
        yield "Guide", guide.title, guide.page, ""
        for heading in guide.headings:
            yield "Guide", f"{heading.text} ({guide.title})", f"{guide.page}#{heading.id}", ""


def sitemap(site: Renderer, paths: list[str]) -> File:
    """List all pages for search engines."""
    urls = "".join(f"<url><loc>{site.address(path)}</loc></url>\n" for path in paths)

    return File(
        "sitemap.xml",
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n',
    )


def llms(site: Renderer) -> File:
    """Tell answering machines what there is and how to quote it."""
    model = site.model
    lines = [
        "# INTERPOL interventions, with evidence",
        "",
        f"> {counted(len(model.cases), 'operation')} that INTERPOL coordinated, co-led or supported. "
        "Every figure has a hedge, a status and the sources that state it.",
        "",
        "Quote a figure with its hedge, its status and its source, and link its address. A status "
        "of `reported` means that no document was read; never call it confirmed. Don't add up "
        "figures of different operations, and don't turn one measure into another. An independent "
        "project, not affiliated with INTERPOL. CC BY 4.0.",
        "",
        "Every operation has `cases/ID.html`, `.md`, `.json` and `.csv`; a fact is at "
        "`cases/ID.html#PATH`.",
        "",
        "## Guides",
        "",
        *(
            f"- [{guide.title}]({site.address(guide.page)})"
            for guide in site.guides
            if guide.path.count("/") < 2  # noqa: PLR2004  # not every single rule
        ),
        "",
        "## Operations",
        "",
    ]
    for case in model.cases.values():
        told = "; ".join(f"{fact.line} ({fact.status})" for fact in headlines(case, 2))
        name = json.dumps(case.name, ensure_ascii=False)[1:-1].replace("[", "(").replace("]", ")")
        lines.append(f"- [{name}]({site.address(f'cases/{case.id}.md')}): {told or 'no figure'}")

    return File("llms.txt", "\n".join(lines) + "\n")
