"""
A fact as a line: what is emphasized, and the words around it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup, escape

from interpol_dataset.site.text import clean
from interpol_dataset.site.words.phrases import COUNTERS, METRICS, OBJECTS, PEOPLE, Phrase
from interpol_dataset.site.words.values import amount, date
from interpol_dataset.values.words import part_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.values.fact_path import FactPath


#: What vocabularies add to the name of an object that is a rest.
_REST: Final = re.compile(r",[^,]*not further named$| where told apart .*$")
#: Plurals of what can be one.
_ONE: Final = {
    "children": "child",
    "women": "woman",
    "men": "man",
    "premises": "premises",
    "aircraft": "aircraft",
    "companies": "company",
    "boxes": "box",
}
#: A word that can follow a number.
_COUNTABLE: Final = re.compile(r"(?<!cannabi)s\b|\b(?:[Aa]ircraft|children|media|men|women)\b")
_ROLES: Final = {
    "lead": "led it",
    "co-lead": "co-led it",
    "partner": "was a partner",
    "funder": "paid for it",
}
#: What a voice says of a fact that is no value of its own.
_STATED: Final = {
    "listed": "lists it",
    "not listed": "leaves it off the list",
    "described": "describes it",
    "shown": "shows it",
    "used": "says so",
    "complete": "a complete list",
    "examples": "a list of examples",
    "supports": "supports it",
    "partly": "supports a part of it",
    "contradicts": "contradicts it",
}


class Line(NamedTuple):
    """
    A fact in a line.

    :param before: Words before what is emphasized.
    :param strong: The value.
    :param after: Words after it.
    :param place: The country whose share it is: "in Greece"; empty for the whole.
    """

    before: str
    strong: str
    after: str
    place: str = ""

    def __str__(self) -> str:
        """Return the line as one text."""
        return " ".join(part for part in self if part)

    @property
    def emphasized(self) -> Markup:
        """The value as HTML, its hedge set apart."""
        # Markup.format takes ten times as long, and a site has 60,000 lines.
        hedge, value = _hedge(clean(self.strong))
        apart = Markup("<i>") + hedge + Markup("</i> ") if hedge else Markup()

        return Markup("<b>") + apart + value + Markup("</b>")

    def __html__(self) -> str:
        """Return the line as HTML."""
        place = f'<span class="place">{escape(clean(self.place))}</span>' if self.place else ""
        parts = (escape(clean(self.before)), self.emphasized, escape(clean(self.after)), place)

        return " ".join(part for part in parts if part)


def _hedge(value: str) -> tuple[str, str]:
    """Split "nearly 1,000" into its hedge and the rest."""
    for hedge in ("about", "at least", "more than", "up to", "nearly"):
        if value.startswith(f"{hedge} "):
            return hedge, value.removeprefix(f"{hedge} ")

    return "", value


class Names(NamedTuple):
    """Names by id: of metrics, objects and organizations, and countries as they follow "in"."""

    metrics: Mapping[str, str]
    objects: Mapping[str, str]
    organizations: Mapping[str, str]
    countries: Mapping[str, str]
    places: Mapping[str, str]


def line(path: FactPath, value: str | None, unit: str | None, names: Names) -> Line:
    """
    Write a fact.

    :param path: Its path.
    :param value: Its value; none where no source that counts gives one.
    :param unit: The unit of the value.
    :param names: The package's names.
    """
    match path.kind:
        case "outcomes":
            return _figure(path, value, unit, names)
        case "country_count":
            return Line("", amount(value or "?"), _plural(value, "country", "countries"))
        case "period":
            return Line("Took place", date(value) or "at an unknown time", "")
        case "announced":
            return Line("First announced", date(value) or "on an unknown day", "")
        case "interpol_role":
            return Line("INTERPOL", value or "had an unknown role in", "it")
        case "countries":
            name = names.countries.get(path.member, path.member)
            took = "is not on the list" if value == "not listed" else "took part"
            return Line("", name, took)
        case "organizations":
            name = names.organizations.get(path.member, path.member)
            return Line("", name, _ROLES.get(value or "", "had an unknown role"))
        case "tools":
            return Line("", path.member.replace("-", " ").capitalize(), "used")
        case "exists":
            return Line("", "The operation took place", "")
        case _:
            return Line("", value or "no value", "")


def _plural(value: str | None, one: str, many: str) -> str:
    return f"{one if value == '1' else many} took part"


def _figure(path: FactPath, value: str | None, unit: str | None, names: Names) -> Line:
    phrase = METRICS.get(path.member)
    if phrase is None:
        name = names.metrics.get(path.member, path.member).lower()
        phrase = Phrase(name, name, f"{name}: {{}}")
    place = f"in {names.places.get(path.place, path.place)}" if path.place else ""
    if part := part_in_words(path):
        place = f"{place} ({part})".strip()
    shown = "an unknown number of" if value is None else amount(value, unit)
    if path.object is None:
        return Line("", shown, phrase.one if value == "1" else phrase.many, place)

    named = _object(path.object, names)
    form = phrase.of
    if path.member == "arrests" and path.object in PEOPLE:
        form = "{} arrested"
    if path.member == "potential-victims-detected" and named.startswith("victims"):
        form = "possible {} detected"
    if unit is None and form.startswith("{}") and not _COUNTABLE.search(named):
        named = f"{COUNTERS.get(path.object, 'items')} of {named}"
    if value == "1" and unit is None:
        named, form = _singular(named) if form.startswith("{}") else named, _one(form)

    return Line("", shown, form.format(named), place)


def _object(id_: str, names: Names) -> str:
    name = OBJECTS.get(id_) or _REST.sub("", names.objects.get(id_, id_))

    return (
        name if name[1:2].isupper() or name.startswith("Captagon") else name[:1].lower() + name[1:]
    )


def _one(form: str) -> str:
    """Return a form for one: "arrest over", "seizure of"."""
    for many in ("arrests", "inspections", "seizures", "cases", "offences", "possible victims"):
        form = form.replace(many, many.removesuffix("s"))

    return form.replace("checks on", "check on").replace("hits on", "hit on")


def _singular(name: str) -> str:
    """Return one of what a plural names: "boat or ship"."""
    head, of, rest = name.partition(" of ")
    parts = [part.split(" ") for part in head.split(" and ")]
    words = [" ".join([*part[:-1], _single(part[-1])]) for part in parts]

    return " or ".join(words) + of + rest


def _single(word: str) -> str:
    if word in _ONE:
        return _ONE[word]
    if word.endswith("ies"):
        return f"{word[:-3]}y"

    return word.removesuffix("s") if not word.endswith("ss") else word


def stated(path: FactPath, value: str, unit: str | None) -> str:
    """Write what one voice says of a fact; a number may bring a unit of its own."""
    match path.kind:
        case "outcomes" | "country_count":
            number, _, own = value.partition(" ")
            return amount(number, own or unit)
        case "period" | "announced":
            return date(value)
        case "organizations":
            return _ROLES.get(value, value)
        case _:
            return _STATED.get(value, value)
