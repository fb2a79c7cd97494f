"""
What a page is proposed to say: the report of a case, with the words it was read from.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.dates import dates, period
from interpol_dataset.draft.figures import Figure, Reader
from interpol_dataset.draft.numbers import Number, items, sentences
from interpol_dataset.draft.places import Mention, acting, place_of
from interpol_dataset.draft.words import LANGUAGES, folded, language, words_of_text
from interpol_dataset.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.draft.numbers import Item
    from interpol_dataset.draft.page import Page, Paragraph
    from interpol_dataset.records.kinds import Records


#: How many words of the page a comment shows.
_SHOWN: Final = 6

#: How near a rounded figure of a title is to the one in the text.
_ROUNDED: Final = Decimal("0.05")

#: How early in a paragraph a country is named that all of it is about: "In Kenya, police".
_EARLY: Final = 3

#: A dateline is in one of the first paragraphs, and has not much besides a date.
_TOP: Final = 4
_DATELINE: Final = 20

_BULLET: Final = re.compile(r"^\s*(?:[-\u2022*\u2013\u00b7\u2023]|[0-9]+[.)])\s*")
_YEARS: Final = re.compile(r"\b(?:19|20)[0-9]{2}\b")


class Proposal(NamedTuple):
    """
    One value that a page seems to state.

    :param value: The value, as the record has it.
    :param at: The locator of its paragraph.
    :param line: The number of the paragraph among the lines of the text.
    :param words: A few words that it was read from.
    """

    value: str
    at: str
    line: int
    words: str


class Outcome(NamedTuple):
    """A figure, with its object and its place as far as they are known."""

    metric: str
    object: str | None
    place: str | None
    unit: str | None
    proposal: Proposal

    @property
    def number(self) -> Decimal:
        """Its number without the hedge."""
        return Decimal(self.proposal.value.lstrip("~<>="))


@dataclass
class Report:
    """What a page is proposed to say of one case."""

    role: Proposal | None = None
    period: Proposal | None = None
    announced: Proposal | None = None
    country_count: Proposal | None = None
    countries: dict[str, Proposal] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)


class _Sentence(NamedTuple):
    """A sentence that tells of this operation, and where it is."""

    text: str
    paragraph: Paragraph
    items: Sequence[Item]
    in_list: bool
    is_first: bool

    def proposal(self, value: str, words: str) -> Proposal:
        """Return what it says, with a few of its words."""
        shown = " ".join(words.split()[:_SHOWN]).rstrip(",;:.")

        return Proposal(value, self.paragraph.at, self.paragraph.line, shown)


def propose(page: Page, records: Records, others: Sequence[str] = ()) -> Report:
    """
    Propose the report of a page.

    :param page: The page.
    :param records: The records, for the phrases of metrics and objects.
    :param others: Names of other operations; what is told of them is left out.
    :raises PackageError: There are no phrases in its language.
    """
    code = page.language
    if code not in LANGUAGES:
        raise PackageError(
            f"this page seems to be in '{code}'; there are phrases for {', '.join(LANGUAGES)} only",
            hint="say --language if it is not; or begin with 'interpol-dataset new case ID'",
        )

    told = list(_sentences(page, others))
    report = Report()
    reader = Reader(code, records.metrics, records.objects, _pairs(records))
    country: str | None = None
    for sentence in told:
        country = None if sentence.is_first else country
        found = list(reader.figures(sentence.items, in_list=sentence.in_list))
        acted = acting(sentence.items, code, has_figure=bool(found))
        for mention in acted:
            report.countries.setdefault(mention.code, _country(sentence, mention))
        report.outcomes += (_outcome(it, sentence, acted, country) for it in found)
        if sentence.is_first and len(acted) == 1 and acted[0].at <= _EARLY:
            country = acted[0].code
        report.country_count = report.country_count or _country_count(sentence, code)
        report.role = report.role or _role(sentence, code)
    report.outcomes = _distinct(report.outcomes)
    report.announced = _announced(page)
    published = page.published or (report.announced.value if report.announced else "")
    if said := period([it.text for it in told], code, published):
        sentence = next(it for it in told if said[1] in it.text)
        report.period = sentence.proposal(*said)

    return report


def _pairs(records: Records) -> set[tuple[str, str | None]]:
    """Return the metrics and objects that stand together in more than one report."""
    outcomes = (it for case in records.cases for report in case.reports for it in report.outcomes)
    count = Counter((outcome.metric, outcome.object) for outcome in outcomes)

    return {pair for pair, number in count.items() if number > 1}


def _sentences(page: Page, others: Sequence[str]) -> Iterator[_Sentence]:
    """Return the sentences of a page that are not of earlier operations."""
    code, heading = page.language, ""
    for paragraph in page.paragraphs:
        bare = _BULLET.sub("", paragraph.text, count=1)
        in_list = bool(heading) and (bare != paragraph.text or len(bare.split()) < 2 * _SHOWN)
        for number, whole in enumerate(sentences(bare)):
            text, goes_on = _without_earlier(whole, page, others)
            if text:
                yield _Sentence(text, paragraph, items(text, code), in_list, number == 0)
            if not goes_on:
                break
        if bare.rstrip().endswith(":"):
            heading = bare
        elif not in_list:
            heading = ""


def _without_earlier(text: str, page: Page, others: Sequence[str]) -> tuple[str, bool]:
    """
    Return what a sentence says of this operation, and whether the paragraph goes on with it.

    A sentence that begins with an earlier operation is of it, and so is the rest of the paragraph;
    one that comes to it later is of this operation up to there.
    """
    plain = folded(text)
    starts = [
        match.start() for match in _marks(page.language).finditer(plain) if _is_earlier(match, page)
    ]
    starts += [at for name in others if (at := plain.find(folded(name))) >= 0]
    first = min(starts, default=None)
    if first is None:
        return text, True
    if len(plain[:first].split()) < _SHOWN:
        return "", False
    # A year is of its clause, "last year" of all that follows.
    comma = text.find(",", first)
    is_year = len(starts) == 1 and _YEARS.search(plain[first : first + 2 * _SHOWN])

    return text[:first] + (text[comma:] if is_year and comma > 0 else ""), True


@cache
def _marks(code: str) -> re.Pattern[str]:
    """Return what finds marks of earlier operations: "last year", "in 2019"."""
    written = [folded(mark) for mark in language(code)["earlier"]]
    years = (
        mark.replace("yyyy", f"(?P<year{at}>(?:19|20)[0-9]{{2}})")
        for at, mark in enumerate(written)
    )
    listed = "|".join(mark.replace("nn ", "[0-9]+ ").replace("*", "[a-z]*") for mark in years)

    return re.compile(rf"\b(?:{listed})\b".replace(" ", "[ .,]+"))


def _is_earlier(match: re.Match[str], page: Page) -> bool:
    """Return whether a mark of an earlier operation is one: the page's own year is none."""
    years = [year for year in match.groupdict().values() if year]

    return not years or int(years[0]) < _year(page)


def _year(page: Page) -> int:
    """Return the year of a page: of its date, or the last one that it names."""
    listed = _YEARS.findall(page.published) or [
        year for paragraph in page.paragraphs for year in _YEARS.findall(paragraph.text)
    ]

    return max(map(int, listed), default=0)


def _outcome(
    figure: Figure, sentence: _Sentence, acted: Sequence[Mention], country: str | None
) -> Outcome:
    number = figure.number
    at = next(at for at, it in enumerate(sentence.items) if it.start == number.start)
    place = place_of(at, acted, sentence.items) or country
    proposal = sentence.proposal(number.notation, sentence.text[number.start :])

    return Outcome(figure.metric, figure.object, place, number.unit, proposal)


def _country(sentence: _Sentence, mention: Mention) -> Proposal:
    """Return a proposal of a country, with the word before it."""
    first, last = sentence.items[max(0, mention.at - 1)], sentence.items[mention.end - 1]

    return sentence.proposal(mention.code, sentence.text[first.start : last.end])


def _distinct(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return each figure once, without those that a title rounds."""
    kept: list[Outcome] = []
    for outcome in outcomes:
        if outcome.proposal.at == "title" and _rounds(outcome, outcomes):
            continue
        same = next((at for at, other in enumerate(kept) if _is_same(outcome, other)), None)
        if same is None:
            kept.append(outcome)
        elif kept[same].proposal.value.isdigit() and not outcome.proposal.value.isdigit():
            kept[same] = outcome  # the hedged one of two

    return kept


def _is_same(one: Outcome, other: Outcome) -> bool:
    """Return whether two figures are one, told twice; one of them with less said."""
    pairs = ((one.object, other.object), (one.place, other.place))
    counted = (one.metric, one.unit, one.number) == (other.metric, other.unit, other.number)

    return counted and all(None in pair or pair[0] == pair[1] for pair in pairs)


def _rounds(outcome: Outcome, outcomes: Sequence[Outcome]) -> bool:
    """Return whether the text has a figure that a title tells in round numbers."""
    return any(
        (other.metric, other.unit) == (outcome.metric, outcome.unit)
        and other.proposal.at != "title"
        and abs(other.number - outcome.number) <= _ROUNDED * outcome.number
        for other in outcomes
    )


def _country_count(sentence: _Sentence, code: str) -> Proposal | None:
    """Return how many countries took part; not of how many people came, or INTERPOL has."""
    others = ("member", "membre", "miembro", "origin", "nation")
    known = {*language(code)["countries"]}
    for at, item in enumerate(sentence.items):
        behind = [it.text for it in sentence.items[at + 1 : at + 4]]
        around = [it.text for it in sentence.items[max(0, at - 3) : at]] + behind
        is_other = any(word.startswith(others) for word in around)
        if isinstance(item, Number) and not is_other and known.intersection(behind):
            return sentence.proposal(item.notation, sentence.text[item.start :])

    return None


def _role(sentence: _Sentence, code: str) -> Proposal | None:
    plain = " ".join(words_of_text(sentence.text))
    for role in ("co-led", "supported", "coordinated"):
        for phrase in language(code)["roles"][role]:
            if folded(phrase) in plain:
                return sentence.proposal(role, phrase)

    return None


def _announced(page: Page) -> Proposal | None:
    """Return the day of a dateline: a paragraph that is a date, and hardly more."""
    for paragraph in page.paragraphs[:_TOP]:
        for it in dates(paragraph.text, page.language):
            if all(it.first) and len(paragraph.text) - (it.end - it.start) < _DATELINE:
                year, month, day = it.first
                day_ = f"{year}-{month:02}-{day:02}"
                return Proposal(day_, "dateline", paragraph.line, paragraph.text)

    return None
