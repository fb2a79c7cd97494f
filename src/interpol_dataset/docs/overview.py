"""
The line of numbers in the README.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from interpol_dataset.tables.tabulate import Tables

__all__ = ["with_overview"]

BEGIN: Final = "<!-- overview: written by 'interpol-dataset build' -->"
END: Final = "<!-- end of overview -->"


def with_overview(readme: str, tables: Tables) -> str:
    """
    Put the line of numbers between its marks in a README.

    :param readme: The README; without both marks it is returned unchanged.
    :param tables: The tables to count.
    """
    block = f"{BEGIN}\n\n{_overview(tables)}\n\n{END}"

    return re.sub(
        f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: block, readme, flags=re.DOTALL
    )


def _overview(tables: Tables) -> str:
    count = {name: f"{len(rows):,}" for name, rows in tables.items()}

    return (
        f"{count['cases']} cases, {count['verification']} facts ({count['outcomes']} of them "
        f"outcome figures), {count['sources']} sources, {count['claims']} claims."
    )
