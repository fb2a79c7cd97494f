"""
``CITATION.cff``, from which code hosts and reference managers take how to cite the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import yaml

if TYPE_CHECKING:
    from interpol_dataset.metadata.about import About


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
