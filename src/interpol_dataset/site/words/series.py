"""
Names of series: what their operations have in common.
"""

from __future__ import annotations

import re
from collections import Counter
from os.path import commonprefix
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence


#: Series whose operations have no name in common.
_NAMES: Final = {
    "african-ivory-operations": "African ivory operations",
    "airline-action-days": "Airline and airport action days",
    "el-paccto-fugitives": "EL PAcCTO fugitive operations",
    "empact-jad-see": "EMPACT Joint Action Days, South East Europe",
    "europol-vidtf": "Europol Victim Identification Task Force",
    "jad-mobile": "Joint Action Days Mobile",
    "storm-medicines": "Storm, against illicit medicines",
}
#: The number of an edition at the end of a name.
_NUMBER: Final = re.compile(r"[\s(-]+(?:[IVX]+|[0-9.]+)?$")


def named(series: str, operations: Sequence[str]) -> str:
    """
    Return the name of a series: what the names of its operations begin with, or share.

    :param series: The id of the series, whose words are the name where they share nothing.
    :param operations: The names of its operations.
    """
    if series in _NAMES:
        return _NAMES[series]
    if operations:
        shared = commonprefix([name.upper() for name in operations])  # noqa: RUF071  # letters
        begun = _NUMBER.sub("", operations[0][: len(shared)].removeprefix("Operation "))
        begun = begun.strip(" -,:(")
        if re.sub(r"[^a-z0-9]+", "-", begun.lower()) == series:
            return begun
    shared_words = re.compile(r"\b" + series.replace("-", r"[\s-]") + r"\b", re.IGNORECASE)
    found = Counter(match[0] for name in operations for match in shared_words.finditer(name))
    if found:
        return max(found, key=lambda word: found[word])

    return " ".join(word.capitalize() for word in series.split("-"))
