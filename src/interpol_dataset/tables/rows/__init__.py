"""
The rows of the tables that are built from the records.

One class for each table. Columns that repeat what a record says use the record's own field;
columns that are computed are defined here.
"""

from __future__ import annotations

from typing import Final

from interpol_dataset.tables.rows.base import Row
from interpol_dataset.tables.rows.cases import (
    CaseCategoryRow,
    CaseCountryRow,
    CaseOrganizationRow,
    CaseRelationRow,
    CaseRow,
    CaseToolRow,
    OutcomeRow,
    ProceedingRow,
)
from interpol_dataset.tables.rows.statements import (
    ChallengeRow,
    ClaimRow,
    EvidenceRow,
    LessonRow,
    SearchRow,
    StatementCaseRow,
    StatementNumberRow,
    VerificationRow,
)
from interpol_dataset.tables.rows.totals import (
    CaseObjectTotalRow,
    CaseTotalRow,
    CountryTotalRow,
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
    "START_HERE",
    "TABLES",
    "CaseCategoryRow",
    "CaseCountryRow",
    "CaseObjectTotalRow",
    "CaseOrganizationRow",
    "CaseRelationRow",
    "CaseRow",
    "CaseToolRow",
    "CaseTotalRow",
    "CategoryRow",
    "ChallengeRow",
    "ClaimRow",
    "CountryRow",
    "CountryTotalRow",
    "EvidenceRow",
    "LessonRow",
    "MetricRow",
    "ObjectRow",
    "OrganizationRow",
    "OutcomeRow",
    "ProceedingRow",
    "RateRow",
    "RetiredIdRow",
    "Row",
    "SearchRow",
    "SourceRow",
    "StatementCaseRow",
    "StatementNumberRow",
    "VerificationRow",
]

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
