"""
The closed vocabularies, whose words are in ``terms.csv``; units by dimension; ways up a hierarchy.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, TypeVar

from interpol_dataset.files import csv_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


#: The meaning and the label of each term, by its vocabulary and its value.
_WORDS: Final = {
    (row["vocabulary"], row["term"]): (row["meaning"], row["label"])
    for row in csv_rows(__file__, "terms.csv")
}


class Term(StrEnum):
    """A term that knows what it means, and how it is shown to people: ``terms.csv`` says it."""

    meaning: str
    label: str

    def __new__(cls, value: str) -> Self:
        """Make a term that is equal to its value."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.meaning, shown = _WORDS[cls.__name__, value]
        term.label = shown or value.replace("_", " ").replace("-", " ").capitalize()
        return term


class InterpolRole(Term):
    """
    What INTERPOL did in an intervention, by the words of the source.

    If a source speaks of both leading and support, leading decides. If it speaks of neither, no
    role is stated.
    """

    COORDINATED = "coordinated"
    CO_LED = "co-led"
    SUPPORTED = "supported"


class Tool(Term):
    """
    Means of INTERPOL that a source says were used in a case.

    That none is recorded does not say that none was used: few sources name them.
    """

    NOTICES = "notices"
    STOP_PAYMENTS = "stop-payments"
    COORDINATION_CENTRE = "coordination-centre"
    TEAMS = "teams"
    DATABASES = "databases"


class OrganizationRole(Term):
    """
    What an organization other than INTERPOL did in an intervention, by the words of the source.

    Only those that the source names, with what they did: not those that only employ somebody who
    is quoted, nor whole kinds of bodies, such as 'customs'.
    """

    LEAD = "lead"
    CO_LEAD = "co-lead"
    PARTNER = "partner"
    FUNDER = "funder"


class OrganizationKind(Term):
    """What sort of body an organization is."""

    INTERGOVERNMENTAL = "intergovernmental"
    POLICE = "police"
    CUSTOMS = "customs"
    GOVERNMENT = "government"
    PROSECUTION = "prosecution"
    COURT = "court"
    PARLIAMENT = "parliament"
    NGO = "ngo"
    ACADEMIC = "academic"
    COMPANY = "company"
    MEDIA = "media"

    @property
    def is_executive(self) -> bool:
        """Whether such a body acts for one state; courts and parliaments are apart."""
        return self in {
            OrganizationKind.POLICE,
            OrganizationKind.CUSTOMS,
            OrganizationKind.GOVERNMENT,
            OrganizationKind.PROSECUTION,
        }

    @property
    def is_authority(self) -> bool:
        """Whether such a body publishes on its own account what states do."""
        return self.is_executive or self is OrganizationKind.INTERGOVERNMENTAL


class Hedge(Term):
    """How a source hedges a number."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at-least"
    MORE_THAN = "more-than"
    UP_TO = "up-to"
    NEARLY = "nearly"
    RANGE = "range"


class Scope(Term):
    """What a figure is the total of. Only figures of the same scope can be compared."""

    WHOLE = "whole"
    COUNTRY = "country"
    PART = "part"


class Stage(Term):
    """How far a count had come when a source stated it."""

    PRELIMINARY = "preliminary"
    UPDATED = "updated"
    FINAL = "final"


class Valuation(Term):
    """By which prices a source values what was seized."""

    STREET = "street"
    RETAIL = "retail"
    WHOLESALE = "wholesale"
    FACE = "face"
    CUSTOMS = "customs"


class SourceKind(Term):
    """
    What sort of document a source is, best evidence first.

    The order is the rank by which a value is chosen. The last two kinds never count for a fact.
    """

    OFFICIAL = "official"
    COURT = "court"
    OVERSIGHT = "oversight"
    COPY = "copy"
    ACADEMIC = "academic"
    NGO = "ngo"
    NEWS = "news"
    REFERENCE = "reference"
    CONTENT_SITE = "content_site"
    AI_GENERATED = "ai_generated"

    @property
    def is_document(self) -> bool:
        """Whether documents of this kind speak for their asserter, whoever carries them."""
        return self in {SourceKind.OFFICIAL, SourceKind.COURT, SourceKind.OVERSIGHT}

    @property
    def counts(self) -> bool:
        """Whether a document of this kind can support a fact."""
        return self not in {SourceKind.CONTENT_SITE, SourceKind.AI_GENERATED}


class Extent(Term):
    """How far a document was read."""

    WHOLE = "whole"
    EXCERPT = "excerpt"


class Sought(Term):
    """What a search that found nothing looked for."""

    STATEMENT = "statement"
    DOCUMENT = "document"
    PROCEEDINGS = "proceedings"
    CASE = "case"
    COUNTER_EXAMPLE = "counter-example"


class StepOutcome(Term):
    """What a step of court proceedings came to."""

    CHARGED = "charged"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    TAKEN_BACK = "taken-back"
    CONFISCATED = "confiscated"


class StepObject(Term):
    """Which earlier step was taken back, or what sort of payment was ordered."""

    CONVICTION = "conviction"
    CHARGE = "charge"
    ACQUITTAL = "acquittal"
    CONFISCATION = "confiscation"
    FINE = "fine"


#: The outcome of the earlier step, by what of it can be taken back.
TAKEN_BACK = {
    StepObject.CONVICTION: StepOutcome.CONVICTED,
    StepObject.CHARGE: StepOutcome.CHARGED,
    StepObject.ACQUITTAL: StepOutcome.ACQUITTED,
    StepObject.CONFISCATION: StepOutcome.CONFISCATED,
}


class Counted(Term):
    """What is counted in a step of court proceedings."""

    PERSONS = "persons"
    COMPANIES = "companies"
    PROSECUTIONS = "prosecutions"
    MONEY = "money"
    GOODS = "goods"


class Finds(Term):
    """What a source has to say about a statement in words."""

    SUPPORTS = "supports"
    PARTLY = "partly"
    CONTRADICTS = "contradicts"


class Shows(Term):
    """What a case shows of a challenge or a lesson."""

    MET = "met"
    ANSWERED = "answered"
    MEASURED = "measured"
    COUNTER_EXAMPLE = "counter-example"


class Grade(Term):
    """How well it is shown that a lesson works; computed from its evidence and its cases."""

    EVALUATED = "evaluated"
    MEASURED = "measured"
    ILLUSTRATED = "illustrated"
    ASSERTED = "asserted"


class FactClass(Term):
    """What sort of thing a fact says. Figures are counted apart from the rest."""

    FIGURE = "figure"
    DESCRIPTION = "description"
    MEMBERSHIP = "membership"
    EXISTENCE = "existence"
    STATEMENT = "statement"


class Status(Term):
    """The verification status of a fact; computed from its evidence, never typed."""

    CORROBORATED = "corroborated"
    DOCUMENTED = "documented"
    REPORTED = "reported"
    DISPUTED = "disputed"
    UNVERIFIED = "unverified"


class StatementVerdict(Term):
    """What became of an assertion in words when it was checked; computed from its evidence."""

    SUPPORTED = "supported"
    PARTLY_SUPPORTED = "partly-supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not-found"
    NOT_CHECKABLE = "not-checkable"


class Read(Term):
    """How near what was read is to the words of those who say so."""

    DOCUMENT = "document"
    COPY = "copy"
    QUOTE = "quote"
    RETELLING = "retelling"


class Stance(Term):
    """How what one source says compares with the value of a fact."""

    SUPPORTS = "supports"
    PARTLY = "partly"
    CONTRADICTS = "contradicts"
    VARIANT = "variant"
    SUPERSEDED = "superseded"
    DEVIATES = "deviates"
    BYSTANDER = "bystander"
    DRIFTED = "drifted"
    SILENT = "silent"
    NOT_COUNTED = "not_counted"


class Variance(Term):
    """Why sources differ on a fact."""

    SUBSTANTIVE = "substantive"
    PRELIMINARY_FINAL = "preliminary-final"
    MEMBERSHIP = "membership"
    SCOPE = "scope"
    CONVERSION = "conversion"
    SLIP = "slip"
    DATES = "dates"
    RETOLD = "retold"

    @property
    def explains(self) -> bool:
        """Whether it explains why values differ, so that nobody is in dispute."""
        return self in {Variance.SCOPE, Variance.CONVERSION, Variance.SLIP, Variance.DATES}


class RelationType(Term):
    """How a case relates to another, or to a claim that may mean it."""

    PART_OF = "part-of"
    FOLLOWS = "follows"
    JOINT_WITH = "joint-with"
    POSSIBLY_DESCRIBED_BY = "possibly-described-by"


class MatchType(Term):
    """How closely a category here meets the class it is mapped to (SKOS mapping terms)."""

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"


class Dimension(Term):
    """What a metric measures, and so which units it takes."""

    COUNT = "count"
    MASS = "mass"
    VOLUME = "volume"
    CURRENCY = "currency"
    AREA = "area"
    DATA = "data"


class MetricFamily(Term):
    """
    Metrics under which sources count the same persons, goods or money.

    Retellings change the verb, so one figure may come under several metrics of a family.
    """

    SUSPECTS = "suspects"
    VICTIMS = "victims"
    MONEY = "money"
    GOODS = "goods"
    ONLINE = "online"
    CASE_FILES = "case-files"
    GROUPS = "groups"
    RAIDS = "raids"

    @property
    def counts_persons(self) -> bool:
        """Whether its metrics count persons."""
        return self in {MetricFamily.SUSPECTS, MetricFamily.VICTIMS}


class Facet(Term):
    """What an object tells things apart by. Objects of different facets may be the same things."""

    KIND = "kind"
    AGE_SEX = "age-sex"
    HARM = "harm"
    ROLE = "role"
    WANTED = "wanted"
    STATUS = "status"
    PACKAGE = "package"
    ORGANIZATION = "organization"
    OTHER = "other"


class PartBasis(Term):
    """Why a figure is included in another."""

    CURRENCY = "currency"
    FACET = "facet"
    OBJECT = "object"
    PART = "part"
    PLACE = "place"
    STATED = "stated"


class Doubt(Term):
    """Why two figures of a metric may overlap, though neither is included in the other."""

    OBJECT = "object"
    PART_AND_COUNTRY = "part-and-country"
    PARTS = "parts"
    PLACE = "place"
    PERSONS = "persons"
    STATUS = "status"
    PACKAGE = "package"
    REST = "rest"
    SHARE = "share"


class TotalBasis(Term):
    """How a total comes about. All but what is stated are lower bounds."""

    STATED = "stated"
    NARROWER = "narrower"
    SUM = "sum"
    LARGEST = "largest"
    PART = "part"
    UNCONVERTED = "unconverted"
    STANDING = "standing"

    @property
    def is_total(self) -> bool:
        """Whether it is a total of the case; the others show less than the whole."""
        return self in {TotalBasis.STATED, TotalBasis.SUM}


class YearBasis(Term):
    """What the year of a case is taken from, the first that is known."""

    ENDED = "ended"
    ANNOUNCED = "announced"
    BEGAN = "began"
    SOURCE = "source"


#: The codes of ISO 4217, in a file: the bytes of a build must not depend on a package's version.
CURRENCIES: Final = frozenset(
    Path(__file__).with_name("currencies.txt").read_text("utf-8").splitlines()
)

#: What goods are counted in where they are not counted piece by piece.
PACKAGES: Final = ("boxes", "cartons", "packs")

#: The units of each dimension, as multiples of the first. Money and packages are not converted.
UNITS: Final[dict[Dimension, dict[str, float]]] = {
    Dimension.COUNT: dict.fromkeys(PACKAGES, 1),
    Dimension.MASS: {"kg": 1, "t": 1000, "g": 0.001},
    Dimension.VOLUME: {"l": 1, "m3": 1000, "ml": 0.001},
    Dimension.CURRENCY: dict.fromkeys(sorted(CURRENCIES), 1),
    Dimension.AREA: {"ha": 1, "m2": 0.0001, "km2": 100},
    Dimension.DATA: {"GB": 1, "TB": 1000, "MB": 0.001},
}

#: All units, in alphabetical order.
KNOWN_UNITS: Final = sorted({unit for units in UNITS.values() for unit in units})

#: What one of a unit is in the first unit of its dimension; packages are counted, not measured.
FACTORS: Final = {
    unit: Decimal(str(factor))
    for dimension, units in UNITS.items()
    for unit, factor in units.items()
    if dimension is not Dimension.COUNT
}


@dataclass(frozen=True, slots=True)
class Headline:
    """Mark a column as the point of a total of the row's case, of one object or of all together."""

    metric: str
    object: str | None = None


#: What the headline columns of cases are points of, by their names.
HEADLINES: Final = {
    row["column"]: Headline(row["metric"], row["object"] or None)
    for row in csv_rows(__file__, "headlines.csv")
}

#: The units of the headline columns: no packages, no other currency.
PLAIN_UNITS: Final = frozenset({"count", "kg", "USD"})

_T = TypeVar("_T")


def above(start: _T, parent: Callable[[_T], _T | None]) -> Iterator[_T]:
    """Return what is above something, the nearest first; a cycle is followed once at most."""
    seen = {start}
    here = parent(start)
    while here is not None and here not in seen:
        yield here
        seen.add(here)
        here = parent(here)


def topmost(start: _T, parent: Callable[[_T], _T | None]) -> _T:
    """Return what is at the end of the way up; the start itself, if nothing is above it."""
    *_, top = start, *above(start, parent)
    return top
