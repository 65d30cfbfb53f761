"""A text with positions: offsets to lines and columns, bytes to text."""

from __future__ import annotations

import math
import re
from bisect import bisect_right

from aboveboard.content.problems import Problem
from aboveboard.errors import Position

MAX_BYTES = 2_000_000

_BOM = "\ufeff"
# As Markdown and editors count lines: a carriage return alone ends one too.
_LINE_END = re.compile(r"\r\n?|\n")
# Besides capitals, what a pattern that ignores case takes for a letter from a to z.
_ALIKE = str.maketrans({"\u017f": "s", "\u0130": "i", "\u0131": "i", "\u212a": "k"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Lines:
    """Where the lines of a text begin; turns an offset into a position in time logarithmic in lines."""

    __slots__ = ("starts",)

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> Position:
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)


def folded(text: str) -> str:
    """Return a text with its letters from a to z as a pattern that ignores case takes them; its length may change.

    What is not in it, no such pattern finds in the text, and looking here first costs next to nothing.
    """
    return text.lower() if text.isascii() else text.translate(_ALIKE).lower()


def split_lines(text: str) -> list[str]:
    """Return the lines of a text without their ends, as `Lines` counts them."""
    return _LINE_END.split(text)


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """Return the text of a file and what is wrong with its bytes; a wrong file gives an empty text.

    A UTF-8 byte order mark is dropped, line endings are kept as they are.
    """
    if len(data) > MAX_BYTES:
        # Rounded up: two million and one bytes are not "2 MB" where 2 MB are allowed.
        size = f"{math.ceil(len(data) / 1e5) / 10:g} MB, and an entry can have {MAX_BYTES / 1e6:g} MB"
        return "", [Problem(Position(), "FM002", f"this file has {size}: move the data out and link to it")]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", [Problem(Position(), "FM001", "this file is UTF-16 (byte 0): save it as UTF-8")]
    try:
        # Not utf-8-sig: its errors count from behind the mark.
        text = data.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix(_BOM)
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8: save the file as UTF-8"
        return "", [Problem(Lines(before).position(len(before)), "FM001", message)]
    if control := _CONTROL.search(text):
        name = f"U+{ord(control[0]):04X}"
        offset = len(data) - len(text[control.start() :].encode())
        message = f"the control character {name} (byte {offset}) cannot be published: remove it"
        return "", [Problem(Lines(text).position(control.start()), "FM001", message)]
    return text, []
