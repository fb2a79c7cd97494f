"""
schema.org ``Dataset`` as JSON-LD, which search engines for datasets read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from interpol_dataset.metadata.about import LANGUAGE

if TYPE_CHECKING:
    from interpol_dataset.metadata.about import About


def schema_org(about: About) -> dict[str, Any]:
    """Describe the package and its files."""
    place = {"url": about.homepage} if about.homepage else {}

    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": about.id,
        "identifier": about.id,
        "name": about.title,
        "alternateName": about.name,
        "description": about.description,
        **place,
        "version": about.version,
        "datePublished": about.day,
        "license": about.license.url,
        "creator": [{"@type": "Organization", "name": name} for name in about.creators],
        "keywords": list(about.keywords),
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "creditText": about.citation,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": table.name,
                "description": table.description,
                "contentUrl": table.path,
                "encodingFormat": table.mediatype,
                "contentSize": f"{table.size} B",
                "sha256": table.sha256,
            }
            for table in about.tables
        ],
    }
