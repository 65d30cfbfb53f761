"""Raw HTML tags in a text, as a browser's tokenizer finds them: one pass, whatever is thrown at it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN = re.compile(r"<!--|<(/?)([A-Za-z][^\s<>/]*)")
_ATTRIBUTE = re.compile(r"""[\s/]*(?:(>)|([^\s/>=][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]*))?|=)""")
# What stands between these tags is never read as markup.
_RAW_TEXT = frozenset(["script", "style", "textarea", "title"])


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: `name` and attribute names in lower case, values as a browser reads them.

    `start`, `end`: offsets in the text. `is_end` for `</a>`.
    """

    name: str
    attributes: dict[str, str]
    start: int
    end: int
    is_end: bool = False


def scan_tags(text: str) -> Iterator[Tag]:
    """Yield the tags of a text in order; comments, and what stands in scripts, hold none."""
    position = 0
    while opening := _OPEN.search(text, position):
        if opening[2] is None:
            closed = text.find("-->", opening.end())
            if closed < 0:
                return
            position = closed + 3
            continue
        attributes, end = _attributes(text, opening.end())
        if end < 0:
            return
        name, is_end = opening[2].lower(), bool(opening[1])
        yield Tag(name, attributes, opening.start(), end, is_end)
        position = end
        if name in _RAW_TEXT and not is_end:
            closing = re.compile(f"</{name}", re.IGNORECASE).search(text, end)
            if closing is None:
                return
            position = closing.start()


def words_between(text: str, tags: list[Tag], index: int) -> str:
    """Return the words between an opening tag and the next closing one of its name, tags gone."""
    tag = tags[index]
    kept, position = [], tag.end
    while (index := index + 1) < len(tags):
        other = tags[index]
        kept.append(text[position : other.start])
        if other.name == "img":
            kept.append(other.attributes.get("alt", ""))
        position = other.end
        if other.name == tag.name:
            break
    else:
        kept.append(text[position:])
    return html.unescape(" ".join(" ".join(kept).split()))


def _attributes(text: str, position: int) -> tuple[dict[str, str], int]:
    """Return the attributes from `position` on and where the tag ends; -1 where it never does."""
    attributes: dict[str, str] = {}
    while match := _ATTRIBUTE.match(text, position):
        position = match.end()
        if match[1]:
            return attributes, position
        if match[2]:
            value = match[3] or ""
            quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
            attributes.setdefault(match[2].lower(), html.unescape(value[1:-1] if quoted else value))
    return attributes, -1
