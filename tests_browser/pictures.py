"""
Draw the pages that are looked at before a change, and the two pictures of the README.

``make tools WHAT=pictures`` runs it. It writes the first to ``dist/pictures``: desktop and phone,
light and dark. Those of the README go to ``.github``; each carries the version that it shows, which
a test compares.
"""

from __future__ import annotations

import re
import struct
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chromium import launched
from kinds import PICTURES, SCHEMES

from interpol_dataset import __version__

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}

#: The pictures of the README, each with its page and how high it is.
README: Final = {
    "site-home": ("index.html", 1180),
    "site-case": ("cases/haechi-iii.html#outcomes/arrests", 900),
}
FOLDER: Final = Path(__file__).parents[1] / ".github"

#: What a PNG file begins with: its mark and its head.
_HEAD: Final = 8 + 25


def main(site: Path, target: Path) -> None:
    """Draw all pictures of a site into a folder, and those of the README."""
    target.mkdir(parents=True, exist_ok=True)
    with launched() as browser:
        for device, size in SIZES.items():
            for scheme in SCHEMES:
                for path in PICTURES:
                    name = re.sub(r"\W+", "-", path.partition(".html")[0])
                    content = drawn(browser, f"{site.resolve().as_uri()}/{path}", size, scheme)
                    (target / f"{name}-{device}-{scheme}.png").write_bytes(content)
        for name, (path, height) in README.items():
            content = drawn(browser, f"{site.resolve().as_uri()}/{path}", (1280, height), "light")
            (FOLDER / f"{name}.png").write_bytes(of_this_version(content))


def drawn(browser: Browser, address: str, size: tuple[int, int], scheme: str) -> bytes:
    """Return a picture of a page."""
    width, height = size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page.goto(address)
    content = page.screenshot()
    page.close()

    return content


def of_this_version(content: bytes) -> bytes:
    """Return a PNG that says which version it shows, in a chunk of text after its head."""
    body = b"tEXtVersion\0" + __version__.encode()
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))

    return content[:_HEAD] + chunk + content[_HEAD:]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
