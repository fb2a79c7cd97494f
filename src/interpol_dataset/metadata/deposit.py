"""
What archives, model hubs and reference managers read: DataCite, Zenodo, dataset card, CITATION.cff.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

import yaml

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


#: Classes of size, each with the number of rows that it ends below.
_SIZES: Final = {
    "n<1K": 1_000,
    "1K<n<10K": 10_000,
    "10K<n<100K": 100_000,
    "100K<n<1M": 1_000_000,
    "1M<n<10M": 10_000_000,
}


def card(about: About) -> str:
    """Write the card; it goes to the folder of the package, as ``README.md``."""
    rows = sum(table.rows for table in about.tables)
    front = {
        "pretty_name": about.title,
        "license": about.license.name.lower(),
        "language": [LANGUAGE],
        "tags": [*about.keywords, "tabular", "datapackage"],
        "size_categories": [next(name for name, most in _SIZES.items() if rows < most)],
        "configs": [
            {"config_name": table.name, "data_files": table.path}
            | ({"default": True} if not number else {})
            for number, table in enumerate(about.tables)
        ],
    }
    listed = "\n".join(
        f"| `{table.name}` | {table.rows:,} | {table.description} |" for table in about.tables
    )
    matter = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=100)

    return f"""\
---
{matter}---

# {about.title}

{about.description}

Version {about.version}, {about.day}. Licence: [{about.license.title}]({about.license.url}).

Cite as: {about.citation}

## Tables

| Table | Rows | What a row is |
| --- | --- | --- |
{listed}

`datapackage.json` has the columns, with types, keys and terms (Data Package 2, Table Schema 2).

## Before you use it

A value is what a public document says, not what happened. `status` and the table `verification` say
who says so and how many could observe it; `evidence` has every source of every value. What nobody
reported is missing.
"""


_MESSAGE: Final = (
    "If you use this dataset, please cite it as below, and the sources of the figures you use."
)


def citation(about: About) -> str:
    """Describe the package by the Citation File Format 1.2."""
    doi = {"doi": about.doi} if about.doi else {}
    place = {"url": about.homepage} if about.homepage else {}
    content = {
        "cff-version": "1.2.0",
        "message": _MESSAGE,
        "title": about.title,
        "abstract": about.description,
        "type": "dataset",
        "authors": [{"name": name} for name in about.creators],
        "version": about.version,
        "date-released": about.day,
        **doi,
        **place,
        "license": about.license.name,
        "keywords": list(about.keywords),
    }

    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
