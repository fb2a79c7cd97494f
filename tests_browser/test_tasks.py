"""Five things that people come for, done in a browser."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext


def test_compare_the_editions_of_haechi(
    context: Callable[..., BrowserContext], address: str
) -> None:
    """From search to the series, and from a bar to its evidence."""
    page = context().new_page()
    page.goto(address)
    page.get_by_role("searchbox").fill("haechi")
    page.keyboard.press("Enter")
    page.locator(".hits").get_by_role("link", name="HAECHI", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("HAECHI")
    arrests = page.locator(
        "section", has=page.get_by_role("heading", name="Arrests", exact=True)
    ).last
    expect(arrests.locator(".editions li")).to_have_count(5)
    arrests.get_by_role("link", name="4 2023").click()

    assert page.url.endswith("cases/haechi-iv.html#outcomes/arrests")
    expect(page.get_by_text("INTERPOL's own document says nearly 3,500")).to_be_visible()


def test_who_says_how_many_arrests_the_tri_border_operation_had(
    context: Callable[..., BrowserContext], address: str
) -> None:
    """The evidence of a figure says who says what, and why the one shown was chosen."""
    page = context().new_page()
    page.goto(f"{address}cases/index.html")
    page.get_by_label("Words").fill("tri-border 2016")
    page.locator(".list > li:visible a").first.click()
    evidence = page.locator("[id='outcomes/arrests']")
    expect(evidence).to_be_visible()  # it is disputed, so it starts open

    assert "no page explains it" in evidence.locator(".why").first.inner_text()
    assert "Brazilian Federal Police" in evidence.inner_text()
    assert evidence.locator(".taken").first.inner_text() == "25"


def test_wildlife_operations_with_kenya_since_2018(
    context: Callable[..., BrowserContext], address: str, tmp_path: Path
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


def test_what_rests_on_a_newspaper_article(
    context: Callable[..., BrowserContext], address: str
) -> None:
    """From a figure to a source, and from the source to all that rests on it."""
    page = context().new_page()
    page.goto(f"{address}cases/haechi-iii.html#outcomes/arrests")
    page.locator("[id='outcomes/arrests']").get_by_role("link", name="S’pore police").first.click()

    assert "sources/straitstimes-2023-02-22-haechi-iii.html" in page.url
    expect(page.get_by_role("heading", name="What rests on it")).to_be_visible()
    assert page.locator(".carried li").count() >= 3
    assert "Operation HAECHI III" in page.locator("main").inner_text()


def test_the_pangolin_claim_of_the_article(
    context: Callable[..., BrowserContext], address: str
) -> None:
    """The claim, its verdict, and why."""
    page = context().new_page()
    page.goto(f"{address}search.html?q=pangolin+trafficking+across+asia")
    page.locator(".hits a").first.click()
    claim = page.locator("#seed-p48-01")
    expect(claim).to_be_visible()

    assert "related here, not equated" in claim.inner_text()
    verdict = page.locator("details", has=claim).locator(".badge").first.inner_text()
    assert verdict in {"partly-supported", "not-found"}
