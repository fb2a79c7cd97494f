"""Damage to how records fit together."""

# ruff: noqa: D401  # a docstring says what is wrong afterwards

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from interpol_dataset.records.folder import RELEASED
from mutation.edit import (
    any_file,
    inserted,
    line_of,
    misspelt,
    outcomes_of,
    reports_stating,
    some,
    stating,
    with_value,
)
from mutation.original import RECORDS, Mutant

if TYPE_CHECKING:
    from random import Random

    from mutation.original import Original


def dangling_source(rng: Random, original: Original) -> Mutant:
    """A report is of a source that is not there."""
    entry = original.pick(rng, "cases")
    index = rng.randrange(len(entry.data["reports"]))
    path = ("reports", index, "source")

    return with_value(entry, path, misspelt(rng, entry.data["reports"][index]["source"]), "PKG004")


def dangling_metric(rng: Random, original: Original) -> Mutant:
    """A figure is of a metric that is not there."""
    entry = original.pick(rng, "cases", stating("outcomes"))
    path, outcome = some(rng, outcomes_of(entry))

    return with_value(entry, (*path, "metric"), misspelt(rng, outcome["metric"]), "PKG004")


def dangling_organization(rng: Random, original: Original) -> Mutant:
    """A source is of a publisher that is not there."""
    entry = original.pick(rng, "sources")
    name = rng.choice(["publisher", "asserter"])

    return with_value(entry, (name,), misspelt(rng, entry.data[name]), "PKG004")


def dangling_country(rng: Random, original: Original) -> Mutant:
    """A country is not in ISO 3166."""
    entry = original.pick(rng, "cases", stating("countries"))
    index = rng.choice(reports_stating(entry, "countries"))
    path = ("reports", index, "countries", "list", 0)

    return with_value(entry, path, rng.choice(["UKX", "ENG", "EUR", "ZZZ", "KSV"]), "PKG004")


def dangling_category(rng: Random, original: Original) -> Mutant:
    """A case is of a category that is not there."""
    entry = original.pick(rng, "cases")

    return with_value(
        entry, ("categories", 0), misspelt(rng, entry.data["categories"][0]), "PKG004"
    )


def removed_source(rng: Random, original: Original) -> Mutant:
    """The file of a source that is cited was removed."""
    entry = original.pick(rng, "cases")
    index = rng.randrange(len(entry.data["reports"]))
    source = original.by_id["sources", entry.data["reports"][index]["source"]]
    line = line_of(entry, "reports", index, "source")

    return Mutant(source.document.path, None, ("PKG004",), line, entry.document.path)


def removed_category(rng: Random, original: Original) -> Mutant:
    """The file of a category that cases have was removed."""
    entry = original.pick(rng, "cases")
    category = original.by_id["categories", entry.data["categories"][0]]

    return Mutant(
        category.document.path,
        None,
        ("PKG004",),
        line_of(entry, "categories", 0),
        entry.document.path,
    )


def other_id(rng: Random, original: Original) -> Mutant:
    """A record's id is not the name of its file."""
    entry = any_file(rng, original)

    return with_value(entry, ("id",), misspelt(rng, entry.id), "PKG002")


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

    return with_value(entry, path, entry.data["claims"][index - 1]["id"], "PKG003")


def cycle_of_categories(rng: Random, original: Original) -> Mutant:
    """A category is below itself."""
    child = original.pick(rng, "categories", lambda data: "parent" in data)
    parent = original.by_id["categories", child.data["parent"]]
    if "parent" in parent.data:
        mutant = with_value(parent, ("parent",), child.id, "PKG005")
    else:
        line = line_of(parent, "name")
        mutant = inserted(parent, line, f"parent: {child.id}", "PKG005", at=line)

    if child.id < parent.id:
        return replace(mutant, file=child.document.path, line=line_of(child, "parent"))
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
        line_of(entry, "id"),
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
    url = other.data["url"]
    for_others = rng.choice(
        [url, f"https://web.archive.org/web/20220603000000/{url}", f"{url.partition('#')[0]}#top"]
    )
    mutant = with_value(entry, ("url",), f"'{for_others}'", "PKG008")
    if other.id > entry.id:
        return replace(mutant, file=other.document.path, line=line_of(other, "url"))

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
    mutant = with_value(entry, ("edition",), str(other.data["edition"]), "PKG009")
    if other.id > entry.id:
        return replace(mutant, file=other.document.path, line=line_of(other, "edition"))

    return mutant


def same_organization(rng: Random, original: Original) -> Mutant:
    """Two organizations have one name."""
    entry = original.pick(rng, "organizations", lambda data: "country" not in data)
    other = original.pick(
        rng, "organizations", lambda data: "country" not in data and data["id"] != entry.id
    )
    name = str(other.data["name"]).replace("'", "''")
    mutant = with_value(entry, ("name",), f"'{name}'", "PKG010")
    later = max(entry, other, key=lambda item: item.place())

    return replace(mutant, line=line_of(later, "name"))


def stray_file(rng: Random, original: Original) -> Mutant:
    """A record is where none is looked for."""
    entry = any_file(rng, original)
    path = rng.choice(
        [
            f"{RECORDS}/{entry.id}.yaml",
            entry.document.path + ".bak",
            f"{RECORDS}/case/{entry.id}.yaml",
        ]
    )

    return Mutant(path, entry.document.text.encode(), ("PKG001",), None)


def published_and_gone(rng: Random, original: Original) -> Mutant:
    """An id that was published is neither in use nor retired."""
    entry = original.pick(rng, "cases")
    text = f"cases/{entry.id}\ncases/{misspelt(rng, entry.id)}\n"

    return Mutant(f"{RECORDS}/{RELEASED}", text.encode(), ("PKG011",), 2)
