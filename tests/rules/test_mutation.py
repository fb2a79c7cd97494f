"""The gate finds damage to the project's own records, at the right file and line."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from helpers.committed import committed
from helpers.mutation.original import TODAY, Mutant, Original, load
from helpers.mutation.run import DAMAGE, mutant, survives
from interpol_dataset.errors import RecordsError
from interpol_dataset.rules import gate

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def original() -> Original:
    """Return a few of the project's cases, and what they and the claims refer to."""
    return load(every=39)


def test_what_is_damaged_is_sound(original: Original) -> None:
    """The records in which damage is looked for have no findings of their own."""
    assert () == gate.findings(original.record_set, today=TODAY)


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found_where_it_is(kind: str, original: Original, tmp_path: Path) -> None:
    """Damage of every kind is found by the right rule, in the right file and line."""
    made = mutant(kind, Random(kind), original)  # noqa: S311  # no secrets

    assert None is survives(made, original, tmp_path), made.expected


def test_a_bad_record_stops_the_build(original: Original, tmp_path: Path) -> None:
    """A record that breaks a rule, added to the project's own, does not pass the gate."""
    text = (
        "id: zz\nname: Operation Zz\ncategories: [no-such-crime]\nsummary: Police did something.\n"
        "reports:\n  - source: nobody\n    period: {value: 2022, at: lead}\n"
    )
    added = Mutant("data/records/cases/zz.yaml", text.encode(), (), None)
    with pytest.raises(RecordsError) as caught:
        gate.checked(original.with_file(added, tmp_path))

    assert [
        ("PKG004", "data/records/cases/zz.yaml:3:14"),
        ("PKG004", "data/records/cases/zz.yaml:6:13"),
    ] == [(item.rule, str(item.place)) for item in caught.value.findings]


def test_the_projects_own_records_pass() -> None:
    """What is committed has no findings."""
    assert () == gate.findings(committed(), today=max(date.today(), TODAY))  # noqa: DTZ011
