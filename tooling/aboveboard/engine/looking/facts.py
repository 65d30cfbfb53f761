"""What one file of a site says that can be right or wrong, whatever else there is and wherever it lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from aboveboard.checks.leaks.secrets import find_secrets
from aboveboard.checks.leaks.text import Secret
from aboveboard.content.kinds import KINDS

# Letters and digits of any script, joined by single hyphens: a slug, as far as a pattern can tell.
_WORD = r"[0-9A-Za-z_\x80-\U0010ffff]++"
_SLUG = re.compile(rf"{_WORD}(?:-{_WORD})++")
_ENTRY = re.compile(rf"(?:{'|'.join(kind.folder for kind in KINDS)})/{_WORD}(?:-{_WORD})*+")


def counted_from(base: str, link: str) -> str:
    """Return a link counted from a base. Where the base is relative too, steps above it are kept."""
    if not base or urlsplit(base).scheme or link.startswith("/") or urlsplit(link).scheme:
        return urljoin(base, link)
    if not link or link[0] in "#?":
        return base.partition("#")[0] + link
    return f"{base[: base.rfind('/') + 1]}{link}"


class Facts(NamedTuple):
    """Plain values, so that they can be kept.

    `links`: where it leads, as written. `fetched`: what a browser asks another host for by itself, each with what
    does it: `img src`. `anchors`: what `#…` can lead to. `names`: entries that it may name, by id or as
    `incidents/x`. `secret`: whether something in it looks like one. `wrong`: why it cannot be read.
    """

    links: tuple[str, ...] = ()
    fetched: tuple[tuple[str, str], ...] = ()
    anchors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    secret: bool = False
    wrong: str = ""


class Said:
    """What is being collected of one file."""

    def __init__(self) -> None:
        self.links: dict[str, None] = {}
        self.fetched: dict[tuple[str, str], None] = {}
        self.anchors: dict[str, None] = {}
        self.names: dict[str, None] = {}
        self.words: list[str] = []
        self.attributes: list[str] = []
        self.wrong = ""

    @property
    def text(self) -> str:
        """All words, then all attributes, in which secrets are looked for."""
        return "".join([*self.words, "\n", "\n".join(self.attributes)])

    def value(self, text: str) -> None:
        """Note a whole value of some data: it may be the id of an entry."""
        if _SLUG.fullmatch(text):
            self.names[text] = None

    def name_all(self, text: str) -> None:
        """Note every entry that a text names with the folder of its kind."""
        self.names.update(dict.fromkeys(_ENTRY.findall(text)))

    def secrets(self) -> tuple[Secret, ...]:
        """Return what looks like a secret."""
        return find_secrets(self.text)

    def facts(self) -> Facts:
        """Return all of it as plain values."""
        names = (*self.names, *_of_anchors(self.anchors))
        return Facts(
            tuple(self.links), tuple(self.fetched), tuple(self.anchors), tuple(dict.fromkeys(names)),
            bool(self.secrets()), self.wrong,
        )  # fmt: skip


def _of_anchors(anchors: dict[str, None]) -> Iterator[str]:
    """Yield the entries that anchors are called after: `2026-11-20-checkout--l1`."""
    yield from (entry for anchor in anchors if (entry := anchor.partition("--")[0]) != anchor)
