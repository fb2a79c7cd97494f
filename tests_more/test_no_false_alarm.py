"""
Correct contributions pass the gate: none of a hundred has an error, and at most three a warning.

Those in ``contributions.yaml`` are written by hand, and odd. The others are made of committed ones,
under other names, with other sources and with all figures times three.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from interpol_dataset.findings import Severity
from interpol_dataset.records import models as m
from interpol_dataset.records.folder import RECORDS, read_records
from interpol_dataset.rules import gate

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
BY_HAND: Final = yaml.safe_load((ROOT / "tests_more" / "contributions.yaml").read_text("utf-8"))

#: So many are made of committed cases.
MADE: Final = 80
#: So many warnings that are none may there be.
MOST: Final = 3

#: What ties a case to others, and numbers of its summary other than years.
_TIES: Final = re.compile(
    r"^(?:series|edition|relations|aliases|searches|proceedings):.*\n(?: .*\n)*", re.MULTILINE
)
_NUMBER: Final = re.compile(r"\b(?!(?:19|20)[0-9]{2}\b)[0-9]")


def _source(written: list[Any]) -> dict[str, Any]:
    """Return the record of a source of a contribution by hand."""
    id_, kind, publisher, asserter, title, day, language, *others = written
    dated = {"published": day} if day else {"undated": "The page shows no date."}
    issued_with = {"issued_with": others[0]} if others else {}
    text_of = {"text_of": asserter} if kind == "copy" else {}

    return {
        "id": id_,
        "kind": kind,
        "publisher": publisher,
        "asserter": asserter,
        **issued_with,
        **text_of,
        "title": title,
        "url": f"https://{publisher}.example/{id_}",
        **dated,
        "retrieved": "2026-11-24",
        "language": language,
    }


def by_hand() -> Iterator[tuple[str, str]]:
    """Yield the contributions by hand, by the paths of their files."""
    for item in BY_HAND:
        records = {
            **{f"sources/{source[0]}.yaml": _source(source) for source in item["sources"]},
            **{f"cases/{case['id']}.yaml": case for case in (item["case"], *item.get("more", ()))},
        }
        for path, record in records.items():
            yield path, yaml.safe_dump(record, sort_keys=False, allow_unicode=True)


def made(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield cases that are like committed ones, and their sources, by the paths of their files."""
    alone = [
        entry
        for entry in read_records(folder, "r").entries
        if isinstance(entry.record, m.Case)
        and "# allow " not in entry.document.text
        and not _NUMBER.search(entry.record.summary)
    ]
    assert len(alone) >= MADE
    for number, entry in enumerate(alone[:: len(alone) // MADE][:MADE]):
        text = _TIES.sub("", entry.document.text)
        for report in entry.record.reports:
            text = re.sub(rf"\b{report.source}(?![\w-])", f"{report.source}-again", text)
            source = (folder / "sources" / f"{report.source}.yaml").read_text("utf-8")
            yield _earlier(f"sources/{report.source}-again.yaml"), _earlier(_again(source))
        for field, value in (("id", f"{entry.id}-again"), ("name", f"Grey heron {_word(number)}")):
            text = re.sub(
                rf"^{field}: .+(?:\n .+)*$", f"{field}: {value}", text, flags=re.MULTILINE
            )
        text = re.sub(r"(metric: .*?value: )('?[<>=~]*)([0-9.]+)", _thrice, text)
        yield _earlier(f"cases/{entry.id}-again.yaml"), _earlier(text)


def _word(number: int) -> str:
    """Return a word for a number that has no digit."""
    return "".join("abcdefghij"[int(digit)] * 3 for digit in f"{number:02}")


def _again(source: str) -> str:
    """Return a source under another id and address."""
    source = re.sub(r"^id: (.+)$", r"id: \1-again", source, flags=re.MULTILINE)
    publisher, asserter = re.findall(r"^(?:publisher|asserter): (.+)$", source, re.MULTILINE)
    whose = f"text_of: {asserter}\n" if asserter != publisher else ""
    source = re.sub(r"^same_text: .+\n", whose, source, flags=re.MULTILINE)
    source = re.sub(r"^(?:sha256|content_hash|archived_url): .+\n", "", source, flags=re.MULTILINE)

    return re.sub(r"^(url: '?[^?#'\s]+?)/?(?=[?#'\s])", r"\1/again", source, flags=re.MULTILINE)


def _earlier(text: str) -> str:
    """
    Return a record four years earlier, leap days included: of one day it would be the same.

    Years that end the name of a body, such as bologna1996, stay.
    """
    return re.sub(
        r"(?<![0-9.a-z])(?:19|20)[0-9]{2}(?![0-9.])", lambda it: str(int(it[0]) - 4), text
    )


def _thrice(match: re.Match[str]) -> str:
    """Return a value times three, with its hedge; of a range, both ends."""
    low, dots, high = match[3].partition("..")
    ends = [f"{float(end) * 3:.6f}".rstrip("0").rstrip(".") for end in (low, high) if end]

    return match[1] + match[2] + dots.join(ends)


def test_correct_contributions_pass(tmp_path: Path) -> None:
    """A hundred of them have no error, and three warnings at most."""
    folder = shutil.copytree(ROOT / RECORDS, tmp_path / "records")
    files = dict([*by_hand(), *made(folder)])
    for name, text in files.items():
        assert not (folder / name).exists()
        (folder / name).write_text(text, "utf-8")
    found = gate.findings(read_records(folder, "r"))
    said = [f"{item.place} {item.rule} {item.message}" for item in found]

    assert sum(name.startswith("cases/") for name in files) >= MADE + 20
    assert not [item for item in found if item.severity is Severity.ERROR], said
    assert len(said) <= MOST, said
