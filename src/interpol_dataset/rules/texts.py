"""Rules on texts: they are what they look like, are short, and are written to the end."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from interpol_dataset.findings import Fix, Place, Severity, Span
from interpol_dataset.records.compose import DRAFT
from interpol_dataset.records.document import find_comments
from interpol_dataset.records.template import hints, is_placeholder
from interpol_dataset.rules.rule import WARNING, Breach, Breaches, PlacedBreach, local_rule
from interpol_dataset.values.characters import (
    heaped,
    in_one_script,
    lookalikes,
    named,
    odd_spaces,
    unseen,
)
from interpol_dataset.values.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.document import Document
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Scope, Text

#: Categories of unseen characters that leave no doubt about the text without them. What a private
#: or unassigned character was meant to be is not known.
_DROPPED: Final = frozenset({"Cc", "Cf", "Mn", "Lo", "So", "Zl", "Zp"})
#: How long texts may be, in characters; the others have their limit in the schema.
_LIMITS: Final = {"summary": 900, "description": 600, "statement": 900, "note": 400}
#: The mark of a draft, where a comment can begin.
_MARK: Final = re.compile(rf"(?:^|\s)(?P<mark>{DRAFT})\b")


@local_rule("POL017", "plain-text", excusable=True)
def plain_text(scope: Scope) -> Breaches:
    """A text is what it looks like: nothing in it is invisible, and no letter poses as another."""
    for document in scope.documents:
        yield from _in_comments(document)
    for item in scope.texts:
        if item.text.isascii() and item.text.isprintable():
            continue
        faults = [*_faults(item.text)]
        if not faults:
            continue

        plain = _plain(item.text)
        more = f", and {len(faults) - 1} more such faults" if len(faults) > 1 else ""
        yield Breach(
            item.entry,
            item.path,
            f"'{item.field}' {faults[0]}{more}",
            "type the text again" if plain is None else f"write '{plain}'",
            fix=None if plain is None else Fix(item.path, plain),
        )


def _in_comments(document: Document) -> Breaches:
    if not unseen(" ".join(document.text.split("\n"))):
        return
    for comment in find_comments(document):
        if hidden := unseen(comment.text):
            message = f"the comment has {named(comment.text[hidden[0]])}, which nobody sees"
            place = document.place(comment.path or ())
            yield PlacedBreach(place, message, "type it again")


def _faults(text: str) -> Iterator[str]:
    """Describe the odd characters of a text."""
    hidden = [text[at] for at in unseen(text) if text[at] != "\n"]
    for character in dict.fromkeys(hidden):
        yield f"has {named(character)}, which nobody sees"
    for word, meant in lookalikes(text).items():
        yield (
            f"has '{word}', whose letters look like '{meant}'"
            if meant
            else (f"has '{word}', a word in letters of two scripts that look alike")
        )
    for letter in dict.fromkeys(letter for letter in text if _is_styled(letter)):
        yield f"has {named(letter)}, which is a symbol, not a letter"
    for space in odd_spaces(text):
        yield f"has {named(space)}, which is not a plain space"
    if heaped(text):
        yield "has more marks on one letter than any language"
    elif not unicodedata.is_normalized("NFC", text):
        yield "has letters in several parts that Unicode writes as one (NFC)"


def _plain(text: str) -> str | None:
    """Return the text that was meant; ``None`` where that is not certain."""
    hidden = frozenset(at for at in unseen(text) if text[at] != "\n")
    if heaped(text) or any(unicodedata.category(text[at]) not in _DROPPED for at in hidden):
        return None

    shown = (
        (" " if at in hidden or odd_spaces(letter) else letter)
        for at, letter in enumerate(text)
        if at not in hidden or letter.isspace()
    )
    letters = (
        unicodedata.normalize("NFKC", letter) if _is_styled(letter) else letter for letter in shown
    )
    plain = in_one_script(unicodedata.normalize("NFC", "".join(letters)))

    return plain if plain.strip() and not [*_faults(plain)] else None


def _is_styled(letter: str) -> bool:
    """Return whether a character is a letter in a typeface, as in mathematics."""
    return unicodedata.decomposition(letter).startswith("<font>")


@local_rule("POL007", "not-overlong", excusable=True)
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


@local_rule("POL013", "filled-in")
def filled_in(scope: Scope) -> Breaches:
    """No text is a placeholder."""
    left = filter(_is_left, scope.texts)
    for _, texts in groupby(left, lambda item: (item.entry.document.path, item.entry.at)):
        first, *others = sorted(texts, key=lambda item: item.entry.place(item.path))
        message, hint = f"'{first.field}' is still to be filled in", "write what the page says"
        if others:
            line = _line(first.entry, first.path)
            message = f"{1 + len(others)} texts are still to be filled in, the first in line {line}"
            lines = dict.fromkeys(str(_line(item.entry, item.path)) for item in others)
            hint += f", also in {'line' if len(lines) == 1 else 'lines'} {listed(lines)}"
        yield Breach(first.entry, first.path, message, hint)


def _is_left(item: Text) -> bool:
    if item.field == "at" and _NOWHERE.match(item.text):
        return True
    # A title is somebody else's text, in any language.
    return is_placeholder(item.text) or (
        item.field != "title" and _INSIDE.search(item.text) is not None
    )


def _line(entry: Entry, path: KeyPath) -> int:
    span = entry.place(path).span
    return span.line if span else 1


@local_rule("POL032", "no-scaffold", severity=Severity.WARNING)
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


@local_rule("MNG043", "place-on-page", **WARNING)
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


@local_rule("POL035", "checked-draft")
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
