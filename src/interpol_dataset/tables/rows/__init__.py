"""
The rows of the tables that are built from the records.

One class for each table. Columns that repeat what a record says use the record's own field;
columns that are computed are defined here.
"""

from __future__ import annotations

from interpol_dataset.tables.rows.base import Row
from interpol_dataset.tables.rows.cases import (
    CaseCategoryRow,
    CaseCountryRow,
    CaseOrganizationRow,
    CaseRelationRow,
    CaseRow,
    CaseToolRow,
    OutcomeRow,
    PartDoubtRow,
)
from interpol_dataset.tables.rows.evidence import (
    EvidenceRow,
    VerificationRow,
)
from interpol_dataset.tables.rows.statements import (
    ChallengeCaseRow,
    ChallengeRow,
    ClaimRow,
    ClaimSearchRow,
    LessonCaseRow,
    LessonChallengeRow,
    LessonRow,
)
from interpol_dataset.tables.rows.totals import (
    CountryYearRow,
    MeasureRow,
    OperationMeasureRow,
    OperationRow,
    SeriesEditionRow,
)
from interpol_dataset.tables.rows.vocabularies import (
    CategoryRow,
    CountryRow,
    MetricRow,
    ObjectRow,
    OrganizationRow,
    RateRow,
    RetiredIdRow,
    SourceRow,
)

__all__ = [
    "TABLES",
    "CaseCategoryRow",
    "CaseCountryRow",
    "CaseOrganizationRow",
    "CaseRelationRow",
    "CaseRow",
    "CaseToolRow",
    "CategoryRow",
    "ChallengeCaseRow",
    "ChallengeRow",
    "ClaimRow",
    "ClaimSearchRow",
    "CountryRow",
    "CountryYearRow",
    "EvidenceRow",
    "LessonCaseRow",
    "LessonChallengeRow",
    "LessonRow",
    "MeasureRow",
    "MetricRow",
    "ObjectRow",
    "OperationMeasureRow",
    "OperationRow",
    "OrganizationRow",
    "OutcomeRow",
    "PartDoubtRow",
    "RateRow",
    "RetiredIdRow",
    "Row",
    "SeriesEditionRow",
    "SourceRow",
    "VerificationRow",
]

#: The tables, in the order in which a reader meets them.
TABLES: tuple[type[Row], ...] = (
    CaseRow,
    OutcomeRow,
    PartDoubtRow,
    OperationRow,
    OperationMeasureRow,
    SeriesEditionRow,
    CountryYearRow,
    CaseCategoryRow,
    CaseCountryRow,
    CaseOrganizationRow,
    CaseToolRow,
    CaseRelationRow,
    CategoryRow,
    ChallengeRow,
    ChallengeCaseRow,
    LessonRow,
    LessonCaseRow,
    LessonChallengeRow,
    ClaimRow,
    ClaimSearchRow,
    EvidenceRow,
    VerificationRow,
    SourceRow,
    MetricRow,
    MeasureRow,
    ObjectRow,
    OrganizationRow,
    CountryRow,
    RateRow,
    RetiredIdRow,
)
