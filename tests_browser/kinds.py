"""
An example of every kind of page.
"""

from __future__ import annotations

__all__ = ["KINDS", "PICTURES", "SCHEMES", "WIDTHS"]

KINDS = [
    *("index.html", "cases/index.html", "cases/haechi-iii.html", "cases/pandora-i.html"),
    *("series/index.html", "series/pangea.html", "countries/index.html", "countries/KEN.html"),
    *(
        "areas/index.html",
        "areas/wildlife-crime.html",
        "metrics/index.html",
        "metrics/victims.html",
        "metrics/weight-seized.html",
        "things/cocaine.html",
    ),
    *("organizations/index.html", "organizations/interpol.html", "sources/index.html"),
    *("sources/interpol-2022-11-24-haechi-iii.html", "claims/index.html", "challenges/index.html"),
    *("challenges/corruption-of-officials.html", "lessons/adaptive-strategies.html"),
    *(
        "changes.html",
        "disputed.html",
        "statuses.html",
        "codebook.html",
        "docs/index.html",
        "docs/rules/POL001.html",
    ),
    *("about.html", "downloads.html", "search.html?q=haechi"),
]
#: What is drawn by ``make tools WHAT=pictures``.
PICTURES = [
    *("index.html", "cases/index.html", "cases/haechi-iii.html#outcomes/arrests"),
    *(
        "things/cocaine.html",
        "series/haechi.html",
        "countries/KEN.html",
        "claims/index.html#seed-p48-01",
    ),
]
WIDTHS = [320, 390, 768, 1280, 1920]
SCHEMES = ["light", "dark"]
