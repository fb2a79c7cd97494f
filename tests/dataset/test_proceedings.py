"""Tests of :mod:`interpol_dataset.dataset.proceedings`, and of what is shown of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from interpol_dataset.dataset.proceedings import known_until
from interpol_dataset.dataset.voices import Speakers
from interpol_dataset.evidence.nature import is_judicial
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from interpol_dataset import Dataset


@pytest.mark.parametrize(
    ("path", "days", "expected"),
    [
        ("outcomes/convictions", [], "later proceedings not known"),
        ("outcomes/fines:KES@KEN~part", [None], "later proceedings not known"),
        ("outcomes/persons-charged", ["2019-10", None, "2020-01-08"], "as of 8 January 2020"),
        ("outcomes/persons-released", ["2016", "2015-12-31"], "as of 2016"),
        ("outcomes/arrests", ["2019-10"], None),
        ("period", [], None),
    ],
)
def test_a_judicial_figure_is_known_until_its_latest_day(
    path: str, days: list[str | None], expected: str | None
) -> None:
    """The latest day counts; without one it is said that nothing later is known."""
    assert expected == known_until(path, days)


def test_every_judicial_figure_says_as_of_when(dataset: Dataset) -> None:
    """In the sentence of the explanation and in the reference, and nowhere else."""
    speakers, rows = Speakers(dataset.tables), defaultdict(list)
    for row in dataset.tables.rows("evidence", record_table="cases"):
        rows[row["record_id"], row["field"]].append(row)
    facts = [
        fact
        for fact in dataset.tables.rows("verification", record_table="cases")
        if is_judicial(FactPath(fact["field"]))
    ]
    assert 100 < len(facts)
    for fact in facts:
        voices = speakers.voices(rows[fact["record_id"], fact["field"]])
        said = speakers.explain(fact, voices).sentence
        assert " As of " in said or "Later proceedings not known." in said, fact
    for fact in facts[::10]:
        cited = dataset.cite(fact["record_id"], fact["field"])
        assert ", as of " in cited or ", later proceedings not known" in cited, fact

    assert "proceedings" not in dataset.explain("haechi-iii", "arrests").sentence


def test_a_withheld_address_is_printed_nowhere(dataset: Dataset) -> None:
    """A reference gives publisher, day and a title of our own, and says why there is no address."""
    sources = {row["id"]: row for row in dataset.tables.rows("sources") if row["withheld"]}
    cases = {
        row["source_id"]: row["record_id"]
        for row in dataset.tables.rows("evidence", record_table="cases")
        if row["source_id"] in sources
    }
    assert 20 < len(sources)
    assert {*cases} == {*sources}
    for id_, row in sources.items():
        assert row["url"] is None
        assert row["archived_url"] is None
        (line,) = [x for x in dataset.cite(cases[id_]).splitlines() if row["title"] in x]
        assert line.rstrip(".").endswith(f"Address withheld: i{row['withheld'][1:].rstrip('.')}")
