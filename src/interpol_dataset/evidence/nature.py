"""What a fact is about, and so who can observe it."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Nature:
    """
    What a fact is about.

    :param kind: What it takes to observe it.
    :param country: The country whose part it is.
    :param organization: The organization whose part it is.
    :param is_public: Whether it is done in public, so that whoever tells of it has it from those
        who did it, and nobody only looks on.
    """

    kind: FactKind
    country: str | None = None
    organization: str | None = None
    is_public: bool = False


def nature_of(path: FactPath) -> Nature:
    """
    Return what a fact is about, from its path.

    | path | kind | whose part |
    | --- | --- | --- |
    | `countries/KOR` | own part | the bodies of Korea |
    | `organizations/wco` | own part | the WCO |
    | `exists` | existence | |
    | `cases/haechi-iii`, `iccs`, `statement` | existence | |
    | `proceedings/...` but for charges | verdict | |
    | all others | shared | |

    What courts and prosecutors do is done in public: a newsroom that tells of it retells them.
    A country's figures are shared, too: what others publish of them, they have from the country. So
    are the means of INTERPOL: what a partner says of notices and databases, it has from INTERPOL.

    That a case shows a challenge or a lesson, that a category matches a class, and that a claim
    holds are judgements. Nobody has a tally of them, and each party reaches its own.
    """
    match path.kind:
        case "exists" | "cases" | "iccs" | "statement":
            return Nature(FactKind.EXISTENCE)
        case "organizations":
            return Nature(FactKind.OWN_PART, organization=path.member)
        case "countries":
            return Nature(FactKind.OWN_PART, country=path.member)
        case "proceedings":
            is_charge = path.member == "charged"
            return Nature(FactKind.SHARED if is_charge else FactKind.VERDICT, is_public=True)
        case _:
            return Nature(FactKind.SHARED)
