"""Facts of a case: those of its headline columns, what became of it in court, what was meant."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.sentence import Labels
from interpol_dataset.dataset.tables import Tables, fitting
from interpol_dataset.schema.vocabulary import HEADLINES, PLAIN_UNITS, TAKEN_BACK
from interpol_dataset.suggest import nearest
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import date_in_words, lowered, step_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    Row = Mapping[str, Any]


#: How many facts of a case are named.
_MAX_NAMED: Final = 8


def fact_hint(
    tables: Tables,
    named: str,
    facts: Iterable[str],
    others: Iterable[str] = (),
    *,
    case: str | None = None,
) -> str:
    """
    Return a hint which fact was meant.

    A country is never a slip of another, and a place or a part that is named is kept.

    :param case: The case, if it is one: it has too many facts to name them all.
    """
    if case and named in HEADLINES:
        return f"it has no value: see 'interpol-dataset explain {case} {named}'"

    paths = [FactPath(fact) for fact in facts]
    known = [*paths, *others]
    wanted = FactPath(named)
    if wanted.kind == "countries" and wanted.member:
        code = wanted.member.upper()
        country = Labels(tables).of(f"countries/{code}")
        if country != code and f"countries/{code}" not in paths:
            listed = [path.member for path in paths if path.kind == "countries" and path.member]
            return f"no source lists {country}; listed are {', '.join(listed) or 'none'}"

    if wanted.kind != "outcomes":
        wanted = FactPath(f"outcomes/{named}")
    figures = [path for path in paths if path.kind == "outcomes"]
    alike = [path for path in figures if path.member == wanted.member]
    kept = [
        path
        for path in alike or figures
        if wanted.place in {None, path.place} and path.part.startswith(wanted.part)
    ]
    if alike and len(kept) != 1:
        return f"did you mean one of {', '.join(kept)}?" if kept else _it_has(alike, case)
    if alike:
        return f"did you mean '{kept[0]}'?"

    meant = (kept if wanted.place or wanted.part else []) or known
    written = {str(name): name for name in meant}
    written |= {path.removeprefix("outcomes/"): path for path in meant if path in figures}
    if near := nearest(named, written):
        return f"did you mean '{written[near]}'?"

    word = named.casefold()

    return _it_has(sorted(known, key=lambda path: (word not in path, path not in figures)), case)


def _it_has(names: Sequence[str], case: str | None) -> str:
    """Return the names there are; for a case, the first few and the command for the rest."""
    if case is None or len(names) <= _MAX_NAMED:
        return f"it has {', '.join(names)}"
    return f"it has {', '.join(names[:_MAX_NAMED])}, ...: see 'interpol-dataset show {case}'"


#: What the columns are the points of.
_COLUMNS: Final = {(item.metric, item.object): name for name, item in HEADLINES.items()}


def headlines(tables: Tables, **wanted: str) -> dict[str, dict[str, dict[str, Any]]]:
    """
    Return the rows of totals that the headline columns rest on, by case and column.

    There may be one where the column is empty: it says what is known that is less than a total. A
    package of some tables may have none.
    """
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    with fitting(tables):
        totals = tables.rows_if_there("case_totals", **wanted)
        for row in totals + tables.rows_if_there("case_object_totals", **wanted):
            column = _COLUMNS.get((row["metric_id"], row.get("object_id")))
            if column and row["unit"] in PLAIN_UNITS:
                found[row["case_id"]][column] = row
    return {
        case: {name: own[name] for name in HEADLINES if name in own} for case, own in found.items()
    }


def headline_totals(tables: Tables, case: str) -> dict[str, dict[str, Any]]:
    """Return the rows of totals that the headline columns of a case rest on, by column."""
    return headlines(tables, case_id=case).get(case, {})


def headline_label(names: Mapping[str, str], column: str) -> str:
    """Return what a headline column is about, in words."""
    item = HEADLINES[column]
    metric = lowered(names.get(item.metric, item.metric))
    return f"{metric}: {lowered(names.get(item.object, item.object))}" if item.object else metric


#: How many years after which a case has to be looked up again.
_YEARS: Final = (1, 2, 5)
#: What is said of one.
_ONE: Final = frozenset({"1", "at least 1"})


def known_until(steps: Iterable[Row], path: str) -> str:
    """Return up to when a step of proceedings is known, and what was taken back of it."""
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
    """Return a sentence on what became of a case."""
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
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def _at_last(row: Row) -> str:
    text = row["value_text"]
    words = step_in_words(FactPath(row["fact"]), is_one=text in _ONE)
    return f"{f'{text} ' if text else ''}{words} in {row['year']}"
