"""Damage to a built table, which its hash has to give away."""

# ruff: noqa: D401  # a docstring says what is wrong afterwards

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.mutation.original import ROOT, Mutant

if TYPE_CHECKING:
    from random import Random

    from helpers.mutation.original import Original


def _table(name: str) -> tuple[str, str]:
    path = f"data/tables/{name}.csv"

    return path, (ROOT / path).read_text("utf-8")


def other_status(rng: Random, original: Original) -> Mutant:  # noqa: ARG001  # one shape for all
    """A status was typed instead of computed."""
    path, text = _table("verification")
    old, new = rng.choice([("reported", "official"), ("official", "confirmed")])
    place = rng.choice([i for i in range(len(text)) if text.startswith(f",{old},", i)])
    content = f"{text[:place]},{new},{text[place + len(old) + 2 :]}"

    return Mutant(path, content.encode(), ("hash",), None)


def other_digit(rng: Random, original: Original) -> Mutant:  # noqa: ARG001  # one shape for all
    """A digit of a figure in a table is another."""
    path, text = _table("outcomes")
    place = rng.choice([i for i, letter in enumerate(text) if letter in "12345678"])
    content = f"{text[:place]}{int(text[place]) + 1}{text[place + 1 :]}"

    return Mutant(path, content.encode(), ("hash",), None)


def lost_row(rng: Random, original: Original) -> Mutant:  # noqa: ARG001  # one shape for all
    """A table has lost a row."""
    path, text = _table(rng.choice(["cases", "evidence", "case_countries"]))
    lines = text.splitlines(keepends=True)
    del lines[rng.randrange(1, len(lines))]

    return Mutant(path, "".join(lines).encode(), ("hash",), None)
