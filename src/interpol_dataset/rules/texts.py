"""
Rules on texts: they are what they look like, are short, written to the end, and name no person.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from interpol_dataset.files import csv_rows
from interpol_dataset.findings import Fix, KeyPath, Place, Severity, Span
from interpol_dataset.records import models as m
from interpol_dataset.records.compose import DRAFT, is_placeholder
from interpol_dataset.records.document import Document, find_comments
from interpol_dataset.records.formatter import hints
from interpol_dataset.rules.persons import KnownNames, folded
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, PlacedBreach, local_rule
from interpol_dataset.values import characters
from interpol_dataset.values.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context, Scope

#: Categories of unseen characters that leave no doubt about the text without them. What a private
#: or unassigned character was meant to be is not known.
_DROPPED: Final = frozenset({"Cc", "Cf", "Mn", "Lo", "So", "Zl", "Zp"})
#: How long texts may be, in characters; the others have their limit in the schema.
_LIMITS: Final = {"summary": 900, "description": 600, "statement": 900, "note": 400}
#: The mark of a draft, where a comment can begin.
_MARK: Final = re.compile(rf"(?:^|\s)(?P<mark>{DRAFT})\b")


@local_rule("POL017", excusable=True)
def plain_text(scope: Scope) -> Breaches:
    """A text is what it looks like: nothing in it is invisible, and no letter poses as another."""
    for document in scope.documents:
        yield from _in_comments(document)
    odd = (text for text in scope.distinct_texts if not (text.isascii() and text.isprintable()))
    faulty = {text: found for text in odd if (found := [*_faults(text)])}
    for item in scope.texts if faulty else ():
        if faults := faulty.get(item.text):
            plain = _plain(item.text)
            more = f", and {len(faults) - 1} more such faults" if len(faults) > 1 else ""
            message = f"'{item.field}' {faults[0]}{more}"
            hint = "type the text again" if plain is None else f"write '{plain}'"
            fix = None if plain is None else Fix(item.path, plain)
            yield Breach(item.entry, item.path, message, hint, fix=fix)


def _in_comments(document: Document) -> Breaches:
    if not characters.unseen(" ".join(document.text.split("\n"))):
        return
    for comment in find_comments(document):
        if hidden := characters.unseen(comment.text):
            message = (
                f"the comment has {characters.named(comment.text[hidden[0]])}, which nobody sees"
            )
            place = document.place(comment.path or ())
            yield PlacedBreach(place, message, "type it again")


def _faults(text: str) -> Iterator[str]:
    """Describe the odd characters of a text."""
    hidden = [text[at] for at in characters.unseen(text) if text[at] != "\n"]
    for character in dict.fromkeys(hidden):
        yield f"has {characters.named(character)}, which nobody sees"
    for word, meant in characters.lookalikes(text).items():
        mixed = "a word in letters of two scripts that look alike"
        yield f"has '{word}', " + (f"whose letters look like '{meant}'" if meant else mixed)
    for letter in filter(_is_styled, dict.fromkeys(text)):
        yield f"has {characters.named(letter)}, which is a symbol, not a letter"
    for space in characters.odd_spaces(text):
        yield f"has {characters.named(space)}, which is not a plain space"
    if characters.heaped(text):
        yield "has more marks on one letter than any language"
    elif not unicodedata.is_normalized("NFC", text):
        yield "has letters in several parts that Unicode writes as one (NFC)"


def _plain(text: str) -> str | None:
    """Return the text that was meant; ``None`` where that is not certain."""
    hidden = frozenset(at for at in characters.unseen(text) if text[at] != "\n")
    if characters.heaped(text) or any(
        unicodedata.category(text[at]) not in _DROPPED for at in hidden
    ):
        return None

    shown = (
        (" " if at in hidden or characters.odd_spaces(letter) else letter)
        for at, letter in enumerate(text)
        if at not in hidden or letter.isspace()
    )
    letters = (
        unicodedata.normalize("NFKC", letter) if _is_styled(letter) else letter for letter in shown
    )
    plain = characters.in_one_script(unicodedata.normalize("NFC", "".join(letters)))

    return plain if plain.strip() and not [*_faults(plain)] else None


def _is_styled(letter: str) -> bool:
    """Return whether a character is a letter in a typeface, as in mathematics."""
    return unicodedata.decomposition(letter).startswith("<font>")


@local_rule("POL007", excusable=True)
def not_overlong(scope: Scope) -> Breaches:
    """A text of the dataset's own is short."""
    hint = "say it in fewer words of your own"
    for item in scope.own_texts:
        limit = _LIMITS.get(item.field)
        if limit is not None and len(item.text) > limit:
            message = f"'{item.field}' has {len(item.text)} characters, more than {limit}"
            yield Breach(item.entry, item.path, message, hint)


#: What is written within a text for what is still to come.
_INSIDE: Final = re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b|\?\?\?|[Ll]orem ipsum")
#: How something begins that is not a place on a page.
_NOWHERE: Final = re.compile(
    r"not (?:yet )?read\b|from memory\b|(?:web )?search\b|snippet\b|wikipedia\b|https?:",
    re.IGNORECASE,
)


@local_rule("POL013")
def filled_in(scope: Scope) -> Breaches:
    """No text is a placeholder."""
    texts = scope.distinct_texts
    always = {*filter(is_placeholder, texts)}
    inside = always.union(filter(_INSIDE.search, texts))
    # A title is somebody else's text, in any language.
    wrong = {"title": always, "at": inside.union(filter(_NOWHERE.match, texts))}
    left = (item for item in scope.texts if item.text in wrong.get(item.field, inside))
    for _, found in groupby(left, lambda item: (item.entry.document.path, item.entry.at)):
        first, *others = sorted(found, key=lambda item: item.entry.place(item.path))
        message, hint = f"'{first.field}' is still to be filled in", "write what the page says"
        if others:
            line = _line(first.entry, first.path)
            message = f"{1 + len(others)} texts are still to be filled in, the first in line {line}"
            lines = dict.fromkeys(str(_line(item.entry, item.path)) for item in others)
            hint += f", also in {'line' if len(lines) == 1 else 'lines'} {listed(lines)}"
        yield Breach(first.entry, first.path, message, hint)


def _line(entry: Entry, path: KeyPath) -> int:
    span = entry.place(path).span
    return span.line if span else 1


@local_rule("POL032", severity=Severity.WARNING)
def no_scaffold(scope: Scope) -> Breaches:
    """The hints of a template are gone from the record."""
    for document in scope.documents:
        # The first line has the schema for editors.
        if "#" not in document.text.partition("\n")[2]:
            continue
        left = [
            (number, line.index("#"), line.rstrip())
            for number, line in enumerate(document.lines, 1)
            if line[line.find("#") :].rstrip() in hints() and document.is_comment(number)
        ]
        if left:
            number, start, line = left[0]
            message = "a comment is a hint of the template"
            if len(left) > 1:
                some = f"{len(left)} comments are hints of the template"
                message = f"{some}, the first in line {number}"
            place = Place(document.path, Span(number, start + 1, number, len(line) + 1))
            hint = "fill in what is missing, and run 'interpol-dataset fmt'"
            yield PlacedBreach(place, message, hint)


#: No page read so far has more than 20 paragraphs.
_MOST_PARAGRAPHS: Final = 100
_PARAGRAPH: Final = re.compile(r"\bparagraphs? (?:[0-9]+ (?:and|to) )?(?P<number>[0-9]+)\b")
#: What leads nowhere on a page.
_NO_PLACE: Final = re.compile(
    r"(?:see )?(?:above|below)|as (?:above|before)|ibid(?:em)?\.?|idem|ditto|same(?: as .*)?|passim"
    r"|somewhere|throughout|various|several|everywhere|online|website|link|here|the (?:page|site)"
    r"|see (?:the )?(?:article|page|release|report|source|text)|(?:the )?article"
    r"|(?:\S+ ){0,3}(?:press|news) release|paragraphs?"
    r"|[0-9]+",
    re.IGNORECASE,
)
#: The words that locators begin with.
_PLACES: Final = (
    *("paragraph", "paragraphs", "dateline", "headline", "headlines", "caption", "captions"),
    *("subtitle", "sentence", "section", "introduction", "infographic", "table", "slide"),
    "heading",
)
_SIMILAR: Final = 0.8


@local_rule("MNG043", **WARNING)
def place_on_page(scope: Scope) -> Breaches:
    """A locator names a place on the page."""
    for item in scope.texts:
        if item.field == "at" and (wrong := _no_place(item.text)):
            message, hint = wrong
            yield Breach(item.entry, item.path, message, hint)


@cache
def _no_place(text: str) -> tuple[str, str] | None:
    """Return what is wrong with a locator, and a hint; ``None`` if it is right."""
    word = text.split(" ", maxsplit=1)[0].lower()
    if text.isdigit():
        return (
            f"'{text}' alone does not name a place on a page",
            f"write 'paragraph {text}', or what it counts",
        )
    if _NO_PLACE.fullmatch(text):
        return f"'{text}' leads nowhere on the page", "name the paragraph, list, table or title"
    for match in _PARAGRAPH.finditer(text):
        if not 0 < int(match["number"]) <= _MOST_PARAGRAPHS:
            return f"there is no {match[0]}", "count the paragraphs from 1, below the title"
    if near := _near(word):
        return f"'{word}' is not a word for a place", f"did you mean '{near}'?"

    return None


@cache
def _near(word: str) -> str | None:
    """Return the word for a place that one only looks like; other languages have others."""
    near = get_close_matches(word, _PLACES, 1, _SIMILAR)
    known = near and (word.startswith(near[0]) or word.endswith(near[0]))
    return near[0] if near and not known else None


@local_rule("POL035")
def checked_draft(scope: Scope) -> Breaches:
    """What a draft proposes was checked, and its marks are gone from the record."""
    for document in scope.documents:
        if DRAFT not in document.text:
            continue
        marked = [
            (number, found.start("mark") + 1)
            for number, line in enumerate(document.lines, 1)
            if (found := _MARK.search(line)) and document.is_comment(number)
        ]
        if marked:
            number, column = marked[0]
            count = counted(len(marked), "line is", "lines are")
            place = Place(document.path, Span(number, column, number, column + len(DRAFT)))
            hint = "check each against the page, correct it, and take its mark out"
            yield PlacedBreach(place, f"{count} proposed by a draft and not checked", hint)


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


@local_rule("POL005", excusable=True)
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


@local_rule("POL006", judges_with=_NAMED, basis=_all_names, **WARNING)
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


#: What comes before the name of a saint or a place.
_NO_PERSON: Final = frozenset(
    ["port", "puerto", "saint", "sainte", "san", "santa", "santo", "sao", "st"]
)
_LETTERS: Final = re.compile(r"[^\W\d_]+")


@local_rule("POL026", judges_with=_NAMED, basis=_all_names, **WARNING)
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
    return _LETTERS.findall(folded(text.casefold()))


def _is_given(before: str, word: str) -> bool:
    return word in _given_names() and before not in _NO_PERSON


@cache
def _given_names() -> frozenset[str]:
    return frozenset(row["name"] for row in csv_rows(__file__, "given_names.csv"))
