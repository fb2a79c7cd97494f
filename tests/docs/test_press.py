"""Tests of :mod:`interpol_dataset.docs.contents`."""

import re
from collections import Counter
from pathlib import Path

import pytest

from helpers.pages import number, section
from interpol_dataset.docs.contents import OFTEN, Change, press, retold, words
from interpol_dataset.evidence.facts import Facts
from interpol_dataset.records.document import Records
from interpol_dataset.tables.rows import EvidenceRow, VerificationRow
from interpol_dataset.tables.tabulate import TableRows


@pytest.fixture(scope="module")
def page(records: Records, facts: Facts) -> str:
    """Return the page on the project's own records."""
    return press(records, facts)


def test_every_retelling_has_one_change(page: str, facts: Facts) -> None:
    """The changes add up to all retellings, also by the kind of page."""
    total = len(retold(facts))
    changes, kinds = section(page, "What changes"), section(page, "Who changes it")
    assert total == sum(number(row[1]) for row in changes)
    assert total == sum(number(row[1]) for row in kinds)
    assert total - number(changes[0][1]) == sum(number(cell) for row in kinds for cell in row[3:])
    assert f"Of {total:,} retold figures" in page


def test_retellings_are_those_of_the_tables(facts: Facts, tables: TableRows) -> None:
    """The tables alone have as many retellings of figures of which a document was read."""
    only_bystanders = {
        (row.record_id, row.field)
        for row in tables["verification"]
        if isinstance(row, VerificationRow) and not row.parties
    }
    figures = [
        row
        for row in tables["evidence"]
        if isinstance(row, EvidenceRow)
        and row.field.is_figure
        and row.party_id
        and row.stance != "bystander"
        and (row.record_id, row.field) not in only_bystanders
    ]

    def is_read(row: EvidenceRow) -> bool:
        return row.read in {"document", "copy"}

    read = {(row.record_id, row.field, row.party_id) for row in figures if is_read(row)}
    expected = sum(
        (row.record_id, row.field, row.party_id) in read and not is_read(row) for row in figures
    )

    assert expected == sum(
        item.change not in {Change.WORD, Change.CURRENCY} for _, item in retold(facts)
    )


def test_words_are_those_of_the_evidence(page: str, facts: Facts, tables: TableRows) -> None:
    """Each figure that was given another word is counted, and what is met often is named."""
    drifted = [
        row
        for row in tables["evidence"]
        if isinstance(row, EvidenceRow) and row.stance == "drifted"
    ]
    counts = Counter((row.field.member, row.drift_metric_id) for row in drifted)
    rows = section(page, "Which words change")

    assert len(drifted) == len(words(facts))
    assert [number(row[2]) for row in rows] == sorted(
        (count for count in counts.values() if count >= OFTEN), reverse=True
    )


def test_examples_lead_to_records(page: str, root: Path, facts: Facts) -> None:
    """Each example is a fact of the record that it leads to."""
    examples = re.findall(r"^- \[(\S+) `(\S+)`\]\(\.\./\.\./(\S+)\)", page, re.MULTILINE)
    assert examples
    for case, path, file in examples:
        assert path in facts["cases", case]
        assert (root / file).is_file()
