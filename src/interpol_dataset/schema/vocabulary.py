"""
The closed vocabularies, with what each term means.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

__all__ = [
    "Agreement",
    "Dimension",
    "Finds",
    "InterpolRole",
    "MatchType",
    "OrganizationKind",
    "OrganizationRole",
    "RelationType",
    "Scope",
    "SourceKind",
    "Status",
    "Term",
]


class Term(StrEnum):
    """A term that knows what it means."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        """Make a term that is equal to its value."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.meaning = meaning

        return term


class InterpolRole(Term):
    """
    What INTERPOL did in an intervention, by the words of the source.

    Where a source speaks of leading and of support, what it says of leading decides. Where it
    says nothing of the kind, such as only that INTERPOL announced the results, no role is stated.
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
    )
    SUPPORTED = (
        "supported",
        (
            "others led, organized or carried it out, and INTERPOL supported, assisted, took part, "
            "sent a team or passed information; also 'in coordination with INTERPOL'"
        ),
    )


class OrganizationRole(Term):
    """
    What an organization other than INTERPOL did in an intervention, by the words of the source.

    Organizations are stated if the source names them and says what they did: not those that only
    employ somebody who is quoted, and not whole kinds of bodies, such as 'customs'.
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
    )
    PARTNER = (
        "partner",
        (
            "it took part, acted in its country, or contributed staff, training, data or support; "
            "also 'together with', said of one who acts beside a leading body"
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
    NGO = ("ngo", "a non-governmental organization")
    ACADEMIC = ("academic", "a university, an institute or a scholarly publisher")
    COMPANY = ("company", "a firm or an association of firms")
    MEDIA = ("media", "a newspaper, broadcaster, news site or platform that carries texts")


class Scope(Term):
    """What a figure is the total of. Only figures of the same scope can be compared."""

    WHOLE = ("whole", "the case as a whole")
    COUNTRY = ("country", "the share of one of several countries")
    PART = ("part", "less than either, such as one find, one raid or some of the countries")


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
    NGO = ("ngo", "a publication of a non-governmental organization")
    NEWS = ("news", "a report of a newsroom with editors or of a named writer, on whosever word")
    REFERENCE = ("reference", "an encyclopedia or another work of reference")
    CONTENT_SITE = ("content_site", "a site without named authors or editors")
    AI_GENERATED = ("ai_generated", "a machine-written text")

    @property
    def counts(self) -> bool:
        """Whether a document of this kind can bear out a fact."""
        return self not in {SourceKind.CONTENT_SITE, SourceKind.AI_GENERATED}


class Finds(Term):
    """What a source has to say about a statement in words."""

    SUPPORTS = ("supports", "it says the same")
    PARTLY = ("partly", "it says a part of it, or the same of something narrower")
    CONTRADICTS = ("contradicts", "it says something that can't be true at the same time")


class Status(Term):
    """The verification status of a fact; computed from its evidence, never typed."""

    CONFIRMED = (
        "confirmed",
        "two or more independent roots support it, at least one of them official",
    )
    CORROBORATED = (
        "corroborated",
        "two or more independent roots support it, none of them official",
    )
    OFFICIAL = ("official", "one root supports it, and an official document of that root was read")
    REPORTED = ("reported", "one root supports it, of which no official document was read")
    PARTIAL = ("partial", "it is supported only in part")
    DISPUTED = ("disputed", "roots contradict each other about it")
    REFUTED = ("refuted", "it is contradicted and nothing supports it")
    UNVERIFIED = ("unverified", "no source that counts says anything about it")


class Agreement(Term):
    """How one report stands to the value of its fact."""

    SUPPORTS = ("supports", "it says the same, hedges considered")
    PARTLY = ("partly", "it supports a statement in part")
    CONTRADICTS = ("contradicts", "it says something else, and speaks for its root")
    SUPERSEDED = ("superseded", "a later document of the same root says something else")
    DEVIATES = (
        "deviates",
        "it tells its root's words otherwise than the root's documents or copies",
    )
    NOT_COUNTED = ("not_counted", "its source is of a kind that never counts")


class RelationType(Term):
    """How a case stands to another, or to a claim that may mean it."""

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
