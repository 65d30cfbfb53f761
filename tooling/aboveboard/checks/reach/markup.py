"""What a body links to, shows and embeds, each with its exact place: Markdown and raw HTML alike.

A paragraph is parsed once more where there is something to find, because places are not kept otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it.token import Token

from aboveboard.checks.reach.placed import Place, Places, References, find_references, parse_inline
from aboveboard.checks.reach.tags import Tag, scan_tags, words_between
from aboveboard.content.prose import Prose
from aboveboard.errors import Position

# Stands for what is not running text, so that an offset stays an offset.
BLANK = "\ufffc"

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MAY_HOLD = re.compile(r"\]\s?[(\[]|[<`]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where it leads as written, entities read; the words it shows. `raw`: written as HTML."""

    target: str
    words: str
    position: Position
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; `alt` is None where raw HTML has no such attribute, "" where it says that there is nothing."""

    target: str
    alt: str | None
    position: Position
    raw: bool = False


@dataclass(slots=True)
class Text:
    """One paragraph, heading, cell or block of HTML. Blanked parts keep their length.

    `plain`: its source, code and comments blanked. `bare`: links, pictures and tags blanked as well.
    """

    plain: str
    bare: str
    position: Place
    tags: list[tuple[Tag, Position]] = field(default_factory=list)


@dataclass(slots=True)
class Markup:
    """Everything found in a body, in order."""

    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    @property
    def targets(self) -> list[Link | Picture]:
        return [*self.links, *self.pictures]

    @property
    def tags(self) -> list[tuple[Tag, Position]]:
        return [tag for text in self.texts for tag in text.tags]


@lru_cache(maxsize=32)
def read_markup(prose: Prose) -> Markup:
    """Return the links, pictures, tags and texts of a body; code holds none."""
    markup, references, places = Markup(), find_references(prose.body), Places(prose)
    for block in prose.blocks:
        if block.kind == "html":
            plain = _blank(block.text, [match.span() for match in _COMMENT.finditer(block.text)])
            _add_raw(markup, Text(plain, plain, places.of(block)), block.text, list(scan_tags(block.text)))
        elif block.kind != "code":
            _read_inline(markup, block.text, places.of(block), references)
    return markup


def _read_inline(markup: Markup, content: str, position: Place, references: References) -> None:
    has_references = bool(references) and "]" in content
    may_hold = "]" in content or "<" in content or "`" in content
    if not may_hold or not (has_references or _MAY_HOLD.search(content)):
        markup.texts.append(Text(content, content, position))
        return
    tokens = parse_inline(content, references)
    code: list[tuple[int, int]] = []
    other: list[tuple[int, int]] = []
    tags: list[Tag] = []
    for index, token in enumerate(tokens):
        start, end = token.meta.get("at", (0, 0))
        if token.type == "code_inline":
            code.append((start, end))
        elif token.type == "html_inline":
            (code if token.content.startswith("<!--") else other).append((start, end))
            tags += [Tag(t.name, t.attributes, start, end, t.is_end) for t in scan_tags(token.content)][:1]
        elif end:
            other.append((start, end))
        if token.type == "link_open":
            markup.links.append(Link(str(token.attrGet("href")), _words(tokens, index), position(start)))
        for picture in _pictures(token):
            markup.pictures.append(Picture(str(picture.attrGet("src")), _shown(picture), position(start)))
    plain = _blank(content, code)
    _add_raw(markup, Text(plain, _blank(plain, other), position), content, tags)


def _add_raw(markup: Markup, text: Text, source: str, tags: list[Tag]) -> None:
    text.tags = [(tag, text.position(tag.start)) for tag in tags]
    markup.texts.append(text)
    for index, (tag, position) in enumerate(text.tags):
        if tag.is_end:
            continue
        if tag.name == "a" and "href" in tag.attributes:
            words = tag.attributes.get("aria-label") or words_between(source, tags, index)
            markup.links.append(Link(tag.attributes["href"], words, position, raw=True))
        elif tag.name == "img":
            alt = tag.attributes.get("alt")
            markup.pictures.append(Picture(tag.attributes.get("src", ""), alt, position, raw=True))
        elif tag.name in ("audio", "video", "source") and tag.attributes.get("src"):
            markup.links.append(Link(tag.attributes["src"], tag.name, position, raw=True))


def _pictures(token: Token) -> Iterator[Token]:
    if token.type == "image":
        yield token
        for inner in token.children or ():
            yield from _pictures(inner)


def _words(tokens: list[Token], index: int) -> str:
    """Return what the link that opens at `index` shows: its text, code and alt texts."""
    kept: list[str] = []
    while (index := index + 1) < len(tokens) and tokens[index].type != "link_close":
        kept.append(_shown(tokens[index]))
    return " ".join("".join(kept).split())


def _shown(token: Token) -> str:
    if token.type == "image":
        return "".join(_shown(child) for child in token.children or ())
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return "" if token.type == "html_inline" else token.content


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    parts, position = [], 0
    for start, end in spans:
        if start >= position:
            parts += [text[position:start], BLANK * (end - start)]
            position = end
    return "".join([*parts, text[position:]])
