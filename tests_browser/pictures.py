"""
Draw the pages that are looked at before a change: desktop and phone, light and dark.

``make tools WHAT=pictures`` runs it and writes to ``dist/pictures``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from chromium import launched
from kinds import PICTURES, SCHEMES

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


def main(site: Path, target: Path) -> None:
    """Draw all pictures of a site into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    with launched() as browser:
        for device, (width, height) in SIZES.items():
            for scheme in SCHEMES:
                page = browser.new_page(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                for path in PICTURES:
                    page.goto(f"{site.resolve().as_uri()}/{path}")
                    name = re.sub(r"\W+", "-", path.partition(".html")[0])
                    page.screenshot(path=target / f"{name}-{device}-{scheme}.png")
                page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
