"""The `redirects:` of `mkdocs.yml`: old addresses and where they lead, in whatever way people write them.

Whatever was written becomes a path in the site's source (`tags/bar.md`) or an address below the site's root
(`tags/bar/`); both name one place.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

_FOR_MACHINES = re.compile(
    r"\.(?:xml|rss|atom|json|csv|ics|txt|pdf|zip|png|jpe?g|gif|svg|webp|avif|css|js|woff2?)$", re.IGNORECASE
)
_FILE = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,5}$")


def is_for_machines(path: str) -> bool:
    """Tell whether what asks for an address is no person with a browser: a feed, data, a picture, a style."""
    return _FOR_MACHINES.search(path) is not None


def is_off_site(to: str) -> bool:
    """Tell whether an old address leads to another site."""
    return to.startswith(("https://", "http://"))


def as_path(written: str, directory_urls: bool = True) -> str:
    """Return what somebody wrote for a place of the site as a source path or as an address; no anchor in it.

    `/tags/foo`, `tags/foo/` and `tags/foo/index.html` become `tags/foo/`; `tags/foo.md` stays, for what its
    address is follows from the site; the site's root is `index.md`.
    """
    path = unquote(written.partition("#")[0]).strip().lstrip("/")
    if directory_urls and (path == "index.html" or path.endswith("/index.html")):
        path = path.removesuffix("index.html")
    if path in ("", "index.html"):
        return "index.md"
    if path.endswith("/") or _FILE.search(path):
        return path
    return f"{path}/" if directory_urls else f"{path}.html"


def anchor_of(to: str) -> str:
    """Return the anchor of where an old address leads, without its `#`."""
    return unquote(to.partition("#")[2])
