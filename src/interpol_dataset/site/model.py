"""What the site shows, as typed objects: cases, facts, sources and the names of all else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from markupsafe import Markup, escape

from interpol_dataset.schema.vocabulary import SourceKind, StatementVerdict, Status
from interpol_dataset.site.words import WORDS, Line, Names, clean, date, named, prominence
from interpol_dataset.values import grouped
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.dataset.explanation import Explanation
    from interpol_dataset.values.fact_path import FactPath

#: What a total is of: a country or none, a metric, and an object or none.
Asked: TypeAlias = tuple[str | None, str, str | None]

#: What a source is, in a reader's words.
KINDS: Final = {SourceKind(kind): words for kind, words in WORDS["kinds"].items()}
#: Statuses and verdicts in the order in which a reader meets them, best known first.
SURE: Final[tuple[Status | StatementVerdict, ...]] = (*Status, *StatementVerdict)
#: Those that a page warns of first.
WARNINGS: Final = frozenset({Status.DISPUTED, StatementVerdict.CONTRADICTED})

#: A month, of which three letters are enough in a list of sources.
_MONTH: Final = re.compile(r"\b([A-Z][a-z]{2})[a-z]+\b")
#: The same numbers are met on several pages.
_parsed: Final = lru_cache(maxsize=2**14)(Quantity.parse)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, ready to be shown: in words, with what explains it, and its status or verdict."""

    path: FactPath
    line: Line
    why: Explanation
    status: Status | StatementVerdict

    @property
    def sources(self) -> int:
        """How many sources speak of it."""
        return len({voice.source for voice in self.why.voices})

    @property
    def told_by(self) -> str:
        """How many sources speak of it; for a reported value, in what way."""
        how = WORDS["told"].get(self.why.read or "", "") if self.status == Status.REPORTED else ""
        return f"{how} {counted(self.sources, 'source')}".strip()

    @property
    def quantity(self) -> Quantity | None:
        """The value of a figure."""
        if not self.path.is_figure or self.why.value is None:
            return None
        return _parsed(self.why.value)

    @property
    def size(self) -> float:
        """How large a figure is; 0 for anything else."""
        if (quantity := self.quantity) is None:
            return 0
        return float(quantity.lower if quantity.point is None else quantity.point)

    @property
    def is_total(self) -> bool:
        """Whether it is a figure of the whole case."""
        return self.path.kind == "outcomes" and not self.path.place and not self.path.is_part


@dataclass(frozen=True)
class Record:
    """What has a row in a table, and an id there."""

    row: Mapping[str, Any]

    @cached_property
    def id(self) -> str:
        """Its id."""
        return str(self.row["id"])

    @property
    def name(self) -> str:
        """Its name, or what it states."""
        return str(self.row.get("name") or self.row["statement"])


@dataclass(frozen=True)
class Case(Record):
    """
    An operation.

    :param areas: Ids of its crime areas, the main one first.
    :param countries: Codes of the countries that took part.
    :param organizations: Ids and roles of those that took part.
    :param relations: Rows about other cases, in which this one comes first.
    :param followers: Rows about other cases, in which this one comes second.
    :param facts: Its facts, in the order of a page.
    :param became: What courts made of it, in a sentence.
    """

    areas: tuple[str, ...]
    countries: tuple[str, ...]
    organizations: tuple[tuple[str, str], ...]
    relations: tuple[Mapping[str, Any], ...] = ()
    followers: tuple[Mapping[str, Any], ...] = ()
    facts: tuple[Fact, ...] = ()
    became: str = ""

    @cached_property
    def year(self) -> int | None:
        """The year in which it ended or, if that is unknown, was announced or began."""
        return None if self.row["year"] is None else int(self.row["year"])

    @cached_property
    def order(self) -> tuple[str, str]:
        """Its place among all: the day on which it ended, or what is known of that, and its id."""
        return str(self.row["end"] or self.row["announced"] or self.row["start"] or ""), self.id

    @property
    def is_dated(self) -> bool:
        """Whether a page says when it was; else its year is that of its earliest source."""
        return self.year is not None and self.row.get("year_basis") != "source"

    @property
    def short(self) -> str:
        """Its name without the word for what it is."""
        return self.name.removeprefix("Operation ")

    @cached_property
    def when(self) -> str:
        """When it took place, in words."""
        if self.row["period"]:
            return date(str(self.row["period"]))
        return f"announced {date(str(self.row['announced']))}" if self.row["announced"] else ""

    @cached_property
    def by_path(self) -> Mapping[str, Fact]:
        """Its facts by their paths."""
        return {fact.path: fact for fact in self.facts}

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of its facts, in the order of the page."""
        return tuple(
            dict.fromkeys(voice.source for fact in self.facts for voice in fact.why.voices)
        )

    @cached_property
    def by_kind(self) -> Mapping[str, Sequence[Fact]]:
        """Its facts by their kinds, in the order of the page."""
        return grouped((fact.path.kind, fact) for fact in self.facts)

    @cached_property
    def headlines(self) -> Sequence[Fact]:
        """The figures that a reader looks for first: totals, each metric once."""
        figures = [fact for fact in self.by_kind["outcomes"] if fact.why.value]
        figures.sort(
            key=lambda fact: (not fact.is_total, fact.path.is_part, prominence(fact.path.member))
        )
        shown: dict[str, Fact] = {}
        for fact in figures:
            shown.setdefault(fact.path.member, fact)
        return list(shown.values())

    @property
    def headline(self) -> str:
        """The first two of these figures in a line, with their statuses."""
        return "; ".join(f"{fact.line} ({fact.status})" for fact in self.headlines[:2])


@dataclass(frozen=True)
class Source(Record):
    """
    A document.

    :param publisher: The name of its publisher.
    :param said: Cases and facts of which it speaks.
    :param statements: Claims, challenges, lessons and crime areas of which it speaks.
    """

    publisher: str = ""
    said: list[tuple[Case, Fact]] = field(default_factory=list)
    statements: list[Entry] = field(default_factory=list)

    @property
    def href(self) -> str | None:
        """Its address, if it is one that a browser may open."""
        url = self.row["url"] or ""
        return url if url.startswith(("https://", "http://")) else None

    @cached_property
    def link(self) -> Markup:
        """Its publisher as a link to it."""
        name = escape(clean(self.publisher))
        return Markup('<a href="{}">{}</a>').format(self.href, name) if self.href else name

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return KINDS[SourceKind(self.row["kind"])]

    @cached_property
    def about(self) -> Markup:
        """When it was published, and what it is."""
        withheld = " · address withheld" if self.row["withheld"] else ""
        day = _MONTH.sub(r"\1", date(self.row["published"])) or "undated"
        return escape(clean(f"{day} · {self.kind}{withheld}"))

    @property
    def year(self) -> int | None:
        """The year in which it was published, if that is known."""
        earliest = self.row["published_earliest"]
        return None if earliest is None else int(str(earliest)[:4])

    @cached_property
    def used_on(self) -> tuple[str, ...]:
        """The addresses of what it speaks of."""
        cases = [f"cases/{case.id}.html#sources/{self.id}" for case, _ in self.said]
        return tuple(dict.fromkeys((*cases, *(entry.page for entry in self.statements))))

    @property
    def has_page(self) -> bool:
        """Whether it has a page of its own; one with a single use is a line where it is used."""
        return len(self.used_on) > 1

    @property
    def page(self) -> str:
        """The address at which it is found."""
        return self.used_on[0] if len(self.used_on) == 1 else f"sources/{self.id}.html"


@dataclass(frozen=True)
class Entry(Record):
    """
    A claim, challenge, lesson or crime area.

    :param links: Rows about its cases: what each shows, with what result.
    :param numbers: Rows about its numbers.
    """

    table: str
    facts: tuple[Fact, ...]
    links: tuple[Mapping[str, Any], ...] = ()
    numbers: tuple[Mapping[str, Any], ...] = ()

    @property
    def page(self) -> str:
        """Its address."""
        if self.table == "claims":
            return f"claims/index.html#{self.id}"
        return f"{'areas' if self.table == 'categories' else self.table}/{self.id}.html"

    @property
    def fact(self) -> Fact | None:
        """The fact that it asserts."""
        return next((fact for fact in self.facts if fact.path == "statement"), None)


@dataclass(frozen=True)
class Body(Record):
    """
    An organization, and where it is met.

    :param parts: Operations in which it took part, each with the fact that says so.
    :param publishes: Sources that it published.
    :param asserts: Sources of others that rest on its word.
    :param branches: Bodies that are parts of it.
    """

    parts: list[tuple[Case, Fact]] = field(default_factory=list)
    publishes: list[Source] = field(default_factory=list)
    asserts: list[Source] = field(default_factory=list)
    branches: list[Body] = field(default_factory=list)

    @property
    def has_page(self) -> bool:
        """Whether it has a page: one that is met once is named where it is; a few sources, too."""
        others = len([*self.parts, *self.asserts, *self.branches])
        few_sources = 4
        return others + len(self.publishes) > (1 if others else few_sources)


@dataclass(frozen=True, repr=False)  # a dataset in one line would fill the memory
class Model:
    """
    Everything that the site shows of a package, by id.

    :param series: The cases of each series, in their order.
    :param answers: Ids of lessons, with those of the challenges that they answer.
    :param headlines: The names of the headline figures, by their columns.
    :param measured: For each case, its headline totals by their columns.
    :param totals: The totals of cases by metric and object.
    :param country_totals: The totals of countries in cases by country, metric and object.
    :param tables: The number of rows of each table.
    """

    cases: Mapping[str, Case]
    sources: Mapping[str, Source]
    claims: tuple[Entry, ...]
    challenges: tuple[Entry, ...]
    lessons: tuple[Entry, ...]
    areas: Mapping[str, Entry]
    metrics: Mapping[str, Mapping[str, Any]]
    bodies: Mapping[str, Body]
    countries: Mapping[str, Mapping[str, Any]]
    series: Mapping[str, tuple[Case, ...]]
    answers: tuple[tuple[str, str], ...]
    headlines: Mapping[str, str]
    measured: Mapping[str, Mapping[str, Mapping[str, Any]]]
    objects: Mapping[str, Mapping[str, Any]]
    totals: Mapping[Asked, Sequence[dict[str, Any]]]
    country_totals: Mapping[Asked, Sequence[dict[str, Any]]]
    tables: Mapping[str, int]
    names: Names

    @cached_property
    def newest(self) -> Sequence[Case]:
        """All cases, the newest first, those without a date last."""
        return sorted(self.cases.values(), key=lambda case: case.order, reverse=True)

    @cached_property
    def asked(self) -> Mapping[str | None, Sequence[tuple[str, str | None]]]:
        """Of which metrics and objects there are totals, by country; by none, of all of them."""
        return grouped(
            (country, (metric, thing))
            for country, metric, thing in (*self.totals, *self.country_totals)
        )

    @cached_property
    def things(self) -> Sequence[str]:
        """Ids of objects that have a page: several operations announced something of them."""
        cases: defaultdict[str, set[str]] = defaultdict(set)
        for (_, _, thing), rows in self.totals.items():
            if thing is not None:
                cases[thing].update(row["case_id"] for row in rows)
        several = 3
        return [id_ for id_ in self.objects if len(cases[id_]) >= several]

    def series_name(self, id_: str) -> str:
        """Return the name of a series."""
        return named(id_, [case.name for case in self.series[id_]])


def tally(facts: Sequence[Fact]) -> list[tuple[Status | StatementVerdict, int]]:
    """Count facts by their status, best known first."""
    counts = Counter(fact.status for fact in facts)
    return [(status, counts[status]) for status in SURE if counts[status]]
