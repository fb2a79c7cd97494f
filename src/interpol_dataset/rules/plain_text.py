"""
The rule on characters: what is read is what is written.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from interpol_dataset.findings import Finding, Fix
from interpol_dataset.records.comments import find_comments
from interpol_dataset.rules.rule import Layer, PackageRule
from interpol_dataset.values.characters import (
    heaped,
    in_one_script,
    lookalikes,
    named,
    odd_spaces,
    unseen,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.records.document import Document


class PlainText(PackageRule):
    """A text is what it looks like: nothing in it is invisible, and no letter poses as another."""

    code, name, layer = "POL017", "plain-text", Layer.POLICY
    is_local = True
    excusable = True

    def run(self) -> Iterator[Finding]:
        """Look at every character of every text and comment."""
        for document in self.context.documents:
            yield from self._in_comments(document)
        for item in self.context.texts:
            if item.text.isascii() and item.text.isprintable():
                continue
            faults = [*_faults(item.text)]
            if not faults:
                continue

            plain = _plain(item.text)
            more = f", and {len(faults) - 1} more such faults" if len(faults) > 1 else ""
            yield self.finding(
                item.entry,
                item.path,
                f"'{item.field}' {faults[0]}{more}",
                "type the text again" if plain is None else f"write '{plain}'",
                fix=None if plain is None else Fix(item.path, plain),
            )

    def _in_comments(self, document: Document) -> Iterator[Finding]:
        if not unseen(" ".join(document.text.split("\n"))):
            return

        for comment in find_comments(document):
            if hidden := unseen(comment.text):
                message = f"the comment has {named(comment.text[hidden[0]])}, which nobody sees"
                place = document.place(comment.path or ())
                yield Finding(self.code, place, message, "type it again", severity=self.severity)


#: Categories of unseen characters that leave no doubt about the text without them. What a private
#: or unassigned character was meant to be is not known.
_DROPPED: Final = frozenset({"Cc", "Cf", "Mn", "Lo", "So", "Zl", "Zp"})


def _faults(text: str) -> Iterator[str]:
    """Describe what is not plain in a text."""
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
        yield f"has {named(letter)}, which is a sign and no letter"
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
