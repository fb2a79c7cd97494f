"""
Answers: how much of something was announced, as a range, when, by whom and in which operations.

What is added up, and what is not, is decided where :meth:`interpol_dataset.Dataset.total` does it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from interpol_dataset.dataset.query import caption, counted_once, summed
from interpol_dataset.schema.vocabulary import TotalBasis
from interpol_dataset.site.charts import Columns, Part, columns
from interpol_dataset.site.words import basis, fragment, line, prominence, rounded, shortened
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from interpol_dataset.site.model import Case, Fact, Model

#: How many columns are named, each after an operation that makes up at least half of it.
_NAMED: Final = 4


class Total(NamedTuple):
    """
    What one operation has of something, with its row in a table of totals.

    :param fact: The figure that it rests on, or the first of several.
    :param percent: Its size, in per cent of the largest.
    """

    case: Case
    row: Mapping[str, Any]
    fact: Fact | None
    percent: float

    @property
    def href(self) -> str:
        """The address of its evidence."""
        path = f"#{fragment(self.fact.path)}" if self.fact else ""
        return f"cases/{self.case.id}.html{path}"

    @property
    def text(self) -> str:
        """How much it is, with its hedge: "about USD 950 million"."""
        return shortened(self.row["value_text"])

    @property
    def how(self) -> str:
        """How it was made, where it is not a total that was stated."""
        return basis(self.row)


@dataclass(frozen=True, repr=False)
class Answer:
    """
    How much of something was announced.

    :param asked: The country or none, the metric, and the object or none.
    :param rows: What is added up, the largest first.
    :param apart: What is not: it is counted in another operation, or has another unit.
    """

    model: Model
    asked: tuple[str | None, str, str | None]
    unit: str
    rows: Sequence[Mapping[str, Any]]
    apart: Sequence[Mapping[str, Any]]

    @property
    def href(self) -> str:
        """The address of the page about it."""
        _, metric, thing = self.asked
        return f"things/{thing}.html#{metric}" if thing else f"metrics/{metric}.html"

    @property
    def name(self) -> str:
        """What was counted: "Weight seized"."""
        return str(self.model.metrics[self.asked[1]]["name"])

    @cached_property
    def sums(self) -> Sequence[Any]:
        """What was stated, the same with parts, the bounds of that, and how many operations."""
        ((_, *sums),) = summed(self.rows, ())
        return sums

    @property
    def operations(self) -> int:
        """How many operations announced it."""
        return int(self.sums[4])

    @property
    def range(self) -> str:
        """How much it is: "at least 192,747 kg", "2 to 5"."""
        _, _, lower, upper, *_ = self.sums
        return rounded(lower, upper, self.unit)

    @property
    def latest(self) -> int | None:
        """The year of the latest operation that announced it."""
        cases = (self.model.cases[row["case_id"]] for row in self.rows)
        return max((case.year for case in cases if case.year and case.is_dated), default=None)

    @property
    def words(self) -> str:
        """What follows the number: "of cocaine seized"."""
        _, metric, thing = self.asked
        path = FactPath(f"outcomes/{metric}" + (f"/{thing}" if thing else ""))
        unit = None if self.unit == "count" else self.unit
        return line(path, "2", unit, self.model.names).after

    @property
    def caveat(self) -> str:
        """What the number is, in a line."""
        return caption([*self.rows], ())

    @cached_property
    def totals(self) -> list[Total]:
        """What each operation has of it, the largest first."""
        greatest = max((row["point"] for row in self.rows), default=0) or 1
        return [self._total(row, greatest) for row in self.rows]

    def _total(self, row: Mapping[str, Any], greatest: float) -> Total:
        case = self.model.cases[row["case_id"]]
        facts = [case.by_path[path] for path in row["facts"] or () if path in case.by_path]
        percent = round(100 * row["point"] / greatest, 1)
        return Total(case, row, facts[0] if facts else None, percent)

    @property
    def others(self) -> list[Total]:
        """What can't be added to it."""
        return [self._total(row, 1) for row in self.apart]

    @property
    def first(self) -> str:
        """How much of it the largest operation announced; nothing where that is little."""
        share = self.rows[0]["point"] / (self.sums[1] or 1)
        few, little = 4, 0.25
        if len(self.rows) < few or share < little:
            return ""
        return f"{round(100 * share)}% of it is from {self.totals[0].case.short}"

    @property
    def years(self) -> Columns:
        """It by year; a column that is mostly of one operation bears its name."""
        rows = [
            {**row, "year": case.year}
            for row in self.rows
            if (case := self.model.cases[row["case_id"]]).is_dated
        ]
        largest = {row["year"]: row for row in reversed(rows)}
        parts = []
        for year, _, stated, whole, *_ in summed(rows, ("year",)):
            top = self._total(largest[year], 1)
            note = top.case.short if top.row["point"] * 2 >= whole else ""
            amounts = (("stated", stated), ("part", whole - stated))
            parts.append(Part(year, amounts, top.href, note))

        return columns(parts, _NAMED, None if self.unit == "count" else self.unit)

    @property
    def countries(self) -> list[Answer]:
        """What is known of single countries, the largest first."""
        _, metric, thing = self.asked
        found = (
            answer(self.model, metric, thing, country=code, unit=self.unit)
            for code in self.model.countries
            if (code, metric, thing) in self.model.country_totals
        )
        return sorted(filter(None, found), key=lambda item: -item.sums[1])

    @property
    def parts(self) -> list[Answer]:
        """What is known of the things below it, or of all, the largest first."""
        _, metric, thing = self.asked
        below = (id_ for id_, row in self.model.objects.items() if row["parent_id"] == thing)
        found = (answer(self.model, metric, id_, unit=self.unit) for id_ in below)
        return sorted(filter(None, found), key=lambda item: -item.sums[1])


def answer(
    model: Model,
    metric: str,
    thing: str | None = None,
    *,
    cases: Collection[str] | None = None,
    country: str | None = None,
    unit: str | None = None,
) -> Answer | None:
    """
    Add up what was announced; ``None`` if nothing was.

    :param thing: The object; none for all of them together.
    :param cases: Only of these operations.
    :param country: Only what is known of this country.
    :param unit: Only in this unit; by default in the one that most operations have.
    """
    asked = (country, metric, thing)
    known = (model.totals if country is None else model.country_totals).get(asked, ())
    within = model.cases if cases is None else cases
    if not any(row["case_id"] in within for row in known):
        return None
    once = [*counted_once(known, within)]
    units = Counter(row["unit"] for row in once if row["basis"] != TotalBasis.UNCONVERTED)
    if not units or (unit and unit not in units):
        return None

    chosen = unit or units.most_common(1)[0][0]
    rows = [row for row in once if row["unit"] == chosen and row["basis"] != TotalBasis.UNCONVERTED]
    rows.sort(key=lambda row: (-row["point"], row["case_id"]))
    added = {id(row) for row in rows}
    apart = [row for row in known if id(row) not in added and row["case_id"] in within]

    return Answer(model, asked, chosen, rows, apart)


def leading(
    model: Model, most: int, *, cases: Collection[str] | None = None, country: str | None = None
) -> list[Answer]:
    """Return at most so many answers that a page begins with: of what most operations told."""
    found = [
        item
        for metric, thing in model.asked[country]
        if _is_broad(model, metric, thing)
        and (item := answer(model, metric, thing, cases=cases, country=country))
    ]
    found.sort(key=lambda item: (-item.operations, prominence(item.asked[1]), item.asked[1:]))
    return [*_unlike(found)][:most]


def _is_broad(model: Model, metric: str, thing: str | None) -> bool:
    """Return whether an answer is of a whole: of all things, or of one that lies in no other."""
    row = model.metrics[metric]
    if row["adds_up"]:
        return thing is None
    return thing is not None and model.objects[thing]["parent_id"] is None


def _unlike(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Yield answers, of those to one metric and its combinations, and of one object, the first."""
    metrics: set[str] = set()
    things: set[str | None] = {None}
    for item in answers:
        _, metric, thing = item.asked
        combined = {*(item.model.metrics[metric].get("combines") or ()), metric}
        if thing in things and (thing or combined & metrics):
            continue
        things.add(thing)
        if thing is None:
            metrics |= combined
        yield item
