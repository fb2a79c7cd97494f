"""What the pages say: facts as lines, names of series and countries, numbers and dates."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter, defaultdict
from decimal import Decimal
from functools import lru_cache
from os.path import commonprefix
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape

from interpol_dataset.errors import NotationError
from interpol_dataset.files import csv_rows
from interpol_dataset.schema.vocabulary import TotalBasis
from interpol_dataset.values.edtf import Edtf
from interpol_dataset.values.quantity import Quantity
from interpol_dataset.values.words import (
    date_in_words,
    lowered,
    part_in_words,
    quantity_in_words,
    step_in_words,
    year_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from interpol_dataset.values.fact_path import FactPath

#: Characters that HTML forbids, and those that change how others are shown.
_UNSHOWN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    "\ufffe\uffff\ud800-\udfff]"
)
#: What would end a script, or a line in it.
_IN_SCRIPT: Final = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)

#: How many quantities, dates and paths are kept in words: pages repeat them several times.
_KEPT: Final = 2**14


def clean(text: str) -> str:
    """Drop characters that HTML forbids, and those that change how others are shown."""
    # None of these characters is printable, and most texts are: that is known ten times as fast.
    return text if text.isprintable() else _UNSHOWN.sub("", text)


def safe(text: str) -> Markup:
    """Write a text for HTML: a package's texts may come from strangers."""
    return escape(clean(text))


def begun(text: str) -> str:
    """Return the beginning of a text: about two lines."""
    return text if text == text[:120] else f"{text[:120].rsplit(' ', 1)[0]} …"


@lru_cache(maxsize=_KEPT)
def fragment(path: str) -> str:
    """Write a fact's path for the end of an address."""
    return quote(path, safe="/:@~")


def script_text(value: object) -> str:
    """Write a value as JSON that is safe in a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return clean(text).translate(_IN_SCRIPT)


_DATA: Final = Path(__file__).with_name("data")
#: Words by what they stand for: units, roles, kinds of sources and so on.
_SAID: Final = tomllib.loads((_DATA / "words.toml").read_text("utf-8"))
WORDS: Final[dict[str, dict[str, str]]] = _SAID["words"]
#: The guides below each heading of their navigation.
GUIDES: Final[dict[str, list[str]]] = _SAID["guides"]
_RANKS: Final = {metric: rank for rank, metric in enumerate(_SAID["headlines"])}
#: Phrases of metrics: after 1 and any other number, and of an object, which stands for ``{}``.
METRICS: Final = {row["metric"]: row for row in csv_rows(__file__, "data/phrases.csv")}
#: Objects by id: how one is called in a sentence, what is counted of one whose name has no plural,
#: and whether it is people or firms, who are arrested themselves.
OBJECTS: Final = defaultdict(
    lambda: {"name": "", "counter": "", "is_people": ""},
    ((row.pop("object"), row) for row in csv_rows(__file__, "data/objects.csv")),
)


def prominence(metric: str) -> int:
    """Return the rank of a metric among those that a reader looks for first."""
    return _RANKS.get(metric, len(_RANKS))


_LARGE: Final = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
#: A number of a million or more.
_DIGITS: Final = re.compile(r"[0-9]+(?:,[0-9]{3}){2,}")


def number(value: Decimal | float) -> str:
    """Write a number: 2,800 or 129,975,440, but 130 million."""
    exact = Decimal(str(value))
    for size, word in _LARGE:
        if exact >= size and (exact * 100) % size == 0:
            return f"{(exact / size).normalize():f} {word}"
    return f"{exact.normalize():,f}" if exact == exact.to_integral() else f"{exact:,f}"


@lru_cache(maxsize=_KEPT)
def amount(notation: str, unit: str | None = None) -> str:
    """Write a quantity with its hedge and unit, "nearly 2,800"; any other text as it is."""
    try:
        quantity = Quantity.parse(notation)
    except NotationError:
        return notation
    return quantity_in_words(quantity, unit, number=number, units=WORDS["units"])


def rounded(lower: float, upper: float | None, unit: str | None) -> str:
    """Write the bounds of a sum: "at least USD 698.12 million", "2 to 5"."""
    low = _floor(lower)
    high = None if upper is None else _floor(upper)
    notation = f">={low}" if high is None else low if high == low else f"{low}..{high}"
    return amount(notation, None if unit == "count" else unit)


def shortened(text: str) -> str:
    """Write the large numbers in a text in words: "about USD 950 million"."""
    return _DIGITS.sub(lambda found: number(Decimal(found[0].replace(",", ""))), text)


def _floor(value: float) -> str:
    """Round a sum down: to a whole number, or to two decimals of a million and the like."""
    exact = Decimal(str(value))
    step = next((Decimal(size) / 100 for size, _ in _LARGE if exact >= size), Decimal(1))
    if exact < 1:
        return f"{exact.normalize():f}"
    return f"{exact // step * step:f}"


def roman(value: int) -> str:
    """Write a number below 40 as that of an edition: 14 is "XIV"."""
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (value // 10) + ones[value % 10]


@lru_cache(maxsize=_KEPT)
def date(notation: str | None) -> str:
    """Write a day or a period: "28 June to 23 November 2022", "about March 2019"."""
    if not notation:
        return ""
    try:
        return date_in_words(Edtf.parse(notation))
    except NotationError:
        return notation


def within(code: str, name: str) -> str:
    """Return a country's name in common use as it is written after "in"."""
    return f"the {name}" if code in _SAID["the"] else name


#: The number of an edition at the end of a name.
_NUMBER: Final = re.compile(r"[\s(-]+(?:[IVX]+|[0-9.]+)?$")


def named(series: str, operations: Sequence[str]) -> str:
    """Return the name of a series: what its operations' names begin with or share, or its id."""
    if series in WORDS["series"]:
        return WORDS["series"][series]
    if operations:
        shared = commonprefix([name.upper() for name in operations])  # noqa: RUF071  # letters
        begun = _NUMBER.sub("", operations[0][: len(shared)].removeprefix("Operation "))
        begun = begun.strip(" -,:(")
        if re.sub(r"[^a-z0-9]+", "-", begun.lower()) == series:
            return begun
    shared_words = re.compile(r"\b" + series.replace("-", r"[\s-]") + r"\b", re.IGNORECASE)
    found = Counter(match[0] for name in operations for match in shared_words.finditer(name))
    if found:
        return max(found, key=lambda word: found[word])

    return " ".join(word.capitalize() for word in series.split("-"))


def basis(row: Mapping[str, Any]) -> str:
    """Return how a measure was made: "the sum of 3 figures"; nothing if it is stated."""
    if row["basis"] == TotalBasis.SUM:
        return f"the sum of {len(row['facts'])} figures"
    return WORDS["bases"].get(row["basis"], "")


#: What vocabularies add to the name of an object that is a rest.
_REST: Final = re.compile(r",[^,]*not further named$| where told apart .*$")
#: A word that can follow a number.
_COUNTABLE: Final = re.compile(r"(?<!cannabi)s\b|\b(?:[Aa]ircraft|children|media|men|women)\b")


def thing(name: str) -> str:
    """Return the name of an object without the part that only the vocabulary needs."""
    return _REST.sub("", name)


_HEDGE: Final = re.compile("(about|at least|more than|up to|nearly) ")


class Line(NamedTuple):
    """A fact in a line: its value, words before and after it, and whose share: "in Greece"."""

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
        value = clean(self.strong)
        hedge = _HEDGE.match(value)
        apart = f"<i>{hedge[1]}</i> " if hedge else ""
        # Markup.format takes ten times as long, and a site has 60,000 lines.
        return Markup(f"<b>{apart}{escape(value[hedge.end() if hedge else 0 :])}</b>")  # noqa: S704  # escaped

    def __html__(self) -> str:
        """Return the line as HTML."""
        place = f"<span class=place>{safe(self.place)}</span>" if self.place else ""
        parts = (safe(self.before), self.emphasized, safe(self.after), place)
        return " ".join(part for part in parts if part)


class Names(NamedTuple):
    """Names by id: of metrics, objects and organizations, and countries as they follow "in"."""

    metrics: Mapping[str, str]
    objects: Mapping[str, str]
    organizations: Mapping[str, str]
    countries: Mapping[str, str]
    places: Mapping[str, str]


def line(path: FactPath, value: str | None, unit: str | None, names: Names) -> Line:
    """Write a fact; its value is ``None`` if no source that counts gives one."""
    match path.kind:
        case "outcomes":
            return _figure(path, value, unit, names)
        case "proceedings":
            return _step(path, value, unit, names)
        case "country_count":
            who = "country" if value == "1" else "countries"
            return Line("", amount(value or "?"), f"{who} took part")
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
            return Line("", name, WORDS["roles"].get(value or "", "had an unknown role"))
        case "tools":
            return Line("", path.member.replace("-", " ").capitalize(), "used")
        case _:
            return Line("", WORDS["whole"].get(path.kind) or value or "no value", "")


def _figure(path: FactPath, value: str | None, unit: str | None, names: Names) -> Line:
    phrase = METRICS.get(path.member)
    if phrase is None:
        name = names.metrics.get(path.member, path.member).lower()
        phrase = {"one": name, "many": name, "of": f"{name}: {{}}"}
    place = f"in {names.places.get(path.place, path.place)}" if path.place else ""
    if part := part_in_words(path):
        place = f"{place} ({part})".strip()
    shown = "an unknown number of" if value is None else amount(value, unit)
    if path.object is None:
        return Line("", shown, phrase["one" if value == "1" else "many"], place)

    told = OBJECTS[path.object]
    named = told["name"] or thing(names.objects.get(path.object, path.object))
    if not named.startswith("Captagon"):
        named = lowered(named)
    form = phrase["of"]
    if path.member == "arrests" and told["is_people"]:
        form = "{} arrested"
    if path.member == "potential-victims-detected" and named.startswith("victims"):
        form = "possible {} detected"
    if unit is None and form.startswith("{}") and not _COUNTABLE.search(named):
        named = f"{told['counter'] or 'items'} of {named}"
    if value == "1" and unit is None:
        named, form = _singular(named) if form.startswith("{}") else named, _one(form)

    return Line("", shown, form.format(named), place)


def _step(path: FactPath, value: str | None, unit: str | None, names: Names) -> Line:
    shown = "an unknown number of" if value is None else amount(value, unit)
    where = f"in {names.places.get(path.place, path.place)}, " if path.place else ""
    said = step_in_words(path, is_one=value in {"1", ">=1"})
    return Line("", shown if path.is_figure else "goods", said, f"{where}{year_in_words(path)}")


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
    if word in WORDS["singular"] or word.endswith("ss"):
        return WORDS["singular"].get(word, word)
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def stated(path: FactPath, value: str, unit: str | None) -> str:
    """Write what one voice says of a fact; a number may bring a unit of its own."""
    match path.kind:
        case "outcomes" | "country_count" | "proceedings" if path.is_figure:
            number, _, own = value.partition(" ")
            return amount(number, own or unit)
        case "period" | "announced":
            return date(value)
        case "organizations":
            return WORDS["roles"].get(value, value)
        case _:
            return WORDS["stated"].get(value, value)


#: What templates write values with.
FILTERS: Final = (amount, basis, begun, date, fragment)
