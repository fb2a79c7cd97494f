"""Tests of :mod:`interpol_dataset.dataset.cite`, by the parsers of others."""

import json
import re
import shutil
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import bibtexparser
import pytest

import interpol_dataset
from helpers.each import each
from helpers.edit import descriptor
from interpol_dataset import Dataset, UnknownRecordError
from interpol_dataset._version import RELEASED
from interpol_dataset.dataset.cite import STYLES, cite_page

#: A title with all that LaTeX, and BibTeX take for their own.
ODD = r"50% of $1 & #2_a^b~c {open} }{ \end{document} \textbf{é} — 日本"


def changed_source(built: Path, tmp_path: Path, old: str, new: str, **described: object) -> Dataset:
    """Return the small dataset with something else in the row of the source 'daily-2022-alpha'."""
    folder = shutil.copytree(built, tmp_path / "changed")
    with descriptor(folder) as written:
        written.update(described)
    sources = folder / "data" / "tables" / "sources.csv"
    lines = sources.read_text("utf-8").splitlines(keepends=True)
    (at,) = [number for number, line in enumerate(lines) if line.startswith("daily-2022-alpha,")]
    assert re.search(old, lines[at])
    lines[at] = re.sub(old, lambda _: new, lines[at], count=1)
    sources.write_text("".join(lines), "utf-8")

    return interpol_dataset.load(folder)


@pytest.fixture
def odd(built: Path, tmp_path: Path) -> Dataset:
    """Return the small dataset with a home, and a source with an odd title and address."""
    page = f'"{ODD}",https://example.com/a b}}{{%20?x=1&y=2'
    old = '"=Results, as daily has them",https://[^,]*'
    return changed_source(built, tmp_path, old, page, homepage="https://example.org/data_set")


def unescaped(text: str) -> str:
    """Return what LaTeX prints of a text."""
    names = {"backslash": "\\", "braceleft": "{", "braceright": "}"}
    names |= {"asciitilde": "~", "asciicircum": "^"}
    text = re.sub(r"\\text([a-z]+)\{\}", lambda match: names[match[1]], text)
    return re.sub(r"\\([&%$#_])", r"\1", text)


def parsed_bibtex(text: str) -> list[dict[str, str]]:
    """Return the entries that an independent parser finds, without its finding any fault."""
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    return [
        {"ID": entry.key, "TYPE": entry.entry_type}
        | {field.key: field.value.removeprefix("{").removesuffix("}") for field in entry.fields}
        for entry in library.entries
    ]


def test_dataset_in_words(dataset: Dataset, odd: Dataset) -> None:
    """The reference has author, year, title, version and, where there is one, the address."""
    version, day = interpol_dataset.__version__, date.fromisoformat(RELEASED)
    assert (
        f"The interpol-dataset contributors. ({day:%Y, %B} {day.day}). "
        f"INTERPOL interventions, with evidence (Version {version}) [Data set]."
    ) == dataset.cite()
    assert odd.cite().endswith(" [Data set]. https://example.org/data_set")


def test_dataset_in_every_style(odd: Dataset) -> None:
    """All styles say the same of the dataset, as their parsers read it."""
    version, title = interpol_dataset.__version__, "INTERPOL interventions, with evidence"
    (bibtex,) = parsed_bibtex(odd.cite(style="bibtex"))
    (csl,) = json.loads(odd.cite(style="csl-json"))

    assert (bibtex["TYPE"], bibtex["ID"]) == ("misc", "interpol-dataset")
    assert (csl["type"], csl["id"]) == ("dataset", "interpol-dataset")
    assert title == bibtex["title"] == csl["title"]
    assert (bibtex["year"], csl["issued"]["date-parts"][0][0]) == ("2026", 2026)
    assert version == bibtex["version"] == csl["version"]
    assert "https://example.org/data_set" == bibtex["url"] == csl["URL"]
    assert "The interpol-dataset contributors" == bibtex["author"] == csl["author"][0]["literal"]
    assert "doi" not in "".join(odd.cite(style=style) for style in STYLES).casefold()


def test_a_page_about_the_dataset_cites_the_dataset(odd: Dataset, small: Dataset) -> None:
    """It has the reference of ``cite``; the page's address serves a dataset that has none."""
    page = "https://example.org/site/"
    assert odd.cite() == cite_page(odd.tables, page)["apa"]
    assert f"{small.cite()} {page}" == cite_page(small.tables, page)["apa"]


def test_without_a_date(odd: Dataset) -> None:
    """A package that does not say when it was made is cited without a date."""
    del odd.descriptor["created"]  # type: ignore[attr-defined]
    assert "contributors. (n.d.). INTERPOL" in odd.cite()
    assert "year" not in parsed_bibtex(odd.cite(style="bibtex"))[0]
    assert "issued" not in json.loads(odd.cite(style="csl-json"))[0]


def test_case_with_its_sources(dataset: Dataset) -> None:
    """A case is cited as a part of the dataset, and each of its sources after it, once."""
    first, *pages = dataset.cite("haechi-iii").splitlines()
    evidence = dataset.tables.rows("evidence", record_table="cases", record_id="haechi-iii")
    assert "Operation HAECHI III [record haechi-iii]. In INTERPOL interventions, with" in first
    assert len({row["source_id"] for row in evidence}) == len(pages)
    assert pages[0].startswith("International Criminal Police Organization. (2022, November 24). ")
    assert any(page.startswith("The Straits Times. (2023, February 22). ") for page in pages)


def test_figure_with_its_source(dataset: Dataset) -> None:
    """A figure is cited in words, with its status and the source of its value."""
    path = "outcomes/assets-seized/virtual-assets:USD"
    fact, source = dataset.cite("haechi-iii", path).splitlines()

    assert "Operation HAECHI III, money and assets seized: virtual assets: USD 129,975,440" in fact
    assert f"[fact {path} of the record haechi-iii, status documented]" in fact
    assert source.startswith("International Criminal Police Organization. (2022, November 24). ")
    short = path.removeprefix("outcomes/")
    assert dataset.cite("haechi-iii", path) == dataset.cite("haechi-iii", short)


def test_part_with_a_name(dataset: Dataset) -> None:
    """Of which part a figure is, is said in words."""
    path = "outcomes/cases-detected~part/at-sea"
    assert ", a part: at sea: nearly 500 [fact" in dataset.cite("30-days-at-sea-3", path)


def test_every_kind_of_fact(small: Dataset) -> None:
    """Each fact of each case can be cited in each style; its key is as unique as its path."""
    keys = set()
    facts = small.tables.rows("verification", record_table="cases")
    for fact in facts:
        case, path = fact["record_id"], fact["field"]
        (entry, *_) = parsed_bibtex(small.cite(case, path, "bibtex"))
        keys.add(entry["ID"])
        assert "/" not in entry["ID"]  # which would make a folder of a file named so
        assert path in small.cite(case, path)
        assert path == json.loads(small.cite(case, path, "csl-json"))[0]["note"].split()[1]

    assert len(facts) == len(keys)


def test_odd_letters_survive(odd: Dataset) -> None:
    """What LaTeX, and BibTeX take for their own comes back as it was."""
    bibtex = parsed_bibtex(odd.cite("alpha-i", style="bibtex"))
    csl = json.loads(odd.cite("alpha-i", style="csl-json"))
    url = "https://example.com/a%20b%7D%7B%20?x=1&y=2"

    assert ODD in [unescaped(entry["title"]) for entry in bibtex]
    assert ODD in [item["title"] for item in csl]
    assert ODD in odd.cite("alpha-i")
    assert url == bibtex[-1]["url"] == csl[-1]["URL"]
    text = odd.cite("alpha-i", style="bibtex")
    assert text.count("{") == text.count("}")
    for entry in bibtex:
        assert not re.search(r"(?<!\\)[&%$#_~^]", entry["title"] + entry.get("note", ""))


@pytest.mark.parametrize("style", STYLES)
def test_all_cases(dataset: Dataset, style: str) -> None:
    """Cases whose titles are in many scripts are cited with every source."""
    ids = [row["id"] for row in dataset.cases][::60]
    for id_ in ids:
        text = dataset.cite(id_, style=style)
        rows = dataset.tables.rows("evidence", record_table="cases", record_id=id_)
        number = 1 + len({row["source_id"] for row in rows})
        match style:
            case "apa":
                assert number == len(text.splitlines())
            case "bibtex":
                assert number == len(parsed_bibtex(text))
            case _:
                assert number == len({item["id"] for item in json.loads(text)})


def test_citation_processor_takes_the_json(dataset: Dataset) -> None:
    """A processor of the Citation Style Language writes a bibliography from the JSON."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of variables that it does not know
        from citeproc import (  # type: ignore[import-untyped]  # noqa: PLC0415  # slow to import
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import (  # type: ignore[import-untyped]  # noqa: PLC0415
            CiteProcJSON,
        )

        items: list[dict[str, Any]] = json.loads(dataset.cite("haechi-iii", style="csl-json"))
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        lines = [str(line) for line in bibliography.bibliography()]

    assert len(items) == len(lines)
    start = "The interpol-dataset contributors (2026)"
    assert any(line.startswith(start) and "HAECHI III" in line for line in lines)


@each(
    "published, apa, year, month",
    [
        ("2022", "2022", "2022", None),
        ("2022-11", "2022, November", "2022", "11"),
        ("2022-11-25", "2022, November 25", "2022", "11"),
        ("2022-11-25/2022-11-28", "2022, November", "2022", "11"),
        ("2022-11/2022-12", "2022", "2022", None),
        ("2021/2022", "n.d.", None, None),
        ("", "n.d.", None, None),
    ],
)
def test_as_much_of_a_date_as_there_is(
    built: Path, tmp_path: Path, published: str, apa: str, year: str | None, month: str | None
) -> None:
    """A year or a month is used; of two dates what they share; without any there is no date."""
    small = changed_source(built, tmp_path, "2022-11-25", published)
    bibtex = parsed_bibtex(small.cite("alpha-i", style="bibtex"))[-1]
    csl = json.loads(small.cite("alpha-i", style="csl-json"))[-1]
    parts = csl.get("issued", {"date-parts": [[None]]})["date-parts"][0]
    assert f"The Daily. ({apa}). " in small.cite("alpha-i")
    assert (bibtex.get("year"), bibtex.get("month")) == (year, month)
    assert (str(parts[0]) if parts[0] else None) == year


@each(
    "code, name",
    [
        *(("en", None), ("es", "Spanish"), ("el", "Modern Greek")),
        *(("nb", "Norwegian Bokmål"), ("x-other", "x-other")),
    ],
)
def test_a_language_is_named(built: Path, tmp_path: Path, code: str, name: str | None) -> None:
    """A page is said to be in its language, in every style; of English only codes are given."""
    small = changed_source(built, tmp_path, ",en,", f",{code},")
    bibtex = parsed_bibtex(small.cite("alpha-i", style="bibtex"))[-1]
    csl = json.loads(small.cite("alpha-i", style="csl-json"))[-1]
    shown = f" [in {name}]" if name else ""
    assert f"=Results, as daily has them{shown}. https://" in small.cite("alpha-i")
    assert (bibtex.get("language"), csl["language"]) == (name, code)


def test_what_there_is_not(small: Dataset) -> None:
    """An unknown case, fact or style is refused with what there is."""
    with pytest.raises(UnknownRecordError, match="no 'alpha-9'"):
        small.cite("alpha-9")
    with pytest.raises(UnknownRecordError, match="no fact 'arrest'") as caught:
        small.cite("alpha-ii", "arrest")
    assert "outcomes/arrests" in str(caught.value.hint)
    with pytest.raises(UnknownRecordError, match="no style 'mla'") as caught:
        small.cite(style="mla")
    assert "apa, bibtex, csl-json" in str(caught.value.hint)
    with pytest.raises(UnknownRecordError, match="'arrests' is a fact of a case"):
        small.cite(fact="arrests")


def test_retired_id(small: Dataset) -> None:
    """A retired id is cited as the case that took its place."""
    assert small.cite("alpha-ii") == small.cite("alpha-2")


def test_package_of_few_tables(small: Dataset, tmp_path: Path) -> None:
    """A package without sources is cited without them."""
    few = small.export(tmp_path / "part", "csv", tables=["cases", "verification"])
    part = interpol_dataset.load(few)
    assert len(part.cite("alpha-ii").splitlines()) == 1
    assert len(part.cite("alpha-ii", "outcomes/arrests").splitlines()) == 1


def test_a_headline_is_cited_by_its_figures(dataset: Dataset) -> None:
    """A headline figure is computed, so the hint names the figures to cite."""
    with pytest.raises(UnknownRecordError, match="'haechi-iii' has no fact 'assets_usd'") as caught:
        dataset.cite("haechi-iii", "assets_usd")
    assert str(caught.value.hint).endswith("cite outcomes/assets-seized/virtual-assets:USD")
