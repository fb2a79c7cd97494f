"""
Texts of a package, which may come from strangers, made safe for a page.
"""

from __future__ import annotations

import json
import re
from typing import Final
from urllib.parse import quote

#: Characters that HTML forbids, and those that change how others are shown.
_UNSHOWN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    "\ufffe\uffff\ud800-\udfff]"
)
#: What would end a script, or a line in it.
_IN_SCRIPT: Final = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def clean(text: str) -> str:
    """Drop characters that HTML forbids, and those that change how others are shown."""
    # None of these characters is printable, and most texts are: that is known ten times as fast.
    return text if text.isprintable() else _UNSHOWN.sub("", text)


def fragment(path: str) -> str:
    """Write a fact's path for the end of an address."""
    return quote(path, safe="/:@~")


def script_text(value: object) -> str:
    """Write a value as JSON that is safe in a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)

    return clean(text).translate(_IN_SCRIPT)
