"""
INTERPOL interventions as a data package.

Every cell can answer: who says so?

::

    import interpol_dataset

    ds = interpol_dataset.load()
    ds.cases.to_pandas()
    print(ds.explain("haechi-iii", "outcomes/arrests"))

An independent project, not affiliated with INTERPOL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from interpol_dataset._version import __version__
from interpol_dataset.errors import (
    ExportError,
    InterpolDatasetError,
    MissingExtraError,
    NotationError,
    PackageError,
    QueryError,
    RecordsError,
    UnknownRecordError,
)

if TYPE_CHECKING:
    from interpol_dataset.dataset.dataset import Dataset, load
    from interpol_dataset.dataset.diff import Diff
    from interpol_dataset.dataset.explanation import Explanation
    from interpol_dataset.dataset.objects import Operation, OperationFact, Statement
    from interpol_dataset.dataset.tables import Table
    from interpol_dataset.values.edtf import Edtf
    from interpol_dataset.values.quantity import Quantity

__all__ = [
    "Dataset",
    "Diff",
    "Edtf",
    "Explanation",
    "ExportError",
    "InterpolDatasetError",
    "MissingExtraError",
    "NotationError",
    "Operation",
    "OperationFact",
    "PackageError",
    "Quantity",
    "QueryError",
    "RecordsError",
    "Statement",
    "Table",
    "UnknownRecordError",
    "__version__",
    "load",
]

#: The modules of the names that are imported when they are first used, to keep importing quick.
_LAZY = {
    "Dataset": "dataset.dataset",
    "load": "dataset.dataset",
    "Diff": "dataset.diff",
    "Explanation": "dataset.explanation",
    "Operation": "dataset.objects",
    "OperationFact": "dataset.objects",
    "Statement": "dataset.objects",
    "Table": "dataset.tables",
    "Edtf": "values.edtf",
    "Quantity": "values.quantity",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # any public name
    if name == "export":
        raise AttributeError("interpol_dataset.export is gone; use Dataset.export")
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  # only when a name is wanted

    return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)


def __dir__() -> list[str]:
    return __all__
