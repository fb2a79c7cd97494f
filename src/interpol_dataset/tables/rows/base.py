"""
What all rows share, and the columns that several tables have.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from interpol_dataset.records.models import Model
from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.provenance import Basis, Computed, From

__all__ = [
    "ChosenSource",
    "Earliest",
    "FactStatus",
    "HedgeTerm",
    "Latest",
    "Lower",
    "Notation",
    "Point",
    "Position",
    "RecordId",
    "Row",
    "TableName",
    "Upper",
    "ValueText",
]


class Row(Model):
    """What all rows share."""

    #: Name of the table.
    TABLE: ClassVar[str]

    #: The columns that identify a row; rows are sorted by them.
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    #: Other columns that identify a row; `explain` finds it by them, too.
    OTHER_KEYS: ClassVar[tuple[tuple[str, ...], ...]] = ()

    #: The record that a row is about: its table and its id, columns in braces.
    RECORD: ClassVar[tuple[str, str]]

    #: What the columns rest on that don't say otherwise.
    BASIS: ClassVar[Basis | From | Computed] = Basis.WRITTEN

    @classmethod
    def of(cls, record: Model, **columns: Any) -> Self:  # noqa: ANN401  # of any type
        """
        Make a row of a record: a column has the field of its name, or of its name without ``_id``.

        :param record: The record.
        :param columns: The columns that have something else.
        """
        fields = dict(record)
        for name in cls.model_fields.keys() - columns.keys():
            value = fields[name if name in fields else re.sub("_ids?$", "", name)]
            columns[name] = None if value == () else value

        return cls.model_validate(columns)


FactStatus = Annotated[
    v.Status,
    f.about("Status", "Verification status, computed from the evidence.", "documented"),
]


TableName = Annotated[
    Literal["cases", "categories", "challenges", "claims", "lessons"],
    f.about("Table", "Table in which the record stands.", "cases"),
]


RecordId = Annotated[f.Slug, f.about("Record", "Id of the record.", "haechi-iii")]


Notation = Annotated[
    str,
    f.about("Value", "The value in its notation, with its hedge.", "~1000"),
]


HedgeTerm = Annotated[
    v.Hedge,
    f.about("Hedge", "How the number is hedged; empty where there is no value.", "about"),
]


ValueText = Annotated[
    str,
    f.about("Value in words", "The value as people write it, with hedge and unit.", "about 1,000"),
]


Point = Annotated[
    float,
    f.about(
        "Point",
        "The number that was said, without its hedge, in the metric's unit; empty for a range.",
        1000,
        ge=0,
    ),
]


Lower = Annotated[
    float,
    f.about(
        "Lower bound", "The least value that the notation allows, in the metric's unit.", 900, ge=0
    ),
]


Upper = Annotated[
    float,
    f.about(
        "Upper bound",
        (
            "The greatest value that the notation allows, in the metric's unit; empty where "
            "there is no limit."
        ),
        1100,
        ge=0,
    ),
]


Earliest = Annotated[
    date,
    f.about(
        "Earliest day",
        "The first day that the date can touch; empty where it is open.",
        "2022-06-28",
    ),
]


Latest = Annotated[
    date,
    f.about(
        "Latest day", "The last day that the date can touch; empty where it is open.", "2022-11-23"
    ),
]


Position = Annotated[
    f.Positive,
    f.about("Position", "Place in the order in which the record states it, from 1.", 1),
]


ChosenSource = Annotated[
    f.SourceRef,
    f.about(
        "Source of the value",
        "Source whose value was chosen; empty where none counts.",
        "interpol-2022-11-24-haechi-iii",
    ),
]
