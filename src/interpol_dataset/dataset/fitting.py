"""
Tables that do not fit together, reported as such.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from interpol_dataset.errors import InterpolDatasetError, PackageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.dataset.tables import Tables


@contextmanager
def fitting(tables: Tables) -> Iterator[None]:
    """
    Report tables that don't fit together: anybody may have written or changed them.

    :raises PackageError: A column or a term is not there, or a cell is empty.
    """
    try:
        yield
    except InterpolDatasetError:
        raise
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise PackageError(
            f"the tables need {error}, which is not in the package"
            if isinstance(error, KeyError)
            else f"the tables do not fit together: {error}",
            where=str(tables.directory),
            hint="build or export the package again, or run 'interpol-dataset validate' on it",
        ) from error
