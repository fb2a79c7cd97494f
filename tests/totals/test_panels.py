"""Tests of :mod:`interpol_dataset.totals.panels`: the order of a series, and what is compared."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.strategies import date_texts, source
from interpol_dataset.evidence.facts import facts_of
from interpol_dataset.records import models as m
from interpol_dataset.totals.figures import Catalogue
from interpol_dataset.totals.measures import CaseFigures
from interpol_dataset.totals.operations import Operation
from interpol_dataset.totals.panels import Edition, editions

_NOTHING = Catalogue(parents={}, facets={}, rest=frozenset(), of_persons=frozenset())


def _operation(
    id_: str,
    edition: int | None = None,
    period: str | None = None,
    announced: str | None = None,
    part_of: str | None = None,
    series: str | None = "s",
) -> Operation:
    report: dict[str, Any] = {
        "source": "page",
        "interpol_role": {"value": "supported", "at": "lead"},
    }
    report |= {"period": {"value": period, "at": "lead"}} if period else {}
    report |= {"announced": {"value": announced, "at": "lead"}} if announced else {}
    case = m.Case.model_validate(
        {
            "id": id_,
            "name": id_,
            "series": series,
            "edition": edition,
            "categories": ["b"],
            "summary": "C.",
            "relations": [{"type": "part-of", "case": part_of}] if part_of else [],
            "reports": [report],
        }
    )
    facts = facts_of(case, {"page": source("page")}, {})

    return Operation(case, CaseFigures(facts, "b", {}, _NOTHING, lambda *_: None), {})


def _panel(*operations: Operation) -> list[Edition]:
    return list(editions({item.case.id: item for item in operations}))


def _before(*operations: Operation) -> dict[str, str | None]:
    """Return the operations in their order, each with the one before."""
    return {
        item.operation.case.id: item.previous and item.previous.case.id
        for item in _panel(*operations)
    }


def test_operations_without_a_number_are_in_their_series() -> None:
    """They stand where their dates put them, and are compared with the one before."""
    found = _panel(
        _operation("c", None, "2020"),
        _operation("a", 1, "2014"),
        _operation("other", series=None),
        _operation("b", None, None, "2016-05-01"),
    )

    assert [("a", 1, None), ("b", 2, "a"), ("c", 3, "b")] == [
        (item.operation.case.id, item.position, item.previous and item.previous.case.id)
        for item in found
    ]


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        pytest.param(
            [("a", 1, "2014"), ("b", 3, "2016"), ("c", 4, "2018")],
            {"a": None, "b": None, "c": "b"},
            id="numbers that are not neighbours",
        ),
        pytest.param(
            [("vi", 6, "2021"), ("vii", 7, "2022-09"), ("viii", 8, "2022-06")],
            {"vi": None, "viii": "vii", "vii": "vi"},
            id="a number goes before a date",
        ),
        pytest.param(
            [("a", 1, "2014"), ("b", 2, None), ("c", None, None)],
            {"a": None, "c": None, "b": "a"},
            id="without a date only a number has one before",
        ),
        pytest.param(
            [("a", None, "2014"), ("b", None, "2016"), ("c", None, "2016"), ("d", None, "2018")],
            {"a": None, "b": None, "c": None, "d": None},
            id="on one day nothing says which was first",
        ),
        pytest.param(
            [("a", None, "2011"), ("b", None, "2012"), ("c", None, "2012-05"), ("d", None, "2014")],
            {"a": None, "b": None, "c": None, "d": None},
            id="a year leaves open what began before a month of it",
        ),
        pytest.param(
            [("a", None, "2011-12~"), ("b", None, "2012-01")],
            {"a": None, "b": None},
            id="about a month may be after the next",
        ),
        pytest.param(
            [("a", 3, "2011"), ("b", None, "2012"), ("c", 9, "2013")],
            {"a": None, "b": "a", "c": "b"},
            id="one number is enough to be compared by dates",
        ),
        pytest.param(
            [("a", 1, "2011"), ("b", 1, "2012"), ("c", 2, "2013")],
            {"a": None, "b": None, "c": None},
            id="two have the number before",
        ),
    ],
)
def test_the_one_before(
    operations: list[tuple[str, int | None, str | None]], expected: dict[str, str | None]
) -> None:
    """The number before decides, else dates that leave nothing open; else there is none."""
    found = _before(*(_operation(*item) for item in operations))

    assert expected == found
    assert [*expected] == [*found]


def test_a_part_is_not_compared_with_its_whole() -> None:
    """Parts of a project of the series are compared with each other, across it."""
    assert {"whole": None, "a": None, "b": "a"} == _before(
        _operation("whole", None, "2020"),
        _operation("a", None, "2021", part_of="whole"),
        _operation("b", None, "2022", part_of="whole"),
    )
    assert {"a": None, "whole": None} == _before(
        _operation("a", None, "2020", part_of="whole"), _operation("whole", None, "2021")
    )


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(1, 6),
            st.none() | date_texts(),
            st.none() | st.dates().map(str),
            st.sampled_from([None, "o0"]),
            st.sampled_from(["s", "t"]),
        ),
        max_size=7,
    )
)
def test_any_series(drawn: list[tuple[Any, ...]]) -> None:
    """A series is whole and in order; what is before is in it and, but for numbers, earlier."""
    operations = [
        _operation(f"o{at}", number, period, day, whole if at else None, series)
        for at, (number, period, day, whole, series) in enumerate(drawn)
    ]
    found = _panel(*operations)

    assert sorted(item.case.id for item in operations) == sorted(
        item.operation.case.id for item in found
    )
    for name in {item.operation.case.series for item in found}:
        rows = [item for item in found if item.operation.case.series == name]
        firsts = [row.operation.began[0] for row in rows if row.operation.began]
        assert [row.position for row in rows] == list(range(1, len(rows) + 1))
        assert firsts == sorted(firsts)
        assert [row.operation.began for row in rows[len(firsts) :]] == [None] * (
            len(rows) - len(firsts)
        )

    for item in found:
        now, then = item.operation, item.previous
        if then is None:
            continue
        assert now.case.series == then.case.series
        assert now is not then
        if now.case.edition and then.case.edition:
            assert now.case.edition == then.case.edition + 1
        else:
            assert now.began
            assert then.began
            assert then.began[1] < now.began[0]
            assert then.case.id not in {now.part_of, now.case.id}
