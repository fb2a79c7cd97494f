"""Tests of the site as a whole: its links, its words for machines, its HTML, its bytes."""

import csv
import gzip
import html
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import html5lib

from helpers.each import each
from helpers.links import broken, ids
from interpol_dataset import Dataset, load
from interpol_dataset.dataset.export import export
from interpol_dataset.site.build import render

#: A page of every kind.
KINDS = [
    *("index.html", "cases/index.html", "cases/haechi-iii.html", "cases/pandora-i.html"),
    *("series/index.html", "series/haechi.html", "countries/index.html", "countries/KOR.html"),
    *(
        "areas/online-fraud.html",
        "metrics/index.html",
        "metrics/arrests.html",
        "metrics/weight-seized.html",
        "things/drugs.html",
    ),
    *("organizations/interpol.html", "sources/interpol-2022-11-24-haechi-iii.html"),
    "sources/index.html",
    *("claims/index.html", "challenges/corruption-of-officials.html", "lessons/index.html"),
    *("changes.html", "statuses.html", "docs/index.html", "docs/rules/POL001.html", "about.html"),
    *("downloads.html", "search.html"),
]


def test_the_bytes_are_the_same_each_time(built: Path, tmp_path: Path) -> None:
    """Under two seeds of Python's hashes every file has the same bytes."""
    seeds = ("0", "1")
    for seed in seeds:
        subprocess.run(
            [sys.executable, "-m", "interpol_dataset", "site", tmp_path / seed, "--package", built],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
    first, second = (
        {
            path.relative_to(tmp_path / seed): path.read_bytes()
            for path in (tmp_path / seed).rglob("*")
            if path.is_file()
        }
        for seed in seeds
    )

    assert first == second
    assert len(first) > len(KINDS)


def test_every_link_leads_somewhere(site: Mapping[str, str]) -> None:
    """Links lead to files of the site, and their fragments to ids there."""
    assert list(broken(site)) == []


def test_ids_are_unique(site: Mapping[str, str]) -> None:
    """No page has an id twice."""
    for path, text in site.items():
        if path.endswith(".html"):
            found = ids(text)
            assert sorted(set(found)) == sorted(found), path


@each("path", KINDS)
def test_pages(site: Mapping[str, str], path: str) -> None:
    """A page is strict HTML with a heading, a description and an address; its JSON-LD parses."""
    text = site[path]

    html5lib.HTMLParser(strict=True).parse(text)
    assert text.count("<h1") == 1
    assert re.search(r'<meta name="description" content="[^"]{10,}', text)
    assert f'<link rel="canonical" href="https://example.org/interpol/{path}">' in text
    for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text):
        assert json.loads(data)["@context"] == "https://schema.org"


@each("path", KINDS)
def test_pages_bring_nothing_from_elsewhere(site: Mapping[str, str], path: str) -> None:
    """A page loads nothing from another host, and has neither inline script nor style."""
    text = site[path]
    assert "default-src 'none'" in text
    assert re.findall(r'<(?:script|img|link rel="stylesheet")[^>]*(?:src|href)="\w+:', text) == []
    assert set(re.findall(r'<script type="([^"]*)"', text)) <= {"application/ld+json"}
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script>", text) == []


def test_case_pages_are_small(site: Mapping[str, str]) -> None:
    """A page with its style and scripts takes at most 50 kB on its way."""
    shared = "".join(site[f"static/{name}"] for name in ("style.css", "theme.js", "page.js"))
    sizes = {
        path: len(gzip.compress((text + shared).encode()))
        for path, text in site.items()
        if path.startswith("cases/") and path.endswith(".html") and path != "cases/index.html"
    }

    assert sizes
    assert {path: size for path, size in sizes.items() if size > 50_000} == {}


def test_a_page_has_no_twin_in_json(site: Mapping[str, str]) -> None:
    """What is in the tables is not written again for each page: no other file is JSON."""
    found = [path for path in site if path.endswith(".json")]
    assert found == ["datapackage.json"]
    assert json.loads(site["datapackage.json"])["resources"]


def test_totals_are_not_added_up_twice(few: Dataset, site: Mapping[str, str]) -> None:
    """A metric as CSV names operation and year, and what includes its figure."""
    known = {row["id"]: row for row in few.tables.rows("cases")}
    counted = {
        row["case_id"]: row["counted_in"]
        for row in few.tables.rows("case_totals", metric_id="arrests")
    }
    listed = list(csv.DictReader(site["metrics/arrests.csv"].splitlines()))

    assert any(counted.values())
    assert counted == {row["case_id"]: row["counted_in"] or None for row in listed}
    for row in listed:
        operation = known[row["case_id"]]
        assert (operation["name"], str(operation["year"])) == (row["name"], str(row["year"]))
        assert not (row["added"] == "True" and row["counted_in"] in known)


def test_an_amount_in_another_currency(site: Mapping[str, str]) -> None:
    """Of an amount in another currency the page says no more than the rule does."""
    page = site["cases/haechi-iv.html"]
    whole = '<a href="#outcomes/assets-seized:USD">'

    assert [f"In another currency, the same amount as, or a part of, {whole}"] == re.findall(
        rf'id="outcomes/assets-seized:EUR">\s*<p>(.*?{whole})', page
    )
    assert [f"A part of {whole}"] == re.findall(
        rf'id="outcomes/assets-seized/cash:USD">\s*<p>(.*?{whole})', page
    )


def test_search_engines_find_every_page(site: Mapping[str, str]) -> None:
    """The sitemap lists every page in full, and nothing else."""
    tree = ET.fromstring(site["sitemap.xml"])  # noqa: S314  # our own file
    found = {element.text for element in tree.iter() if element.text and element.text.strip()}
    pages = {path for path in site if path.endswith(".html")}
    assert {f"https://example.org/interpol/{path}" for path in pages} == found


def test_language_models_read_figures_with_their_hedges(site: Mapping[str, str]) -> None:
    """The list for answering machines has figures with their statuses."""
    assert re.search(r"cases/haechi-iii\.html\): 975 arrests \([a-z]+\)", site["llms.txt"])


def test_a_link_to_one_of_several(site: Mapping[str, str]) -> None:
    """A country, a body or a means is found at the top of the evidence that it shares."""
    page = site["cases/haechi-iii.html"]
    assert re.search(r'<div><p class=link>(<a [^>]+>[^<]+</a>, )*<a id="tools/notices"', page)
    assert page.count('id="tools/notices"') == 1


def test_a_challenge_leads_to_lesson_operation_and_result(
    few: Dataset, site: Mapping[str, str]
) -> None:
    """Each step is a link, the last one to the very figure."""
    for lesson in few.lessons:
        page = unquote(site[f"lessons/{lesson['id']}.html"])
        for challenge in lesson["challenge_ids"] or ():
            assert f"../lessons/{lesson['id']}.html" in site[f"challenges/{challenge}.html"]
        for link in few.statement_cases:
            if (link["record_table"], link["record_id"]) == ("lessons", lesson["id"]):
                fact = f"#{link['result']}" if link["result"] else ""
                assert f'"../cases/{link["case_id"]}.html{fact}"' in page


def test_the_dataset_is_cited_as_itself(few: Dataset, site: Mapping[str, str]) -> None:
    """Pages about it give its reference, as ``cite`` does; a case leads to a form for errors."""
    for path in ("about.html", "downloads.html"):
        cited = f"<pre tabindex=0>{few.cite()} https://example.org/interpol/</pre>"
        assert cited in site[path], path
    assert "https://example.org/project/issues/new?template=data.yml" in site["cases/athena.html"]
    assert "record=athena" in site["cases/athena.html"]


def test_feed_readers_are_told_what_a_version_changed(site: Mapping[str, str]) -> None:
    """With an address there is a feed of the latest versions, and a picture for links."""
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(site["feed.xml"])  # noqa: S314  # our own file
    entries = feed.findall(f"{atom}entry")

    assert len(entries) == 3
    for entry in entries:
        page, _, id_ = str(entry.findtext(f"{atom}id")).partition("#")
        assert page == "https://example.org/interpol/docs/changelog.html"
        assert id_ in ids(site["docs/changelog.html"])
        assert "<li>" in str(entry.findtext(f"{atom}content"))
    assert 'href="feed.xml"' in site["index.html"]
    assert 'content="https://example.org/interpol/static/card.png"' in site["cases/athena.html"]
    assert "static/card.png" in site


def test_the_list_knows_which_lists_of_countries_are_complete(site: Mapping[str, str]) -> None:
    """What filters by country is told of which operations all countries are listed."""
    data = site["data/operations.js"].removeprefix("window.OPERATIONS=").rstrip(";\n")
    found = json.loads(data)
    known = dict(zip((row[0] for row in found["rows"]), found["complete"], strict=True))
    assert (known["pandora-i"], known["athena"]) == (1, 0)


def test_an_operation_is_found_by_what_it_is_about(site: Mapping[str, str]) -> None:
    """The index has editions as digits, areas, countries and a summary's words; and figures."""
    index = json.loads(site["data/search.js"].removeprefix("window.SEARCH=").rstrip(";\n"))
    words = {href: more.split() for _, _, href, more, *_ in index}
    figures = {href: dict(found[0]) for _, _, href, _, *found in index if found}
    things = {href for kind, _, href, *_ in index if kind == "Thing"}

    assert {"3", "fraud", "KOR", "coordinated"} <= set(words["cases/haechi-iii.html"])
    assert figures["cases/haechi-iii.html"]["975 arrests"] == "arrests"
    assert things == {path for path in site if re.fullmatch(r"things/.*\.html", path)}


def test_sources_are_listed_by_publisher(few: Dataset, site: Mapping[str, str]) -> None:
    """Each publisher is there once, newsrooms apart from bodies, and leads to its sources."""
    page = site["sources/index.html"]
    publishers = {row["publisher_id"] for row in few.sources}
    media = page.index('id="media"')

    assert len(publishers) == page.count("<li>")
    assert page.index("../organizations/interpol.html") < media
    for row in few.sources:
        own = site.get(f"organizations/{row['publisher_id']}.html", page)
        assert row["title"] in html.unescape(own), row["id"]


def test_what_is_used_once_is_a_line(few: Dataset, site: Mapping[str, str]) -> None:
    """A source has a page if several records rest on it; else it is a line of the one that does."""
    uses: defaultdict[str, set[str]] = defaultdict(set)
    for row in few.tables.rows("evidence"):
        uses[row["source_id"]].add(row["record_id"])
    once = {id_ for id_, records in uses.items() if len(records) == 1}
    pages = {path for path in site if path.startswith("sources/")}

    assert once
    assert pages == {
        f"sources/{row['id']}.html" for row in few.sources if row["id"] not in once
    } | {"sources/index.html"}
    for id_ in once:
        (record,) = uses[id_]
        page = site.get(f"cases/{record}.html")
        assert page is None or f'id="sources/{id_}"' in page


def test_parts_of_an_organization_are_on_its_page(few: Dataset, site: Mapping[str, str]) -> None:
    """An organization that is a part of another is named on the page of that, if it has one."""
    shown = 0
    for row in few.organizations:
        page = site.get(f"organizations/{row['parent_id']}.html")
        if page:
            shown += 1
            assert html.escape(row["name"], quote=True) in html.escape(html.unescape(page)), row

    assert shown


def test_tables_are_described_in_their_own_format(small: Dataset, tmp_path: Path) -> None:
    """Of a package in Parquet, the site offers Parquet, and describes it as that."""
    export(small.tables, tmp_path / "package", "parquet")
    found = {file.path: file.content for file in render(load(tmp_path / "package"))}
    home = str(found["index.html"])
    data = json.loads(home.partition('<script type="application/ld+json">')[2].partition("</")[0])

    assert len(data["distribution"]) > 20
    for table in data["distribution"]:
        assert table["contentUrl"] in found
        assert table["encodingFormat"] == "application/vnd.apache.parquet"
