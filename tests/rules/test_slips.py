"""Natural slips in whole records: those that a machine can know of are found where they are."""

import csv
import shutil
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from helpers.each import each
from interpol_dataset.records.folder import read_records
from interpol_dataset.rules import gate
from interpol_dataset.rules.index import RULES

HERE: Final = Path(__file__).parent
BASE: Final = HERE.parent / "faults" / "base" / "data" / "records"
TODAY: Final = date(2026, 11, 25)


class Slip(NamedTuple):
    """What somebody does wrong: what should be there, what is, and which rule finds it where."""

    what: str
    file: str
    old: str
    new: str
    rule: str
    where: str
    reason: str


with (HERE / "slips.csv").open(encoding="utf-8", newline="") as _file:
    SLIPS: Final = tuple(Slip(**row) for row in csv.DictReader(_file))


@each("slip", SLIPS)
def test_a_slip_is_found_where_it_is(slip: Slip, tmp_path: Path) -> None:
    """The rule finds it in its file, near its line, with a hint; a survivor has its reason."""
    shutil.copytree(BASE, tmp_path / "records")
    path = tmp_path / "records" / slip.file
    text = path.read_text("utf-8")
    assert text.count(slip.old) == 1
    path.write_text(text.replace(slip.old, slip.new), "utf-8")
    found = gate.findings(read_records(tmp_path / "records", "r"), today=TODAY)

    assert bool(slip.rule) != bool(slip.reason)
    if slip.reason:
        assert found == ()
        return

    assert slip.rule in RULES
    hits = [item for item in found if item.rule == slip.rule]
    assert hits, [f"{item.rule} {item.place} {item.message}" for item in found]
    assert f"r/{slip.where}" in {item.place.path for item in hits}
    assert all(item.hint for item in hits)
