"""Natural slips in whole records: those that a machine can know of are found where they are."""

import csv
import shutil
from pathlib import Path
from typing import Final, NamedTuple

from helpers.base import BASE, findings
from helpers.each import each
from helpers.edit import edit
from interpol_dataset.rules.gate import RULES


class Slip(NamedTuple):
    """What somebody does wrong: what should be there, what is, and which rule finds it where."""

    what: str
    file: str
    old: str
    new: str
    rule: str
    where: str
    reason: str


with Path(__file__).with_name("slips.csv").open(encoding="utf-8", newline="") as _file:
    SLIPS: Final = tuple(Slip(**row) for row in csv.DictReader(_file))


@each("slip", SLIPS)
def test_a_slip_is_found_where_it_is(slip: Slip, tmp_path: Path) -> None:
    """The rule finds it in its file, near its line, with a hint; a survivor has its reason."""
    folder = shutil.copytree(BASE, tmp_path / "records")
    assert (folder / slip.file).read_text("utf-8").count(slip.old) == 1
    edit(folder / slip.file, (slip.old, slip.new))
    found = findings(folder)

    assert bool(slip.rule) != bool(slip.reason)
    if slip.reason:
        assert found == []
        return

    assert slip.rule in RULES
    hits = [item for item in found if item.rule == slip.rule]
    assert hits, [f"{item.rule} {item.place} {item.message}" for item in found]
    assert f"r/{slip.where}" in {item.place.path for item in hits}
    assert all(item.hint for item in hits)
