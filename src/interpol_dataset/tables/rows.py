"""
The rows of the tables that are built from the records: a class for each table.

A column that repeats what a record says has the record's own field, and its words, unless
``fields.toml`` has others for the column. What columns rest on is in ``bases.toml``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import Field, StringConstraints

from interpol_dataset.records.models import Model
from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v

#: Numbers that are never negative.
_Number = Annotated[float, Field(ge=0)]
_Count = Annotated[int, Field(ge=0)]


class Row(Model):
    """What all rows share."""

    #: Name of the table; the words of its columns are in ``fields.toml`` by it and their names, and
    #: those of columns of several tables by this one.
    TABLE: ClassVar[str] = "rows"
    #: The columns that identify a row; rows are sorted by them.
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    #: Other columns that identify a row; `explain` finds it by them, too.
    OTHER_KEYS: ClassVar[tuple[tuple[str, ...], ...]] = ()

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

    @classmethod
    def about(cls) -> tuple[str, str]:
        """Return the table and the id of the record that a row is about, columns in braces."""
        first, *others = cls.KEY
        if first == "record_table":
            return "{record_table}", f"{{{others[0]}}}"
        return "cases" if first == "case_id" else cls.TABLE, f"{{{first}}}"

    @property
    def record(self) -> tuple[str, str]:
        """The table and the id of the record that it is about."""
        table, id_ = (part.format_map(vars(self)) for part in self.about())
        return table, id_


TableName = Annotated[f.RecordTable, f.field("TableName")]
ChosenSource = Annotated[f.SourceRef, f.field("ChosenSource")]

# --- cases ---------------------------------------------------------------------------------------


class CaseRow(Row):
    """
    Operations, takedowns, recoveries, rescues and arrests with INTERPOL's part in them, a row each.

    The columns from arrests to accounts_blocked are headline figures, of the whole case and without
    their hedge; to add up, use the tables of totals.
    """

    TABLE = "cases"

    id: f.CaseId
    name: f.CaseName
    aliases: f.Aliases | None
    series: f.Series | None
    edition: f.Edition | None
    year: int | None
    year_basis: v.YearBasis | None
    period: f.Period | None
    start: date | None
    end: date | None
    announced: f.Announced | None
    main_area: f.CategoryRef
    top_area: f.CategoryRef
    interpol_role: f.Role | None
    country_count: str | None
    country_count_point: _Number | None
    country_count_lower: _Number | None
    country_count_upper: _Number | None
    countries_listed: _Count
    countries_complete: bool | None
    part_of_case: f.CaseRef | None
    arrests: _Number | None
    victims: _Number | None
    possible_victims: _Number | None
    drugs_kg: _Number | None
    firearms: _Number | None
    wildlife_items: _Number | None
    wildlife_kg: _Number | None
    goods_items: _Number | None
    goods_value_usd: _Number | None
    assets_usd: _Number | None
    takedowns: _Number | None
    accounts_blocked: _Number | None
    summary: f.Summary
    existence_status: v.Status


class CaseCategoryRow(Row):
    """Crime areas of each case."""

    TABLE = "case_categories"
    KEY = ("case_id", "category_id")

    case_id: f.CaseRef
    category_id: f.CategoryRef
    position: f.Positive


class CaseCountryRow(Row):
    """Countries and territories that took part in each case, where sources list them."""

    TABLE = "case_countries"
    KEY = ("case_id", "country")

    case_id: f.CaseRef
    country: f.CountryRef
    status: v.Status


class CaseOrganizationRow(Row):
    """Organizations other than INTERPOL that took part in each case."""

    TABLE = "case_organizations"
    KEY = ("case_id", "organization_id")

    case_id: f.CaseRef
    organization_id: f.OrganizationRef
    role: f.PartnerRole
    status: v.Status


class CaseToolRow(Row):
    """Means of INTERPOL that sources say were used in each case."""

    TABLE = "case_tools"
    KEY = ("case_id", "tool")

    case_id: f.CaseRef
    tool: f.Tool
    status: v.Status


class CaseRelationRow(Row):
    """How cases stand to each other, and to claims that may mean them."""

    TABLE = "case_relations"
    KEY = ("case_id", "position")

    case_id: f.CaseRef
    position: f.Positive
    type: v.RelationType
    related_case_id: f.CaseRef | None
    claim_id: f.ClaimRef | None
    shared: f.Shared | None
    note: f.Note | None


class ProceedingRow(Row):
    """What courts and prosecutors made of cases: one step for each fact, with its year."""

    TABLE = "proceedings"
    KEY = ("case_id", "fact")

    case_id: f.CaseRef
    fact: f.Fact
    country: f.StepCountry | None
    year: f.StepYear
    group: f.StepGroup | None
    outcome: f.StepOutcome
    what: f.StepObject | None
    counted: v.Counted
    value: str | None
    value_text: str | None
    hedge: v.Hedge | None
    point: _Number | None
    lower: _Number | None
    upper: _Number | None
    unit: str | None
    status: v.Status
    stated_by: tuple[f.OrganizationRef, ...] | None
    source_id: ChosenSource | None


class OutcomeRow(Row):
    """What cases brought about: one figure for each fact, as chosen from the reports."""

    TABLE = "outcomes"
    KEY = ("case_id", "fact")

    case_id: f.CaseRef
    fact: f.Fact
    metric_id: f.MetricRef
    object_id: f.ObjectRef | None
    place: f.Place | None
    scope: v.Scope
    part_name: f.PartName | None
    value: str | None
    value_unit: str | None
    value_text: str | None
    hedge: v.Hedge | None
    point: _Number | None
    lower: _Number | None
    upper: _Number | None
    unit: str | None
    usd_point: _Number | None
    usd_lower: _Number | None
    usd_upper: _Number | None
    rate_date: date | None
    status: v.Status
    stated_by: tuple[f.OrganizationRef, ...] | None
    source_id: ChosenSource | None
    part_of: f.Fact | None
    part_of_basis: str | None
    part_of_reason: f.Reason | None
    may_overlap: tuple[f.PathOfFact, ...] | None


# --- totals --------------------------------------------------------------------------------------


class _Amount(Row):
    """How much it is."""

    TABLE = "totals"

    unit: str
    point: _Number
    lower: _Number
    upper: _Number | None


class _HedgedAmount(_Amount):
    """How much it is, and how exact that is."""

    hedge: v.Hedge


class _MadeOf(Row):
    """How it is written, and what it is made of: the last columns of every table of totals."""

    TABLE = "totals"

    value_text: str
    status: v.Status
    basis: v.TotalBasis
    facts: tuple[f.PathOfFact, ...]
    left_out: tuple[f.PathOfFact, ...] | None
    counted_in: f.CaseRef | None


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
    known_until: int | None


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
    object_id: f.ObjectRef


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
    what: f.Line
    metric_id: f.MetricRef
    object_id: f.ObjectRef | None
    known_until: int | None


# --- evidence and statements ---------------------------------------------------------------------


class EvidenceRow(Row):
    """What each source says about each fact: one row for each fact and source."""

    TABLE = "evidence"
    KEY = ("record_table", "record_id", "field", "source_id")

    record_table: TableName
    record_id: f.Slug
    field: f.Fact
    source_id: f.SourceRef
    position: f.Positive | None
    value: str
    unit: f.Unit | None
    said_as: f.SaidAs | None
    drift_metric_id: f.MetricRef | None
    stage: f.Stage | None
    as_of: f.AsOf | None
    valuation: f.Valuation | None
    stance: v.Stance | None
    party_id: f.OrganizationRef | None
    observer_id: f.OrganizationRef | None
    read: v.Read | None
    own_count: f.OwnCount
    evaluates: f.Evaluates | None
    attributed_to_id: f.AttributedTo | None
    locator: f.Locator | None
    note: f.Note | None


class VerificationRow(Row):
    """The value and status of each fact, and how they came about."""

    TABLE = "verification"
    KEY = ("record_table", "record_id", "field")

    record_table: TableName
    record_id: f.Slug
    field: f.Fact
    fact_class: v.FactClass
    value: str | None
    source_id: ChosenSource | None
    status: v.Status | None
    verdict: v.StatementVerdict | None
    read: v.Read | None
    parties: _Count
    observers: _Count
    variants: tuple[f.Line, ...] | None
    lowest: _Number | None
    highest: _Number | None
    preferred: f.Reason | None
    variance_type: f.VarianceType | None
    variance_reason: f.VarianceReason | None


class _StatementRow(Row):
    """What becomes of the statement of a challenge or a lesson, and what its cases show."""

    TABLE = "statements"

    verdict: v.StatementVerdict
    cases: _Count
    results: _Count
    counter_examples: _Count
    areas: tuple[f.CategoryRef, ...] | None
    regions: tuple[f.Line, ...] | None
    first_seen: int | None
    last_seen: int | None


class ChallengeRow(_StatementRow):
    """What limits international police interventions, and where that is seen."""

    TABLE = "challenges"

    id: f.ChallengeId
    name: f.Name
    statement: f.Statement


class LessonRow(_StatementRow):
    """What was learnt from interventions, and how well it is shown that it works."""

    TABLE = "lessons"

    id: f.LessonId
    name: f.Name
    statement: f.Statement
    challenge_ids: tuple[f.ChallengeRef, ...] | None
    grade: v.Grade


_Statements = Annotated[Literal["challenges", "lessons"], f.field("Statements")]
_StatedUnit = Annotated[f.Unit, f.field("StatedUnit")]


class StatementCaseRow(Row):
    """Which challenge or lesson, in which case, with what result, and who says so."""

    TABLE = "statement_cases"
    KEY = ("record_table", "record_id", "case_id")

    record_table: _Statements
    record_id: f.Slug
    case_id: f.CaseRef
    shows: f.Shows
    result: f.Result | None
    value: str | None
    value_text: str | None
    point: _Number | None
    lower: _Number | None
    upper: _Number | None
    unit: _StatedUnit | None
    status: v.Status | None
    source_id: f.SourceRef


class StatementNumberRow(Row):
    """Numbers of a challenge or a lesson, worked out by the build."""

    TABLE = "statement_numbers"
    KEY = ("record_table", "record_id", "position")

    record_table: _Statements
    record_id: f.Slug
    position: f.Positive
    value_text: str | None
    says: f.Says
    value: str | None
    unit: _StatedUnit | None
    out_of: _Count | None
    cases_with: f.CasesWith | None
    among: f.Among | None
    case_id: f.CaseRef | None
    fact: f.Fact | None
    status: v.Status | None
    source_id: f.SourceRef | None
    locator: f.Locator | None


class ClaimRow(Row):
    """Assertions in words that documents make, and what was found when they were checked."""

    TABLE = "claims"

    id: f.ClaimId
    document_id: f.SourceRef
    paragraph: f.ParagraphNumber
    paragraph_sha256: f.ParagraphHash
    statement: f.Statement
    checkable: f.Checkable
    category_id: f.CategoryRef | None
    case_id: f.CaseRef | None
    challenge_id: f.ChallengeRef | None
    lesson_id: f.LessonRef | None
    verdict: v.StatementVerdict
    note: f.Note | None


class SearchRow(Row):
    """Searches that found nothing: for evidence, for a document, or for cases."""

    TABLE = "searches"
    KEY = ("record_table", "record_id", "position")

    record_table: Literal["cases", "challenges", "claims", "lessons"]
    record_id: f.Slug
    position: f.Positive
    sought: v.Sought
    of_id: f.SoughtOf | None
    looked_for: f.LookedFor
    searched_on: f.Searched


# --- sources, vocabularies and standards ---------------------------------------------------------


class CategoryRow(Row):
    """Crime areas, in a hierarchy, mapped to the ICCS."""

    TABLE = "categories"

    id: f.CategoryId
    name: f.Name
    description: f.Description
    parent_id: f.CategoryRef | None
    iccs_code: f.IccsCode | None
    iccs_name: f.IccsName | None
    iccs_match: f.IccsMatch | None


class SourceRow(Row):
    """Documents: who carries them, who says so, and where they can be read."""

    TABLE = "sources"

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
    published_earliest: date | None
    published_latest: date | None
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

    id: f.ObjectId
    name: f.Name
    description: f.Description | None
    parent_id: f.ObjectRef | None
    also: f.Also | None
    also_in: f.AlsoIn | None
    facet: f.ObjectFacet
    is_rest: f.IsRest
    hs_code: f.HsCode | None


class OrganizationRow(Row):
    """Bodies that take part in cases, publish sources or assert what they say."""

    TABLE = "organizations"

    id: f.OrganizationId
    name: f.Name
    abbreviation: f.Abbreviation | None
    kind: f.OrganizationType
    country: f.CountryRef | None
    parent_id: f.Parent | None
    url: f.Website | None
    acts: bool


class CountryRow(Row):
    """
    Countries and territories of ISO 3166-1, with the United Nations' regions.

    M49 has no region for Antarctica, and neither Kosovo nor Taiwan.
    """

    TABLE = "countries"

    id: f.CountryCode
    name: f.Name
    short_name: f.Line
    alpha2: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    m49: Annotated[str | None, StringConstraints(pattern=r"^[0-9]{3}$")]
    region: f.Line | None
    subregion: f.Line | None


class RateRow(Row):
    """Exchange rates of the days on which amounts were converted, as published."""

    TABLE = "rates"
    KEY = ("currency", "date")

    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$", max_length=3)]
    date: date
    rate: _Number


class RetiredIdRow(Row):
    """Ids that are no longer used, and where they went."""

    TABLE = "retired_ids"
    KEY = ("record_table", "id")

    record_table: f.RetirableTable
    id: f.RetiredSlug
    redirect: f.Redirect | None
    reason: f.Reason


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
