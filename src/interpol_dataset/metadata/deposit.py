"""
What an archive records when a version is deposited: DataCite, and Zenodo's form of it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from interpol_dataset.metadata.about import LANGUAGE

if TYPE_CHECKING:
    from interpol_dataset.metadata.about import About


def datacite(about: About) -> dict[str, Any]:
    """Describe the package by DataCite 4.5; its DOI is left out as long as it has none."""
    named = [{"name": name, "nameType": "Organizational"} for name in about.creators]
    doi = {"doi": about.doi} if about.doi else {}
    place = {"url": about.homepage} if about.homepage else {}

    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        **doi,
        **place,
        "types": {"resourceType": "Data package", "resourceTypeGeneral": "Dataset"},
        "titles": [{"title": about.title, "lang": LANGUAGE}],
        "creators": named,
        "publisher": {"name": about.creators[0]},
        "publicationYear": about.day[:4],
        "dates": [{"date": about.day, "dateType": "Issued"}],
        "language": LANGUAGE,
        "version": about.version,
        "subjects": [{"subject": word, "lang": LANGUAGE} for word in about.keywords],
        "descriptions": [
            {
                "description": about.description,
                "descriptionType": "Abstract",
                "lang": LANGUAGE,
            }
        ],
        "rightsList": [
            {
                "rights": about.license.title,
                "rightsUri": about.license.url,
                "rightsIdentifier": about.license.name.lower(),
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            }
        ],
        "formats": sorted({table.mediatype for table in about.tables}),
        "sizes": [f"{sum(table.size for table in about.tables)} bytes"],
    }


def zenodo(about: About) -> dict[str, Any]:
    """Describe the package as Zenodo's GitHub integration reads it when a release is made."""
    place = (
        {"related_identifiers": [{"identifier": about.homepage, "relation": "isSupplementTo"}]}
        if about.homepage
        else {}
    )

    return {
        "upload_type": "dataset",
        "title": about.title,
        "description": f"<p>{escape(about.description, quote=False)}</p>",
        "creators": [{"name": name} for name in about.creators],
        "version": about.version,
        "publication_date": about.day,
        "access_right": "open",
        "license": about.license.name.lower(),
        "keywords": list(about.keywords),
        "language": "eng",
        **place,
    }
