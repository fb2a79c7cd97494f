"""Tests of :mod:`interpol_dataset.errors`."""

from __future__ import annotations

import pickle

import pytest

from interpol_dataset.errors import (
    InterpolDatasetError,
    MissingExtraError,
    NotationError,
    PackageError,
    RecordsError,
)
from interpol_dataset.findings import Finding, Place


@pytest.mark.parametrize(
    "error",
    [
        PackageError("it is broken", where="there", hint="fix it"),
        NotationError("no quantity"),
        MissingExtraError("pandas"),
        RecordsError([Finding("PKG001", Place("a.yaml"), "a stray file")]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_travel(error: InterpolDatasetError) -> None:
    """An error that a process pool sends back is the same error."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # its own

    assert type(error) is type(again)
    assert str(error) == str(again)
    assert vars(error) == vars(again)
