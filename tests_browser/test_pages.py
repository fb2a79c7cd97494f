"""Tests of every kind of page in a browser: access, widths, schemes, no script, no server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from kinds import KINDS, SCHEMES, WIDTHS

if TYPE_CHECKING:
    from pathlib import Path

    from chromium import NewContext

#: Leaves the first items of each list and table.
FIRST_OF_EACH = """
for (const list of document.querySelectorAll("ul, ol, tbody, dl, article, section"))
    for (const item of [...list.children].slice(40)) item.remove()
"""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", KINDS)
def test_everybody_can_use_it(context: NewContext, address: str, path: str, scheme: str) -> None:
    """
    Axe finds no violation, with all evidence closed and, where there is some, opened.

    In the dark only the colours are others. Of long lists the first items are looked at: the
    others are made by the same lines of a template.
    """
    page = context(color_scheme=scheme).new_page()
    page.goto(address + path)
    first = page.locator("details.fact").first
    if first.count():
        first.evaluate("details => { details.open = true }")
    page.evaluate(FIRST_OF_EACH)
    found = Axe().run(page, options={"runOnly": ["color-contrast"]} if scheme == "dark" else None)

    assert [
        (violation["id"], [node["html"] for node in violation["nodes"]][:3])
        for violation in found.response["violations"]
    ] == []


@pytest.mark.parametrize("path", KINDS)
def test_nothing_is_cut_off(context: NewContext, address: str, path: str) -> None:
    """The page is no wider than any screen."""
    page = context().new_page()
    page.goto(address + path)
    wide = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(width)

    assert wide == []


def test_without_script(context: NewContext, address: str) -> None:
    """Without script the list is whole and wide, and a fact's address opens its evidence."""
    for width in (390, 1280):
        options = {"java_script_enabled": False, "viewport": {"width": width, "height": 800}}
        page = context(**options).new_page()
        page.goto(f"{address}cases/index.html")
        box = page.locator(".results").bounding_box()
        assert page.locator(".list > li").count() > 600
        assert not page.locator(".filters").is_visible()
        assert box
        assert box["width"] > width * 0.8

    page.goto(f"{address}cases/haechi-iii.html#outcomes/arrests")
    assert page.get_by_text(re.compile("^Documented: ")).first.is_visible()
    links = page.locator("[id='outcomes/arrests'] p a[href^=http]")
    assert links.count() >= 7
    assert all(str(link.get_attribute("href")).startswith("http") for link in links.all())
    assert "https://" in page.locator(".citing .original").inner_text()


def test_from_the_file_system(context: NewContext, folder: Path) -> None:
    """Opened as a file the site works as from a server: filters, search, evidence."""
    page = context().new_page()
    page.goto(f"{folder.as_uri()}/cases/index.html?series=haechi")
    assert page.locator(".list > li:visible").count() == 6

    page.goto(f"{folder.as_uri()}/search.html?q=haechi")
    assert page.locator(".hits li").count() >= 6

    page.goto(f"{folder.as_uri()}/cases/haechi-iii.html#outcomes/arrests")
    assert page.locator("[id='outcomes/arrests']").is_visible()


def test_light_and_dark(context: NewContext, address: str) -> None:
    """The button switches between light and dark, and the next page remembers."""
    page = context(color_scheme="light").new_page()
    page.goto(f"{address}about.html")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Switch between light and dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto(f"{address}statuses.html")

    assert light != dark == page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_on_paper_it_is_light(context: NewContext, address: str) -> None:
    """Printed, a page that is read in the dark has the colours of a light one."""
    colours = "[...document.querySelectorAll('*')].map(one => getComputedStyle(one).color)"
    page = context(color_scheme="light").new_page()
    page.emulate_media(media="print")
    page.goto(f"{address}about.html")
    light = page.evaluate(colours)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")

    assert light == page.evaluate(colours)


def test_print(context: NewContext, address: str) -> None:
    """Printed, a page has its evidence and no navigation."""
    page = context().new_page()
    page.goto(f"{address}cases/haechi-iii.html#outcomes/arrests")
    page.emulate_media(media="print")
    shown: Any = page.locator("header nav").first.is_visible()

    assert not shown
    assert page.get_by_text("Nobody outside the operation").first.is_visible()


def test_a_picture_is_one_tab_stop(context: NewContext, address: str) -> None:
    """The tab key stops once at a picture; the arrow keys go on in it."""
    page = context().new_page()
    page.goto(f"{address}things/cocaine.html")
    chart = page.locator("svg.chart").first
    links = chart.locator("a")
    assert chart.locator("a:not([tabindex='-1'])").count() == 1

    links.first.focus()
    page.keyboard.press("ArrowRight")
    assert links.nth(1).evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/**")


def test_pictures_can_be_read_on_a_phone(context: NewContext, address: str) -> None:
    """No letters in a picture are smaller than 11 pixels at 390."""
    page = context(viewport={"width": 390, "height": 800}).new_page()
    measured = "texts => texts.map(text => text.getBoundingClientRect().height)"
    drawn = 0
    for path in KINDS:
        page.goto(address + path)
        heights = page.locator("svg text:visible").evaluate_all(measured)
        assert min(heights, default=11) >= 11, path
        drawn += len(heights)

    assert drawn
