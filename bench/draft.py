"""
How well `draft` reads: its proposals against what an automated reader found on the same pages.

What 40 pages say is kept in ``bench/draft/figures.yaml``, as that reader found it; no person has
checked it. Their texts are not kept. With a folder of them, one ``ID.txt`` each, the result is
computed and stored; without, the stored one is printed. The drafter may be improved on the pages
of one half; those of the other show what that is worth.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.draft.propose import propose
from interpol_dataset.draft.write import of_text
from interpol_dataset.records.document import parse
from interpol_dataset.records.folder import RECORDS, read_records
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interpol_dataset.draft.propose import Outcome, Report
    from interpol_dataset.records.document import Records

HERE: Final = Path(__file__).parent / "draft"
PAGES: Final = HERE / "figures.yaml"
RESULT: Final = HERE / "result.txt"

_FIGURE: Final = re.compile(r"(\? )?(\S+) (\S+) (\S+)(?: (\S+))?")
_FACT: Final = re.compile(r"([a-z-]+)(?:/([a-z-]+))?(?:@([A-Z]{3}))?")

#: What is measured, in the order of the table.
ROWS: Final = ("number", "number, metric", "number, metric, object", "countries")


@dataclass(frozen=True)
class Figure:
    """A figure that a page states, with the facts that it may be."""

    optional: bool
    lines: frozenset[int]
    facts: tuple[tuple[str, str | None, str | None], ...]
    value: Quantity
    unit: str | None

    @classmethod
    def read(cls, written: str) -> Figure:
        """Read one line of ``figures.yaml``."""
        match = _FIGURE.fullmatch(written)
        if match is None:
            raise SystemExit(f"{PAGES}: {written!r} is not a figure")
        facts = tuple(_FACT.fullmatch(one).groups() for one in match[3].split("|"))  # type: ignore[union-attr]
        lines = frozenset(map(int, match[2].split(",")))

        return cls(bool(match[1]), lines, facts, Quantity.parse(match[4]), match[5])

    def is_proposed(self, outcome: Outcome, level: str) -> bool:
        """Return whether a proposal is this figure, as far as a row of the table compares."""
        if (self.value.point, self.unit) != (outcome.value.point, outcome.unit):
            return False
        if level == "number":
            return True

        return any(
            fact[0] == outcome.metric and (level != ROWS[2] or fact[1] == outcome.object)
            for fact in self.facts
        )


def main() -> None:
    """Print the table, of the texts in a folder if one is named."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, help="where the texts are, one ID.txt each")
    parser.add_argument("--sources", action="store_true", help="list where each page is")
    parser.add_argument("--misses", choices=["seen"], help="show what is wrong in the seen half")
    given = parser.parse_args()
    records = read_records(Path(RECORDS)).records
    pages = _pages()
    if given.sources:
        addresses = {source.id: source.url for source in records.sources}
        print("\n".join(f"{page['id']}.txt  {addresses[page['id']]}" for page in pages))
    elif given.folder is None:
        print(
            RESULT.read_text("utf-8")
            + "\nThe texts of the pages are not kept. To compute it again:"
        )
        print("  python bench/draft.py --sources    # where to save them from, and as what")
        print("  python bench/draft.py FOLDER       # with one ID.txt for each")
    else:
        missing = [
            page["id"] for page in pages if not (given.folder / f"{page['id']}.txt").exists()
        ]
        if missing:
            sys.exit(f"{given.folder} lacks {', '.join(missing)}; see --sources")
        _run(pages, given.folder, records, shows_misses=bool(given.misses))


def _pages() -> list[dict[str, Any]]:
    """Return the pages, each with its half: of each language the first by hash are seen."""
    data: Any = parse(PAGES.read_bytes(), str(PAGES)).data
    records = {entry.id: entry.record for entry in read_records(Path(RECORDS)).entries}
    by_language: dict[str, list[dict[str, Any]]] = {}
    for page in data:
        source: Any = records[page["id"]]
        page |= {"language": source.language, "published": str(source.published or "")}
        by_language.setdefault(source.language, []).append(page)
    for pages in by_language.values():
        pages.sort(key=lambda page: hashlib.sha256(page["id"].encode()).hexdigest())
        for at, page in enumerate(pages):
            page["half"] = "seen" if at < len(pages) // 2 else "unseen"

    return list(data)


def _run(
    pages: Sequence[dict[str, Any]], folder: Path, records: Records, *, shows_misses: bool
) -> None:
    counts = {"seen": Counter[str](), "unseen": Counter[str]()}
    for page in pages:
        if shows_misses and page["half"] != "seen":
            continue  # whoever improves the drafter doesn't look there
        text = (folder / f"{page['id']}.txt").read_text("utf-8")
        read = replace(of_text(text), published=page["published"])
        places = {it.at: line for line, it in enumerate(read.paragraphs, 1)}
        misses = list(_compare(page, propose(read, records), places, counts[page["half"]]))
        if shows_misses:
            print(f"{page['id']}:", *misses, sep="\n  ")
    table = _table({half: count for half, count in counts.items() if count}, pages)
    print(table)
    if not shows_misses:
        RESULT.write_text(table, "utf-8")


def _compare(
    page: dict[str, Any], report: Report, places: dict[str, int], count: Counter[str]
) -> Iterator[str]:
    """Count what is right of one page, and tell what is not."""
    figures = [Figure.read(written) for written in page["figures"]]
    for level in ROWS[:3]:
        pairs, rest = _matched(figures, report.outcomes, level)
        count[f"{level} right"] += len(pairs)
        count[f"{level} said"] += sum(not figure.optional for figure in figures)
        count[f"{level} proposed"] += len(pairs) + len(rest)
        if level == ROWS[1]:
            hedged = [figure.value.sign == outcome.value.sign for figure, outcome in pairs]
            count["hedges right"] += sum(hedged)
            count["hedges said"] += len(pairs)
            count["places right"] += sum(
                places[it.proposal.at] in figure.lines for figure, it in pairs
            )
            found = {id(figure) for figure, _ in pairs}
            yield from (f"- {it}" for it in figures if id(it) not in found and not it.optional)
            yield from (f"+ {it}" for it in rest)
            yield from (
                f"~ {f} {o}" for (f, o), right in zip(pairs, hedged, strict=True) if not right
            )

    said, proposed = set(page.get("countries", [])), set(report.countries)
    count["countries right"] += len(said & proposed)
    count["countries said"] += len(said)
    count["countries proposed"] += len(proposed)
    if said != proposed:
        yield f"countries: - {sorted(said - proposed)} + {sorted(proposed - said)}"
    period = report.period.value if report.period else ""
    count["periods right"] += period == page.get("period", "")
    count["periods said"] += 1
    if period != page.get("period", ""):
        yield f"period: {period!r} for {page.get('period', '')!r}"


def _matched(
    figures: Sequence[Figure], outcomes: Sequence[Outcome], level: str
) -> tuple[list[tuple[Figure, Outcome]], list[Outcome]]:
    """Return the figures with their proposals, and the proposals that are no figure of the page."""
    rest, pairs = list(outcomes), []
    for figure in sorted(figures, key=lambda it: it.optional):
        fitting = [it for it in rest if figure.is_proposed(it, level)]
        fitting.sort(key=lambda it: -_likeness(figure, it))
        if fitting:
            rest.remove(fitting[0])
            if not figure.optional:
                pairs.append((figure, fitting[0]))

    return pairs, rest


def _likeness(figure: Figure, outcome: Outcome) -> int:
    fact = (outcome.metric, outcome.object, outcome.place)

    return max(sum(a == b for a, b in zip(fact, one, strict=True)) for one in figure.facts)


def _table(counts: dict[str, Counter[str]], pages: Sequence[dict[str, Any]]) -> str:
    lines = [f"Drafter, {date.today().isoformat()}", ""]  # noqa: DTZ011  # the day it was run
    for half, count in counts.items():
        halved = [page for page in pages if page["half"] == half]
        spoken = Counter(page["language"] for page in halved)
        listed = ", ".join(f"{number} {code}" for code, number in sorted(spoken.items()))
        lines += [f"{half} half: {len(halved)} pages ({listed}), {count['number said']} figures"]
        lines += [f"  {'':<24}{'recall':>8}{'precision':>11}"]
        for row in ROWS:
            recall, precision = (
                count[f"{row} right"] / count[f"{row} {of}"] for of in ("said", "proposed")
            )
            lines.append(f"  {row:<24}{recall:>8.0%}{precision:>11.0%}")
        for row in ("hedges", "periods"):
            lines.append(f"  {row:<24}{count[f'{row} right'] / count[f'{row} said']:>8.0%}")
        lines.append(f"  {'paragraphs':<24}{count['places right'] / count['hedges said']:>8.0%}")
        lines.append("")

    return "\n".join(lines)


if __name__ == "__main__":
    main()
