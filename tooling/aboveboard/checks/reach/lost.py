"""AX: what is written and does not arrive: swallowed by a fence, cleaned away, invisible, or not ours to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.reach.leads import scheme_of
from aboveboard.checks.reach.markup import read_markup
from aboveboard.checks.reach.tags import Tag
from aboveboard.checks.rule import Document, Finding, document_rule
from aboveboard.errors import Severity

# What `engine/sanitise.py` takes out, as far as something is lost by it.
_TAGS_LOST = frozenset(
    re.findall(
        r"\w+",
        "script style iframe frame frameset object embed applet form textarea select base meta link template"
        " noscript font marquee blink math foreignobject animate set",
    )
)
_SCHEMES_KEPT = frozenset(["http", "https", "mailto", "tel"])
_ATTRIBUTE_LIST = re.compile(r"\{:?[ \t]{0,8}([^{}\n]{1,1000})\}")
_HANDLER = re.compile(r"(?<![\w-])on[a-z]{3,24}[ \t]{0,8}=", re.IGNORECASE)

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(
    "[\u200b\u2060-\u2064\ufeff\u180e\u2028\u2029\u3164\uffa0\u200c\u200d]|[\U000e0000-\U000e007f]{1,100}"
)
# The same characters in one class, which is looked for several times as fast.
_MAY_BE_INVISIBLE = re.compile(
    "[\u180e\u200b-\u200d\u2028\u2029\u2060-\u2064\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
_FLAG = "\U0001f3f4"
_JOINERS = "\u200c\u200d"
# Letters of scripts that join, their marks, and what emoji are made of.
_JOINED = frozenset(["Lo", "Mn", "Mc", "So", "Sk", "Sm"])

_TEMPLATE = re.compile(
    r"\{\{[<%][^{}\n]{1,300}[>%]\}\}"
    r"|\{%-?[ \t][^{}\n]{1,300}%\}"
    r"|<%[=#-]?[ \t][^<>\n]{1,300}%>"
    r"|\$\{\{[^{}\n]{1,300}\}\}"
    # A bare name in two braces is what ST014 says is left of a template.
    r"|\{\{-?[ \t]?(?![\w .]{1,40}\}\})[A-Za-z_.$][^{}\n]{0,300}\}\}"
)


@document_rule("AX006", Severity.WARNING)
def a_code_fence_is_closed(document: Document, context: Context) -> Iterator[Finding]:
    """A fence that is never closed turns everything after it into code.

    Bad: a line of ``` and no second one
    Good: a line of ``` above the code and one below it
    """
    for block in document.prose.blocks:
        if block.kind != "code" or not block.mark:
            continue
        held = block.text.count("\n") + (bool(block.text) and not block.text.endswith("\n"))
        if held == block.end - block.line - 2:
            continue
        column = max(document.prose.lines[block.line].find(block.mark), 0) + 1
        message = f"this fence is never closed, and what follows is code: add a line of {block.mark} below it"
        yield Finding(document.prose.position(block.line, column), message)


@document_rule("AX007", Severity.WARNING)
def markup_arrives_as_written(document: Document, context: Context) -> Iterator[Finding]:
    """Pages are cleaned of what can run, frame or submit, and of styles; what depends on it is lost.

    Bad: `<iframe src="https://example.org/chart"></iframe>`
    Good: `[The chart of errors](https://example.org/chart)`
    """
    if context.settings.raw_html == "allow":
        return
    markup = read_markup(document.prose)
    for tag, position in markup.tags:
        for what in _lost(tag):
            yield Finding(position, f"{what} is cleaned away: say it in Markdown")
    for item in markup.targets:
        scheme = scheme_of(item.target)
        if scheme and scheme not in (*_SCHEMES_KEPT, "file"):
            message = f"an address that begins with {scheme}: is cleaned away: link to a page or file instead"
            yield Finding(item.position, message)
    for text in markup.texts if "{" in document.body else ():
        for match in _ATTRIBUTE_LIST.finditer(text.plain):
            if handler := _HANDLER.search(match[1]):
                what = handler[0].rstrip(" \t=").lower()
                position = text.position(match.start(1) + handler.start())
                yield Finding(position, f"`{what}=` is cleaned away: nothing on a page can run")


def _lost(tag: Tag) -> Iterator[str]:
    if tag.is_end:
        return
    if tag.name in _TAGS_LOST:
        yield f"<{tag.name}>"
        return
    for name, value in tag.attributes.items():
        if re.fullmatch(r"on[a-z]{3,24}", name):
            yield f"`{name}=`"
        elif name == "style" and re.sub(r"text-align\s*:[^;]*;?", "", value).strip():
            yield "`style=`"


@document_rule("AX008", Severity.WARNING)
def text_runs_the_way_it_is_written(document: Document, context: Context) -> Iterator[Finding]:
    """Characters that turn the direction of text make a page read differently from its source.

    Bad: a name with U+202E in it, which shows the rest of the line backwards
    Good: the letters alone; right-to-left scripts need no such character
    """
    text = document.matter.text
    found = [] if text.isascii() else list(_BIDI.finditer(text))
    yield from _once_a_line(document, found, "turns the text around")


@document_rule("AX009", Severity.WARNING)
def every_character_can_be_seen(document: Document, context: Context) -> Iterator[Finding]:
    """A character without width splits words for searches and screen readers, and can hide a text.

    Bad: U+200B between the letters of `checkout`, pasted from a chat
    Good: `checkout`, typed
    """
    text = document.matter.text
    may_have = not text.isascii() and _MAY_BE_INVISIBLE.search(text)
    found = [m for m in _INVISIBLE.finditer(text) if not _is_needed(text, m)] if may_have else []
    yield from _once_a_line(document, found, "cannot be seen")


def _is_needed(text: str, match: re.Match[str]) -> bool:
    """Joiners belong between emoji and in scripts that join; tags spell the flags of regions."""
    before = text[match.start() - 1] if match.start() else ""
    if match[0][0] >= "\U000e0000":
        return before == _FLAG
    return match[0] in _JOINERS and before != "" and unicodedata.category(before) in _JOINED


def _once_a_line(document: Document, found: list[re.Match[str]], what: str) -> Iterator[Finding]:
    said: dict[int, int] = {}
    firsts: list[re.Match[str]] = []
    for match in found:
        line = document.matter.lines.position(match.start()).line
        if line not in said:
            firsts.append(match)
        said[line] = said.get(line, 0) + 1
    for match in firsts:
        position = document.matter.lines.position(match.start())
        character = match[0][0]
        name = f"U+{ord(character):04X} ({unicodedata.name(character, 'no name').lower()})"
        more = f", and {said[position.line] - 1} more on this line" if said[position.line] > 1 else ""
        yield Finding(position, f"the character {name} {what}{more}: delete it")


@document_rule("AX010", Severity.INFO)
def a_page_is_not_a_template(document: Document, context: Context) -> Iterator[Finding]:
    """Commands of other publishing tools are not carried out here: readers see them as they stand.

    Bad: `{{< youtube abc >}}` outside code
    Good: `[The recording of the talk](https://example.org/talk)`
    """
    body = document.body
    for text in read_markup(document.prose).texts if "{" in body or "<%" in body else ():
        for match in _TEMPLATE.finditer(text.plain):
            said = match[0] if len(match[0]) <= 40 else f"{match[0][:39]}…"
            message = f"{said!r} is not carried out here, and shows as it stands: write what it stands for"
            yield Finding(text.position(match.start()), message)
