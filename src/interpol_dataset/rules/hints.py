"""
What somebody meant: hints on ids, on words for terms, and on quantities in other notations.

What was certainly meant is another spelling of the same. A typo, a synonym with a meaning of its
own, and a word that several things share stay questions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from interpol_dataset.errors import NotationError
from interpol_dataset.files import csv_rows
from interpol_dataset.records.document import KINDS
from interpol_dataset.records.folder import RECORDS
from interpol_dataset.schema.vocabulary import KNOWN_UNITS
from interpol_dataset.suggest import likely, slug_of, suggestion
from interpol_dataset.values import iso
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from interpol_dataset.records.compose import ShapeDefect
    from interpol_dataset.records.parse import Entry
    from interpol_dataset.rules.context import Context


@cache
def words_of(list_: str) -> dict[str, str]:
    """
    Return what the words of one list mean, by the words in lower case.

    :param list_: A field, a table, a vocabulary, or a part of speech in quantities.
    """
    return _lists()[list_]


def meanings(list_: str, written: str) -> tuple[str, ...]:
    """Return what is meant by a word of a list: a term, one of several, or a sentence of advice."""
    words, word = words_of(list_), _folded(written)
    meant = words.get(word) or words.get(slug_of(word)) or words.get(word.replace("-", " "))
    terms = tuple(meant.split(" or ")) if meant else ()
    return (meant,) if meant and any(" " in term for term in terms) else terms


def asked(meant: Iterable[str]) -> str:
    """Return a hint that asks whether a word was meant, or one of several; advice stays advice."""
    words = [*meant]
    if " " in words[0]:
        return words[0]
    return f"did you mean {' or '.join(repr(str(word)) for word in words)}?"


@cache
def _lists() -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = defaultdict(dict)
    for row in csv_rows(__file__, "synonyms.csv"):
        lists[row["list"]][row["written"]] = row["meant"]
    return lists


#: A ton of 907 kg or of 1,016; a megatonne; a grain; what several currencies are called.
_SHARED: Final = frozenset({
    *("ton", "tons", "mt", "gr", "eu", "£", "lira", "real", "won", "₩"),
    *("ruble", "rubles", "rouble", "roubles"),
})  # fmt: skip
#: Codes of currencies that are words in lower case.
_WORDS: Final = frozenset({"all", "bob", "cup", "gel", "mop", "pen", "sos", "top", "try"})


def term_meant(defect: ShapeDefect) -> str | None:
    """Return the term that was written in other letters; of a unit also one spelt out."""
    if defect.field is None or not isinstance(defect.value, str):
        return None
    if defect.name == "unit":
        return unit_meant(defect.value)
    slug = slug_of(defect.value)
    same = [term for own, term in _slugs(tuple(defect.field.terms)) if own == slug]
    return same[0] if len(same) == 1 else None


@cache
def _slugs(terms: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(slug_of(term), str(term)) for term in terms]


def unit_meant(written: str) -> str | None:
    """Return the one unit that a word stands for: ``kg`` of ``KG`` or of ``kilograms``."""
    folded = _folded(written)
    if {folded, slug_of(folded)} & (_SHARED | _WORDS):
        return None
    # Kilograms are also written like the som of Kyrgyzstan.
    meant = meanings("unit", written)
    spelt_out = meant[0] if len(meant) == 1 else None
    found = {unit for unit in KNOWN_UNITS if unit == spelt_out or unit.casefold() == folded}
    return found.pop() if len(found) == 1 else None


def reference_meant(defect: ShapeDefect, context: Context) -> str | None:
    """Return the country, language or id that was written in other letters or by its name."""
    field, written = defect.field, defect.value
    if field is None or not isinstance(written, str):
        return None
    if field.references == "countries":
        return iso.country_meant(written)
    if field.references is not None:
        slug = slug_of(written)
        return slug if slug in (context.known_ids[field.references] or ()) else None
    return language_meant(written) if field.pattern == iso.PATTERN else None


def language_meant(written: str) -> str | None:
    """Return the language that a name, or a code in other letters, stands for."""
    folded = written.strip().casefold()
    named = [code for code, name in iso.LANGUAGES.items() if name.casefold() == folded]
    if folded in iso.LANGUAGES:
        return folded
    return named[0] if len(named) == 1 else None


#: How many characters of a text are quoted.
MAX_QUOTED: Final = 100
#: How many records a hint asks about.
_MAX_FITTING: Final = 3
#: How similar the path of a fact has to be to be a slip of another; all of a kind begin alike.
_SLIP: Final = 0.85


def fact_meant(fact: str, facts: Iterable[str]) -> str:
    """Return a hint which fact was meant by one that no report states."""
    return suggestion(fact, facts, "remove it", _SLIP)


def id_hint(context: Context, table: str, written: str) -> str:
    """Return a hint for an unknown id: the record that was probably meant, or where to look."""
    if table == "countries":
        return iso.country_hint(written)

    ids = (context.known_ids[table] or set()) - {written}
    meant = [id_ for id_ in meanings(table, written) if id_ in ids]
    object_ = _object_in(context, written) if table == "metrics" else None
    if meant:
        question = asked(meant)
        return f"{question.removesuffix('?')}, with object: {object_}?" if object_ else question
    if object_:
        return f"name what happened to it as metric, and write object: {object_}"

    named = context.named[table].get(slug_of(written), set())
    near = likely(written, ids, lambda id_: _is_of_same_country(context, table, written, id_))
    if len(named) == 1 and named != {written}:
        return asked(named)

    wider = _wider(written, ids) if table == "objects" else None
    one = near or wider
    fitting = [one] if one else _fitting(written, ids, context.named[table])

    return asked(fitting) if fitting else lookup(table, written)


def _object_in(context: Context, metric: str) -> str | None:
    """Return the object that was put into a metric, such as "firearms-seized"."""
    object_ = slug_of(metric).rpartition("-")[0]
    return object_ if object_ in (context.known_ids["objects"] or ()) else None


def _wider(written: str, ids: Collection[str]) -> str | None:
    """Return what an object is a kind of: of "glass-eels", "eels"."""
    words = slug_of(written).split("-")
    endings = ("-".join(words[start:]) for start in range(1, len(words)))
    return next((ending for ending in endings if ending in ids), None)


def _fitting(written: str, ids: Iterable[str], named: Mapping[str, set[str]]) -> list[str]:
    """Return the few ids that begin with another one, or else those with its words in a name."""
    slug = slug_of(written)
    words = {*slug.split("-")}
    stems = (f"{slug}-", f"{slug.removesuffix('s')}-")
    begun = {id_ for id_ in ids if id_.startswith(stems)}
    found = begun or {id_ for name in named if words <= {*name.split("-")} for id_ in named[name]}
    return sorted(found) if len(found) <= _MAX_FITTING else []


def instead(context: Context, entry: Entry, first: Entry) -> str:
    """Return how to replace a record by one that was there first."""
    table = entry.kind.table
    if context.is_released(table, entry.id):
        redirect = f"{{table: {table}, id: {entry.id}, redirect: {first.id}, reason: ...}}"
        return f"'{entry.id}' was published: merge the two, and retire it with {redirect}"
    return f"use '{first.id}' instead, and remove this one"


def lookup(table: str, written: str) -> str:
    """Return where the ids of a table are listed, and how to add one."""
    kind = next(kind for kind in KINDS if kind.table == table)
    place = f"{RECORDS}/{table}/" if kind.folder else f"{RECORDS}/{table}.yaml"
    id_ = slug_of(written[:MAX_QUOTED])
    if table == "claims" or not id_:  # a claim is added to those of its document
        return f"look it up in {place}, or add it there"
    name = kind.name if kind.folder else table.removesuffix("s")
    return f"look it up in {place}, or add it with 'interpol-dataset new {name} {id_}'"


def _is_of_same_country(context: Context, table: str, written: str, id_: str) -> bool:
    """Return whether an organization has the country that an id names, if it names one."""
    country = _country_in(written) if table == "organizations" else None
    if country is None:
        return True
    body = context.organizations.get(id_)
    known = {_country_in(id_), body.country if body else None} - {None}
    return known == {country}


def _country_in(id_: str) -> str | None:
    """Return the country with whose name or code an id begins, if it does."""
    words = slug_of(id_).split("-")
    countries = (iso.country_named("-".join(words[:end])) for end in range(len(words), 0, -1))
    return next((country for country in countries if country), None)


#: A longer text is not a number with a word or two.
_LONGEST: Final = 60
#: Digits, in groups of three where something separates them, and a fraction.
_DIGITS: Final = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:[ ,.'\u2019][0-9]{3})+(?![0-9])|[0-9]+)(?P<part>[.,][0-9]+)?"
)
_RANGE: Final = re.compile(
    r"(?:between |from |entre |zwischen |de )?(?P<low>.+?)"
    r"(?:\s*[-\u2010-\u2015]\s*|\s*\.\.\.?\s*| to | and | or | bis | und | y | et | à | a )"
    r"(?P<high>.+)"
)
#: A range with nothing in it that may be otherwise; "5 or 7" is two figures.
_PLAIN_RANGE: Final = re.compile(
    r"[0-9]+ ?[-\u2010-\u2015] ?[0-9]+|[0-9]+ to [0-9]+|between [0-9]+ and [0-9]+"
)
#: "5 m" may be metres, "5 mil" a million in English; "a dozen" is about one; and the comma of
#: "1234,567" may be one of thousands.
_LOOSE: Final = re.compile(
    r"[0-9] ?(?:m|mil)$|\ba (?:couple|pair|dozen|hundred|thousand|million)$|\bhalf a million$"
    r"|[0-9]{4},[0-9]{3}(?![0-9])"
)
_SIGN: Final = re.compile(r"(?P<sign>>=|<=|[<>~])\s*(?P<rest>.+)")


def quantity_hint(written: str) -> str | None:
    """Return how to write a quantity properly; ``None`` where it can't be known what was meant."""
    text = _folded(written)
    if len(text) > _LONGEST:
        return None
    if advice := words_of("vague").get(text):
        return f"'{written}' {advice}"

    text, unit = _without_unit(text)
    notation = _notation(text)
    if notation is None and text.count("$") == 1:
        notation, unit = _notation(text.replace("$", "").strip()), words_of("unit")["$"]
    if notation is None:
        return None

    shown = f"'{notation}'" if notation.startswith(">") else notation

    return f"write {shown}, and unit: {unit}" if unit else f"write {shown}"


def quantity_meant(written: str) -> str | None:
    """Return the notation of the only quantity that can have been meant."""
    text = _folded(written)
    if len(text) > _LONGEST or text in words_of("vague") or _LOOSE.search(text):
        return None
    unit = _without_unit(text)[1]
    notation = _notation(text) if unit is None else None
    is_loose = notation is not None and ".." in notation and not _PLAIN_RANGE.fullmatch(text)
    return None if is_loose else notation


def torn_number(key: str) -> str | None:
    """Return a hint on a key that is a part of a number: {value: 1,000} is read as two keys."""
    is_part = len(key) == len("000") and key.isdecimal()
    return "write numbers without separators of thousands" if is_part else None


def _folded(written: str) -> str:
    return " ".join(written.casefold().split())


def _without_unit(text: str) -> tuple[str, str | None]:
    """Return a quantity without the unit in it, and the unit; none that is not certain."""
    units = {unit.casefold(): unit for unit in KNOWN_UNITS}
    units |= {word: unit for word, unit in words_of("unit").items() if unit in KNOWN_UNITS}
    # "1.5m" is a million and more, "1.5 mt" may be tonnes: a unit is a word of its own or a sign.
    for word in sorted(units, key=len, reverse=True):
        if re.search(rf"(?:[0-9]\s*|\s){re.escape(word)}$", text):
            return text[: -len(word)].rstrip(), units[word]
        if text.startswith(f"{word} ") or (not word.isalnum() and text.startswith(word)):
            return text[len(word) :].lstrip(), units[word]
    return text, None


def _notation(text: str) -> str | None:
    hedge, number = _hedged(text)
    if (plain := _number(number)) is not None:
        return _known(f"{hedge}{plain}")

    if not hedge and (match := _RANGE.fullmatch(text)):
        low, high = match["low"], match["high"]
        # "1 to 2 million" is a range of millions.
        times = next((word for word in high.split()[1:] if word in words_of("times")), None)
        if times and low.split()[-1] not in words_of("times"):
            low = f"{low} {times}"
        bounds = _number(low), _number(high)
        if all(bound is not None for bound in bounds):
            return _known(f"{bounds[0]}..{bounds[1]}")

    return None


def _hedged(text: str) -> tuple[str, str]:
    """Return the hedge of a quantity, empty where there is none, and the rest."""
    if match := _SIGN.fullmatch(text):
        return match["sign"], match["rest"]
    for word, hedge in _longest_first("hedge"):
        if text.startswith(word) and not (word[-1].isalpha() and text[len(word) :][:1].isalpha()):
            return hedge, text[len(word) :].lstrip()
    for word, hedge in _longest_first("after"):
        if text.endswith(word) and text != word:
            return hedge, text[: -len(word)].rstrip()
    return "", text


def _longest_first(list_: str) -> list[tuple[str, str]]:
    return sorted(words_of(list_).items(), key=lambda pair: -len(pair[0]))


def _number(text: str) -> str | None:
    """Return a number in digits; ``None`` where its point may mean two things, or it is none."""
    if number := meanings("number", text):
        return number[0]

    match = _DIGITS.match(text)
    if match is None:
        return None

    whole, part, rest = match["whole"], match["part"] or "", text[match.end() :].strip(" -")
    separators = set(re.findall(r"[^0-9]", whole))
    if len(separators) > 1 or (part and part[0] in separators):
        return None
    # "0,500" is a half.
    if separators and whole[0] == "0":
        return None
    times = words_of("times").get(rest, "1")
    if rest and times == "1":
        return None
    # "225.000" is 225 or 225,000; "1.500 million" is 1.5 million or a slip.
    if "." in separators and whole.count(".") == 1 and not part:
        return None

    digits = re.sub(r"[^0-9]", "", whole) + part.replace(",", ".")
    return f"{(Decimal(digits) * Decimal(times)).normalize():f}"


def _known(notation: str) -> str | None:
    try:
        return Quantity.parse(notation).notation
    except NotationError:
        return None
