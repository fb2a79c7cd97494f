"""Tests of :mod:`interpol_dataset.totals.cases`: the year of a case, and what is counted once."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from helpers.each import each
from helpers.strategies import source
from interpol_dataset.evidence.facts import facts_of
from interpol_dataset.records import models as m
from interpol_dataset.tables.tabulate import year_of
from interpol_dataset.totals.cases import KnownCase, counted_in, known_case
from interpol_dataset.totals.figures import Catalogue
from interpol_dataset.totals.total import TotalKey

_ARRESTS = m.Metric(
    id="arrests", name="A", description="B.", dimension="count", adds_up=True, adding="C."
)
_NOTHING = Catalogue(parents={}, facets={}, rest=frozenset(), of_persons=frozenset({"arrests"}))
_KEY = TotalKey("arrests", None, None, "count")


def _known(
    id_: str,
    arrests: int | None = None,
    relations: list[dict[str, Any]] | None = None,
    **stated: str,
) -> KnownCase:
    report: dict[str, Any] = {"source": "page", "interpol_role": {"value": "led", "at": "lead"}}
    report["interpol_role"]["value"] = "supported"
    report |= {name: {"value": value, "at": "lead"} for name, value in stated.items()}
    if arrests is not None:
        report["outcomes"] = [{"metric": "arrests", "value": arrests, "at": "lead"}]
    case = m.Case.model_validate(
        {
            "id": id_,
            "name": id_,
            "categories": ["b"],
            "summary": "C.",
            "relations": relations or [],
            "reports": [report],
        }
    )
    facts = facts_of(case, {"page": source("page")}, {})

    return known_case(case, "b", facts, [_ARRESTS], _NOTHING)


def _counted(*cases: KnownCase) -> dict[str, str | None]:
    """Return in which case the arrests of each are counted."""
    known = {item.case.id: item for item in cases}
    return {id_: counted_in(_KEY, item, known) for id_, item in known.items() if item.totals}


@each(
    "start, end, announced, expected",
    [
        (date(2019, 11, 1), date(2020, 2, 29), date(2021, 1, 2), (2020, "ended")),
        (date(2019, 11, 1), None, date(2021, 1, 2), (2021, "announced")),
        (None, None, date(2021, 1, 2), (2021, "announced")),
        (date(2019, 11, 1), None, None, (2019, "began")),
        (None, None, None, (2018, "source")),
    ],
)
def test_the_year_is_that_of_the_end(
    start: date | None, end: date | None, announced: date | None, expected: tuple[int, str]
) -> None:
    """Then of the announcement, the beginning, the earliest source; without any there is none."""
    assert year_of(start, end, announced, date(2018, 3, 4)) == expected
    assert year_of(None, None, None, None) == (None, None)


def test_a_part_is_counted_in_its_whole() -> None:
    """In the nearest that states the same; a whole without a figure counts nothing."""
    part_of = [{"type": "part-of", "case": "middle"}]
    middle = [{"type": "part-of", "case": "whole"}]

    assert _counted(
        _known("part", 2, part_of), _known("middle", 3, middle), _known("whole", 5)
    ) == {"part": "middle", "middle": "whole", "whole": None}
    assert _counted(
        _known("part", 2, part_of), _known("middle", None, middle), _known("whole", 5)
    ) == {"part": "whole", "whole": None}
    assert _counted(_known("part", 2, part_of), _known("middle")) == {"part": None}


def test_a_shared_figure_counts_in_the_first() -> None:
    """Two operations that share one number have it once; other relations share nothing."""

    def pair(**shared: Any) -> dict[str, str | None]:
        return _counted(
            _known("a", 5, [{"type": "joint-with", "case": "b"} | shared]),
            _known("b", 5, [{"type": "joint-with", "case": "a"} | shared]),
        )

    assert pair(shared=["outcomes/arrests"]) == {"a": None, "b": "a"}
    assert pair() == {"a": None, "b": None}


@st.composite
def _forests(draw: st.DrawFn) -> list[KnownCase]:
    """Return cases each of which may be a part of an earlier one, with or without a figure."""
    cases = []
    for number in range(draw(st.integers(2, 6))):
        whole = draw(st.integers(-1, number - 1))
        relations = [{"type": "part-of", "case": f"case-{whole}"}] if whole >= 0 else []
        arrests = draw(st.none() | st.integers(1, 60))
        cases.append(_known(f"case-{number}", arrests, relations))
    return cases


@given(_forests())
def test_a_case_more_changes_no_other(cases: list[KnownCase]) -> None:
    """Which case is counted where depends on the cases that it is a part of, and no others."""
    *before, more = cases
    after = _counted(*cases)
    after.pop(more.case.id, None)
    assert after == _counted(*before)
