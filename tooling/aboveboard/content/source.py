"""One file of the content: a digest of its bytes, and the bytes when somebody asks for them."""

from __future__ import annotations

import hashlib
import os

from aboveboard.errors import ChangedMeanwhile

_PART = 1 << 18


class Source:
    """A file by a digest of its bytes, 16 bytes. Most are never read: their digest is remembered (`seen.py`)."""

    __slots__ = ("_data", "_file", "digest")

    def __init__(self, digest: bytes, file: str, data: bytes | None = None) -> None:
        self.digest, self._file, self._data = digest, file, data

    @classmethod
    def of(cls, data: bytes, file: str = "") -> Source:
        """Return the source that has these bytes."""
        return cls(digest_source(data), file, data)

    @property
    def data(self) -> bytes:
        """The bytes that the digest is of; raises ChangedMeanwhile where the file has others by now."""
        if self._data is None:
            try:
                data = read_file(self._file)
            except OSError:
                raise ChangedMeanwhile(self._file) from None
            if digest_source(data) != self.digest:
                # What was worked out from the old ones would be kept under their name.
                raise ChangedMeanwhile(self._file)
            self._data = data
        return self._data


def digest_source(data: bytes) -> bytes:
    """Return the digest of a file's bytes, 16 bytes."""
    return hashlib.blake2b(data, digest_size=16).digest()


def read_file(path: str) -> bytes:
    """Return the bytes of a file. No buffer between: there may be thousands, and most are one part."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(handle, _PART)
        while more := os.read(handle, _PART):
            data += more
        return data
    finally:
        os.close(handle)
