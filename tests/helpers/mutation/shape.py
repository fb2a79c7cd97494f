"""Damage to the shape of a record."""

# ruff: noqa: D401  # a docstring says what is wrong afterwards

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers.mutation.edit import (
    any_file,
    cut,
    inserted,
    line_of,
    misspelt,
    outcomes_of,
    reports_stating,
    some,
    stating,
    with_value,
    without,
)
from helpers.mutation.original import Mutant
from interpol_dataset.errors import NotationError
from interpol_dataset.values.edtf import Edtf

if TYPE_CHECKING:
    from random import Random

    from helpers.mutation.original import Original


def left_placeholder(rng: Random, original: Original) -> Mutant:
    """What was to be filled in is still what a new record begins with."""
    entry = any_file(rng, original)
    paths = [
        path
        for path in (("title",), ("name",), ("summary",), ("statement",))
        if path[0] in entry.data
    ]
    paths += [(*path, "at") for path, _ in outcomes_of(entry)]

    return with_value(entry, some(rng, paths), "...", "POL013", "SHP006")


def dropped_locator(rng: Random, original: Original) -> Mutant:
    """An outcome no longer says where it was found."""
    entry = original.pick(rng, "cases", stating("outcomes"))
    path, _ = some(rng, outcomes_of(entry))

    return without(entry, (*path, "at"), "SHP001", at=line_of(entry, *path))


def dropped_value(rng: Random, original: Original) -> Mutant:
    """An outcome has lost its value."""
    entry = original.pick(rng, "cases", stating("outcomes"))
    path, _ = some(rng, outcomes_of(entry))

    return without(entry, (*path, "value"), "SHP001", at=line_of(entry, *path))


def dropped_field(rng: Random, original: Original) -> Mutant:
    """A record has lost a line that it needs."""
    table, names = rng.choice(
        [
            ("cases", ["name", "summary", "categories"]),
            ("sources", ["kind", "publisher", "asserter", "title", "retrieved", "language"]),
            ("lessons", ["name", "statement", "evidence"]),
            ("challenges", ["name", "statement", "evidence"]),
            ("categories", ["name", "description"]),
        ]
    )
    entry = original.pick(rng, table)

    return without(entry, (rng.choice(names),), "SHP001", at=line_of(entry, "id"))


def null(rng: Random, original: Original) -> Mutant:
    """A field is there and says nothing."""
    entry = any_file(rng, original)
    name = "title" if entry.kind.table == "sources" else "name"

    return with_value(entry, (name,), rng.choice(["null", "~", ""]), "SHP003")


def extra_key(rng: Random, original: Original) -> Mutant:
    """A field that no record has was added."""
    entry = any_file(rng, original)
    line = line_of(entry, "id")

    return inserted(entry, line + 1, "confidence: high", "SHP002", at=line + 1)


def misspelt_key(rng: Random, original: Original) -> Mutant:
    """The name of a field has another letter."""
    entry = any_file(rng, original)
    name = rng.choice([name for name in entry.data if name != "id"])
    span = entry.document.keys[(name,)]
    wrong = name[:-1] + ("y" if name[-1] != "y" else "x")
    content = cut(entry, (span.line, span.column), (span.end_line, span.end_column), wrong)

    return Mutant(entry.document.path, content, ("SHP002",), span.line)


def misspelt_term(rng: Random, original: Original) -> Mutant:
    """A term is not in its vocabulary."""
    if rng.random() < 0.5:
        entry = original.pick(rng, "sources")
        return with_value(entry, ("kind",), misspelt(rng, entry.data["kind"]), "SHP004")

    entry = original.pick(rng, "cases", stating("interpol_role"))
    index = rng.choice(reports_stating(entry, "interpol_role"))
    wrong = rng.choice(["coordinator", "led", "Coordinated", "support"])

    return with_value(entry, ("reports", index, "interpol_role", "value"), wrong, "SHP004")


def wrong_type(rng: Random, original: Original) -> Mutant:
    """A value is of another type than its field."""
    path, new = rng.choice(
        [
            (("categories",), "online-fraud"),
            (("name",), "2022"),
            (("name",), "true"),
            (("name",), "[Operation, Lionfish]"),
            (("reports", 0, "source"), "{id: ansa}"),
        ]
    )

    return with_value(original.pick(rng, "cases"), path, new, "SHP003")


def wrong_form(rng: Random, original: Original) -> Mutant:
    """A code or an address is not written as such."""
    name, new = rng.choice(
        [("language", "English"), ("language", "EN"), ("url", "www.example.org"), ("url", "none")]
    )

    return with_value(
        original.pick(rng, "sources", lambda data: name in data), (name,), new, "SHP005"
    )


def emptied_list(rng: Random, original: Original) -> Mutant:
    """A list that can't be empty is."""
    table, name = rng.choice(
        [("cases", "categories"), ("lessons", "evidence"), ("challenges", "evidence")]
    )

    return with_value(original.pick(rng, table), (name,), "[]", "SHP006")


def edition_zero(rng: Random, original: Original) -> Mutant:
    """An edition is counted from nought."""
    entry = original.pick(rng, "cases", lambda data: "edition" in data)

    return with_value(entry, ("edition",), rng.choice(["0", "-1"]), "SHP007")


def hedge_in_words(rng: Random, original: Original) -> Mutant:
    """A figure is written as in prose."""
    entry = original.pick(rng, "cases", stating("outcomes"))
    path, _ = some(rng, outcomes_of(entry))
    wrong = rng.choice(
        ["about 120", "nearly 1000", "'1,000'", "1e3", "'12 %'", "900-1000", "-5", "NO"]
    )

    return with_value(entry, (*path, "value"), wrong, "SHP008")


def falling_range(rng: Random, original: Original) -> Mutant:
    """The bounds of a range are swapped."""
    entry = original.pick(rng, "cases", stating("outcomes"))
    path, _ = some(rng, outcomes_of(entry))

    return with_value(entry, (*path, "value"), "1000..900", "SHP008")


def swapped_period(rng: Random, original: Original) -> Mutant:
    """A period ends before it begins."""

    def falls(report: dict[str, Any]) -> bool:
        first, slash, last = str(report.get("period", {}).get("value", "")).partition("/")
        try:
            Edtf.parse(f"{last}/{first}")
        except NotationError:
            return bool(slash)
        return False

    entry = original.pick(rng, "cases", lambda data: any(falls(r) for r in data["reports"]))
    index = rng.choice([i for i, report in enumerate(entry.data["reports"]) if falls(report)])
    first, _, last = entry.data["reports"][index]["period"]["value"].partition("/")

    return with_value(entry, ("reports", index, "period", "value"), f"{last}/{first}", "SHP009")


def impossible_day(rng: Random, original: Original) -> Mutant:
    """A day is not in the calendar."""
    wrong = rng.choice(["2022-02-30", "2023-02-29", "2022-04-31", "2022-13-01", "28.06.2022"])

    return with_value(original.pick(rng, "sources"), ("retrieved",), wrong, "SHP009")
