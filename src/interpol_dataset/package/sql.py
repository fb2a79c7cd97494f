"""
What databases of a package have in common: identifiers, columns and views.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.package.formats import Described


def quoted(name: str) -> str:
    """Return a name as an identifier, whatever its letters are."""
    return '"' + name.replace('"', '""') + '"'


def columns_of(table: Described, types: Mapping[str, str], text: str) -> Iterator[str]:
    """
    Return the columns of a table, as CREATE TABLE wants them.

    :param table: The table.
    :param types: The database's types, by those of Table Schema.
    :param text: Its type of texts, for all other types.
    """
    for field in table.fields:
        required = field.get("constraints", {}).get("required") or field["name"] in table.key
        type_ = types.get(field["type"], text)
        yield f"{quoted(field['name'])} {type_}{' NOT NULL' if required else ''}"


class View(NamedTuple):
    """
    A question that many ask, answered in SQL.

    :param description: What it shows.
    :param sql: The query.
    """

    description: str
    sql: str


def _views() -> dict[str, View]:
    text = Path(__file__).with_name("views.sql").read_text("utf-8")
    found = re.findall(r"^-- view (\w+)\n((?:-- .+\n)+)([^;]+);", text, re.MULTILINE)

    return {
        name: View(" ".join(line.removeprefix("-- ") for line in about.splitlines()), sql)
        for name, about, sql in found
    }


#: The views of a database, by their names. One whose tables or columns are missing is left out.
VIEWS: Final[Mapping[str, View]] = _views()
