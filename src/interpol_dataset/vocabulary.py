"""
The closed vocabularies.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = [
    "MEANINGS",
    "Agreement",
    "Dimension",
    "Finds",
    "InterpolRole",
    "MatchType",
    "OrganizationKind",
    "OrganizationRole",
    "RelationType",
    "SourceKind",
    "Status",
]


class InterpolRole(StrEnum):
    """What INTERPOL did in an intervention."""

    COORDINATED = "coordinated"
    CO_LED = "co-led"
    SUPPORTED = "supported"


class OrganizationRole(StrEnum):
    """What an organization other than INTERPOL did in an intervention."""

    LEAD = "lead"
    CO_LEAD = "co-lead"
    PARTNER = "partner"
    FUNDER = "funder"


class OrganizationKind(StrEnum):
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


class SourceKind(StrEnum):
    """
    What sort of document a source is, best evidence first.

    The order is the rank by which a value is chosen. The last two kinds never count for a fact.
    """

    OFFICIAL = "official"
    COURT = "court"
    OVERSIGHT = "oversight"
    ACADEMIC = "academic"
    NGO = "ngo"
    NEWS = "news"
    REFERENCE = "reference"
    CONTENT_SITE = "content_site"
    AI_GENERATED = "ai_generated"


class Finds(StrEnum):
    """What a source has to say about a statement in words."""

    SUPPORTS = "supports"
    PARTLY = "partly"
    CONTRADICTS = "contradicts"


class Status(StrEnum):
    """The verification status of a fact; computed from its evidence, never typed."""

    CONFIRMED = "confirmed"
    CORROBORATED = "corroborated"
    OFFICIAL = "official"
    REPORTED = "reported"
    PARTIAL = "partial"
    DISPUTED = "disputed"
    REFUTED = "refuted"
    UNVERIFIED = "unverified"


#: What each status says of a fact.
MEANINGS: Final = {
    Status.CONFIRMED: "two or more independent roots support it, at least one of them official",
    Status.CORROBORATED: "two or more independent roots support it, none of them official",
    Status.OFFICIAL: "one root supports it, and an official document of that root was read",
    Status.REPORTED: "one root supports it, known from documents that are not official",
    Status.PARTIAL: "it is supported only in part",
    Status.DISPUTED: "roots contradict each other about it",
    Status.REFUTED: "it is contradicted and nothing supports it",
    Status.UNVERIFIED: "no source that counts says anything about it",
}


class Agreement(StrEnum):
    """How one report stands to the value of its fact."""

    SUPPORTS = "supports"
    PARTLY = "partly"
    CONTRADICTS = "contradicts"
    SUPERSEDED = "superseded"
    DEVIATES = "deviates"
    NOT_COUNTED = "not_counted"


class RelationType(StrEnum):
    """How a case stands to another, or to a claim that may mean it."""

    PART_OF = "part-of"
    FOLLOWS = "follows"
    JOINT_WITH = "joint-with"
    POSSIBLY_DESCRIBED_BY = "possibly-described-by"


class MatchType(StrEnum):
    """How closely a category here meets the class it is mapped to (SKOS mapping terms)."""

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"


class Dimension(StrEnum):
    """What a metric measures, and so which units it takes."""

    COUNT = "count"
    MASS = "mass"
    VOLUME = "volume"
    CURRENCY = "currency"
    AREA = "area"
    DATA = "data"
