"""
Rows of challenges, lessons and claims.
"""

from __future__ import annotations

from typing import Annotated, Literal

from interpol_dataset.schema import fields as f
from interpol_dataset.schema.provenance import From
from interpol_dataset.tables.rows.base import Position, RecordId, Row, Verdict


class ChallengeRow(Row):
    """What limits international police interventions."""

    TABLE = "challenges"
    RECORD = ("challenges", "{id}")

    id: f.ChallengeId
    name: f.Name
    statement: f.Statement
    verdict: Annotated[Verdict, From("statement")]


class LessonRow(Row):
    """What was learnt from interventions."""

    TABLE = "lessons"
    RECORD = ("lessons", "{id}")

    id: f.LessonId
    name: f.Name
    statement: f.Statement
    challenge_ids: Annotated[
        tuple[f.ChallengeRef, ...] | None,
        f.about("Challenges", "Challenges that the lesson responds to.", ["limited-jurisdiction"]),
    ]
    verdict: Annotated[Verdict, From("statement")]


class StatementCaseRow(Row):
    """Cases that show a challenge or a lesson, and who says so."""

    TABLE = "statement_cases"
    KEY = ("record_table", "record_id", "case_id")
    RECORD = ("{record_table}", "{record_id}")
    BASIS = From("cases/{case_id}")

    record_table: Annotated[
        Literal["challenges", "lessons"],
        f.about("Table", "Whether it is one of the challenges or of the lessons.", "challenges"),
    ]
    record_id: RecordId
    case_id: f.CaseRef
    source_id: f.SourceRef


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
    verdict: Annotated[Verdict, From("statement")]
    note: f.Note | None


class SearchRow(Row):
    """Searches that found nothing: for evidence on a claim, or for a document on a case."""

    TABLE = "searches"
    KEY = ("record_table", "record_id", "position")
    RECORD = ("{record_table}", "{record_id}")

    record_table: Annotated[
        Literal["cases", "claims"],
        f.about("Table", "Whether it was made for a case or for a claim.", "cases"),
    ]
    record_id: RecordId
    position: Position
    sought: f.Sought
    of_id: f.SoughtOf | None
    looked_for: f.LookedFor
    searched_on: f.Searched
