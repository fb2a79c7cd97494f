"""
Rows of evidence and of what follows from it.
"""

from __future__ import annotations

from typing import Annotated

from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.provenance import From
from interpol_dataset.tables.rows.base import (
    ChosenSource,
    FactStatus,
    Notation,
    RecordId,
    Row,
    TableName,
    Verdict,
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
            "Metric under which the source retells the figure, where it is another than "
            "the fact's; else empty.",
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
            "How it relates to the fact's value: supports, partly, contradicts, or why it "
            "neither supports nor contradicts; empty where the fact has no status.",
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
    verdict: Verdict | None
    read: Annotated[
        v.Read | None,
        f.about(
            "Read",
            "The nearest to their own words that was read of those who support the value.",
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
            "Other words, days or numbers that do not contradict the value; a number with "
            "its unit where that is another than the value's.",
            ["supported"],
        ),
    ]
    lowest: Annotated[
        float | None,
        f.about(
            "Lowest",
            "Lowest number that any party states, the value included; empty if nobody "
            "states a number.",
            975,
            unit="that of the metric: kg, l, ha, GB, a currency, else a count",
            ge=0,
        ),
    ]
    highest: Annotated[
        float | None,
        f.about(
            "Highest",
            "Highest number that any party states, the value included; empty if nobody "
            "states a number.",
            1000,
            unit="that of the metric: kg, l, ha, GB, a currency, else a count",
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
