"""Rows of cases: what they are, who took part, what they brought about."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.field_info import Basis, Computed, From
from interpol_dataset.tables.rows.base import (
    ChosenSource,
    FactStatus,
    HedgeTerm,
    Lower,
    Notation,
    Point,
    Position,
    Row,
    Upper,
    ValueText,
)


def _converted(name: str, currency: str) -> object:
    """Annotate a column that holds an amount of money in a currency to compare it in."""
    return f.about(
        f"{name} in {currency}",
        f"{name} in {currency}; empty where there is no rate or no date.",
        130000000,
        unit=currency,
        ge=0,
    )


#: By which figures of the same metric a figure may be included.
_INCLUDED = Computed("the rule on what contains what, or the record", ("{fact}", "{part_of}"))


def _headline(title: str, what: str, example: float, unit: str) -> object:
    """Annotate a column that holds the point of a total."""
    return f.about(
        title,
        f"{what}.",
        example,
        unit=unit,
        ge=0,
    )


class CaseRow(Row):
    """
    Operations, takedowns, recoveries, rescues and arrests with INTERPOL's part in them, a row each.

    The columns from arrests to accounts_blocked are headline figures, of the whole case and without
    their hedge; to add up, use the tables of totals.
    """

    TABLE = "cases"
    RECORD = ("cases", "{id}")

    id: f.CaseId
    name: f.CaseName
    aliases: f.Aliases | None
    series: f.Series | None
    edition: f.Edition | None
    year: Annotated[
        int | None,
        Computed("the first that is known, as year_basis says", ("period", "announced")),
        f.about(
            "Year",
            "Year in which it ended; else was announced; else began; else of its earliest source.",
            2022,
            unit="year",
        ),
    ]
    year_basis: Annotated[
        v.YearBasis | None,
        Computed("what of the case is known", ("period", "announced")),
        f.about(
            "Basis of the year",
            "Which date gives the year.",
            "ended",
        ),
    ]
    period: Annotated[f.Period | None, From("period")]
    start: Annotated[
        date | None,
        From("period"),
        f.about(
            "Start",
            "First day that the period can touch: 1 January if only a year is known; empty if "
            "open.",
            "2022-06-28",
        ),
    ]
    end: Annotated[
        date | None,
        From("period"),
        f.about(
            "End",
            "Last day that the period can touch: 31 December if only a year is known; empty if "
            "open.",
            "2022-11-23",
        ),
    ]
    announced: Annotated[f.Announced | None, From("announced")]
    main_area: Annotated[
        f.CategoryRef,
        f.about("Main area", "The crime area that the case is mainly about.", "online-fraud"),
    ]
    top_area: Annotated[
        f.CategoryRef,
        f.about(
            "Top area", "Crime area at the top of the main one's hierarchy.", "financial-crime"
        ),
    ]
    interpol_role: Annotated[f.Role | None, From("interpol_role")]
    country_count: Annotated[
        Notation | None,
        From("country_count"),
        f.about(
            "Number of countries",
            "How many countries and territories took part, in quantity notation.",
            "30",
        ),
    ]
    country_count_point: Annotated[
        Point | None,
        From("country_count"),
        f.about(
            "Number of countries, point",
            "The number of countries as stated, without its hedge; empty for a range.",
            30,
            unit="countries",
        ),
    ]
    country_count_lower: Annotated[
        Lower | None,
        From("country_count"),
        f.about(
            "Number of countries, lower bound",
            "The fewest countries that country_count allows.",
            30,
            unit="countries",
        ),
    ]
    country_count_upper: Annotated[
        Upper | None,
        From("country_count"),
        f.about(
            "Number of countries, upper bound",
            "The most countries that country_count allows; empty where there is no limit.",
            30,
            unit="countries",
        ),
    ]
    countries_listed: Annotated[
        int,
        Computed("the number of countries that sources list", ("countries/*",)),
        f.about(
            "Countries listed",
            "How many countries its sources name.",
            30,
            unit="countries",
            ge=0,
        ),
    ]
    countries_complete: Annotated[
        f.ListComplete | None,
        Computed("whether one source lists all of them as complete", ("countries",)),
    ]
    part_of_case: Annotated[
        f.CaseRef | None,
        f.about("Part of", "The larger case that this one was a part of.", "haechi-ii"),
    ]
    arrests: Annotated[
        float | None,
        v.HEADLINES["arrests"],
        _headline("Arrests", "Persons arrested or detained as suspects", 975, "persons"),
    ]
    victims: Annotated[
        float | None,
        v.HEADLINES["victims"],
        _headline("Victims", "Persons rescued or identified as victims", 120, "persons"),
    ]
    possible_victims: Annotated[
        float | None,
        v.HEADLINES["possible_victims"],
        _headline(
            "Possible victims", "Persons whom a source calls possible victims", 1374, "persons"
        ),
    ]
    drugs_kg: Annotated[
        float | None,
        v.HEADLINES["drugs_kg"],
        _headline("Drugs", "Drugs seized", 1400, "kg"),
    ]
    firearms: Annotated[
        float | None,
        v.HEADLINES["firearms"],
        _headline("Firearms", "Firearms seized or recovered", 716, "pieces"),
    ]
    wildlife_items: Annotated[
        float | None,
        v.HEADLINES["wildlife_items"],
        _headline(
            "Wildlife, in pieces",
            "Wild animals and their products seized",
            4400,
            "pieces",
        ),
    ]
    wildlife_kg: Annotated[
        float | None,
        v.HEADLINES["wildlife_kg"],
        _headline("Wildlife, by weight", "Wild animals and their products seized", 478, "kg"),
    ]
    goods_items: Annotated[
        float | None,
        v.HEADLINES["goods_items"],
        _headline("Goods", "Counterfeit and other illicit goods seized", 3100000, "pieces"),
    ]
    goods_value_usd: Annotated[
        float | None,
        v.HEADLINES["goods_value_usd"],
        _headline("Value of goods", "Estimated value of such goods", 27400000, "USD"),
    ]
    assets_usd: Annotated[
        float | None,
        v.HEADLINES["assets_usd"],
        _headline("Assets", "Money and assets seized, frozen or stopped", 130000000, "USD"),
    ]
    takedowns: Annotated[
        float | None,
        v.HEADLINES["takedowns"],
        _headline(
            "Takedowns",
            "Websites, servers and accounts taken offline",
            1300,
            "websites, servers and accounts",
        ),
    ]
    accounts_blocked: Annotated[
        float | None,
        v.HEADLINES["accounts_blocked"],
        _headline(
            "Accounts blocked", "Bank, payment and virtual-asset accounts blocked", 2800, "accounts"
        ),
    ]
    summary: f.Summary
    existence_status: Annotated[
        v.Status,
        From("exists"),
        f.about(
            "Status of existence",
            "How well it is backed that the case took place at all.",
            "documented",
        ),
    ]


class CaseCategoryRow(Row):
    """Crime areas of each case."""

    TABLE = "case_categories"
    KEY = ("case_id", "category_id")
    RECORD = ("cases", "{case_id}")

    case_id: f.CaseRef
    category_id: f.CategoryRef
    position: Annotated[
        f.Positive,
        f.about("Position", "1 for the case's main crime area, 2 for the next.", 1, unit="rank"),
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
        f.about("Relation", "What the case is to the other one, or to the claim.", "follows"),
    ]
    related_case_id: Annotated[
        f.CaseRef | None,
        f.about("Related case", "The other case.", "haechi-ii"),
    ]
    claim_id: f.ClaimRef | None
    shared: f.Shared | None
    note: f.Note | None


StatedBy = Annotated[
    tuple[f.OrganizationRef, ...],
    f.about(
        "Stated by",
        "Parties that state the value, each as one voice: a figure that only INTERPOL "
        "states has ['interpol']. Empty where only bystanders do.",
        ["interpol"],
    ),
]


class ProceedingRow(Row):
    """What courts and prosecutors made of cases: one step for each fact, with its year."""

    TABLE = "proceedings"
    KEY = ("case_id", "fact")
    RECORD = ("cases", "{case_id}")
    BASIS = From("{fact}")

    case_id: f.CaseRef
    fact: f.Fact
    country: f.StepCountry | None
    year: f.StepYear
    group: f.StepGroup | None
    outcome: f.StepOutcome
    what: f.StepObject | None
    counted: Annotated[v.Counted, f.about("Counted", "What the value is the number of.", "persons")]
    value: Notation | None
    value_text: ValueText | None
    hedge: HedgeTerm | None
    point: Point | None
    lower: Lower | None
    upper: Upper | None
    unit: Annotated[
        str | None, f.about("Unit", "The ISO 4217 code for money, empty for counts.", "EUR")
    ]
    status: FactStatus
    stated_by: StatedBy | None
    source_id: ChosenSource | None


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
    value_unit: Annotated[
        str | None,
        f.about("Unit of the value", "Unit in which the value was stated; empty for counts.", "t"),
    ]
    value_text: ValueText | None
    hedge: HedgeTerm | None
    point: Point | None
    lower: Lower | None
    upper: Upper | None
    unit: Annotated[
        str | None,
        f.about(
            "Unit",
            "Unit of point and bounds, whatever the source's own: kg, l, ha, GB or an ISO 4217 "
            "currency; empty for counts.",
            "kg",
        ),
    ]
    usd_point: Annotated[float | None, _converted("Point", "USD")]
    usd_lower: Annotated[float | None, _converted("Lower bound", "USD")]
    usd_upper: Annotated[float | None, _converted("Upper bound", "USD")]
    rate_date: Annotated[
        date | None,
        f.about(
            "Day of the rate",
            "Last of the eight days whose European Central Bank rates are averaged for the amounts "
            "in USD: the case was announced on it, else ended, else began.",
            "2022-11-24",
        ),
    ]
    status: FactStatus
    stated_by: StatedBy | None
    source_id: ChosenSource | None
    part_of: Annotated[
        f.Fact | None,
        _INCLUDED,
        f.about(
            "Part of",
            "Path of the narrowest figure of the case and metric that includes this one.",
            "outcomes/arrests",
        ),
    ]
    part_of_basis: Annotated[
        str | None,
        _INCLUDED,
        f.about(
            "Basis of part_of",
            "Why it is included, joined by +; stated where the record decides, also that it is in "
            "no other.",
            "object+place",
        ),
    ]
    part_of_reason: Annotated[
        f.Reason | None,
        Basis.DECIDED,
        f.about(
            "Reason of part_of",
            "Why the record overrides the rule.",
            "The release names the two side by side.",
        ),
    ]
    may_overlap: Annotated[
        f.FactList | None,
        Computed("the rule on what contains what leaves it open", ("{fact}", "{may_overlap}")),
        f.about(
            "May overlap",
            "Paths of figures that may count some of the same, though neither includes the other.",
            ["outcomes/arrests/drugs"],
        ),
    ]
