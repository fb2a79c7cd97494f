"""
How many mistakes the gate catches that were written without a look at its rules.

``mistakes.yaml`` lists them, and how far each is caught: it is ``missed``, or found ``elsewhere``,
or at ``the line``. A finding counts if the correct case hasn't it, and if it has a hint. Apart from
these results of the first run stand those that rules were added for later, with sight of the list.

``pages`` has a page for each source that tells of a mistake, made up for it, and for some others.
What is found with them besides stands apart, too.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from interpol_dataset.draft.compare import check_pages
from interpol_dataset.records.cache import Cache
from interpol_dataset.records.folder import RECORDS, read_records
from interpol_dataset.validate.records import check_project

if TYPE_CHECKING:
    from interpol_dataset.findings import Finding

HERE: Final = Path(__file__).parent
LISTED: Final = yaml.safe_load((HERE / "mistakes.yaml").read_text("utf-8"))
RESULTS: Final[dict[str, str]] = LISTED["results"]
LATER: Final[dict[str, str]] = LISTED["later"]
WITH_PAGE: Final[dict[str, str]] = LISTED["with_page"]
PAGES: Final = {path.stem: path for path in sorted((HERE / "pages").iterdir())}

#: The results, the better ones last.
ORDER: Final = ("missed", "elsewhere", "the line")

#: What correct cases are told.
FALSE_ALARMS: Final[list[tuple[str, str]]] = []

Mistake = dict[str, Any]


def _round(mistake: Mistake) -> str:
    """Return what tells the mistakes that are made at once, one to a case."""
    # Other rules wait for a file that can't be read.
    return "unreadable" if mistake["kind"] == "yaml" else mistake["id"][-1]


def _file(mistake: Mistake, file: str) -> str:
    """Return the path of a file that a mistake is in, below the records."""
    if file == "case":
        return f"cases/{mistake['case']}.yaml"

    return f"{file}.yaml" if file == "objects" else f"sources/{file}.yaml"


def _make(mistake: Mistake, records: Path) -> None:
    """Make a mistake in the files that it is in."""
    for edit in (mistake, *mistake.get("also", ())):
        path = records / _file(mistake, edit["file"])
        text = path.read_text("utf-8")
        assert text.count(edit["old"]) == 1, (mistake["id"], edit["old"])
        path.write_text(text.replace(edit["old"], edit["new"]), "utf-8")


def _lines(mistake: Mistake, before: str, after: str) -> set[int]:
    """Return the lines, from 1, that a finding belongs on."""
    lines = after.splitlines()
    if "point" in mistake:
        return {number for number, line in enumerate(lines, 1) if re.search(mistake["point"], line)}

    pairs = enumerate(zip(before.splitlines(), lines, strict=False), 1)

    return {next(number for number, (old, new) in pairs if old != new)}


def _result(mistake: Mistake, before: Path, after: Path, found: Iterable[Finding]) -> str:
    """Return how far a mistake is caught."""
    case = _file(mistake, "case")
    sources = re.findall(r"- source: (\S+)", (before / case).read_text("utf-8"))
    own = {case, *(f"sources/{source}.yaml" for source in sources)}
    place = _file(mistake, mistake["file"])
    lines = _lines(mistake, *((folder / place).read_text("utf-8") for folder in (before, after)))
    spots = {
        (_path(item), item.place.span.line if item.place.span else 0)
        for item in found
        if _path(item) in {*own, place} and item.hint and item.rule not in mistake.get("aside", ())
    }
    if not spots:
        return "missed"

    return "elsewhere" if spots.isdisjoint((place, line) for line in lines) else "the line"


def _found(project: Path) -> tuple[Finding, ...]:
    return check_project(project, cache=Cache(project / RECORDS)).findings


def _told_by_pages(project: Path) -> list[Finding]:
    """Return what the pages have otherwise than the cases."""
    record_set = read_records(project / RECORDS)
    cases = {
        f"{project / RECORDS}/cases/{path.name}" for path in (HERE / "mistakes/cases").iterdir()
    }
    texts = [item.text for item in record_set.documents if item.path in cases]
    cited = set(re.findall(r"- source: (\S+)", "".join(texts)))
    given = [(id_, path) for id_, path in PAGES.items() if id_ in cited]

    return check_pages(record_set, cases, given)[0]


def _path(finding: Finding) -> str:
    """Return the path of what it was found in, below the records."""
    return finding.place.path.rpartition(f"{RECORDS}/")[2]


def _what(finding: Finding) -> tuple[str, str, str]:
    return _path(finding), finding.rule, finding.message


@pytest.fixture(scope="module")
def correct(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with the correct cases among its records."""
    project = tmp_path_factory.mktemp("correct")
    shutil.copytree(HERE.parent / RECORDS, project / RECORDS)
    shutil.copytree(HERE / "mistakes", project / RECORDS, dirs_exist_ok=True)

    return project


Find = Callable[[Path], Iterable["Finding"]]


def _results(mistakes: list[Mistake], correct: Path, project: Path, find: Find) -> dict[str, str]:
    """Make mistakes in a copy of the project, and return how far each is caught."""
    known, results = set(map(_what, find(correct))), {}
    for _, made in groupby(sorted(mistakes, key=_round), key=_round):
        # Under one path everything that did not change is read from the cache.
        results |= _results_of([*made], correct, project, find, known)

    return results


def _results_of(
    made: list[Mistake],
    correct: Path,
    project: Path,
    find: Find,
    known: set[tuple[str, str, str]],
) -> dict[str, str]:
    """Make some mistakes at once."""
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(correct, project)
    for mistake in made:
        _make(mistake, project / RECORDS)
    new = [item for item in find(project) if _what(item) not in known]

    return {item["id"]: _result(item, correct / RECORDS, project / RECORDS, new) for item in made}


def test_correct_cases_pass(correct: Path) -> None:
    """What the mistakes are made in has none."""
    told = [(_path(item), item.rule) for item in _found(correct)]

    assert told == FALSE_ALARMS


def test_as_many_are_caught_as_are_said_to_be(correct: Path, tmp_path: Path) -> None:
    """The gate catches neither fewer nor more; whoever makes it better writes that down."""
    results = _results(LISTED["mistakes"], correct, tmp_path / "project", _found)

    assert results == RESULTS | LATER


def test_correct_cases_are_what_their_pages_say(correct: Path) -> None:
    """Pages have nothing otherwise than the correct cases."""
    assert _told_by_pages(correct) == []


def test_as_many_are_caught_with_pages_as_are_said_to_be(correct: Path, tmp_path: Path) -> None:
    """What only the page shows is found with it, and no less is found than without."""
    mistakes = [item for item in LISTED["mistakes"] if item["kind"] != "yaml"]
    results = _results(mistakes, correct, tmp_path / "project", _told_by_pages)
    better = {
        name: result
        for name, result in results.items()
        if ORDER.index(result) > ORDER.index((RESULTS | LATER)[name])
    }

    assert better == WITH_PAGE


def test_the_page_has_the_numbers() -> None:
    """The table of the page counts the results, by kind and together."""
    page = (HERE.parent / "docs" / "dev" / "gate-and-drafter.md").read_text("utf-8")
    for kind in {mistake["kind"] for mistake in LISTED["mistakes"]} | {"all"}:
        made = [item["id"] for item in LISTED["mistakes"] if kind in {item["kind"], "all"}]
        cells = [len(made)]
        for results in (RESULTS, RESULTS | LATER | WITH_PAGE):
            count = Counter(results[name] for name in made)
            cells += [count.total() - count["missed"], count["the line"]]
        assert f"| {kind} | {' | '.join(map(str, cells))} |" in page
