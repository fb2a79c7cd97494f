"""Tests of :mod:`interpol_dataset.suggest`."""

import time

from helpers.each import each
from interpol_dataset.suggest import likely, nearest, slug_of, suggestion


def test_nearest() -> None:
    """The nearest word is one that is like it, in whatever letters; a text is no typo."""
    text = "arrests " * 100

    assert nearest("arests", ["seizures", "arrests"]) == "arrests"
    assert nearest("STATEMENT", ["statements", "statement"]) == "statement"
    assert nearest("pkg004", ["PKG004"]) == "PKG004"
    assert nearest("arrested", ["arrests"], cutoff=0.4) == "arrests"
    assert nearest("arrested", ["arrests"], cutoff=0.9) is None
    assert nearest(text, [text]) is None
    for word in ("zzz", "online-fraud"):
        assert nearest(word, ["seizures", "arrests", "libertad"]) is None
    assert suggestion("arests", ["arrests"], "see the codebook") == "did you mean 'arrests'?"
    assert suggestion("zzz", ["arrests"], "see the codebook") == "see the codebook"


@each(
    "text, slug",
    [("Online Frauds", "online-frauds"), ("Ycnéws 2022", "ycnews-2022"), ("__", ""), ("警察", "")],
)
def test_slug(text: str, slug: str) -> None:
    """A text in the form of an id keeps its words."""
    assert slug_of(text) == slug


def test_marks_of_a_long_text() -> None:
    """However many marks there are, a text is read in the time that its length takes."""
    word = "Café" + "\u0315\u0316" * 120_000
    start = time.process_time()
    assert slug_of(word) == "cafe"
    assert suggestion(word, ["cafe"] * 10_000, "no") != "did you mean 'cafe'?"
    assert time.process_time() - start < 5


@each(
    "written, meant",
    [
        ("haechi-2", "haechi-ii"),
        ("haechi2", "haechi-ii"),
        ("Haechi 2", "haechi-ii"),
        ("kafo5", "kafo-5"),
        ("haechi-ii", "haechi-ii"),
        ("haechi-5", "haechi-v"),
        ("haechi-14", "haechi-xiv"),
        ("Kafo-II", "kafo-2"),
        ("haechi-99", "haechi-v"),
        ("haechi-iiii", "haechi-ii"),
    ],
)
def test_editions(written: str, meant: str) -> None:
    """An edition is found by its number, not by the letters that it has in common with others."""
    assert meant == nearest(written, ["haechi-v", "haechi-xiv", "haechi-ii", "kafo-5", "kafo-2"])


def test_suggestion_of_several() -> None:
    """An id without its end means one of those that begin with it, of which some are named."""
    editions = [f"haechi-{number}" for number in range(1, 10)]

    assert (
        suggestion("HAECHI", ["haechi-v", "haechi-i", "haechiana"], "see the list")
        == "did you mean one of haechi-i, haechi-v?"
    )
    assert "did you mean one of haechi-1, haechi-2, haechi-3, haechi-4, haechi-5, haechi-6," in (
        hint := suggestion("haechi", editions, "see the list")
    )
    assert hint.endswith("haechi-8, ... (9 in all)?")
    assert suggestion("haechi", ["haechi-v"], "see the list") == "did you mean 'haechi-v'?"
    assert suggestion("Haechi", ["haechi", "haechi-v"], "see the list") == "did you mean 'haechi'?"


@each(
    "written, meant",
    [
        ("arests", "arrests"),
        ("Arrests", "arrests"),
        ("fraud-online", "online-fraud"),
        ("onlinefraud", "online-fraud"),
        ("haechi-2", "haechi-ii"),
        ("haechi2", "haechi-ii"),
        ("haechi3", None),
        ("arrests", None),
        ("haechi-vi", None),
        ("haechi-iiii", None),
        ("ansa-2022-05-08", None),
        ("asna-2022-05-09", None),
        ("ansa-2022-05-09-storm", None),
        ("burundi-police", None),
        ("nigera", None),
        ("a" * 101, None),
    ],
)
def test_likely(written: str, meant: str | None) -> None:
    """A slip has one word that it can be of; another number or short word is another record."""
    words = ["arrests", "online-fraud", "haechi-v", "haechi-ii", "ansa-2022-05-09"]
    words += ["brunei-police", "niger", "nigeria", "a" * 100]
    assert meant == likely(written, words)


@each(
    "written, meant",
    [
        ("reuters-2026-05-05-grey-heron", "reuters-2026-05-05-gray-heron"),
        ("reutres-2026-05-05-gray-heron", "reuters-2026-05-05-gray-heron"),
        ("reuters-2026-05-05-gray-herno", "reuters-2026-05-05-gray-heron"),
        ("reuters-2026-05-06-gray-heron", None),
        ("reuters-2026-05-05-gold-heron", None),
        ("reuters-2026-05-05-gray-heron-ii", None),
        ("afp-2026-05-05-navy", None),
    ],
)
def test_likely_source(written: str, meant: str | None) -> None:
    """Where the day is the same and a word, a letter or two are a slip, also in a short word."""
    words = ["reuters-2026-05-05-gray-heron", "afp-2026-05-05-army", "ansa-2026-05-05-gray-heron"]
    assert meant == likely(written, words)


def test_a_slip_of_two_words_is_neither() -> None:
    """Where one word is as likely as another, nobody is led to the wrong one."""
    assert likely("arrestz", ["arrests", "arrestx"]) is None
    assert likely("onlinefraud", ["online-fraud", "on-line-fraud"]) is None
    assert likely("arrestz", ["arrests", "attests"]) == "arrests"


def test_what_can_not_be_meant_is_not_likely() -> None:
    """The caller knows more of some words than their letters."""
    assert likely("arests", ["arrests"], lambda word: word != "seizures") == "arrests"
    assert likely("arests", ["arrests"], lambda word: word != "arrests") is None
