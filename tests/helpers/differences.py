"""Where this validator and frictionless differ, as data: a difference that is not here fails."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["DIFFERENCES", "Difference"]


class Difference(NamedTuple):
    """
    One difference.

    :param code: Its heading in ``docs/frictionless-differences.md``.
    :param ours: What only this validator finds: resource, row, field and rule.
    :param theirs: What only frictionless finds.
    """

    code: str
    ours: frozenset[tuple[str, int, str, str]] = frozenset()
    theirs: frozenset[tuple[str, int, str, str]] = frozenset()


def _types(*cells: tuple[int, str]) -> frozenset[tuple[str, int, str, str]]:
    return frozenset(("types", row, field, "type") for row, field in cells)


DIFFERENCES: Final = (
    Difference(
        "Part of a primary key is missing",
        ours=frozenset(
            {
                ("children", 7, "parent", "primary-key"),
                ("children", 9, "id", "primary-key"),
            }
        ),
    ),
    Difference(
        "A row of empty cells",
        ours=frozenset({("shape", 7, "a", "required")}),
        theirs=frozenset({("shape", 7, "", "blank-row")}),
    ),
    Difference("Underscores in numbers", ours=_types((8, "integer"), (14, "number"))),
    Difference(
        "Spaces and signs around numbers",
        ours=_types((9, "integer"), (15, "number"), (6, "year"), (7, "year"), (5, "list")),
    ),
    Difference("Digits that are not ASCII", ours=_types((10, "integer"), (16, "number"))),
    Difference(
        "Words for infinity and for no number",
        ours=_types((8, "number"), (12, "number"), (13, "number")),
    ),
    Difference(
        "Dates and months without leading zeros", ours=_types((3, "date"), (3, "yearmonth"))
    ),
    Difference("A space for the T of a datetime", ours=_types((4, "datetime"))),
    Difference(
        "Years that do not have four digits",
        ours=_types((5, "yearmonth")),
        theirs=_types((4, "year"), (5, "year")),
    ),
    Difference(
        "Durations without a part, in weeks or in parts of a day",
        ours=_types((5, "duration"), (8, "duration"), (9, "duration")),
    ),
    Difference("UUIDs in other forms", ours=_types((4, "uuid"), (5, "uuid"))),
    Difference("Characters that Base64 does not have", ours=_types((4, "binary"))),
    Difference("Spaces in a URI", ours=_types((5, "uri"))),
    Difference("NaN inside JSON", ours=_types((6, "object"))),
)
