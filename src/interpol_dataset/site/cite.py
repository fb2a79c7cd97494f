"""
How a page is cited: APA, BibTeX and RIS.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from interpol_dataset.site.render import Renderer

__all__ = ["citations"]

_AUTHOR: Final = "The interpol-dataset contributors"
#: What TeX takes for commands.
_TEX: Final = re.compile(r"[\\{}$&#^_%~]")


def citations(site: Renderer, path: str, title: str) -> list[tuple[str, str]]:
    """
    Return how a page is cited, by the name of each style.

    :param site: The site.
    :param path: The page's path.
    :param title: The page's title.
    """
    descriptor = site.model.descriptor
    author = next(
        (str(item.get("title", "")) for item in descriptor.get("contributors") or ()), _AUTHOR
    )
    whole = str(descriptor.get("title", "INTERPOL interventions, with evidence"))
    year = str(descriptor.get("created", ""))[:4] or "n.d."
    url, version = site.address(path), site.model.version
    key = re.sub(r"[^a-z0-9]+", "-", f"interpol-dataset-{path.removesuffix('.html')}".lower())
    entry = [
        ("author", f"{{{_escaped(author)}}}"),
        ("title", f"{{{_escaped(title)}}}"),
        ("booktitle", _escaped(whole)),
        ("version", _escaped(version)),
        *([("year", year)] if year.isdigit() else []),
        ("url", url),
        ("note", "CC BY 4.0"),
    ]

    return [
        ("APA", f"{author}. ({year}). {title}. In {whole} (Version {version}) [Data set]. {url}"),
        (
            "BibTeX",
            f"@misc{{{key},\n"
            + "".join(f"  {name} = {{{value}}},\n" for name, value in entry)
            + "}",
        ),
        (
            "RIS",
            "\n".join(
                [
                    "TY  - DATA",
                    f"AU  - {author}",
                    f"TI  - {title}",
                    f"T2  - {whole}",
                    f"ET  - {version}",
                    *([f"PY  - {year}"] if year.isdigit() else []),
                    f"UR  - {url}",
                    "ER  - ",
                ]
            ),
        ),
    ]


def _escaped(text: str) -> str:
    return _TEX.sub(lambda found: f"\\{found[0]}" if found[0] not in "\\^~" else " ", text)
