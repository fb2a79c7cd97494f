"""
All metadata files, rendered together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.metadata.about import about
from interpol_dataset.metadata.card import card
from interpol_dataset.metadata.citation import citation
from interpol_dataset.metadata.croissant import croissant
from interpol_dataset.metadata.dcat import dcat
from interpol_dataset.metadata.deposit import datacite, zenodo
from interpol_dataset.metadata.ro_crate import ro_crate
from interpol_dataset.metadata.schema_org import schema_org
from interpol_dataset.package.jsonl import json_file

if TYPE_CHECKING:
    from collections.abc import Mapping


#: The files' names.
FILES: Final = (
    ".zenodo.json",
    "CITATION.cff",
    "croissant.json",
    "datacite.json",
    "dataset-card.md",
    "dcat.ttl",
    "ro-crate-metadata.json",
    "schema-org.jsonld",
)

#: Those that services read from a repository. They change with the version only, not with data.
IN_REPOSITORY: Final = FILES[:2]


def metadata(descriptor: Mapping[str, Any]) -> dict[str, bytes]:
    """
    Render the metadata of a package in every standard.

    :param descriptor: The content of its ``datapackage.json``.
    :returns: The contents of :data:`FILES`, which go to the folder of the package.
    """
    facts = about(descriptor)

    return {
        ".zenodo.json": json_file(zenodo(facts)),
        "CITATION.cff": citation(facts).encode(),
        "croissant.json": json_file(croissant(facts)),
        "datacite.json": json_file(datacite(facts)),
        "dataset-card.md": card(facts).encode(),
        "dcat.ttl": dcat(facts).encode(),
        "ro-crate-metadata.json": json_file(ro_crate(facts)),
        "schema-org.jsonld": json_file(schema_org(facts)),
    }
