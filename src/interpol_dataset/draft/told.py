"""What a saved page tells: its numbers, and the countries that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.figures import Reader, numbers_in
from interpol_dataset.draft.phrases import acting, countries_named, folded, place_of, words_of_text
from interpol_dataset.draft.propose import pieces
from interpol_dataset.schema.vocabulary import FACTORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from interpol_dataset.draft.figures import Figure, Number
    from interpol_dataset.draft.propose import Page, Piece
    from interpol_dataset.schema.vocabulary import MetricFamily


class Told(NamedTuple):
    """
    A number of a page, where it is, and the words of it and before it.

    Also what it counts and in which country, as far as its words tell; and whether it is another
    operation's.
    """

    number: Number
    at: str
    words: str
    before: str
    figure: Figure | None
    place: str | None
    is_of_another: bool

    def is_of(self, value: Decimal, unit: str | None) -> bool:
        """Return whether it is a number, in another unit, too."""
        own, other = FACTORS.get(self.number.unit or ""), FACTORS.get(unit or "")
        if self.number.value == value:
            return True
        return bool(own and other and self.number.value * own == value * other)

    def __str__(self) -> str:
        return f"'{self.words}' ({self.at})"


#: How many words after a number are shown, and how far before it a hedge may be, in characters.
_AFTER: Final = 2
_REACH: Final = 40


@dataclass(frozen=True)
class Text:
    """
    A page, ready to be compared with statements.

    Without a reader there are no figures. The families are those of metrics.
    """

    page: Page
    reader: Reader | None
    families: Mapping[str, MetricFamily | None]

    @cached_property
    def plain(self) -> str:
        """The text without case and accents."""
        return folded(self.whole)

    @cached_property
    def whole(self) -> str:
        """The text."""
        return "\n".join(it.text for it in self.page.paragraphs)

    @cached_property
    def words(self) -> set[str]:
        """The words of the text, without case and accents."""
        return {*words_of_text(self.whole)}

    @cached_property
    def told(self) -> list[Told]:
        """The numbers of the page."""
        return [told for piece in pieces(self.page) for told in self._of(piece)]

    def _of(self, piece: Piece) -> Iterator[Told]:
        code = self.page.language
        numbers, plain = numbers_in(piece.text, code)
        read = self.reader.figures(numbers, plain, in_list=piece.in_list) if self.reader else ()
        figures = {it.number.start: it for it in read}
        acted = acting(plain, code) if self.reader else []
        for it in numbers:
            after = piece.text[it.end :].split()[:_AFTER]
            words = " ".join([piece.text[it.start : it.end].strip(), *after]).strip(" ,;:.()")
            place = place_of((it.start, it.end), acted, plain, code)
            before = folded(piece.text[max(0, it.start - _REACH) : it.start])
            yield Told(
                it, piece.at, words, before, figures.get(it.start), place, piece.is_of_another
            )

    @cached_property
    def named(self) -> set[str]:
        """The countries that the page names in any way."""
        return countries_named(self.whole, self.page.language)

    @cached_property
    def acting(self) -> set[str]:
        """The countries that the page says did something, as far as its words tell."""
        read = (numbers_in(it.text, self.page.language)[1] for it in pieces(self.page))
        return {it.code for plain in read for it in acting(plain, self.page.language)}

    def has_digits(self, value: Decimal) -> bool:
        """Return whether the text has the digits of a number, grouped or not."""
        whole, _, rest = f"{value:f}".partition(".")
        groups = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", "[ .,'\u202f\u00a0]?", whole)
        end = f"[.,]{rest}0*" if rest else r"(?:[.,]0+(?![0-9]))?"
        return bool(re.search(rf"(?<![0-9])(?<![0-9][.,]){groups}{end}(?![0-9])", self.plain))

    def read(self, value: Decimal, unit: str | None, at: str) -> list[Told]:
        """Return where a number is: in the paragraphs that are named, or else anywhere."""
        found = [it for it in self.told if it.is_of(value, unit)]
        here = [it for it in found if it.at in self.places(at)]
        return here or found

    def places(self, at: str) -> set[str]:
        """Return the paragraphs that a locator names, if any."""
        numbers = {int(it) for it in re.findall(r"[0-9]+", at)} if "paragraph" in at else set()
        if " to " in at and numbers:
            numbers = {*range(min(numbers), max(numbers) + 1)}
        found = {f"paragraph {number}" for number in numbers}
        if "last paragraph" in at:
            found.add(self.page.paragraphs[-1].at)
        return found | ({"title"} if "title" in at else set())
