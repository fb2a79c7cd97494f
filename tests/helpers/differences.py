"""Where this validator and frictionless differ, as data: a difference that is not here fails."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["DIFFERENCES", "Difference"]


class Difference(NamedTuple):
    """
    One difference.

    :param code: What it is about, and why this validator is right.
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
        "Part of a primary key is missing: in SQL, such a row has no key",
        ours=frozenset(
            {
                ("children", 7, "parent", "primary-key"),
                ("children", 9, "id", "primary-key"),
            }
        ),
    ),
    Difference(
        "A row of empty cells is not blank: its cells are there",
        ours=frozenset({("shape", 7, "a", "required")}),
        theirs=frozenset({("shape", 7, "", "blank-row")}),
    ),
    Difference(
        "Underscores in numbers: XSD has none",
        ours=_types((8, "integer"), (14, "number")),
    ),
    Difference(
        "Spaces and signs around numbers: Python strips them, XSD's forms have none",
        ours=_types((9, "integer"), (15, "number"), (6, "year"), (7, "year")),
    ),
    Difference("Digits that are not ASCII", ours=_types((10, "integer"), (16, "number"))),
    Difference(
        "Words for infinity and for no number: only INF, -INF and NaN",
        ours=_types((8, "number"), (12, "number"), (13, "number")),
    ),
    Difference(
        "Dates and months without leading zeros",
        ours=_types((3, "date"), (3, "yearmonth")),
    ),
    Difference("A space for the T of a datetime: XSD's has a T", ours=_types((4, "datetime"))),
    Difference(
        "Years that do not have four digits: XSD has longer ones, and no shorter",
        ours=_types((5, "yearmonth")),
        theirs=_types((4, "year"), (5, "year")),
    ),
    Difference("UUIDs without four hyphens", ours=_types((4, "uuid"), (5, "uuid"))),
    Difference("Spaces in a URI: RFC 3986 has none", ours=_types((5, "uri"))),
    Difference("NaN inside JSON: JSON has none", ours=_types((6, "object"))),
)
