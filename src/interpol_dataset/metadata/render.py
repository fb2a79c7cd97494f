"""
All metadata files, rendered together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from interpol_dataset.metadata.about import about
from interpol_dataset.metadata.deposit import card, citation, datacite, zenodo
from interpol_dataset.metadata.linked import croissant, dcat, ro_crate, schema_org
from interpol_dataset.package.jsonl import json_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from interpol_dataset.metadata.about import About


#: What renders each file: a text, or what becomes JSON.
_RENDERERS: Final[Mapping[str, Callable[[About], str | dict[str, Any]]]] = {
    ".zenodo.json": zenodo,
    "CITATION.cff": citation,
    "croissant.json": croissant,
    "datacite.json": datacite,
    "dataset-card.md": card,
    "dcat.ttl": dcat,
    "ro-crate-metadata.json": ro_crate,
    "schema-org.jsonld": schema_org,
}

#: The files' names.
FILES: Final = tuple(_RENDERERS)

#: Those that services read from a repository. They change with the version only, not with data.
IN_REPOSITORY: Final = FILES[:2]


def metadata(descriptor: Mapping[str, Any]) -> dict[str, bytes]:
    """
    Render the metadata of a package in every standard.

    :param descriptor: The content of its ``datapackage.json``.
    :returns: The contents of :data:`FILES`, which go to the folder of the package.
    """
    facts = about(descriptor)
    rendered = {name: render(facts) for name, render in _RENDERERS.items()}

    return {
        name: content.encode() if isinstance(content, str) else json_file(content)
        for name, content in rendered.items()
    }
