"""
Text that is safe to print on a terminal.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["harmless"]

#: What would move the cursor or speak to the terminal.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
#: The same but for tabs and line breaks.
_SHOWN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def harmless(text: str, *, lines: bool = False) -> str:
    """
    Replace the characters that would do something on a terminal.

    :param text: What is printed, which may come from strangers.
    :param lines: Whether it may have several lines.
    """
    return (_SHOWN if lines else _CONTROL).sub("\N{REPLACEMENT CHARACTER}", text)
