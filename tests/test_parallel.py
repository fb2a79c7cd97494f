"""Tests of :mod:`interpol_dataset.parallel`: two processes find what one does."""

import os
from pathlib import Path

import pytest

from helpers import mini
from interpol_dataset.build import render
from interpol_dataset.parallel import meanwhile
from interpol_dataset.records.cache import Cache
from interpol_dataset.records.folder import RECORDS, read_records
from interpol_dataset.rules import gate


def test_work_is_done_by_another_process() -> None:
    """Where there are two processors, the result is of another process; else of this one."""
    is_alone = not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) == 1
    assert is_alone == (os.getpid() == meanwhile(os.getpid)())


def test_what_fails_there_is_done_here() -> None:
    """An error, or a result that can't be sent, is as if nothing had been done meanwhile."""
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os._exit(1)
        return 7

    assert meanwhile(work)() == 7
    with pytest.raises(ZeroDivisionError):
        meanwhile(lambda: 1 // 0)()
    assert callable(meanwhile(lambda: print)())


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("cases/alpha-i.yaml", "~20", "many"),
        ("cases/alpha-i.yaml", "The first edition", "The edition of Pedro Quispe"),
        ("cases/alpha-i.yaml", "daily-2022-alpha", "nobody"),
    ],
)
def test_the_findings_are_the_same(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str
) -> None:
    """Records in two halves, read into a new cache and judged apart, have the same findings."""
    mini.change(project, name, old, new)
    expected = gate.findings(read_records(project / RECORDS, RECORDS))
    assert expected
    monkeypatch.setenv("INTERPOL_DATASET_CACHE", str(project / "cache"))
    (project / "cache").mkdir(mode=0o700)
    monkeypatch.setattr("interpol_dataset.rules.gate.MANY", 0)
    monkeypatch.setattr("interpol_dataset.records.folder.MANY", 0)
    cache = Cache(project / RECORDS)
    assert cache.is_new

    assert expected == gate.findings(read_records(project / RECORDS, RECORDS, cache))
    assert not cache.is_new


def test_what_is_built_is_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables that were made and written meanwhile are the same."""
    passed = gate.checked(read_records(project / RECORDS, RECORDS))
    expected = render(passed)
    monkeypatch.setattr("interpol_dataset.build.MANY", 0)
    assert expected == render(passed)
