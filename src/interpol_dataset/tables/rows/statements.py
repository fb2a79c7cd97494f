"""
Rows of challenges, lessons and claims.
"""

from __future__ import annotations

from typing import Annotated

from interpol_dataset.schema import fields as f
from interpol_dataset.schema.provenance import From
from interpol_dataset.tables.rows.base import FactStatus, Position, Row

__all__ = [
    "ChallengeCaseRow",
    "ChallengeRow",
    "ClaimRow",
    "ClaimSearchRow",
    "LessonCaseRow",
    "LessonChallengeRow",
    "LessonRow",
]


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
