"""
All metadata files, rendered together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

__all__ = ["metadata"]


def metadata(descriptor: Mapping[str, Any]) -> dict[str, bytes]:
    """
    Render the metadata of a package in every standard.

    Those that have to be in the folder of the package are there, the others in ``metadata/``.

    :param descriptor: The content of its ``datapackage.json``.
    :returns: The files' contents, by their paths in the folder of the package.
    """
    facts = about(descriptor)

    return {
        ".zenodo.json": json_file(zenodo(facts)),
        "CITATION.cff": citation(facts).encode(),
        "croissant.json": json_file(croissant(facts)),
        "ro-crate-metadata.json": json_file(ro_crate(facts)),
        "metadata/dataset-card.md": card(facts).encode(),
        "metadata/datacite.json": json_file(datacite(facts)),
        "metadata/dcat.ttl": dcat(facts).encode(),
        "metadata/schema-org.jsonld": json_file(schema_org(facts)),
    }
