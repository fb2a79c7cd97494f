"""
The descriptor: what the package says of itself, as a Data Package (version 2).

All other metadata are rendered from it, by :mod:`interpol_dataset.metadata`. The package has no
public address and no DOI yet: once it has, ``homepage`` and ``id`` say so here, and everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from interpol_dataset._version import RELEASED, __version__
from interpol_dataset.evidence.verification import RULE_VERSION
from interpol_dataset.package.reader import file_properties
from interpol_dataset.schema.vocabulary import SourceKind
from interpol_dataset.tables.rows import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from interpol_dataset.records.kinds import Records


DATA_PACKAGE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"

_METADATA: Final[dict[str, Any]] = {
    "$schema": DATA_PACKAGE,
    "name": "interpol-dataset",
    "id": "urn:uuid:07aea0ce-b376-4126-a597-3fd7535c0e12",
    "title": "INTERPOL interventions, with evidence",
    "description": (
        "Operations, takedowns, recoveries, rescues and arrests that INTERPOL coordinated, co-led "
        "or supported, as public documents report them. Every value names the sources that state "
        "it, and its verification status is computed from them. An independent project, not "
        "affiliated with INTERPOL."
    ),
    "version": __version__,
    "created": f"{RELEASED}T00:00:00Z",
    "keywords": ["INTERPOL", "police cooperation", "transnational crime", "provenance"],
    "licenses": [
        {
            "name": "CC-BY-4.0",
            "title": "Creative Commons Attribution 4.0 International",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ],
    "contributors": [
        {"title": "The interpol-dataset contributors", "roles": ["creator", "maintainer"]}
    ],
    "verificationRuleVersion": RULE_VERSION,
}

_TABLE_DOCS: Final = {row.TABLE: " ".join((row.__doc__ or "").split()) for row in TABLES}


def descriptor(records: Records, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """
    Render the descriptor of the whole package.

    :param records: The records that the package was built from.
    :param resources: The descriptors of its resources.
    """
    return _METADATA | {"sources": _roots(records), "resources": resources}


def resource(
    name: str, path: str, content: bytes, rows: int, schema: Mapping[str, Any]
) -> dict[str, Any]:
    """
    Render the descriptor of one table's CSV file.

    :param name: The table's name.
    :param path: The file's path in the package.
    :param content: The file's bytes.
    :param rows: The number of its rows.
    :param schema: Its Table Schema.
    """
    return {
        "name": name,
        "type": "table",
        "description": _TABLE_DOCS[name],
        **file_properties(path, "csv", content, rows),
        "schema": dict(schema),
    }


def _roots(records: Records) -> list[dict[str, str]]:
    """Return the organizations of which official documents were read, as the package's sources."""
    official = {source.asserter for source in records.sources if source.kind is SourceKind.OFFICIAL}

    return [
        {"title": organization.name} | ({"path": organization.url} if organization.url else {})
        for organization in records.organizations
        if organization.id in official
    ]
