"""
Write the page on data quality.

It is filled in from the tables in ``quality/``, which only new readings change: run
``make tools WHAT=readings`` after them. Four short tables are written as CSV, and become Parquet
here. A test compares the page with the tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import sqrt
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyarrow import csv, parquet

from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa


ROOT: Final = Path(__file__).parents[1]
QUALITY: Final = ROOT / "quality"
PAGE: Final = ROOT / "docs" / "trust" / "data-quality.md"
TABLES: Final = ("cells", "codes", "audit", "pages", "claims")
#: Those that are written as CSV.
WRITTEN: Final = ("rounds", "kinds_of_error", "status_samples", "agreement")

#: What the summary says of the latest sample: the kinds of its cells, and an aspect of them.
KINDS: Final[Mapping[str, Sequence[Any]]] = {
    "all statements": [()],
    "figures of outcomes": [("outcomes",)],
    "periods": [("period",)],
    "INTERPOL's role": [("interpol_role",)],
    "other bodies": [("organizations",)],
    "listed countries": [("countries",)],
    "hedges": [("outcomes",), "hedge"],
}

#: The samples of statuses by the rules of today begin with this.
RULES: Final = "rules 3.0"

#: Of fewer pages the spread between them says nothing.
FEWEST_PAGES: Final = 20

Row: TypeAlias = dict[str, str]
#: A row of a table that is written as CSV: numbers are numbers.
Typed: TypeAlias = dict[str, Any]


def readings(tables: Mapping[str, list[Typed]]) -> str:
    """
    Render the page as Markdown.

    :param tables: The rows of :data:`TABLES` and :data:`WRITTEN`, by their names.
    """
    environment = Environment(  # noqa: S701  # Markdown, of our own tables
        loader=FileSystemLoader(Path(__file__).parent),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        filter_.__name__: filter_
        for filter_ in (
            *(agreement, alike, apart, counted, counted_wrong, grouped, judged, latest),
            *(latest_sample, latest_statuses, of_kind, one_sided, pages, same, shown, tally),
            *(total, unstated),
        )
    }

    return environment.get_template("data-quality.md.jinja").render(tables)


def shown(number: int) -> str:
    """Return a number with a comma before each three digits."""
    return f"{number:,}"


def grouped(rows: list[Row], column: str) -> dict[str, list[Row]]:
    """Return rows by what they have in a column, in the order in which that first occurs."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)

    return groups


def latest(rows: list[Row]) -> list[Row]:
    """Return the rows of the sample that was drawn last."""
    return [row for row in rows if row["sample"] == rows[-1]["sample"]]


def of_kind(rows: list[Row], *kinds: str) -> list[Row]:
    """Return the cells of some kinds; all where none is named."""
    return [row for row in rows if not kinds or row["field"].partition("/")[0] in kinds]


def page_of(row: Row) -> tuple[str, str]:
    """Return which page of which case a cell is on."""
    return row["case"], row["source"]


def pages(rows: list[Row]) -> set[tuple[str, str]]:
    """Return the pages that cells are on."""
    return {*map(page_of, rows)}


def tally(words: Iterable[str]) -> list[tuple[str, int]]:
    """Return how often each word occurs, the most frequent first."""
    return Counter(words).most_common()


def total(column: str, rows: list[Row]) -> str:
    """Return the sum of a column."""
    return shown(sum(int(row[column]) for row in rows))


def one_sided(rows: list[Row]) -> list[Row]:
    """Return the cells that only one reader states."""
    return [row for row in rows if not (row["first"] and row["second"])]


def alike(rows: list[Row]) -> int:
    """Return in how many cells the two readers state the same."""
    return sum(row["first"] == row["second"] for row in rows)


def unstated(rows: list[Row], reader: str) -> str:
    """Return how many cells a reader does not state."""
    return shown(sum(not row[reader] for row in rows))


def same(rows: list[Row]) -> str:
    """Return in how many of the cells that both readers state they agree."""
    both = [row for row in rows if row["first"] and row["second"]]

    return f"{alike(both):,} of {len(both):,}{share(alike(both), len(both))}"


def counted_missing(cells: list[Row]) -> list[str]:
    """Return how many figures pages state, how many of them the records did not have, the share."""
    figures = of_kind(cells, "outcomes")
    stated = [row for row in figures if row["verdict"] not in {"left-out", "unsupported"}]
    lacking = [row["verdict"] == "missing" for row in stated]

    return [shown(len(stated)), shown(sum(lacking)), share_of(stated, lacking).strip(" ()")]


def judged(audit: list[Row], *aspects: str) -> list[Row]:
    """Return the cells that were seen on their pages, and judged by these aspects."""
    seen = [row for row in audit if row["value"] in {"ok", "wrong"}]

    return [row for row in seen if {row[name] for name in aspects} <= {"ok", "off", "wrong"}]


def wrong(rows: list[Row], aspect: str | None = None) -> list[bool]:
    """Return for each cell whether it is wrong in an aspect, or in any that makes it wrong."""
    if aspect:
        return [row[aspect] != "ok" for row in rows]

    return ["wrong" in itemgetter("value", "metric", "scope", "hedge")(row) for row in rows]


def agreement(rows: list[Row]) -> str:
    """Return how often two readers gave the same code, and what that is worth."""
    if not rows:
        return ""
    found = alpha([(row["first"], row["second"]) for row in rows])

    return f"{alike(rows):,} of {len(rows):,}; {'no alpha' if found is None else f'{found:.2f}'}"


def counted_wrong(rows: list[Row], aspect: str | None = None) -> list[str]:
    """Return how many cells there are, how many are wrong (in an aspect), and the share."""
    hits = wrong(rows, aspect)

    return [shown(len(rows)), shown(sum(hits)), share_of(rows, hits).strip(" ()")]


def apart(cells: list[Row]) -> list[str]:
    """Return in what the paths differ of numbers of one page that each reader has under one."""
    alone = [
        row
        for row in one_sided(of_kind(cells, "outcomes"))
        if row["verdict"] in {"first", "second", "neither", "both"}
    ]
    seconds: dict[tuple[str, ...], list[FactPath]] = defaultdict(list)
    for row in alone:
        if row["second"]:
            seconds[row["sample"], *page_of(row), row["second"]].append(FactPath(row["field"]))
    found = []
    for row in alone:
        others = seconds[row["sample"], *page_of(row), row["first"]] if row["first"] else []
        if not others:
            continue
        path = FactPath(row["field"])
        nearest = min(others, key=lambda other: len(differences(path, other)))
        others.remove(nearest)
        differ = differences(path, nearest) or ["only the name of a part"]
        found.append(differ[0] if len(differ) == 1 else "several of these")

    return found


def differences(one: FactPath, other: FactPath) -> list[str]:
    """Return in what two paths of figures differ, but for the names of parts."""
    differ = {
        "metric": one.member != other.member,
        "object": one.object != other.object,
        "country": one.place != other.place,
        "total or part": one.is_part != other.is_part,
    }

    return [words for words, is_other in differ.items() if is_other]


def share(hits: int, of: int) -> str:
    """Return a share in brackets; nothing of nothing is no share."""
    return f" ({100 * hits / of:.1f} %)" if of else ""


def share_of(rows: list[Row], hits: Sequence[bool]) -> str:
    """Return the share of the cells that are hits, in brackets, with its interval."""
    if not rows:
        return ""
    by_page: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row, hit in zip(rows, hits, strict=True):
        by_page[page_of(row)].append(hit)
    low, high = interval([(sum(found), len(found)) for found in by_page.values()])

    return f" ({100 * sum(hits) / len(rows):.1f} %; {100 * low:.1f} to {100 * high:.1f})"


def alpha(pairs: Sequence[tuple[object, object]]) -> float | None:
    """
    Return Krippendorff's alpha for nominal values of two readers, none missing.

    :param pairs: What the one and the other said of each unit.
    :returns: 1 where they always agree, 0 where they do by chance; none if only one value occurs.

    Source: Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability, section C.
    """
    counts = Counter(value for pair in pairs for value in pair)
    total = 2 * len(pairs)
    expected = 1 - sum(n * (n - 1) for n in counts.values()) / (total * (total - 1))
    observed = 1 - sum(one == other for one, other in pairs) / len(pairs)

    return 1 - observed / expected if expected else None


def wilson(hits: float, of: float) -> tuple[float, float]:
    """
    Return the 95 % interval of a share.

    :param hits: How many there were.
    :param of: Of how many, above 0; of a sample in clusters its effective size.

    Source: Wilson, E. B. (1927), Probable inference, the law of succession, and statistical
    inference, Journal of the American Statistical Association 22.
    """
    z = 1.96
    middle = hits + z * z / 2
    spread = z * sqrt(hits * (of - hits) / of + z * z / 4)

    return (middle - spread) / (of + z * z), (middle + spread) / (of + z * z)


def interval(pages: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """
    Return the 95 % interval of a share of cells, of which those of one page hang together.

    :param pages: For each page how many of its cells are hits, and how many there are.

    Source: Korn, E. L. and Graubard, B. I. (1998), Confidence intervals for proportions with small
    expected number of positive counts estimated from survey data, Survey Methodology 24: the
    sample is as good as one of the effective size, drawn cell by cell.
    """
    hits, of = (sum(column) for column in zip(*pages, strict=True))
    share, count = hits / of, len(pages)
    spread = sum((hit - share * size) ** 2 for hit, size in pages)
    if not spread or count < FEWEST_PAGES:
        return wilson(hits, of)
    variance = count / (count - 1) * spread / of**2
    effective = min(float(of), share * (1 - share) / variance)

    return wilson(share * effective, effective)


def written(name: str) -> pa.Table:
    """
    Return a table that is written as CSV, its columns typed.

    Samples of statuses get the share that holds, and its interval.
    """
    nothing = csv.ConvertOptions(strings_can_be_null=True)
    table = csv.read_csv(QUALITY / f"{name}.csv", convert_options=nothing)
    if name != "status_samples":
        return table

    return table.append_column("interval", [[*map(interval_of_status, table.to_pylist())]])


def interval_of_status(row: Typed) -> str:
    """Return the share of judged facts that hold, with its interval."""
    low, high = wilson(row["holds"], row["judged"])

    return f"{100 * row['holds'] / row['judged']:.0f} %; {100 * low:.0f} to {100 * high:.0f}"


def counted(row: Typed, of: str, what: str) -> str:
    """Return how many of a round's cells are something, with the interval if it was a sample."""
    if row[what] is None:
        return ""
    if row[of] is None:
        return shown(row[what])
    text = f"{row[what]:,} of {row[of]:,} ({100 * row[what] / row[of]:.1f}"
    low, high = row[f"{what}_low"], row[f"{what}_high"]

    return f"{text})" if low is None else f"{text}; {low} to {high})"


def latest_sample(audit_and_cells: tuple[list[Row], list[Row]]) -> list[list[str]]:
    """Return what was judged, what is wrong or missing, the share, and the share in all rounds."""
    audit, cells = audit_and_cells
    rows = []
    for words, (kinds, *aspect) in KINDS.items():
        here, everywhere = (
            counted_wrong(judged(of_kind(drawn, *kinds), *aspect), *aspect)
            for drawn in (latest(audit), audit)
        )
        rows.append([words, *here, everywhere[-1]])

    return [*rows, ["figures missing", *counted_missing(latest(cells)), counted_missing(cells)[-1]]]


def latest_statuses(samples: list[Typed]) -> list[list[object]]:
    """Return of each status how many facts were judged last, and how many of them hold."""
    names = ("status", "judged", "holds", "interval")
    last = {row["status"]: row for row in samples if row["sample"].startswith(RULES)}

    return [[row[name] for name in names] for row in last.values()]


if __name__ == "__main__":
    for name in WRITTEN:
        parquet.write_table(written(name), QUALITY / f"{name}.parquet")
    found = {
        name: parquet.read_table(QUALITY / f"{name}.parquet").to_pylist()
        for name in (*TABLES, *WRITTEN)
    }
    PAGE.write_text(readings(found), "utf-8")
