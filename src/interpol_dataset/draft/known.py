"""
Whether the dataset has the operation that a page reports: the cases that are most like it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.words import YEAR, words_of_text
from interpol_dataset.suggest import slug_of
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interpol_dataset.draft.page import Page
    from interpol_dataset.draft.propose import Report
    from interpol_dataset.records.kinds import Records
    from interpol_dataset.records.models import Case


#: What each likeness counts for, and from where on an operation is taken for known.
_NAME: Final = 4
_MONTH: Final = 2
_KNOWN: Final = 6

#: So many equal numbers count; smaller ones are equal by chance.
_MOST: Final = 4
_LEAST: Final = 20

#: A name of one word is an operation's only behind this word.
_OPERATION: Final = r"(?:operation|operacion|operativo)"
_NAMED: Final = re.compile(
    r"(?i:op[eé]ration|operaci[oó]n)\s+[\u00ab\u2018\u201c\"']?\s?"
    r"(?P<name>[A-Z][\w\u2019'-]*(?:[ -](?:[A-Z0-9][\w'-]*|of|the))*)"
)

#: What tells the editions of an operation apart, behind its name: a number or a year.
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
    """Return the name that all editions of an operation have."""
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
    """Return the name of the operation that pages tell most of, whole; empty if they name none."""
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
    """Return those of some names that a text has, without "Operation"."""
    cores = filter(None, map(_core, names))

    return {
        core
        for core in cores
        if core in text
        and re.search(rf"\b{'' if ' ' in core else f'{_OPERATION} '}{re.escape(core)}\b", text)
    }


def _core(name: str) -> str:
    """Return the words of a name but "Operation"."""
    return re.sub(r"^(?:operation|project) ", "", " ".join(words_of_text(name)))


def months_of(case: Case) -> list[str]:
    """Return the months in which an operation began or ended or was announced, the last first."""
    announced = {f"{it.announced.value:%Y-%m}" for it in case.reports if it.announced}
    period = _months(it.period.value for it in case.reports if it.period)

    return sorted(announced | period, reverse=True)


def _months(values: Iterable[Edtf]) -> set[str]:
    """Return the months in which dates and spans begin and end."""
    days = (day for value in values for day in (value.earliest, value.latest))

    return {f"{day:%Y-%m}" for day in days if day}
