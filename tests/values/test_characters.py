"""Tests of :mod:`interpol_dataset.values.characters`."""

# letters that look alike are the topic

# ruff: noqa: RUF001  # letters that look alike are the topic

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from helpers.each import each
from interpol_dataset.values.characters import comparable, in_one_script, lookalikes, named, unseen


@each(
    "character",
    "\x07\x1b\x9b\x7f\u00ad\u200b\u200e\u202e\u2066\u2028\u2029\u2060\ufeff\u034f\u115f\u3164\u2800"
    "\ufe0f\ue000\U000e0041\U000e0100\uffff\ud800",
)
def test_what_nobody_sees_is_found_where_it_is(character: str) -> None:
    """Controls, bidirectional marks, fillers, tags and private characters have a position."""
    assert unseen(f"ab{character}cd") == [2]


@each(
    "text",
    [
        "Opération « Jackal » – 1 000 arrests",
        "عملية ينفِّذها الإنتربول",
        "می‌خواهم",  # a joiner between letters of Arabic
        "क्‍ष",  # a joiner behind a virama
        "Операция «Аквариум»",
        "国际刑警组织 ＩＣＰＯ",
        "Хакеры взломали YouTube",
        "👨‍👩‍👧 ❤️",
        "٣\u0600٤",
    ],
)
def test_every_script_passes(text: str) -> None:
    """Texts as they are printed in their languages hold nothing unseen and no look-alikes."""
    assert unseen(text) == []
    assert lookalikes(text) == {}


@each(
    "text, word, meant",
    [
        ("Operation Interроl", "Interроl", "Interpol"),
        ("Οperation Jackal", "Οperation", "Operation"),
        ("Оперaция", "Оперaция", "Операция"),
        ("Pоlice work", "Pоlice", "Police"),
        ("оp", "оp", None),
        ("Operation НАЕСНІ", "НАЕСНІ", "HAECHI"),
    ],
)
def test_look_alikes_are_found(text: str, word: str, meant: str | None) -> None:
    """A word that can be read in one script is found, with the word that it looks like."""
    assert {word: meant} == lookalikes(text)
    assert text.replace(word, meant or word) == in_one_script(text)


@each("text", ["TNF-α and β", "YouTubeда жаңалық", "СССР и NATO, Россия", "НАТО", "A Ω"])
def test_scripts_may_meet(text: str) -> None:
    """Words of two scripts stand beside each other, and one may end in another's letters."""
    assert lookalikes(text) == {}


@each(
    "one, other",
    [
        ("Europol", "EUROPOL"),
        ("Europol", "Euro\u200bpol"),
        ("Europol", "Еurороl"),
        ("Europol", "Ｅｕｒｏｐｏｌ"),
        ("Capital FM", "Capital\u00a0 FM"),
        ("Вести", "ВЕСТИ"),
        ("Café", "Cafe\u0301"),
    ],
)
def test_names_that_look_alike_share_a_form(one: str, other: str) -> None:
    """Names are compared as they are seen; a name in other words is another."""
    assert comparable(one) & comparable(other)
    assert not comparable(one) & comparable("Europa")


@given(st.text())
def test_without_what_is_unseen_all_is_seen(text: str) -> None:
    """Positions are those of characters, and removing them leaves none of a shapeless category."""
    hidden = unseen(text)
    rest = "".join(letter for at, letter in enumerate(text) if at not in hidden)
    assert hidden == sorted(set(hidden))
    assert not {unicodedata.category(letter) for letter in rest} & {"Cc", "Cs", "Co", "Cn", "Zl"}


def test_a_character_is_named() -> None:
    """The name is Unicode's own; a control has none."""
    assert named("\u200b") == "U+200B ZERO WIDTH SPACE"
    assert named("\x07") == "U+0007"
