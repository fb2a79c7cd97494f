"""
The report that is proposed for a page, with the words it was read from.

Also the cases most like it, in case the dataset has the operation already.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.figures import Number, Reader, numbers_in
from interpol_dataset.draft.phrases import (
    LANGUAGES,
    YEAR,
    acting,
    any_of,
    dates,
    folded,
    known,
    language,
    period,
    place_of,
    words_of_text,
)
from interpol_dataset.errors import PackageError
from interpol_dataset.suggest import slug_of
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from interpol_dataset.records.document import Records
    from interpol_dataset.records.models import Case

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
    """A sentence on this operation, its paragraph, its numbers, and its text without them."""

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

    told = [
        _Sentence(it.text, it.at, *numbers_in(it.text, code), it.in_list)
        for it in pieces(page, others)
        if not it.is_of_another and (it.is_whole or len(it.text.split()) >= _SHOWN)
    ]
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


class Piece(NamedTuple):
    """A sentence, or an item of a list, or a part before or after another operation comes up."""

    text: str
    at: str
    in_list: bool
    is_whole: bool
    is_of_another: bool


def pieces(page: Page, others: Sequence[str] = ()) -> Iterator[Piece]:
    """Return the sentences of a page, cut where they begin to tell of another operation."""
    earlier = _earlier(page, others)
    for paragraph in page.paragraphs:
        bare = _BULLET.sub("", paragraph.text, count=1)
        # A text that was copied has lost its bullets.
        in_list = bare != paragraph.text or len(bare.split()) < _ITEM
        for whole in _SENTENCE.split(bare):
            match = earlier.search(folded(whole)) if earlier else None
            cut = match.start() if match else len(whole)
            yield Piece(whole[:cut], paragraph.at, in_list, match is None, False)  # noqa: FBT003
            if match:
                yield Piece(whole[cut:], paragraph.at, in_list, False, True)  # noqa: FBT003


def _earlier(page: Page, others: Sequence[str]) -> re.Pattern[str] | None:
    """Return what finds marks of other operations: "last year", "in 2019", their names."""
    if page.language not in LANGUAGES:
        return None
    years = re.findall(rf"\b{YEAR}\b", " ".join(it.text for it in page.paragraphs))
    own = page.published[:4] or max(years, default="_")
    listed = any_of([*language(page.language)["earlier"], *others], r"[ .,]+")
    listed = listed.replace("yyyy", rf"(?!{own}){YEAR}")
    return re.compile(rf"\b(?:{listed.replace('nn', '[0-9]+')})\b")


def _add(report: Report, sentence: _Sentence, reader: Reader) -> None:
    code, plain = reader.code, sentence.plain
    acted = acting(plain, code)
    for mention in acted:
        proposal = sentence.proposal(mention.code, mention.start)
        report.countries.setdefault(mention.code, proposal)
    for it in reader.figures(sentence.numbers, plain, in_list=sentence.in_list):
        place, number = place_of((it.number.start, it.number.end), acted, plain, code), it.number
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
    after = re.compile(rf"\W*(?:(?!{_MEMBER})\w+ ){{0,2}}{countries}(?! {_MEMBER})")
    for number in sentence.numbers:
        if after.match(sentence.plain, number.end):
            return sentence.proposal(number.notation, number.start)
    return None


def _role(sentence: _Sentence, code: str) -> Proposal | None:
    for role, phrases in language(code)["roles"].items():
        if match := re.search(rf"\b(?:{any_of(phrases)})\b", folded(sentence.text)):
            return sentence.proposal(role, match.start())
    return None


#: What each likeness counts for, and from where on an operation is taken for known.
_NAME: Final = 4
_MONTH: Final = 2
_KNOWN: Final = 6
#: How many equal numbers count; smaller ones are equal by chance.
_MOST: Final = 4
_LEAST: Final = 20
#: A name of one word is an operation's only after this word.
_OPERATION: Final = r"(?:operation|operacion|operativo)"
_NAMED: Final = re.compile(
    r"(?i:op[eé]ration|operaci[oó]n)\s+[\u00ab\u2018\u201c\"']?\s?"
    r"(?P<name>[A-Z][\w\u2019'-]*(?:[ -](?:[A-Z0-9][\w'-]*|of|the))*)"
)
#: What tells the editions of an operation apart, after its name: a number or a year.
_EDITION: Final = rf" (?:{YEAR}|[IVX]+|[0-9]{{1,2}})\b(?![.,]?[0-9])"


class Likeness(NamedTuple):
    """A case that is like what a page reports, how much, and in what."""

    case: Case
    score: float
    reasons: list[str]

    @property
    def is_known(self) -> bool:
        """Whether the page seems to report this case."""
        return self.score >= _KNOWN


def alike(page: Page, report: Report, records: Records) -> list[Likeness]:
    """
    Return the cases that are like what a page reports.

    What it seems to report is first, then the last editions of its series, then the most alike.
    """
    text = _text(page)
    rank = {it.id: at for at, it in enumerate(editions(operation_name(page), records))}
    found = (_likeness(case, text, page.published, report) for case in records.cases)
    named = [it._replace(reasons=["series"] * (it.case.id in rank) + it.reasons) for it in found]
    named.sort(key=lambda it: (-it.score, it.case.id))
    named.sort(key=lambda it: -1 if it.is_known else rank.get(it.case.id, len(rank)))
    return [it for it in named if it.reasons]


def editions(name: str, records: Records) -> list[Case]:
    """Return the cases of the series that an operation is named after, the last ones first."""
    series = slug_of(_base(name))
    cases = [it for it in records.cases if series and it.series == series]
    return sorted(cases, key=months_of, reverse=True)


def _base(name: str) -> str:
    return re.sub(f"{_EDITION}$", "", name.removeprefix("Operation "))


def _likeness(case: Case, text: str, published: str, report: Report) -> Likeness:
    # "Lionfish" is in the name of "Lionfish V": the longest name counts most.
    edition = [f"{case.series} {case.edition}"] if case.series and case.edition else []
    name = max(map(len, _named(text, [case.name, *case.aliases, *edition])), default=0)
    outcomes = [it for one in case.reports for it in one.outcomes]
    countries = {code for it in case.reports if it.countries for code in it.countries.list}
    said = [report.period.value if report.period else "", published]
    months = _months(Edtf.parse(it) for it in said if it) & {*months_of(case)}
    numbers = {it.value.point for it in report.outcomes} & {it.value.point for it in outcomes}
    large = [it for it in numbers if it and it >= _LEAST]
    shared = countries.intersection(report.countries)

    score = (_NAME + name / 100 if name else 0) + _MONTH * bool(months)
    score += min(len(large), _MOST) + len(shared) / (1 + len(report.countries))
    reasons = ["name"] * bool(name) + ["month"] * bool(months)
    reasons += [counted(len(large), "number")] * bool(large)
    reasons += [counted(len(shared), "country", "countries")] * bool(shared)

    return Likeness(case, score, reasons)


def names_of_others(page: Page, own: Case | None, records: Records) -> list[str]:
    """Return the names of operations that a page mentions besides its own, which may be new."""
    mine = _core(own.name if own else operation_name(page))
    cases = (case for case in records.cases if case is not own)
    found = _named(_text(page), (name for case in cases for name in (case.name, *case.aliases)))
    return [name for name in found if mine and name not in mine and mine not in name]


def operation_name(*pages: Page) -> str:
    """Return the name of the operation that pages mention most; empty if they name none."""
    texts = [paragraph.text for page in pages for paragraph in page.paragraphs]
    names = [_base(it["name"].rstrip("-'")) for text in texts for it in _NAMED.finditer(text)]
    if not names:
        return ""
    base = Counter(names).most_common(1)[0][0]
    # "The operation, called Pandora IX": the number may be where "operation" is not.
    numbers = re.findall(rf"\b{re.escape(base)}({_EDITION})", "\n".join(texts))
    return f"Operation {base}{Counter(numbers).most_common(1)[0][0] if numbers else ''}"


def _text(page: Page) -> str:
    return " ".join(" ".join(words_of_text(it.text)) for it in page.paragraphs)


def _named(text: str, names: Iterable[str]) -> set[str]:
    cores = filter(None, map(_core, names))
    return {
        core
        for core in cores
        if core in text
        and re.search(rf"\b{'' if ' ' in core else f'{_OPERATION} '}{re.escape(core)}\b", text)
    }


def _core(name: str) -> str:
    return re.sub(r"^(?:operation|project) ", "", " ".join(words_of_text(name)))


def months_of(case: Case) -> list[str]:
    """Return the months in which an operation began or ended or was announced, the last first."""
    announced = {f"{it.announced.value:%Y-%m}" for it in case.reports if it.announced}
    period = _months(it.period.value for it in case.reports if it.period)
    return sorted(announced | period, reverse=True)


def _months(values: Iterable[Edtf]) -> set[str]:
    days = (day for value in values for day in (value.earliest, value.latest))
    return {f"{day:%Y-%m}" for day in days if day}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its locator and its text."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from a saved page, the title first; what it doesn't say of itself is empty."""

    paragraphs: tuple[Paragraph, ...]
    language: str
    title: str = ""
    published: str = ""
    url: str = ""
    site: str = ""
    content_hash: str | None = None
