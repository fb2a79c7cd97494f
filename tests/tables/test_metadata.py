"""Tests of :mod:`interpol_dataset.tables.metadata`: all standards say what the package says."""

import json
from pathlib import Path
from typing import Any, Final
from unittest import mock

import pytest
import yaml

from helpers import mini
from helpers.each import each
from interpol_dataset.build import render
from interpol_dataset.package.text import json_file
from interpol_dataset.records.folder import read_records
from interpol_dataset.rules.gate import Passed, checked
from interpol_dataset.tables import metadata as described
from interpol_dataset.tables.metadata import (
    FILES,
    IN_REPOSITORY,
    descriptor,
    metadata,
    table_schemas,
)

#: Every file of metadata, and those that list tables and files.
LISTING: Final = (
    "croissant.json",
    "dataset-card.md",
    "dcat.ttl",
    "schema-org.jsonld",
    "ro-crate-metadata.json",
)

LICENSE: Final = {
    "name": "CC0-1.0",
    "title": "Creative Commons Zero 1.0 Universal",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
}

#: A fact of the definition, its new value, and the words by which each file has it.
CHANGES: Final[dict[str, tuple[Any, tuple[str, ...]]]] = {
    "title": ("Another title", ("Another title",)),
    "description": ("Quite another text.", ("Quite another text.",)),
    "version": ("9.8.7", ("9.8.7",)),
    "created": ("2031-02-03T00:00:00Z", ("2031-02-03",)),
    "keywords": (["smuggling by sea"], ("smuggling by sea",)),
    "contributors": ([{"title": "Somebody else", "roles": ["creator"]}], ("Somebody else",)),
    "licenses": ([LICENSE], ("CC0-1.0", "cc0-1.0", LICENSE["path"])),
}

#: The same facts once there is a place for them.
PLACES: Final = {
    "homepage": ("https://example.org/home", set()),
    "id": ("https://doi.org/10.1234/five", {".zenodo.json"}),
}


def rendered(passed: Passed) -> dict[str, str]:
    """Return what a build of some records writes, and its metadata, as texts."""
    files = render(passed)
    files |= metadata(json.loads(files["datapackage.json"]))
    return {path: content.decode() for path, content in files.items()}


@pytest.fixture(scope="module")
def passed(tmp_path_factory: pytest.TempPathFactory) -> Passed:
    """Return the records of a small project."""
    project = mini.write(tmp_path_factory.mktemp("before"))
    return checked(read_records(project / "data" / "records", "data/records"))


@pytest.fixture(scope="module")
def before(passed: Passed) -> dict[str, str]:
    """Return the files of a small project as the definition has them."""
    return rendered(passed)


@each("fact", CHANGES)
def test_a_changed_fact_is_changed_everywhere(
    passed: Passed, before: dict[str, str], fact: str
) -> None:
    """One edit of the definition changes the descriptor and every standard."""
    value, words = CHANGES[fact]
    resources = json.loads(before["datapackage.json"])["resources"]
    with mock.patch.dict(described._METADATA, {fact: value}):  # noqa: SLF001  # the definition
        package = descriptor(passed.records, resources)
        files = {"datapackage.json": json_file(package)} | metadata(package)
    after = {path: content.decode() for path, content in files.items()}
    for path in ("datapackage.json", *FILES):
        assert [word for word in words if word in before[path]] == []
        assert any(word in after[path] for word in words), path


def test_all_agree(before: dict[str, str]) -> None:
    """Title, version, day and licence are the same in each standard."""
    package = json.loads(before["datapackage.json"])
    croissant, crate, schema_org, datacite, zenodo = (
        json.loads(before[path])
        for path in (
            "croissant.json",
            "ro-crate-metadata.json",
            "schema-org.jsonld",
            "datacite.json",
            ".zenodo.json",
        )
    )
    root = next(node for node in crate["@graph"] if node["@id"] == "./")
    citation = yaml.safe_load(before["CITATION.cff"])
    card = yaml.safe_load(before["dataset-card.md"].split("---\n")[1])
    day = package["created"][:10]
    url = package["licenses"][0]["path"]

    assert [
        croissant["alternateName"],
        root["name"],
        schema_org["name"],
        zenodo["title"],
        citation["title"],
        card["pretty_name"],
    ].count(package["title"]) == 6
    assert {package["version"]} == {
        item["version"] for item in (croissant, root, schema_org, datacite, zenodo, citation)
    }
    assert [day] * 6 == [
        croissant["datePublished"],
        root["datePublished"],
        schema_org["datePublished"],
        datacite["dates"][0]["date"],
        zenodo["publication_date"],
        citation["date-released"],
    ]
    assert [url] * 4 == [
        croissant["license"],
        root["license"]["@id"],
        schema_org["license"],
        datacite["rightsList"][0]["rightsUri"],
    ]
    assert {package["licenses"][0]["name"].lower()} == {
        zenodo["license"],
        card["license"],
        citation["license"].lower(),
    }


def test_a_changed_table_is_changed_everywhere(
    project: Path, before: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a table is said to hold, and the hash of its file, follow in every list of tables."""
    docs = described._TABLE_DOCS  # noqa: SLF001  # the definition
    monkeypatch.setitem(docs, "metrics", "What is weighed.")
    mini.change(project, "metrics.yaml", "name: Arrests", "name: Arrests made")
    records = read_records(project / "data" / "records", "data/records")
    after = rendered(checked(records))
    (old,), (new,) = (
        [
            resource["hash"].partition(":")[2]
            for resource in json.loads(files["datapackage.json"])["resources"]
            if resource["name"] == "metrics"
        ]
        for files in (before, after)
    )

    assert old != new
    for path in LISTING:
        assert "What is weighed." not in before[path]
        assert "What is weighed." in after[path], path
        assert (path == "dataset-card.md") or (old in before[path] and new in after[path])


def test_every_table_is_listed(before: dict[str, str]) -> None:
    """Each list of tables has all of them; one that is gone is gone from each."""
    package = json.loads(before["datapackage.json"])
    paths = [resource["path"] for resource in package["resources"]]
    fewer = metadata(package | {"resources": package["resources"][:-1]})
    for name in LISTING:
        assert [path for path in paths if path not in before[name]] == []
        assert [paths[-1]] == [path for path in paths if path not in fewer[name].decode()]


@each("fact", PLACES)
def test_no_address_is_invented(before: dict[str, str], fact: str) -> None:
    """A home page and a DOI are in all metadata once the definition has them, and not before."""
    value, exempt = PLACES[fact]
    after = metadata(json.loads(before["datapackage.json"]) | {fact: value})
    for path in FILES:
        assert value not in before[path]
        assert "doi" not in before[path].lower()
        if path not in exempt:
            assert value.removeprefix("https://doi.org/") in after[path].decode(), path


def test_what_a_repository_keeps_does_not_change_with_data(before: dict[str, str]) -> None:
    """Every file is listed, and what is committed says nothing of single tables."""
    package = json.loads(before["datapackage.json"])
    fewer = metadata(package | {"resources": package["resources"][:1]})
    assert {*FILES} == {*fewer}
    assert {*IN_REPOSITORY} == {name for name in FILES if fewer[name].decode() == before[name]}


def test_terms_have_labels_and_order() -> None:
    """A closed vocabulary is a list of categories, in the order of its constraint."""
    fields = {
        (name, field["name"]): field
        for name, schema in table_schemas().items()
        for field in schema["fields"]
        if "categories" in field
    }
    kind = fields["sources", "kind"]

    assert {"value": "co-led", "label": "Co-led"} in fields["cases", "interpol_role"]["categories"]
    assert kind["categoriesOrdered"] is True
    assert "categoriesOrdered" not in fields["cases", "existence_status"]
    assert all(
        field["constraints"]["enum"] == [term["value"] for term in field["categories"]]
        and len({term["label"] for term in field["categories"]}) == len(field["categories"])
        for field in fields.values()
    )


def test_the_card_names_files_and_size(root: Path) -> None:
    """A model hub finds every table by the card, and the class of its size."""
    package = json.loads((root / "datapackage.json").read_text("utf-8"))
    card = metadata(package)["dataset-card.md"].decode()
    front = yaml.safe_load(card.split("---\n")[1])
    rows = sum(resource["rows"] for resource in package["resources"])

    assert [resource["name"] for resource in package["resources"]] == [
        config["config_name"] for config in front["configs"]
    ]
    assert all((root / config["data_files"]).is_file() for config in front["configs"])
    assert 100_000 < rows < 1_000_000
    assert front["size_categories"] == ["100K<n<1M"]
