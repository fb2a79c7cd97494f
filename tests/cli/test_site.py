"""Tests of the commands ``site`` and ``browse``."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


def test_site(run: Run, built: Path, tmp_path: Path) -> None:
    """The site is written, and says how large it is."""
    outcome = run("site", tmp_path / "out", "--package", built, "--json")
    said = json.loads(outcome.out)

    assert 0 == outcome.code
    assert (tmp_path / "out" / "cases" / "alpha-ii.html").is_file()
    assert said["files"] == sum(path.is_file() for path in (tmp_path / "out").rglob("*"))


def test_disk_is_full(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk is full, the folder that was asked for is named, and nothing is left."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    outcome = run("site", tmp_path / "out", "--package", built)

    assert 2 == outcome.code
    assert f"error: {tmp_path / 'out'}: the disk is full\n  help: free space" in outcome.err
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("option", ["--url", "--repository"])
@pytest.mark.parametrize("address", ["foo", "javascript:alert(1)", "https://", "https://a b"])
def test_what_is_no_address(
    option: str, address: str, run: Run, built: Path, tmp_path: Path
) -> None:
    """Links of the site lead to the web; what is no address is refused before a file is written."""
    outcome = run("site", tmp_path / "out", option, address, "--package", built)

    assert 2 == outcome.code
    assert f"'{address}' is no address" in outcome.err
    assert not (tmp_path / "out").exists()


def test_site_without_its_libraries(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the extra is missing, the error says how to install it."""
    for name in [name for name in sys.modules if name.startswith("interpol_dataset.site")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jinja2", None)
    outcome = run("site", tmp_path / "out", "--package", built)

    assert 2 == outcome.code
    assert "jinja2 is not installed" in outcome.err
    assert "in the way the package was installed" in outcome.err
    assert "pip install 'interpol-dataset[site]', or '.[site]' in a checkout" in outcome.err


def test_browse_without_a_home(run: Run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no home, as in a container, is told so; the site has no place to be kept."""

    def homeless() -> None:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr("pathlib.Path.home", homeless)
    outcome = run("browse", "--no-open", "--package", built)

    assert 2 == outcome.code
    assert "the system does not say where your home is" in outcome.err


def test_browse(built: Path, tmp_path: Path) -> None:
    """The site is served to this machine, and to no other name."""
    command = [sys.executable, "-m", "interpol_dataset", "browse", "--no-open", "--package", built]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)},
    ) as process:
        assert process.stdout
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert address
        try:
            assert (200, 421) == (
                _status(int(address[1]), f"localhost:{address[1]}"),
                _status(int(address[1]), "evil.example:80"),
            )
        finally:
            process.terminate()


def _status(port: int, host: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/cases/alpha-ii.html", headers={"Host": host})

    return connection.getresponse().status
