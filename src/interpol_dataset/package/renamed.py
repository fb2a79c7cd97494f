"""Names of earlier versions, and what to use in their place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

_GUIDE: Final = "docs/use/codebook.md has all names that changed"
_NAMES: Final = json.loads(Path(__file__).with_name("renamed.json").read_text("utf-8"))
#: What takes the place of tables and views that are gone.
TABLES: Final[dict[str, str]] = _NAMES["tables"]
#: Columns that have another name, by table.
COLUMNS: Final[dict[str, dict[str, str]]] = _NAMES["columns"]
#: Words for statuses that are gone.
STATUSES: Final[dict[str, str]] = _NAMES["statuses"]


def instead_of(name: str, column: str | None = None) -> str | None:
    """
    Return what to use in place of a name that is gone; ``None`` if it never was one.

    :param name: The name of a table or a view.
    :param column: The name of a column in it.
    """
    if column is not None:
        new = COLUMNS.get(name, {}).get(column)
        return f"use {new}; {_GUIDE}" if new else None
    if name == "country_years":
        return f"it is a view: ask ds.sql('FROM country_years'); {_GUIDE}"
    new = TABLES.get(name)
    return f"{new}; {_GUIDE}" if new else None


def status_instead_of(column: str, word: str) -> str | None:
    """
    Return what to use in place of a status that is gone; ``None`` if it never was one.

    :param column: The name of the column that is asked for the word.
    :param word: The word.
    """
    is_status = column in {"status", "existence_status", "verdict"}
    new = STATUSES.get(word) if is_status else None
    return f"use {new}; {_GUIDE}" if new else None
