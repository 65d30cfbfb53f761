"""Pagefind, the program that makes the search index: installed beside us, and run over a built site."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from aboveboard.engine.steady import steady
from aboveboard.errors import BuildFailed, UserError

FOLDER = "pagefind"
INSTALL = "pip install 'aboveboard[search]'"

# What a page needs to search. Pagefind writes interfaces of its own as well, half a megabyte of script and style;
# ours is one small script.
_NEEDED = (
    "pagefind.js",
    "pagefind-entry.json",
    "pagefind.*.pf_meta",
    "wasm.*.pagefind",
    "index",
    "fragment",
    "filter",
)

# Says the kind above each title, which a result says anyway.
_PASSED_OVER = ".ab-kicker"


def is_installed() -> bool:
    """Tell whether Pagefind is there to be run, and what puts its index in order."""
    return find_spec("pagefind") is not None and find_spec("cbor2") is not None


def pagefind_version() -> str | None:
    """Return the version of Pagefind that is installed; None where it is not."""
    try:
        return version("pagefind")
    except PackageNotFoundError:
        return None


def require_pagefind() -> None:
    """Raise UserError where Pagefind is not installed."""
    if not is_installed():
        raise UserError(f"--search needs Pagefind, which is not installed: {INSTALL}")


def run_pagefind(site: Path) -> None:
    """Write the index of a built site's pages to `pagefind/` in it; raise BuildFailed where that fails.

    Only pages with `data-pagefind-body` are read, as soon as one page has it.
    """
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-P",
                "-m",
                "pagefind",
                "--silent",
                "--site",
                str(site),
                "--output-subdir",
                FOLDER,
                "--exclude-selectors",
                _PASSED_OVER,
            ],
            # Pagefind also reads a pagefind.yml where it is started, and variables; a build depends on neither.
            cwd=site.parent,
            env={name: value for name, value in os.environ.items() if not _sets_pagefind(name)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise BuildFailed("the search index could not be made", [f"Pagefind: {error.strerror}"]) from None
    if done.returncode or not (site / FOLDER / "pagefind-entry.json").is_file():
        lines = [line.strip() for line in f"{done.stdout}\n{done.stderr}".splitlines() if line.strip()]
        raise BuildFailed(
            "the search index could not be made", [f"Pagefind: {lines[-1] if lines else done.returncode}"]
        )
    _leave_what_is_needed(site / FOLDER)
    steady(site / FOLDER)


def _sets_pagefind(variable: str) -> bool:
    return variable.startswith("PAGEFIND_") and variable != "PAGEFIND_BINARY_PATH"


def _leave_what_is_needed(folder: Path) -> None:
    for path in list(folder.iterdir()):
        if any(fnmatch(path.name, pattern) for pattern in _NEEDED):
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
