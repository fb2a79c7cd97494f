"""A small project without faults, and what the gate finds in what becomes of it."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from interpol_dataset.findings import Finding
from interpol_dataset.records.folder import RECORDS, read_records
from interpol_dataset.rules import gate

BASE: Final = Path(__file__).parents[1] / "faults" / "base" / "data" / "records"
TODAY: Final = date(2026, 11, 25)


def findings(folder: Path, **options: Any) -> list[Finding]:
    """Return what the gate finds in a project or a folder of records, which is called "r"."""
    records = folder / RECORDS
    record_set = read_records(records if records.is_dir() else folder, "r")
    return [*gate.findings(record_set, today=TODAY, **options)]


def found(folder: Path) -> list[tuple[str, str]]:
    """Return rule and file of each finding."""
    return [(item.rule, item.place.path.removeprefix("r/")) for item in findings(folder)]
