"""References to the dataset, to a case and its sources, or to a figure, in three styles."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from interpol_dataset.dataset.facts import fact_hint, headline_totals, known_until
from interpol_dataset.dataset.sentence import Labels
from interpol_dataset.dataset.tables import Tables, expect
from interpol_dataset.errors import UnknownRecordError
from interpol_dataset.package.text import json_file
from interpol_dataset.values.iso import LANGUAGES
from interpol_dataset.values.words import lowered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


#: The kinds of source whose text is the asserter's own, whoever carries it.
_OF_ASSERTERS: Final = {"official", "court", "oversight", "copy"}
#: A day, a month or a year.
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
#: What BibTeX and LaTeX would take for their own. Braces have names, as BibTeX counts them.
_LATEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
#: What stays in the address of a page: all that RFC 3986 allows.
_SAFE: Final = "%/:=&?#+!$,;'@()*[]~"


@dataclass(frozen=True)
class _Work:
    """What is referred to; a page's publisher is named if it is not the author."""

    key: str
    is_data: bool
    author: str
    title: str
    date: tuple[int, ...] = ()
    container: str | None = None
    version: str | None = None
    publisher: str | None = None
    url: str | None = None
    accessed: str | None = None
    language: str | None = None
    note: str | None = None


def cite(
    tables: Tables, case: str | None = None, fact: str | None = None, style: str = "apa"
) -> str:
    """Return references; see :meth:`interpol_dataset.Dataset.cite`."""
    expect(style, STYLES, f"there is no style '{style}'")
    if case is None and fact is not None:
        raise UnknownRecordError(f"'{fact}' is a fact of a case", hint="name the case, too")
    return STYLES[style](list(_works(tables, case, None if fact is None else str(fact))))


def cite_page(
    tables: Tables, url: str, shown: tuple[str, str, str] | None = None
) -> dict[str, str]:
    """
    Return references to a page, by style.

    :param url: The page's address; empty for that of the dataset.
    :param shown: What it shows in the dataset: a key for lists of references, the page's title,
        and a note. None for a page about the dataset itself, whose own address comes first.
    """
    whole = _dataset(tables)
    work = _inside(whole, *shown) if shown else whole
    own = (url or whole.url) if shown else (whole.url or url)
    return {style: write([replace(work, url=own or None)]) for style, write in STYLES.items()}


def _works(tables: Tables, case: str | None, fact: str | None) -> Iterator[_Work]:
    whole = _dataset(tables)
    if case is None:
        yield whole
        return

    _, id_ = tables.locate(case, ["cases"])
    (row,) = tables.rows("cases", id=id_)
    about = {"record_table": "cases", "record_id": id_}
    if fact is None:
        yield _inside(whole, id_, row["name"], f"Record {id_}")
        evidence = tables.rows_if_there("evidence", **about)
        yield from _pages(tables, dict.fromkeys(item["source_id"] for item in evidence))
        return

    found = _find(tables, id_, fact)
    path, source, labels = found["field"], found["source_id"], Labels(tables)
    evidence = tables.rows_if_there("evidence", **about, field=path)
    unit = next((item["unit"] for item in evidence if item["source_id"] == source), None)
    note = f"Fact {path} of the record {id_}, status {found['status']}"
    if known := known_until(tables.rows_if_there("proceedings", case_id=id_), path):
        note += f", {known}"
    title = f"{row['name']}, {labels.of(path)}: {labels.value(found, unit)}"
    yield _inside(whole, f"{id_}-{path}", title, note)
    yield from _pages(tables, [source] if source else [])


def _find(tables: Tables, case: str, fact: str) -> dict[str, Any]:
    """Find a fact by its path, or an outcome by its path without its kind."""
    rows = tables.rows_if_there("verification", record_table="cases", record_id=case)
    facts = {row["field"]: row for row in rows}
    for path in (fact, f"outcomes/{fact}"):
        if path in facts:
            return facts[path]
    total = headline_totals(tables, case).get(fact)
    if total and total["facts"]:
        hint = f"it is a total, computed from figures: cite {' and '.join(total['facts'])}"
    else:
        hint = fact_hint(tables, fact, facts, case=case)
    raise UnknownRecordError(f"'{case}' has no fact '{fact}'", hint=hint)


def _dataset(tables: Tables) -> _Work:
    package = tables.package
    homes = (package.descriptor.get(key) for key in ("homepage", "repository"))
    licenses = ", ".join(package.licenses)
    return _Work(
        key=str(package.descriptor.get("name", "dataset")),
        is_data=True,
        author=" and ".join(package.contributors),
        title=package.title,
        date=_date(str(package.descriptor.get("created", ""))[:10]),
        version=package.version,
        url=next((url for url in homes if isinstance(url, str)), None),
        note=f"Data package, {licenses}" if licenses else "Data package",
    )


def _inside(whole: _Work, key: str, title: str, note: str) -> _Work:
    key = f"{whole.key}-{key}"
    return replace(whole, key=key, title=title, container=whole.title, note=note)


def _pages(tables: Tables, ids: Iterable[str]) -> Iterator[_Work]:
    sources = {row["id"]: row for row in tables.rows_if_there("sources")}
    names = {row["id"]: row["name"] for row in tables.rows_if_there("organizations")}
    for id_ in ids:
        source = sources.get(id_)
        if source is None:  # a package of some tables only
            continue
        by = "asserter_id" if source["kind"] in _OF_ASSERTERS else "publisher_id"
        author, publisher = (
            names.get(source[column], source[column]) for column in (by, "publisher_id")
        )
        yield _Work(
            key=id_,
            is_data=False,
            author=author,
            title=source["title"],
            date=_date(source["published"] or ""),
            publisher=publisher if publisher != author else None,
            url=source["url"],
            accessed=str(source["retrieved"]),
            language=source["language"],
            note=None if source["url"] else _instead(source),
        )


def _instead(source: Mapping[str, Any]) -> str:
    """Return the text that replaces the address of a document."""
    if withheld := source.get("withheld"):
        return f"Address withheld: {lowered(withheld)}"
    return f"SHA-256 {source['sha256']}"


def _date(text: str) -> tuple[int, ...]:
    """Return year, month and day as far as a date has them; of two dates what they share."""
    found = [_DATE.fullmatch(part) for part in text.split("/")]
    parts = [[int(part) for part in match.groups() if part] for match in found if match]
    shared = takewhile(lambda pair: len({*pair}) == 1, zip(*parts, strict=False))
    return tuple(first for first, *_ in shared)


def _foreign(language: str | None) -> str | None:
    """Return the name of a page's language, if it is not the language of the dataset."""
    if language in {None, "en"}:
        return None
    # Modern Greek has its years after it.
    return LANGUAGES.get(str(language), str(language)).partition(" (")[0]


def _line(text: str) -> str:
    return " ".join(text.split())


def _apa(work: _Work) -> str:
    """Write a reference as the American Psychological Association has it, in plain text."""
    version = f" (Version {work.version})" if work.version else ""
    title = work.title
    if not work.is_data:
        language = _foreign(work.language)
        parts = [f"{title} [in {language}]" if language else title, work.publisher]
    elif work.container:
        note = work.note or ""
        about = f"{note[:1].lower()}{note[1:]}"
        parts = [f"{title} [{about}]", f"In {work.container}{version} [Data set]"]
    else:
        parts = [f"{title}{version} [Data set]"]
    texts = [
        _sentence(work.author),
        f"({_apa_date(work.date)}).",
        *map(_sentence, filter(None, parts)),
    ]
    texts.append(
        _address(work.url) if work.url else _sentence((not work.is_data and work.note) or "")
    )

    return _line(" ".join(texts))


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."


def _apa_date(date: tuple[int, ...]) -> str:
    match date:
        case (year, month, day):
            return f"{year}, {calendar.month_name[month]} {day}"
        case (year, month):
            return f"{year}, {calendar.month_name[month]}"
        case (year,):
            return str(year)
        case _:
            return "n.d."


def _address(url: str) -> str:
    """Return an address with every character escaped that may not be in one."""
    return quote(url, safe=_SAFE)


def _bibtex(work: _Work) -> str:
    """Write a reference for BibTeX. Second braces keep names whole and capitals as they are."""
    version = f"Version {work.version}" if work.version else None  # old styles know no such field
    fields = {
        "author": work.author,
        "title": work.title,
        "howpublished": f"In: {work.container}" if work.container else work.publisher,
        "year": str(work.date[0]) if work.date else None,
        "month": str(work.date[1]) if len(work.date) > 1 else None,
        "version": work.version,
        "language": _foreign(work.language),
        "url": work.url,
        "urldate": work.accessed,
        "note": ". ".join(filter(None, [version, work.note])),
    }
    lines = []
    for name, value in fields.items():
        if not value:
            continue
        text = _address(value) if name == "url" else _line(value).translate(_LATEX)
        text = f"{{{text}}}" if name in {"author", "title"} else text
        lines.append(f"  {name} = {{{text}}}")

    # Some reference managers make files named like the keys.
    key = re.sub(r"[^A-Za-z0-9._-]", "-", work.key.replace("/", "."))

    return "@misc{{{},\n{}\n}}".format(key, ",\n".join(lines))


def _csl(work: _Work) -> dict[str, Any]:
    accessed = _date(work.accessed or "")
    item = {
        "id": work.key,
        "type": "dataset" if work.is_data else "webpage",
        "author": [{"literal": work.author}],
        "title": work.title,
        "issued": {"date-parts": [list(work.date)]} if work.date else None,
        "container-title": work.container or work.publisher,
        "version": work.version,
        "language": work.language,
        "URL": work.url and _address(work.url),
        "accessed": {"date-parts": [list(accessed)]} if accessed else None,
        "note": work.note,
    }
    return {key: value for key, value in item.items() if value}


#: The styles, and what writes references in each.
STYLES: Final[Mapping[str, Callable[[list[_Work]], str]]] = {
    "apa": lambda works: "\n".join(map(_apa, works)),
    "bibtex": lambda works: "\n\n".join(map(_bibtex, works)),
    "csl-json": lambda works: json_file([*map(_csl, works)]).decode().rstrip("\n"),
}
