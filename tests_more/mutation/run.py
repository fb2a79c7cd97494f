"""Damaging records in every way, and asking the gate whether it finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from interpol_dataset.rules import gate
from mutation import meaning, package, plausibility, policy
from mutation.original import TODAY, Mutant, Original

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

Damage: TypeAlias = "Callable[[Random, Original], Mutant]"

#: All kinds of damage, by name.
DAMAGE: Final[dict[str, Damage]] = {
    name.replace("_", " "): function
    for module in (meaning, plausibility, package, policy)
    for name, function in vars(module).items()
    if getattr(function, "__module__", "") == module.__name__ and not name.startswith("_")
}

#: How often a record is chosen that may not be damaged in the way that is wanted.
_TRIES: Final = 1000


def mutant(kind: str, rng: Random, original: Original) -> Mutant:
    """Return a file damaged in some way; try until a record is met that can be."""
    for _ in range(_TRIES):
        try:
            return DAMAGE[kind](rng, original)
        except LookupError:
            continue

    raise LookupError(f"no record can be damaged so: {kind}")


def survives(mutant: Mutant, original: Original, folder: Path) -> str | None:
    """Return what was found instead, if the damage was not found at its place."""
    found = gate.findings(original.with_file(mutant, folder), today=TODAY)
    for item in found:
        line = item.place.span.line if item.place.span else None
        if (
            item.rule in mutant.rules
            and item.place.path == (mutant.file or mutant.path)
            and line == mutant.line
        ):
            return None

    return "; ".join(f"{item.place} {item.rule}" for item in found[:3]) or "nothing"
