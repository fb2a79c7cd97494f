"""
Make a comment for a pull request of what the data's diff says.

The diff was computed with the code of the pull request, so it may be anything: it goes into an
indented block of code, which no text can end, and in which nothing is rendered, linked or notified.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

#: Characters that are shown; a comment has 65,536 at most.
MOST: Final = 50_000

_HARMFUL: Final = re.compile(r"[^\n\t\x20-\x7e\xa0-\ud7ff\uf900-\ufffd\U00010000-\U0003ffff]")
_DIRECTION: Final = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def comment(diff: str) -> str:
    """
    Return the text of the comment.

    :param diff: What the diff says, as text.
    """
    shown = _DIRECTION.sub("\ufffd", _HARMFUL.sub("\ufffd", diff)).strip("\n")
    code = "\n".join(f"    {line}" for line in shown.split("\n"))
    cut = "" if len(code) <= MOST else "\n\nThe rest is in the summary of the check."
    head = "**What this changes in the data**, as the pull request's own code computes it:"

    return f"{head}\n\n{code[:MOST]}{cut}\n"


if __name__ == "__main__":
    with Path(sys.argv[1]).open("rb") as file:
        print(comment(file.read(4 * MOST).decode("utf-8", "replace")))
