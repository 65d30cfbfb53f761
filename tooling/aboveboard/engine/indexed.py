"""What a search index holds of each page, and whether the page still says it.

Pagefind keeps each page's text in a fragment of its own, so the index itself tells what is in it; no
record beside it has to be believed.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from html import unescape
from itertools import accumulate
from pathlib import Path
from typing import Any

# The language, by which search takes words apart.
_ROOT = re.compile(r"<html\b[^>]*>")
_BODY = re.compile(r"<article\b[^>]*\bdata-pagefind-body\b[^>]*>(.*)</article>", re.DOTALL)
_FACT = re.compile(r"<meta\b[^>]*\bdata-pagefind-[^>]*>")
_MARK = "data-pagefind-ignore"
_IGNORED = re.compile(rf"<(\w+)\b[^>]*\b{_MARK}\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")
_SIGNATURE = b"pagefind_dcd"


@dataclass(frozen=True, slots=True)
class Held:
    """What an index holds of the page at `url` (`/incidents/x/`): its text and headings, and values of it."""

    url: str
    texts: tuple[str, ...]
    values: tuple[str, ...]


def read_held(index: Path) -> Iterator[Held]:
    """Yield what an index holds, page by page.

    Where it is damaged, raises what gzip and JSON raise: OSError, EOFError, ValueError, KeyError.
    """
    for path in sorted((index / "fragment").glob("*.pf_fragment")):
        yield _held(json.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE)))


def _held(fragment: dict[str, Any]) -> Held:
    anchors = fragment["anchors"]
    texts = (fragment["content"], *(anchor["text"] or "" for anchor in anchors))
    filters = (value for values in fragment["filters"].values() for value in values)
    return Held(
        fragment["url"], texts, (*fragment["meta"].values(), *filters, *(anchor["id"] for anchor in anchors))
    )


def pages_to_index(site: Path) -> dict[str, str]:
    """Return a digest of what search reads of each page, by its address: `/incidents/x/`."""
    found = {}
    for path in site.rglob("*.html"):
        if (said := said_to_search(path.read_text(encoding="utf-8"))) is not None:
            found[_url(site, path)] = blake2b(said.encode(), digest_size=12).hexdigest()
    return found


def said_to_search(html: str) -> str | None:
    """Return what search reads of a page; None where it reads nothing."""
    body = _body(html)
    return None if body is None else "".join([*_ROOT.findall(html), *_FACT.findall(html), body])


def still_says(site: Path, held: Held) -> bool:
    """Tell whether all that an index holds of a page stands on that page, in the order it is held in.

    What was added to the page since does no harm, and neither do marks and tags that come and go; a word
    that left does. Values, which may stand in the head or in an attribute, need only be there.
    """
    path = site / held.url.lstrip("/")
    path = path / "index.html" if held.url.endswith("/") else path
    if not path.is_file():
        return False
    html = path.read_text(encoding="utf-8")
    body = _body(html)
    if body is None:
        return False
    text = _Text(body)
    whole = unescape(html)
    return all(text.has(said) for said in held.texts) and all(v in whole or text.has(v) for v in held.values)


def _url(site: Path, path: Path) -> str:
    return f"/{path.relative_to(site).as_posix()}".removesuffix("index.html")


def _body(html: str) -> str | None:
    """Return what search reads of a page: its article, without the parts that are marked to be passed over."""
    found = _BODY.search(html)
    if found is None:
        return None
    body = found[1]
    # The tag that is to be passed over ends no other before the mark: nearly all tags need not be looked at.
    while (mark := body.find(_MARK)) >= 0 and (start := _IGNORED.search(body, body.rfind(">", 0, mark) + 1)):
        body = body[: start.start()] + body[_end(body, start) :]
    return body


def _end(html: str, start: re.Match[str]) -> int:
    """Return where the element ends that a tag begins."""
    depth = 1
    for tag in re.finditer(rf"<(/?){start[1]}\b[^>]*>", html[start.end() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return start.end() + tag.end()
    return len(html)


class _Text:
    """The words of a page, run together: Pagefind joins some that tags keep apart, and where is its own affair."""

    def __init__(self, html: str) -> None:
        words = _WORD.findall(unescape(_TAG.sub(" ", html)))
        self.run = "".join(words)
        self.edges = {0, *accumulate(map(len, words))}

    def has(self, text: str) -> bool:
        """Tell whether the words of a text stand here in their order, each one or more words of the page."""
        at = 0
        for word in _WORD.findall(text.replace("\u200b", "")):
            at = self._after(word, at)
            if at < 0:
                return False
        return True

    def _after(self, word: str, at: int) -> int:
        while (found := self.run.find(word, at)) >= 0:
            if found in self.edges and found + len(word) in self.edges:
                return found + len(word)
            at = found + 1
        return -1
