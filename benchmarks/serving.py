"""From saving a file to its new bytes over HTTP: the warm preview of ours and of Hugo."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.builders import ENVIRONMENT, Builder
from benchmarks.edits import change_title, change_word

PAUSE = 0.002
PHASE = 0.5
PATIENCE = 180.0


def measure_saves(builder: Builder, project: Path, source: Path, times: int) -> dict[str, list[float]]:
    """Return seconds until an entry shows a changed word, and until a list shows a changed title.

    `project` is edited as well: what a builder gets is always a copy of its entry. Servers look at their
    folder at intervals, up to half a second; the pauses between saves fall evenly on all parts of one.
    """
    port = _free_port()
    with _served(builder, source, port):
        words, lists = [], []
        for turn in range(times + 1):
            pause = 1 + PHASE * turn / (times + 1)
            edit = change_word(project, turn, word=f"zebra{builder.name}{turn}")
            kind, name = edit.path.parent.name, edit.path.stem
            _wait(port, f"/{kind}/{name}/", "")
            time.sleep(pause)
            words.append(_save(builder, edit.path, source, port, f"/{kind}/{name}/", edit.now))
            title = change_title(project, turn, f"A zebra of {builder.name}, {turn}")
            _wait(port, f"/{kind}/", "")
            time.sleep(pause)
            lists.append(_save(builder, title.path, source, port, f"/{kind}/", title.now))
    # The first edit after a start warms what a session of writing has warm.
    return {"serve_entry": words[1:], "serve_list": lists[1:]}


def _save(builder: Builder, path: Path, source: Path, port: int, url: str, expected: str) -> float:
    """Save an entry and return the seconds until `url` shows what is new."""
    builder.carry(path, source)
    return _wait(port, url, expected)


def _wait(port: int, url: str, expected: str) -> float:
    """Ask for a page until it shows the words; 2 ms between answer and question, so as not to crowd the server."""
    before = time.perf_counter()
    while time.perf_counter() - before < PATIENCE:
        status, body = _get(port, url)
        if status == 200 and expected in body:
            return time.perf_counter() - before
        time.sleep(PAUSE)
    raise TimeoutError(f"{url} did not show {expected!r} within {PATIENCE:.0f} s")


def _get(port: int, url: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", url)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    except (OSError, HTTPException):
        return 0, ""
    finally:
        connection.close()


@contextmanager
def _served(builder: Builder, source: Path, port: int) -> Iterator[None]:
    with (source / ".bench.log").open("w") as log:
        process = subprocess.Popen(
            builder.server(port), cwd=source, env=ENVIRONMENT, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait(port, "/weeknotes/", "")
            time.sleep(1)
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port: int = asking.getsockname()[1]
        return port
