"""Names of earlier versions, and what to use in their place."""

from __future__ import annotations

from typing import Final

_GUIDE: Final = "docs/use/codebook.md has all names that changed"
#: Tables and views that are gone.
TABLES: Final = {
    "operations": "the table 'cases' has its columns",
    "operation_measures": "the tables 'case_totals' and 'case_object_totals' take its place",
    "measures": "the table 'metrics' says what is added up and combined",
    "series_editions": "the view 'series' takes its place",
    "claim_searches": "the table 'searches' takes its place",
    "challenge_cases": "the table 'statement_cases' takes its place",
    "lesson_cases": "the table 'statement_cases' takes its place",
    "lesson_challenges": "the column 'challenge_ids' of 'lessons' takes its place",
    "part_doubts": "the column 'may_overlap' of 'outcomes' takes its place",
    "totals": "the tables 'case_totals' and 'case_object_totals' take its place",
    "headlines": "the headline columns of 'cases' and the table 'case_totals' take its place",
}

#: Columns that have another name, by table.
COLUMNS: Final = {
    "outcomes": {
        f"eur_{end}": f"'usd_{end}', or convert it with the table 'rates'"
        for end in ("point", "lower", "upper")
    },
    "cases": {
        "status": "'existence_status'",
        "period_earliest": "'start'",
        "period_latest": "'end'",
        "country_count_text": "'country_count'",
        "country_count_hedge": "'country_count'",
        "countries_counted": "'country_count_point'",
        "countries_counted_lower": "'country_count_lower'",
        "countries_counted_upper": "'country_count_upper'",
        "lag_days": "'announced' less 'end'",
        "lead_ids": "the table 'case_organizations'",
        "tools": "the table 'case_tools'",
        **dict.fromkeys(
            (
                *("facts_confirmed", "facts_corroborated", "facts_joint", "facts_documented"),
                *("facts_reported", "facts_inconsistent", "facts_disputed", "facts_unverified"),
            ),
            "a count of 'verification' by 'status'",
        ),
    },
    **{table: {"status": "'verdict'"} for table in ("challenges", "claims", "lessons")},
    "verification": {
        "documents": "'read'",
        "observers_read": "'read'",
        "agreement": "'observers' and 'parties'",
        "contradicting": "'stance' of the table 'evidence'",
        "partly": "'stance' of the table 'evidence'",
        "rule_version": "'verificationRuleVersion' of the descriptor",
        "dispute_type": "'variance_type'",
        "dispute_reason": "'variance_reason'",
    },
}

#: Words for statuses that are gone.
STATUSES: Final = {
    "confirmed": "'corroborated'",
    "joint": "'documented', of which 'parties' are more than one",
    "inconsistent": "'disputed', or 'reported' where only retellings differ",
    "partial": "the verdict 'partly-supported'",
    "refuted": "the verdict 'contradicted'",
}


def instead_of(name: str, column: str | None = None) -> str | None:
    """
    Return what to use in place of a name that is gone; ``None`` if it never was one.

    :param name: The name of a table or a view.
    :param column: The name of a column in it.
    """
    if column is not None:
        new = COLUMNS.get(name, {}).get(column)
        return f"use {new}; {_GUIDE}" if new else None
    if name == "country_years":
        return f"it is a view: ask ds.sql('FROM country_years'); {_GUIDE}"
    new = TABLES.get(name)
    return f"{new}; {_GUIDE}" if new else None


def status_instead_of(column: str, word: str) -> str | None:
    """
    Return what to use in place of a status that is gone; ``None`` if it never was one.

    :param column: The name of the column that is asked for the word.
    :param word: The word.
    """
    is_status = column in {"status", "existence_status", "verdict"}
    new = STATUSES.get(word) if is_status else None
    return f"use {new}; {_GUIDE}" if new else None
