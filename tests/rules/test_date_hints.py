"""Tests of :mod:`interpol_dataset.rules.shape`."""

import json

from helpers.each import each
from interpol_dataset.records.folder import read_draft
from interpol_dataset.rules import gate
from interpol_dataset.validate.records import find_kind

NONE = "write it like 2026-11-24"
NO = "there is no month"
TWO = "day and month can't be told apart: write"


@each(
    "field, written, message, hint",
    [
        (
            "retrieved",
            "2024-13-06",
            "the day '2024-13-06' does not exist",
            f"{NO} 13: did you mean 2024-06-13?",
        ),
        ("retrieved", "2024-31-31", "the day '2024-31-31' does not exist", f"{NO} 31"),
        ("retrieved", "2024-04-31", "the day '2024-04-31' does not exist", "2024-04 has 30 days"),
        ("retrieved", "2024-02-32", "the day '2024-02-32' does not exist", "2024-02 has 29 days"),
        ("published", "2024-13-13", "the day '2024-13-13' does not exist", f"{NO} 13"),
        ("published", "2024-13", "the month '2024-13' does not exist", f"{NO} 13"),
        ("published", "2024-01/2024-13", "the month '2024-13' does not", f"{NO} 13"),
        ("published", "2024-04-31/2024-05", "the day '2024-04-31' does", "2024-04 has 30 days"),
        ("retrieved", "15 April 2024", "a day is written YYYY-MM-DD", "write 2024-04-15"),
        ("retrieved", "April 15, 2024", "a day is written YYYY-MM-DD", "write 2024-04-15"),
        ("retrieved", "the 15th", "a day is written YYYY-MM-DD", NONE),
        ("retrieved", "31 April 2024", "a day is written YYYY-MM-DD", NONE),
        ("retrieved", "April 2024", "a day is written YYYY-MM-DD", NONE),
        ("published", "5th of Sept. 2024", "is not a date", "write 2024-09-05"),
        ("published", "April 2024", "is not a date", "write 2024-04"),
        ("retrieved", "15.04.2024", "a day is written YYYY-MM-DD", "write 2024-04-15"),
        ("retrieved", "04/05/2024", "a day is", f"{TWO} 2024-05-04"),
        ("published", "4/5/2026", "'4/5/2026' is not a date", f"{TWO} 2026-05-04 or 2026-04-05"),
        ("published", "04/04/2026", "is not a date", "write 2026-04-04"),
        ("published", "13/04/2026", "is not a date", "write 2026-04-13"),
        ("published", "04/13/2026", "is not a date", "write 2026-04-13"),
        ("published", "2026/05/04", "is not a date", "write 2026-05-04"),
        ("published", "06.04.2026/26.04.2026", "is not a date", "write 2026-04-06/2026-04-26"),
        ("published", "6 to 26 April 2026", "is not a date", "write 2026-04-06/2026-04-26"),
        ("published", "April 6-26, 2026", "is not a date", "write 2026-04-06/2026-04-26"),
        ("published", "between 6 March and 2 April 2026", "a date", "write 2026-03-06/2026-04-02"),
        ("published", "from April to May 2026", "is not a date", "write 2026-04/2026-05"),
        ("published", "2026-02/03", "is not a date", "write 2026-02/2026-03"),
        ("published", "2026-02/13", "is not a date", "write 2022-06-28, 2022-06"),
        ("published", "2026-04-06/26", "is not a date", "write 2026-04-06/2026-04-26"),
        ("published", "2026-04-26/05-06", "is not a date", "write 2026-04-26/2026-05-06"),
        ("published", "2026-04-06 to 26", "is not a date", "write 2026-04-06/2026-04-26"),
        ("published", "26 to 6 April 2026", "is not a date", "write 2022-06-28, 2022-06"),
        ("published", "6 and 26 April 2026", "is not a date", "write 2022-06-28, 2022-06"),
        ("published", "Easter 2024", "is not a date", "write 2022-06-28, 2022-06"),
    ],
)
def test_dates(field: str, written: str, message: str, hint: str) -> None:
    """A date that does not exist is told from one in words, whose notation is the hint."""
    source = json.dumps({"id": "a", field: written}).encode()
    record_set = read_draft(find_kind("source"), source, "a.yaml")
    (found,) = gate.findings(record_set, select=frozenset({"SHP009"}))
    assert message in found.message
    assert str(found.hint).startswith(hint)
    assert ("did you mean" in hint) == ("did you mean" in str(found.hint))
