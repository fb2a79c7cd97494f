"""
Rows of cases: what they are, who took part, what they brought about.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.provenance import ALL_FACTS, Basis, Computed, From
from interpol_dataset.tables.rows.base import (
    ChosenSource,
    Earliest,
    FactStatus,
    HedgeTerm,
    Latest,
    Lower,
    Notation,
    Point,
    Position,
    Row,
    Upper,
    ValueText,
)

__all__ = [
    "CaseCategoryRow",
    "CaseCountryRow",
    "CaseOrganizationRow",
    "CaseRelationRow",
    "CaseRow",
    "CaseToolRow",
    "OutcomeRow",
    "PartDoubtRow",
]


def _count(status: str) -> object:
    """Annotate a column that counts facts of one status."""
    return f.about(
        f"Facts {status}",
        (
            f"Number of the case's figures and descriptions whose status is '{status}'; that it "
            "existed, and which countries, bodies and tools had a part, is not counted."
        ),
        2,
        ge=0,
    )


def _converted(name: str, currency: str) -> object:
    """Annotate a column that holds an amount of money in a currency to compare it in."""
    return f.about(
        f"{name} in {currency}",
        (
            f"{name} in {currency}, converted at the European Central Bank's reference rates of "
            "the days up to rate_date; empty where there is no rate or no date."
        ),
        130000000,
        ge=0,
    )


#: By which figures of the same metric a figure may be included.
_INCLUDED = Computed("the rule on what contains what, or the record", ("{fact}", "{part_of}"))


class CaseRow(Row):
    """Operations, takedowns, recoveries, rescues and arrests with INTERPOL's part in them."""

    TABLE = "cases"
    RECORD = ("cases", "{id}")

    id: f.CaseId
    name: f.CaseName
    aliases: f.Aliases | None
    series: f.Series | None
    edition: f.Edition | None
    summary: f.Summary
    interpol_role: Annotated[f.Role | None, From("interpol_role")]
    period: Annotated[f.Period | None, From("period")]
    period_earliest: Annotated[Earliest | None, From("period")]
    period_latest: Annotated[Latest | None, From("period")]
    announced: Annotated[f.Announced | None, From("announced")]
    country_count: Annotated[
        Notation | None,
        From("country_count"),
        f.about(
            "Number of countries",
            "How many countries and territories took part, in quantity notation.",
            "30",
        ),
    ]
    country_count_text: Annotated[ValueText | None, From("country_count")]
    country_count_hedge: Annotated[HedgeTerm | None, From("country_count")]
    country_count_point: Annotated[Point | None, From("country_count")]
    country_count_lower: Annotated[Lower | None, From("country_count")]
    country_count_upper: Annotated[Upper | None, From("country_count")]
    status: Annotated[
        v.Status,
        From("exists"),
        f.about("Status", "Verification status of the case's existence.", "documented"),
    ]
    facts_confirmed: Annotated[int, From(ALL_FACTS), _count("confirmed")]
    facts_corroborated: Annotated[int, From(ALL_FACTS), _count("corroborated")]
    facts_joint: Annotated[int, From(ALL_FACTS), _count("joint")]
    facts_documented: Annotated[int, From(ALL_FACTS), _count("documented")]
    facts_reported: Annotated[int, From(ALL_FACTS), _count("reported")]
    facts_inconsistent: Annotated[int, From(ALL_FACTS), _count("inconsistent")]
    facts_disputed: Annotated[int, From(ALL_FACTS), _count("disputed")]
    facts_unverified: Annotated[int, From(ALL_FACTS), _count("unverified")]


class CaseCategoryRow(Row):
    """Crime areas of each case."""

    TABLE = "case_categories"
    KEY = ("case_id", "category_id")
    RECORD = ("cases", "{case_id}")

    case_id: f.CaseRef
    category_id: f.CategoryRef
    position: Annotated[
        f.Positive,
        f.about("Position", "1 for the case's main crime area, then in order.", 1),
    ]


class CaseCountryRow(Row):
    """Countries and territories that took part in each case, where sources list them."""

    TABLE = "case_countries"
    KEY = ("case_id", "country")
    RECORD = ("cases", "{case_id}")
    BASIS = From("countries/{country}")

    case_id: f.CaseRef
    country: f.CountryRef
    status: FactStatus


class CaseOrganizationRow(Row):
    """Organizations other than INTERPOL that took part in each case."""

    TABLE = "case_organizations"
    KEY = ("case_id", "organization_id")
    RECORD = ("cases", "{case_id}")
    BASIS = From("organizations/{organization_id}")

    case_id: f.CaseRef
    organization_id: f.OrganizationRef
    role: f.PartnerRole
    status: FactStatus


class CaseToolRow(Row):
    """Means of INTERPOL that sources say were used in each case."""

    TABLE = "case_tools"
    KEY = ("case_id", "tool")
    RECORD = ("cases", "{case_id}")
    BASIS = From("tools/{tool}")

    case_id: f.CaseRef
    tool: f.Tool
    status: FactStatus


class CaseRelationRow(Row):
    """How cases stand to each other, and to claims that may mean them."""

    TABLE = "case_relations"
    KEY = ("case_id", "position")
    RECORD = ("cases", "{case_id}")

    case_id: f.CaseRef
    position: Position
    type: Annotated[
        v.RelationType,
        f.about("Relation", "How the case stands to it.", "follows"),
    ]
    related_case_id: (
        Annotated[
            f.CaseRef,
            f.about("Related case", "Case it stands to.", "haechi-ii"),
        ]
        | None
    )
    claim_id: f.ClaimRef | None
    shared: f.Shared | None
    note: f.Note | None


class OutcomeRow(Row):
    """What cases brought about: one figure for each fact, as chosen from the reports."""

    TABLE = "outcomes"
    KEY = ("case_id", "fact")
    RECORD = ("cases", "{case_id}")
    BASIS = From("{fact}")

    case_id: f.CaseRef
    fact: f.Fact
    metric_id: f.MetricRef
    object_id: f.ObjectRef | None
    place: f.Place | None
    scope: f.OutcomeScope
    part_name: f.PartName | None
    value: Notation | None
    value_unit: (
        Annotated[
            str,
            f.about(
                "Unit of the value", "Unit in which the value was stated; empty for counts.", "t"
            ),
        ]
        | None
    )
    value_text: ValueText | None
    hedge: HedgeTerm | None
    point: Point | None
    lower: Lower | None
    upper: Upper | None
    unit: (
        Annotated[
            str,
            f.about(
                "Unit",
                (
                    "Unit of point and bounds: kg, l, ha or GB whatever the source's own unit is, "
                    "the ISO 4217 code for money, empty for counts."
                ),
                "kg",
            ),
        ]
        | None
    )
    usd_point: Annotated[float, _converted("Point", "USD")] | None
    usd_lower: Annotated[float, _converted("Lower bound", "USD")] | None
    usd_upper: Annotated[float, _converted("Upper bound", "USD")] | None
    eur_point: Annotated[float, _converted("Point", "EUR")] | None
    eur_lower: Annotated[float, _converted("Lower bound", "EUR")] | None
    eur_upper: Annotated[float, _converted("Upper bound", "EUR")] | None
    rate_date: (
        Annotated[
            date,
            f.about(
                "Day of the rate",
                (
                    "Last of the eight days whose rates are averaged: the case was announced on "
                    "it, else ended, else began. Empty for what is not money."
                ),
                "2022-11-24",
            ),
        ]
        | None
    )
    status: FactStatus
    source_id: ChosenSource | None
    part_of: (
        Annotated[
            f.Fact,
            _INCLUDED,
            f.about(
                "Part of",
                (
                    "Path of the narrowest figure of the case and metric that includes this one; "
                    "rows where it is empty can be added up within a case, metric, unit and facet."
                ),
                "outcomes/arrests",
            ),
        ]
        | None
    )
    part_of_basis: (
        Annotated[
            str,
            _INCLUDED,
            f.about(
                "Basis of part_of",
                (
                    "By what it is included: currency, facet, object, part, place, joined by +; "
                    "or stated, where the record decides, also that it is in no other."
                ),
                "object+place",
            ),
        ]
        | None
    )
    part_of_reason: (
        Annotated[
            f.Reason,
            Basis.DECIDED,
            f.about(
                "Reason of part_of",
                "Why the record decides otherwise than the rule; else empty.",
                "The release names the two side by side.",
            ),
        ]
        | None
    )


class PartDoubtRow(Row):
    """Pairs of figures that may overlap, though the rule includes neither in the other."""

    TABLE = "part_doubts"
    KEY = ("case_id", "fact", "other_fact")
    RECORD = ("cases", "{case_id}")
    BASIS = Computed("the rule on what contains what leaves it open", ("{fact}", "{other_fact}"))

    case_id: f.CaseRef
    fact: f.Fact
    other_fact: Annotated[
        f.Fact,
        f.about("Other fact", "Path of the other figure.", "outcomes/arrests/drugs"),
    ]
    kind: Annotated[v.Doubt, f.about("Kind", "Why the two may overlap.", "rest")]
