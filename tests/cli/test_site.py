"""Tests of the commands ``site`` and ``browse``."""

import http.client
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from helpers.command import run
from helpers.each import each
from interpol_dataset.site.serve import server_of


def test_site(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is written, and says how large it is; a full disk is named with the folder."""
    outcome = run("site", tmp_path / "out", "--package", built)
    files = sum(path.is_file() for path in (tmp_path / "out").rglob("*"))

    assert outcome.code == 0
    assert (tmp_path / "out" / "cases" / "alpha-ii.html").is_file()
    assert f"{files:,} files, " in outcome.out

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    stopped = run("site", tmp_path / "other", "--package", built)
    assert stopped.code == 2
    assert f"error: {tmp_path / 'other'}: the disk is full\n  help: free space" in stopped.err
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@each("option", ["--url", "--repository"])
@each("address", ["foo", "javascript:alert(1)", "https://", "https://a b"])
def test_what_is_no_address(option: str, address: str, built: Path, tmp_path: Path) -> None:
    """Links of the site lead to the web; what is no address is refused before a file is written."""
    outcome = run("site", tmp_path / "out", option, address, "--package", built)
    assert outcome.code == 2
    assert f"'{address}' is not a whole https://" in outcome.err
    assert not (tmp_path / "out").exists()


def test_without_libraries(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is missing, the error says how to install it."""
    for name in [name for name in sys.modules if name.startswith("interpol_dataset.site")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jinja2", None)
    outcome = run("site", tmp_path / "out", "--package", built)

    assert outcome.code == 2
    assert "jinja2 is not installed" in outcome.err
    assert "in the way the package was installed" in outcome.err
    assert "pip install 'interpol-dataset[site]', or '.[site]' in a checkout" in outcome.err


def test_browse_without_a_home(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no home, as in a container, is told so; the site has no place to be kept."""

    def homeless() -> None:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr("pathlib.Path.home", homeless)
    outcome = run("browse", "--no-open", "--package", built)

    assert outcome.code == 2
    assert "the system does not say where your home is" in outcome.err


def test_browse(built: Path, tmp_path: Path) -> None:
    """The site is served to this machine."""
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
            assert _status(int(address[1]), f"localhost:{address[1]}") == 200
        finally:
            process.terminate()


@each("method", ["GET", "HEAD", "POST"])
def test_only_this_machine_s_name_is_answered(tmp_path: Path, method: str) -> None:
    """Whatever the method; without a port only where that is the one of HTTP."""
    (tmp_path / "a").touch()
    with server_of(tmp_path, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_port

        def answered(*hosts: str) -> list[str]:
            return [host for host in hosts if _status(port, host, "/a", method) != 421]

        asked = ("localhost", "evil.example", f"evil.example:{port}", "localhost:1", "")
        ours = [f"127.0.0.1:{port}", f"localhost:{port}"]
        assert answered(*ours, *asked) == ours
        server.server_port = 80
        assert answered("localhost:80", *asked) == ["localhost:80", "localhost"]
        server.shutdown()


def _status(port: int, host: str, path: str = "/cases/alpha-ii.html", method: str = "GET") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={"Host": host})
    return connection.getresponse().status
