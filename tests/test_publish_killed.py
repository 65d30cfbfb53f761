"""Whatever stops `publish`, and whenever: readers have one whole release or the next, and the next publish works."""

from __future__ import annotations

import builtins
import http.client
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from aboveboard.cli import main
from aboveboard.engine import releases
from aboveboard.engine.publishing.manifest import Sums, parse_sums
from tests.conftest import INCIDENT, REPOSITORY, WEEKNOTE, Site, entry
from tests.test_publish import COMMAND, IGNORED, SUMS, Quiet, assert_whole, commit, tree

MOMENTS = 30
SEED = 20261123
NOTE = "weeknotes/2026-w47-platform.md"


def write_edition(site: Site, number: int) -> None:
    """Commit another edition: a text that changed, a page and a file that are new, a file that is gone."""
    site.write(NOTE, entry(WEEKNOTE, f"Edition {number}.\n" + "The same words every time.\n\n" * 50))
    site.write(f"incidents/2026-11-20-n{number:02}.md", entry(INCIDENT, f"Edition {number}.\n"))
    site.write(f"files/edition-{number}.txt", f"Edition {number}.\n" * 5000)
    (site.root / f"content/files/edition-{number - 1}.txt").unlink(missing_ok=True)
    commit(site, f"Edition {number}")


@pytest.fixture
def begun(site: Site) -> Site:
    site.write("/.gitignore", IGNORED)
    write_edition(site, 0)
    return site


def publish(site: Site) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, "publish"], cwd=site.root, capture_output=True, text=True, check=False)


def publish_and_be_killed(site: Site, after: float) -> bool:
    """Begin to publish, and end it and all that it started after some seconds; tell whether it still ran."""
    running = subprocess.Popen(
        [COMMAND, "publish"], cwd=site.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )  # fmt: skip
    with suppress(subprocess.TimeoutExpired):
        running.wait(after)
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    return running.wait() == -signal.SIGKILL


@dataclass
class Reader:
    """Somebody who reads the whole site again and again, and notes what they got."""

    port: int
    stop: threading.Event = field(default_factory=threading.Event)
    got: set[tuple[str, str]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    still: int = 0
    moved: int = 0
    answers: int = 0

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                self.read_all()
            except Exception as error:
                self.wrong.append(f"no whole answer: {error!r}")
            # The other core is for who publishes.
            self.stop.wait(0.05)

    def read_all(self) -> None:
        before = self.sums()
        seen: dict[str, str | None] = {path: self.get(path) for path in before}
        after = self.sums()
        same = before == after
        self.still, self.moved = self.still + same, self.moved + (not same)
        for path, digest in seen.items():
            if digest is None and path in after:
                self.wrong.append(f"{path} was not there, and is in the release before and the one after")
            elif digest is not None and same and digest != before[path]:
                self.wrong.append(f"{path} is not what the release says, before and after")
            elif digest is not None:
                self.got.add((path, digest))

    def sums(self) -> Sums:
        body = self.ask(SUMS)
        assert body is not None, "a release without its sums"
        return parse_sums(body.decode(), SUMS)

    def get(self, path: str) -> str | None:
        # As people ask for pages.
        body = self.ask(path.removesuffix("index.html"))
        return None if body is None else sha256(body).hexdigest()

    def ask(self, path: str) -> bytes | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", f"/{quote(path)}")
            answer = connection.getresponse()
            # Raises IncompleteRead where the answer is shorter than it said.
            body = answer.read()
        finally:
            connection.close()
        self.answers += 1
        assert answer.status in (200, 404), f"{path}: {answer.status}"
        return body if answer.status == 200 else None


@contextmanager
def reading(site: Path) -> Iterator[Reader]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        reader = Reader(server.server_port)
        thread = threading.Thread(target=reader.run, daemon=True)
        thread.start()
        try:
            yield reader
        finally:
            reader.stop.set()
            thread.join()
            server.shutdown()


@pytest.mark.xdist_group("publish")
def test_killed_at_any_moment_readers_have_a_whole_release(begun: Site) -> None:
    chance = random.Random(SEED)
    assert publish(begun).returncode == 0
    live = begun.root / "site"
    published: set[tuple[str, str]] = set()
    killed, swapped, length = 0, 0, 0.0

    def note() -> str:
        text = (live / SUMS).read_text(encoding="utf-8")
        published.update(parse_sums(text, SUMS).items())
        return text

    last = note()
    began = time.monotonic()
    write_edition(begun, 1)
    assert publish(begun).returncode == 0
    length = time.monotonic() - began
    last = note()
    with reading(live) as reader:
        for number in range(MOMENTS):
            write_edition(begun, number + 2)
            # One moment in each thirtieth of the time it takes, in no order that anything could follow.
            moment = length * (number * 7 % MOMENTS + chance.random()) / MOMENTS
            killed += publish_and_be_killed(begun, moment)
            swapped += note() != last
            began = time.monotonic()
            done = publish(begun)
            length = time.monotonic() - began
            assert done.returncode == 0, done.stderr
            last = note()
            assert f"Edition {number + 2}." in begun.read("site/weeknotes/2026-w47-platform/index.html")
            assert_whole(live)
    assert reader.wrong == []
    assert reader.got <= published, "an answer that is of no release"
    assert killed >= MOMENTS * 2 // 3, f"{killed} were still running"
    assert reader.still > MOMENTS and reader.moved > 0, (reader.still, reader.moved)
    print(
        f"{killed} of {MOMENTS} killed, {swapped} after the swap; {reader.answers} answers, {reader.moved} in between"
    )


# Run where it may mount: publishes edition after edition on a disk with less and less room, or none to write to.
SCRIPT = """
import json, os, subprocess, sys
from pathlib import Path
sys.path[:0] = json.loads(sys.argv[1])
from aboveboard.engine.publishing.manifest import SUMS
from tests.conftest import Site
from tests.test_publish import assert_whole, tree
from tests.test_publish_killed import publish, write_edition

disk, how = Path(sys.argv[2]), sys.argv[3]
site = Site(disk / "try")
def run(*words):
    subprocess.run(words, check=True)

said = []
def attempt(note):
    before = tree(site.root / ".site-releases"), os.readlink(site.root / "site")
    done = publish(site)
    if done.returncode:
        after = tree(site.root / ".site-releases"), os.readlink(site.root / "site")
        assert after == before, f"{note}: what readers have is another"
    assert_whole(site.root / "site")
    said.append([note, done.returncode, done.stderr])

if how == "full":
    for number, room in enumerate([0, 8, 40, 80, 120, 200, 300, 450, 700, 1000, 1500, 3000]):
        write_edition(site, number + 1)
        filler = disk / "filler"
        with filler.open("wb") as file:
            free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
            file.write(bytes(max(0, free - room * 1024)))
        attempt(f"{room} KB")
        filler.unlink()
else:
    write_edition(site, 1)
    part = site.root / ".site-releases"
    run("mount", "--bind", str(part), str(part))
    run("mount", "-o", "remount,bind,ro", str(part))
    attempt("read-only")
    run("umount", str(part))
done = publish(site)
assert done.returncode == 0, done.stderr
assert_whole(site.root / "site")
print(json.dumps(said))
"""


def may_mount() -> bool:
    """Tell whether we may have a disk of our own, in a name space where we are root."""
    if not shutil.which("unshare"):
        return False
    test = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(test, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not may_mount(), reason="NO MOUNT: this system lets nobody but root mount a disk")
@pytest.mark.parametrize("how", ["full", "read-only"])
def test_a_disk_that_takes_nothing_leaves_the_live_site(begun: Site, tmp_path: Path, how: str) -> None:
    assert publish(begun).returncode == 0
    disk = tmp_path / "disk"
    disk.mkdir()
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    shell = 'mount -t tmpfs -o size=24m none "$1" && cp -a "$2" "$1/" && exec "$3" "$4" "$5" "$1" "$6"'
    path = json.dumps([str(REPOSITORY), *sys.path])
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", shell, "sh", disk, begun.root, sys.executable, tmp_path / "script.py", path, how],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    failed = [(note, error) for note, code, error in said if code]
    for note, error in failed:
        assert_one_line(note, error)
    if how == "full":
        assert len(failed) >= 4 and len(failed) < len(said), [note for note, _ in failed]
    else:
        assert len(failed) == 1 and "Read-only file system" in failed[0][1]


def assert_one_line(note: str, error: str) -> None:
    """Assert that what a failed publish says is one line, under it reasons at most."""
    lines = [
        line for line in error.splitlines() if not line.startswith(("  ", "commit ", "as of ", "next to open"))
    ]
    assert len(lines) == 1 and lines[0].startswith("aboveboard: "), f"{note}: {error}"


class Full:
    """A disk on which the so-and-so-manieth thing that is made or written below a folder has no room."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, root: Path, fails_at: int) -> None:
        self.root, self.fails_at, self.count = str(root), fails_at, 0
        for where, name in ((os, "link"), (os, "symlink"), (os, "mkdir"), (os, "rename"), (os, "replace")):
            monkeypatch.setattr(where, name, self.counted(getattr(where, name)))
        monkeypatch.setattr(io, "open", self.opening(io.open))
        monkeypatch.setattr(builtins, "open", self.opening(builtins.open))

    def counted(self, kept: Callable[..., Any]) -> Callable[..., Any]:
        def do(path: Any, *words: Any, **more: Any) -> Any:
            self.step(path)
            return kept(path, *words, **more)

        return do

    def opening(self, kept: Callable[..., Any]) -> Callable[..., Any]:
        def open_to_write(path: Any, mode: str = "r", *words: Any, **more: Any) -> Any:
            if set(mode) & set("wxa+"):
                self.step(path)
            return kept(path, mode, *words, **more)

        return open_to_write

    def step(self, path: Any) -> None:
        if str(path).startswith(self.root):
            self.count += 1
            if self.count == self.fails_at:
                raise OSError(28, "No space left on device", str(path))


def test_no_room_at_any_step_leaves_the_live_site(begun: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no disk can be mounted too: every step of our own, in turn, finds no room."""
    begun.run("publish")
    write_edition(begun, 1)
    chance, failed = random.Random(SEED), 0
    with monkeypatch.context() as patch:
        steps = Full(patch, begun.root, 0)
        begun.run("publish")
    for number in range(14):
        write_edition(begun, number + 2)
        before = tree(begun.root / ".site-releases"), (begun.root / "site").readlink()
        with monkeypatch.context() as patch:
            Full(patch, begun.root, steps.count * number // 14 + chance.randint(1, steps.count // 14))
            result = CliRunner().invoke(main, ["-C", str(begun.root), "publish"])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        if result.exit_code:
            failed += 1
            assert_one_line(str(number), result.stderr)
            assert (tree(begun.root / ".site-releases"), (begun.root / "site").readlink()) == before
        assert_whole(begun.root / "site")
    # What only the next build would have had from it, its cache, is done without; how many steps are of that sort
    # differs from run to run: of the 14, 8 to 10 failed where it was looked at.
    assert failed >= 5
    begun.run("publish")
    assert "Edition 15." in begun.read("site/weeknotes/2026-w47-platform/index.html")


@pytest.mark.parametrize("before", ["a release", "a folder", "nothing"])
@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"]
)
@pytest.mark.parametrize("step", ["symlink", "replace", "after replace"])
def test_a_swap_that_fails_leaves_what_was_there(
    begun: Site, monkeypatch: pytest.MonkeyPatch, before: str, error: BaseException, step: str
) -> None:
    if before == "a folder":
        begun.write("/site/index.html", "somebody else's")
    elif before == "a release":
        begun.run("publish")
        write_edition(begun, 1)
    was = tree(begun.root, ".aboveboard", ".git")
    name = step.removeprefix("after ")
    kept = getattr(os, name)

    def fail(*words: Any, **more: Any) -> Any:
        if not any("link-" in str(word) for word in words):
            return kept(*words, **more)
        if step.startswith("after"):
            kept(*words, **more)
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(os, name, fail)
        # The folder has none of the site's addresses, so nothing speaks of those.
        result = CliRunner().invoke(main, ["-C", str(begun.root), "publish"])
    assert result.exit_code == 1
    if step.startswith("after"):
        assert_whole(begun.root / "site")
        return
    assert tree(begun.root, ".aboveboard", ".git") == was
    begun.run("publish")
    assert_whole(begun.root / "site")


def test_another_process_that_finds_no_room_says_so_in_a_line(
    begun: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("NO FORK: this system cannot fork processes")
    begun.run("publish")
    write_edition(begun, 1)
    before, ours, kept = tree(begun.root / ".site-releases"), os.getpid(), releases.write_new

    def write_new(path: str, data: bytes) -> None:
        if os.getpid() != ours:
            raise OSError(28, "No space left on device", path)
        time.sleep(0.05)
        kept(path, data)

    monkeypatch.setattr("aboveboard.engine.workshop.write_new", write_new)
    monkeypatch.setattr("aboveboard.engine.loop.helpers_for", lambda pieces: 1)
    result = begun.run("publish", exit_code=1)
    assert "No space left on device" in result.stderr
    assert "Traceback" not in capfd.readouterr().err
    assert tree(begun.root / ".site-releases") == before


def test_what_killed_ones_left_goes_after_an_hour(begun: Site) -> None:
    begun.run("publish")
    folder = begun.root / ".site-releases"
    (folder / "building-killed/a").mkdir(parents=True)
    (folder / "building-now").mkdir()
    (folder / "link-killed").symlink_to("nowhere")
    long_ago = time.time() - 2 * releases.STALE_SECONDS
    for name in ("building-killed", "link-killed"):
        os.utime(folder / name, (long_ago, long_ago), follow_symlinks=False)
    begun.run("publish")
    assert {path.name for path in folder.iterdir() if not path.name[:1].isdigit()} == {"building-now"}
