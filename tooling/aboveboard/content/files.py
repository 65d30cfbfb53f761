"""Writing files so that whoever looks sees the old one or the new one, never half."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from aboveboard.errors import AlreadyExists


def write_new(path: Path, text: str | bytes) -> None:
    """Write a file that is not there yet; raise AlreadyExists if it is, even if it came this instant."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _write_beside(path, text)
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise AlreadyExists(path) from None
    except OSError:
        # A file system without hard links: the name is taken first, which is as exclusive, then filled.
        _take_then_replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def replace_file(path: Path, text: str) -> None:
    """Replace a file's text in one step, keeping its mode; through a symbolic link, the file it leads to."""
    path = path.resolve()
    temporary = _write_beside(path, text)
    try:
        temporary.chmod(path.stat().st_mode & 0o7777)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def give_usual_mode(path: Path) -> None:
    """Let those read and write a temporary file who could if it had been made in the usual way."""
    umask = os.umask(0)
    os.umask(umask)
    path.chmod(0o666 & ~umask)


def _take_then_replace(temporary: Path, path: Path) -> None:
    try:
        path.open("x").close()
    except FileExistsError:
        raise AlreadyExists(path) from None
    try:
        temporary.replace(path)
    except BaseException:
        path.unlink()
        raise


def _write_beside(path: Path, text: str | bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
            file.flush()
            os.fsync(file.fileno())
        give_usual_mode(temporary)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
