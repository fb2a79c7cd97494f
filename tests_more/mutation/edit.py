"""Changes to the text of a file, and what is in the records to be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mutation.original import Mutant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from random import Random

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.schema.vocabulary import Dimension
    from mutation.original import Original


def cut(entry: Entry, start: tuple[int, int], end: tuple[int, int], new: str) -> bytes:
    """Write something else between two places, given by line and column from 1."""
    lines = entry.document.text.splitlines(keepends=True)
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    first, last = (offsets[line - 1] + column - 1 for line, column in (start, end))

    return (entry.document.text[:first] + new + entry.document.text[last:]).encode()


def with_value(entry: Entry, path: KeyPath, new: str, *rules: str) -> Mutant:
    """Write another value."""
    span = entry.document.places.values[(*entry.at, *path)]
    content = cut(
        entry, (span.line, span.column), (span.end_line, span.end_column), _spaced(new, span)
    )

    return Mutant(entry.document.path, content, rules, span.line)


def _spaced(new: str, span: Any) -> str:  # a span
    """End a text that stood in a block with its line break."""
    return new + "\n" if span.end_column == 1 and span.end_line > span.line else new


def without(entry: Entry, path: KeyPath, *rules: str, at: int) -> Mutant:
    """Leave out a key with its value, in a mapping on one line or on several."""
    key = entry.document.places.keys[(*entry.at, *path)]
    value = entry.document.places.values[(*entry.at, *path)]
    line = entry.document.text.splitlines()[key.line - 1]
    before = line[: key.column - 1]

    if before.strip(" -") == "":
        end = (value.end_line + (value.end_column > 1), 1)
        content = cut(entry, (key.line, 1), end, "")
        if before.strip():
            raise LookupError(path)  # the first key of an item in a list
    else:
        start = key.column - 2 if before.endswith(", ") else key.column
        content = cut(entry, (key.line, start), (value.end_line, value.end_column), "")

    return Mutant(entry.document.path, content, rules, at)


def inserted(entry: Entry, line: int, text: str, *rules: str, at: int) -> Mutant:
    """Insert lines before a line."""
    return Mutant(entry.document.path, cut(entry, (line, 1), (line, 1), text + "\n"), rules, at)


def line_of(entry: Entry, *path: str | int) -> int:
    """Return the line of a value."""
    return entry.document.places.values[(*entry.at, *path)].line


def key_line_of(entry: Entry, *path: str | int) -> int:
    """Return the line of a key."""
    return entry.document.places.keys[(*entry.at, *path)].line


def misspelt(rng: Random, word: str) -> str:
    """Change a letter of an id, so that it is nobody else's."""
    place = rng.randrange(len(word))

    return f"{word[:place]}zq{word[place + 1 :].lstrip('-')}".replace("--", "-")


def some(rng: Random, items: Iterable[Any]) -> Any:  # any item
    """Choose an item; there may be none."""
    listed = list(items)
    if not listed:
        raise LookupError

    return rng.choice(listed)


def outcomes_of(entry: Entry) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Return the outcomes of a case, with the paths to them."""
    for index, report in enumerate(entry.data["reports"]):
        for number, outcome in enumerate(report.get("outcomes", [])):
            yield ("reports", index, "outcomes", number), outcome


def steps_of(entry: Entry) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Return the steps of proceedings of a case, with the paths to them."""
    for index, told in enumerate(entry.data.get("proceedings", [])):
        for number, step in enumerate(told["steps"]):
            yield ("proceedings", index, "steps", number), step


def stating(name: str) -> Callable[[Any], bool]:
    """Return a test of cases: whether a report states this."""
    return lambda data: any(name in report for report in data["reports"])


def reports_stating(entry: Entry, name: str) -> list[int]:
    """Return the positions of the reports that state this."""
    return [index for index, report in enumerate(entry.data["reports"]) if name in report]


def measured(original: Original, dimension: Dimension) -> set[str]:
    """Return the metrics of a dimension."""
    return {
        entry.id for entry in original.by_table["metrics"] if entry.data["dimension"] == dimension
    }


def any_file(rng: Random, original: Original) -> Entry:
    """Choose a record that has a file of its own."""
    return original.pick(rng, rng.choice(["cases", "sources", "sources", "challenges", "lessons"]))


def retold_elsewhere(original: Original, entry: Entry) -> Iterator[tuple[int, dict[str, Any], str]]:
    """
    Yield figures of a case that an official page states and a newsroom's does not.

    Each with the line before which the newsroom's outcomes begin, and another metric of the
    family of its own that the case does not use.
    """
    families = {
        item.id: item.data.get("family")
        for item in original.by_table["metrics"]
        if item.id not in {"convictions", "persons-charged"}  # they are steps of proceedings
    }
    used = {outcome["metric"] for _, outcome in outcomes_of(entry)}
    for index, report in enumerate(entry.data["reports"]):
        stated = report.get("outcomes", [])
        own = {outcome["metric"] for outcome in stated}
        own |= {outcome["drift_of"].split("/")[1] for outcome in stated if "drift_of" in outcome}
        if kind_of(original, report) != "news" or not own:
            continue
        for path, outcome in outcomes_of(entry):
            if kind_of(original, entry.data["reports"][path[1]]) != "official":
                continue
            family = families[outcome["metric"]]
            others = [id_ for id_ in families if families[id_] == family and id_ not in used]
            if family in {"suspects", "victims", "case-files"} and outcome["metric"] not in own:
                for other in others:
                    yield line_of(entry, "reports", index, "outcomes", 0), outcome, other


def kind_of(original: Original, report: dict[str, Any]) -> str:
    """Return the kind of the source of a report."""
    return str(original.by_id["sources", report["source"]].data["kind"])
