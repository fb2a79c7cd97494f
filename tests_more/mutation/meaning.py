"""Damage to what a record means."""

# ruff: noqa: D401  # a docstring says what is wrong afterwards

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from interpol_dataset.evidence.testimony import Standing, standing_of
from interpol_dataset.schema.vocabulary import Dimension
from interpol_dataset.values.edtf import Edtf
from mutation.edit import (
    inserted,
    key_line_of,
    line_of,
    measured,
    outcomes_of,
    reports_stating,
    retold_elsewhere,
    some,
    stating,
    steps_of,
    with_value,
    without,
)

if TYPE_CHECKING:
    from random import Random

    from mutation.original import Mutant, Original


def silent_report(rng: Random, original: Original) -> Mutant:
    """A report says nothing."""
    entry = original.pick(rng, "cases")
    line = key_line_of(entry, "reports") + 1
    source = original.pick(rng, "sources").id

    return inserted(entry, line, f"  - source: {source}", "MNG001", at=line)


def aimless_relation(rng: Random, original: Original) -> Mutant:
    """A relation names nothing."""
    entry = original.pick(rng, "cases", lambda data: "relations" in data)
    line = key_line_of(entry, "relations") + 1

    return inserted(entry, line, "  - {type: follows}", "MNG002", at=line)


def undated(rng: Random, original: Original) -> Mutant:
    """A source has lost its date."""
    entry = original.pick(rng, "sources", lambda data: "published" in data)

    return without(entry, ("published",), "MNG003", at=line_of(entry, "id"))


def nowhere(rng: Random, original: Original) -> Mutant:
    """A source has lost its address."""
    entry = original.pick(rng, "sources", lambda data: "url" in data and "sha256" not in data)

    return without(entry, ("url",), "MNG004", at=line_of(entry, "id"))


def wrong_unit(rng: Random, original: Original) -> Mutant:
    """A figure has the unit of something else."""
    entry = original.pick(
        rng,
        "cases",
        lambda data: any("unit" in o for r in data["reports"] for o in r.get("outcomes", [])),
    )
    path, outcome = some(rng, (pair for pair in outcomes_of(entry) if "unit" in pair[1]))
    money = outcome["metric"] in measured(original, Dimension.CURRENCY)

    return with_value(entry, (*path, "unit"), "kg" if money else "USD", "MNG005")


def lost_unit(rng: Random, original: Original) -> Mutant:
    """A figure has lost its unit."""
    entry = original.pick(
        rng,
        "cases",
        lambda data: any("unit" in o for r in data["reports"] for o in r.get("outcomes", [])),
    )
    path, _ = some(rng, (pair for pair in outcomes_of(entry) if "unit" in pair[1]))

    return without(entry, (*path, "unit"), "MNG005", at=line_of(entry, *path))


def unit_of_count(rng: Random, original: Original) -> Mutant:
    """What is counted has a unit."""
    counts = measured(original, Dimension.COUNT)
    entry = original.pick(
        rng,
        "cases",
        lambda data: any(
            o["metric"] in counts for r in data["reports"] for o in r.get("outcomes", [])
        ),
    )
    path, outcome = some(rng, (pair for pair in outcomes_of(entry) if pair[1]["metric"] in counts))

    return with_value(entry, (*path, "metric"), f"{outcome['metric']}, unit: kg", "MNG005")


def half_count(rng: Random, original: Original) -> Mutant:
    """What is counted is a fraction."""
    counts = measured(original, Dimension.COUNT)
    entry = original.pick(
        rng,
        "cases",
        lambda data: any(
            o["metric"] in counts for r in data["reports"] for o in r.get("outcomes", [])
        ),
    )
    path, _ = some(rng, (pair for pair in outcomes_of(entry) if pair[1]["metric"] in counts))

    return with_value(entry, (*path, "value"), "1.5", "MNG012")


def nothing_taken_back(rng: Random, original: Original) -> Mutant:
    """A step of proceedings does not say what was taken back."""
    entry = original.pick(rng, "cases", lambda data: "proceedings" in data)
    path, _ = some(rng, (pair for pair in steps_of(entry) if "what" not in pair[1]))
    damaged = with_value(entry, (*path, "outcome"), "taken-back", "MNG051")

    return replace(damaged, line=line_of(entry, *path))


def more_taken_back(rng: Random, original: Original) -> Mutant:
    """More convictions were taken back than there were."""
    entry = original.pick(rng, "cases", lambda data: "proceedings" in data)
    taken_back = [pair for pair in steps_of(entry) if pair[1].get("what") == "conviction"]
    if len(taken_back) > 1:
        raise LookupError(entry.id)  # where another page has the number, that one is taken
    path, _ = some(rng, taken_back)

    return with_value(entry, (*path, "persons"), "999", "MNG052")


def stated_twice(rng: Random, original: Original) -> Mutant:
    """A figure is in a report twice."""
    entry = original.pick(rng, "cases", stating("outcomes"))
    path, _ = some(rng, outcomes_of(entry))
    line = line_of(entry, *path)
    text = entry.document.text.splitlines()[line - 1]

    return inserted(entry, line, text, "MNG006", at=line + 1)


def named_total(rng: Random, original: Original) -> Mutant:
    """A total has the name of a part."""
    entry = original.pick(rng, "cases", stating("outcomes"))
    wholes = (pair for pair in outcomes_of(entry) if not {"part", "drift_of"} & {*pair[1]})
    path, outcome = some(rng, wholes)
    new = f"{outcome['metric']}, part_name: port"

    return with_value(entry, (*path, "metric"), new, "MNG031")


def drift_of_nothing(rng: Random, original: Original) -> Mutant:
    """A figure is said to retell one that nobody states."""
    entry = original.pick(rng, "cases", stating("outcomes"))
    path, outcome = some(rng, (pair for pair in outcomes_of(entry) if "drift_of" not in pair[1]))
    new = f"{outcome['metric']}, drift_of: outcomes/nothing"

    return with_value(entry, (*path, "metric"), new, "MNG016")


def drift_of_another(rng: Random, original: Original) -> Mutant:
    """A figure is said to retell another number."""
    entry = original.pick(rng, "cases", stating("outcomes"))
    line, outcome, metric = some(
        rng,
        (
            found
            for found in retold_elsewhere(original, entry)
            if not {"object", "place", "part", "drift_of"} & {*found[1]}
        ),
    )
    text = (
        f"      - {{drift_of: outcomes/{outcome['metric']}, metric: {metric}, value: 987654321, "
        "at: lead}"
    )

    return inserted(entry, line, text, "MNG016", at=line)


def source_twice(rng: Random, original: Original) -> Mutant:
    """Two reports are of one source."""
    entry = original.pick(rng, "cases", lambda data: len(data["reports"]) > 1)
    first = entry.data["reports"][0]["source"]
    index = rng.randrange(1, len(entry.data["reports"]))

    return with_value(entry, ("reports", index, "source"), first, "MNG006")


def interpol_as_partner(rng: Random, original: Original) -> Mutant:
    """INTERPOL is among its own partners."""
    entry = original.pick(rng, "cases", stating("organizations"))
    index = rng.choice(reports_stating(entry, "organizations"))
    number = rng.randrange(len(entry.data["reports"][index]["organizations"]))
    path = ("reports", index, "organizations", number, "organization")

    return with_value(entry, path, "interpol", "MNG007")


def lost_series(rng: Random, original: Original) -> Mutant:
    """An edition is the edition of nothing."""
    entry = original.pick(rng, "cases", lambda data: "edition" in data)

    return without(entry, ("series",), "MNG008", at=line_of(entry, "edition") - 1)


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

    return with_value(entry, ("reports", index, "announced", "value"), str(day), "MNG009")


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

    return with_value(entry, ("retrieved",), str(day), "MNG009")


def category_twice(rng: Random, original: Original) -> Mutant:
    """A category is there twice."""
    entry = original.pick(rng, "cases")
    first = entry.data["categories"][0]

    return with_value(
        entry, ("categories",), f"[{', '.join([*entry.data['categories'], first])}]", "MNG010"
    )


def own_asserter(rng: Random, original: Original) -> Mutant:
    """A figure in a body's own document is attributed to that body."""
    entry = original.pick(
        rng,
        "cases",
        lambda data: any(
            "attributed_to" not in o for r in data["reports"] for o in r.get("outcomes", [])
        ),
    )
    path, outcome = some(
        rng, (pair for pair in outcomes_of(entry) if "attributed_to" not in pair[1])
    )
    source = original.by_id["sources", entry.data["reports"][path[1]]["source"]]
    if standing_of(source.record) is not Standing.DOCUMENT:
        raise LookupError(source.id)
    new = f"{outcome['metric']}, attributed_to: {source.data['asserter']}"

    return with_value(entry, (*path, "metric"), new, "MNG011")


def with_itself(rng: Random, original: Original) -> Mutant:
    """A source is issued by its asserter together with its asserter."""
    entry = original.pick(rng, "sources", lambda data: "issued_with" not in data)
    line = key_line_of(entry, "asserter") + 1

    return inserted(entry, line, f"issued_with: [{entry.data['asserter']}]", "MNG013", at=line)


def stateless_body(rng: Random, original: Original) -> Mutant:
    """A police force has lost its country."""
    entry = original.pick(
        rng, "organizations", lambda data: data["kind"] == "police" and "country" in data
    )

    return without(entry, ("country",), "MNG014", at=line_of(entry, "kind"))


def retold_list(rng: Random, original: Original) -> Mutant:
    """A list that a page only retells passes for complete."""
    entry = original.pick(rng, "cases", stating("countries"))
    index = some(
        rng,
        (
            index
            for index in reports_stating(entry, "countries")
            if "country_count" not in entry.data["reports"][index]
            and not entry.data["reports"][index]["countries"]["complete"]
            and _retells(original, entry.data["reports"][index]["source"])
        ),
    )

    return with_value(entry, ("reports", index, "countries", "complete"), "true", "MNG015")


def _retells(original: Original, source: str) -> bool:
    record: Any = original.by_id["sources", source].record

    return standing_of(record) is Standing.RETELLING
