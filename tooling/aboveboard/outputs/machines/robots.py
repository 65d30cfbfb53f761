"""What search engines are told: they are welcome, and where the list of pages is."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.links import absolute
from aboveboard.outputs.page import Asset


def robots(library: PublicLibrary) -> Iterator[Asset]:
    """Yield `robots.txt` (RFC 9309); the sitemap is named where the site has an address."""
    lines = ["User-agent: *", "Allow: /"]
    if sitemap := absolute(library.project, "sitemap.xml"):
        lines += ["", f"Sitemap: {sitemap}"]
    yield Asset("robots.txt", "\n".join([*lines, ""]).encode())
