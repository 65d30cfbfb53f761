"""What an output yields: pages of Markdown with front matter, and files of bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from markupsafe import escape

from aboveboard.content.entry import Entry

# What YAML calls a line break or cannot hold, and JSON leaves as it is.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Page:
    """A page, as any engine that reads Markdown can build it.

    `path`: in the site's source, `incidents/x.md`. `title` and `description` are plain text.
    `source`: the file in the content folder that it was made from, for an edit link, or None.
    `in_search`: lists are left out of search, so that it finds the entry and not ten lists of it.
    `head`: HTML for the page's own `<head>`, what machines read of it; it goes there as it stands.
    `lang`: BCP 47, where it is not the site's. `updated`: the day of the last change that a reader
    should notice, for the sitemap. `noindex`: search engines are asked to leave it out.
    """

    path: str
    title: str
    body: str
    description: str = ""
    source: str | None = None
    in_search: bool = False
    head: str = ""
    lang: str | None = None
    updated: date | None = None
    noindex: bool = False

    @property
    def text(self) -> str:
        """The Markdown with front matter. Values are written as JSON, which every YAML reader reads alike."""
        lines = [f"{name}: {_quoted(value)}" for name, value in self.meta.items()]
        return "\n".join(["---", *lines, "---", "", self.markdown])

    @property
    def markdown(self) -> str:
        """The Markdown alone."""
        return self.body.strip("\n") + "\n"

    @property
    def meta(self) -> dict[str, object]:
        """The front matter, escaped for HTML, because theme templates put it into pages as it stands."""
        # The home page's title is the site's, which themes put there by themselves.
        fields: dict[str, object] = {} if self.path == "index.md" else {"title": str(escape(self.title))}
        if self.description:
            fields["description"] = str(escape(self.description))
        if not self.source:
            # Nobody wrote a file of it, so there is none to suggest a change to.
            fields["made"] = True
        if not self.in_search:
            fields["search"] = {"exclude": True}
        if self.head:
            # A plain text: what is kept in the cache may name no class of somebody else's.
            fields["head"] = str(self.head)
        if self.lang:
            fields["lang"] = self.lang
        if self.updated:
            fields["lastmod"] = self.updated.isoformat()
        if self.noindex:
            fields["robots"] = "noindex"
        return fields


def _quoted(value: object) -> str:
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is published as it is."""

    path: str
    data: bytes


Item: TypeAlias = Page | Asset


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """Pages and files that are still to be made, by a function of nothing but what they show.

    `paths`: what will be made, by path in the site's source. `make`: a function of a module, called with
    `shows`. `shows`: everything that decides on the bytes, so that nothing has to be made again while it is the
    same. Of an entry in it only its facts may be used; those in `texts` may be read whole. `source`: the file in
    the content folder that a page is made from, or None.
    """

    paths: tuple[str, ...]
    make: Callable[..., Iterator[Item]]
    shows: tuple[Any, ...]
    texts: tuple[Entry, ...] = ()
    source: str | None = None

    @property
    def gathers(self) -> bool:
        """Whether it shows texts that have pages of their own, as feeds do."""
        return bool(self.texts) and self.source is None

    def items(self) -> Iterator[Item]:
        """Make it."""
        return self.make(*self.shows)
