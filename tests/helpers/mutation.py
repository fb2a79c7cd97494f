"""
A seeded generator of damage: what it does to the project's own records, the gate has to find.

Every kind of damage changes what a record says or keeps it from being read, and says in which file
and on which line it has to be found. ``python tests/gate/mutation.py --mutants 2000`` damages the
records that often and prints a table; the tests run a smaller number.
"""

# ruff: noqa: D401  # the docstring of a kind of damage says what is wrong afterwards
# ruff: noqa: T201  # it prints a table when it is run

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from interpol_dataset.errors import NotationError, PackageError
from interpol_dataset.package.reader import open_package
from interpol_dataset.records.folder import Entry, RecordSet, read_records
from interpol_dataset.records.kinds import KINDS
from interpol_dataset.records.references import references
from interpol_dataset.rules import gate
from interpol_dataset.schema.vocabulary import Dimension
from interpol_dataset.values.edtf import Edtf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT: Final = Path(__file__).parents[2]
RECORDS: Final = "data/records"
TODAY: Final = date(2026, 12, 31)
SEED: Final = 20_261_125

_ORDER: Final = {kind.table: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Mutant:
    """
    One file, damaged.

    :param path: The file, from the project's folder.
    :param content: Its bytes; none where it is removed.
    :param rules: The rules one of which has to find the damage.
    :param line: The line of the finding; none where it is about the whole file.
    :param file: The file of the finding, where it is another.
    """

    path: str
    content: bytes | None
    rules: tuple[str, ...]
    line: int | None
    file: str | None = None

    @property
    def expected(self) -> str:
        """The place where the damage has to be found."""
        line = f":{self.line}" if self.line is not None else ""

        return f"{self.file or self.path}{line} {'/'.join(self.rules)}"


@dataclass(frozen=True)
class Original:
    """The project's records as they are."""

    record_set: RecordSet

    @cached_property
    def by_table(self) -> dict[str, list[Entry]]:
        """The records of each kind."""
        tables: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.record_set.entries:
            tables[entry.kind.table].append(entry)

        return tables

    @cached_property
    def by_id(self) -> dict[tuple[str, str], Entry]:
        """The records by kind and id."""
        return {(entry.kind.table, entry.id): entry for entry in self.record_set.entries}

    def pick(
        self, rng: Random, table: str, wanted: Callable[[Any], object] = lambda _: True
    ) -> Entry:
        """Choose a record of some kind that can be damaged in the way that is wanted."""
        entries = self.by_table[table]
        start = rng.randrange(len(entries))
        for entry in (*entries[start:], *entries[:start]):
            if wanted(entry.data):
                return entry

        raise LookupError(table)

    def with_file(self, mutant: Mutant, folder: Path) -> RecordSet:
        """Return the records with one file damaged, which alone is read again."""
        piece = RecordSet()
        if mutant.content is not None:
            place = folder / mutant.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(mutant.content)
            piece = read_records(folder / RECORDS, RECORDS)
            place.unlink()

        kept = [e for e in self.record_set.entries if e.document.path != mutant.path]
        documents = [d for d in self.record_set.documents if d.path != mutant.path]
        entries = sorted(
            [*kept, *piece.entries], key=lambda e: (_ORDER[e.kind.table], e.document.path, e.at)
        )

        return RecordSet(
            tuple(entries), piece.defects, (*documents, *piece.documents), piece.strays
        )


def survives(mutant: Mutant, original: Original, folder: Path) -> str | None:
    """Tell what was found instead, where the damage is not found at its place."""
    if mutant.path.endswith(".csv"):
        return _survives_in_table(mutant, folder)

    found = gate.findings(original.with_file(mutant, folder), today=TODAY)
    for item in found:
        line = item.place.span.line if item.place.span else None
        if (
            item.rule in mutant.rules
            and item.place.path == (mutant.file or mutant.path)
            and line == mutant.line
        ):
            return None

    return "; ".join(f"{item.place} {item.rule}" for item in found[:3]) or "nothing"


def _survives_in_table(mutant: Mutant, folder: Path) -> str | None:
    """A table is vouched for by its hash."""
    shutil.copy(ROOT / "datapackage.json", folder)
    place = folder / mutant.path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(mutant.content or b"")
    try:
        open_package(folder).read(place.stem)
    except PackageError as error:
        return None if str(error.where).endswith(mutant.path) else str(error)

    return "nothing"


# --- damage to text -------------------------------------------------------------------------


def _cut(entry: Entry, start: tuple[int, int], end: tuple[int, int], new: str) -> bytes:
    """Put something else between two places, given by line and column from 1."""
    lines = entry.document.text.splitlines(keepends=True)
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    first, last = (offsets[line - 1] + column - 1 for line, column in (start, end))

    return (entry.document.text[:first] + new + entry.document.text[last:]).encode()


def _value(entry: Entry, path: tuple[str | int, ...], new: str, *rules: str) -> Mutant:
    """Write another value."""
    span = entry.document.values[(*entry.at, *path)]
    content = _cut(
        entry, (span.line, span.column), (span.end_line, span.end_column), _spaced(new, span)
    )

    return Mutant(entry.document.path, content, rules, span.line)


def _spaced(new: str, span: Any) -> str:  # a span
    """End a text that stood in a block with its line break."""
    return new + "\n" if span.end_column == 1 and span.end_line > span.line else new


def _without(entry: Entry, path: tuple[str | int, ...], *rules: str, at: int) -> Mutant:
    """Leave out a key with its value, in a mapping on one line or on several."""
    key = entry.document.keys[(*entry.at, *path)]
    value = entry.document.values[(*entry.at, *path)]
    line = entry.document.text.splitlines()[key.line - 1]
    before = line[: key.column - 1]

    if before.strip(" -") == "":
        end = (value.end_line + (value.end_column > 1), 1)
        content = _cut(entry, (key.line, 1), end, "")
        if before.strip():
            raise LookupError(path)  # the first key of an item in a list
    else:
        start = key.column - 2 if before.endswith(", ") else key.column
        content = _cut(entry, (key.line, start), (value.end_line, value.end_column), "")

    return Mutant(entry.document.path, content, rules, at)


def _inserted(entry: Entry, line: int, text: str, *rules: str, at: int) -> Mutant:
    """Put lines before a line."""
    return Mutant(entry.document.path, _cut(entry, (line, 1), (line, 1), text + "\n"), rules, at)


def _line(entry: Entry, *path: str | int) -> int:
    return entry.document.values[(*entry.at, *path)].line


def _key_line(entry: Entry, *path: str | int) -> int:
    return entry.document.keys[(*entry.at, *path)].line


def _misspelt(rng: Random, word: str) -> str:
    """Change a letter of an id, so that it is nobody else's."""
    place = rng.randrange(len(word))

    return f"{word[:place]}zq{word[place + 1 :].lstrip('-')}".replace("--", "-")


def _some(rng: Random, items: Iterable[Any]) -> Any:  # any item
    listed = list(items)
    if not listed:
        raise LookupError

    return rng.choice(listed)


def _outcomes(entry: Entry) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    for index, report in enumerate(entry.data["reports"]):
        for number, outcome in enumerate(report.get("outcomes", [])):
            yield ("reports", index, "outcomes", number), outcome


def _stating(name: str) -> Callable[[Any], bool]:
    return lambda data: any(name in report for report in data["reports"])


def _reports(entry: Entry, name: str) -> list[int]:
    return [index for index, report in enumerate(entry.data["reports"]) if name in report]


def _measured(original: Original, dimension: Dimension) -> set[str]:
    return {
        entry.id for entry in original.by_table["metrics"] if entry.data["dimension"] == dimension
    }


# --- kinds: letters -------------------------------------------------------------------------

Damage: TypeAlias = "Callable[[Random, Original], Mutant]"


def _any_file(rng: Random, original: Original) -> Entry:
    return original.pick(rng, rng.choice(["cases", "sources", "sources", "challenges", "lessons"]))


def truncated(rng: Random, original: Original) -> Mutant:
    """The file ends within what a source says."""
    entry = original.pick(rng, "cases", lambda data: "outcomes" in data["reports"][-1])
    path, _ = _some(rng, _outcomes(entry))
    span = entry.document.values[path]
    end = span.column + rng.randrange(2, span.end_column - span.column)
    lines = [*entry.document.text.splitlines()[: span.line - 1]]
    lines.append(entry.document.text.splitlines()[span.line - 1][: end - 1].rstrip("'\""))

    return Mutant(entry.document.path, "\n".join(lines).encode(), ("SYN003",), span.line)


def not_utf8(rng: Random, original: Original) -> Mutant:
    """A letter stands there in another encoding."""
    entry = _any_file(rng, original)
    content = entry.document.text.encode()
    line = _line(entry, "id")
    place = content.index(b"\n", content.index(b"\nid: ") + 1)

    return Mutant(
        entry.document.path, content[:place] + b" # \xe9t\xe9" + content[place:], ("SYN002",), line
    )


def control_character(rng: Random, original: Original) -> Mutant:
    """A character that can't be printed has slipped in."""
    entry = _any_file(rng, original)
    character = rng.choice("\x00\x07\x1b\x7f")

    return replace(
        _value(entry, ("id",), entry.id[:2] + character + entry.id[2:]), rules=("SYN003",)
    )


def invisible_line_break(rng: Random, original: Original) -> Mutant:
    """A line break that editors don't show has slipped into a text."""
    entry = _any_file(rng, original)
    character = rng.choice("\x85\u2028\u2029")

    return replace(
        _value(entry, ("id",), entry.id[:2] + character + entry.id[2:]), rules=("SYN003",)
    )


def duplicate_key(rng: Random, original: Original) -> Mutant:
    """A key stands twice."""
    entry = _any_file(rng, original)
    line = _line(entry, "id")

    return _inserted(entry, line, f"id: {entry.id}-other", "SYN007", at=line + 1)


def anchor(rng: Random, original: Original) -> Mutant:
    """A value is given a name, or taken from one."""
    entry = _any_file(rng, original)

    return _value(entry, ("id",), f"&name {entry.id}", "SYN008")


def alias(rng: Random, original: Original) -> Mutant:
    """A value is taken from elsewhere."""
    entry = _any_file(rng, original)

    return _value(entry, ("id",), "*name", "SYN003", "SYN008")


def tag(rng: Random, original: Original) -> Mutant:
    """A value is given a type."""
    entry = _any_file(rng, original)

    return _value(entry, ("id",), f"!!python/name:{entry.id}", "SYN008")


def tab(rng: Random, original: Original) -> Mutant:
    """A line is indented with a tab."""
    entry = original.pick(rng, "cases")
    index = rng.randrange(len(entry.data["reports"]))
    line = _key_line(entry, "reports", index, "source")

    return Mutant(entry.document.path, _cut(entry, (line, 1), (line, 3), "\t"), ("SYN003",), line)


def second_document(rng: Random, original: Original) -> Mutant:
    """Another record stands in the same file."""
    entry = _any_file(rng, original)
    lines = len(entry.document.text.splitlines())

    return Mutant(
        entry.document.path,
        f"{entry.document.text}---\nid: other\n".encode(),
        ("SYN005",),
        lines + 2,
    )


def emptied(rng: Random, original: Original) -> Mutant:
    """The file is empty."""
    return Mutant(_any_file(rng, original).document.path, b"", ("SYN004",), 1)


def colon(rng: Random, original: Original) -> Mutant:
    """A text with a colon stands without quotes."""
    entry = original.pick(rng, "sources")

    return _value(entry, ("title",), "Interpol: the figures", "SYN003")


# --- kinds: shape ---------------------------------------------------------------------------


def left_placeholder(rng: Random, original: Original) -> Mutant:
    """What was to be filled in is still what a new record begins with."""
    entry = _any_file(rng, original)
    paths = [
        path
        for path in (("title",), ("name",), ("summary",), ("statement",))
        if path[0] in entry.data
    ]
    paths += [(*path, "at") for path, _ in _outcomes(entry)]

    return _value(entry, _some(rng, paths), "...", "POL013", "SHP006")


def dropped_locator(rng: Random, original: Original) -> Mutant:
    """An outcome no longer says where it stands."""
    entry = original.pick(rng, "cases", _stating("outcomes"))
    path, _ = _some(rng, _outcomes(entry))

    return _without(entry, (*path, "at"), "SHP001", at=_line(entry, *path))


def dropped_value(rng: Random, original: Original) -> Mutant:
    """An outcome has lost its value."""
    entry = original.pick(rng, "cases", _stating("outcomes"))
    path, _ = _some(rng, _outcomes(entry))

    return _without(entry, (*path, "value"), "SHP001", at=_line(entry, *path))


def dropped_field(rng: Random, original: Original) -> Mutant:
    """A record has lost a line that it needs."""
    table, names = rng.choice(
        [
            ("cases", ["name", "summary", "categories"]),
            ("sources", ["kind", "publisher", "asserter", "title", "retrieved", "language"]),
            ("lessons", ["name", "statement", "evidence"]),
            ("challenges", ["name", "statement", "evidence"]),
            ("categories", ["name", "description"]),
        ]
    )
    entry = original.pick(rng, table)

    return _without(entry, (rng.choice(names),), "SHP001", at=_line(entry, "id"))


def null(rng: Random, original: Original) -> Mutant:
    """A field is there and says nothing."""
    entry = _any_file(rng, original)
    name = "title" if entry.kind.table == "sources" else "name"

    return _value(entry, (name,), rng.choice(["null", "~", ""]), "SHP003")


def extra_key(rng: Random, original: Original) -> Mutant:
    """A field that no record has was added."""
    entry = _any_file(rng, original)
    line = _line(entry, "id")

    return _inserted(entry, line + 1, "confidence: high", "SHP002", at=line + 1)


def misspelt_key(rng: Random, original: Original) -> Mutant:
    """The name of a field has another letter."""
    entry = _any_file(rng, original)
    name = rng.choice([name for name in entry.data if name != "id"])
    span = entry.document.keys[(name,)]
    wrong = name[:-1] + ("y" if name[-1] != "y" else "x")
    content = _cut(entry, (span.line, span.column), (span.end_line, span.end_column), wrong)

    return Mutant(entry.document.path, content, ("SHP002",), span.line)


def misspelt_term(rng: Random, original: Original) -> Mutant:
    """A term is not in its vocabulary."""
    if rng.random() < 0.5:
        entry = original.pick(rng, "sources")
        return _value(entry, ("kind",), _misspelt(rng, entry.data["kind"]), "SHP004")

    entry = original.pick(rng, "cases", _stating("interpol_role"))
    index = rng.choice(_reports(entry, "interpol_role"))
    wrong = rng.choice(["coordinator", "led", "Coordinated", "support"])

    return _value(entry, ("reports", index, "interpol_role", "value"), wrong, "SHP004")


def wrong_type(rng: Random, original: Original) -> Mutant:
    """A value is of another type than its field."""
    path, new = rng.choice(
        [
            (("categories",), "online-fraud"),
            (("name",), "2022"),
            (("name",), "true"),
            (("name",), "[Operation, Lionfish]"),
            (("reports", 0, "source"), "{id: ansa}"),
        ]
    )

    return _value(original.pick(rng, "cases"), path, new, "SHP003")


def wrong_form(rng: Random, original: Original) -> Mutant:
    """A code or an address is not written as such."""
    name, new = rng.choice(
        [("language", "English"), ("language", "EN"), ("url", "www.example.org"), ("url", "none")]
    )

    return _value(original.pick(rng, "sources", lambda data: name in data), (name,), new, "SHP005")


def emptied_list(rng: Random, original: Original) -> Mutant:
    """A list that can't be empty is."""
    table, name = rng.choice(
        [("cases", "categories"), ("lessons", "evidence"), ("challenges", "evidence")]
    )

    return _value(original.pick(rng, table), (name,), "[]", "SHP006")


def edition_zero(rng: Random, original: Original) -> Mutant:
    """An edition is counted from nought."""
    entry = original.pick(rng, "cases", lambda data: "edition" in data)

    return _value(entry, ("edition",), rng.choice(["0", "-1"]), "SHP007")


def hedge_in_words(rng: Random, original: Original) -> Mutant:
    """A figure is written as in prose."""
    entry = original.pick(rng, "cases", _stating("outcomes"))
    path, _ = _some(rng, _outcomes(entry))
    wrong = rng.choice(
        ["about 120", "nearly 1000", "'1,000'", "1e3", "'12 %'", "900-1000", "-5", "NO"]
    )

    return _value(entry, (*path, "value"), wrong, "SHP008")


def falling_range(rng: Random, original: Original) -> Mutant:
    """The bounds of a range are swapped."""
    entry = original.pick(rng, "cases", _stating("outcomes"))
    path, _ = _some(rng, _outcomes(entry))

    return _value(entry, (*path, "value"), "1000..900", "SHP008")


def swapped_period(rng: Random, original: Original) -> Mutant:
    """A period ends before it begins."""

    def falls(report: dict[str, Any]) -> bool:
        first, slash, last = str(report.get("period", {}).get("value", "")).partition("/")
        try:
            Edtf.parse(f"{last}/{first}")
        except NotationError:
            return bool(slash)
        return False

    entry = original.pick(rng, "cases", lambda data: any(falls(r) for r in data["reports"]))
    index = rng.choice([i for i, report in enumerate(entry.data["reports"]) if falls(report)])
    first, _, last = entry.data["reports"][index]["period"]["value"].partition("/")

    return _value(entry, ("reports", index, "period", "value"), f"{last}/{first}", "SHP009")


def impossible_day(rng: Random, original: Original) -> Mutant:
    """A day is not in the calendar."""
    wrong = rng.choice(["2022-02-30", "2023-02-29", "2022-04-31", "2022-13-01", "28.06.2022"])

    return _value(original.pick(rng, "sources"), ("retrieved",), wrong, "SHP009")


# --- kinds: meaning -------------------------------------------------------------------------


def silent_report(rng: Random, original: Original) -> Mutant:
    """A report says nothing."""
    entry = original.pick(rng, "cases")
    line = _key_line(entry, "reports") + 1
    source = original.pick(rng, "sources").id

    return _inserted(entry, line, f"  - source: {source}", "MNG001", at=line)


def aimless_relation(rng: Random, original: Original) -> Mutant:
    """A relation names nothing."""
    entry = original.pick(rng, "cases", lambda data: "relations" in data)
    line = _key_line(entry, "relations") + 1

    return _inserted(entry, line, "  - {type: follows}", "MNG002", at=line)


def undated(rng: Random, original: Original) -> Mutant:
    """A source has lost its date."""
    entry = original.pick(rng, "sources", lambda data: "published" in data)

    return _without(entry, ("published",), "MNG003", at=_line(entry, "id"))


def nowhere(rng: Random, original: Original) -> Mutant:
    """A source has lost its address."""
    entry = original.pick(rng, "sources", lambda data: "url" in data and "sha256" not in data)

    return _without(entry, ("url",), "MNG004", at=_line(entry, "id"))


def wrong_unit(rng: Random, original: Original) -> Mutant:
    """A figure has the unit of something else."""
    entry = original.pick(
        rng,
        "cases",
        lambda data: any("unit" in o for r in data["reports"] for o in r.get("outcomes", [])),
    )
    path, outcome = _some(rng, (pair for pair in _outcomes(entry) if "unit" in pair[1]))
    money = outcome["metric"] in _measured(original, Dimension.CURRENCY)

    return _value(entry, (*path, "unit"), "kg" if money else "USD", "MNG005")


def lost_unit(rng: Random, original: Original) -> Mutant:
    """A figure has lost its unit."""
    entry = original.pick(
        rng,
        "cases",
        lambda data: any("unit" in o for r in data["reports"] for o in r.get("outcomes", [])),
    )
    path, _ = _some(rng, (pair for pair in _outcomes(entry) if "unit" in pair[1]))

    return _without(entry, (*path, "unit"), "MNG005", at=_line(entry, *path))


def unit_of_count(rng: Random, original: Original) -> Mutant:
    """What is counted has a unit."""
    counts = _measured(original, Dimension.COUNT)
    entry = original.pick(
        rng,
        "cases",
        lambda data: any(
            o["metric"] in counts for r in data["reports"] for o in r.get("outcomes", [])
        ),
    )
    path, outcome = _some(rng, (pair for pair in _outcomes(entry) if pair[1]["metric"] in counts))

    return _value(entry, (*path, "metric"), f"{outcome['metric']}, unit: kg", "MNG005")


def half_count(rng: Random, original: Original) -> Mutant:
    """What is counted is a fraction."""
    counts = _measured(original, Dimension.COUNT)
    entry = original.pick(
        rng,
        "cases",
        lambda data: any(
            o["metric"] in counts for r in data["reports"] for o in r.get("outcomes", [])
        ),
    )
    path, _ = _some(rng, (pair for pair in _outcomes(entry) if pair[1]["metric"] in counts))

    return _value(entry, (*path, "value"), "1.5", "MNG012")


def stated_twice(rng: Random, original: Original) -> Mutant:
    """A figure stands twice in a report."""
    entry = original.pick(rng, "cases", _stating("outcomes"))
    path, _ = _some(rng, _outcomes(entry))
    line = _line(entry, *path)
    text = entry.document.text.splitlines()[line - 1]

    return _inserted(entry, line, text, "MNG006", at=line + 1)


def source_twice(rng: Random, original: Original) -> Mutant:
    """Two reports are of one source."""
    entry = original.pick(rng, "cases", lambda data: len(data["reports"]) > 1)
    first = entry.data["reports"][0]["source"]
    index = rng.randrange(1, len(entry.data["reports"]))

    return _value(entry, ("reports", index, "source"), first, "MNG006")


def interpol_as_partner(rng: Random, original: Original) -> Mutant:
    """INTERPOL stands among its own partners."""
    entry = original.pick(rng, "cases", _stating("organizations"))
    index = rng.choice(_reports(entry, "organizations"))
    number = rng.randrange(len(entry.data["reports"][index]["organizations"]))
    path = ("reports", index, "organizations", number, "organization")

    return _value(entry, path, "interpol", "MNG007")


def lost_series(rng: Random, original: Original) -> Mutant:
    """An edition is the edition of nothing."""
    entry = original.pick(rng, "cases", lambda data: "edition" in data)

    return _without(entry, ("series",), "MNG008", at=_line(entry, "edition") - 1)


def announced_too_early(rng: Random, original: Original) -> Mutant:
    """The results were announced before there were any."""

    def both(report: dict[str, Any]) -> bool:
        return (
            "announced" in report and _begin(report["period"]["value"]) > date(1990, 1, 1)
            if "period" in report
            else False
        )

    entry = original.pick(rng, "cases", lambda data: any(both(r) for r in data["reports"]))
    index = rng.choice([i for i, report in enumerate(entry.data["reports"]) if both(report)])
    day = _begin(entry.data["reports"][index]["period"]["value"]) - timedelta(days=1)

    return _value(entry, ("reports", index, "announced", "value"), str(day), "MNG009")


def _begin(period: object) -> date:
    return Edtf.parse(str(period)).start[0]


def read_too_early(rng: Random, original: Original) -> Mutant:
    """A source was read before it was published."""
    entry = original.pick(
        rng,
        "sources",
        lambda data: "published" in data and _begin(data["published"]) > date(1990, 1, 1),
    )
    day = _begin(entry.data["published"]) - timedelta(days=1)

    return _value(entry, ("retrieved",), str(day), "MNG009")


def category_twice(rng: Random, original: Original) -> Mutant:
    """A category stands twice."""
    entry = original.pick(rng, "cases")
    first = entry.data["categories"][0]

    return _value(
        entry, ("categories",), f"[{', '.join([*entry.data['categories'], first])}]", "MNG010"
    )


def own_asserter(rng: Random, original: Original) -> Mutant:
    """A figure is attributed to whom its source speaks for anyway."""
    entry = original.pick(
        rng,
        "cases",
        lambda data: any(
            "attributed_to" not in o for r in data["reports"] for o in r.get("outcomes", [])
        ),
    )
    path, outcome = _some(
        rng, (pair for pair in _outcomes(entry) if "attributed_to" not in pair[1])
    )
    source = original.by_id["sources", entry.data["reports"][path[1]]["source"]]
    new = f"{outcome['metric']}, attributed_to: {source.data['asserter']}"

    return _value(entry, (*path, "metric"), new, "MNG011")


# --- kinds: package -------------------------------------------------------------------------


def dangling_source(rng: Random, original: Original) -> Mutant:
    """A report is of a source that is not there."""
    entry = original.pick(rng, "cases")
    index = rng.randrange(len(entry.data["reports"]))
    path = ("reports", index, "source")

    return _value(entry, path, _misspelt(rng, entry.data["reports"][index]["source"]), "PKG004")


def dangling_metric(rng: Random, original: Original) -> Mutant:
    """A figure is of a metric that is not there."""
    entry = original.pick(rng, "cases", _stating("outcomes"))
    path, outcome = _some(rng, _outcomes(entry))

    return _value(entry, (*path, "metric"), _misspelt(rng, outcome["metric"]), "PKG004")


def dangling_organization(rng: Random, original: Original) -> Mutant:
    """A source is of a publisher that is not there."""
    entry = original.pick(rng, "sources")
    name = rng.choice(["publisher", "asserter"])

    return _value(entry, (name,), _misspelt(rng, entry.data[name]), "PKG004")


def dangling_country(rng: Random, original: Original) -> Mutant:
    """A country is not in ISO 3166."""
    entry = original.pick(rng, "cases", _stating("countries"))
    index = rng.choice(_reports(entry, "countries"))
    path = ("reports", index, "countries", "list", 0)

    return _value(entry, path, rng.choice(["UKX", "ENG", "EUR", "ZZZ", "KSV"]), "PKG004")


def dangling_category(rng: Random, original: Original) -> Mutant:
    """A case is of a category that is not there."""
    entry = original.pick(rng, "cases")

    return _value(entry, ("categories", 0), _misspelt(rng, entry.data["categories"][0]), "PKG004")


def removed_source(rng: Random, original: Original) -> Mutant:
    """The file of a source that is cited was removed."""
    entry = original.pick(rng, "cases")
    index = rng.randrange(len(entry.data["reports"]))
    source = original.by_id["sources", entry.data["reports"][index]["source"]]
    line = _line(entry, "reports", index, "source")

    return Mutant(source.document.path, None, ("PKG004",), line, entry.document.path)


def removed_category(rng: Random, original: Original) -> Mutant:
    """The file of a category that cases have was removed."""
    entry = original.pick(rng, "cases")
    category = original.by_id["categories", entry.data["categories"][0]]

    return Mutant(
        category.document.path,
        None,
        ("PKG004",),
        _line(entry, "categories", 0),
        entry.document.path,
    )


def other_id(rng: Random, original: Original) -> Mutant:
    """A record's id is not the name of its file."""
    entry = _any_file(rng, original)

    return _value(entry, ("id",), _misspelt(rng, entry.id), "PKG002")


def same_id(rng: Random, original: Original) -> Mutant:
    """Two entries of a vocabulary have one id."""
    entry = original.pick(rng, rng.choice(["metrics", "objects", "organizations"]))
    text = entry.document.text
    line = len(text.splitlines()) + 1
    extra = f"- id: {entry.id}\n  name: Another\n"
    extra += {
        "metrics": "  description: Another.\n  dimension: count\n",
        "objects": "",
        "organizations": "  kind: company\n",
    }[entry.kind.table]

    return Mutant(entry.document.path, (text + extra).encode(), ("PKG003",), line)


def same_claim(rng: Random, original: Original) -> Mutant:
    """Two claims have one id."""
    entry = original.pick(rng, "claims")
    index = rng.randrange(1, len(entry.data["claims"]))
    path = ("claims", index, "id")

    return _value(entry, path, entry.data["claims"][index - 1]["id"], "PKG003")


def cycle_of_categories(rng: Random, original: Original) -> Mutant:
    """A category is below itself."""
    child = original.pick(rng, "categories", lambda data: "parent" in data)
    parent = original.by_id["categories", child.data["parent"]]
    if "parent" in parent.data:
        mutant = _value(parent, ("parent",), child.id, "PKG005")
    else:
        line = _line(parent, "name")
        mutant = _inserted(parent, line, f"parent: {child.id}", "PKG005", at=line)

    if child.id < parent.id:
        return replace(mutant, file=child.document.path, line=_line(child, "parent"))
    return mutant


def unused_source(rng: Random, original: Original) -> Mutant:
    """A source was added that nobody cites."""
    entry = original.pick(rng, "sources", lambda data: "url" in data)
    text = entry.document.text.replace(entry.id, "a-source-of-nothing")
    text = text.replace(entry.data["url"], "https://example.org/a-source-of-nothing")

    return Mutant(
        f"{RECORDS}/sources/a-source-of-nothing.yaml",
        text.encode(),
        ("PKG006",),
        _line(entry, "id"),
    )


def retired_in_use(rng: Random, original: Original) -> Mutant:
    """An id that is in use was retired."""
    entry = original.pick(rng, "cases")
    text = f"- {{table: cases, id: {entry.id}, reason: It was renamed.}}\n"

    return Mutant(f"{RECORDS}/retired_ids.yaml", text.encode(), ("PKG007",), 1)


def same_url(rng: Random, original: Original) -> Mutant:
    """Two sources have one address."""
    entry = original.pick(rng, "sources", lambda data: "url" in data)
    other = original.pick(rng, "sources", lambda data: "url" in data and data["id"] != entry.id)
    mutant = _value(entry, ("url",), other.data["url"], "PKG008")
    if other.document.path > entry.document.path:
        return replace(mutant, file=other.document.path, line=_line(other, "url"))

    return mutant


def same_edition(rng: Random, original: Original) -> Mutant:
    """Two cases are one edition."""
    entry = original.pick(rng, "cases", lambda data: "edition" in data)
    other = original.pick(
        rng,
        "cases",
        lambda data: (
            "edition" in data and data["series"] == entry.data["series"] and data["id"] != entry.id
        ),
    )
    mutant = _value(entry, ("edition",), str(other.data["edition"]), "PKG009")
    if other.document.path > entry.document.path:
        return replace(mutant, file=other.document.path, line=_line(other, "edition"))

    return mutant


def same_organization(rng: Random, original: Original) -> Mutant:
    """Two organizations have one name."""
    entry = original.pick(rng, "organizations", lambda data: "country" not in data)
    other = original.pick(
        rng, "organizations", lambda data: "country" not in data and data["id"] != entry.id
    )
    name = str(other.data["name"]).replace("'", "''")
    mutant = _value(entry, ("name",), f"'{name}'", "PKG010")
    later = max(entry, other, key=lambda item: item.place())

    return replace(mutant, line=_line(later, "name"))


def stray_file(rng: Random, original: Original) -> Mutant:
    """A record stands where none is looked for."""
    entry = _any_file(rng, original)
    path = rng.choice(
        [
            f"{RECORDS}/{entry.id}.yaml",
            entry.document.path + ".bak",
            f"{RECORDS}/case/{entry.id}.yaml",
        ]
    )

    return Mutant(path, entry.document.text.encode(), ("PKG001",), None)


# --- kinds: policy --------------------------------------------------------------------------


def future(rng: Random, original: Original) -> Mutant:
    """A day is still to come."""
    if rng.random() < 0.5:
        return _value(original.pick(rng, "sources"), ("retrieved",), "2062-11-24", "POL001")

    entry = original.pick(rng, "cases", _stating("announced"))
    index = rng.choice(_reports(entry, "announced"))

    return _value(entry, ("reports", index, "announced", "value"), "2062-01-01", "POL001")


def search_page(rng: Random, original: Original) -> Mutant:
    """A source is a search."""
    entry = original.pick(rng, "sources", lambda data: "url" in data)
    url = rng.choice(
        ["https://www.google.com/search?q=interpol", "https://duckduckgo.com/?q=interpol+arrests"]
    )

    return _value(entry, ("url",), url, "POL002")


def tracking_link(rng: Random, original: Original) -> Mutant:
    """An address tracks its readers."""
    entry = original.pick(rng, "sources", lambda data: "url" in data and "#" not in data["url"])
    url = entry.data["url"]
    parameter = rng.choice(["utm_source=mail", "fbclid=abc", "gclid=1"])

    return _value(entry, ("url",), f"{url}{'&' if '?' in url else '?'}{parameter}", "POL003")


def idle_preference(rng: Random, original: Original) -> Mutant:
    """A preference is about a fact that nobody states."""
    entry = original.pick(rng, "cases", lambda data: "prefer" not in data)
    line = _key_line(entry, "reports")
    source = entry.data["reports"][0]["source"]
    text = f"prefer:\n  - {{fact: outcomes/nothing, source: {source}, reason: It is nearer.}}"

    return _inserted(entry, line, text, "POL004", at=line + 1)


def personal_data(rng: Random, original: Original) -> Mutant:
    """A text says when somebody was born, or under which number somebody is sought."""
    entry = original.pick(rng, "cases")
    text = rng.choice(
        ["One was born on 3 May 1971.", "The number is 2019/34567.", "The notice is A-1234/5-2019."]
    )

    return _value(entry, ("summary",), text, "POL005")


def person_named(rng: Random, original: Original) -> Mutant:
    """A text names a suspect."""
    entry = original.pick(rng, "cases")
    text = rng.choice(
        ["The fugitive Xaname Xbname was found.", "Xaname Xbname, aged 47, was found."]
    )

    return _value(entry, ("summary",), text, "POL006")


def overlong(rng: Random, original: Original) -> Mutant:
    """A summary is as long as a release."""
    return _value(original.pick(rng, "cases"), ("summary",), "so much text " * 80 + "x", "POL007")


def other_hash(rng: Random, original: Original) -> Mutant:
    """A paragraph has two hashes."""
    entry = original.pick(rng, "claims")
    claims = entry.data["claims"]
    numbers = Counter(claim["paragraph"] for claim in claims)
    index = rng.choice([i for i, claim in enumerate(claims) if numbers[claim["paragraph"]] > 1])
    same = [i for i, claim in enumerate(claims) if claim["paragraph"] == claims[index]["paragraph"]]
    path = ("claims", index, "paragraph_sha256")
    mutant = _value(entry, path, hashlib.sha256(b"other").hexdigest(), "POL008")
    if index == same[0]:
        return replace(mutant, line=_line(entry, "claims", same[1], "paragraph_sha256"))

    return mutant


def other_paragraph(rng: Random, original: Original) -> Mutant:
    """A claim's id names another paragraph."""
    entry = original.pick(rng, "claims")
    index = rng.randrange(len(entry.data["claims"]))
    mutant = _value(entry, ("claims", index, "paragraph"), "999", "POL008")

    return replace(mutant, line=_line(entry, "claims", index, "id"))


def unchecked(rng: Random, original: Original) -> Mutant:
    """A claim that nobody checked can be."""
    entry = original.pick(rng, "claims")
    claims = entry.data["claims"]
    index = _some(
        rng,
        (
            i
            for i, claim in enumerate(claims)
            if not claim["checkable"] and "evidence" not in claim and "searches" not in claim
        ),
    )

    return _value(entry, ("claims", index, "checkable"), "true", "POL009")


def false_credit(rng: Random, original: Original) -> Mutant:
    """A summary gives INTERPOL the credit of others."""
    entry = original.pick(
        rng,
        "cases",
        lambda data: (
            {"supported"}
            == {r["interpol_role"]["value"] for r in data["reports"] if "interpol_role" in r}
        ),
    )

    return _value(entry, ("summary",), "INTERPOL led the raids.", "POL010")


def false_original(rng: Random, original: Original) -> Mutant:
    """What a news site carries passes for an agency's page, or an agency's page for a copy."""
    media = {
        entry.id for entry in original.by_table["organizations"] if entry.data["kind"] == "media"
    }
    if rng.random() < 0.5:
        entry = original.pick(
            rng,
            "sources",
            lambda data: (
                data["kind"] in {"copy", "news"} and data["publisher"] in media - {data["asserter"]}
            ),
        )

        return _value(entry, ("kind",), "official", "POL014")

    entry = original.pick(
        rng,
        "sources",
        lambda data: data["kind"] == "official" and data["publisher"] == data["asserter"],
    )

    return _value(entry, ("kind",), "copy", "POL014")


def idle_exception(rng: Random, original: Original) -> Mutant:
    """An exception is made from a rule that finds nothing."""
    entry = _any_file(rng, original)
    line = _line(entry, "id")

    return _inserted(
        entry, line + 1, "# allow POL005: it was needed once, long ago", "POL012", at=line + 1
    )


# --- kinds: tables --------------------------------------------------------------------------


def _table(name: str) -> tuple[str, str]:
    path = f"data/tables/{name}.csv"

    return path, (ROOT / path).read_text("utf-8")


def other_status(rng: Random, original: Original) -> Mutant:  # noqa: ARG001  # one shape for all
    """A status was typed instead of computed."""
    path, text = _table("verification")
    old, new = rng.choice([("reported", "official"), ("official", "confirmed")])
    place = rng.choice([i for i in range(len(text)) if text.startswith(f",{old},", i)])
    content = f"{text[:place]},{new},{text[place + len(old) + 2 :]}"

    return Mutant(path, content.encode(), ("hash",), None)


def other_digit(rng: Random, original: Original) -> Mutant:  # noqa: ARG001  # one shape for all
    """A digit of a figure in a table is another."""
    path, text = _table("outcomes")
    place = rng.choice([i for i, letter in enumerate(text) if letter in "12345678"])
    content = f"{text[:place]}{int(text[place]) + 1}{text[place + 1 :]}"

    return Mutant(path, content.encode(), ("hash",), None)


def lost_row(rng: Random, original: Original) -> Mutant:  # noqa: ARG001  # one shape for all
    """A table has lost a row."""
    path, text = _table(rng.choice(["cases", "evidence", "case_countries"]))
    lines = text.splitlines(keepends=True)
    del lines[rng.randrange(1, len(lines))]

    return Mutant(path, "".join(lines).encode(), ("hash",), None)


KINDS_OF_DAMAGE: Final[tuple[Damage, ...]] = (
    truncated,
    not_utf8,
    control_character,
    invisible_line_break,
    duplicate_key,
    anchor,
    alias,
    tag,
    tab,
    second_document,
    emptied,
    colon,
    left_placeholder,
    dropped_locator,
    dropped_value,
    dropped_field,
    null,
    extra_key,
    misspelt_key,
    misspelt_term,
    wrong_type,
    wrong_form,
    emptied_list,
    edition_zero,
    hedge_in_words,
    falling_range,
    swapped_period,
    impossible_day,
    silent_report,
    aimless_relation,
    undated,
    nowhere,
    wrong_unit,
    lost_unit,
    unit_of_count,
    half_count,
    stated_twice,
    source_twice,
    interpol_as_partner,
    lost_series,
    announced_too_early,
    read_too_early,
    category_twice,
    own_asserter,
    dangling_source,
    dangling_metric,
    dangling_organization,
    dangling_country,
    dangling_category,
    removed_source,
    removed_category,
    other_id,
    same_id,
    same_claim,
    cycle_of_categories,
    unused_source,
    retired_in_use,
    same_url,
    same_edition,
    same_organization,
    stray_file,
    future,
    search_page,
    tracking_link,
    idle_preference,
    personal_data,
    person_named,
    overlong,
    other_hash,
    other_paragraph,
    unchecked,
    false_credit,
    false_original,
    idle_exception,
    other_status,
    other_digit,
    lost_row,
)


def load(every: int = 1) -> Original:
    """
    Read the project's records.

    :param every: Keep only one case in so many, and whatever the records that are kept refer to.
    """
    record_set = read_records(ROOT / RECORDS, RECORDS)
    entries = {(entry.kind.table, entry.id): entry for entry in record_set.entries}
    cases = [key for key in entries if key[0] == "cases"]
    kept = {key for key in entries if key[0] not in {"cases", "sources"}} | {*cases[::every]}
    waiting = list(kept)
    while waiting:
        entry = entries[waiting.pop()]
        for _, table, id_ in references(entry.kind.model, entry.data):
            if (table, id_) in entries and (table, id_) not in kept:
                kept.add((table, id_))
                waiting.append((table, id_))

    chosen = tuple(entry for key, entry in entries.items() if key in kept)
    paths = {entry.document.path for entry in chosen}
    documents = tuple(item for item in record_set.documents if item.path in paths)

    return Original(RecordSet(chosen, record_set.defects, documents))


def mutants(original: Original, count: int, seed: int = SEED) -> Iterator[tuple[str, Mutant]]:
    """Damage the records so many times, in all kinds of ways in turn."""
    rng = Random(seed)  # noqa: S311  # no secrets
    for damage in islice(cycle(KINDS_OF_DAMAGE), count):
        yield damage.__name__, _made(damage, rng, original)


def _made(damage: Damage, rng: Random, original: Original) -> Mutant:
    """Try until a record is met that can be damaged in this way."""
    while True:
        try:
            return damage(rng, original)
        except LookupError:
            continue


def run(
    original: Original, count: int, seed: int = SEED, part: int = 0, parts: int = 1
) -> list[tuple[str, str, str | None]]:
    """Damage and check: the kind, the place, and what was found instead where something is."""
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, (kind, mutant) in enumerate(mutants(original, count, seed)):
            if number % parts == part:
                results.append((kind, mutant.expected, _outcome(mutant, original, folder)))

    return results


def _outcome(mutant: Mutant, original: Original, folder: Path) -> str | None:
    try:
        return survives(mutant, original, folder)
    except Exception as error:  # noqa: BLE001  # a crash of the gate is a result
        return f"crash: {error!r}"


def _part(arguments: tuple[int, int, int, int]) -> list[tuple[str, str, str | None]]:
    return run(load(), *arguments)


def main() -> int:
    """Run the generator and print how much of the damage is found, by kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()

    start = time.perf_counter()
    work = [
        (options.mutants, options.seed, part, options.processes)
        for part in range(options.processes)
    ]
    with multiprocessing.Pool(options.processes) as pool:
        results = [result for part in pool.map(_part, work) for result in part]

    made = Counter(kind for kind, _, _ in results)
    lost = [result for result in results if result[2] is not None]
    survivors = Counter(kind for kind, _, _ in lost)
    print("| damage | mutants | found |\n| --- | --- | --- |")
    for damage in KINDS_OF_DAMAGE:
        kind = damage.__name__
        if made[kind]:
            found = made[kind] - survivors[kind]
            print(f"| {kind.replace('_', ' ')} | {made[kind]} | {found} |")
    print(f"| **all** | {len(results)} | {len(results) - len(lost)} |\n")
    for kind, expected, instead in lost:
        print(f"survivor: {kind}, expected {expected}, found {instead}")
    print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)

    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
