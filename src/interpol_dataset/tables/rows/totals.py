"""Rows of totals, which can be added up over cases."""

from __future__ import annotations

from typing import Annotated

from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.field_info import Computed
from interpol_dataset.tables.rows.base import IN_UNIT, HedgeTerm, Lower, Row, Upper, ValueText

TotalUnit = Annotated[
    str,
    f.about(
        "Unit",
        "Unit of point and bounds: count, kg, l, ha, GB or USD; packs, boxes or cartons; a "
        "currency without a rate. Units are never added up.",
        "kg",
    ),
]
TotalPoint = Annotated[
    float,
    f.about(
        "Point",
        "The number to add up: as stated, without its hedge; the lower end of a range; the sum "
        "of several figures.",
        1000,
        unit=IN_UNIT,
        ge=0,
    ),
]
TotalStatus = Annotated[
    v.Status,
    f.about("Status", "The weakest status of the figures that it is made of.", "documented"),
]
BasisOfTotal = Annotated[
    v.TotalBasis,
    f.about(
        "Basis",
        "What kind of number it is: stated and sum are of the whole case, all others are less.",
        "stated",
    ),
]
TotalFacts = Annotated[
    f.FactList,
    f.about("Facts", "Paths of the figures that it is made of, in outcomes.", ["outcomes/arrests"]),
]
LeftOut = Annotated[
    f.FactList,
    Computed("figures that may be the same as those that count", ("{left_out}",)),
    f.about(
        "Left out",
        "Paths of figures that are not counted, because those in facts may include them.",
        ["outcomes/arrests@KOR~part"],
    ),
]
CountedIn = Annotated[
    f.CaseRef,
    f.about(
        "Counted in",
        "Case whose total already includes this one. Leave such rows out when you add up cases.",
        "illicit-goods-operations-2013",
    ),
]

KnownUntil = Annotated[
    int,
    f.about(
        "Known until",
        "Of convictions the year of the last step of proceedings that is known; else empty.",
        2022,
        unit="year",
    ),
]


class _Amount(Row):
    """How much it is."""

    RECORD = ("cases", "{case_id}")
    BASIS = Computed("the figures of the metric that count, by the rules on totals", ("{facts}",))

    unit: TotalUnit
    point: TotalPoint
    lower: Lower
    upper: Upper | None


class _HedgedAmount(_Amount):
    """How much it is, and how exact that is."""

    hedge: HedgeTerm


class _MadeOf(Row):
    """How it is written, and what it is made of: the last columns of every table of totals."""

    value_text: ValueText
    status: TotalStatus
    basis: BasisOfTotal
    facts: TotalFacts
    left_out: LeftOut | None
    counted_in: CountedIn | None


class CaseTotalRow(_MadeOf, _HedgedAmount):
    """
    To add up by metric: what each case brought about, all objects together.

    Choose a metric that adds up, leave out the rows with counted_in, and add up point or lower by
    unit.
    """

    TABLE = "case_totals"
    KEY = ("case_id", "metric_id", "unit")
    OTHER_KEYS = (("case_id", "metric_id"),)

    case_id: f.CaseRef
    metric_id: f.MetricRef
    known_until: KnownUntil | None


class CaseObjectTotalRow(_MadeOf, _HedgedAmount):
    """
    To add up by metric and object; never over objects, as drugs include cocaine.

    Choose a metric and an object, leave out the rows with counted_in, and add up point or lower by
    unit.
    """

    TABLE = "case_object_totals"
    KEY = ("case_id", "metric_id", "object_id", "unit")
    OTHER_KEYS = (("case_id", "metric_id", "object_id"),)

    case_id: f.CaseRef
    metric_id: f.MetricRef
    object_id: Annotated[
        f.ObjectRef,
        f.about("Object", "Id of what was counted, with everything below it.", "cocaine"),
    ]


class CountryTotalRow(_MadeOf, _Amount):
    """
    To add up by country: what sources state of one country's share; absence proves nothing.

    Choose one what, leave out the rows with counted_in, and add up by country and unit: a lower
    bound, as most cases state few shares.
    """

    TABLE = "country_totals"
    KEY = ("case_id", "country", "what", "unit")
    OTHER_KEYS = (("case_id", "country", "what"),)

    case_id: f.CaseRef
    country: f.CountryRef
    what: Annotated[
        f.Line,
        f.about(
            "What",
            "Metric, and after a slash the object with everything below it; without an object "
            "all objects together.",
            "weight-seized/cocaine",
        ),
    ]
    metric_id: f.MetricRef
    object_id: f.ObjectRef | None
    known_until: KnownUntil | None
