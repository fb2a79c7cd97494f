"""
How long the list of operations takes from a click on a filter to the next frame, in Chromium.

Run by ``make bench WHAT=filters``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

from chromium import launched

CLICKS = """async () => {
    const boxes = [...document.querySelectorAll("[name=area]")];
    const times = [];
    for (let round = 0; round < 41; round += 1) {
        const start = performance.now();
        boxes[round % boxes.length].click();
        await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        times.push(performance.now() - start);
    }
    return times;
}"""


def main(site: Path) -> None:
    """Click through the filters of a built site and print what it took."""
    with launched() as browser:
        page = browser.new_page()
        page.goto((site.resolve() / "cases" / "index.html").as_uri())
        times = sorted(page.evaluate(CLICKS))

    print(f"filter to frame  {median(times):5.1f} ms at the median, {times[-1]:5.1f} ms at most")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
