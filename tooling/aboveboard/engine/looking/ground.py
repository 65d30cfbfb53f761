"""Where a link leads: to which file of a finished site, to none of them, or off the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

_ORIGIN = "http://site.invalid"
_TURNS = re.compile(r"(?:^|/)(?:\.{1,2}(?:/|$)|/)")
_PLAIN = re.compile(r"(?:\.\./)*[a-z0-9_./-]*(?:#|$)")
_AROUND = "".join(map(chr, range(0x21)))


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
        if _PLAIN.match(link):
            # By far the most: resolved without taking an address apart.
            target = link.partition("#")[0]
            root = "../" * path.count("/")
            below = target[len(root) :]
            if target.startswith(root) and below and not _TURNS.search(below):
                # From the site's root, as header and footer have them.
                return self._lead(below)
            if not target.startswith("/"):
                return self._lead(_joined(posixpath.dirname(path), target) if target else path)
        return self._taken_apart(path, link)

    def _taken_apart(self, path: str, link: str) -> Lead | None:
        try:
            whole = urlsplit(urljoin(f"{_ORIGIN}{self.root}{path}", link.strip(_AROUND)))
        except ValueError:
            return None
        own = whole.netloc.casefold() in (self.host, urlsplit(_ORIGIN).netloc)
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


def _joined(folder: str, target: str) -> str:
    """Join as a browser does: steps above the root stay at the root, and a folder keeps its slash."""
    joined = posixpath.normpath(posixpath.join("/", folder, target)).strip("/")
    ends = target.endswith(("/", "/.", "/..")) or target in (".", "..")
    return f"{joined}/" if ends and joined else joined
