"""
A synthetic data package for the benchmark: four resources, ids shuffled, seeded.

``cases`` and ``sources`` have a tenth of the rows of ``outcomes`` and ``evidence``; one in a
hundred summaries holds a line break inside quotes. The damaged copy has one row in a thousand
hit by each kind of fault that applies to its resource, and never two faults in one row.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Damage", "write_package"]

SEED: Final = 20_240_229

_SLUG: Final = "[a-z0-9]+(?:-[a-z0-9]+)*"
_METRICS: Final = [f"metric-{number:02}" for number in range(40)]
_KINDS: Final = ["operation", "takedown", "recovery", "rescue", "arrest", "seizure"]
_STATUSES: Final = ["corroborated", "documented", "reported", "disputed", "unverified"]
_UNITS: Final = ["people", "usd", "eur", "kg", "items", "cases"]
_SOURCE_KINDS: Final = ["official", "court", "oversight", "academic", "ngo", "news"]
_AGREEMENT: Final = ["supports", "partly", "contradicts"]
_FACTS: Final = ["period", "country_count", "value", "place"]
_WORDS: Final = ["storm", "haechi", "lion", "fish", "trigger", "tiger", "wolf", "pangea", "opson"]
_PLACES: Final = ["AUS", "BGD", "BRA", "CHN", "DEU", "EGY", "FRA", "GHA", "IND", "JPN", "KEN"]

_REQUIRED: Final = {"required": True}


def _field(name: str, kind: str = "string", **rest: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **rest}


def _enum(name: str, values: list[str]) -> dict[str, Any]:
    return _field(name, constraints={"required": True, "enum": values})


def _key(name: str) -> dict[str, Any]:
    return _field(name, constraints={"required": True, "pattern": _SLUG})


def _reference(field: str, resource: str) -> dict[str, Any]:
    return {"fields": field, "reference": {"resource": resource, "fields": "id"}}


def _bounded(name: str, kind: str, **bounds: Any) -> dict[str, Any]:
    return _field(name, kind, constraints=bounds)


SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "cases": {
        "fields": [
            _key("id"),
            _field("name", constraints=_REQUIRED),
            _enum("kind", _KINDS),
            _enum("status", _STATUSES),
            _bounded("start", "date", minimum="1990-01-01", maximum="2026-12-31"),
            _field("end", "date"),
            _bounded("country_count", "integer", minimum=1, maximum=196),
            _field("lead", constraints={"pattern": "[A-Z]{3}"}),
            _field("summary", constraints={"minLength": 10, "maxLength": 400}),
        ],
        "primaryKey": "id",
    },
    "sources": {
        "fields": [
            _key("id"),
            _field("title", constraints=_REQUIRED),
            _enum("kind", _SOURCE_KINDS),
            _field("url", constraints={"pattern": "https?://.+"}),
            _bounded("published", "date", minimum="1990-01-01", maximum="2026-12-31"),
            _field("language", constraints={"pattern": "[a-z]{2}"}),
            _bounded("rank", "integer", minimum=1, maximum=9),
        ],
        "primaryKey": "id",
    },
    "outcomes": {
        "fields": [
            _key("id"),
            _field("case_id", constraints=_REQUIRED),
            _enum("metric", _METRICS),
            _field("place", constraints={"pattern": "[A-Z]{3}"}),
            _bounded("value", "number", minimum=0),
            _bounded("lower", "number", minimum=0),
            _bounded("upper", "number", minimum=0),
            _enum("unit", _UNITS),
            _enum("status", _STATUSES),
        ],
        "primaryKey": "id",
        "foreignKeys": [_reference("case_id", "cases")],
    },
    "evidence": {
        "fields": [
            _key("id"),
            _field("source_id", constraints=_REQUIRED),
            _enum("fact", _FACTS),
            _bounded("value", "number", minimum=0),
            _enum("agreement", _AGREEMENT),
            _field("accessed", "date"),
            _field("locator", constraints={"maxLength": 40}),
        ],
        "primaryKey": "id",
        "foreignKeys": [_reference("source_id", "sources")],
    },
}

#: For each resource and kind of fault: the column that is hit, and what is written there.
_FAULTS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "cases": {
        "type": ("start", "2021-02-30"),
        "enum": ("kind", "party"),
        "pattern": ("lead", "aus"),
        "required": ("name", ""),
        "maximum": ("country_count", "500"),
        "primary-key": ("id", ""),
    },
    "sources": {
        "type": ("rank", "0x1F"),
        "enum": ("kind", "rumour"),
        "pattern": ("language", "ENG"),
        "required": ("title", ""),
        "maximum": ("rank", "12"),
        "primary-key": ("id", ""),
    },
    "outcomes": {
        "type": ("value", "1,5o"),
        "enum": ("metric", "metric-99"),
        "pattern": ("place", "Fra"),
        "required": ("unit", ""),
        "minimum": ("lower", "-3"),
        "foreign-key": ("case_id", "nowhere-1"),
        "primary-key": ("id", ""),
    },
    "evidence": {
        "type": ("accessed", "2020-1-5"),
        "enum": ("agreement", "shrugs"),
        "pattern": ("id", "Not_A_Slug-{row}"),
        "required": ("source_id", ""),
        "minimum": ("value", "-1"),
        "foreign-key": ("source_id", "nobody-1"),
        "primary-key": ("id", ""),
    },
}


@dataclass(frozen=True, slots=True, order=True)
class Damage:
    """
    One fault that was put into the package.

    :param resource: The resource's name.
    :param row: The data row, from 1.
    :param field: The column.
    :param rule: The rule that it breaks.
    """

    resource: str
    row: int
    field: str
    rule: str


def write_package(folder: Path, rows: int, *, share: float = 0.0) -> list[Damage]:
    """
    Write the package and say which faults are in it.

    :param folder: Where to write.
    :param rows: About how many rows in all, without the tenth that cases and sources add.
    :param share: The share of each resource's rows that each kind of fault hits.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(SEED)  # noqa: S311 - reproducible, not secret
    large = rows // 2
    small = max(large // 10, 10)
    ids = {
        "cases": _ids(draw, "case", small),
        "sources": _ids(draw, "src", small),
        "outcomes": _ids(draw, "out", large),
        "evidence": _ids(draw, "ev", large),
    }
    damage: list[Damage] = []
    for name, schema in SCHEMAS.items():
        header = [field["name"] for field in schema["fields"]]
        hits = _plan(draw, name, len(ids[name]), share)
        damage += [Damage(name, row, _FAULTS[name][rule][0], rule) for row, rule in hits.items()]
        sound = _ROWS[name](draw, ids)
        written = _damaged(sound, header, hits, _FAULTS[name], draw)
        _write_table(folder / f"{name}.csv", header, written)
        # A row whose key is overwritten has no children: each fault is found once.
        lost = {row - 1 for row, rule in hits.items() if rule == "primary-key"}
        ids[name] = [key for row, key in enumerate(ids[name]) if row not in lost]

    (folder / "datapackage.json").write_text(json.dumps(_descriptor(), indent=1), encoding="utf-8")

    return sorted(damage)


def _ids(draw: random.Random, prefix: str, count: int) -> list[str]:
    """Make unique slugs in random order, so that no sorted-key shortcut can help."""
    ids = [f"{prefix}-{draw.choice(_WORDS)}-{number:07}" for number in range(count)]
    draw.shuffle(ids)

    return ids


def _plan(draw: random.Random, name: str, count: int, share: float) -> dict[int, str]:
    """Choose distinct rows for the faults; the first row stays whole, as later ones copy keys."""
    each = round(count * share)
    faults = list(_FAULTS[name])
    rows = draw.sample(range(2, count + 1), each * len(faults))

    return {row: faults[index // each] for index, row in enumerate(rows)}


def _damaged(
    rows: Iterator[list[str]],
    header: list[str],
    hits: dict[int, str],
    faults: dict[str, tuple[str, str]],
    draw: random.Random,
) -> Iterator[list[str]]:
    keys: list[str] = []
    for number, row in enumerate(rows, start=1):
        if rule := hits.get(number):
            field, text = faults[rule]
            text = draw.choice(keys) if rule == "primary-key" else text.format(row=number)
            row[header.index(field)] = text
        else:
            keys.append(row[0])
        yield row


def _write_table(path: Path, header: list[str], rows: Iterator[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _date(draw: random.Random) -> str:
    return f"{draw.randint(1995, 2025)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"


def _cases(draw: random.Random, ids: dict[str, list[str]]) -> Iterator[list[str]]:
    for number, key in enumerate(ids["cases"]):
        break_ = "\n" if number % 100 == 0 else " "
        words = " ".join(draw.choices(_WORDS, k=14))
        yield [
            key,
            f"Operation {draw.choice(_WORDS).title()} {number}",
            draw.choice(_KINDS),
            draw.choice(_STATUSES),
            _date(draw),
            _date(draw),
            str(draw.randint(1, 196)),
            draw.choice(_PLACES),
            f"Police of several countries,{break_}{words}.",
        ]


def _sources(draw: random.Random, ids: dict[str, list[str]]) -> Iterator[list[str]]:
    for number, key in enumerate(ids["sources"]):
        slug = "-".join(draw.choices(_WORDS, k=5))
        yield [
            key,
            f"Press release {number}: {' '.join(draw.choices(_WORDS, k=6))}",
            draw.choice(_SOURCE_KINDS),
            f"https://example.org/news/{number}/{slug}?lang=en",
            _date(draw),
            draw.choice(["en", "fr", "es", "ar"]),
            str(draw.randint(1, 9)),
        ]


def _outcomes(draw: random.Random, ids: dict[str, list[str]]) -> Iterator[list[str]]:
    for key in ids["outcomes"]:
        value = draw.randint(0, 100_000)
        yield [
            key,
            draw.choice(ids["cases"]),
            draw.choice(_METRICS),
            draw.choice(_PLACES) if draw.random() < 0.5 else "",  # noqa: PLR2004
            str(value),
            f"{value * 0.9:.1f}",
            f"{value * 1.1:.1f}",
            draw.choice(_UNITS),
            draw.choice(_STATUSES),
        ]


def _evidence(draw: random.Random, ids: dict[str, list[str]]) -> Iterator[list[str]]:
    for key in ids["evidence"]:
        yield [
            key,
            draw.choice(ids["sources"]),
            draw.choice(_FACTS),
            str(draw.randint(0, 100_000)),
            draw.choice(_AGREEMENT),
            _date(draw),
            f"paragraph {draw.randint(1, 40)}",
        ]


_ROWS: Final = {
    "cases": _cases,
    "sources": _sources,
    "outcomes": _outcomes,
    "evidence": _evidence,
}


def _descriptor() -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "synthetic",
        "resources": [
            {
                "name": name,
                "type": "table",
                "path": f"{name}.csv",
                "scheme": "file",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema,
            }
            for name, schema in SCHEMAS.items()
        ],
    }
