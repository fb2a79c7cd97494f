"""Damaging records in every way, and asking the gate whether it finds it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final, TypeAlias

from helpers.mutation import letters, meaning, package, plausibility, policy, shape, tables
from helpers.mutation.original import ROOT, TODAY, Mutant, Original
from interpol_dataset.errors import PackageError
from interpol_dataset.package.reader import open_package
from interpol_dataset.rules import gate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

Damage: TypeAlias = "Callable[[Random, Original], Mutant]"

#: All kinds of damage, by name.
DAMAGE: Final[dict[str, Damage]] = {
    name.replace("_", " "): function
    for module in (letters, shape, meaning, plausibility, package, policy, tables)
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
    if mutant.path.endswith(".csv"):
        return _survives_in_table(mutant, folder)

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


def _survives_in_table(mutant: Mutant, folder: Path) -> str | None:
    """Return what was found instead of another hash than the descriptor's."""
    shutil.copy(ROOT / "datapackage.json", folder)
    place = folder / mutant.path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(mutant.content or b"")
    try:
        open_package(folder).read(place.stem)
    except PackageError as error:
        return None if str(error.where).endswith(mutant.path) else str(error)

    return "nothing"
