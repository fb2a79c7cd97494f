"""
Text that is safe to print: on a terminal, and in the log of a CI server.
"""

from __future__ import annotations

import re
from typing import Final

from interpol_dataset.values.characters import unseen

_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

#: What GitHub takes for a command in a log: two colons that begin a line, and ``##[`` anywhere.
_COMMAND: Final = re.compile(r"^(\s*):(?=:)|(?<=#)#(?=\[)")


def harmless(text: str, *, lines: bool = False) -> str:
    """
    Replace, one for one, what would do something or hide something where it is printed.

    That is control, bidirectional and invisible characters, and the beginnings of commands that a
    CI server reads in a log.

    :param text: What is printed, which may come from strangers.
    :param lines: Keep line breaks, and write tabs as spaces.
    """
    if lines:
        return "\n".join(map(harmless, text.replace("\t", " ").split("\n")))

    hidden = frozenset(unseen(text))
    if hidden:
        text = "".join(_REPLACEMENT if at in hidden else letter for at, letter in enumerate(text))

    return _COMMAND.sub(lambda match: f"{match[1] or ''}{_REPLACEMENT}", text)
