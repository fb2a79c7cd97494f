"""Tests that a number is the same on every page, and the one of the tables."""

import csv
import html
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from interpol_dataset import Dataset
from interpol_dataset.schema.vocabulary import Status
from interpol_dataset.site.model import SURE

Site = Mapping[str, str]


def number(text: str, before: str, after: str = "") -> int:
    """Return the number between two texts, of which there is one on a page."""
    found = re.findall(rf"{before}([\d,]+){after}", text)
    assert len({*found}) == 1, (before, after, found)
    return int(found[0].replace(",", ""))


def tallied(text: str) -> dict[str, int]:
    """Return the numbers beside the badges of a bar of statuses."""
    found = re.findall(r"<li><em class=[\w-]+>([\w-]+)</em> <b>([\d,]+)</b>", text)
    return {status: int(count.replace(",", "")) for status, count in found}


def test_operations_and_sources(few: Dataset, site: Site) -> None:
    """The first page, the lists, the downloads and their files have as many as the tables."""
    cases, sources = len(few.cases), len(few.sources)
    home, listed, downloads = site["index.html"], site["cases/index.html"], site["downloads.html"]
    publishers = re.findall(r"<small>([\d,]+) sources? of", site["sources/index.html"])

    assert number(home, "<p class=lead>", " operations") == cases
    assert number(listed, '<b id="shown">') == number(listed, "</b> of ", " operations") == cases
    assert sum(map(int, re.findall(r'name="role".*?<small>(\d+)</small>', listed))) == cases
    assert len([*csv.DictReader(site["cases/index.csv"].splitlines())]) == cases
    assert number(downloads, r"cases\.csv\" download>cases</a><td class=n>") == cases
    assert number(site["llms.txt"], "> ", " operations") == cases
    assert number(home, ", ", " public sources") == sources
    assert number(site["sources/index.html"], r"\. ", " sources") == sources
    assert sum(int(count.replace(",", "")) for count in publishers) == sources
    assert number(downloads, r"sources\.csv\" download>sources</a><td class=n>") == sources


def test_facts_by_status(few: Dataset, site: Site) -> None:
    """The first page, the list of what is disputed and each operation count as the table does."""
    rows = [row for row in few.verification if row["record_table"] == "cases"]
    figures = Counter(row["status"] for row in rows if row["fact_class"] == "figure")
    home, disputed = site["index.html"], site["disputed.html"]
    by_case: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        by_case[row["record_id"]][row["status"] or row["verdict"]] += 1

    assert number(home, "operations, ", " figures") == figures.total()
    assert number(home, "Of ", " figures") == figures.total()
    assert number(home, "figures ", " are confirmed") == figures[Status.CORROBORATED]
    assert tallied(home) == figures
    assert disputed.count("<li><a href=") == sum(row["status"] == Status.DISPUTED for row in rows)
    for case, counts in by_case.items():
        page = site[f"cases/{case}.html"]
        assert tallied(page) == counts, case
        assert number(page, "<p class=note>", " statements? from") == counts.total(), case


def test_a_status_has_one_name(site: Site) -> None:
    """The page about the site explains every status and verdict that a badge can bear."""
    explained = re.findall(r"<th scope=\"row\"><em class=[\w-]+>([\w-]+)</em>", site["about.html"])
    used = {
        name
        for path, text in site.items()
        if path.endswith(".html")
        for name in re.findall(r"<em class=[\w-]+>([\w-]+)</em>", text)
    }

    assert explained == [*SURE]
    assert used <= {*explained}


def test_operations_of_a_country(few: Dataset, site: Site) -> None:
    """The list, the filter, the file, the page and its operations are those of the table."""
    counts = Counter(row["country"] for row in few.case_countries)
    listed, chosen = site["countries/index.html"], site["cases/index.html"]
    rows = csv.DictReader(site["countries/index.csv"].splitlines())
    lists = [
        re.findall(r'href="(\w+)\.html">[^<]*</a> <small>(\d+) operations?', listed),
        re.findall(r'<option value="([A-Z]{3})">[^<]* \((\d+)\)', chosen),
        [(row["country"], row["operations"]) for row in rows if row["operations"] != "0"],
    ]
    bars = re.findall(r'href="(\w+)\.html">[^<]*</a> <svg.*?<b>(\d+)</b>', listed)

    assert counts
    for found in lists:
        assert {code: int(count) for code, count in found} == counts
    assert bars
    assert {code: int(count) for code, count in bars}.items() <= counts.items()
    for code, count in counts.items():
        page = site[f"countries/{code}.html"]
        assert number(page, "Sources list it in ", " operations?") == count, code


def test_operations_of_an_organization(few: Dataset, site: Site) -> None:
    """Its page and the list count the parts and the documents that the tables have of it."""
    parts = Counter(row["organization_id"] for row in few.case_organizations)
    documents = Counter(row["publisher_id"] for row in few.sources)
    listed = html.unescape(site["organizations/index.html"])
    shown = 0
    for row in few.organizations:
        page = site.get(f"organizations/{row['id']}.html")
        if page is None:
            continue
        shown += 1
        line = listed[listed.index(f'"{row["id"]}.html"') :].partition("<li>")[0]
        for counts, unit, words in (
            (parts, "operations?", "operations in which it took part"),
            (documents, "sources?", "documents of it that were read"),
        ):
            if count := counts[row["id"]]:
                assert number(page, "<li><b>", f"</b> {words}") == count, row["id"]
                assert number(line, r"[ >]", f" {unit}") == count, row["id"]

    assert shown
    assert number(listed, r"publishes\. ", " more") == len(few.organizations) - shown
