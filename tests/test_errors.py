"""Tests of :mod:`interpol_dataset.errors`."""

import pickle

import pytest

from interpol_dataset.errors import (
    InterpolDatasetError,
    MissingExtraError,
    NotationError,
    PackageError,
    RecordsError,
)
from interpol_dataset.findings import Finding, Place, Severity


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


def test_records_error_names_the_cause() -> None:
    """What keeps a file from being read comes first, and a warning last, whatever the files."""
    warning, error, unread = (
        Finding(rule, Place(path), rule, severity=severity)
        for rule, path, severity in [
            ("POL007", "a.yaml", Severity.WARNING),
            ("PKG004", "b.yaml", Severity.ERROR),
            ("SYN003", "c.yaml", Severity.ERROR),
        ]
    )

    assert "c.yaml: SYN003, and 2 more" in str(RecordsError([warning, error, unread]))
    assert "b.yaml: PKG004, and 1 more" in str(RecordsError([warning, error]))
