"""What a release says of itself at its root: `SHA256SUMS` of all its files, and `release.json`.

Both are functions of the commit, now, and the programs that made it; nothing of the machine stands in them.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from aboveboard import __version__
from aboveboard.errors import BuildFailed, UserError

SUMS, RELEASE = "SHA256SUMS", "release.json"
_PROGRAMS = ("mkdocs", "mkdocs-material", "pagefind")
_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
# As `sha256sum` writes names that would break its lines.
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
Sums = dict[str, str]


def seal(site: Path, commit: str, now: datetime, counts: Mapping[str, int]) -> Sums:
    """Write both files into a built site; return the sums, by path.

    Raises BuildFailed where content already has a file of such a name.
    """
    if taken := [f"content/{name}" for name in (SUMS, RELEASE) if os.path.lexists(site / name)]:
        raise BuildFailed("every release has two files of its own: give yours another name", taken)
    files = sorted(_files(str(site), ""))
    said = {
        "commit": commit,
        "now": written(now),
        "versions": _versions(),
        "counts": {**counts, "files": len(files)},
    }
    (site / RELEASE).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8", newline="\n")
    sums = {path: _sum(site / path) for path in sorted([*files, RELEASE])}
    (site / SUMS).write_text(format_sums(sums), encoding="utf-8", newline="\n")
    return sums


def written(now: datetime) -> str:
    """Return an instant as `--now` takes it and `release.json` has it: in UTC, to the second."""
    return f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def format_sums(sums: Sums) -> str:
    """Return sums as `sha256sum -c` reads them."""
    return "".join(_format(path, digest) for path, digest in sums.items())


def parse_sums(text: str, where: str) -> Sums:
    """Read a SHA256SUMS file; raise UserError where it is none. `where`: how a message names it."""
    found: Sums = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            raise UserError(f"{where} is no list of sums: is a site that `publish` made there?")
        path = match[3]
        if match[1]:
            path = path.replace("\\n", "\n").replace("\\r", "\r").replace("\\\\", "\\")
        found[path] = match[2]
    return found


def sums_of(site: Path) -> Sums:
    """Return the sums of a release: what it says itself, else what its files have."""
    try:
        return parse_sums((site / SUMS).read_text(encoding="utf-8"), str(site / SUMS))
    except (FileNotFoundError, UnicodeDecodeError):
        return {path: _sum(site / path) for path in sorted(_files(str(site), ""))}


def _format(path: str, digest: str) -> str:
    escaped = "".join(_ESCAPES.get(letter, letter) for letter in path)
    return f"{'' if escaped == path else chr(92)}{digest}  {escaped}\n"


def _files(folder: str, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name


def open_up(site: Path) -> None:
    """Let a web server read what somebody with a narrow umask has built."""
    for folder, _, names in os.walk(site):
        for path, wanted in ((folder, 0o555), *((f"{folder}/{name}", 0o444) for name in names)):
            mode = os.stat(path).st_mode  # noqa: PTH116  there may be ten thousand
            if mode & wanted != wanted:
                os.chmod(path, mode & 0o777 | wanted)  # noqa: PTH101


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _versions() -> dict[str, str]:
    found = {"aboveboard": __version__}
    for program in _PROGRAMS:
        try:
            found[program] = version(program)
        except PackageNotFoundError:
            continue
    # Other versions of zlib pack the same bytes in other ways.
    return found | {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
