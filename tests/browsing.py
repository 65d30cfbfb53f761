"""What the tests that open a real browser share: Debian's Chromium, and a server for a built site."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, sync_playwright

from aboveboard.cli import main
from tests.conftest import REPOSITORY

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

needs_browser = [
    pytest.mark.browser,
    # One process serves and drives: a build is made once for all tests of a module.
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"),
        reason="NO BROWSER: install Debian's chromium to run the tests that open the site in one",
    ),
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test's own output is what matters."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; give the address of its root."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def serving_own_site(target: Path) -> Iterator[str]:
    """Build this repository's own content into a folder, strictly, and give its address."""
    built = CliRunner().invoke(main, ["-C", str(REPOSITORY), "build", "--strict", "--to", str(target)])
    assert built.exit_code == 0, built.output
    with serving(target) as root:
        yield root


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start Chromium; without one this fails, as it must where it cannot be skipped."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM or "/usr/bin/chromium", args=QUIET)
        yield chromium
        chromium.close()
