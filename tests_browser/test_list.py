"""Tests of the list of operations in a browser."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from chromium import NewContext
    from playwright.sync_api import Page


def shown(page: Page) -> int:
    """Return how many operations the page says it shows."""
    return int(page.locator("#shown").inner_text().replace(",", ""))


def test_filters_are_in_the_address(context: NewContext, address: str) -> None:
    """Each filter changes the address; Back takes it away; the address alone brings it back."""
    page = context().new_page()
    page.goto(f"{address}cases/index.html")
    everything = shown(page)
    page.get_by_role("checkbox", name="Wildlife crime").check()
    some = shown(page)
    page.get_by_label("Country").select_option("KEN")
    few = shown(page)

    assert everything > some > few > 0
    assert page.url.endswith("?area=wildlife-crime&country=KEN")
    assert few == page.locator(".list > li:visible").count()

    again = page.context.new_page()
    again.goto(page.url)
    assert few == shown(again)
    assert again.get_by_role("checkbox", name="Wildlife crime").is_checked()

    page.go_back()
    assert some == shown(page)
    page.go_back()
    assert everything == shown(page)


def test_a_country_that_no_list_names(context: NewContext, address: str) -> None:
    """Where lists are incomplete, the list by country says of how many operations."""
    page = context().new_page()
    page.goto(f"{address}cases/index.html?series=thunder")
    assert not page.locator(".incomplete").is_visible()
    page.get_by_label("Country").select_option("KEN")

    assert (
        page.locator(".incomplete").inner_text().startswith("Lists of countries are incomplete: ")
    )


def test_words_years_and_order(context: NewContext, address: str) -> None:
    """Words are found in names, summaries, countries and bodies; years are of the period."""
    page = context().new_page()
    page.goto(f"{address}cases/index.html?q=haechi&sort=oldest")
    names = page.locator(".list > li:visible h2").all_inner_texts()
    assert names[0] == "Operation HAECHI-I"
    assert "sort=oldest" in page.url

    page.goto(f"{address}cases/index.html?from=2018&to=2018&sort=arrests")
    assert 0 < shown(page) < 100
    page.get_by_role("button", name="Remove the filter from 2018").click()
    assert "from=" not in page.url


def test_the_selection_is_a_file(context: NewContext, address: str, tmp_path: Path) -> None:
    """The CSV has the operations that are shown, in their order."""
    page = context(accept_downloads=True).new_page()
    page.goto(f"{address}cases/index.html?series=haechi&sort=name")
    names = page.locator(".list > li:visible h2").all_inner_texts()
    with page.expect_download() as download:
        page.locator("#csv").click()
    download.value.save_as(tmp_path / "csv")
    text = (tmp_path / "csv").read_text("utf-8")

    assert names == [row["name"] for row in csv.DictReader(text.splitlines())]


def test_fifty_at_a_time(context: NewContext, address: str) -> None:
    """A long list shows fifty operations, and more when they are asked for."""
    page = context().new_page()
    page.goto(f"{address}cases/index.html")
    assert page.locator(".list > li:visible").count() == 50
    page.get_by_role("button", name="Show more").click()
    assert page.locator(".list > li:visible").count() == 100
    assert shown(page) > 100


def test_on_a_phone(context: NewContext, address: str) -> None:
    """On a phone the results come first, and the filters when they are asked for."""
    page = context(viewport={"width": 390, "height": 800}).new_page()
    page.goto(f"{address}cases/index.html")
    assert not page.get_by_label("Country").is_visible()
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Country").select_option("KEN")

    assert shown(page) < 100


def test_a_newspaper_is_found_among_the_sources(context: NewContext, address: str) -> None:
    """Newsrooms are folded; the one that is looked for is shown, and all are folded again after."""
    page = context().new_page()
    page.goto(f"{address}sources/index.html")
    newsrooms = page.locator("#media li:visible")
    assert newsrooms.count() == 0
    page.get_by_role("searchbox").fill("the guardian")
    assert 1 <= newsrooms.count() <= 5
    page.get_by_role("searchbox").fill("")

    assert newsrooms.count() == 0


def test_a_table_is_ordered_by_its_headings(context: NewContext, address: str) -> None:
    """A click or a key on a heading orders the rows, and says so; without script it is a table."""
    page = context().new_page()
    page.goto(f"{address}metrics/index.html")
    table = page.locator("table.sortable").first
    names = table.locator("tbody td:first-child")
    counts = [int(text) for text in table.locator("td:nth-child(2)").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)

    table.get_by_role("button", name="thing").focus()
    page.keyboard.press("Enter")
    ordered = [name.lower() for name in names.all_inner_texts()]
    assert ordered[:5] == sorted(ordered)[:5]
    assert table.locator("[aria-sort]").all_inner_texts() == ["thing"]

    table.get_by_role("button", name="latest").click()
    table.get_by_role("button", name="latest").click()
    years = [int(text) for text in table.locator("td:nth-child(3)").all_inner_texts()]
    assert years == sorted(years)
    assert table.locator("[aria-sort=ascending]").inner_text() == "latest"

    plain = context(java_script_enabled=False).new_page()
    plain.goto(f"{address}metrics/index.html")
    assert plain.locator("table.sortable").first.locator("tr").count() == len(counts) + 1
    assert plain.locator("table.sortable button").count() == 0
