"""What a page of HTML says, or a piece of one: read as a browser reads it, never raising."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from aboveboard.engine.looking.data import read_value
from aboveboard.engine.looking.elements import INLINE, read_element, read_style
from aboveboard.engine.looking.facts import Said, counted_from


def read_page(html: str) -> Said:
    """Return what a page says; links are as they are written, counted from its `<base>` where it has one."""
    said = Said()
    read_fragment(said, html)
    return said


def read_fragment(said: Said, html: str, base: str = "") -> None:
    """Add what a piece of HTML says; its links count from `base`, an address."""
    own = Said()
    reader = _Reader(own)
    reader.feed(html)
    reader.close()
    base = counted_from(base, reader.base) if reader.base else base
    said.links.update((counted_from(base, link) if base else link, None) for link in own.links)
    said.fetched.update(own.fetched)
    said.anchors.update(own.anchors)
    said.names.update(own.names)
    said.words += [*own.words, "\n"]
    said.attributes += own.attributes


class _Reader(HTMLParser):
    def __init__(self, said: Said) -> None:
        super().__init__(convert_charrefs=True)
        self.said = said
        self.base = ""
        self._raw = ""

    def updatepos(self, i: int, j: int) -> int:
        # Nobody asks on which line a tag stands, and counting lines takes a tenth of the time.
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes: dict[str, str] = {}
        for name, value in attrs:
            # Of two with the same name a browser takes the first.
            attributes.setdefault(name.removeprefix("xlink:"), value or "")
        read_element(self.said, tag, attributes)
        if tag == "base" and not self.base:
            self.base = attributes.get("href", "")
        if "srcdoc" in attributes:
            read_fragment(self.said, attributes["srcdoc"])
        if tag == "style":
            self._raw = tag
        elif tag == "script":
            self._raw = attributes.get("type", "").lower() or tag

    def handle_endtag(self, tag: str) -> None:
        self._raw = ""
        if tag not in INLINE:
            self.said.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.said.words.append(data)
        if self._raw == "style":
            read_style(self.said, "style", data)
        elif self._raw.endswith("json"):
            try:
                read_value(self.said, json.loads(data))
            except ValueError:
                return

    def handle_comment(self, data: str) -> None:
        self.said.words += ["\n", data, "\n"]

    def unknown_decl(self, data: str) -> None:
        self.said.words.append(data)
