"""
What became of cases in court: what stands, up to when it is known, and which to look up again.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.schema.vocabulary import TAKEN_BACK
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import date_in_words, step_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from interpol_dataset.dataset.tables import Tables

    Row = Mapping[str, Any]


#: How many years after which a case has to be looked up again.
_YEARS: Final = (1, 2, 5)

#: What is said of one.
_ONE: Final = frozenset({"1", "at least 1"})


def known_until(steps: Iterable[Row], path: str) -> str:
    """
    Return up to when a step of proceedings is known, and what was taken back of it.

    :param steps: Rows of the case in ``proceedings``.
    :param path: The path of a fact; nothing is said of one that is not a step.
    """
    fact = FactPath(path)
    if fact.kind != "proceedings":
        return ""
    # A step without a country may be of several.
    own = [row for row in steps if row["source_id"] and fact.place in {None, row["country"]}]
    back = [
        f"; later {_at_last(row)}"
        for row in own
        if row["outcome"] == "taken-back"
        and TAKEN_BACK[row["what"]] == fact.member
        and fact.object != "companies"
        and (fact.part_name == row["group"] or not (fact.place or fact.part_name))
        and row["year"] >= (fact.year or 0)
    ]

    return f"as of {max((row['year'] for row in own), default=fact.year)}{''.join(back)}"


def became(steps: Iterable[Row], searches: Iterable[Row], convictions: Row | None) -> str:
    """
    Return a sentence on what became of a case.

    :param steps: Its rows in ``proceedings``.
    :param searches: Its rows in ``searches``.
    :param convictions: Its row of convictions in ``case_totals``, if it has one.
    """
    years = [row["year"] for row in steps if row["source_id"]]
    if convictions is not None:
        known, number = convictions["known_until"], convictions["value_text"]
        stand = "conviction stands" if number in _ONE else "convictions stand"
        return f"{'No' if number == '0' else number.capitalize()} {stand}, as of {known}."
    if years:
        return f"No conviction is known that stands, as of {max(years)}."
    days = [str(row["searched_on"]) for row in searches if row["sought"] == "proceedings"]
    if days:
        day = date_in_words(Edtf.parse(max(days)))
        return f"What courts made of it was looked for on {day} and not found."

    return "Nobody has looked yet for what courts made of it."


def due(tables: Tables, day: date) -> set[str]:
    """
    Return the cases that were announced 12, 24 or 60 months ago and not looked up since.

    A case was looked up on the days of its searches for proceedings, and when a source of a step
    was read.
    """
    read = {row["id"]: row["retrieved"] for row in tables.rows("sources")}
    looked: dict[str, list[date]] = defaultdict(list)
    for row in tables.rows("searches", record_table="cases", sought="proceedings"):
        looked[row["record_id"]].append(row["searched_on"])
    for row in tables.rows("evidence", record_table="cases"):
        if FactPath(row["field"]).kind == "proceedings":
            looked[row["record_id"]].append(read[row["source_id"]])

    found = set()
    for case in tables.rows("cases"):
        announced = case["announced"]
        days = [_years_after(announced, years) for years in _YEARS] if announced else []
        since = max((at for at in days if at <= day), default=None)
        if since and not any(since <= at <= day for at in looked[case["id"]]):
            found.add(case["id"])

    return found


def _years_after(day: date, years: int) -> date:
    """Return a day some years later; of 29 February the day before."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def _at_last(row: Row) -> str:
    text = row["value_text"]
    words = step_in_words(FactPath(row["fact"]), is_one=text in _ONE)
    return f"{f'{text} ' if text else ''}{words} in {row['year']}"
