"""Whatever stops a command while it writes: the file is the old one or the new one, never half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image

from aboveboard.cli import main
from tests.conftest import EXPERIMENT, INCIDENT, Site, entry
from tests.test_closing import REGISTER, flags, record

REPORT = "incidents/2026-11-20-checkout-timeouts.md"
TRIAL = "experiments/2026-11-20-shorter-forms.md"
FILES = {
    REPORT: entry(f"{INCIDENT}\nactions: [{{id: a1, what: Mend it}}]"),
    TRIAL: entry(f"{EXPERIMENT}\nhypothesis: A\nsuccess_criteria: B"),
    REGISTER: record("old"),
}
COMMANDS = {
    "done": (REPORT, ["action", "done", "#a1", "--link", "https://example.org/1"]),
    "drop": (REPORT, ["action", "drop", "#a1", "--why", "Too dear"]),
    "start": (TRIAL, ["experiment", "start", "2026-11-20-shorter-forms"]),
    "correct": (REPORT, ["correct", "2026-11-20-checkout-timeouts", "It was 41 minutes"]),
    "withdraw": (REPORT, ["withdraw", "2026-11-20-checkout-timeouts", "--why", "It was not ours"]),
    "close": (REGISTER, ["close", *flags(public="Another")]),
    "close, the first": ("registers/closed.yml", ["close", *flags()]),
    "reopen": (REGISTER, ["reopen", "old"]),
}
STEPS = ["mkstemp", "write", "fsync", "chmod", "link", "replace"]


def laid_out(site: Site, name: str) -> tuple[str, list[str], bytes | None]:
    """Write the files; return the one that a command edits, how it is called, and what stands in the file."""
    for path, text in FILES.items():
        site.write(path, text)
    path, words = COMMANDS[name]
    target = site.root / "content" / path
    if "first" in name:
        target.unlink()
    return path, words, target.read_bytes() if target.exists() else None


def files(site: Site) -> dict[str, bytes]:
    content = site.root / "content"
    return {
        path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()
    }


def half(opened: Callable[..., Any], error: BaseException) -> Callable[..., Any]:
    """Return an `os.fdopen` whose files take half of a text and then fail."""

    def open_to_fail(*words: Any, **more: Any) -> Any:
        file = opened(*words, **more)
        write = file.write

        def write_half(text: str) -> int:
            write(text[: len(text) // 2])
            file.flush()
            raise error

        file.write = write_half
        return file

    return open_to_fail


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"]
)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_failed_step_leaves_everything_as_it_was(
    site: Site, monkeypatch: pytest.MonkeyPatch, name: str, step: str, error: BaseException
) -> None:
    path, words, before = laid_out(site, name)
    whole = files(site)

    def fail(*_: object, **__: object) -> None:
        raise error

    place: Any = {"mkstemp": "tempfile.mkstemp", "chmod": Path, "replace": Path}.get(step, os)
    with monkeypatch.context() as broken:
        if step == "write":
            broken.setattr(os, "fdopen", half(os.fdopen, error))
        elif isinstance(place, str):
            broken.setattr(place, fail)
        else:
            broken.setattr(place, step, fail)
        result = CliRunner().invoke(main, ["-C", str(site.root), *words])
    # A new file is linked into its place, or put there where links do not work; an old one is replaced.
    unused = {"close, the first": "replace"}.get(name, "link")
    works_without = step == "link" and "first" in name and isinstance(error, OSError)
    if step == unused or works_without:
        assert result.exit_code == 0, result.output
        assert files(site) != whole
        assert set(files(site)) == {*whole, path}
        return
    assert result.exit_code == 1
    assert files(site) == whole
    assert (site.root / "content" / path).exists() == (before is not None)


KILLER = """
import os, pathlib, signal, sys, tempfile
from aboveboard.cli import main

def dies(where, name, after):
    kept = getattr(where, name)
    def die(*words, **more):
        if after:
            kept(*words, **more)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(where, name, die)

where = {"mkstemp": tempfile, "fsync": os, "link": os, "chmod": pathlib.Path, "replace": pathlib.Path}
dies(where[sys.argv[1]], sys.argv[1], sys.argv[2] == "after")
main(sys.argv[3:])
"""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["mkstemp", "fsync", "chmod", "link", "replace"])
@pytest.mark.parametrize("name", ["withdraw", "close, the first"])
def test_a_killed_command_leaves_the_old_file_or_the_new_one(site: Site, name: str, step: str, when: str) -> None:
    path, words, before = laid_out(site, name)
    killed = subprocess.run(
        [sys.executable, "-c", KILLER, step, when, "-C", str(site.root), *words], capture_output=True, check=False
    )
    unused = {"close, the first": "replace"}.get(name, "link")
    assert killed.returncode == (0 if step == unused else -signal.SIGKILL), killed.stderr
    target = site.root / "content" / path
    left = target.read_bytes() if target.exists() else None
    is_new = step == unused or (when == "after" and step in ("replace", "link"))
    assert (left == before) != is_new
    # Whatever a killed command left beside it is no obstacle, and is not taken for content.
    site.run(*words)
    done = target.read_bytes()
    assert done != before and (not is_new or done == left)
    assert "error" not in site.run("check", "--select", "N").stdout


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"]
)
@pytest.mark.parametrize("step", [*STEPS, "rename", "mkdir"])
def test_a_picture_that_cannot_be_put_in_leaves_the_entry_whole(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str, error: BaseException
) -> None:
    """`attach` writes more than one file: the entry is in one place with all of its text, and no picture is half."""
    site.write(REPORT, FILES[REPORT])
    site.write(
        "weeknotes/2026-w47-a.md", entry("week: 2026-W47\ndate: 2026-11-20\nteam: a", f"[It](../{REPORT})\n")
    )
    Image.new("RGB", (40, 30), "red").save(tmp_path / "a.jpg")

    def fail(*_: object, **__: object) -> None:
        raise error

    place: Any = {"mkstemp": "tempfile.mkstemp"}.get(
        step, Path if step in ("chmod", "replace", "rename", "mkdir") else os
    )
    with monkeypatch.context() as broken:
        if isinstance(place, str):
            broken.setattr(place, fail)
        else:
            broken.setattr(place, step, fail)
        CliRunner().invoke(
            main, ["-C", str(site.root), "attach", Path(REPORT).stem, str(tmp_path / "a.jpg"), "--alt", "Red"]
        )
    there = files(site)
    moved = REPORT.replace(".md", "/index.md")
    assert [there[path] for path in (REPORT, moved) if path in there] == [FILES[REPORT].encode()]
    for path in there:
        if path.endswith(".jpg"):
            Image.open(site.root / "content" / path).load()


ALONE = """
import os, time
from aboveboard.engine.workers import Job, share

def tools(recipe): return None
def do(tools, piece): return os.getpid(), "more than a line holds" * 100_000
def close(tools): pass

for pid, _ in share(Job(tools, None, do, close), None, [range(9), range(2)], lambda done: time.sleep(0.2), 1):
    if pid != os.getpid():
        print(pid, flush=True)
        time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="NO FORK: this system cannot fork processes")
def test_a_process_that_helped_ends_when_the_build_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", ALONE], stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout is not None
        helper = int(build.stdout.readline())
        build.kill()
    until = time.monotonic() + 20
    while is_there(helper) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_there(helper)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    # Ended, and nobody asked how: it is there by its number alone.
    return not (stat.is_file() and ") Z " in stat.read_text())
