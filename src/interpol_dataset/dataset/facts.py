"""Facts of a case by their paths: those of its headline columns, and which one was meant."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.dataset.sentence import Labels
from interpol_dataset.dataset.tables import fitting
from interpol_dataset.schema.vocabulary import HEADLINES, PLAIN_UNITS
from interpol_dataset.suggest import nearest
from interpol_dataset.values.fact_path import FactPath
from interpol_dataset.values.words import lowered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from interpol_dataset.dataset.tables import Tables


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

    :param tables: The tables, for the names of countries.
    :param named: The fact that is not there; an outcome also without ``outcomes/``.
    :param facts: The paths of the facts that there are.
    :param others: What else could have been named.
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


_TABLES: Final = ("case_totals", "case_object_totals")

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
        rows = (row for name in _TABLES for row in tables.rows_if_there(name, **wanted))
        for row in rows:
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
    """
    Return what a headline column is about, in words.

    :param names: The names of metrics and objects, by id.
    :param column: The column.
    """
    item = HEADLINES[column]
    metric = lowered(names.get(item.metric, item.metric))
    return f"{metric}: {lowered(names.get(item.object, item.object))}" if item.object else metric
