"""Tests of the command ``sources``."""

from __future__ import annotations

import csv
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from helpers import mini
from interpol_dataset.build import build
from interpol_dataset.links import check

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Run


class Handler(BaseHTTPRequestHandler):
    """Has one page."""

    def do_GET(self) -> None:
        """Answer by the path."""
        self.send_response(200 if self.path == "/here" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def project(project: Path) -> Iterator[Path]:
    """Return a project of which two sources are on a server that is there."""
    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = f"http://127.0.0.1:{server.server_address[1]}"
    for name, path in (("interpol-2022-alpha", "here"), ("daily-2022-alpha", "away")):
        old = f"url: https://example.org/{name}"
        mini.change(project, f"sources/{name}.yaml", old, f"url: {site}/{path}")
    build(project)
    yield project
    server.shutdown()
    server.server_close()


NAMES = ("interpol-2022-alpha", "daily-2022-alpha")
OPTIONS = ("--check", "--archive", "", "--pause", 0, "--allow-local")


def test_nothing_is_opened_unless_asked(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --check the command only counts."""
    monkeypatch.setattr(check, "fetch", None)
    mini.change(
        project,
        f"sources/{NAMES[0]}.yaml",
        "published:",
        "archived_url: https://archive.example/1\npublished:",
    )
    build(project)
    done = run("sources", "--package", project, "--json", *NAMES)

    assert 0 == done.code
    assert {"addresses": 2, "archived": 1, "hashed": 0} == json.loads(done.out)
    assert "nothing was opened" in run("sources", "--package", project).out
    one = run("sources", NAMES[0], "--package", project).out
    assert one.startswith("1 source has an address; with a copy in an archive: 1, ")


def test_check(run: Run, project: Path, tmp_path: Path) -> None:
    """Addresses that don't answer are listed, written as CSV, and fail the command."""
    output = tmp_path / "links.csv"
    done = run("sources", *NAMES, "--package", project, *OPTIONS, "--output", output)
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert (1, "") == (done.code, done.err)
    assert "daily-2022-alpha\tgone\t404" in done.out
    assert "interpol-2022-alpha" not in done.out
    assert "1 gone, 1 answers" in done.out or "1 answers, 1 gone" in done.out
    assert sorted(NAMES) == [row["source"] for row in rows]
    assert ["gone", "answers"] == [row["state"] for row in rows]


def test_all_answer(run: Run, project: Path) -> None:
    """The command succeeds where all addresses answer; as JSON it lists each."""
    done = run("sources", NAMES[0], "--package", project, *OPTIONS, "--json")
    (result,) = json.loads(done.out)

    assert 0 == done.code
    assert ("answers", 200) == (result["state"], result["status"])


def test_local_machines_are_not_asked(run: Run, project: Path) -> None:
    """An address of a machine that is not public is not opened, whoever wrote it."""
    options = [option for option in OPTIONS if option != "--allow-local"]
    done = run("sources", *NAMES, "--package", project, *options)

    assert 1 == done.code
    assert 2 == done.out.count("127.0.0.1 is not a public address")


def test_no_such_source(run: Run, project: Path) -> None:
    """A misspelt id gets a suggestion."""
    done = run("sources", "interpol-2022-alfa", "--package", project)

    assert 2 == done.code
    assert "did you mean 'interpol-2022-alpha'?" in done.err
