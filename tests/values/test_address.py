"""Tests of :mod:`interpol_dataset.values.web`."""

import pytest

from helpers.each import each
from interpol_dataset.values.web import canonical, host_of

PAGE = "https://www.example.org/news/2022/haechi-iii"


#: The same page, as others give its address.
SAME = """
http://example.org/news/2022/haechi-iii/
https://m.example.org/news/2022/haechi-iii
https://mobile.example.org/news/2022/haechi-iii
https://amp.example.org/news/2022/haechi-iii
https://www.example.org/news/2022/haechi-iii/amp
https://www.example.org/news/2022/haechi-iii/amp/
https://www.example.org/amp/news/2022/haechi-iii
https://www.example.org/news/2022/haechi-iii?outputType=amp
https://www.example.org/news/2022/haechi-iii?amp=1
https://www.example.org/news/2022/haechi-iii?ref=rss&utm_source=mail
https://www.example.org/news/2022/haechi-iii#comments
https://www.example.org/News/2022/HAECHI-III
https://WWW.EXAMPLE.ORG/news/2022/haechi-iii
https://www.example.org/news/2022/haechi%2Diii
https://www.example.org//news/2022/haechi-iii
https://www.example.org:443/news/2022/haechi-iii
https://www.example.org/news/2022/haechi-iii/index.html
https://web.archive.org/web/20221124101500/https://www.example.org/news/2022/haechi-iii
https://web.archive.org/web/20221124id_/http://example.org/news/2022/haechi-iii
https://archive.ph/20221124/https://www.example.org/news/2022/haechi-iii
https://webcache.googleusercontent.com/search?q=cache:aBc1:www.example.org/news/2022/haechi-iii
https://www.google.com/amp/s/www.example.org/news/2022/haechi-iii
https://www-example-org.cdn.ampproject.org/c/s/www.example.org/news/2022/haechi-iii
"""


@each("other", SAME.split())
def test_a_page_is_known_by_all_its_addresses(other: str) -> None:
    """What is for telephones, archives or counting readers makes no other page."""
    assert canonical(PAGE) == canonical(other)


@each(
    "other",
    [
        "https://www.example.org/news/2022/haechi-iv",
        "https://www.example.org/news/2022/haechi-iii?page=2",
        "https://es.example.org/news/2022/haechi-iii",
        "https://www.example.org/news/2022/haechi-iii#!/second",
        "https://www.example.com/news/2022/haechi-iii",
        "https://archive.ph/aBcDe",
    ],
)
def test_other_pages_stay_apart(other: str) -> None:
    """Another language, number or site is another page."""
    assert canonical(PAGE) != canonical(other)


def test_the_letter_case_of_parameters_counts() -> None:
    """Ids of films and messages differ by case alone."""
    assert canonical("https://x.test/watch?v=aB") != canonical("https://x.test/watch?v=ab")


@pytest.mark.parametrize("url", ["https://[::1", "https://", "x", "https://a b/%zz"])
def test_what_is_no_address_has_a_form_too(url: str) -> None:
    """A broken address is compared with itself and stops nothing."""
    assert canonical(url) == canonical(url)
    assert isinstance(host_of(url), str)
