"""What a fact is about, and so who can observe it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interpol_dataset.values.fact_path import FactPath


class FactKind(Enum):
    """What it takes to observe a fact."""

    SHARED = "shared"
    OWN_PART = "own part"
    EXISTENCE = "existence"
    VERDICT = "verdict"


def kind_of(path: FactPath) -> FactKind:
    """
    Return what it takes to observe a fact.

    A country's figures are shared, too: what others publish of them, they have from the country. So
    are the means of INTERPOL: what a partner says of notices and databases, it has from INTERPOL.

    That a case shows a challenge or a lesson, that a category matches a class, and that a claim
    holds are judgements. Nobody has a tally of them, and each party reaches its own.
    """
    match path.kind:
        case "exists" | "cases" | "iccs" | "statement":
            return FactKind.EXISTENCE
        case "organizations" | "countries":
            return FactKind.OWN_PART
        case "proceedings" if path.member != "charged":
            return FactKind.VERDICT
        case _:
            return FactKind.SHARED


def is_public(path: FactPath) -> bool:
    """Return whether courts or prosecutors do it in public: whoever tells of it retells them."""
    return path.kind == "proceedings"
