"""
The closed vocabularies, with what each term means; units by dimension; and ways up a hierarchy.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Term(StrEnum):
    """A term that knows what it means, and how it is shown to people."""

    meaning: str
    label: str

    def __new__(cls, value: str, meaning: str = "", label: str = "") -> Self:
        """Make a term that is equal to its value."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.meaning = meaning
        term.label = label or value.replace("_", " ").replace("-", " ").capitalize()
        return term


class InterpolRole(Term):
    """
    What INTERPOL did in an intervention, by the words of the source.

    If a source speaks of both leading and support, leading decides. If it speaks of neither, no
    role is stated.
    """

    COORDINATED = (
        "coordinated",
        (
            "INTERPOL led, coordinated, organized or launched it, whoever else took part; "
            "also where it is called an INTERPOL operation"
        ),
    )
    CO_LED = (
        "co-led",
        (
            "INTERPOL and at least one other body led, coordinated, organized or launched it "
            "together, on a par"
        ),
        "Co-led",
    )
    SUPPORTED = (
        "supported",
        (
            "others led, organized or carried it out, and INTERPOL supported, assisted, took part, "
            "sent a team or passed information; also 'in coordination with INTERPOL'"
        ),
    )


class Tool(Term):
    """
    Means of INTERPOL that a source says were used in a case.

    That none is recorded does not say that none was used: few sources name them.
    """

    NOTICES = "notices", "notices or diffusions of any colour were issued, or led to an arrest"
    STOP_PAYMENTS = (
        "stop-payments",
        "payments were held or recalled through its rapid intervention on payments (I-GRIP)",
        "Stop-payments",
    )
    COORDINATION_CENTRE = (
        "coordination-centre",
        (
            "a coordination unit or centre was set up for the case, or its command and "
            "coordination centre worked on it"
        ),
        "Coordination centre",
    )
    TEAMS = "teams", "specialists, or a response or support team, were sent"
    DATABASES = "databases", "persons or things were checked against its databases"


class OrganizationRole(Term):
    """
    What an organization other than INTERPOL did in an intervention, by the words of the source.

    Only those that the source names, with what they did: not those that only employ somebody who
    is quoted, nor whole kinds of bodies, such as 'customs'.
    """

    LEAD = (
        "lead",
        (
            "it alone led, coordinated, organized or launched it; or it alone carried it out and "
            "INTERPOL only supported"
        ),
    )
    CO_LEAD = (
        "co-lead",
        (
            "it led, coordinated, organized or launched it together with INTERPOL or with another "
            "body, each of which is a co-lead"
        ),
        "Co-lead",
    )
    PARTNER = (
        "partner",
        (
            "it took part, acted in its country, or contributed staff, training, data or support; "
            "also 'together with', said of a body that acts with a leading one"
        ),
    )
    FUNDER = ("funder", "it paid for the operation, or for the project under which it was run")


class OrganizationKind(Term):
    """What sort of body an organization is."""

    INTERGOVERNMENTAL = ("intergovernmental", "an organization of states, or a body of one")
    POLICE = ("police", "a police force or an agency that investigates crime")
    CUSTOMS = ("customs", "a customs authority")
    GOVERNMENT = ("government", "a government, a ministry or another authority")
    PROSECUTION = ("prosecution", "a public prosecutor")
    COURT = ("court", "a court or tribunal")
    PARLIAMENT = ("parliament", "a parliament, one of its committees or its audit office")
    NGO = ("ngo", "a non-governmental organization", "Non-governmental organization")
    ACADEMIC = ("academic", "a university, an institute or a scholarly publisher")
    COMPANY = ("company", "a firm or an association of firms")
    MEDIA = ("media", "a newspaper, broadcaster, news site or platform that carries texts")

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

    EXACT = ("exact", "the plain number")
    ABOUT = ("about", "about, some, around (`~`)")
    AT_LEAST = ("at-least", "at least (`>=`)")
    MORE_THAN = ("more-than", "more than, over (`>`)")
    UP_TO = ("up-to", "up to (`<=`)")
    NEARLY = ("nearly", "nearly, almost (`<`)")
    RANGE = ("range", "between two numbers (`..`)")


class Scope(Term):
    """What a figure is the total of. Only figures of the same scope can be compared."""

    WHOLE = ("whole", "the case as a whole")
    COUNTRY = ("country", "the share of one of several countries")
    PART = ("part", "less than either, such as one find, one raid or some of the countries")


class Stage(Term):
    """How far a count had come when a source stated it."""

    PRELIMINARY = ("preliminary", "the source calls it preliminary, or counts what there is so far")
    UPDATED = ("updated", "it replaces an earlier count and is not called final")
    FINAL = ("final", "the source calls it final, or says that it replaces a preliminary count")


class Valuation(Term):
    """By which prices a source values what was seized."""

    STREET = ("street", "what consumers pay in an illegal market; also black-market value")
    RETAIL = ("retail", "what the genuine goods cost in a shop")
    WHOLESALE = ("wholesale", "what dealers pay")
    FACE = ("face", "the amount printed on money, tickets or stamps")
    CUSTOMS = ("customs", "the value declared to, or assessed by, the customs")


class SourceKind(Term):
    """
    What sort of document a source is, best evidence first.

    The order is the rank by which a value is chosen. The last two kinds never count for a fact.
    """

    OFFICIAL = (
        "official",
        "a document of INTERPOL or a partner, on its own or an institution's pages, or as a file",
    )
    COURT = ("court", "a judgment or another document of a court")
    OVERSIGHT = ("oversight", "a report of a parliament, an auditor or a supervisory body")
    COPY = ("copy", "the text of an official document on a page of others, such as a news site")
    ACADEMIC = ("academic", "a scholarly publication")
    NGO = (
        "ngo",
        "a publication of a non-governmental organization",
        "Non-governmental organization",
    )
    NEWS = ("news", "a report of a newsroom with editors or of a named writer, on whosever word")
    REFERENCE = ("reference", "an encyclopedia or another work of reference")
    CONTENT_SITE = ("content_site", "a site without named authors or editors")
    AI_GENERATED = ("ai_generated", "a machine-written text", "Machine-written")

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

    WHOLE = ("whole", "from its beginning to its end")
    EXCERPT = ("excerpt", "a part: its first lines, or what a page shows without a subscription")


class Sought(Term):
    """What a search that found nothing looked for."""

    STATEMENT = ("statement", "anything on an assertion in words")
    DOCUMENT = ("document", "a body's own document on a case")
    PROCEEDINGS = ("proceedings", "what courts made of a case")
    CASE = ("case", "more cases that show a challenge or a lesson")
    COUNTER_EXAMPLE = ("counter-example", "a case that shows the opposite")


class StepOutcome(Term):
    """What a step of court proceedings came to."""

    CHARGED = ("charged", "charged, indicted, reported to prosecutors, or a prosecution was opened")
    CONVICTED = ("convicted", "found guilty, at first or again by a later court")
    ACQUITTED = ("acquitted", "found not guilty, or discharged")
    TAKEN_BACK = ("taken-back", "an earlier step was quashed, overturned, annulled or dropped")
    CONFISCATED = ("confiscated", "money or goods were ordered to be given up or paid")


class StepObject(Term):
    """Which earlier step was taken back, or what sort of payment was ordered."""

    CONVICTION = ("conviction", "that somebody was convicted")
    CHARGE = ("charge", "that somebody was charged")
    ACQUITTAL = ("acquittal", "that somebody was acquitted")
    CONFISCATION = ("confiscation", "that something was to be given up or paid, also a fine")
    FINE = ("fine", "a fine or an administrative penalty")


#: The outcome of the earlier step, by what of it can be taken back.
TAKEN_BACK = {
    StepObject.CONVICTION: StepOutcome.CONVICTED,
    StepObject.CHARGE: StepOutcome.CHARGED,
    StepObject.ACQUITTAL: StepOutcome.ACQUITTED,
    StepObject.CONFISCATION: StepOutcome.CONFISCATED,
}


class Counted(Term):
    """What is counted in a step of court proceedings."""

    PERSONS = ("persons", "persons")
    COMPANIES = ("companies", "companies and other bodies")
    PROSECUTIONS = ("prosecutions", "proceedings, not the persons in them")
    MONEY = ("money", "an amount of money")
    GOODS = ("goods", "goods whose value is not known")


class Finds(Term):
    """What a source has to say about a statement in words."""

    SUPPORTS = ("supports", "it says the same")
    PARTLY = ("partly", "it says a part of it, or the same of something narrower")
    CONTRADICTS = ("contradicts", "it says something that can't be true at the same time")


class Shows(Term):
    """What a case shows of a challenge or a lesson."""

    MET = ("met", "the challenge was met there")
    ANSWERED = ("answered", "the lesson was put into practice there")
    MEASURED = ("measured", "it was put into practice, and what came of it has a number")
    COUNTER_EXAMPLE = ("counter-example", "it failed or was absent there, or the opposite is seen")


class Grade(Term):
    """How well it is shown that a lesson works; computed from its evidence and its cases."""

    EVALUATED = ("evaluated", "an outside evaluation bears it out, at least in part")
    MEASURED = ("measured", "a case has a number that goes with the practice")
    ILLUSTRATED = ("illustrated", "cases show it, and not only in the words of those who acted")
    ASSERTED = ("asserted", "bodies say so")


class FactClass(Term):
    """What sort of thing a fact says. Figures are counted apart from the rest."""

    FIGURE = ("figure", "a number: an outcome, a step of proceedings, the number of countries")
    DESCRIPTION = ("description", "a period, a day, INTERPOL's role, a class of crime")
    MEMBERSHIP = ("membership", "that a country, an organization or a case belongs to it")
    EXISTENCE = ("existence", "that there was such a case")
    STATEMENT = ("statement", "an assertion in words")


class Status(Term):
    """The verification status of a fact; computed from its evidence, never typed."""

    CORROBORATED = ("corroborated", "two who could know it separately are each heard saying so")
    DOCUMENTED = ("documented", "a body says so in its own document or a copy, which was read")
    REPORTED = (
        "reported",
        "others report it on a body's word; its own text was not read, or not as far as that",
    )
    DISPUTED = ("disputed", "those who could know contradict each other")
    UNVERIFIED = ("unverified", "no page says that somebody who could know is behind it")


class StatementVerdict(Term):
    """What became of an assertion in words when it was checked; computed from its evidence."""

    SUPPORTED = ("supported", "a source says the same, and none contradicts it")
    PARTLY_SUPPORTED = (
        "partly-supported",
        "a source says a part of it; or one says the same and another contradicts it",
    )
    CONTRADICTED = ("contradicted", "a source contradicts it, and none says the same")
    NOT_FOUND = ("not-found", "no source that counts says anything about it")
    NOT_CHECKABLE = ("not-checkable", "no evidence could decide it: a generality, or praise")


class Read(Term):
    """How near what was read is to the words of those who say so."""

    DOCUMENT = ("document", "a document of their own")
    COPY = ("copy", "their text on a page of others")
    QUOTE = ("quote", "a page that names or quotes them for this very statement")
    RETELLING = ("retelling", "a page of others that tells it on their word")


class Stance(Term):
    """How what one source says compares with the value of a fact."""

    SUPPORTS = ("supports", "it says the same, hedges and rounding considered")
    PARTLY = ("partly", "it supports a statement in part")
    CONTRADICTS = ("contradicts", "it says something else, and speaks for its party")
    VARIANT = (
        "variant",
        "it has another word, day, period or scope, which does not contradict the value",
    )
    SUPERSEDED = ("superseded", "its party says something else later, or as of a later day")
    DEVIATES = (
        "deviates",
        "it tells differently what it has from others, or by a slip; that contradicts nobody",
    )
    BYSTANDER = ("bystander", "it took no part, while a party speaks")
    DRIFTED = ("drifted", "it retells the figure as something else, such as charged for arrested")
    SILENT = ("silent", "it leaves a country out of a list that it only retells")
    NOT_COUNTED = ("not_counted", "its source is of a kind that never counts")


class Variance(Term):
    """Why sources differ on a fact."""

    SUBSTANTIVE = ("substantive", "they state different things, for no reason that is known")
    PRELIMINARY_FINAL = (
        "preliminary-final",
        "one counts up to an earlier day than the other",
        "Preliminary and final",
    )
    MEMBERSHIP = ("membership", "they disagree on who took part")
    SCOPE = ("scope", "they count different parts, periods or participants under one name")
    CONVERSION = ("conversion", "the same amount, converted between currencies or units")
    SLIP = ("slip", "one is a slip of the pen: a digit, a unit, a month")
    DATES = ("dates", "they give different days or periods")
    RETOLD = ("retold", "one body's word, told differently by others", "Retold differently")

    @property
    def explains(self) -> bool:
        """Whether it explains why values differ, so that nobody is in dispute."""
        return self in {Variance.SCOPE, Variance.CONVERSION, Variance.SLIP, Variance.DATES}


class RelationType(Term):
    """How a case relates to another, or to a claim that may mean it."""

    PART_OF = ("part-of", "it was a part of the other")
    FOLLOWS = ("follows", "it is the next edition, or was begun because of the other")
    JOINT_WITH = ("joint-with", "the two were carried out together")
    POSSIBLY_DESCRIBED_BY = ("possibly-described-by", "the claim may mean this case")


class MatchType(Term):
    """How closely a category here meets the class it is mapped to (SKOS mapping terms)."""

    EXACT = ("exact", "the two mean the same")
    CLOSE = ("close", "the two can be used for each other in most uses")
    BROAD = ("broad", "the class is wider than the category")


class Dimension(Term):
    """What a metric measures, and so which units it takes."""

    COUNT = ("count", "a number of things, persons or events")
    MASS = ("mass", "a weight")
    VOLUME = ("volume", "a volume")
    CURRENCY = ("currency", "an amount of money")
    AREA = ("area", "an area of land or sea")
    DATA = ("data", "an amount of digital data")


class MetricFamily(Term):
    """
    Metrics under which sources count the same persons, goods or money.

    Retellings change the verb, so one figure may come under several metrics of a family.
    """

    SUSPECTS = ("suspects", "persons suspected, arrested, charged, convicted or sanctioned")
    VICTIMS = ("victims", "persons harmed, found or rescued")
    MONEY = ("money", "money taken from suspects: seized, frozen or returned")
    GOODS = ("goods", "things seized, recovered, identified, checked or destroyed, in pieces")
    ONLINE = ("online", "websites, servers and accounts, found or taken down")
    CASE_FILES = ("case-files", "offences and inquiries: detected, opened, worked on or solved")
    GROUPS = ("groups", "criminal groups: identified or dismantled")
    RAIDS = ("raids", "raids, the premises searched, and the warrants for it")

    @property
    def counts_persons(self) -> bool:
        """Whether its metrics count persons."""
        return self in {MetricFamily.SUSPECTS, MetricFamily.VICTIMS}


class Facet(Term):
    """What an object tells things apart by. Objects of different facets may be the same things."""

    KIND = ("kind", "what it is")
    AGE_SEX = ("age-sex", "children, men and women: one breakdown, which may be added up")
    HARM = ("harm", "what was done to a victim")
    ROLE = ("role", "what a suspect is held to have done")
    WANTED = ("wanted", "persons who were sought already")
    STATUS = ("status", "counterfeit or forged, whatever the kind")
    PACKAGE = ("package", "parcels and containers, which hold other objects")
    ORGANIZATION = ("organization", "firms, which are not persons")
    OTHER = ("other", "what remains of a kind when the named objects are taken out")


class PartBasis(Term):
    """Why a figure is included in another."""

    CURRENCY = ("currency", "it is the same amount, or a part of it, in another currency")
    FACET = ("facet", "the same persons, seen from another side")
    OBJECT = ("object", "the other's object is above its own, or the other has none")
    PART = ("part", "it is of a mere part of the other's place")
    PLACE = ("place", "it is of a country, and the other of the whole case")
    STATED = ("stated", "the record says so, against the rule")


class Doubt(Term):
    """Why two figures of a metric may overlap, though neither is included in the other."""

    OBJECT = ("object", "the object of one is above that of the other, but the numbers say no")
    PART_AND_COUNTRY = (
        "part-and-country",
        "one is of a part of the case, which may be the country",
    )
    PARTS = ("parts", "both are parts of one place, and some of it may be in both")
    PLACE = (
        "place",
        "the place of one lies in that of the other, but not its object, or the numbers say no",
    )
    PERSONS = ("persons", "both count persons, from different sides")
    STATUS = ("status", "one counts what is counterfeit or forged, the other a kind of thing")
    PACKAGE = ("package", "one counts parcels or containers, the other what may be in them")
    REST = ("rest", "one is what is not further named of a kind to which the other belongs")
    SHARE = ("share", "one is a share of a place, and the other is what remains")


class TotalBasis(Term):
    """How a total comes about. All but what is stated are lower bounds."""

    STATED = ("stated", "a source states this very total, for the whole case")
    NARROWER = ("narrower", "the only figure is of something narrower, such as ivory of wildlife")
    SUM = ("sum", "the sum of figures of different things of the whole case")
    LARGEST = ("largest", "the largest of figures of which some may be the same")
    PART = ("part", "only parts, or the shares of some countries, were announced")
    UNCONVERTED = ("unconverted", "an amount of money in a currency without a rate")
    STANDING = ("standing", "what stands of convictions in the last year that a step is known of")

    @property
    def is_total(self) -> bool:
        """Whether it is a total of the case; the others show less than the whole."""
        return self in {TotalBasis.STATED, TotalBasis.SUM}


class YearBasis(Term):
    """What the year of a case is taken from, the first that is known."""

    ENDED = ("ended", "the day on which it ended")
    ANNOUNCED = ("announced", "the day on which its results were made public")
    BEGAN = ("began", "the day on which it began")
    SOURCE = ("source", "the earliest source; in about one case of nine that is a later year")


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
    "arrests": Headline("arrests"),
    "victims": Headline("victims"),
    "possible_victims": Headline("potential-victims-detected"),
    "drugs_kg": Headline("weight-seized", "drugs"),
    "firearms": Headline("firearms-taken"),
    "wildlife_items": Headline("items-seized", "wildlife"),
    "wildlife_kg": Headline("weight-seized", "wildlife"),
    "goods_items": Headline("items-seized", "goods"),
    "goods_value_usd": Headline("value-seized", "goods"),
    "assets_usd": Headline("assets-taken"),
    "takedowns": Headline("takedowns"),
    "accounts_blocked": Headline("accounts-blocked"),
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
