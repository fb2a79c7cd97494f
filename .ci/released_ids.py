"""Add the ids of all records to data/records/released_ids.txt; run at each release."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from interpol_dataset.records.folder import RECORDS, RELEASED, read_records
from interpol_dataset.rules.context import Context

ROOT: Final = Path(__file__).parents[1]


def main() -> None:
    """Write the list: what was published before, and what is there now."""
    record_set = read_records(ROOT / RECORDS, RECORDS)
    before = {f"{item.table}/{item.id}" for item in record_set.released}
    now = {f"{item.table}/{item.id}" for item in Context(record_set).ids}
    path = ROOT / RECORDS / RELEASED
    path.write_text("".join(f"{line}\n" for line in sorted(before | now)), "utf-8")
    print(f"{path.name}: {len(now - before):,} ids added")


if __name__ == "__main__":
    main()
