"""What all rows share, and the columns that several tables have."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from interpol_dataset.records.models import Model
from interpol_dataset.schema import fields as f
from interpol_dataset.schema import vocabulary as v
from interpol_dataset.schema.field_info import Basis, Computed, From

#: The unit of a number that has it in a column.
IN_UNIT: Final = "as in the column unit"


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
    def of(cls, record: object, **columns: Any) -> Self:  # noqa: ANN401  # of any type
        """
        Make a row of a record: a column has the field of its name, or of its name without ``_id``.

        :param record: The record, or what else has such fields.
        :param columns: The columns that have something else.
        """
        for name in cls.model_fields.keys() - columns.keys():
            field = name if hasattr(record, name) else re.sub("_ids?$", "", name)
            value = getattr(record, field)
            columns[name] = None if value == () else value
        return cls.model_validate(columns)

    @property
    def record(self) -> tuple[str, str]:
        """The table and the id of the record that it is about."""
        table, id_ = (part.format_map(dict(self)) for part in self.RECORD)
        return table, id_


FactStatus = Annotated[
    v.Status,
    f.about("Status", "Verification status, computed from the evidence.", "documented"),
]

VerdictTerm = Annotated[
    v.StatementVerdict,
    f.about("Verdict", "What became of a statement in words when it was checked.", "supported"),
]

TableName = Annotated[
    Literal["cases", "categories", "challenges", "claims", "lessons"],
    f.about("Table", "Table that has the record.", "cases"),
]

RecordId = Annotated[f.Slug, f.about("Record", "Id of the record.", "haechi-iii")]

Notation = Annotated[
    str,
    f.about(
        "Value", "The value as recorded, such as ~1000 for about 1,000 or a day in EDTF.", "~1000"
    ),
]

HedgeTerm = Annotated[
    v.Hedge,
    f.about(
        "Hedge",
        "How exact the source is: about, nearly, at least; empty where there is no value.",
        "about",
    ),
]

ValueText = Annotated[
    str,
    f.about("Value in words", "The value as people write it, with hedge and unit.", "about 1,000"),
]

Point = Annotated[
    float,
    f.about(
        "Point",
        "The number that was stated, without its hedge; empty for a range.",
        1000,
        unit=IN_UNIT,
        ge=0,
    ),
]

Lower = Annotated[
    float,
    f.about(
        "Lower bound",
        "The least that the words allow: about 1,000 is at least 900.",
        900,
        unit=IN_UNIT,
        ge=0,
    ),
]

Upper = Annotated[
    float,
    f.about(
        "Upper bound",
        "The most that the words allow; empty where there is no limit, as of at least 1,000.",
        1100,
        unit=IN_UNIT,
        ge=0,
    ),
]

Earliest = Annotated[
    date,
    f.about(
        "Earliest day",
        "The first day that the date allows: 1 January if only a year is known; empty if open.",
        "2022-06-28",
    ),
]

Latest = Annotated[
    date,
    f.about(
        "Latest day",
        "The last day that the date allows: 31 December if only a year is known; empty if open.",
        "2022-11-23",
    ),
]

Position = Annotated[
    f.Positive,
    f.about("Position", "Place in the record's own list, from 1.", 1, unit="rank"),
]

ChosenSource = Annotated[
    f.SourceRef,
    f.about(
        "Source of the value",
        "Source that the value is taken from; empty if none of its sources counts.",
        "interpol-2022-11-24-haechi-iii",
    ),
]
