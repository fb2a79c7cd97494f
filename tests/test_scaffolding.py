"""Tests of :mod:`interpol_dataset.scaffolding` and of the command ``new``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from interpol_dataset.checking import find_kind
from interpol_dataset.reading import parse
from interpol_dataset.scaffolding import scaffold

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

#: What a contributor puts in the place of each placeholder, by kind.
FILLED = {
    "case": {
        "categories: [...]": "categories: [fraud]",
        "source: ...": "source: daily-2022-alpha",
    },
    "source": {
        "publisher: ...": "publisher: daily",
        "asserter: ...": "asserter: interpol",
        "title: ...": "title: A title",
        "https://...": "https://example.org/new",
    },
    "category": {"name: ...": "name: Something"},
    "challenge": {"name: ...": "name: Something", "source: ...,": "source: daily-2022-alpha,"},
    "lesson": {"name: ...": "name: Something", "source: ...,": "source: daily-2022-alpha,"},
    "claims": {
        "paragraph_sha256: ...": f"paragraph_sha256: {'0' * 64}",
        "source: ...,": "source: daily-2022-alpha,",
    },
}


@pytest.mark.parametrize("name", FILLED)
def test_scaffold_is_clean_once_filled_in(run: Run, project: Path, name: str) -> None:
    """A new record is YAML; filled in, the gate has nothing against it."""
    id_ = "europol-2022-alpha" if name == "claims" else "brand-new"
    outcome = run("new", name, id_, "--root", project)
    place = project / "data" / "records" / find_kind(name).table / f"{id_}.yaml"
    text = place.read_text("utf-8")

    assert 0 == outcome.code
    assert str(place) in outcome.out
    assert () == parse(text.encode(), "x").findings
    assert name == "category" or 1 == run("validate", place, "--root", project).code

    for placeholder, value in FILLED[name].items():
        assert placeholder in text
        text = text.replace(placeholder, value)
    place.write_text(text, "utf-8")
    ignored = ["--ignore", "PKG006"] if name == "source" else []

    assert "no findings\n" == run("validate", place, "--root", project, *ignored).out


def test_scaffold_has_the_day() -> None:
    """The days that are filled in are those of the writing."""
    text = scaffold(find_kind("source"), "x", date(2030, 1, 2))

    assert "published: 2030-01-02" in text
    assert "retrieved: 2030-01-02" in text


@pytest.mark.parametrize("id_", ["../x", "Alpha", "a b", "a/b", "", "x" * 81])
def test_bad_ids_are_refused(run: Run, project: Path, id_: str) -> None:
    """Nothing is written for what can't be an id, least of all outside the folder."""
    before = sorted(project.rglob("*"))

    assert 2 == run("new", "case", id_, "--root", project).code
    assert before == sorted(project.rglob("*"))


def test_existing_record_is_left_alone(run: Run, project: Path) -> None:
    """A record that is there is not overwritten."""
    place = project / "data" / "records" / "cases" / "alpha-ii.yaml"
    before = place.read_bytes()
    outcome = run("new", "case", "alpha-ii", "--root", project)

    assert 2 == outcome.code
    assert "there is such a record already" in outcome.err
    assert before == place.read_bytes()
