"""What the standards' own tools say of the metadata of an export."""

from __future__ import annotations

import csv
import json
import math
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import jsonschema
import mlcroissant
import pyshacl
import pytest
import rdflib
import rocrate
from cffconvert.cli.create_citation import create_citation
from rocrate.rocrate import ROCrate

ROOT: Final = Path(__file__).parents[2] / "dist" / "metadata"
HERE: Final = Path(__file__).parent
PACKAGE: Final = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
RESOURCES: Final = {resource["name"]: resource for resource in PACKAGE["resources"]}

#: What mlcroissant misreads, since it lets pandas guess whatever the description says: Namibia's
#: code is a missing value to it, and in a column that has only digits, these are numbers.
MISSING: Final = "NA"


@pytest.fixture(scope="module")
def croissant() -> mlcroissant.Dataset:
    """Return the dataset as mlcroissant opens it."""
    return mlcroissant.Dataset(jsonld=str(ROOT / "croissant.json"))


def test_croissant_has_no_issues(croissant: mlcroissant.Dataset) -> None:
    """Croissant's tool finds neither errors nor warnings, and takes it for version 1.1."""
    issues = croissant.metadata.ctx.issues

    assert (set(), set()) == (issues.errors, issues.warnings)
    assert croissant.metadata.ctx.is_v1_1()
    assert set(RESOURCES) == {record_set.uuid for record_set in croissant.metadata.record_sets}


@pytest.mark.parametrize("name", RESOURCES)
def test_croissant_loads(croissant: mlcroissant.Dataset, name: str) -> None:
    """Croissant's tool loads every table, and each cell of it as the file has it."""
    types = {field["name"]: field["type"] for field in RESOURCES[name]["schema"]["fields"]}
    with (ROOT / RESOURCES[name]["path"]).open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    loaded = list(croissant.records(name))
    digits = {
        column
        for column, type_ in types.items()
        if type_ == "string" and all(row[column].isdecimal() for row in written if row[column])
    }

    assert len(written) == len(loaded)
    for row, record in zip(written, loaded, strict=True):
        for column, text in row.items():
            cell = record[f"{name}/{column}"]
            if text == MISSING:
                assert plain(cell) is None
            elif column in digits:
                assert value(text, "number") == value(str(plain(cell) or ""), "number")
            else:
                assert value(text, types[column]) == plain(cell)


def value(text: str, type_: str) -> object:
    """Return what a cell of CSV means."""
    if not text:
        return None
    if type_ in {"integer", "number"}:
        return float(text)
    if type_ == "boolean":
        return text == "true"

    return date.fromisoformat(text) if type_ == "date" else text


def plain(loaded: Any) -> object:
    """Return what mlcroissant loaded as a plain value."""
    if loaded is None or loaded != loaded or str(loaded) == "NaT":  # noqa: PLR0124  # NaN is not itself
        return None
    if isinstance(loaded, bytes):
        return loaded.decode()
    if isinstance(loaded, datetime):
        return loaded.date()

    found = loaded.item() if hasattr(loaded, "item") else loaded  # a scalar of NumPy

    return found if isinstance(found, bool | str) else float(found)


def test_ro_crate() -> None:
    """Rocrate reads the crate as version 1.2, and finds each file."""
    crate = ROCrate(str(ROOT))
    files = {entity.id for entity in crate.data_entities}

    assert crate.version == "1.2"
    assert PACKAGE["title"] == crate.name
    assert {"datapackage.json", *(item["path"] for item in RESOURCES.values())} == files
    assert [name for name in files if not (ROOT / name).is_file()] == []


def test_ro_crate_uses_known_terms() -> None:
    """Every property and class of the crate is in the context of RO-Crate."""
    context = json.loads((Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_text())
    graph = json.loads((ROOT / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    used = {key for node in graph for key in node if not key.startswith("@")}
    used |= {node["@type"] for node in graph}

    assert sorted(used - set(context["@context"])) == []


def test_citation() -> None:
    """Cffconvert accepts the citation file, and makes a BibTeX entry of it."""
    citation = create_citation(str(ROOT / "CITATION.cff"), None)
    citation.validate()

    assert PACKAGE["title"] in citation.as_bibtex()
    assert f"{PACKAGE['version']}" in citation.cffstr


@pytest.mark.parametrize("shapes", ["shapes", "range"])
def test_dcat_ap(shapes: str) -> None:
    """The description conforms to the shapes that DCAT-AP 3.0.0 publishes."""
    conforms, _, report = pyshacl.validate(
        rdflib.Graph().parse(ROOT / "dcat.ttl"),
        shacl_graph=rdflib.Graph().parse(HERE / "dcat-ap-3.0.0" / f"{shapes}.ttl"),
    )

    assert conforms, report


def test_datacite() -> None:
    """The description is valid by DataCite's JSON Schema 4.5."""
    schema = json.loads((HERE / "datacite-4.5.json").read_text("utf-8"))
    content = json.loads((ROOT / "datacite.json").read_text("utf-8"))

    jsonschema.validate(content, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content | {"publicationYear": None}, schema)


def test_schema_org() -> None:
    """The JSON-LD is a Dataset with what search engines for datasets ask for."""
    content = json.loads((ROOT / "schema-org.jsonld").read_text("utf-8"))
    assert content["@context"] == "https://schema.org/"
    # The context itself is on the network; its vocabulary does for a check of the form.
    local = json.dumps(content | {"@context": {"@vocab": "https://schema.org/"}})
    graph = rdflib.Graph().parse(data=local, format="json-ld", publicID="https://example.org/m/")
    conforms, _, report = pyshacl.validate(
        graph, shacl_graph=rdflib.Graph().parse(HERE / "schema-org-dataset.ttl")
    )

    assert conforms, report
    assert len(RESOURCES) == len(list(graph.triples((None, rdflib.SDO.contentUrl, None))))


def test_numbers_compare() -> None:
    """A cell that was read as another number, or not at all, would be seen."""
    assert plain(math.nan) is None
    assert value("12", "integer") != plain(13)
    assert value("", "string") != plain(b"x")
