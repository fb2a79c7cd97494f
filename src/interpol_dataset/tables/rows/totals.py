"""
Rows of figures that can be added up: operations, their measures, panels.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.provenance import Basis, Computed, From, Measured
from interpol_dataset.tables.rows.base import (
    HedgeTerm,
    Lower,
    Point,
    Row,
    Upper,
    ValueText,
)

__all__ = [
    "CountryYearRow",
    "MeasureId",
    "MeasureRow",
    "OperationMeasureRow",
    "OperationRow",
    "SeriesEditionRow",
]


def _measure(id_: str, title: str, unit: str, example: float) -> object:
    """Annotate a column that holds the point of a measure."""
    return f.about(
        title,
        (
            f"{unit}: the point of the measure '{id_}', whose bounds, hedge and basis are in "
            "operation_measures; empty where no source states any, or only that of a part."
        ),
        example,
        ge=0,
    )


def _change(id_: str, title: str) -> object:
    """Annotate a column that holds the change of a measure."""
    return f.about(
        f"Change: {title}",
        (
            f"Difference of '{id_}' to the edition before; empty unless both state a total of one "
            "metric and object, and of money in one currency or both converted."
        ),
        -12,
    )


#: The case of the edition before, in a row of editions.
_PREVIOUS = "{previous_case_id}"


MeasureId = Annotated[
    str,
    f.References("measures"),
    f.about("Measure", "Id of the measure.", "arrests", pattern="^[a-z]+(?:_[a-z]+)*$"),
]


Year = Annotated[
    int,
    Computed(
        "the year of the first day; else of the announcement; else of the last day",
        ("period", "announced"),
    ),
    f.about(
        "Year", "Year in which it began; else of its announcement; else in which it ended.", 2022
    ),
]


Arrests = Annotated[
    float | None, Measured("arrests"), _measure("arrests", "Arrests", "Persons", 975)
]
Victims = Annotated[
    float | None, Measured("victims"), _measure("victims", "Victims", "Persons", 120)
]
PossibleVictims = Annotated[
    float | None,
    Measured("possible_victims"),
    _measure("possible_victims", "Possible victims", "Persons", 1374),
]
Drugs = Annotated[
    float | None, Measured("drugs_kg"), _measure("drugs_kg", "Drugs", "Kilograms", 1400)
]
Firearms = Annotated[
    float | None, Measured("firearms"), _measure("firearms", "Firearms", "Pieces", 716)
]
WildlifeItems = Annotated[
    float | None,
    Measured("wildlife_items"),
    _measure("wildlife_items", "Wildlife, in pieces", "Pieces", 4400),
]
WildlifeWeight = Annotated[
    float | None,
    Measured("wildlife_kg"),
    _measure("wildlife_kg", "Wildlife, by weight", "Kilograms", 478),
]
GoodsItems = Annotated[
    float | None, Measured("goods_items"), _measure("goods_items", "Goods", "Pieces", 3100000)
]
GoodsValue = Annotated[
    float | None,
    Measured("goods_value_usd"),
    _measure("goods_value_usd", "Value of goods", "US dollars", 27400000),
]
Assets = Annotated[
    float | None, Measured("assets_usd"), _measure("assets_usd", "Assets", "US dollars", 130000000)
]
Takedowns = Annotated[
    float | None,
    Measured("takedowns"),
    _measure("takedowns", "Takedowns", "Online resources", 1300),
]
AccountsBlocked = Annotated[
    float | None,
    Measured("accounts_blocked"),
    _measure("accounts_blocked", "Accounts blocked", "Accounts", 2800),
]


class OperationRow(Row):
    """Operations, one row per case, with their headline numbers; those of parts are left out."""

    TABLE = "operations"
    RECORD = ("cases", "{id}")

    id: f.CaseRef
    name: f.CaseName
    series: f.Series | None
    edition: f.Edition | None
    year: Year | None
    period: Annotated[f.Period | None, From("period")]
    start: (
        Annotated[
            date,
            From("period"),
            f.about(
                "Start",
                (
                    "Outer bound: the first day that the period can touch, such as 1 January where "
                    "period has only a year; empty where it is open."
                ),
                "2022-06-28",
            ),
        ]
        | None
    )
    end: (
        Annotated[
            date,
            From("period"),
            f.about(
                "End",
                (
                    "Outer bound: the last day that the period can touch, such as 31 December "
                    "where period has only a year; empty where it is open."
                ),
                "2022-11-23",
            ),
        ]
        | None
    )
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
    tools: (
        Annotated[
            tuple[f.Tool, ...],
            Computed("the means of INTERPOL that a source says were used", ("tools/*",)),
            f.about(
                "Tools",
                "Means of INTERPOL that sources say were used; empty where none says so.",
                ["notices"],
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
    arrests: Arrests
    victims: Victims
    possible_victims: PossibleVictims
    drugs_kg: Drugs
    firearms: Firearms
    wildlife_items: WildlifeItems
    wildlife_kg: WildlifeWeight
    goods_items: GoodsItems
    goods_value_usd: GoodsValue
    assets_usd: Assets
    takedowns: Takedowns
    accounts_blocked: AccountsBlocked


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
    left_out: (
        Annotated[
            f.FactList,
            Computed("figures that may be the same as those that count", ("{left_out}",)),
            f.about(
                "Left out",
                (
                    "Paths of figures that are in no other and do not count, because they may be "
                    "the same as those that do."
                ),
                ["outcomes/arrests@KOR~part"],
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
                ["weka-ii outcomes/arrests@ARE"],
            ),
        ]
        | None
    )


class SeriesEditionRow(Row):
    """All operations of each series in the order of time; figures of parts are left out."""

    TABLE = "series_editions"
    KEY = ("series", "position", "case_id")
    OTHER_KEYS = (("series", "edition", "case_id"), ("case_id",))
    RECORD = ("cases", "{case_id}")

    series: f.Series
    position: Annotated[
        f.Positive,
        Computed("the place in the order of the series", ("period", "announced")),
        f.about(
            "Position",
            (
                "Place in the series, from 1, by the first day on which it can have begun (else "
                "the announcement, else the last day) and on one day by edition; those without any "
                "date are last. It moves when an earlier operation is added."
            ),
            3,
        ),
    ]
    edition: (
        Annotated[
            f.Edition,
            f.about(
                "Edition",
                (
                    "Number of the edition within its series, counted from 1; empty where the "
                    "operation has none."
                ),
                3,
            ),
        ]
        | None
    )
    case_id: f.CaseRef
    year: Year | None
    countries: Annotated[Point | None, From("country_count")]
    previous_case_id: (
        Annotated[
            f.CaseRef,
            Computed(
                "the number before, or the last of the series that began before",
                (
                    "period",
                    "announced",
                    "{previous_case_id} period",
                    "{previous_case_id} announced",
                ),
            ),
            f.about(
                "Edition before",
                (
                    "Case with the number before; where there is none, the last of the series that "
                    "began before it. Empty where dates leave open which that is, where both have "
                    "numbers that are not neighbours, and where there is no date. What it is a "
                    "part of, and its own parts, are passed over; an operation that the dataset "
                    "lacks may lie between."
                ),
                "haechi-ii",
            ),
        ]
        | None
    )
    arrests: Arrests
    victims: Victims
    possible_victims: PossibleVictims
    drugs_kg: Drugs
    firearms: Firearms
    wildlife_items: WildlifeItems
    wildlife_kg: WildlifeWeight
    goods_items: GoodsItems
    goods_value_usd: GoodsValue
    assets_usd: Assets
    takedowns: Takedowns
    accounts_blocked: AccountsBlocked
    arrests_change: Annotated[
        float | None, Measured("arrests", _PREVIOUS), _change("arrests", "arrests")
    ]
    victims_change: Annotated[
        float | None, Measured("victims", _PREVIOUS), _change("victims", "victims")
    ]
    possible_victims_change: Annotated[
        float | None,
        Measured("possible_victims", _PREVIOUS),
        _change("possible_victims", "possible victims"),
    ]
    drugs_kg_change: Annotated[
        float | None, Measured("drugs_kg", _PREVIOUS), _change("drugs_kg", "drugs")
    ]
    firearms_change: Annotated[
        float | None, Measured("firearms", _PREVIOUS), _change("firearms", "firearms")
    ]
    wildlife_items_change: Annotated[
        float | None,
        Measured("wildlife_items", _PREVIOUS),
        _change("wildlife_items", "wildlife, in pieces"),
    ]
    wildlife_kg_change: Annotated[
        float | None,
        Measured("wildlife_kg", _PREVIOUS),
        _change("wildlife_kg", "wildlife, by weight"),
    ]
    goods_items_change: Annotated[
        float | None, Measured("goods_items", _PREVIOUS), _change("goods_items", "goods")
    ]
    goods_value_usd_change: Annotated[
        float | None,
        Measured("goods_value_usd", _PREVIOUS),
        _change("goods_value_usd", "value of goods"),
    ]
    assets_usd_change: Annotated[
        float | None, Measured("assets_usd", _PREVIOUS), _change("assets_usd", "assets")
    ]
    takedowns_change: Annotated[
        float | None, Measured("takedowns", _PREVIOUS), _change("takedowns", "takedowns")
    ]
    accounts_blocked_change: Annotated[
        float | None,
        Measured("accounts_blocked", _PREVIOUS),
        _change("accounts_blocked", "accounts blocked"),
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
