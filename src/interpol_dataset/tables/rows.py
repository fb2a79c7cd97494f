"""
The rows of the tables that are built from the records.

One class for each table. Columns that repeat what a record says use the record's own field;
columns that are computed are defined here.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from interpol_dataset.records.models import Model
from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.provenance import ALL_FACTS, Basis, Computed, From, Measured

__all__ = ["TABLES", "Row"]


class Row(Model):
    """What all rows share."""

    #: Name of the table.
    TABLE: ClassVar[str]

    #: The columns that identify a row; rows are sorted by them.
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    #: The record that a row is about: its table and its id, columns in braces.
    RECORD: ClassVar[tuple[str, str]]

    #: What the columns rest on that don't say otherwise.
    BASIS: ClassVar[Basis | From | Computed] = Basis.WRITTEN


def _count(status: str) -> object:
    """Annotate a column that counts facts of one status."""
    return f.about(
        f"Facts {status}",
        f"Number of the case's figures and descriptions whose status is '{status}'.",
        2,
        ge=0,
    )


FactStatus = Annotated[
    v.Status,
    f.about("Status", "Verification status, computed from the evidence.", "documented"),
]
TableName = Annotated[
    Literal["cases", "categories", "challenges", "claims", "lessons"],
    f.about("Table", "Table in which the record stands.", "cases"),
]
RecordId = Annotated[f.Slug, f.about("Record", "Id of the record.", "haechi-iii")]
Notation = Annotated[
    str,
    f.about("Value", "The value in its notation, with its hedge.", "~1000"),
]
HedgeTerm = Annotated[
    v.Hedge,
    f.about("Hedge", "How the number is hedged; empty where there is no value.", "about"),
]
ValueText = Annotated[
    str,
    f.about("Value in words", "The value as people write it, with hedge and unit.", "about 1,000"),
]
Point = Annotated[
    float,
    f.about(
        "Point",
        "The number that was said, without its hedge, in the metric's unit; empty for a range.",
        1000,
        ge=0,
    ),
]
Lower = Annotated[
    float,
    f.about(
        "Lower bound", "The least value that the notation allows, in the metric's unit.", 900, ge=0
    ),
]
Upper = Annotated[
    float,
    f.about(
        "Upper bound",
        (
            "The greatest value that the notation allows, in the metric's unit; empty where "
            "there is no limit."
        ),
        1100,
        ge=0,
    ),
]


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


Earliest = Annotated[
    date,
    f.about(
        "Earliest day",
        "The first day that the date can touch; empty where it is open.",
        "2022-06-28",
    ),
]
Latest = Annotated[
    date,
    f.about(
        "Latest day", "The last day that the date can touch; empty where it is open.", "2022-11-23"
    ),
]
Position = Annotated[
    f.Positive,
    f.about("Position", "Place in the order in which the record states it, from 1.", 1),
]
ChosenSource = Annotated[
    f.SourceRef,
    f.about(
        "Source of the value",
        "Source whose value was chosen; empty where none counts.",
        "interpol-2022-11-24-haechi-iii",
    ),
]


#: By which figures of the same metric a figure may be included.
_INCLUDED = Computed("the rule on what contains what, or the record", ("{fact}", "{part_of}"))


class CategoryRow(Row):
    """Crime areas, in a hierarchy, mapped to the ICCS."""

    TABLE = "categories"
    RECORD = ("categories", "{id}")

    id: f.CategoryId
    name: f.Name
    description: f.Description
    parent_id: f.CategoryRef | None
    iccs_code: Annotated[f.IccsCode | None, From("iccs")]
    iccs_name: Annotated[f.IccsName | None, From("iccs")]
    iccs_match: Annotated[f.IccsMatch | None, From("iccs")]


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


# --- figures that can be added up -----------------------------------------------------------


def _measure(id_: str, title: str, unit: str, example: float) -> object:
    """Annotate a column that holds the point of a measure."""
    return f.about(
        title,
        (
            f"{unit}: the point of the measure '{id_}', whose bounds, hedge and basis are in "
            "operation_measures; empty where no source states any."
        ),
        example,
        ge=0,
    )


def _change(id_: str, title: str, example: float) -> object:
    """Annotate a column that holds the change of a measure."""
    return f.about(
        f"Change: {title}",
        (
            f"Difference of '{id_}' to the edition before; empty unless both state a total of "
            "their own."
        ),
        example,
    )


MeasureId = Annotated[
    str,
    f.References("measures"),
    f.about("Measure", "Id of the measure.", "arrests", pattern="^[a-z]+(?:_[a-z]+)*$"),
]

_ARRESTS = _measure("arrests", "Arrests", "Persons", 975)
_VICTIMS = _measure("victims", "Victims", "Persons", 120)
_POSSIBLE = _measure("possible_victims", "Possible victims", "Persons", 1374)
_DRUGS = _measure("drugs_kg", "Drugs", "Kilograms", 1400)
_FIREARMS = _measure("firearms", "Firearms", "Pieces", 716)
_WILDLIFE = _measure("wildlife_items", "Wildlife, in pieces", "Pieces", 4400)
_WILDLIFE_KG = _measure("wildlife_kg", "Wildlife, by weight", "Kilograms", 478)
_GOODS = _measure("goods_items", "Goods", "Pieces", 3100000)
_GOODS_VALUE = _measure("goods_value_usd", "Value of goods", "US dollars", 27400000)
_ASSETS = _measure("assets_usd", "Assets", "US dollars", 130000000)
_TAKEDOWNS = _measure("takedowns", "Takedowns", "Online resources", 1300)
_ACCOUNTS = _measure("accounts_blocked", "Accounts blocked", "Accounts", 2800)


class OperationRow(Row):
    """Operations, one a case, with their headline numbers."""

    TABLE = "operations"
    RECORD = ("cases", "{id}")

    id: f.CaseRef
    name: f.CaseName
    series: f.Series | None
    edition: f.Edition | None
    year: (
        Annotated[
            int,
            Computed(
                "the year of the first day; else of the announcement; else of the last day",
                ("period", "announced"),
            ),
            f.about("Year", "Year in which it began; else that of its announcement.", 2022),
        ]
        | None
    )
    start: Annotated[Earliest | None, From("period")]
    end: Annotated[Latest | None, From("period")]
    announced: Annotated[f.Announced | None, From("announced")]
    lag_days: (
        Annotated[
            int,
            Computed("the days from the last day to the announcement", ("period", "announced")),
            f.about(
                "Lag",
                (
                    "Days from the last day to the announcement, negative where it was announced "
                    "before its end; empty where either is not known to the day."
                ),
                1,
            ),
        ]
        | None
    )
    main_area: f.CategoryRef
    top_area: Annotated[
        f.CategoryRef,
        f.about(
            "Top area", "Crime area at the top of the main one's hierarchy.", "financial-crime"
        ),
    ]
    interpol_role: Annotated[f.Role | None, From("interpol_role")]
    lead_ids: (
        Annotated[
            tuple[f.OrganizationRef, ...],
            Computed("those whose role is lead or co-lead", ("organizations/*",)),
            f.about(
                "Leads", "Bodies besides INTERPOL that led it, alone or together.", ["europol"]
            ),
        ]
        | None
    )
    countries_counted: Annotated[Point | None, From("country_count")]
    countries_counted_lower: Annotated[Lower | None, From("country_count")]
    countries_counted_upper: Annotated[Upper | None, From("country_count")]
    countries_listed: Annotated[
        int,
        Computed("the number of countries that sources list", ("countries/*",)),
        f.about("Countries listed", "Number of countries that sources list.", 30, ge=0),
    ]
    countries_complete: (
        Annotated[
            f.ListComplete,
            Computed("whether one source lists all of them as complete", ("countries",)),
        ]
        | None
    )
    part_of_case: (
        Annotated[
            f.CaseRef,
            f.about("Part of", "Operation that it was a part of.", "haechi-ii"),
        ]
        | None
    )
    arrests: Annotated[float | None, Measured("arrests"), _ARRESTS]
    victims: Annotated[float | None, Measured("victims"), _VICTIMS]
    possible_victims: Annotated[float | None, Measured("possible_victims"), _POSSIBLE]
    drugs_kg: Annotated[float | None, Measured("drugs_kg"), _DRUGS]
    firearms: Annotated[float | None, Measured("firearms"), _FIREARMS]
    wildlife_items: Annotated[float | None, Measured("wildlife_items"), _WILDLIFE]
    wildlife_kg: Annotated[float | None, Measured("wildlife_kg"), _WILDLIFE_KG]
    goods_items: Annotated[float | None, Measured("goods_items"), _GOODS]
    goods_value_usd: Annotated[float | None, Measured("goods_value_usd"), _GOODS_VALUE]
    assets_usd: Annotated[float | None, Measured("assets_usd"), _ASSETS]
    takedowns: Annotated[float | None, Measured("takedowns"), _TAKEDOWNS]
    accounts_blocked: Annotated[float | None, Measured("accounts_blocked"), _ACCOUNTS]


class OperationMeasureRow(Row):
    """The measures of each operation, with bounds, basis and the figures they rest on."""

    TABLE = "operation_measures"
    KEY = ("case_id", "measure_id")
    RECORD = ("cases", "{case_id}")
    BASIS = Computed("the definition of the measure, from these figures", ("{facts}",))

    case_id: f.CaseRef
    measure_id: MeasureId
    point: Point | None
    lower: Lower | None
    upper: Upper | None
    unit: Annotated[str, f.about("Unit", "Unit of the measure; empty for counts.", "kg")] | None
    hedge: HedgeTerm | None
    value_text: ValueText | None
    status: (
        Annotated[
            v.Status,
            f.about("Status", "The weakest status of the figures that it rests on.", "documented"),
        ]
        | None
    )
    basis: Annotated[v.MeasureBasis, f.about("Basis", "How the value comes about.", "stated")]
    facts: (
        Annotated[
            f.FactList,
            f.about("Facts", "Paths of the figures that it rests on.", ["outcomes/arrests"]),
        ]
        | None
    )
    unconverted: (
        Annotated[
            f.FactList,
            Computed("amounts without a rate, in no other amount", ("{unconverted}",)),
            f.about(
                "Not converted",
                "Paths of amounts that are left out because their currency has no rate.",
                ["outcomes/assets-seized:VND@VNM"],
            ),
        ]
        | None
    )
    counted_in: (
        Annotated[
            f.CaseRef,
            f.about(
                "Counted in",
                (
                    "Operation whose figure includes this one, because this is a part of it or "
                    "both share one figure; only where it is empty, figures can be added up over "
                    "operations."
                ),
                "illicit-goods-operations-2013",
            ),
        ]
        | None
    )


class CountryYearRow(Row):
    """What can be said of each country in each year; absence proves nothing."""

    TABLE = "country_years"
    KEY = ("country", "year")
    RECORD = ("countries", "{country}")
    BASIS = Computed(
        "counted over the operations that began in the year and list the country",
        ("{case_ids} countries/{country}",),
    )

    country: f.CountryRef
    year: Annotated[int, f.about("Year", "Year in which the operations began.", 2022)]
    operations: Annotated[
        int,
        f.about(
            "Operations",
            "Operations whose sources list it; parts of another that lists it are not counted.",
            7,
            ge=0,
        ),
    ]
    operations_confirmed: Annotated[
        int,
        f.about(
            "Confirmed",
            "Those of them in which its part is confirmed or corroborated.",
            2,
            ge=0,
        ),
    ]
    operations_coordinated: Annotated[
        int,
        f.about("Coordinated", "Those of them that INTERPOL coordinated or co-led.", 5, ge=0),
    ]
    case_ids: (
        Annotated[
            tuple[f.CaseRef, ...],
            f.about("Cases", "The operations that are counted.", ["haechi-iii"]),
        ]
        | None
    )
    arrests: (
        Annotated[
            float,
            Computed("the sum of the lower bounds of arrests stated for it", ("{arrest_facts}",)),
            f.about(
                "Arrests, at least",
                (
                    "Sum of the lower bounds of the arrests that operations state for it: a lower "
                    "bound, as most operations state no arrests by country."
                ),
                104,
                ge=0,
            ),
        ]
        | None
    )
    arrest_facts: (
        Annotated[
            tuple[f.Line, ...],
            Computed("the figures that the sum rests on", ("{arrest_facts}",)),
            f.about(
                "Facts on arrests",
                "The figures that this rests on: id of the case and path.",
                ["haechi-iii outcomes/arrests@KOR"],
            ),
        ]
        | None
    )


class SeriesEditionRow(Row):
    """The editions of each series side by side, each with its change against the one before."""

    TABLE = "series_editions"
    KEY = ("series", "edition", "case_id")
    RECORD = ("cases", "{case_id}")

    series: f.Series
    edition: f.Edition
    case_id: f.CaseRef
    year: (
        Annotated[
            int,
            Computed(
                "the year of the first day; else of the announcement; else of the last day",
                ("period", "announced"),
            ),
            f.about("Year", "Year in which it began; else that of its announcement.", 2022),
        ]
        | None
    )
    countries: Annotated[Point | None, From("country_count")]
    previous_case_id: (
        Annotated[
            f.CaseRef,
            f.about("Edition before", "Case with the number before, if it is one.", "haechi-ii"),
        ]
        | None
    )
    arrests: Annotated[float | None, Measured("arrests"), _ARRESTS]
    victims: Annotated[float | None, Measured("victims"), _VICTIMS]
    possible_victims: Annotated[float | None, Measured("possible_victims"), _POSSIBLE]
    drugs_kg: Annotated[float | None, Measured("drugs_kg"), _DRUGS]
    firearms: Annotated[float | None, Measured("firearms"), _FIREARMS]
    wildlife_items: Annotated[float | None, Measured("wildlife_items"), _WILDLIFE]
    wildlife_kg: Annotated[float | None, Measured("wildlife_kg"), _WILDLIFE_KG]
    goods_items: Annotated[float | None, Measured("goods_items"), _GOODS]
    goods_value_usd: Annotated[float | None, Measured("goods_value_usd"), _GOODS_VALUE]
    assets_usd: Annotated[float | None, Measured("assets_usd"), _ASSETS]
    takedowns: Annotated[float | None, Measured("takedowns"), _TAKEDOWNS]
    accounts_blocked: Annotated[float | None, Measured("accounts_blocked"), _ACCOUNTS]
    arrests_change: Annotated[
        float | None,
        Measured("arrests", against="{previous_case_id}"),
        _change("arrests", "arrests", -12),
    ]
    victims_change: Annotated[
        float | None,
        Measured("victims", against="{previous_case_id}"),
        _change("victims", "victims", -12),
    ]
    possible_victims_change: Annotated[
        float | None,
        Measured("possible_victims", against="{previous_case_id}"),
        _change("possible_victims", "possible victims", -12),
    ]
    drugs_kg_change: Annotated[
        float | None,
        Measured("drugs_kg", against="{previous_case_id}"),
        _change("drugs_kg", "drugs", -12),
    ]
    firearms_change: Annotated[
        float | None,
        Measured("firearms", against="{previous_case_id}"),
        _change("firearms", "firearms", -12),
    ]
    wildlife_items_change: Annotated[
        float | None,
        Measured("wildlife_items", against="{previous_case_id}"),
        _change("wildlife_items", "wildlife, in pieces", -12),
    ]
    wildlife_kg_change: Annotated[
        float | None,
        Measured("wildlife_kg", against="{previous_case_id}"),
        _change("wildlife_kg", "wildlife, by weight", -12),
    ]
    goods_items_change: Annotated[
        float | None,
        Measured("goods_items", against="{previous_case_id}"),
        _change("goods_items", "goods", -12),
    ]
    goods_value_usd_change: Annotated[
        float | None,
        Measured("goods_value_usd", against="{previous_case_id}"),
        _change("goods_value_usd", "value of goods", -12),
    ]
    assets_usd_change: Annotated[
        float | None,
        Measured("assets_usd", against="{previous_case_id}"),
        _change("assets_usd", "assets", -12),
    ]
    takedowns_change: Annotated[
        float | None,
        Measured("takedowns", against="{previous_case_id}"),
        _change("takedowns", "takedowns", -12),
    ]
    accounts_blocked_change: Annotated[
        float | None,
        Measured("accounts_blocked", against="{previous_case_id}"),
        _change("accounts_blocked", "accounts blocked", -12),
    ]


class MeasureRow(Row):
    """The headline numbers of operations, and which figures each takes."""

    TABLE = "measures"
    RECORD = ("measures", "{id}")
    BASIS = Basis.VOCABULARY

    id: Annotated[
        str,
        f.about(
            "Measure id",
            "Stable id of the measure; the name of its column in operations.",
            "arrests",
            pattern="^[a-z]+(?:_[a-z]+)*$",
        ),
    ]
    name: f.Name
    description: f.Description
    unit: Annotated[str, f.about("Unit", "Unit of the measure; empty for counts.", "kg")] | None
    metric_ids: Annotated[
        tuple[f.MetricId, ...],
        f.about("Metrics", "Metrics that it takes; of one thing the larger counts.", ["arrests"]),
    ]
    object_ids: (
        Annotated[
            tuple[f.ObjectId, ...],
            f.about(
                "Objects", "Objects that it takes, with those below them; empty for any.", ["drugs"]
            ),
        ]
        | None
    )
    takes: Annotated[
        tuple[f.Line, ...],
        f.about("Takes", "What it takes of each metric.", ["arrests: any object or none"]),
    ]


# --- statements in words, evidence and vocabularies ---------------------------------------


class ChallengeRow(Row):
    """What limits international police interventions."""

    TABLE = "challenges"
    RECORD = ("challenges", "{id}")

    id: f.ChallengeId
    name: f.Name
    statement: f.Statement
    status: Annotated[FactStatus, From("statement")]


class ChallengeCaseRow(Row):
    """Cases that show a challenge, and who says so."""

    TABLE = "challenge_cases"
    KEY = ("challenge_id", "case_id")
    RECORD = ("challenges", "{challenge_id}")
    BASIS = From("cases/{case_id}")

    challenge_id: f.ChallengeRef
    case_id: f.CaseRef
    source_id: f.SourceRef


class LessonRow(Row):
    """What was learnt from interventions."""

    TABLE = "lessons"
    RECORD = ("lessons", "{id}")

    id: f.LessonId
    name: f.Name
    statement: f.Statement
    status: Annotated[FactStatus, From("statement")]


class LessonCaseRow(Row):
    """Cases that show a lesson, and who says so."""

    TABLE = "lesson_cases"
    KEY = ("lesson_id", "case_id")
    RECORD = ("lessons", "{lesson_id}")
    BASIS = From("cases/{case_id}")

    lesson_id: f.LessonRef
    case_id: f.CaseRef
    source_id: f.SourceRef


class LessonChallengeRow(Row):
    """Challenges that a lesson answers."""

    TABLE = "lesson_challenges"
    KEY = ("lesson_id", "challenge_id")
    RECORD = ("lessons", "{lesson_id}")

    lesson_id: f.LessonRef
    challenge_id: f.ChallengeRef


class ClaimRow(Row):
    """Assertions in words that documents make, and what was found when they were checked."""

    TABLE = "claims"
    RECORD = ("claims", "{id}")

    id: f.ClaimId
    document_id: Annotated[
        f.SourceRef,
        f.about("Document", "Source that makes the claim.", "seed-interpol-case-examples"),
    ]
    paragraph: f.ParagraphNumber
    paragraph_sha256: f.ParagraphHash
    statement: f.Statement
    checkable: f.Checkable
    category_id: f.CategoryRef | None
    case_id: f.CaseRef | None
    challenge_id: f.ChallengeRef | None
    lesson_id: f.LessonRef | None
    status: Annotated[FactStatus, From("statement")]
    note: f.Note | None


class ClaimSearchRow(Row):
    """Searches for evidence on a claim that found nothing."""

    TABLE = "claim_searches"
    KEY = ("claim_id", "position")
    RECORD = ("claims", "{claim_id}")

    claim_id: f.ClaimRef
    position: Position
    looked_for: f.LookedFor
    searched_on: f.Searched


class EvidenceRow(Row):
    """What each source says about each fact: one row for each fact and source."""

    TABLE = "evidence"
    KEY = ("record_table", "record_id", "field", "source_id")
    RECORD = ("{record_table}", "{record_id}")
    BASIS = From("{field}")

    record_table: TableName
    record_id: RecordId
    field: f.Fact
    source_id: f.SourceRef
    position: (
        Annotated[
            f.Positive,
            f.about(
                "Position",
                (
                    "Place in the order in which the record states it, from 1; empty where other "
                    "statements imply it."
                ),
                4,
            ),
        ]
        | None
    )
    value: Annotated[
        str,
        f.about("Reported value", "What the source says, in the notation of the field.", "975"),
    ]
    unit: f.Unit | None
    said_as: f.SaidAs | None
    drift_metric_id: (
        Annotated[
            f.MetricRef,
            f.about(
                "Drifted to",
                (
                    "Metric under which the source retells the figure, where it is another than "
                    "the fact's; else empty."
                ),
                "persons-charged",
            ),
        ]
        | None
    )
    stage: f.Stage | None
    as_of: f.AsOf | None
    valuation: f.Valuation | None
    stance: (
        Annotated[
            v.Stance,
            f.about(
                "Stance",
                (
                    "How it relates to the fact's value: supports, partly, contradicts, or why it "
                    "neither supports nor contradicts; empty where the fact has no status."
                ),
                "supports",
            ),
        ]
        | None
    )
    party_id: (
        Annotated[
            f.OrganizationRef,
            f.about(
                "Party",
                (
                    "Organization that speaks; of a joint text, the one that speaks for all. Empty "
                    "where the source does not count."
                ),
                "interpol",
            ),
        ]
        | None
    )
    observer_id: (
        Annotated[
            f.OrganizationRef,
            f.about(
                "Observer",
                (
                    "Organization that can observe the fact apart from the others; empty where all "
                    "parties share one tally, and for bystanders."
                ),
                "interpol",
            ),
        ]
        | None
    )
    own_count: f.OwnCount
    attributed_to_id: f.AttributedTo | None
    locator: f.Locator | None
    note: f.Note | None


class VerificationRow(Row):
    """The value and status of each fact, and how they came about."""

    TABLE = "verification"
    KEY = ("record_table", "record_id", "field")
    RECORD = ("{record_table}", "{record_id}")
    BASIS = From("{field}")

    record_table: TableName
    record_id: RecordId
    field: f.Fact
    fact_class: Annotated[
        v.FactClass,
        f.about("Class", "What sort of thing the fact says.", "figure"),
    ]
    value: Notation | None
    source_id: ChosenSource | None
    status: FactStatus
    rule_version: Annotated[
        str,
        f.about("Rule version", "Version of the verification rules that were used.", "2.1"),
    ]
    documents: (
        Annotated[
            v.Documents,
            f.about(
                "Documents",
                "The best that was read of those who support the value; empty where no party does.",
                "document",
            ),
        ]
        | None
    )
    agreement: Annotated[
        v.Agreement,
        f.about("Agreement", "How those who state it agree.", "independent"),
    ]
    parties: Annotated[
        int, f.about("Parties", "Number of parties that support the value.", 2, ge=0)
    ]
    observers: Annotated[
        int,
        f.about(
            "Observers",
            "Number of observers among them: bodies that could know it apart from each other.",
            1,
            ge=0,
        ),
    ]
    observers_read: Annotated[
        int,
        f.about(
            "Observers read", "Number of these observers of which a document was read.", 1, ge=0
        ),
    ]
    partly: Annotated[
        int,
        f.about("Partly", "Number of parties that support only a part of a statement.", 0, ge=0),
    ]
    contradicting: Annotated[
        int,
        f.about(
            "Contradicting", "Number of parties that contradict the value or each other.", 0, ge=0
        ),
    ]
    variants: (
        Annotated[
            tuple[f.Line, ...],
            f.about(
                "Variants", "Other words or days that do not contradict the value.", ["supported"]
            ),
        ]
        | None
    )
    lowest: (
        Annotated[
            float,
            f.about(
                "Lowest",
                "Lowest number that any party states, in the metric's unit; else empty.",
                975,
                ge=0,
            ),
        ]
        | None
    )
    highest: (
        Annotated[
            float,
            f.about(
                "Highest",
                "Highest number that any party states, in the metric's unit; else empty.",
                1000,
                ge=0,
            ),
        ]
        | None
    )
    preferred: (
        Annotated[
            f.Reason,
            f.about(
                "Preferred because",
                "Why the value was taken from another source than the rule's.",
                "The later release rounds the figure.",
            ),
        ]
        | None
    )
    dispute_type: f.DisputeType | None
    dispute_reason: f.DisputeReason | None


class SourceRow(Row):
    """Documents: who carries them, who says so, and where they can be read."""

    TABLE = "sources"
    RECORD = ("sources", "{id}")
    BASIS = Basis.DOCUMENT

    id: f.SourceId
    kind: f.Kind
    publisher_id: f.Publisher
    asserter_id: f.Asserter
    issued_with_ids: f.IssuedWith | None
    title: f.Title
    url: f.SourceUrl | None
    archived_url: f.ArchivedUrl | None
    published: f.Published | None
    published_earliest: Earliest | None
    published_latest: Latest | None
    undated: f.Undated | None
    retrieved: f.Retrieved
    language: f.Language
    sha256: f.DocumentHash | None
    content_hash: f.ContentHash | None
    note: f.Note | None


class MetricRow(Row):
    """What outcomes count and measure."""

    TABLE = "metrics"
    RECORD = ("metrics", "{id}")
    BASIS = Basis.VOCABULARY

    id: f.MetricId
    name: f.Name
    description: f.Description
    dimension: f.MetricDimension
    family: f.MetricFamily | None


class ObjectRow(Row):
    """What was seized, rescued or found, in a hierarchy."""

    TABLE = "objects"
    RECORD = ("objects", "{id}")
    BASIS = Basis.VOCABULARY

    id: f.ObjectId
    name: f.Name
    description: f.Description | None
    parent_id: f.ObjectRef | None
    facet: f.ObjectFacet
    is_rest: f.IsRest
    hs_code: f.HsCode | None


class OrganizationRow(Row):
    """Bodies that take part in cases, publish sources or assert what they say."""

    TABLE = "organizations"
    RECORD = ("organizations", "{id}")
    BASIS = Basis.VOCABULARY

    id: f.OrganizationId
    name: f.Name
    abbreviation: f.Abbreviation | None
    kind: f.OrganizationType
    country: f.CountryRef | None
    parent_id: f.Parent | None
    url: f.Website | None


class CountryRow(Row):
    """
    Countries and territories of ISO 3166-1, with the United Nations' regions.

    M49 has no region for Antarctica, and neither Kosovo nor Taiwan.
    """

    TABLE = "countries"
    RECORD = ("countries", "{id}")
    BASIS = Basis.STANDARD

    id: f.CountryCode
    name: f.Name
    short_name: Annotated[
        f.Line,
        f.about("Short name", "The name in common use, in English, from the CLDR.", "South Korea"),
    ]
    alpha2: Annotated[
        str,
        StringConstraints(pattern=r"^[A-Z]{2}$"),
        f.about("Code of two letters", "ISO 3166-1 alpha-2 code.", "KR"),
    ]
    m49: (
        Annotated[
            str,
            StringConstraints(pattern=r"^[0-9]{3}$"),
            f.about("M49 code", "The United Nations' code of three digits; text.", "410"),
        ]
        | None
    )
    region: (
        Annotated[
            f.Line,
            f.about("Region", "Region of the United Nations' M49.", "Asia"),
        ]
        | None
    )
    subregion: (
        Annotated[
            f.Line,
            f.about("Subregion", "Subregion of the United Nations' M49.", "Eastern Asia"),
        ]
        | None
    )


class RateRow(Row):
    """Exchange rates of the days on which amounts were converted, as published."""

    TABLE = "rates"
    KEY = ("currency", "date")
    RECORD = ("rates", "{currency}")
    BASIS = Basis.RATES

    currency: Annotated[
        str, f.about("Currency", "Its ISO 4217 code.", "USD", pattern="^[A-Z]{3}$", max_length=3)
    ]
    date: Annotated[date, f.about("Day", "Day for which the rate was published.", "2022-11-24")]
    rate: Annotated[
        float, f.about("Rate", "Units of the currency that one euro buys.", 1.0413, ge=0)
    ]


class RetiredIdRow(Row):
    """Ids that are no longer used, and where they went."""

    TABLE = "retired_ids"
    KEY = ("record_table", "id")
    RECORD = ("{record_table}", "{id}")
    BASIS = Basis.DECIDED

    record_table: f.RetirableTable
    id: f.RetiredSlug
    redirect: f.Redirect | None
    reason: f.Reason


#: The tables, in the order in which a reader meets them.
TABLES: tuple[type[Row], ...] = (
    CaseRow,
    OutcomeRow,
    PartDoubtRow,
    OperationRow,
    OperationMeasureRow,
    SeriesEditionRow,
    CountryYearRow,
    CaseCategoryRow,
    CaseCountryRow,
    CaseOrganizationRow,
    CaseRelationRow,
    CategoryRow,
    ChallengeRow,
    ChallengeCaseRow,
    LessonRow,
    LessonCaseRow,
    LessonChallengeRow,
    ClaimRow,
    ClaimSearchRow,
    EvidenceRow,
    VerificationRow,
    SourceRow,
    MetricRow,
    MeasureRow,
    ObjectRow,
    OrganizationRow,
    CountryRow,
    RateRow,
    RetiredIdRow,
)
