"""The gate finds damage to the project's own records, at the right file and line."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from mutation.original import TODAY, Mutant, Original, load
from mutation.run import DAMAGE, mutant, survives

from interpol_dataset.errors import RecordsError
from interpol_dataset.rules import gate

if TYPE_CHECKING:
    from pathlib import Path

#: How many mutants of a kind are made.
MUTANTS = 4
#: What the sample breaks: which objects an area has is known from the cases that are left out.
KNOWN = frozenset({"MNG044"})


@pytest.fixture(scope="module")
def original() -> Original:
    """Return a few of the project's cases, and what they and the claims refer to."""
    return load()


def test_what_is_damaged_is_sound(original: Original) -> None:
    """The records in which damage is looked for have no findings of their own."""
    assert gate.findings(original.record_set, today=TODAY, ignore=KNOWN) == ()


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found_where_it_is(kind: str, original: Original, tmp_path: Path) -> None:
    """Damage of every kind is found by the right rule, in the right file and line."""
    rng = Random(kind)  # noqa: S311  # no secrets
    made = [mutant(kind, rng, original) for _ in range(MUTANTS)]
    found = {item.expected: survives(item, original, tmp_path) for item in made}

    assert {item.expected: None for item in made} == found


def test_a_bad_record_stops_the_build(original: Original, tmp_path: Path) -> None:
    """A record that breaks a rule, added to the project's own, does not pass the gate."""
    text = (
        "id: zz\nname: Operation Zz\ncategories: [no-such-crime]\nsummary: Police did something.\n"
        "reports:\n  - source: nobody\n    period: {value: 2022, at: lead}\n"
    )
    added = Mutant("data/records/cases/zz.yaml", text.encode(), (), None)
    with pytest.raises(RecordsError) as caught:
        gate.checked(original.with_file(added, tmp_path))

    found = [item for item in caught.value.findings if item.rule not in KNOWN]
    assert [(item.rule, str(item.place)) for item in found] == [
        ("PKG004", "data/records/cases/zz.yaml:3:14"),
        ("PKG004", "data/records/cases/zz.yaml:6:13"),
    ]
