"""
What a page is proposed to say: the report of a case, with the words it was read from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.context import acting, dates, period, place_of
from interpol_dataset.draft.figures import Reader, numbers_in
from interpol_dataset.draft.words import LANGUAGES, YEAR, any_of, folded, known, language
from interpol_dataset.errors import PackageError
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.draft.figures import Number
    from interpol_dataset.draft.page import Page
    from interpol_dataset.records.kinds import Records


#: How many words of the page a comment shows.
_SHOWN: Final = 6

#: A paragraph with fewer words is an item of a list.
_ITEM: Final = 12

#: A dateline is in one of the first paragraphs.
_TOP: Final = 4

#: INTERPOL's members are not those that took part.
_MEMBER: Final = "(?:memb|miemb)"

_BULLET: Final = re.compile(r"^\s*(?:[-\u2022*\u2013\u00b7\u2023]|[0-9]+[.)])\s*")
_SENTENCE: Final = re.compile(
    r"(?<=[.!?])[\"\u201d\u00bb)]*\s+"
    r"(?=[\"\u201c\u00ab(\u00bf\u00a1]*[A-Z0-9\u00c0-\u00dd])"
)


class Proposal(NamedTuple):
    """A value that a page seems to state, its paragraph, and the words that it was read from."""

    value: str
    at: str
    words: str


class Outcome(NamedTuple):
    """A figure, with its object and its place as far as they are known."""

    metric: str
    object: str | None
    place: str | None
    unit: str | None
    proposal: Proposal

    @property
    def value(self) -> Quantity:
        """Its number, with the hedge."""
        return Quantity.parse(self.proposal.value)


@dataclass
class Report:
    """What a page is proposed to say of one case."""

    role: Proposal | None = None
    period: Proposal | None = None
    country_count: Proposal | None = None
    countries: dict[str, Proposal] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)


class _Sentence(NamedTuple):
    """A sentence that tells of this operation, its paragraph, its numbers, and it without them."""

    text: str
    at: str
    numbers: Sequence[Number]
    plain: str
    in_list: bool

    def proposal(self, value: str, start: int) -> Proposal:
        """Return what it says, with the words from a place on."""
        shown = " ".join(self.text[start:].split()[:_SHOWN]).rstrip(",;:.")

        return Proposal(value, self.at, shown)


def propose(page: Page, records: Records, others: Sequence[str] = ()) -> Report:
    """
    Propose the report of a page, without what it tells of other operations, which are named.

    :raises PackageError: There are no phrases in its language.
    """
    code = page.language
    if code not in LANGUAGES:
        raise PackageError(
            f"this page seems to be in '{code}'; there are phrases for {', '.join(LANGUAGES)} only",
            hint="say --language if it is not; or begin with 'interpol-dataset new case ID'",
        )

    told = list(_sentences(page, others))
    reader = Reader(code, records)
    report = Report()
    for sentence in told:
        _add(report, sentence, reader)
    report.outcomes = _distinct(report.outcomes)
    if said := period([it.text for it in told], code, page.published or _dateline(page)):
        value, number, start = said
        report.period = told[number].proposal(value, start)

    return report


def _dateline(page: Page) -> str:
    """Return the month of the first date in one of the first paragraphs; empty if there is none."""
    found = (it for one in page.paragraphs[:_TOP] for it in dates(one.text, page.language))

    return next((f"{it.first[0]}-{it.first[1]:02}" for it in found if all(it.first)), "")


def _sentences(page: Page, others: Sequence[str]) -> Iterator[_Sentence]:
    """Return what the sentences of a page tell of this operation."""
    earlier = _earlier(page, others)
    for paragraph in page.paragraphs:
        bare = _BULLET.sub("", paragraph.text, count=1)
        for whole in _SENTENCE.split(bare):
            match = earlier.search(folded(whole))
            text = whole[: match.start()] if match else whole
            if match is None or len(text.split()) >= _SHOWN:
                # A text that was copied has lost its bullets.
                in_list = bare != paragraph.text or len(bare.split()) < _ITEM
                yield _Sentence(text, paragraph.at, *numbers_in(text, page.language), in_list)


def _earlier(page: Page, others: Sequence[str]) -> re.Pattern[str]:
    """Return what finds marks of other operations: "last year", "in 2019", their names."""
    years = re.findall(rf"\b{YEAR}\b", " ".join(it.text for it in page.paragraphs))
    own = page.published[:4] or max(years, default="_")
    listed = any_of([*language(page.language)["earlier"], *others], r"[ .,]+")
    listed = listed.replace("yyyy", rf"(?!{own}){YEAR}")

    return re.compile(rf"\b(?:{listed.replace('nn', '[0-9]+')})\b")


def _add(report: Report, sentence: _Sentence, reader: Reader) -> None:
    """Add what a sentence says to a report."""
    code, plain = reader.code, sentence.plain
    acted = acting(plain, code)
    for mention in acted:
        proposal = sentence.proposal(mention.code, mention.start)
        report.countries.setdefault(mention.code, proposal)
    for it in reader.figures(sentence.numbers, plain, in_list=sentence.in_list):
        place, number = place_of(it.number, acted, plain, code), it.number
        proposal = sentence.proposal(number.notation, number.start)
        report.outcomes.append(Outcome(it.metric, it.object, place, number.unit, proposal))
    report.country_count = report.country_count or _country_count(sentence, code)
    report.role = report.role or _role(sentence, code)


def _distinct(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return each figure once, rather with its hedge than without."""
    kept: dict[tuple[object, ...], Outcome] = {}
    for it in outcomes:
        key = (*it[:-1], it.value.point)
        same = kept.setdefault(key, it)
        if it.value.sign and not same.value.sign:
            kept[key] = it

    return list(kept.values())


def _country_count(sentence: _Sentence, code: str) -> Proposal | None:
    """Return how many countries took part; not of how many people came, or INTERPOL has."""
    countries = known(code, "countries").pattern
    behind = re.compile(rf"\W*(?:(?!{_MEMBER})\w+ ){{0,2}}{countries}(?! {_MEMBER})")
    for number in sentence.numbers:
        if behind.match(sentence.plain, number.end):
            return sentence.proposal(number.notation, number.start)

    return None


def _role(sentence: _Sentence, code: str) -> Proposal | None:
    for role, phrases in language(code)["roles"].items():
        if match := re.search(rf"\b(?:{any_of(phrases)})\b", folded(sentence.text)):
            return sentence.proposal(role, match.start())

    return None
