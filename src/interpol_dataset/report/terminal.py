"""
Text that is safe to print on a terminal.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["harmless"]

#: Characters that move the cursor or control the terminal.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
#: The same without tabs and line breaks.
_CONTROL_IN_LINES: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def harmless(text: str, *, lines: bool = False) -> str:
    """
    Replace control characters.

    :param text: What is printed, which may come from strangers.
    :param lines: Keep tabs and line breaks.
    """
    return (_CONTROL_IN_LINES if lines else _CONTROL).sub("\N{REPLACEMENT CHARACTER}", text)
