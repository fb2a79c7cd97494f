"""What the page on limits calls missing is not in the data."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from interpol_dataset.tables.rows import CaseRow
from interpol_dataset.tables.tabulate import TableRows

#: A name as the page writes it: capitalised words, then the numbers of editions or a year.
_NAME = re.compile(
    r"(?P<name>[A-Z][\w'-]+(?: (?:(?![IVX]+\b)[A-Z][\w'-]+|[0-9]{1,2}\b))*)"
    r"(?: (?P<editions>[IVX]+(?:(?:, | and |, and | to )[IVX]+)*)\b)?"
    r"(?: \((?P<years>[0-9]{4}(?:(?:, | and | to )[0-9]{4})*)\)| of (?P<of>[0-9]{4})\b)?"
)
_ROMAN = (
    *("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
)

#: After these words come operations of which only something is missing.
_SOMETHING_OF = re.compile(
    r"\b(?:[Rr]esults|[Ff]igures|[Pp]ages?) (?:of|on)\b|INTERPOL's own pages|page of INTERPOL"
    r"|other than|[Ll]ater editions|beyond|\bthose of|[Pp]hases? of|after Hydra"
)
#: Sentences with these words name an operation that is there.
_IS_THERE = re.compile(
    r"\b(?:is a case|are cases|is only an example|one sentence next to|only as part of"
    r"|other than that of|as an operation against|name the I-CAN project)\b"
)


def _items(page: str) -> Iterator[str]:
    """Yield the parts of the lists by area that are about missing operations."""
    areas = page.partition("\n## By crime area\n")[2].partition("\n### One name, several")[0]
    named = re.findall(
        r"^(?:Looked for by name|Not looked for).*?:((?:.|\n(?!\n))*)", areas, re.MULTILINE
    )
    for item in [*re.findall(r"^- (.*(?:\n  .*)*)", areas, re.MULTILINE), *named]:
        for part in re.split(r"[;:]|\.\s", " ".join(item.split())):
            if not _IS_THERE.search(part):
                yield _SOMETHING_OF.split(part)[0]


def _numbers(text: str) -> Iterator[int]:
    """Yield the numbers of editions in a list such as "III to V" or "IV and VI"."""
    words = re.split(r", and |, | and ", text)
    for word in words:
        first, _, last = word.partition(" to ")
        yield from range(_ROMAN.index(first), _ROMAN.index(last or first) + 1)


def _missing(page: str) -> Iterator[tuple[str, int | None, str | None]]:
    """Yield the names, editions and years of operations that the page calls missing."""
    for part in _items(page):
        for match in _NAME.finditer(part):
            name = match["name"].lower()
            years = re.findall("[0-9]{4}", match["years"] or match["of"] or "") or [None]
            editions = [*_numbers(match["editions"])] if match["editions"] else [None]
            yield from ((name, edition, year) for edition in editions for year in years)


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    """Return the page."""
    return (root / "docs" / "trust" / "limits.md").read_text("utf-8")


@pytest.fixture(scope="module")
def cases(tables: TableRows) -> list[CaseRow]:
    """Return the cases."""
    return [row for row in tables["cases"] if isinstance(row, CaseRow)]


def _known(cases: list[CaseRow]) -> dict[str, set[str]]:
    """Return the years of cases by the names that they go by, with the numbers of editions."""
    known = defaultdict(set)
    for case in cases:
        for name in (case.name, *(case.aliases or ())):
            known[re.sub(r"^(?:Operation|Project) ", "", name).lower()].add(str(case.year))
        if case.series and case.edition:
            edition = f"{case.series.replace('-', ' ')} {_ROMAN[case.edition]}".lower()
            known[edition].add(str(case.year))

    return known


def test_what_is_called_missing_is_missing(page: str, cases: list[CaseRow]) -> None:
    """No case has a name, with its edition or year, that the page calls missing."""
    known = _known(cases)
    missing = list(_missing(page))

    def is_there(name: str, edition: int | None, year: str | None) -> bool:
        full = name if edition is None else f"{name} {_ROMAN[edition].lower()}"
        return full in known and (year is None or year in known[full])

    assert {("lionfish", 4, None), ("lionfish", 6, None), ("black poseidon", 4, None)} < {*missing}
    assert {("storm", 4, None), ("magnus", None, "2024"), ("spectrum", None, None)} < {*missing}
    assert [item for item in missing if is_there(*item)] == []


def test_editions_and_years_are_understood() -> None:
    """Lists of editions are read as people write them."""
    page = (
        "\n## By crime area\n\n- Alpha IV and VI, Beta, Gamma III to V.\n"
        "- Results of Delta II; Eta (2019 and 2020).\n"
    )

    assert list(_missing(page)) == [
        ("alpha", 4, None),
        ("alpha", 6, None),
        ("beta", None, None),
        ("gamma", 3, None),
        ("gamma", 4, None),
        ("gamma", 5, None),
        ("eta", None, "2019"),
        ("eta", None, "2020"),
    ]
