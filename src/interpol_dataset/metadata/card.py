"""
The dataset card: a README whose front matter model hubs read, with the tables as configurations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import yaml

from interpol_dataset.metadata.about import LANGUAGE

if TYPE_CHECKING:
    from interpol_dataset.metadata.about import About


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
