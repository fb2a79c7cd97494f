"""
The rows of the tables that are built from the records: a class for each table.

A column that repeats what a record says has the record's own field; columns that are computed are
defined here.
"""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import StringConstraints

from interpol_dataset.records.models import Model
from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.fields import Basis, Computed, From

#: A number whose unit is in a column.
_amount = partial(f.about, unit="as in the column unit", ge=0)


class Row(Model):
    """What all rows share."""

    #: Name of the table.
    TABLE: ClassVar[str]
    #: The columns that identify a row; rows are sorted by them.
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    #: Other columns that identify a row; `explain` finds it by them, too.
    OTHER_KEYS: ClassVar[tuple[tuple[str, ...], ...]] = ()
    #: The record that a row is about, as a rule a case: its table and its id, columns in braces.
    RECORD: ClassVar[tuple[str, str]] = ("cases", "{case_id}")
    #: What the columns rest on that don't say otherwise.
    BASIS: ClassVar[Basis | From | Computed] = Basis.WRITTEN

    @classmethod
    def of(cls, record: object, **columns: Any) -> Self:  # noqa: ANN401  # of any type
        """
        Make a row of a record: a column has the field of its name, or of its name without ``_id``.

        :param record: The record, or what else has such fields.
        :param columns: The columns that have something else.
        """
        for name in cls.model_fields.keys() - columns.keys():
            field = name if hasattr(record, name) else re.sub("_ids?$", "", name)
            value = getattr(record, field)
            columns[name] = None if value == () else value
        return cls.model_validate(columns)

    @property
    def record(self) -> tuple[str, str]:
        """The table and the id of the record that it is about."""
        table, id_ = (part.format_map(dict(self)) for part in self.RECORD)
        return table, id_


FactStatus = Annotated[
    v.Status, f.about("Status", "Verification status, computed from the evidence.", "documented")
]
VerdictTerm = Annotated[
    v.StatementVerdict,
    f.about("Verdict", "What became of a statement in words when it was checked.", "supported"),
]
TableName = Annotated[
    Literal["cases", "categories", "challenges", "claims", "lessons"],
    f.about("Table", "Table that has the record.", "cases"),
]
RecordId = Annotated[f.Slug, f.about("Record", "Id of the record.", "haechi-iii")]
Notation = Annotated[
    str,
    f.about(
        "Value", "The value as recorded, such as ~1000 for about 1,000 or a day in EDTF.", "~1000"
    ),
]
HedgeTerm = Annotated[
    v.Hedge,
    f.about(
        "Hedge",
        "How exact the source is: about, nearly, at least; empty where there is no value.",
        "about",
    ),
]
ValueText = Annotated[
    str,
    f.about("Value in words", "The value as people write it, with hedge and unit.", "about 1,000"),
]
Point = Annotated[
    float,
    _amount("Point", "The number that was stated, without its hedge; empty for a range.", 1000),
]
Lower = Annotated[
    float,
    _amount("Lower bound", "The least that the words allow: about 1,000 is at least 900.", 900),
]
Upper = Annotated[
    float,
    _amount(
        "Upper bound",
        "The most that the words allow; empty where there is no limit, as of at least 1,000.",
        1100,
    ),
]
Position = Annotated[
    f.Positive, f.about("Position", "Place in the record's own list, from 1.", 1, unit="rank")
]
ChosenSource = Annotated[
    f.SourceRef,
    f.about(
        "Source of the value",
        "Source that the value is taken from; empty if none of its sources counts.",
        "interpol-2022-11-24-haechi-iii",
    ),
]

# --- cases ---------------------------------------------------------------------------------------


def _converted(name: str, currency: str) -> Any:  # noqa: ANN401
    return f.about(
        f"{name} in {currency}",
        f"{name} in {currency}; empty where there is no rate or no date.",
        130000000,
        unit=currency,
        ge=0,
    )


#: By which figures of the same metric a figure may be included.
_INCLUDED = Computed("the rule on what contains what, or the record", ("{fact}", "{part_of}"))
#: A column that holds the point of a total.
_headline = partial(f.about, ge=0)


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
        int | None, Computed("the first that is known, as year_basis says", ("period", "announced"))
    ] = f.about(
        "Year",
        "Year in which it ended; else was announced; else began; else of its earliest source.",
        2022,
        unit="year",
    )
    year_basis: Annotated[
        v.YearBasis | None, Computed("what of the case is known", ("period", "announced"))
    ] = f.about("Basis of the year", "Which date gives the year.", "ended")
    period: Annotated[f.Period | None, From("period")]
    start: Annotated[date | None, From("period")] = f.about(
        "Start",
        "First day that the period can touch: 1 January if only a year is known; empty if open.",
        "2022-06-28",
    )
    end: Annotated[date | None, From("period")] = f.about(
        "End",
        "Last day that the period can touch: 31 December if only a year is known; empty if open.",
        "2022-11-23",
    )
    announced: Annotated[f.Announced | None, From("announced")]
    main_area: f.CategoryRef = f.about(
        "Main area", "The crime area that the case is mainly about.", "online-fraud"
    )
    top_area: f.CategoryRef = f.about(
        "Top area", "Crime area at the top of the main one's hierarchy.", "financial-crime"
    )
    interpol_role: Annotated[f.Role | None, From("interpol_role")]
    country_count: Annotated[Notation | None, From("country_count")] = f.about(
        "Number of countries",
        "How many countries and territories took part, in quantity notation.",
        "30",
    )
    country_count_point: Annotated[Point | None, From("country_count")] = f.about(
        "Number of countries, point",
        "The number of countries as stated, without its hedge; empty for a range.",
        30,
        unit="countries",
    )
    country_count_lower: Annotated[Lower | None, From("country_count")] = f.about(
        "Number of countries, lower bound",
        "The fewest countries that country_count allows.",
        30,
        unit="countries",
    )
    country_count_upper: Annotated[Upper | None, From("country_count")] = f.about(
        "Number of countries, upper bound",
        "The most countries that country_count allows; empty where there is no limit.",
        30,
        unit="countries",
    )
    countries_listed: Annotated[
        int, Computed("the number of countries that sources list", ("countries/*",))
    ] = f.about(
        "Countries listed", "How many countries its sources name.", 30, unit="countries", ge=0
    )
    countries_complete: Annotated[
        f.ListComplete | None,
        Computed("whether one source lists all of them as complete", ("countries",)),
    ]
    part_of_case: f.CaseRef | None = f.about(
        "Part of", "The larger case that this one was a part of.", "haechi-ii"
    )
    arrests: Annotated[float | None, v.HEADLINES["arrests"]] = _headline(
        "Arrests", "Persons arrested or detained as suspects.", 975, unit="persons"
    )
    victims: Annotated[float | None, v.HEADLINES["victims"]] = _headline(
        "Victims", "Persons rescued or identified as victims.", 120, unit="persons"
    )
    possible_victims: Annotated[float | None, v.HEADLINES["possible_victims"]] = _headline(
        "Possible victims", "Persons whom a source calls possible victims.", 1374, unit="persons"
    )
    drugs_kg: Annotated[float | None, v.HEADLINES["drugs_kg"]] = _headline(
        "Drugs", "Drugs seized.", 1400, unit="kg"
    )
    firearms: Annotated[float | None, v.HEADLINES["firearms"]] = _headline(
        "Firearms", "Firearms seized or recovered.", 716, unit="pieces"
    )
    wildlife_items: Annotated[float | None, v.HEADLINES["wildlife_items"]] = _headline(
        "Wildlife, in pieces", "Wild animals and their products seized.", 4400, unit="pieces"
    )
    wildlife_kg: Annotated[float | None, v.HEADLINES["wildlife_kg"]] = _headline(
        "Wildlife, by weight", "Wild animals and their products seized.", 478, unit="kg"
    )
    goods_items: Annotated[float | None, v.HEADLINES["goods_items"]] = _headline(
        "Goods", "Counterfeit and other illicit goods seized.", 3100000, unit="pieces"
    )
    goods_value_usd: Annotated[float | None, v.HEADLINES["goods_value_usd"]] = _headline(
        "Value of goods", "Estimated value of such goods.", 27400000, unit="USD"
    )
    assets_usd: Annotated[float | None, v.HEADLINES["assets_usd"]] = _headline(
        "Assets", "Money and assets seized, frozen or stopped.", 130000000, unit="USD"
    )
    takedowns: Annotated[float | None, v.HEADLINES["takedowns"]] = _headline(
        "Takedowns",
        "Websites, servers and accounts taken offline.",
        1300,
        unit="websites, servers and accounts",
    )
    accounts_blocked: Annotated[float | None, v.HEADLINES["accounts_blocked"]] = _headline(
        "Accounts blocked",
        "Bank, payment and virtual-asset accounts blocked.",
        2800,
        unit="accounts",
    )
    summary: f.Summary
    existence_status: Annotated[v.Status, From("exists")] = f.about(
        "Status of existence",
        "How well it is backed that the case took place at all.",
        "documented",
    )


class CaseCategoryRow(Row):
    """Crime areas of each case."""

    TABLE = "case_categories"
    KEY = ("case_id", "category_id")

    case_id: f.CaseRef
    category_id: f.CategoryRef
    position: f.Positive = f.about(
        "Position", "1 for the case's main crime area, 2 for the next.", 1, unit="rank"
    )


class CaseCountryRow(Row):
    """Countries and territories that took part in each case, where sources list them."""

    TABLE = "case_countries"
    KEY = ("case_id", "country")
    BASIS = From("countries/{country}")

    case_id: f.CaseRef
    country: f.CountryRef
    status: FactStatus


class CaseOrganizationRow(Row):
    """Organizations other than INTERPOL that took part in each case."""

    TABLE = "case_organizations"
    KEY = ("case_id", "organization_id")
    BASIS = From("organizations/{organization_id}")

    case_id: f.CaseRef
    organization_id: f.OrganizationRef
    role: f.PartnerRole
    status: FactStatus


class CaseToolRow(Row):
    """Means of INTERPOL that sources say were used in each case."""

    TABLE = "case_tools"
    KEY = ("case_id", "tool")
    BASIS = From("tools/{tool}")

    case_id: f.CaseRef
    tool: f.Tool
    status: FactStatus


class CaseRelationRow(Row):
    """How cases stand to each other, and to claims that may mean them."""

    TABLE = "case_relations"
    KEY = ("case_id", "position")

    case_id: f.CaseRef
    position: Position
    type: v.RelationType = f.about(
        "Relation", "What the case is to the other one, or to the claim.", "follows"
    )
    related_case_id: f.CaseRef | None = f.about("Related case", "The other case.", "haechi-ii")
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
    BASIS = From("{fact}")

    case_id: f.CaseRef
    fact: f.Fact
    country: f.StepCountry | None
    year: f.StepYear
    group: f.StepGroup | None
    outcome: f.StepOutcome
    what: f.StepObject | None
    counted: v.Counted = f.about("Counted", "What the value is the number of.", "persons")
    value: Notation | None
    value_text: ValueText | None
    hedge: HedgeTerm | None
    point: Point | None
    lower: Lower | None
    upper: Upper | None
    unit: str | None = f.about("Unit", "The ISO 4217 code for money, empty for counts.", "EUR")
    status: FactStatus
    stated_by: StatedBy | None
    source_id: ChosenSource | None


class OutcomeRow(Row):
    """What cases brought about: one figure for each fact, as chosen from the reports."""

    TABLE = "outcomes"
    KEY = ("case_id", "fact")
    BASIS = From("{fact}")

    case_id: f.CaseRef
    fact: f.Fact
    metric_id: f.MetricRef
    object_id: f.ObjectRef | None
    place: f.Place | None
    scope: f.OutcomeScope
    part_name: f.PartName | None
    value: Notation | None
    value_unit: str | None = f.about(
        "Unit of the value", "Unit in which the value was stated; empty for counts.", "t"
    )
    value_text: ValueText | None
    hedge: HedgeTerm | None
    point: Point | None
    lower: Lower | None
    upper: Upper | None
    unit: str | None = f.about(
        "Unit",
        "Unit of point and bounds, whatever the source's own: kg, l, ha, GB or an ISO 4217 "
        "currency; empty for counts.",
        "kg",
    )
    usd_point: float | None = _converted("Point", "USD")
    usd_lower: float | None = _converted("Lower bound", "USD")
    usd_upper: float | None = _converted("Upper bound", "USD")
    rate_date: date | None = f.about(
        "Day of the rate",
        "Last of the eight days whose European Central Bank rates are averaged for the amounts "
        "in USD: the case was announced on it, else ended, else began.",
        "2022-11-24",
    )
    status: FactStatus
    stated_by: StatedBy | None
    source_id: ChosenSource | None
    part_of: Annotated[f.Fact | None, _INCLUDED] = f.about(
        "Part of",
        "Path of the narrowest figure of the case and metric that includes this one.",
        "outcomes/arrests",
    )
    part_of_basis: Annotated[str | None, _INCLUDED] = f.about(
        "Basis of part_of",
        "Why it is included, joined by +; stated where the record decides, also that it is in "
        "no other.",
        "object+place",
    )
    part_of_reason: Annotated[f.Reason | None, Basis.DECIDED] = f.about(
        "Reason of part_of",
        "Why the record overrides the rule.",
        "The release names the two side by side.",
    )
    may_overlap: Annotated[
        f.FactList | None,
        Computed("the rule on what contains what leaves it open", ("{fact}", "{may_overlap}")),
    ] = f.about(
        "May overlap",
        "Paths of figures that may count some of the same, though neither includes the other.",
        ["outcomes/arrests/drugs"],
    )


# --- totals --------------------------------------------------------------------------------------

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

    BASIS = Computed("the figures of the metric that count, by the rules on totals", ("{facts}",))

    unit: str = f.about(
        "Unit",
        "Unit of point and bounds: count, kg, l, ha, GB or USD; packs, boxes or cartons; a "
        "currency without a rate. Units are never added up.",
        "kg",
    )
    point: float = _amount(
        "Point",
        "The number to add up: as stated, without its hedge; the lower end of a range; the sum "
        "of several figures.",
        1000,
    )
    lower: Lower
    upper: Upper | None


class _HedgedAmount(_Amount):
    """How much it is, and how exact that is."""

    hedge: HedgeTerm


class _MadeOf(Row):
    """How it is written, and what it is made of: the last columns of every table of totals."""

    value_text: ValueText
    status: v.Status = f.about(
        "Status", "The weakest status of the figures that it is made of.", "documented"
    )
    basis: v.TotalBasis = f.about(
        "Basis",
        "What kind of number it is: stated and sum are of the whole case, all others are less.",
        "stated",
    )
    facts: f.FactList = f.about(
        "Facts", "Paths of the figures that it is made of, in outcomes.", ["outcomes/arrests"]
    )
    left_out: Annotated[
        f.FactList | None,
        Computed("figures that may be the same as those that count", ("{left_out}",)),
    ] = f.about(
        "Left out",
        "Paths of figures that are not counted, because those in facts may include them.",
        ["outcomes/arrests@KOR~part"],
    )
    counted_in: f.CaseRef | None = f.about(
        "Counted in",
        "Case whose total already includes this one. Leave such rows out when you add up cases.",
        "illicit-goods-operations-2013",
    )


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
    object_id: f.ObjectRef = f.about(
        "Object", "Id of what was counted, with everything below it.", "cocaine"
    )


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
    what: f.Line = f.about(
        "What",
        "Metric, and after a slash the object with everything below it; without an object "
        "all objects together.",
        "weight-seized/cocaine",
    )
    metric_id: f.MetricRef
    object_id: f.ObjectRef | None
    known_until: KnownUntil | None


# --- evidence and statements ---------------------------------------------------------------------


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
    position: f.Positive | None = f.about(
        "Position",
        "Place in the order in which the record states it, from 1; empty where other "
        "statements imply it.",
        4,
        unit="rank",
    )
    value: str = f.about(
        "Reported value", "What the source says, in the notation of the field.", "975"
    )
    unit: f.Unit | None
    said_as: f.SaidAs | None
    drift_metric_id: f.MetricRef | None = f.about(
        "Drifted to",
        "Metric under which the source retells the figure, if it is not the fact's.",
        "persons-charged",
    )
    stage: f.Stage | None
    as_of: f.AsOf | None
    valuation: f.Valuation | None
    stance: v.Stance | None = f.about(
        "Stance",
        "How it relates to the fact's value; empty where the fact has no status.",
        "supports",
    )
    party_id: f.OrganizationRef | None = f.about(
        "Party",
        "Organization that speaks; of a joint text, the one that speaks for all. Empty "
        "where the source does not count.",
        "interpol",
    )
    observer_id: f.OrganizationRef | None = f.about(
        "Observer",
        "Organization that can observe the fact apart from the others; empty where all "
        "parties share one tally, and for bystanders.",
        "interpol",
    )
    read: v.Read | None = f.about(
        "Read",
        "How near it is to the words of those who say so; empty where it does not count.",
        "document",
    )
    own_count: f.OwnCount
    evaluates: f.Evaluates | None
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
    fact_class: v.FactClass = f.about(
        "Class", "What sort of thing the fact says, such as a number or who took part.", "figure"
    )
    value: Notation | None
    source_id: ChosenSource | None
    status: FactStatus | None
    verdict: VerdictTerm | None
    read: v.Read | None = f.about(
        "Read",
        "How near to their own words those who support the value were read, at best.",
        "document",
    )
    parties: int = f.about(
        "Parties", "Number of parties that support the value.", 2, unit="parties", ge=0
    )
    observers: int = f.about(
        "Observers",
        "Number of observers among them: those who could know it separately, and were heard.",
        1,
        unit="observers",
        ge=0,
    )
    variants: tuple[f.Line, ...] | None = f.about(
        "Variants",
        "Other words, days or numbers that do not contradict the value; a number has its unit "
        "where that differs from the value's.",
        ["supported"],
    )
    lowest: float | None = f.about(
        "Lowest",
        "Lowest number that any party states, the value included.",
        975,
        unit="in the metric's unit",
        ge=0,
    )
    highest: float | None = f.about(
        "Highest",
        "Highest number that any party states, the value included.",
        1000,
        unit="in the metric's unit",
        ge=0,
    )
    preferred: f.Reason | None = f.about(
        "Preferred because",
        "Why the value was taken from another source than the rule's.",
        "The later release rounds the figure.",
    )
    variance_type: f.VarianceType | None
    variance_reason: f.VarianceReason | None


_RESULT = Computed("the value of the result, a fact of the case", ("{case_id} {result}",))
_NUMBER = Computed("the number of such cases, or the value of the fact", ("{case_id} {fact}",))
_SEEN = Computed("the cases that show it, without counter-examples", ("cases/*",))
_LINKED = Computed("its cases, counter-examples included", ("cases/*",))
#: A column that counts cases.
_count = partial(f.about, unit="cases", ge=0)


def _year(title: str, which: str, example: int) -> Any:  # noqa: ANN401
    return f.about(title, f"Year of the {which} of the cases that show it.", example, unit="year")


class _StatementRow(Row):
    """What becomes of the statement of a challenge or a lesson, and what its cases show."""

    verdict: Annotated[VerdictTerm, From("statement")]
    cases: Annotated[int, _SEEN] = _count("Cases", "Number of cases that show it.", 12)
    results: Annotated[int, _LINKED] = _count(
        "Results", "Number of cases with a result, counter-examples included.", 5
    )
    counter_examples: Annotated[int, _LINKED] = _count(
        "Counter-examples", "Number of cases that show the opposite.", 1
    )
    areas: Annotated[tuple[f.CategoryRef, ...] | None, _SEEN] = f.about(
        "Areas", "Top crime areas of the cases that show it.", ["financial-crime"]
    )
    regions: Annotated[tuple[f.Line, ...] | None, _SEEN] = f.about(
        "Regions", "Regions (M49) of the countries of these cases.", ["Asia"]
    )
    first_seen: Annotated[int | None, _SEEN] = _year("First seen", "earliest", 2014)
    last_seen: Annotated[int | None, _SEEN] = _year("Last seen", "latest", 2024)


class ChallengeRow(_StatementRow):
    """What limits international police interventions, and where that is seen."""

    TABLE = "challenges"
    RECORD = ("challenges", "{id}")

    id: f.ChallengeId
    name: f.Name
    statement: f.Statement


class LessonRow(_StatementRow):
    """What was learnt from interventions, and how well it is shown that it works."""

    TABLE = "lessons"
    RECORD = ("lessons", "{id}")

    id: f.LessonId
    name: f.Name
    statement: f.Statement
    challenge_ids: tuple[f.ChallengeRef, ...] | None = f.about(
        "Challenges", "Challenges that the lesson responds to.", ["limited-jurisdiction"]
    )
    grade: Annotated[
        v.Grade, Computed("the best that its evidence and cases allow", ("statement", "cases/*"))
    ] = f.about("Grade", "How well it is shown that it works.", "measured")


_Statements = Annotated[
    Literal["challenges", "lessons"],
    f.about("Table", "Whether it is one of the challenges or of the lessons.", "challenges"),
]
_StatedUnit = Annotated[
    f.Unit, f.about("Unit", "Unit in which the number was stated; empty for counts.", "USD")
]


class StatementCaseRow(Row):
    """Which challenge or lesson, in which case, with what result, and who says so."""

    TABLE = "statement_cases"
    KEY = ("record_table", "record_id", "case_id")
    RECORD = ("{record_table}", "{record_id}")
    BASIS = From("cases/{case_id}")

    record_table: _Statements
    record_id: RecordId
    case_id: f.CaseRef
    shows: f.Shows
    result: f.Result | None
    value: Annotated[Notation | None, _RESULT]
    value_text: Annotated[ValueText | None, _RESULT]
    point: Annotated[Point | None, _RESULT]
    lower: Annotated[Lower | None, _RESULT]
    upper: Annotated[Upper | None, _RESULT]
    unit: Annotated[_StatedUnit | None, _RESULT]
    status: Annotated[FactStatus | None, _RESULT] = f.about(
        "Status",
        "Status of the result, or of the link where its own source has the number.",
        "documented",
    )
    source_id: f.SourceRef


class StatementNumberRow(Row):
    """Numbers of a challenge or a lesson, worked out by the build."""

    TABLE = "statement_numbers"
    KEY = ("record_table", "record_id", "position")
    RECORD = ("{record_table}", "{record_id}")

    record_table: _Statements
    record_id: RecordId
    position: Position
    value_text: Annotated[ValueText | None, _NUMBER]
    says: f.Says
    value: Annotated[Notation | None, _NUMBER]
    unit: Annotated[_StatedUnit | None, _NUMBER]
    out_of: Annotated[int | None, _NUMBER] = _count(
        "Out of", "Number of cases among which they are counted.", 412
    )
    cases_with: f.CasesWith | None
    among: f.Among | None
    case_id: f.CaseRef | None
    fact: f.Fact | None
    status: Annotated[FactStatus | None, _NUMBER]
    source_id: f.SourceRef | None
    locator: f.Locator | None


class ClaimRow(Row):
    """Assertions in words that documents make, and what was found when they were checked."""

    TABLE = "claims"
    RECORD = ("claims", "{id}")

    id: f.ClaimId
    document_id: f.SourceRef = f.about(
        "Document", "Source that makes the claim.", "seed-interpol-case-examples"
    )
    paragraph: f.ParagraphNumber
    paragraph_sha256: f.ParagraphHash
    statement: f.Statement
    checkable: f.Checkable
    category_id: f.CategoryRef | None = f.about(
        "Crime area", "Crime area that the claim is about.", "online-fraud"
    )
    case_id: f.CaseRef | None = f.about("Case", "Case that the claim is about.", "haechi-iii")
    challenge_id: f.ChallengeRef | None
    lesson_id: f.LessonRef | None
    verdict: Annotated[VerdictTerm, From("statement")]
    note: f.Note | None


class SearchRow(Row):
    """Searches that found nothing: for evidence, for a document, or for cases."""

    TABLE = "searches"
    KEY = ("record_table", "record_id", "position")
    RECORD = ("{record_table}", "{record_id}")

    record_table: Literal["cases", "challenges", "claims", "lessons"] = f.about(
        "Table", "Table of the record that it was made for.", "cases"
    )
    record_id: RecordId
    position: Position
    sought: f.Sought
    of_id: f.SoughtOf | None
    looked_for: f.LookedFor
    searched_on: f.Searched


# --- sources, vocabularies and standards ---------------------------------------------------------


class CategoryRow(Row):
    """Crime areas, in a hierarchy, mapped to the ICCS."""

    TABLE = "categories"
    RECORD = ("categories", "{id}")

    id: f.CategoryId
    name: f.Name
    description: f.Description
    parent_id: f.CategoryRef | None = f.about(
        "Wider area", "Crime area that it belongs to; empty at the top.", "financial-crime"
    )
    iccs_code: Annotated[f.IccsCode | None, From("iccs")]
    iccs_name: Annotated[f.IccsName | None, From("iccs")]
    iccs_match: Annotated[f.IccsMatch | None, From("iccs")]


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
    text_of_id: f.TextOf | None
    same_text_id: f.SameText | None
    title: f.Title
    url: f.SourceUrl | None
    archived_url: f.ArchivedUrl | None
    withheld: f.Withheld | None
    published: f.Published | None
    published_earliest: date | None = f.about(
        "Earliest day",
        "The first day that the date allows: 1 January if only a year is known; empty if open.",
        "2022-06-28",
    )
    published_latest: date | None = f.about(
        "Latest day",
        "The last day that the date allows: 31 December if only a year is known; empty if open.",
        "2022-11-23",
    )
    undated: f.Undated | None
    retrieved: f.Retrieved
    extent: f.Extent | None
    extent_characters: f.ExtentCharacters | None
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
    adds_up: f.AddsUp
    adding: f.Adding | None
    combines: f.Combines | None
    only: f.OnlyObjects | None
    without: f.WithoutObjects | None
    only_named: f.OnlyNamed | None
    unnamed_in: f.UnnamedIn | None
    unnamed_as: f.UnnamedAs | None


class ObjectRow(Row):
    """What was seized, rescued or found, in a hierarchy."""

    TABLE = "objects"
    RECORD = ("objects", "{id}")
    BASIS = Basis.VOCABULARY

    id: f.ObjectId
    name: f.Name
    description: f.Description | None
    parent_id: f.ObjectRef | None = f.about(
        "Wider object", "Object that it belongs to; empty at the top.", "drugs"
    )
    also: f.Also | None
    also_in: f.AlsoIn | None
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
    acts: Annotated[bool, Computed("whether a page names it as taking part in a case", ())] = (
        f.about(
            "Takes part",
            "Whether it takes part in a case; the others publish sources or say what they say.",
            True,  # noqa: FBT003  # an example of a truth value
        )
    )


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
    short_name: f.Line = f.about(
        "Short name", "The name in common use, in English, from the CLDR.", "South Korea"
    )
    alpha2: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = f.about(
        "Code of two letters", "ISO 3166-1 alpha-2 code.", "KR"
    )
    m49: Annotated[str | None, StringConstraints(pattern=r"^[0-9]{3}$")] = f.about(
        "M49 code", "The United Nations' code of three digits; text.", "410"
    )
    region: f.Line | None = f.about(
        "Region", "Continent, as the United Nations' M49 has it.", "Asia"
    )
    subregion: f.Line | None = f.about(
        "Subregion",
        "Part of the continent: the narrowest region of M49, intermediate ones included.",
        "Eastern Asia",
    )


class RateRow(Row):
    """Exchange rates of the days on which amounts were converted, as published."""

    TABLE = "rates"
    KEY = ("currency", "date")
    RECORD = ("rates", "{currency}")
    BASIS = Basis.RATES

    currency: str = f.about(
        "Currency", "ISO 4217 code of the currency.", "USD", pattern="^[A-Z]{3}$", max_length=3
    )
    date: Annotated[date, f.about("Day", "Day for which the rate was published.", "2022-11-24")]
    rate: float = f.about(
        "Rate", "How much of the currency one euro buys.", 1.0413, unit="currency per euro", ge=0
    )


class RetiredIdRow(Row):
    """Ids that are no longer used, and where they went."""

    TABLE = "retired_ids"
    KEY = ("record_table", "id")
    RECORD = ("{record_table}", "{id}")
    BASIS = Basis.DECIDED

    record_table: f.RetirableTable
    id: f.RetiredSlug
    redirect: f.Redirect | None
    reason: f.Reason = f.about(
        "Reason", "Why the id was retired.", "Two records told of one operation."
    )


#: The tables to start with: they answer nine questions in ten.
START_HERE: Final = (
    CaseRow,
    CaseTotalRow,
    CaseObjectTotalRow,
    OutcomeRow,
    CaseCountryRow,
    SourceRow,
)

#: All tables, in the order in which a reader meets them.
TABLES: Final[tuple[type[Row], ...]] = (
    *START_HERE,
    EvidenceRow,
    VerificationRow,
    ProceedingRow,
    CountryTotalRow,
    CaseOrganizationRow,
    CaseToolRow,
    CaseCategoryRow,
    CaseRelationRow,
    MetricRow,
    ObjectRow,
    CategoryRow,
    OrganizationRow,
    CountryRow,
    ChallengeRow,
    LessonRow,
    StatementCaseRow,
    StatementNumberRow,
    ClaimRow,
    SearchRow,
    RateRow,
    RetiredIdRow,
)
