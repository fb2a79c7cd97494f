"""
The page on second readings and the audit of cells, in numbers.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from pyarrow import parquet

from interpol_dataset.docs import markdown
from interpol_dataset.docs.statistics import alpha, interval
from interpol_dataset.values.fact_path import FactPath

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


#: The page, and the tables that it is rendered from, in the project.
PAGE: Final = "docs/readings.md"
TABLES: Final = {
    "cells": "quality/cells.parquet",
    "codes": "quality/codes.parquet",
    "audit": "quality/audit.parquet",
    "pages": "quality/pages.parquet",
}

_KINDS: Final = {
    "outcomes": "figures of outcomes",
    "country_count": "numbers of countries",
    "countries": "listed countries, and whether the list is complete",
    "period": "periods",
    "announced": "days of announcement",
    "interpol_role": "INTERPOL's role",
    "organizations": "roles of organizations",
}
_CODES: Final = {
    "asserter": "asserter: on whose word the page's main figures rest",
    "attribution": "attribution: a document, a copy or a retelling",
    "joint": "joint text: issued by several bodies",
    "role": "INTERPOL's role, where both state one",
}
_SEEN: Final = {
    "whole": "to its end",
    "part": "as far as an excerpt shows it",
    "no": "not found again",
}
_VERDICTS: Final = {
    "first": "the record is right",
    "second": "the second reader is right",
    "neither": "neither is right",
    "both": "one statement, coded in two ways",
    "missing": "stated on the page, and missing in the record",
    "left-out": "rightly left out",
    "unsupported": "not on the page, and taken out of the record",
    "not-found": "not settled: that part of the page was not seen again",
}

#: What is judged of a cell: its column, which kinds of cells, and what to say.
_ASPECTS: Final = (
    ("value", {"outcomes", "country_count"}, "number"),
    ("value", {"countries", "organizations", "tools"}, "country, body or means; its role"),
    ("value", {"interpol_role"}, "INTERPOL's role"),
    ("value", {"period", "announced"}, "date"),
    ("metric", {"outcomes"}, "metric and object"),
    ("scope", {"outcomes"}, "scope: place, part, and whether it is this case's"),
    ("hedge", {"outcomes"}, "hedge"),
    ("asserter", {*_KINDS, "tools"}, "attribution to another body"),
    ("locator", {*_KINDS, "tools"}, "locator"),
)

Row = dict[str, str]


def readings(tables: Mapping[str, bytes]) -> str:
    """
    Render the page as Markdown.

    :param tables: The contents of :data:`TABLES`, by their names there.
    """
    cells, codes, audit, pages = (_rows(tables[name]) for name in TABLES)
    lines = [
        "# Second readings in numbers",
        "",
        "`interpol-dataset build` writes this page from four tables: what two readers made of",
        "[every cell](../quality/cells.parquet), their [codes](../quality/codes.parquet) of every",
        "page, an [audit](../quality/audit.parquet) of cells drawn at random, and the",
        "[pages](../quality/pages.parquet) that were read again.",
        "[Data quality](data-quality.md) says how the samples were drawn and what followed.",
        "",
        "## The latest samples in short",
        "",
        *_in_short(cells, codes, audit),
        "",
        "## Cells",
        "",
        "A cell is one statement of one source about one fact. Two agree only if they are",
        "identical. The tables have the other samples, too.",
        "",
        *_by_kind(cells),
        "",
        "## How the differences were settled",
        "",
        "By the second reader or a third, with both readings and the page at hand.",
        "",
        *_by_verdict(cells),
        "",
        "## Codes that decide a status",
        "",
        *_by_code(codes),
        "",
        _joint_texts(codes),
        "",
        "## Audit",
        "",
        "Cells of one page hang together; the intervals allow for it. What was wrong in each",
        "cell is the `remark` in the [table](../quality/audit.parquet).",
        "",
        *_audit(audit),
        "## Pages read again",
        "",
        "By how the pages were read. The number of statements compared next to the records was",
        "counted by eye.",
        "",
        *_pages(pages),
    ]

    return "\n".join(lines) + "\n"


def _rows(content: bytes) -> list[Row]:
    rows: list[Row] = parquet.read_table(io.BytesIO(content)).to_pylist()
    return rows


def _by_sample(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the rows of each sample, and of all."""
    return _grouped(rows, itemgetter("sample")) | {"all": rows}


def _latest_and_all(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the rows of the sample that was drawn last, and of all."""
    return {rows[-1]["sample"]: _latest(rows), "all samples": rows}


def _grouped(rows: list[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    """Return rows by what they have in common, in the order in which that first occurs."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)

    return groups


def _latest(rows: list[Row]) -> list[Row]:
    """Return the rows of the sample that was drawn last."""
    return [row for row in rows if row["sample"] == rows[-1]["sample"]]


def _in_short(cells: list[Row], codes: list[Row], audit: list[Row]) -> Iterator[str]:
    cells, codes, judged = _latest(cells), _latest(codes), _judged(_latest(audit))
    wrong = [_is_wrong(row) for row in judged]
    stated, missing = _missing(cells)
    figures = [row for row in cells if _kind(row) == "outcomes"]

    yield f"- Statements: {sum(wrong)} of {len(judged):,} wrong{_share_of(judged, wrong)}."
    yield f"- Figures that pages state: {stated}; missing in the records: {missing}."
    yield f"- Figures that both readers state under one path: {_same(figures)} the same."
    alike = sum(row["first"] == row["second"] for row in figures)
    yield (
        f"- Figures under one path and the same with both, of all that either states: {alike:,} of"
        f" {len(figures):,}{_share(alike, len(figures))}."
    )
    apart = [row for row in figures if not (row["first"] and row["second"])]
    verdicts = Counter(row["verdict"] for row in apart)
    yield "- Figures that one reader states, or both under two paths:"
    for verdict, count in verdicts.most_common():
        yield f"  - {_VERDICTS[verdict]}: {count:,}"
    yield "- Codes, the same, and Krippendorff's alpha:"
    by_code = _grouped(codes, itemgetter("code"))
    for code in ("asserter", "attribution", "role"):
        yield f"  - {_CODES[code].partition(':')[0]}: {_agreement(by_code.get(code, []))}"


def _by_kind(cells: list[Row]) -> Iterator[str]:
    samples = {
        name: _grouped(rows, _kind) | {"": rows} for name, rows in _latest_and_all(cells).items()
    }
    kinds = _KINDS | {"": "all"}
    yield from markdown.table(
        ["both state it, the same", *samples],
        [
            [words, *(_same(rows.get(kind, [])) for rows in samples.values())]
            for kind, words in kinds.items()
        ],
    )
    yield ""
    yield from markdown.table(
        ["stated by one reader", *samples],
        [
            [
                f"only by the {one}{f': {_KINDS[kind]}' if kind else ''}",
                *(
                    f"{sum(not row[other] for row in rows.get(kind, [])):,}"
                    for rows in samples.values()
                ),
            ]
            for one, other in (("first", "second"), ("second", "first"))
            for kind in ("", "outcomes")
        ],
    )


def _same(rows: list[Row]) -> str:
    """Return in how many of the cells that both readers state they agree."""
    both = [row for row in rows if row["first"] and row["second"]]
    same = sum(row["first"] == row["second"] for row in both)

    return f"{same:,} of {len(both):,}{_share(same, len(both))}"


def _kind(row: Row) -> str:
    return row["field"].partition("/")[0]


def _by_verdict(cells: list[Row]) -> Iterator[str]:
    settled = [row for row in cells if row["verdict"]]
    counts = Counter((row["verdict"], _kind(row) == "outcomes") for row in settled)
    yield from markdown.table(
        ["verdict", "figures of outcomes", "other cells"],
        [
            [words, f"{counts[verdict, True]:,}", f"{counts[verdict, False]:,}"]
            for verdict, words in _VERDICTS.items()
        ],
    )

    yield ""
    yield from markdown.table(
        ["sample", "figures that the pages state", "missing in the records, 95 % interval"],
        [[name, *_missing(rows)] for name, rows in _by_sample(cells).items()],
    )
    yield ""
    yield "A figure under two paths is two cells here, which makes the share a little too small."
    yield ""
    yield "Where the two readers put one number of one page under two paths, they differ in:"
    yield ""
    apart = _apart(cells)
    yield from markdown.table(
        ["what differs", "figures", "share"],
        [
            [words, f"{count:,}", f"{100 * count / apart.total():.0f} %"]
            for words, count in apart.most_common()
        ],
    )


def _apart(cells: list[Row]) -> Counter[str]:
    """Count in what the paths differ of numbers of one page that each reader has under one."""
    alone = [
        row
        for row in cells
        if _kind(row) == "outcomes"
        and not (row["first"] and row["second"])
        and row["verdict"] in {"first", "second", "neither", "both"}
    ]
    seconds: dict[tuple[str, ...], list[FactPath]] = defaultdict(list)
    for row in alone:
        if row["second"]:
            seconds[row["sample"], *_page(row), row["second"]].append(FactPath(row["field"]))
    counts: Counter[str] = Counter()
    for row in alone:
        others = seconds[row["sample"], *_page(row), row["first"]] if row["first"] else []
        differ, nearest = min(
            ((_differences(FactPath(row["field"]), other), other) for other in others),
            key=lambda found: len(found[0]),
            default=([], None),
        )
        if nearest is not None:
            others.remove(nearest)
            name = differ[0] if differ else "only the name of a part"
            counts[name if len(differ) <= 1 else "several of these"] += 1

    return counts


def _differences(one: FactPath, other: FactPath) -> list[str]:
    """Return in what two paths of figures differ, but for the names of parts."""
    differ = {
        "metric": one.member != other.member,
        "object": one.object != other.object,
        "country": one.place != other.place,
        "total or part": one.is_part != other.is_part,
    }

    return [words for words, is_other in differ.items() if is_other]


def _missing(cells: list[Row]) -> tuple[str, str]:
    """Return how many figures pages state, and how many of them the records did not have."""
    figures = [row for row in cells if _kind(row) == "outcomes"]
    stated = [row for row in figures if row["verdict"] not in {"left-out", "unsupported"}]
    missing = [row["verdict"] == "missing" for row in stated]

    return f"{len(stated):,}", f"{sum(missing)}{_share_of(stated, missing)}"


def _by_code(codes: list[Row]) -> Iterator[str]:
    by_code = itemgetter("code")
    samples = {name: _grouped(rows, by_code) for name, rows in _latest_and_all(codes).items()}
    yield from markdown.table(
        ["code: same, and Krippendorff's alpha (nominal)", *samples],
        [
            [words, *(_agreement(rows.get(code, [])) for rows in samples.values())]
            for code, words in _CODES.items()
        ],
    )


def _joint_texts(codes: list[Row]) -> str:
    """Return how rarely a joint text can be recognized from one page."""
    counts = Counter((row["first"], row["second"]) for row in codes if row["code"] == "joint")
    alike, by_first, by_second = (
        counts[pair] for pair in (("yes", "yes"), ("yes", "no"), ("no", "yes"))
    )

    return (
        "Joint texts can seldom be recognized from one page: most were found by comparing pages."
        f"\nOf the {alike + by_first} that the records have on these pages, the second readers saw"
        f" {alike}; {by_second} only they saw."
    )


def _agreement(rows: list[Row]) -> str:
    """Return how often two readers gave the same code, and what that is worth."""
    pairs = [(row["first"], row["second"]) for row in rows]
    if not pairs:
        return ""
    same = sum(one == other for one, other in pairs)
    found = alpha(pairs)

    return f"{same:,} of {len(pairs):,}; {'no alpha' if found is None else f'{found:.2f}'}"


def _audit(audit: list[Row]) -> Iterator[str]:
    for sample, drawn in _grouped(audit, itemgetter("sample")).items():
        judged = _judged(drawn)
        wrong = [_is_wrong(row) for row in judged]
        pages = len({_page(row) for row in judged})
        yield (
            f"- {sample.capitalize()}: {len(drawn):,} cells looked up, {len(judged):,} of them"
            f" seen on their {pages} pages; {sum(wrong)} wrong in value, metric, scope or hedge"
            f"{_share_of(judged, wrong)}."
        )

    yield ""
    yield "Of the latest sample and of all:"
    yield ""
    latest, every = _judged(_latest(audit)), _judged(audit)
    yield from markdown.table(
        ["what was judged", "latest", "wrong", "share, 95 % interval", "all", "wrong", "share"],
        [
            [words, *_aspect(latest, aspect, kinds), *_aspect(every, aspect, kinds)]
            for aspect, kinds, words in _ASPECTS
        ],
    )
    yield ""


def _judged(audit: list[Row]) -> list[Row]:
    """Return the cells that were seen on their pages."""
    return [row for row in audit if row["value"] in {"ok", "wrong"}]


def _pages(pages: list[Row]) -> Iterator[str]:
    counts = ("compared", "changed", "missing", "added")
    for reading, read in _grouped(pages, itemgetter("reading")).items():
        found = _grouped(read, itemgetter("seen"))
        by_seen = {words: found.get(seen, []) for seen, words in _SEEN.items()}
        yield f"**{reading.capitalize()}**:"
        yield ""
        yield from markdown.table(
            ["page", "pages", "compared", "changed", "figures missing", "statements added"],
            [
                [
                    words,
                    f"{len(rows):,}",
                    *(f"{sum(int(row[name]) for row in rows):,}" for name in counts),
                ]
                for words, rows in (by_seen | {"all": read}).items()
            ],
        )
        yield ""

    seen = {_page(row) for row in pages if row["seen"] != "no"}
    never = {_page(row) for row in pages} - seen
    yield f"Found neither time: {len(never):,} of {len(seen | never):,} pages."


def _is_wrong(row: Row) -> bool:
    return "wrong" in {row[aspect] for aspect in ("value", "metric", "scope", "hedge")}


def _aspect(judged: list[Row], aspect: str, kinds: set[str]) -> list[str]:
    """Return how many cells of these kinds were judged, how many are wrong, and the share."""
    seen = [row for row in judged if _kind(row) in kinds and row[aspect] in {"ok", "off", "wrong"}]
    wrong = [row[aspect] != "ok" for row in seen]
    share = _share_of(seen, wrong).strip(" ()")

    return [f"{len(seen):,}", f"{sum(wrong)}", share]


def _share(hits: int, of: int) -> str:
    """Return a share in brackets; nothing of nothing is no share."""
    return f" ({100 * hits / of:.1f} %)" if of else ""


def _share_of(rows: list[Row], hits: list[bool]) -> str:
    """Return the share of the cells that are hits, in brackets, with its interval."""
    if not rows:
        return ""
    pages: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row, hit in zip(rows, hits, strict=True):
        so_far, size = pages[_page(row)]
        pages[_page(row)] = so_far + hit, size + 1
    low, high = interval([*pages.values()])

    return f" ({100 * sum(hits) / len(rows):.1f} %; {100 * low:.1f} to {100 * high:.1f})"


def _page(row: Row) -> tuple[str, str]:
    """Return which page of which case a cell is on."""
    return row["case"], row["source"]
