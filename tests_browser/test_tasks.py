"""What people come for, done in a browser, each in at most three steps from the first page."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from chromium import NewContext
    from playwright.sync_api import Locator, Page


def searched(page: Page, address: str, words: str) -> Locator:
    """Search on the first page, and return what is found: one step."""
    page.goto(address)
    page.get_by_role("searchbox").fill(words)
    page.keyboard.press("Enter")

    return page.locator(".hits a")


def test_how_much_cocaine(context: NewContext, address: str) -> None:
    """The number with its caveat, and the operation that announced most of it."""
    page = context().new_page()
    searched(page, address, "cocaine").first.click()

    assert re.fullmatch(
        r"(at least )?[\d.,]+( million)? kg of cocaine seized",
        page.locator(".answer").first.inner_text(),
    )
    expect(page.get_by_text("a lower bound of what was announced").first).to_be_visible()
    largest = page.locator(".totals li").first
    assert largest.locator("a").count() == 2  # the operation, and the source
    largest.locator("a").first.click()
    assert page.locator("details[open]").first.is_visible()


def test_how_many_children_and_by_whom(context: NewContext, address: str) -> None:
    """A thing has what was counted of it, and the operations."""
    page = context().new_page()
    searched(page, address, "children rescued").first.click()
    section = page.locator("#victims-rescued")

    assert section.locator(".answer").inner_text().endswith("children rescued")
    assert section.locator(".totals li").count() >= 3


def test_who_says_975(context: NewContext, address: str) -> None:
    """A number from a newspaper leads to its operation, with who says so opened."""
    for words in ("975 arrests", "HAECHI 975"):
        page = context().new_page()
        searched(page, address, words).first.click()
        evidence = page.locator("[id='outcomes/arrests']")

        expect(evidence).to_be_visible()
        assert page.url.endswith("cases/haechi-iii.html#outcomes/arrests")
        assert "Korean National Police Agency" in evidence.inner_text()


def test_how_haechi_grew(context: NewContext, address: str) -> None:
    """Misspelled, the series is found all the same; its editions are compared figure by figure."""
    page = context().new_page()
    searched(page, address, "hoechi").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("HAECHI")
    arrests = page.locator(
        "section", has=page.get_by_role("heading", name="Arrests", exact=True)
    ).last
    assert arrests.locator(".editions li").count() >= 4
    arrests.get_by_role("link", name="4 2023").click()

    assert page.url.endswith("cases/haechi-iv.html#outcomes/arrests")
    expect(page.get_by_text("INTERPOL's own document says nearly 3,500")).to_be_visible()


def test_what_kenya_did_in_wildlife(context: NewContext, address: str) -> None:
    """A country's operations and figures are grouped by crime area."""
    page = context().new_page()
    searched(page, address, "Kenya").first.click()
    page.locator("summary", has_text="Wildlife crime").click()
    area = page.locator("details[open]", has_text="Wildlife crime")

    assert area.locator("li", has_text="arrests in Kenya").count() >= 1
    assert area.get_by_role("link", name="About this area").is_visible()


def test_what_is_disputed(context: NewContext, address: str) -> None:
    """The first page leads to the list, and the list to the evidence, opened."""
    page = context().new_page()
    page.goto(address)
    page.locator(".findings").get_by_role("link", name="are disputed").click()
    page.locator(".index a").first.click()

    assert page.locator("details.fact[open] em.disputed").count() >= 1


def test_a_figure_is_cited_with_its_original(context: NewContext, address: str) -> None:
    """The source and its address come first, then the figure with its path and status."""
    page = context().new_page()
    searched(page, address, "haechi 975").first.click()
    page.locator("[id='outcomes/arrests']").get_by_role("button", name="Cite it").click()
    original = page.locator(".citing .original").inner_text()
    text = page.locator(".citing .cite pre").first.inner_text()

    assert "https://" in original
    assert "DataBreaches" in original
    assert "Operation HAECHI III, 975 arrests" in text
    assert "fact outcomes/arrests of the record haechi-iii, status " in text


def test_a_figure_that_all_sources_give_alike_is_cited_too(
    context: NewContext, address: str
) -> None:
    """Where no value is marked as taken, the first source is the original."""
    page = context().new_page()
    page.goto(f"{address}cases/haechi-iii.html#outcomes/assets-seized:USD")
    fact = page.locator("[id='outcomes/assets-seized:USD']")
    source = fact.locator("p a[href^=http]").first
    fact.get_by_role("button", name="Cite it").click()

    assert fact.locator(".taken").count() == 0
    assert str(source.get_attribute("href")) in page.locator(".citing .original").inner_text()


def test_evidence_leads_to_its_passage(context: NewContext, address: str) -> None:
    """Beside its address a source has one that finds the number as its language writes it."""
    page = context().new_page()
    page.goto(f"{address}cases/30-days-at-sea-3.html#outcomes/inspections")
    links = page.locator("[id='outcomes/inspections'] .passage")
    expect(links.first).to_be_visible()
    sought = {unquote(str(link.get_attribute("href"))).partition("#")[2] for link in links.all()}

    assert ":~:text=34,000&text=34000" in sought  # English
    assert ":~:text=34\u202f000&text=34000" in sought  # French
    for link in links.all():
        plain = link.locator("xpath=preceding-sibling::a[1]").get_attribute("href")
        assert str(link.get_attribute("href")).startswith(f"{plain}#")


def test_what_became_of_the_arrests(context: NewContext, address: str) -> None:
    """An operation's page says what courts made of it, step by step, each with its source."""
    page = context().new_page()
    searched(page, address, "cobra iii").first.click()
    section = page.locator("#proceedings")
    step = section.locator("details.fact").filter(has_text="persons convicted").first
    step.locator("summary").click()

    expect(section.locator("p").first).to_have_text(re.compile(r"convictions? stands?, as of 20"))
    assert re.search(
        r"persons convicted in \w+, 20\d\d", step.locator("summary > span").inner_text()
    )
    expect(step.locator("p a[href^=http]").first).to_be_visible()


def test_take_a_chart(context: NewContext, address: str, tmp_path: Path) -> None:
    """A picture is taken with its title, source, licence and day, as SVG and as PNG."""
    page = context(accept_downloads=True).new_page()
    searched(page, address, "cocaine").first.click()
    for kind in ("svg", "png"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save as {kind.upper()}").first.click()
        assert download.value.suggested_filename == f"cocaine.{kind}"
        download.value.save_as(tmp_path / kind)
    text = (tmp_path / "svg").read_text("utf-8")
    drawing = ET.fromstring(text)  # noqa: S314  # our own file

    assert drawing.tag.endswith("svg")
    assert "Cocaine: Weight seized, by year" in text
    assert "CC BY 4.0. Independent, not affiliated with INTERPOL." in text
    assert (tmp_path / "png").read_bytes().startswith(b"\x89PNG")


def test_who_says_how_many_arrests_the_tri_border_operation_had(
    context: NewContext, address: str
) -> None:
    """The evidence of a figure says who says what, and why the one shown was chosen."""
    page = context().new_page()
    page.goto(f"{address}cases/index.html")
    page.get_by_label("Words").fill("tri-border 2016")
    page.locator(".list > li:visible h2 a").first.click()
    evidence = page.locator("[id='outcomes/arrests']")
    expect(evidence).to_be_visible()  # it is disputed, so it starts open

    assert "no page explains it" in evidence.locator("p").first.inner_text()
    assert "Brazilian Federal Police" in evidence.inner_text()
    assert evidence.locator(".taken").first.inner_text() == "25"


def test_wildlife_operations_with_kenya_since_2018(
    context: NewContext, address: str, tmp_path: Path
) -> None:
    """Filtered, listed and downloaded."""
    page = context(accept_downloads=True).new_page()
    page.goto(f"{address}cases/index.html")
    page.get_by_role("checkbox", name="Wildlife crime").check()
    page.get_by_label("Country").select_option("KEN")
    page.get_by_label("from").fill("2018")
    expect(page.locator(".list > li:visible").first).to_be_visible()
    count = page.locator(".list > li:visible").count()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "kenya.csv")
    rows = list(csv.DictReader((tmp_path / "kenya.csv").read_text("utf-8").splitlines()))

    assert 0 < count == len(rows)
    assert all("KEN" in row["countries"] and "wildlife" in row["areas"] for row in rows)


def test_the_pangolin_claim_of_the_article(context: NewContext, address: str) -> None:
    """The claim, its verdict, and why."""
    page = context().new_page()
    page.goto(f"{address}search.html?q=pangolin+trafficking+across+asia")
    page.locator(".hits a").first.click()
    claim = page.locator("#seed-p48-01")
    expect(claim).to_be_visible()

    assert "related here, not equated" in claim.inner_text()
    verdict = page.locator("details", has=claim).locator("em").first.inner_text()
    assert verdict in {"partly-supported", "not-found"}
