"""
The line of numbers in the README.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from interpol_dataset.errors import PackageError

if TYPE_CHECKING:
    from interpol_dataset.tables.tabulate import Tables

__all__ = ["with_overview"]

BEGIN: Final = "<!-- overview: written by 'interpol-dataset build' -->"
END: Final = "<!-- end of overview -->"


def with_overview(readme: str, tables: Tables) -> str:
    """
    Put the line of numbers between its marks in a README.

    :param readme: The README.
    :param tables: The tables to count.
    :raises PackageError: The README lacks the marks.
    """
    before, _, rest = readme.partition(BEGIN)
    _, end, behind = rest.partition(END)
    if not end:
        raise PackageError(
            "the place for the numbers of the dataset is gone",
            where="README.md",
            hint=f"put '{BEGIN}' and '{END}' on two lines where they belong",
        )

    return f"{before}{BEGIN}\n\n{_overview(tables)}\n\n{END}{behind}"


def _overview(tables: Tables) -> str:
    count = {name: f"{len(rows):,}" for name, rows in tables.items()}

    return (
        f"{count['cases']} cases, {count['verification']} facts ({count['outcomes']} of them "
        f"outcome figures), {count['sources']} sources, {count['claims']} claims."
    )
