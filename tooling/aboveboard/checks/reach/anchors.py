"""The anchors of a page: what `#…` can lead to. Headings get theirs as Python-Markdown's `toc` gives them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from markdown_it.token import Token

from aboveboard.checks.reach.markup import read_markup
from aboveboard.checks.rule import Document
from aboveboard.content.entry import Entry
from aboveboard.content.prose import Prose

_COUNTED = re.compile(r"^(.*)_(\d+)$")
_LIST = re.compile(r"\{:?[ \t]{0,8}([^{}\n]{1,300})\}")
_ID = re.compile(r"(?:^|\s)#([^\s#}]+)|\bid=[\"']?([^\s\"']+)")
# Python-Markdown takes `#Title` for a heading, and finds headings in HTML that asks for it.
_LOOSE_HEADING = re.compile(r"^[ \t]{0,8}#{1,6}[ \t]*([^#\s].*?)[ \t]*#*$", re.MULTILINE)


def anchors_of(document: Document) -> frozenset[str]:
    """Return the anchors of a document's page, those that our pages add to an entry included."""
    anchors = _written(document.prose)
    return anchors | frozenset(_added(document)) if isinstance(document, Entry) else anchors


def slugify_heading(text: str, ascii_only: bool = True) -> str:
    """Return what `toc` makes of a heading. Source: `slugify` in markdown.extensions.toc (Python-Markdown 3)."""
    if ascii_only:
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower())


def _added(entry: Entry) -> Iterator[str]:
    yield "related"
    yield from (f"lesson-{lesson.id}" for lesson in entry.fields.lessons)
    yield from (f"action-{action.id}" for action in entry.fields.actions)
    if entry.incident:
        yield from (f"factor-{factor.id}" for factor in entry.incident.factors)
    # Lists of the front matter that the text has no heading for get the first of their names.
    yield from (slugify_heading(names[0]) for names in entry.kind.sections.values())


@lru_cache(maxsize=512)
def _written(prose: Prose) -> frozenset[str]:
    explicit = set(_explicit(prose))
    used = set(explicit)
    for text in _headings(prose):
        plain = _LIST.sub("", text).strip()
        slugs = {slugify_heading(plain)}
        if not plain.isascii():
            # A site in another script sets a slugify of its own, which keeps its letters.
            slugs.add(slugify_heading(plain, ascii_only=False))
        for slug in slugs:
            _unique(slug, used)
    for match in _loose_headings(prose):
        used.add(slugify_heading(match))
    return frozenset(used)


def _unique(slug: str, used: set[str]) -> None:
    while slug in used or not slug:
        match = _COUNTED.match(slug)
        slug = f"{match[1]}_{int(match[2]) + 1}" if match else f"{slug}_1"
    used.add(slug)


def _headings(prose: Prose) -> Iterator[str]:
    for block in prose.blocks:
        if block.kind == "heading":
            text = "".join(_text(child) for child in prose.inside(block.text))
            yield re.sub(r"\[\^[^\]\s]{1,100}\]", "", " ".join(text.split()))


def _text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "text_special", "code_inline") else ""


def _explicit(prose: Prose) -> Iterator[str]:
    markup = read_markup(prose)
    for tag, _ in markup.tags:
        yield from (tag.attributes[name] for name in ("id", "name") if tag.attributes.get(name))
    for text in markup.texts:
        for attributes in _LIST.finditer(text.plain):
            yield from (match[1] or match[2] for match in _ID.finditer(attributes[1]))


def _loose_headings(prose: Prose) -> Iterator[str]:
    for block in prose.blocks:
        if block.kind != "code" and "#" in block.text:
            yield from (match[1] for match in _LOOSE_HEADING.finditer(block.text))
