"""The pages about, downloads, search and guides, and the files for search engines and models."""

from __future__ import annotations

import json
import posixpath
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.docs import markdown
from interpol_dataset.schema.vocabulary import SourceKind
from interpol_dataset.site.model import KINDS, Case
from interpol_dataset.site.render import PRESS, File, Link, Renderer, citations
from interpol_dataset.site.words import GUIDES, fragment, roman, script_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


#: A version in the list of changes: its id, number, day and text.
_VERSION: Final = re.compile(
    r'<h2 id="([^"]+)">([\d.]+) \(([\d-]+)\)</h2>\n(.*?)(?=<h2 |\Z)', re.DOTALL
)


def table_files(site: Renderer) -> Iterator[File]:
    """Yield the tables themselves, and what describes them."""
    for name, path in site.table_files.items():
        yield File(path, site.tables.package.read(name))
    if site.table_files:
        yield _descriptor(site, site.table_files)


def about_pages(site: Renderer) -> Iterator[File]:
    """Yield the pages, and the index for search."""
    yield site.page(
        "about.html",
        "about",
        quotes=citations(site),
        kinds_of=[(KINDS[kind], kind.meaning) for kind in SourceKind],
    )
    yield site.page("downloads.html", "downloads", tables=site.table_files, quotes=citations(site))
    yield site.page("search.html", "search")
    yield File("data/search.js", f"window.SEARCH={script_text(list(_index(site)))};\n")
    # Sources are many and rarely searched for, so they have their own file.
    documents = [
        (source.row["title"], source.page.partition("#")[0], source.publisher)
        for source in site.model.sources.values()
    ]
    yield File("data/sources.js", f"window.SOURCES={script_text(documents)};\n")
    yield _llms(site)
    if site.target.url:
        yield site.file("sitemap.xml", made=site.made)
        yield _feed(site)


def _descriptor(site: Renderer, paths: Mapping[str, str]) -> File:
    descriptor = dict(site.tables.package.descriptor)
    descriptor["resources"] = [
        {**resource, "path": paths[resource["name"]]}
        for resource in descriptor["resources"]
        if resource["name"] in paths
    ]
    text = json.dumps(descriptor, ensure_ascii=False, default=str, separators=(",", ":"))
    return File("datapackage.json", f"{text}\n")


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
    named = {*case.name.lower().split(), "interpol"}  # which is in all of them
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


def _feed(site: Renderer) -> File:
    """Return an Atom feed of what each version changed, the newest first."""
    changes = next((guide.body for guide in site.guides if guide.path == "CHANGELOG.md"), "")
    versions = _VERSION.findall(changes)[:3]
    return site.file("feed.xml", page=site.address("docs/changelog.html"), versions=versions)


def _llms(site: Renderer) -> File:
    """Return the file that tells language models what there is and how to quote it."""
    cases = [(case, markdown.text(case.name)) for case in site.model.cases.values()]
    # Not every single rule.
    guides = [guide for guide in site.guides if guide.path.count("/") < 2]  # noqa: PLR2004
    return site.file("llms.txt", cases=cases, guides=guides)


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
                for heading, paths in GUIDES.items()
            ],
        )
