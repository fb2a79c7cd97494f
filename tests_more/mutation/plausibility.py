"""Damage that leaves a record possible and makes it unlikely."""

# ruff: noqa: D401  # a docstring says what is wrong afterwards

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from interpol_dataset.schema.vocabulary import Dimension
from interpol_dataset.values.web import host_of
from mutation.edit import (
    inserted,
    key_line_of,
    line_of,
    measured,
    outcomes_of,
    reports_stating,
    some,
    stating,
    with_value,
)
from mutation.original import Mutant

if TYPE_CHECKING:
    from random import Random

    from interpol_dataset.records.parse import Entry
    from mutation.original import Original

#: A year before which nothing that is moved ahead comes to lie in the future.
_LATEST = 2023


def miscounted(rng: Random, original: Original) -> Mutant:
    """A page counts fewer countries than it lists."""
    entry = original.pick(rng, "cases", stating("country_count"))
    index = some(
        rng,
        (
            index
            for index in reports_stating(entry, "country_count")
            if len(entry.data["reports"][index].get("countries", {}).get("list", [])) > 1
        ),
    )
    number = len(entry.data["reports"][index]["countries"]["list"]) - 1

    return with_value(entry, ("reports", index, "country_count", "value"), str(number), "MNG020")


def outside_place(rng: Random, original: Original) -> Mutant:
    """A share is that of a country which a complete list lacks."""
    entry = original.pick(rng, "cases", stating("countries"))
    path, outcome = some(
        rng,
        (
            (path, outcome)
            for path, outcome in outcomes_of(entry)
            if entry.data["reports"][path[1]].get("countries", {}).get("complete")
            and "place" not in outcome
        ),
    )

    return with_value(entry, (*path, "metric"), f"{outcome['metric']}, place: ATA", "MNG021")


def led_twice(rng: Random, original: Original) -> Mutant:
    """INTERPOL coordinated what another body led."""
    entry = original.pick(rng, "cases", stating("organizations"))
    index = some(
        rng,
        (
            index
            for index in reports_stating(entry, "organizations")
            if _role(entry.data["reports"][index]) == "coordinated"
        ),
    )
    made = with_value(entry, ("reports", index, "organizations", 0, "role"), "lead", "MNG022")

    return replace(made, line=key_line_of(entry, "reports", index, "interpol_role"))


def _role(report: dict[str, Any]) -> str | None:
    return report.get("interpol_role", {}).get("value")


def period_ahead(rng: Random, original: Original) -> Mutant:
    """A page reports what happened after it was published."""
    entry = original.pick(rng, "cases", stating("period"))
    index, year = some(
        rng,
        (
            (index, year)
            for index in reports_stating(entry, "period")
            if "announced" not in entry.data["reports"][index]
            and (year := _year(entry.data["reports"][index]["source"], original)) <= _LATEST
        ),
    )

    return with_value(entry, ("reports", index, "period", "value"), f"{year + 1}-09", "MNG023")


def _year(source: str, original: Original) -> int:
    """Return the year in which a source was published; a late one where that is not known."""
    published = str(original.by_id["sources", source].data.get("published", ""))[:4]

    return int(published) if published.isdigit() else date.max.year


def announced_after_page(rng: Random, original: Original) -> Mutant:
    """A page announces what came weeks later."""
    entry = original.pick(rng, "cases", stating("announced"))
    index = some(
        rng,
        (
            index
            for index in reports_stating(entry, "announced")
            if _year(entry.data["reports"][index]["source"], original) <= _LATEST
            and len(str(_published(entry, index, original))) == len("2022-05-09")
        ),
    )
    day = date.fromisoformat(_published(entry, index, original)) + timedelta(days=40)

    return with_value(entry, ("reports", index, "announced", "value"), str(day), "MNG024")


def _published(entry: Entry, index: int, original: Original) -> Any:  # a date, or what is written
    source = entry.data["reports"][index]["source"]

    return original.by_id["sources", source].data.get("published")


def other_year_than_id(rng: Random, original: Original) -> Mutant:
    """A source is a year older than its id says."""
    entry = original.pick(
        rng, "sources", lambda data: f"-{data.get('published', '-')}-" in f"{data['id']}-"
    )
    published = str(entry.data["published"])

    return with_value(entry, ("published",), f"{int(published[:4]) - 1}{published[4:]}", "MNG025")


def other_edition_than_name(rng: Random, original: Original) -> Mutant:
    """A case has the number of another edition in its name."""
    entry = original.pick(
        rng, "cases", lambda data: "edition" in data and data["name"].split()[-1].strip("IVX") == ""
    )

    return with_value(entry, ("edition",), str(entry.data["edition"] + 20), "MNG026")


def backward_series(rng: Random, original: Original) -> Mutant:
    """A case follows a later edition."""

    def index_of(data: Any) -> int | None:
        for index, relation in enumerate(data.get("relations", [])):
            other = original.by_id.get(("cases", relation.get("case")))
            if (
                relation["type"] == "follows"
                and other is not None
                and other.data.get("series") == data.get("series")
                and other.data.get("edition", 0) > 1
                and "edition" in data
            ):
                return index
        return None

    entry = original.pick(rng, "cases", lambda data: index_of(data) is not None)
    made = with_value(entry, ("edition",), "1", "MNG027")

    return replace(made, line=line_of(entry, "relations", index_of(entry.data), "case"))


def misspelt_series(rng: Random, original: Original) -> Mutant:
    """A series is written otherwise than in the other editions."""
    editions = Counter(entry.data.get("series") for entry in original.by_table["cases"])
    entry = original.pick(
        rng,
        "cases",
        lambda data: editions[data.get("series")] > 2 and len(data.get("series", "")) > 5,
    )

    return with_value(entry, ("series",), f"{entry.data['series']}s", "MNG028")


def made_up_figure(rng: Random, original: Original) -> Mutant:
    """A summary has a figure that nobody states."""
    entry = original.pick(rng, "cases", lambda data: len(data["summary"]) > 120)
    line = key_line_of(entry, "summary")

    return inserted(entry, line + 1, "  They took 98,765 cards.", "MNG029", at=line)


def thousands_point(rng: Random, original: Original) -> Mutant:
    """Money has a point between its thousands."""
    amounts = measured(original, Dimension.CURRENCY)
    entry = original.pick(rng, "cases", stating("outcomes"))
    path, _ = some(rng, (pair for pair in outcomes_of(entry) if pair[1]["metric"] in amounts))

    return with_value(entry, (*path, "value"), "225.000", "MNG030")


def case_twice(rng: Random, original: Original) -> Mutant:
    """A case was recorded again under another id."""
    entry = original.pick(rng, "cases")
    text = entry.document.text.replace(f"\nid: {entry.id}\n", "\nid: zzz-again\n")
    path = entry.document.path.replace(f"/{entry.id}.", "/zzz-again.")
    # A second case of one edition is another rule's.
    rules = ("PKG012", "PKG009")
    line = line_of(entry, "edition" if "edition" in entry.data else "name")

    return Mutant(path, text.encode(), rules, line)


def named_twice(rng: Random, original: Original) -> Mutant:
    """Two objects have one name."""
    one, other = sorted(rng.sample(original.by_table["objects"], 2), key=lambda entry: entry.id)

    return with_value(other, ("name",), f"The {one.data['name']}", "PKG013")


def wrong_publisher(rng: Random, original: Original) -> Mutant:
    """A page of a site that one body publishes has another publisher."""
    sites = Counter(host_of(item.data.get("url", "")) for item in original.by_table["sources"])
    entry = original.pick(
        rng,
        "sources",
        lambda data: (
            data["publisher"] == "interpol"
            and sites[host_of(data.get("url", ""))] > 3
            and _is_of_one(host_of(data["url"]), original)
        ),
    )

    return with_value(entry, ("publisher",), "europol", "POL030")


def _is_of_one(host: str, original: Original) -> bool:
    """Return whether all sources of a site have one publisher."""
    sources = [entry.data for entry in original.by_table["sources"]]

    return len({data["publisher"] for data in sources if host_of(data.get("url", "")) == host}) == 1


def official_newspaper(rng: Random, original: Original) -> Mutant:
    """A document of INTERPOL is on the site of a newspaper."""
    media = {
        entry.id for entry in original.by_table["organizations"] if entry.data["kind"] == "media"
    }
    sites = Counter(host_of(item.data.get("url", "")) for item in original.by_table["sources"])
    entry = original.pick(
        rng,
        "sources",
        lambda data: (
            data["publisher"] in media
            and data["kind"] == "news"
            and sites[host_of(data.get("url", ""))] > 1
            and _is_of_one(host_of(data["url"]), original)
        ),
    )
    text = entry.document.text.replace("\nkind: news\n", "\nkind: official\n")
    text = text.replace(f"\npublisher: {entry.data['publisher']}\n", "\npublisher: interpol\n")

    return Mutant(entry.document.path, text.encode(), ("POL031",), line_of(entry, "kind"))


def left_hint(rng: Random, original: Original) -> Mutant:
    """A hint of the template is left."""
    entry = original.pick(rng, "sources")
    line = key_line_of(entry, "language")
    text = "# Next: cite it in a report of a case, then run"

    return inserted(entry, line, text, "POL032", at=line)


def unfinished(rng: Random, original: Original) -> Mutant:
    """A place on the page is still to be looked up."""
    entry = original.pick(rng, "cases", stating("outcomes"))
    path, _ = some(rng, outcomes_of(entry))

    return with_value(entry, (*path, "at"), rng.choice(["TODO", "'?'", "tbd", "n/a"]), "POL013")
