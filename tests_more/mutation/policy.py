"""Damage to what a record may say."""

# ruff: noqa: D401  # a docstring says what is wrong afterwards

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from mutation.edit import (
    any_file,
    inserted,
    key_line_of,
    kind_of,
    line_of,
    outcomes_of,
    reports_stating,
    retold_elsewhere,
    some,
    stating,
    steps_of,
    with_value,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.parse import Entry
    from mutation.original import Mutant, Original


#: Latin letters, and what looks like them.
_CYRILLIC: Final = dict(zip("aceopxy", "асеорху", strict=True))  # noqa: RUF001  # that is the trick


#: A date that is a day.
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def future(rng: Random, original: Original) -> Mutant:
    """A day is still to come."""
    if rng.random() < 0.5:
        return with_value(original.pick(rng, "sources"), ("retrieved",), "2062-11-24", "POL001")

    entry = original.pick(rng, "cases", stating("announced"))
    index = rng.choice(reports_stating(entry, "announced"))

    return with_value(entry, ("reports", index, "announced", "value"), "2062-01-01", "POL001")


def search_page(rng: Random, original: Original) -> Mutant:
    """A source is a search."""
    entry = original.pick(rng, "sources", lambda data: "url" in data)
    url = rng.choice(
        ["https://www.google.com/search?q=interpol", "https://duckduckgo.com/?q=interpol+arrests"]
    )

    return with_value(entry, ("url",), url, "POL002")


def tracking_link(rng: Random, original: Original) -> Mutant:
    """An address tracks its readers."""
    entry = original.pick(rng, "sources", lambda data: "url" in data and "#" not in data["url"])
    url = entry.data["url"]
    parameter = rng.choice(["utm_source=mail", "fbclid=abc", "gclid=1"])

    return with_value(entry, ("url",), f"{url}{'&' if '?' in url else '?'}{parameter}", "POL003")


def named_address(rng: Random, original: Original) -> Mutant:
    """An address names somebody."""
    entry = original.pick(rng, "sources", lambda data: "url" in data)
    name = rng.choice(["giuseppe-q", "mohamed-qwert", "f%C3%A9licien-qwert"])

    return with_value(entry, ("url",), f"https://example.org/{name}", "POL026")


def archived_at_home(rng: Random, original: Original) -> Mutant:
    """A copy is kept by the document's own host."""
    entry = original.pick(rng, "sources", lambda data: "url" in data)
    line, url = key_line_of(entry, "url"), entry.data["url"]

    return inserted(entry, line, f"archived_url: {url}", "POL021", at=line)


def idle_preference(rng: Random, original: Original) -> Mutant:
    """A preference is about a fact that nobody states."""
    entry = original.pick(rng, "cases", lambda data: "prefer" not in data)
    line = key_line_of(entry, "reports")
    source = entry.data["reports"][0]["source"]
    text = f"prefer:\n  - {{fact: outcomes/nothing, source: {source}, reason: It is nearer.}}"

    return inserted(entry, line, text, "POL004", at=line + 1)


def idle_dispute(rng: Random, original: Original) -> Mutant:
    """A dispute is about a fact that nobody states."""
    entry = original.pick(rng, "cases", lambda data: "disputes" not in data)
    line = key_line_of(entry, "reports")
    text = "disputes:\n  - {fact: outcomes/nothing, type: slip, reason: A digit is wrong.}"

    return inserted(entry, line, text, "POL015", at=line + 1)


def one_figure_twice(rng: Random, original: Original) -> Mutant:
    """A newsroom's word for a figure makes a second fact of it."""

    def is_alone(entry: Entry, outcome: dict[str, Any]) -> bool:
        return outcome["value"] >= 10 and all(
            _is_unlike(other, outcome) for _, other in outcomes_of(entry)
        )

    entry, line, outcome, metric = _retold(rng, original, is_alone)

    return _retelling(entry, line, outcome | {"metric": metric}, "POL022")


def one_figure_apart(rng: Random, original: Original) -> Mutant:
    """A newsroom's number for the whole stands as that of a part."""

    def is_whole(entry: Entry, outcome: dict[str, Any]) -> bool:
        return (
            outcome["value"] >= 20
            and not outcome.get("part")
            and all(_is_unlike(other, outcome | {"part": True}) for _, other in outcomes_of(entry))
        )

    entry, line, outcome, _ = _retold(rng, original, is_whole)

    return _retelling(entry, line, outcome | {"part": True}, "POL024")


def _retold(
    rng: Random, original: Original, fits: Callable[[Entry, dict[str, Any]], bool]
) -> tuple[Entry, int, dict[str, Any], str]:
    """Choose a number of an official page that a newsroom could retell; see retold_elsewhere."""
    entry = original.pick(rng, "cases", lambda data: len(data["reports"]) > 1)
    found = some(
        rng,
        (
            found
            for found in retold_elsewhere(original, entry)
            if isinstance(found[1]["value"], int)
            and "drift_of" not in found[1]
            and fits(entry, found[1])
        ),
    )

    return entry, *found


def _retelling(entry: Entry, line: int, outcome: dict[str, Any], rule: str) -> Mutant:
    """Insert a figure as the first of a newsroom's report."""
    kept = [f"{key}: {outcome[key]}" for key in ("metric", "object", "place") if key in outcome]
    part = ["part: true"] if outcome.get("part") else []
    pairs = ", ".join([*kept, *part, f"value: {outcome['value']}"])

    return inserted(entry, line, f"      - {{{pairs}, at: lead}}", rule, at=line)


def finer_elsewhere(rng: Random, original: Original) -> Mutant:
    """A newsroom has exactly what a release rounds, and nobody says which is shown."""

    def rounded(entry: Entry) -> Iterator[tuple[int, int, str, int]]:
        reports = entry.data["reports"]
        preferred = {item["fact"] for item in entry.data.get("prefer", ())}
        for path, outcome in outcomes_of(entry):
            number = re.fullmatch("[<~]([0-9]+)00", str(outcome["value"]))
            metric, document = outcome["metric"], reports[path[1]]
            others = [other for at, other in outcomes_of(entry) if at != path]
            if (
                number is None
                or outcome.keys() - {"metric", "value", "at", "note"}
                or kind_of(original, document) != "official"
                or metric in {other["metric"] for other in others}
                or f"outcomes/{metric}" in preferred
            ):
                continue
            for index, report in enumerate(reports):
                if kind_of(original, report) == "news" and "outcomes" in report:
                    line = line_of(entry, "reports", index, "outcomes", 0)
                    yield line, path[1], metric, int(number[1]) * 100 - 3

    entry = some(rng, (entry for entry in original.by_table["cases"] if any(rounded(entry))))
    line, index, metric, number = some(rng, rounded(entry))
    text = f"      - {{metric: {metric}, value: {number}, at: lead}}"
    at = next(
        line_of(entry, *path)
        for path, outcome in outcomes_of(entry)
        if path[1] == index and outcome["metric"] == metric
    )

    return inserted(entry, line, text, "POL023", at=min(at + (line <= at), line))


def _is_unlike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether a figure is the other itself, or of something else."""
    keys = ("metric", "object", "place", "part")

    return one is other or any(one.get(key) != other.get(key) for key in keys)


def idle_part(rng: Random, original: Original) -> Mutant:
    """An entry in 'parts' is about a fact that nobody states."""
    entry = original.pick(rng, "cases", lambda data: "parts" not in data)
    line = key_line_of(entry, "reports")
    text = "parts:\n  - {fact: outcomes/nothing, of: none, reason: It is counted apart.}"

    return inserted(entry, line, text, "POL018", at=line + 1)


def outgrown_whole(rng: Random, original: Original) -> Mutant:
    """A country has far more of something than all countries together."""
    entry = original.pick(rng, "cases", lambda data: any(_shares(data)))
    path = some(rng, _shares(entry.data))

    return with_value(entry, (*path, "value"), "999999999999", "POL019")


def _shares(data: dict[str, Any]) -> Iterator[KeyPath]:
    """Return the only statements on a country's share, where one on the whole has a limit."""
    parts = {item["fact"] for item in data.get("parts", ())}
    listed = [
        (("reports", index, "outcomes", number), outcome)
        for index, report in enumerate(data["reports"])
        for number, outcome in enumerate(report.get("outcomes", ()))
        if not outcome.keys() & {"part", "object", "unit", "drift_of"}
    ]
    totals = {item["metric"] for _, item in listed if "place" not in item}
    open_above = {item["metric"] for _, item in listed if str(item["value"]).startswith(">")}
    times = Counter((item["metric"], item.get("place")) for _, item in listed)
    for path, item in listed:
        metric, place = item["metric"], item.get("place")
        is_only = place and times[metric, place] == 1
        if is_only and metric in totals - open_above and f"outcomes/{metric}@{place}" not in parts:
            yield path


def shared_figure(rng: Random, original: Original) -> Mutant:
    """A case is said to share a figure with the edition that it follows."""
    entry = original.pick(
        rng,
        "cases",
        lambda data: any(item["type"] == "follows" for item in data.get("relations", ())),
    )
    relations = entry.data["relations"]
    index = some(rng, (i for i, item in enumerate(relations) if item["type"] == "follows"))
    new = f"{relations[index]['case']}, shared: [outcomes/arrests]"

    return with_value(entry, ("relations", index, "case"), new, "POL020")


def note_on_one(rng: Random, original: Original) -> Mutant:
    """A step of proceedings says whom it was about."""
    entry = original.pick(rng, "cases", lambda data: "proceedings" in data)
    path, step = some(rng, (pair for pair in steps_of(entry) if pair[1].get("persons") in {1, 2}))
    text = f"{step['outcome']}, note: the captain"

    return with_value(entry, (*path, "outcome"), text, "POL038")


def personal_data(rng: Random, original: Original) -> Mutant:
    """A text says when somebody was born, or under which number somebody is sought."""
    entry = original.pick(rng, "cases")
    text = rng.choice(
        ["One was born on 3 May 1971.", "The number is 2019/34567.", "The notice is A-1234/5-2019."]
    )

    return with_value(entry, ("summary",), text, "POL005")


def person_named(rng: Random, original: Original) -> Mutant:
    """A text names a suspect."""
    entry = original.pick(rng, "cases")
    text = rng.choice(
        ["The fugitive Xaname Xbname was found.", "Xaname Xbname, aged 47, was found."]
    )

    return with_value(entry, ("summary",), text, "POL006")


def overlong(rng: Random, original: Original) -> Mutant:
    """A summary is as long as a release."""
    return with_value(
        original.pick(rng, "cases"), ("summary",), "so much text " * 80 + "x", "POL007"
    )


def other_hash(rng: Random, original: Original) -> Mutant:
    """A paragraph has two hashes."""
    entry = original.pick(rng, "claims")
    claims = entry.data["claims"]
    numbers = Counter(claim["paragraph"] for claim in claims)
    index = rng.choice([i for i, claim in enumerate(claims) if numbers[claim["paragraph"]] > 1])
    same = [i for i, claim in enumerate(claims) if claim["paragraph"] == claims[index]["paragraph"]]
    path = ("claims", index, "paragraph_sha256")
    mutant = with_value(entry, path, hashlib.sha256(b"other").hexdigest(), "POL008")
    if index == same[0]:
        return replace(mutant, line=line_of(entry, "claims", same[1], "paragraph_sha256"))

    return mutant


def other_paragraph(rng: Random, original: Original) -> Mutant:
    """A claim's id names another paragraph."""
    entry = original.pick(rng, "claims")
    index = rng.randrange(len(entry.data["claims"]))
    mutant = with_value(entry, ("claims", index, "paragraph"), "999", "POL008")

    return replace(mutant, line=line_of(entry, "claims", index, "id"))


def unchecked(rng: Random, original: Original) -> Mutant:
    """A claim that nobody checked can be."""
    entry = original.pick(rng, "claims")
    claims = entry.data["claims"]
    index = some(
        rng,
        (
            i
            for i, claim in enumerate(claims)
            if not claim["checkable"] and "evidence" not in claim and "searches" not in claim
        ),
    )

    return with_value(entry, ("claims", index, "checkable"), "true", "POL009")


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

    return with_value(entry, ("summary",), "INTERPOL led the raids.", "POL010")


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

        return with_value(entry, ("kind",), "official", "POL014")

    entry = original.pick(
        rng,
        "sources",
        lambda data: data["kind"] == "official" and data["publisher"] == data["asserter"],
    )

    return with_value(entry, ("kind",), "copy", "POL014")


def invisible_character(rng: Random, original: Original) -> Mutant:
    """A name has a character that nobody sees."""
    entry = original.pick(rng, "cases", lambda data: len(data["name"]) > 1)
    name = entry.data["name"]
    at = rng.randrange(1, len(name))
    hidden = rng.choice("\u200b\u00ad\u202e\u2060\ufe0f\u3164")

    return with_value(entry, ("name",), json.dumps(name[:at] + hidden + name[at:]), "POL017")


def lookalike(rng: Random, original: Original) -> Mutant:
    """A letter of a name is one of another script."""
    entry = original.pick(rng, "cases")
    name = entry.data["name"]
    places = [
        at
        for at, letter in enumerate(name)
        if letter in _CYRILLIC and re.search(r"[A-Za-z]\Z", name[:at])
    ]
    if not places:
        raise LookupError(name)
    at = rng.choice(places)
    posing = json.dumps(name[:at] + _CYRILLIC[name[at]] + name[at + 1 :])

    return with_value(entry, ("name",), posing, "POL017")


def unmarked_joint_text(rng: Random, original: Original) -> Mutant:
    """A source has the title and the day of another body's document."""
    sources = {
        entry.id: entry
        for entry in original.by_table["sources"]
        if entry.data["kind"] == "official" and _DAY.fullmatch(str(entry.data.get("published")))
    }

    def pairs(data: Any) -> list[tuple[int, Any, Any]]:
        found = [(n, sources.get(report["source"])) for n, report in enumerate(data["reports"])]
        return [
            (index, one, other)
            for (_, one), (index, other) in combinations(found, 2)
            if one and other and not _is_tied(one.data, other.data)
        ]

    case = original.pick(rng, "cases", pairs)
    index, one, other = rng.choice(pairs(case.data))
    damaged = with_value(other, ("title",), json.dumps(one.data["title"]), "POL016")
    days = [f"published: {entry.data['published']}".encode() for entry in (other, one)]

    return replace(
        damaged,
        content=(damaged.content or b"").replace(*days),
        file=case.document.path,
        line=line_of(case, "reports", index, "source"),
    )


def _is_tied(one: Any, other: Any) -> bool:
    return one["asserter"] in (other["asserter"], *other.get("issued_with", ())) or other[
        "asserter"
    ] in one.get("issued_with", ())


def idle_exception(rng: Random, original: Original) -> Mutant:
    """An exception is made from a rule that finds nothing."""
    entry = any_file(rng, original)
    line = line_of(entry, "id")

    return inserted(
        entry, line + 1, "# allow POL005: it was needed once, long ago", "POL012", at=line + 1
    )
