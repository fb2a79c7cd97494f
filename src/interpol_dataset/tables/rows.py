"""
The rows of the tables that are built from the records: a class for each table.

A column that repeats what a record says has the record's own field; columns that are computed are
defined here.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import StringConstraints

from interpol_dataset.records.models import Model
from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.fields import Basis, Computed, From
from interpol_dataset.schema.vocabulary import HEADLINES

#: A number whose unit is in a column.
_amount = partial(f.field, unit="as in the column unit", ge=0)


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
            field = name if hasattr(record, name) else name.removesuffix("_ids").removesuffix("_id")
            value = getattr(record, field)
            columns[name] = None if value == () else value
        return cls.model_validate(columns)

    @property
    def record(self) -> tuple[str, str]:
        """The table and the id of the record that it is about."""
        table, id_ = (part.format_map(dict(self)) for part in self.RECORD)
        return table, id_


FactStatus = Annotated[v.Status, f.field("FactStatus")]
VerdictTerm = Annotated[v.StatementVerdict, f.field("VerdictTerm")]
TableName = Annotated[
    Literal["cases", "categories", "challenges", "claims", "lessons"], f.field("TableName")
]
RecordId = Annotated[f.Slug, f.field("RecordId")]
Notation = Annotated[str, f.field("Notation")]
HedgeTerm = Annotated[v.Hedge, f.field("HedgeTerm")]
ValueText = Annotated[str, f.field("ValueText")]
Point = Annotated[float, _amount("Point")]
Lower = Annotated[float, _amount("Lower")]
Upper = Annotated[float, _amount("Upper")]
Position = Annotated[f.Positive, f.field("Position", unit="rank")]
ChosenSource = Annotated[f.SourceRef, f.field("ChosenSource")]

# --- cases ---------------------------------------------------------------------------------------


#: By which figures of the same metric a figure may be included.
_INCLUDED = Computed("the rule on what contains what, or the record", ("{fact}", "{part_of}"))


def _headline(name: str, unit: str) -> Any:  # noqa: ANN401  # as what it calls
    """Describe a column that holds the point of a total."""
    return f.field(f"cases.{name}", unit, ge=0)


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
    ] = f.field("cases.year", unit="year")
    year_basis: Annotated[
        v.YearBasis | None, Computed("what of the case is known", ("period", "announced"))
    ] = f.field("cases.year_basis")
    period: Annotated[f.Period | None, From("period")]
    start: Annotated[date | None, From("period")] = f.field("cases.start")
    end: Annotated[date | None, From("period")] = f.field("cases.end")
    announced: Annotated[f.Announced | None, From("announced")]
    main_area: f.CategoryRef = f.field("cases.main_area")
    top_area: f.CategoryRef = f.field("cases.top_area")
    interpol_role: Annotated[f.Role | None, From("interpol_role")]
    country_count: Annotated[Notation | None, From("country_count")] = f.field(
        "cases.country_count"
    )
    country_count_point: Annotated[Point | None, From("country_count")] = f.field(
        "cases.country_count_point", unit="countries"
    )
    country_count_lower: Annotated[Lower | None, From("country_count")] = f.field(
        "cases.country_count_lower", unit="countries"
    )
    country_count_upper: Annotated[Upper | None, From("country_count")] = f.field(
        "cases.country_count_upper", unit="countries"
    )
    countries_listed: Annotated[
        int, Computed("the number of countries that sources list", ("countries/*",))
    ] = f.field("cases.countries_listed", unit="countries", ge=0)
    countries_complete: Annotated[
        f.ListComplete | None,
        Computed("whether one source lists all of them as complete", ("countries",)),
    ]
    part_of_case: f.CaseRef | None = f.field("cases.part_of_case")
    arrests: Annotated[float | None, HEADLINES["arrests"]] = _headline("arrests", "persons")
    victims: Annotated[float | None, HEADLINES["victims"]] = _headline("victims", "persons")
    possible_victims: Annotated[float | None, HEADLINES["possible_victims"]] = _headline(
        "possible_victims", "persons"
    )
    drugs_kg: Annotated[float | None, HEADLINES["drugs_kg"]] = _headline("drugs_kg", "kg")
    firearms: Annotated[float | None, HEADLINES["firearms"]] = _headline("firearms", "pieces")
    wildlife_items: Annotated[float | None, HEADLINES["wildlife_items"]] = _headline(
        "wildlife_items", "pieces"
    )
    wildlife_kg: Annotated[float | None, HEADLINES["wildlife_kg"]] = _headline("wildlife_kg", "kg")
    goods_items: Annotated[float | None, HEADLINES["goods_items"]] = _headline(
        "goods_items", "pieces"
    )
    goods_value_usd: Annotated[float | None, HEADLINES["goods_value_usd"]] = _headline(
        "goods_value_usd", "USD"
    )
    assets_usd: Annotated[float | None, HEADLINES["assets_usd"]] = _headline("assets_usd", "USD")
    takedowns: Annotated[float | None, HEADLINES["takedowns"]] = _headline(
        "takedowns", "websites, servers and accounts"
    )
    accounts_blocked: Annotated[float | None, HEADLINES["accounts_blocked"]] = _headline(
        "accounts_blocked", "accounts"
    )
    summary: f.Summary
    existence_status: Annotated[v.Status, From("exists")] = f.field("cases.existence_status")


class CaseCategoryRow(Row):
    """Crime areas of each case."""

    TABLE = "case_categories"
    KEY = ("case_id", "category_id")

    case_id: f.CaseRef
    category_id: f.CategoryRef
    position: f.Positive = f.field("case_categories.position", unit="rank")


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
    type: v.RelationType = f.field("case_relations.type")
    related_case_id: f.CaseRef | None = f.field("case_relations.related_case_id")
    claim_id: f.ClaimRef | None
    shared: f.Shared | None
    note: f.Note | None


StatedBy = Annotated[tuple[f.OrganizationRef, ...], f.field("StatedBy")]


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
    counted: v.Counted = f.field("proceedings.counted")
    value: Notation | None
    value_text: ValueText | None
    hedge: HedgeTerm | None
    point: Point | None
    lower: Lower | None
    upper: Upper | None
    unit: str | None = f.field("proceedings.unit")
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
    value_unit: str | None = f.field("outcomes.value_unit")
    value_text: ValueText | None
    hedge: HedgeTerm | None
    point: Point | None
    lower: Lower | None
    upper: Upper | None
    unit: str | None = f.field("outcomes.unit")
    usd_point: float | None = f.field("outcomes.usd_point", unit="USD", ge=0)
    usd_lower: float | None = f.field("outcomes.usd_lower", unit="USD", ge=0)
    usd_upper: float | None = f.field("outcomes.usd_upper", unit="USD", ge=0)
    rate_date: date | None = f.field("outcomes.rate_date")
    status: FactStatus
    stated_by: StatedBy | None
    source_id: ChosenSource | None
    part_of: Annotated[f.Fact | None, _INCLUDED] = f.field("outcomes.part_of")
    part_of_basis: Annotated[str | None, _INCLUDED] = f.field("outcomes.part_of_basis")
    part_of_reason: Annotated[f.Reason | None, Basis.DECIDED] = f.field("outcomes.part_of_reason")
    may_overlap: Annotated[
        f.FactList | None,
        Computed("the rule on what contains what leaves it open", ("{fact}", "{may_overlap}")),
    ] = f.field("outcomes.may_overlap")


# --- totals --------------------------------------------------------------------------------------

KnownUntil = Annotated[int, f.field("KnownUntil", unit="year")]


class _Amount(Row):
    """How much it is."""

    BASIS = Computed("the figures of the metric that count, by the rules on totals", ("{facts}",))

    unit: str = f.field("totals.unit")
    point: float = _amount("totals.point")
    lower: Lower
    upper: Upper | None


class _HedgedAmount(_Amount):
    """How much it is, and how exact that is."""

    hedge: HedgeTerm


class _MadeOf(Row):
    """How it is written, and what it is made of: the last columns of every table of totals."""

    value_text: ValueText
    status: v.Status = f.field("totals.status")
    basis: v.TotalBasis = f.field("totals.basis")
    facts: f.FactList = f.field("totals.facts")
    left_out: Annotated[
        f.FactList | None,
        Computed("figures that may be the same as those that count", ("{left_out}",)),
    ] = f.field("totals.left_out")
    counted_in: f.CaseRef | None = f.field("totals.counted_in")


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
    object_id: f.ObjectRef = f.field("case_object_totals.object_id")


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
    what: f.Line = f.field("country_totals.what")
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
    position: f.Positive | None = f.field("evidence.position", unit="rank")
    value: str = f.field("evidence.value")
    unit: f.Unit | None
    said_as: f.SaidAs | None
    drift_metric_id: f.MetricRef | None = f.field("evidence.drift_metric_id")
    stage: f.Stage | None
    as_of: f.AsOf | None
    valuation: f.Valuation | None
    stance: v.Stance | None = f.field("evidence.stance")
    party_id: f.OrganizationRef | None = f.field("evidence.party_id")
    observer_id: f.OrganizationRef | None = f.field("evidence.observer_id")
    read: v.Read | None = f.field("evidence.read")
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
    fact_class: v.FactClass = f.field("verification.fact_class")
    value: Notation | None
    source_id: ChosenSource | None
    status: FactStatus | None
    verdict: VerdictTerm | None
    read: v.Read | None = f.field("verification.read")
    parties: int = f.field("verification.parties", unit="parties", ge=0)
    observers: int = f.field("verification.observers", unit="observers", ge=0)
    variants: tuple[f.Line, ...] | None = f.field("verification.variants")
    lowest: float | None = f.field("verification.lowest", unit="in the metric's unit", ge=0)
    highest: float | None = f.field("verification.highest", unit="in the metric's unit", ge=0)
    preferred: f.Reason | None = f.field("verification.preferred")
    variance_type: f.VarianceType | None
    variance_reason: f.VarianceReason | None


_RESULT = Computed("the value of the result, a fact of the case", ("{case_id} {result}",))
_NUMBER = Computed("the number of such cases, or the value of the fact", ("{case_id} {fact}",))
_SEEN = Computed("the cases that show it, without counter-examples", ("cases/*",))
_LINKED = Computed("its cases, counter-examples included", ("cases/*",))
#: A column that counts cases.
_count = partial(f.field, unit="cases", ge=0)


class _StatementRow(Row):
    """What becomes of the statement of a challenge or a lesson, and what its cases show."""

    verdict: Annotated[VerdictTerm, From("statement")]
    cases: Annotated[int, _SEEN] = _count("statements.cases")
    results: Annotated[int, _LINKED] = _count("statements.results")
    counter_examples: Annotated[int, _LINKED] = _count("statements.counter_examples")
    areas: Annotated[tuple[f.CategoryRef, ...] | None, _SEEN] = f.field("statements.areas")
    regions: Annotated[tuple[f.Line, ...] | None, _SEEN] = f.field("statements.regions")
    first_seen: Annotated[int | None, _SEEN] = f.field("statements.first_seen", unit="year")
    last_seen: Annotated[int | None, _SEEN] = f.field("statements.last_seen", unit="year")


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
    challenge_ids: tuple[f.ChallengeRef, ...] | None = f.field("lessons.challenge_ids")
    grade: Annotated[
        v.Grade, Computed("the best that its evidence and cases allow", ("statement", "cases/*"))
    ] = f.field("lessons.grade")


_Statements = Annotated[Literal["challenges", "lessons"], f.field("Statements")]
_StatedUnit = Annotated[f.Unit, f.field("StatedUnit")]


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
    status: Annotated[FactStatus | None, _RESULT] = f.field("statement_cases.status")
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
    out_of: Annotated[int | None, _NUMBER] = _count("statement_numbers.out_of")
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
    document_id: f.SourceRef = f.field("claims.document_id")
    paragraph: f.ParagraphNumber
    paragraph_sha256: f.ParagraphHash
    statement: f.Statement
    checkable: f.Checkable
    category_id: f.CategoryRef | None = f.field("claims.category_id")
    case_id: f.CaseRef | None = f.field("claims.case_id")
    challenge_id: f.ChallengeRef | None
    lesson_id: f.LessonRef | None
    verdict: Annotated[VerdictTerm, From("statement")]
    note: f.Note | None


class SearchRow(Row):
    """Searches that found nothing: for evidence, for a document, or for cases."""

    TABLE = "searches"
    KEY = ("record_table", "record_id", "position")
    RECORD = ("{record_table}", "{record_id}")

    record_table: Literal["cases", "challenges", "claims", "lessons"] = f.field(
        "searches.record_table"
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
    parent_id: f.CategoryRef | None = f.field("categories.parent_id")
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
    published_earliest: date | None = f.field("sources.published_earliest")
    published_latest: date | None = f.field("sources.published_latest")
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
    parent_id: f.ObjectRef | None = f.field("objects.parent_id")
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
        f.field("organizations.acts")
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
    short_name: f.Line = f.field("countries.short_name")
    alpha2: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = f.field("countries.alpha2")
    m49: Annotated[str | None, StringConstraints(pattern=r"^[0-9]{3}$")] = f.field("countries.m49")
    region: f.Line | None = f.field("countries.region")
    subregion: f.Line | None = f.field("countries.subregion")


class RateRow(Row):
    """Exchange rates of the days on which amounts were converted, as published."""

    TABLE = "rates"
    KEY = ("currency", "date")
    RECORD = ("rates", "{currency}")
    BASIS = Basis.RATES

    currency: str = f.field("rates.currency", pattern="^[A-Z]{3}$", max_length=3)
    date: Annotated[date, f.field("rates.date")]
    rate: float = f.field("rates.rate", unit="currency per euro", ge=0)


class RetiredIdRow(Row):
    """Ids that are no longer used, and where they went."""

    TABLE = "retired_ids"
    KEY = ("record_table", "id")
    RECORD = ("{record_table}", "{id}")
    BASIS = Basis.DECIDED

    record_table: f.RetirableTable
    id: f.RetiredSlug
    redirect: f.Redirect | None
    reason: f.Reason = f.field("retired_ids.reason")


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
