"""A file that is no Markdown, as far as rules read it: a picture for its metadata, a text for its text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from aboveboard.content.registers import FOLDER as REGISTERS
from aboveboard.content.registers import RECORDS

MAX_TEXT, MAX_IMAGE = 2_000_000, 50_000_000
IMAGES = frozenset(
    [".jpg", ".jpeg", ".jpe", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".gif", ".dng"]
)
_BINARY = frozenset([".pdf", ".zip", ".gz", ".xz", ".bz2", ".7z", ".mp4", ".mov", ".webm", ".mp3", ".woff",
                     ".woff2", ".ttf", ".otf", ".ico", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp",
                     ".parquet", *IMAGES])  # fmt: skip


@dataclass(frozen=True)
class Attachment:
    """One file at a path in the content folder; `data` are the bytes that rules may look at."""

    path: str
    data: bytes

    @property
    def is_image(self) -> bool:
        return PurePosixPath(self.path).suffix.lower() in IMAGES

    @property
    def is_register(self) -> bool:
        return self.path.startswith(f"{REGISTERS}/")

    @cached_property
    def text(self) -> str:
        """Its text, the first two megabytes; of what is no text, nothing."""
        if PurePosixPath(self.path).suffix.lower() in _BINARY:
            return ""
        if self.data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return self.data.decode("utf-16", "replace")
        return "" if b"\0" in self.data[:8192] else self.data.decode("utf-8", "replace").removeprefix("\ufeff")

    @cached_property
    def digest(self) -> bytes:
        """A digest of its path and of what rules look at."""
        path = self.path.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(hashlib.blake2b(path).digest() + self.data, digest_size=16).digest()


def read_attachments(content: Path, paths: tuple[str, ...]) -> Iterator[Attachment]:
    """Yield the attachments that rules look into, one at a time, and the registers after them."""
    for path in (*paths, *(f"{REGISTERS}/{name}.yml" for name in RECORDS)):
        ending = PurePosixPath(path).suffix.lower()
        most = MAX_IMAGE if ending in IMAGES else 0 if ending in _BINARY else MAX_TEXT
        if most:
            yield Attachment(path, _read(content / path, most))


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError:
        return b""
