"""Tests of :mod:`interpol_dataset.dataset.records`."""

from pathlib import Path

import pytest

from helpers.committed import without_phrases
from helpers.each import each
from helpers.edit import descriptor, edit
from interpol_dataset import Dataset, PackageError, UnknownRecordError, load
from interpol_dataset.dataset.export import export
from interpol_dataset.records import models as m
from interpol_dataset.records.document import Records
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.quantity import Quantity


def test_records_are_typed(small: Dataset) -> None:
    """Records of every kind are found by their ids."""
    case = small.case("alpha-ii")

    assert isinstance(case, m.Case)
    assert Quantity.parse("975") == case.reports[0].outcomes[0].value
    assert case.reports[0].period
    assert Edtf.parse("2022-06-28/2022-11-23") == case.reports[0].period.value
    assert small.category("fraud").name == "Fraud"
    (lesson,) = small.records().lessons
    assert (lesson.cases[0].case, lesson.cases[0].result) == ("alpha-i", "outcomes/arrests")
    assert small.claim("seed-p01-01").searches[0].looked_for == "Operation Beta"
    assert small.source("seed").asserter == "page-farm"


@each(
    "kind, id_, near",
    [
        ("case", "alpha-iii", "alpha-ii"),
        ("category", "online-fraudd", "online-fraud"),
        ("challenge", "no-power-of-arrests", "no-power-of-arrest"),
        ("lesson", "work-togethr", "work-together"),
        ("claim", "seed-p01-1", "seed-p01-01"),
        ("source", "sead", "seed"),
    ],
)
def test_unknown_ids_suggest_the_nearest(small: Dataset, kind: str, id_: str, near: str) -> None:
    """An id with a typo is refused, with the one that may be meant."""
    with pytest.raises(UnknownRecordError, match=f"there is no '{id_}'") as caught:
        getattr(small, kind)(id_)
    assert f"did you mean '{near}'?" == caught.value.hint


def test_retired_ids_are_followed(small: Dataset) -> None:
    """A retired id leads to the record that replaced it."""
    assert small.case("alpha-ii") == small.case("alpha-2")


def test_all_records(dataset: Dataset, records: Records) -> None:
    """All records of the built package are those that it was built from, but for their phrases."""
    assert without_phrases(records) == dataset.records()


def test_rows_that_do_not_hold_together(small: Dataset, tmp_path: Path) -> None:
    """Tables of the right types that make no records are a fault of the package, said in a line."""
    package = export(small.tables, tmp_path / "out", "jsonl")
    edit(package / "evidence.jsonl", ('"value":"', '"value":"no quantity '))
    with descriptor(package):
        pass
    with pytest.raises(PackageError, match="can't be read as records"):
        load(package).case("alpha-ii")
