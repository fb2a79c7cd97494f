"""The gate finds damage to the project's own records, at the right file and line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from helpers import mutation
from interpol_dataset.errors import RecordsError
from interpol_dataset.records.folder import RECORDS, read_records
from interpol_dataset.rules import gate
from interpol_dataset.rules.gate import checked

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.mutation import Original


@pytest.fixture(scope="module")
def original() -> Original:
    """Return a twelfth of the project's cases, and all that they refer to."""
    return mutation.load(every=12)


def test_what_is_damaged_is_sound(original: Original) -> None:
    """The records in which damage is looked for have no findings of their own."""
    assert () == gate.findings(original.record_set, today=mutation.TODAY)


def test_all_damage_is_found_where_it_is(original: Original) -> None:
    """Two mutants of every kind are found by the right rule, in the right file and line."""
    count = 2 * len(mutation.KINDS_OF_DAMAGE)
    results = mutation.run(original, count, seed=7)

    assert count == len(results)
    assert [] == [result for result in results if result[2] is not None]


def test_there_are_many_kinds_of_damage() -> None:
    """The generator is not a list of a few tricks."""
    assert len(mutation.KINDS_OF_DAMAGE) >= 25


def test_a_bad_record_stops_the_build(tmp_path: Path) -> None:
    """A record that breaks a rule, added to the project's own, fails the gate and the build."""
    folder = tmp_path / RECORDS
    folder.parent.mkdir(parents=True)
    folder.symlink_to(mutation.ROOT / RECORDS)
    assert not [
        item for item in gate.findings(read_records(folder)) if item.place.path.endswith("zz.yaml")
    ]

    folder.unlink()
    _copy_with_links(mutation.ROOT / RECORDS, folder)
    (folder / "cases" / "zz.yaml").write_text(
        "id: zz\nname: Operation Zz\ncategories: [no-such-crime]\nsummary: Police did something.\n"
        "reports:\n  - source: nobody\n    period: {value: 2022, at: lead}\n",
        "utf-8",
    )
    record_set = read_records(folder, RECORDS)

    found = [(item.rule, str(item.place)) for item in gate.findings(record_set)]
    assert ("PKG004", "data/records/cases/zz.yaml:3:14") in found
    assert ("PKG004", "data/records/cases/zz.yaml:6:13") in found
    with pytest.raises(RecordsError):
        checked(record_set)


def _copy_with_links(source: Path, target: Path) -> None:
    """Make a copy of a folder that does not copy its files."""
    for path in source.rglob("*"):
        if path.is_file():
            link = target / path.relative_to(source)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(path)


def test_the_projects_own_records_pass() -> None:
    """What is committed has no findings."""
    record_set = read_records(mutation.ROOT / RECORDS, RECORDS)

    assert () == gate.findings(record_set, today=max(date.today(), mutation.TODAY))  # noqa: DTZ011
