"""
Whether the dataset has the operation that a page reports: the cases that are most like it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.draft.words import words_of_text
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

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
_OPERATION: Final = r"(?:operation|operacion|opération|operativo)"
_NAMED: Final = re.compile(
    r"(?i:op[eé]ration|operaci[oó]n)\s+[\u00ab\u2018\u201c\"']?\s?"
    r"(?P<name>[A-Z][\w\u2019'.-]*(?:[ -](?:[A-Z0-9][\w'.-]*|of|the))*)"
)


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
    """Return the cases that are like what a page reports, the most alike first."""
    text, months = _text(page), {*_page_months(page, report)}
    values = {it.number for it in report.outcomes if it.number >= _LEAST}
    found = []
    for case in records.cases:
        # "Lionfish" is in the name of "Lionfish V": the longest name counts most.
        edition = [f"{case.series} {case.edition}"] if case.series and case.edition else []
        names = (case.name, *case.aliases, *edition)
        named = [len(_core(it)) for it in names if _is_named(it, text)]
        same = values & {*_values(case)}
        listed = [it.countries.list for it in case.reports if it.countries]
        shared = {*report.countries} & {*sum(listed, ())}
        in_months = not months.isdisjoint(_months(case))
        score = (_NAME + max(named) / 100 if named else 0) + _MONTH * in_months
        score += min(len(same), _MOST) + len(shared) / (1 + len(report.countries))
        reasons = ["name"] * bool(named) + ["month"] * in_months
        reasons += [counted(len(same), "number")] * bool(same)
        reasons += [counted(len(shared), "country", "countries")] * bool(shared)
        found.append(Likeness(case, score, reasons))

    return sorted((it for it in found if it.reasons), key=lambda it: (-it.score, it.case.id))


def names_of_others(page: Page, own: Case | None, records: Records) -> list[str]:
    """
    Return the names of operations that a page mentions besides its own.

    :param page: The page.
    :param own: The case that it reports; if it is new, the operation that is named most.
    """
    text = _text(page)
    first = own.name if own else operation_name(page)
    mine = _core(first) if first else ""
    found = {
        _core(name)
        for case in records.cases
        if case is not own
        for name in (case.name, *case.aliases)
        if _is_named(name, text)
    }

    return [name for name in found if mine and name not in mine and mine not in name]


def operation_name(page: Page) -> str:
    """Return the name of the operation that a page tells most of; empty if it names none."""
    names = [
        match["name"].rstrip(".-'")
        for paragraph in page.paragraphs
        for match in _NAMED.finditer(paragraph.text)
    ]

    return f"Operation {Counter(names).most_common(1)[0][0]}" if names else ""


def _text(page: Page) -> str:
    return " ".join(" ".join(words_of_text(it.text)) for it in page.paragraphs)


def _core(name: str) -> str:
    """Return the words of a name but "Operation"."""
    return re.sub(r"^(?:operation|project) ", "", " ".join(words_of_text(name)))


def _is_named(name: str, text: str) -> bool:
    core = _core(name)
    behind = "" if " " in core else rf"{_OPERATION} "

    return bool(core) and bool(re.search(rf"\b{behind}{re.escape(core)}\b", text))


def _months(case: Case) -> Iterator[str]:
    for report in case.reports:
        if report.period:
            yield from _of(report.period.value)
        if report.announced:
            yield f"{report.announced.value:%Y-%m}"


def _of(value: Edtf) -> Iterator[str]:
    for day in (value.earliest, value.latest):
        if day is not None:
            yield f"{day:%Y-%m}"


def _page_months(page: Page, report: Report) -> Iterator[str]:
    for text in (report.period.value if report.period else "", page.published):
        if text:
            yield from _of(Edtf.parse(text))


def _values(case: Case) -> Iterator[Decimal]:
    for report in case.reports:
        yield from (it.value.point for it in report.outcomes if it.value.point is not None)
