"""Where a link leads: to which file of a finished site, to none of them, or off the site."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

_ORIGIN = "http://site.invalid"
_TURNS = re.compile(r"(?:^|/)(?:\.{1,2}(?:/|$)|/)")
_PLAIN = re.compile(r"(?:\.\./)*[a-z0-9_./-]*(?:#|$)")
_ELSEWHERE = re.compile(r"https?://([a-z0-9.-]+)(?:[/?#]|\Z)")
_AROUND = "".join(map(chr, range(0x21)))
# So many links are remembered that lead somewhere from wherever they stand: more than header and footer have.
_REMEMBERED = 2000


class Lead(NamedTuple):
    """Where a link leads below the site's root, `incidents/x/`, and the file that answers there, if any."""

    wanted: str
    file: str | None


@dataclass(frozen=True)
class Ground:
    """The files of a site, and the address at which it will stand."""

    files: Collection[str]
    site_url: str | None = None

    @cached_property
    def root(self) -> str:
        """The path of the site on its host: `/`, or `/open/`."""
        return (urlsplit(self.site_url or "").path or "/").rstrip("/") + "/"

    @cached_property
    def host(self) -> str:
        return urlsplit(self.site_url or _ORIGIN).netloc.casefold()

    def find(self, path: str, link: str) -> Lead | None:
        """Return where a link in the file at `path` leads; None for one that leads off the site."""
        if below := _below_root(path, link):
            return self._lead(below)
        if _PLAIN.match(link):
            # By far the most: resolved without taking an address apart.
            target = link.partition("#")[0]
            if not target.startswith("/"):
                return self._lead(_joined(posixpath.dirname(path), target) if target else path)
        elif (elsewhere := _ELSEWHERE.match(link)) and elsewhere[1] not in self._own_hosts:
            return None
        return self._taken_apart(path, link)

    def dead_among(self, path: str, links: Set[str]) -> Iterator[str]:
        """Yield those of a page's links that lead to none of its site's files, in no order."""
        sound = self._sound[posixpath.dirname(posixpath.dirname(path)) if "/" in path else "/"]
        for link in links - sound:
            lead = self.find(path, link)
            if lead is not None and lead.file is None:
                yield link
            elif link.startswith("../") and len(sound) < _REMEMBERED and _PLAIN.match(link):
                sound.add(link)

    @cached_property
    def _sound(self) -> dict[str, set[str]]:
        """Links up that lead somewhere, by the folder to which the first step up leads; none at the root."""
        return defaultdict(set)

    @cached_property
    def _own_hosts(self) -> tuple[str, str]:
        return self.host, urlsplit(_ORIGIN).netloc

    def _taken_apart(self, path: str, link: str) -> Lead | None:
        try:
            whole = urlsplit(urljoin(f"{_ORIGIN}{self.root}{path}", link.strip(_AROUND)))
        except ValueError:
            return None
        own = whole.netloc.casefold() in self._own_hosts
        if whole.scheme not in ("http", "https") or not own:
            return None
        at = unquote(whole.path) or "/"
        if at.startswith(self.root) or f"{at}/" == self.root:
            return self._lead(at[len(self.root) :])
        # Another site on the same host, unless it is plainly ours with the folder forgotten.
        forgotten = link.startswith("/") and self._file(at.lstrip("/"))
        return Lead(at, None) if forgotten else None

    def _lead(self, wanted: str) -> Lead:
        return Lead(wanted, self._file(wanted))

    def _file(self, wanted: str) -> str | None:
        bare = wanted.rstrip("/")
        if bare in self.files and not wanted.endswith("/"):
            return bare
        index = f"{bare}/index.html" if bare else "index.html"
        return index if index in self.files else None


def _below_root(path: str, link: str) -> str:
    """Return where a link leads that is written from the site's root, as header and footer have it; else none."""
    root = "../" * path.count("/")
    if not link.startswith(root) or not _PLAIN.match(link):
        return ""
    below = link.partition("#")[0][len(root) :]
    return "" if _TURNS.search(below) else below


def _joined(folder: str, target: str) -> str:
    """Join as a browser does: steps above the root stay at the root, and a folder keeps its slash."""
    joined = posixpath.normpath(posixpath.join("/", folder, target)).strip("/")
    ends = target.endswith(("/", "/.", "/..")) or target in (".", "..")
    return f"{joined}/" if ends and joined else joined
