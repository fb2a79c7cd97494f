"""Rows of evidence, of what follows from it, and of statements in words."""

from __future__ import annotations

from typing import Annotated, Literal

from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.field_info import Computed, From
from interpol_dataset.tables.rows.base import (
    ChosenSource,
    FactStatus,
    Lower,
    Notation,
    Point,
    Position,
    RecordId,
    Row,
    TableName,
    Upper,
    ValueText,
    VerdictTerm,
)


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
    position: Annotated[
        f.Positive | None,
        f.about(
            "Position",
            "Place in the order in which the record states it, from 1; empty where other "
            "statements imply it.",
            4,
            unit="rank",
        ),
    ]
    value: Annotated[
        str,
        f.about("Reported value", "What the source says, in the notation of the field.", "975"),
    ]
    unit: f.Unit | None
    said_as: f.SaidAs | None
    drift_metric_id: Annotated[
        f.MetricRef | None,
        f.about(
            "Drifted to",
            "Metric under which the source retells the figure, if it is not the fact's.",
            "persons-charged",
        ),
    ]
    stage: f.Stage | None
    as_of: f.AsOf | None
    valuation: f.Valuation | None
    stance: Annotated[
        v.Stance | None,
        f.about(
            "Stance",
            "How it relates to the fact's value; empty where the fact has no status.",
            "supports",
        ),
    ]
    party_id: Annotated[
        f.OrganizationRef | None,
        f.about(
            "Party",
            "Organization that speaks; of a joint text, the one that speaks for all. Empty "
            "where the source does not count.",
            "interpol",
        ),
    ]
    observer_id: Annotated[
        f.OrganizationRef | None,
        f.about(
            "Observer",
            "Organization that can observe the fact apart from the others; empty where all "
            "parties share one tally, and for bystanders.",
            "interpol",
        ),
    ]
    read: Annotated[
        v.Read | None,
        f.about(
            "Read",
            "How near it is to the words of those who say so; empty where it does not count.",
            "document",
        ),
    ]
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
    fact_class: Annotated[
        v.FactClass,
        f.about(
            "Class",
            "What sort of thing the fact says, such as a number or who took part.",
            "figure",
        ),
    ]
    value: Notation | None
    source_id: ChosenSource | None
    status: FactStatus | None
    verdict: VerdictTerm | None
    read: Annotated[
        v.Read | None,
        f.about(
            "Read",
            "How near to their own words those who support the value were read, at best.",
            "document",
        ),
    ]
    parties: Annotated[
        int,
        f.about("Parties", "Number of parties that support the value.", 2, unit="parties", ge=0),
    ]
    observers: Annotated[
        int,
        f.about(
            "Observers",
            "Number of observers among them: those who could know it separately, and were heard.",
            1,
            unit="observers",
            ge=0,
        ),
    ]
    variants: Annotated[
        tuple[f.Line, ...] | None,
        f.about(
            "Variants",
            "Other words, days or numbers that do not contradict the value; a number has its unit "
            "where that differs from the value's.",
            ["supported"],
        ),
    ]
    lowest: Annotated[
        float | None,
        f.about(
            "Lowest",
            "Lowest number that any party states, the value included.",
            975,
            unit="in the metric's unit",
            ge=0,
        ),
    ]
    highest: Annotated[
        float | None,
        f.about(
            "Highest",
            "Highest number that any party states, the value included.",
            1000,
            unit="in the metric's unit",
            ge=0,
        ),
    ]
    preferred: Annotated[
        f.Reason | None,
        f.about(
            "Preferred because",
            "Why the value was taken from another source than the rule's.",
            "The later release rounds the figure.",
        ),
    ]
    variance_type: f.VarianceType | None
    variance_reason: f.VarianceReason | None


_RESULT = Computed("the value of the result, a fact of the case", ("{case_id} {result}",))

_NUMBER = Computed("the number of such cases, or the value of the fact", ("{case_id} {fact}",))

_SEEN = Computed("the cases that show it, without counter-examples", ("cases/*",))

_LINKED = Computed("its cases, counter-examples included", ("cases/*",))


def _count(title: str, description: str, example: int) -> object:
    """Annotate a column that counts cases."""
    return f.about(title, description, example, unit="cases", ge=0)


def _year(title: str, which: str, example: int) -> object:
    """Annotate a column that has the year of a case."""
    return f.about(title, f"Year of the {which} of the cases that show it.", example, unit="year")


class _StatementRow(Row):
    """What becomes of the statement of a challenge or a lesson, and what its cases show."""

    verdict: Annotated[VerdictTerm, From("statement")]
    cases: Annotated[int, _SEEN, _count("Cases", "Number of cases that show it.", 12)]
    results: Annotated[
        int,
        _LINKED,
        _count("Results", "Number of cases with a result, counter-examples included.", 5),
    ]
    counter_examples: Annotated[
        int,
        _LINKED,
        _count("Counter-examples", "Number of cases that show the opposite.", 1),
    ]
    areas: Annotated[
        tuple[f.CategoryRef, ...] | None,
        _SEEN,
        f.about("Areas", "Top crime areas of the cases that show it.", ["financial-crime"]),
    ]
    regions: Annotated[
        tuple[f.Line, ...] | None,
        _SEEN,
        f.about("Regions", "Regions (M49) of the countries of these cases.", ["Asia"]),
    ]
    first_seen: Annotated[int | None, _SEEN, _year("First seen", "earliest", 2014)]
    last_seen: Annotated[int | None, _SEEN, _year("Last seen", "latest", 2024)]


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
    challenge_ids: Annotated[
        tuple[f.ChallengeRef, ...] | None,
        f.about("Challenges", "Challenges that the lesson responds to.", ["limited-jurisdiction"]),
    ]
    grade: Annotated[
        v.Grade,
        Computed("the best that its evidence and cases allow", ("statement", "cases/*")),
        f.about("Grade", "How well it is shown that it works.", "measured"),
    ]


_Statements = Annotated[
    Literal["challenges", "lessons"],
    f.about("Table", "Whether it is one of the challenges or of the lessons.", "challenges"),
]

_StatedUnit = Annotated[
    f.Unit,
    f.about("Unit", "Unit in which the number was stated; empty for counts.", "USD"),
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
    status: Annotated[
        FactStatus | None,
        _RESULT,
        f.about(
            "Status",
            "Status of the result, or of the link where its own source has the number.",
            "documented",
        ),
    ]
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
    out_of: Annotated[
        int | None, _NUMBER, _count("Out of", "Number of cases among which they are counted.", 412)
    ]
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
    document_id: Annotated[
        f.SourceRef,
        f.about("Document", "Source that makes the claim.", "seed-interpol-case-examples"),
    ]
    paragraph: f.ParagraphNumber
    paragraph_sha256: f.ParagraphHash
    statement: f.Statement
    checkable: f.Checkable
    category_id: Annotated[
        f.CategoryRef | None,
        f.about("Crime area", "Crime area that the claim is about.", "online-fraud"),
    ]
    case_id: Annotated[
        f.CaseRef | None, f.about("Case", "Case that the claim is about.", "haechi-iii")
    ]
    challenge_id: f.ChallengeRef | None
    lesson_id: f.LessonRef | None
    verdict: Annotated[VerdictTerm, From("statement")]
    note: f.Note | None


class SearchRow(Row):
    """Searches that found nothing: for evidence, for a document, or for cases."""

    TABLE = "searches"
    KEY = ("record_table", "record_id", "position")
    RECORD = ("{record_table}", "{record_id}")

    record_table: Annotated[
        Literal["cases", "challenges", "claims", "lessons"],
        f.about("Table", "Table of the record that it was made for.", "cases"),
    ]
    record_id: RecordId
    position: Position
    sought: f.Sought
    of_id: f.SoughtOf | None
    looked_for: f.LookedFor
    searched_on: f.Searched
