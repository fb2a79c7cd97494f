"""
Rows of totals, which can be added up over cases.
"""

from __future__ import annotations

from typing import Annotated

from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.provenance import Computed
from interpol_dataset.tables.rows.base import HedgeTerm, Row, ValueText

__all__ = ["CaseObjectTotalRow", "CaseTotalRow", "CountryTotalRow"]

TotalUnit = Annotated[
    str,
    f.about(
        "Unit",
        (
            "Unit of point and bounds: count, kg, l, ha, GB or USD; packs, boxes or cartons where "
            "these were counted; another currency where it has no rate. Units are never added up."
        ),
        "kg",
    ),
]
TotalPoint = Annotated[
    float,
    f.about(
        "Point",
        (
            "The number to add up, in unit: as stated, without its hedge; of a range the lower "
            "end; of several figures their sum."
        ),
        1000,
        ge=0,
    ),
]
TotalLower = Annotated[
    float,
    f.about(
        "Lower bound",
        "The least that it can be, in unit: about 1,000 is at least 900.",
        900,
        ge=0,
    ),
]
TotalUpper = Annotated[
    float,
    f.about(
        "Upper bound",
        "The most that it can be, in unit; empty where there is no limit, as of a lower bound.",
        1100,
        ge=0,
    ),
]
TotalStatus = Annotated[
    v.Status,
    f.about("Status", "The weakest status of the figures that it rests on.", "documented"),
]
BasisOfTotal = Annotated[
    v.TotalBasis,
    f.about(
        "Basis",
        "How it comes about; stated and sum are totals of the case, all others less than that.",
        "stated",
    ),
]
TotalFacts = Annotated[
    f.FactList,
    f.about("Facts", "Paths of the figures that it rests on.", ["outcomes/arrests"]),
]
LeftOut = Annotated[
    f.FactList,
    Computed("figures that may be the same as those that count", ("{left_out}",)),
    f.about(
        "Left out",
        (
            "Paths of figures that lie in no other and do not count, because they may be the same "
            "as those that do."
        ),
        ["outcomes/arrests@KOR~part"],
    ),
]
CountedIn = Annotated[
    f.CaseRef,
    f.about(
        "Counted in",
        (
            "Case whose total includes this one, as this case is a part of it or both share the "
            "figure; to add up over cases, leave out the rows that have one."
        ),
        "illicit-goods-operations-2013",
    ),
]

_BASIS = Computed("the figures of the metric that count, by the rules on totals", ("{facts}",))


class CaseTotalRow(Row):
    """
    To add up by metric: what each case brought about, all objects together.

    A row is a case, a metric that adds up, and a unit. Choose a metric, leave out the rows with
    counted_in, and add up point or lower by unit.
    """

    TABLE = "case_totals"
    KEY = ("case_id", "metric_id", "unit")
    OTHER_KEYS = (("case_id", "metric_id"),)
    RECORD = ("cases", "{case_id}")
    BASIS = _BASIS

    case_id: f.CaseRef
    metric_id: f.MetricRef
    unit: TotalUnit
    point: TotalPoint
    lower: TotalLower
    upper: TotalUpper | None
    hedge: HedgeTerm
    value_text: ValueText
    status: TotalStatus
    basis: BasisOfTotal
    facts: TotalFacts
    left_out: LeftOut | None
    counted_in: CountedIn | None


class CaseObjectTotalRow(Row):
    """
    To add up by metric and object; never over objects, as drugs include cocaine.

    A row is a case, a metric, an object with everything below it, and a unit. Choose a metric and
    an object, leave out the rows with counted_in, and add up point or lower by unit.
    """

    TABLE = "case_object_totals"
    KEY = ("case_id", "metric_id", "object_id", "unit")
    OTHER_KEYS = (("case_id", "metric_id", "object_id"),)
    RECORD = ("cases", "{case_id}")
    BASIS = _BASIS

    case_id: f.CaseRef
    metric_id: f.MetricRef
    object_id: Annotated[
        f.ObjectRef,
        f.about("Object", "Id of what was counted, with everything below it.", "cocaine"),
    ]
    unit: TotalUnit
    point: TotalPoint
    lower: TotalLower
    upper: TotalUpper | None
    hedge: HedgeTerm
    value_text: ValueText
    status: TotalStatus
    basis: BasisOfTotal
    facts: TotalFacts
    left_out: LeftOut | None
    counted_in: CountedIn | None


class CountryTotalRow(Row):
    """
    To add up by country: what sources state of one country's share; absence proves nothing.

    A row is a case, a country, a metric or a metric and object, and a unit. Choose one what, leave
    out the rows with counted_in, and add up by country and unit: a lower bound, as most cases state
    few shares.
    """

    TABLE = "country_totals"
    KEY = ("case_id", "country", "what", "unit")
    OTHER_KEYS = (("case_id", "country", "what"),)
    RECORD = ("cases", "{case_id}")
    BASIS = _BASIS

    case_id: f.CaseRef
    country: f.CountryRef
    what: Annotated[
        f.Line,
        f.about(
            "What",
            (
                "Metric, and after a slash the object with everything below it; without an object "
                "all objects together."
            ),
            "weight-seized/cocaine",
        ),
    ]
    metric_id: f.MetricRef
    object_id: f.ObjectRef | None
    unit: TotalUnit
    point: TotalPoint
    lower: TotalLower
    upper: TotalUpper | None
    value_text: ValueText
    status: TotalStatus
    basis: BasisOfTotal
    facts: TotalFacts
    left_out: LeftOut | None
    counted_in: CountedIn | None
