"""Rules that protect people."""

from __future__ import annotations

import csv
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from interpol_dataset.records import models as m
from interpol_dataset.rules.persons import folded
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, local_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.rules.context import Context, Scope
    from interpol_dataset.rules.persons import KnownNames

_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)"
)
#: What looks like something that identifies a person. Each begins with texts, in lower case, of
#: one of which is in everything that matches, because to look for the pattern takes much longer.
_PATTERNS: Final = (
    (
        ("born", "date of birth", "b:", "b.:"),
        re.compile(
            rf"\bborn (?:(?:on|in) )?(?:the )?(?:[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}"
            rf"|{_MONTH}|(?:19|20)?[0-9]{{2}}\b|[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-])"
            r"|\b(?:date of birth|d\.?o\.?b\.?:)",
            re.IGNORECASE,
        ),
        "a date of birth",
    ),
    (
        ("/",),
        # 2019/34567, but neither 2019/2020 nor the number of a law.
        re.compile(
            r"(?<!Regulation )(?<!Directive )(?<!Decision )(?<!Resolution )(?<!\) )(?<!No )"
            r"(?<![0-9/-])(?:19|20)[0-9]{2}/(?!(?:19|20)[0-9]{2}\b)[0-9]{4,6}\b"
        ),
        "the number of a notice",
    ),
    (
        ("/",),
        re.compile(r"\b[A-Z]-[0-9]{1,6}/[0-9]{1,2}-(?:19|20)[0-9]{2}\b"),
        "the number of a notice",
    ),
    (
        ("passport", "card", "licen", "security"),
        re.compile(
            r"\b(?:passport|identity card|id card|licen[cs]e|social security)"
            r" (?:(?:no\.?|nr\.?|number)\s*:?\s*[A-Z]{0,2}[0-9]|[A-Z]{1,2}[0-9]{5})",
            re.IGNORECASE,
        ),
        "the number of a person's papers",
    ),
    (
        ("@",),
        re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}", re.IGNORECASE),
        "an e-mail address",
    ),
)


@local_rule("POL005", "no-personal-data", excusable=True)
def no_personal_data(scope: Scope) -> Breaches:
    """No dates of birth, no numbers of notices or identity papers, no e-mail addresses."""
    hint = "remove it; no person is identified here"
    for item in scope.own_texts:
        lower = item.text.casefold()
        for needles, pattern, what in _PATTERNS:
            if any(needle in lower for needle in needles) and (match := pattern.search(item.text)):
                message = f"'{match[0]}' looks like {what}"
                yield Breach(item.entry, item.path, message, hint)


_NAME: Final = (
    "(?P<name>[A-Z\u00c0-\u00d6\u00d8-\u00de][\\w\u2019'-]*[a-z\u00df-\u00ff][\\w\u2019'-]*+)\\b"
)
#: Ways to name a person by one word.
_NAMINGS: Final = (
    re.compile(
        rf"\b(?:Mr|Mrs|Ms|Miss|Dra?|Sra?|Se\u00f1ora?|Mme|Mlle|Herrn?|Frau|Dona?)\.? {_NAME}"
    ),
    re.compile(
        r"\b(?:(?i:alias|nicknamed|alleged leader|suspect|fugitive|victim"
        r"|trafficker|smuggler|offender|kingpin|ringleader|hacker|abuser|murderer|defendant"
        rf"|convict|mobster|drug lord)),? {_NAME}(?! [A-Z(])"
    ),
    re.compile(
        r"\b(?:arrested|detained|extradited|deported|convicted|sentenced|captured|charged"
        rf"|identified|rescued) {_NAME}(?! [A-Z])(?=[ ,.;])"
    ),
)
#: What the name of a case has that is about a person and not an operation.
_OF_PERSON: Final = re.compile(
    r"\b(?:arrest|capture|extradition|deportation|return|surrender|conviction|search|hunt"
    r"|rescue|murder|kidnapping)",
    re.IGNORECASE,
)
#: The tables whose records have names that no person has.
_NAMED: Final = ("cases", "categories", "metrics", "objects", "organizations")


def _all_names(context: Context) -> object:
    """Return the names of what is not a person, and the names of cases among them."""
    return sorted(context.names), sorted(context.case_names)


@local_rule("POL006", "no-person-named", judges_with=_NAMED, basis=_all_names, **WARNING)
def no_person_named(scope: Scope) -> Breaches:
    """No natural person is named as a suspect or a victim."""
    hint = (
        "say what the person did or suffered; for a place, a group or a brand, add a line "
        "above: '# allow POL006: what it is the name of'"
    )
    for item in scope.own_texts:
        found = next(named_in(item.text, scope.context.known_names), None)
        if found is not None:
            message = f"'{found}' seems to name a person"
            yield Breach(item.entry, item.path, message, hint)

    for entry, _ in scope.readable(m.Case, "name"):
        name = entry.data.get("name")
        if isinstance(name, str) and _OF_PERSON.search(name):
            for person in scope.context.known_bodies.persons(name):
                message = f"'{person}' seems to name a person"
                yield Breach(entry, ("name",), message, hint)


def named_in(text: str, known: KnownNames) -> Iterator[str]:
    """Return what names a person in a text."""
    yield from known.persons(text)
    for pattern in _NAMINGS:
        for match in pattern.finditer(text):
            if not known.is_word(match["name"]):
                yield match[0]


_GIVEN_NAMES: Final = Path(__file__).with_name("given_names.csv")
#: What comes before the name of a saint or a place.
_NO_PERSON: Final = frozenset(
    ["port", "puerto", "saint", "sainte", "san", "santa", "santo", "sao", "st"]
)
_WORD: Final = re.compile(r"[^\W\d_]+")


@local_rule("POL026", "no-person-in-title", judges_with=_NAMED, basis=_all_names, **WARNING)
def no_person_in_title(scope: Scope) -> Breaches:
    """Neither the title nor the address of a source names a person."""
    hint = "cite another page, or describe it in brackets and write 'withheld: REASON'"
    known = scope.context.known_names
    for entry, source in scope.readable(m.Source, "title", "url"):
        for field, found in (
            ("title", _in_title(source.title, known)),
            ("url", _in_address(source.url or "", known)),
        ):
            if found is not None:
                yield Breach(entry, (field,), f"'{found}' seems to name a person", hint)


def _in_title(title: str, known: KnownNames) -> str | None:
    for name in known.persons(title):
        if any(_is_given(*pair) for pair in pairwise(["", *_words(name)[:-1]])):
            return name
    return None


def _in_address(url: str, known: KnownNames) -> str | None:
    words = _words(unquote(urlsplit(url).path))
    for before, word, after in zip(["", *words], words, words[1:], strict=False):
        name = f"{word.capitalize()} {after.capitalize()}"
        if _is_given(before, word) and any(known.persons(name)):
            return f"{word}-{after}"
    return None


def _words(text: str) -> list[str]:
    """Return the words of a text in lower case and without accents."""
    return _WORD.findall(folded(text.casefold()))


def _is_given(before: str, word: str) -> bool:
    return word in _given_names() and before not in _NO_PERSON


@cache
def _given_names() -> frozenset[str]:
    with _GIVEN_NAMES.open(encoding="utf-8", newline="") as file:
        return frozenset(row["name"] for row in csv.DictReader(file))
