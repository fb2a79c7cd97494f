"""
The records that people write.

One class for each kind of record. A case holds what each of its sources reports and no value of
its own; the values are chosen from the reports (see :mod:`interpol_dataset.evidence.verification`).
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.vocabulary import CURRENCIES
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from interpol_dataset.values.quantity import Quantity

#: The years in which a step can have been taken.
_YEARS: Final = range(1900, 2100)


class Model(BaseModel):
    """What all records share: they are frozen, and refuse a key that they do not have."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _sorted_by(field: str) -> AfterValidator:
    return AfterValidator(lambda items: tuple(sorted(items, key=attrgetter(field))))


# --- what sources say -----------------------------------------------------------------------


class Stated(Model):
    """Something that a source says, with the place where it says it."""

    at: f.Locator
    attributed_to: f.AttributedTo | None = None
    own_count: f.OwnCount = False
    note: f.Note | None = None


class ReportedRole(Stated):
    """INTERPOL's role as a source states it."""

    value: f.Role


class ReportedPeriod(Stated):
    """The period of the operational phase as a source states it."""

    value: f.Period


class ReportedDay(Stated):
    """The day of announcement as a source shows it."""

    value: f.Announced


class ReportedCountryCount(Stated):
    """The number of countries as a source states it."""

    value: f.CountryCount


class ReportedCountries(Stated):
    """The countries that a source lists."""

    complete: f.Complete
    list: f.CountryList


class ReportedOrganization(Stated):
    """An organization other than INTERPOL that a source names as taking part."""

    organization: f.OrganizationRef
    role: f.PartnerRole


class ReportedTool(Stated):
    """A means of INTERPOL that a source says was used."""

    tool: f.Tool


class ReportedOutcome(Stated):
    """
    One figure that a source reports.

    With ``drift_of`` it is a figure of another fact that the source retells under its own
    ``metric``. It then has no object, place or part but those of that fact.
    """

    drift_of: f.DriftOf | None = None
    metric: f.MetricRef
    object: f.ObjectRef | None = None
    place: f.Place | None = None
    part: f.Part = False
    part_name: f.PartName | None = None
    value: f.Value
    unit: f.Unit | None = None
    said_as: f.SaidAs | None = None
    stage: f.Stage | None = None
    as_of: f.AsOf | None = None
    valuation: f.Valuation | None = None

    @property
    def fact(self) -> FactPath:
        """The path of the fact that the figure belongs to."""
        return self.own_fact if self.drift_of is None else self.drift_of

    @property
    def own_fact(self) -> FactPath:
        """The path of the fact that the figure would make under its own metric."""
        return FactPath.outcome(
            self.metric,
            self.object,
            currency=self.unit if self.unit in CURRENCIES else None,
            place=self.place,
            is_part=self.part,
            part_name=self.part_name,
        )


class ReportedStep(Stated):
    """One step of court proceedings, as a source tells it."""

    country: f.StepCountry | None = None
    year: f.StepYear
    group: f.StepGroup | None = None
    outcome: f.StepOutcome
    what: f.StepObject | None = None
    persons: f.Persons | None = None
    companies: f.Companies | None = None
    prosecutions: f.Prosecutions | None = None
    value: f.Value | None = None
    unit: f.Unit | None = None

    @model_validator(mode="after")
    def _fits_its_outcome(self) -> Self:
        if fault := _fault_of_step(self):
            raise PydanticCustomError("step", "{what}", {"what": fault})
        return self

    @property
    def fact(self) -> FactPath:
        """The path of the fact that the step is."""
        counted = next(
            (name for name in ("companies", "prosecutions") if getattr(self, name)), None
        )
        return FactPath.step(
            self.outcome,
            self.what or counted,
            self.year,
            currency=self.unit,
            country=self.country,
            group=self.group,
        )

    @property
    def quantity(self) -> Quantity | None:
        """What it counts; none of goods."""
        return self.persons or self.companies or self.prosecutions or self.value


def _fault_of_step(step: ReportedStep) -> str | None:
    """Return what in a step does not fit its outcome."""
    is_back, is_given_up = step.outcome == "taken-back", step.outcome == "confiscated"
    of_goods = is_given_up or step.what == "confiscation"
    counts = [*filter(None, (step.persons, step.companies, step.prosecutions))]
    if is_back and step.what in {None, "fine"}:
        return "'what' says what was taken back: conviction, charge, acquittal or confiscation"
    if not is_back and step.what not in ({None, "fine"} if is_given_up else {None}):
        return "only what was taken back has a 'what', and a fine"
    if of_goods and counts:
        return "what is given up has a 'value' with its currency, or goods have no number"
    if not of_goods and (len(counts) != 1 or (is_back and not step.persons)):
        return "a step says how many it concerns: 'persons', or else 'companies' or 'prosecutions'"
    if step.year not in _YEARS:
        return "the 'year' of a step has four digits and lies between 1900 and 2099"
    if (step.value is None) is not (step.unit is None) or (step.value and not of_goods):
        return "a 'value' is money that was given up, and has a currency as its 'unit'"
    if step.unit is not None and step.unit not in CURRENCIES:
        return "the 'unit' of a step is a currency"

    return None


class Proceedings(Model):
    """What one source says of what courts and prosecutors made of a case."""

    source: f.SourceRef
    steps: Annotated[tuple[ReportedStep, ...], Field(min_length=1)]


class Report(Model):
    """What one source reports about a case."""

    source: f.SourceRef
    interpol_role: ReportedRole | None = None
    period: ReportedPeriod | None = None
    announced: ReportedDay | None = None
    country_count: ReportedCountryCount | None = None
    countries: ReportedCountries | None = None
    organizations: tuple[ReportedOrganization, ...] = ()
    tools: tuple[ReportedTool, ...] = ()
    outcomes: tuple[ReportedOutcome, ...] = ()

    @model_validator(mode="after")
    def _states_something(self) -> Self:
        stated = (getattr(self, name) for name in type(self).model_fields if name != "source")
        if not any(stated):
            raise PydanticCustomError(
                "empty_report", "a report states at least one thing besides its source"
            )
        return self


class Evidence(Model):
    """What one source has to say about a statement in words."""

    source: f.SourceRef
    finds: f.Finding
    evaluates: f.Evaluates = False
    at: f.Locator
    note: f.Note | None = None


class Search(Model):
    """A search that found nothing."""

    looked_for: f.LookedFor
    on: f.Searched


class CaseSearch(Search):
    """A search for a body's own document, or for what courts did, that found nothing."""

    sought: f.SoughtForCase
    of: f.SoughtOf | None = None


class StatementSearch(Search):
    """A search for more cases of a challenge or a lesson, or for its opposite, in vain."""

    sought: f.SoughtForStatement


# --- cases ----------------------------------------------------------------------------------


class Relation(Model):
    """How the case stands to another case, or to a claim that may mean it."""

    type: f.Relation
    case: f.CaseRef | None = None
    claim: f.ClaimRef | None = None
    shared: f.Shared = ()
    note: f.Note | None = None

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        wants_claim = self.type is v.RelationType.POSSIBLY_DESCRIBED_BY
        if (self.claim is not None, self.case is not None) != (wants_claim, not wants_claim):
            raise PydanticCustomError(
                "relation_target",
                "'possibly-described-by' names a claim, every other relation names a case",
            )
        return self


class Preference(Model):
    """A decision to take a fact's value from another source than the rule would."""

    fact: f.Fact
    source: f.SourceRef
    reason: f.Reason


class Dispute(Model):
    """Why sources differ on a fact, as far as is known."""

    fact: f.Fact
    type: f.VarianceType
    reason: f.VarianceReason


class Part(Model):
    """A decision on which figure includes another, where the rule would decide otherwise."""

    fact: f.Fact
    of: f.Whole
    reason: f.Reason

    @property
    def whole(self) -> FactPath | None:
        """The path of the figure that includes it; ``None`` if it stands alone."""
        return None if self.of == "none" else FactPath(self.of)


class Case(Model):
    """One operation, takedown, recovery, rescue or arrest with INTERPOL's part in it."""

    id: f.CaseId
    name: f.CaseName
    aliases: f.Aliases = ()
    series: f.Series | None = None
    edition: f.Edition | None = None
    categories: f.Categories
    summary: f.Summary
    relations: tuple[Relation, ...] = ()
    prefer: Annotated[tuple[Preference, ...], _sorted_by("fact")] = ()
    disputes: Annotated[tuple[Dispute, ...], _sorted_by("fact")] = ()
    parts: Annotated[tuple[Part, ...], _sorted_by("fact")] = ()
    searches: tuple[CaseSearch, ...] = ()
    reports: Annotated[tuple[Report, ...], Field(min_length=1)]
    proceedings: tuple[Proceedings, ...] = ()

    @property
    def wholes(self) -> dict[FactPath, FactPath | None]:
        """What ``parts`` decides: for a figure, the one that includes it, or none."""
        return {part.fact: part.whole for part in self.parts}


# --- statements in words --------------------------------------------------------------------


class CaseLink(Model):
    """A case that shows a challenge or a lesson or its opposite, with what came of it."""

    case: f.CaseRef
    shows: f.Shows
    result: f.Result | None = None
    value: f.Value | None = None
    unit: f.Unit | None = None
    source: f.SourceRef
    at: f.Locator
    note: f.Note | None = None

    @model_validator(mode="after")
    def _one_result(self) -> Self:
        results = sum(item is not None for item in (self.result, self.value))
        is_bare = self.unit is not None and self.value is None
        if results > 1 or is_bare or (self.shows is v.Shows.MEASURED and not results):
            raise PydanticCustomError(
                "one_result", "a link has a 'result' or a 'value' if it is measured, never both"
            )
        return self


class ChallengeLink(CaseLink):
    """A case in which a challenge was met, or the opposite."""

    shows: f.ShowsOfChallenge


class LessonLink(CaseLink):
    """A case in which a lesson was followed, or the opposite."""

    shows: f.ShowsOfLesson


class StatementNumber(Model):
    """A number that goes with a statement: of cases, of a fact, or of a source."""

    says: f.Says
    cases_with: f.CasesWith | None = None
    among: f.Among | None = None
    case: f.CaseRef | None = None
    fact: f.Fact | None = None
    value: f.Value | None = None
    unit: f.Unit | None = None
    source: f.SourceRef | None = None
    at: f.Locator | None = None

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        given = {name for name in type(self).model_fields if getattr(self, name) is not None}
        forms = ({"cases_with"}, {"case", "fact"}, {"value", "source", "at"})
        if given - {"says", "among", "unit"} not in forms or (
            ("among" in given and "cases_with" not in given)
            or ("unit" in given and "value" not in given)
        ):
            raise PydanticCustomError(
                "one_number",
                "a number is of 'cases_with', of a 'case' and 'fact', or a 'value' of a source",
            )
        return self


class Challenge(Model):
    """Something that limits international police interventions."""

    id: f.ChallengeId
    name: f.Name
    statement: f.Statement
    numbers: tuple[StatementNumber, ...] = ()
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    cases: Annotated[tuple[ChallengeLink, ...], _sorted_by("case")] = ()
    searches: tuple[StatementSearch, ...] = ()


class Lesson(Model):
    """Something that was learnt from interventions."""

    id: f.LessonId
    name: f.Name
    statement: f.Statement
    challenges: f.Challenges = ()
    numbers: tuple[StatementNumber, ...] = ()
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    cases: Annotated[tuple[LessonLink, ...], _sorted_by("case")] = ()
    searches: tuple[StatementSearch, ...] = ()


class Claim(Model):
    """One assertion in words that a document makes, and what was found when it was checked."""

    id: f.ClaimId
    paragraph: f.ParagraphNumber
    paragraph_sha256: f.ParagraphHash
    statement: f.Statement
    checkable: f.Checkable
    category: f.CategoryRef | None = None
    case: f.CaseRef | None = None
    challenge: f.ChallengeRef | None = None
    lesson: f.LessonRef | None = None
    evidence: tuple[Evidence, ...] = ()
    searches: tuple[Search, ...] = ()
    note: f.Note | None = None


class ClaimSet(Model):
    """The claims of one document, in its order."""

    document: f.SourceRef
    claims: Annotated[tuple[Claim, ...], Field(min_length=1), _sorted_by("id")]


# --- sources and vocabularies ---------------------------------------------------------------


class IccsMapping(Model):
    """The ICCS class that a category is mapped to, and where that class stands."""

    code: f.IccsCode
    name: f.IccsName
    match: f.IccsMatch
    source: f.SourceRef
    at: f.Locator


class Category(Model):
    """A crime area."""

    id: f.CategoryId
    name: f.Name
    description: f.Description
    parent: f.CategoryRef | None = None
    iccs: IccsMapping | None = None


class Source(Model):
    """A document: who carries it, who says so, and where it can be read."""

    id: f.SourceId
    kind: f.Kind
    publisher: f.Publisher
    asserter: f.Asserter
    issued_with: f.IssuedWith = ()
    text_of: f.TextOf | None = None
    same_text: f.SameText | None = None
    title: f.Title
    url: f.SourceUrl | None = None
    archived_url: f.ArchivedUrl | None = None
    withheld: f.Withheld | None = None
    published: f.Published | None = None
    undated: f.Undated | None = None
    retrieved: f.Retrieved
    extent: f.Extent | None = None
    extent_characters: f.ExtentCharacters | None = None
    language: f.Language
    sha256: f.DocumentHash | None = None
    content_hash: f.ContentHash | None = None
    note: f.Note | None = None

    @model_validator(mode="after")
    def _dated_or_not(self) -> Self:
        if (self.published is None) == (self.undated is None):
            raise PydanticCustomError(
                "source_date", "a source has either 'published' or the reason why it is 'undated'"
            )
        return self

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        addresses = (self.url, self.archived_url)
        if self.withheld is not None and any(addresses):
            raise PydanticCustomError(
                "source_place", "a source whose address is 'withheld' gives none"
            )
        if self.withheld is None and self.url is None and self.sha256 is None:
            raise PydanticCustomError(
                "source_place", "a source has a 'url' or a 'sha256', or says why it is 'withheld'"
            )
        return self


class Phrases(Model):
    """How pages say it, by language; the drafter reads it, and no table has it."""

    en: f.PhraseList = ()
    fr: f.PhraseList = ()
    es: f.PhraseList = ()


class Metric(Model):
    """What is counted or measured in an outcome."""

    id: f.MetricId
    name: f.Name
    description: f.Description
    dimension: f.MetricDimension
    family: f.MetricFamily | None = None
    adds_up: f.AddsUp = False
    adding: f.Adding | None = None
    combines: f.Combines = ()
    only: f.OnlyObjects = ()
    without: f.WithoutObjects = ()
    only_named: f.OnlyNamed = ()
    unnamed_in: f.UnnamedIn = ()
    unnamed_as: f.UnnamedAs | None = None
    phrases: Phrases = Phrases()

    @property
    def members(self) -> tuple[str, ...]:
        """The metrics of the figures that its totals take: those that it combines, or its own."""
        return self.combines or (self.id,)


class Object(Model):
    """What was seized, rescued or found."""

    id: f.ObjectId
    name: f.Name
    description: f.Description | None = None
    parent: f.ObjectRef | None = None
    also: f.Also = ()
    also_in: f.AlsoIn = ()
    facet: f.ObjectFacet = v.Facet.KIND
    is_rest: f.IsRest = False
    hs_code: f.HsCode | None = None
    phrases: Phrases = Phrases()


class Organization(Model):
    """A body that takes part in cases, publishes sources or asserts what they say."""

    id: f.OrganizationId
    name: f.Name
    abbreviation: f.Abbreviation | None = None
    kind: f.OrganizationType
    country: f.CountryRef | None = None
    parent: f.Parent | None = None
    url: f.Website | None = None


class RetiredId(Model):
    """An id that is no longer used, and where it went."""

    table: f.RetirableTable
    id: f.RetiredSlug
    redirect: f.Redirect | None = None
    reason: f.Reason
