"""AX: whether everybody can take in what was written: who hears it, who sees no colours, who skims links."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from aboveboard.checks.context import Context
from aboveboard.checks.reach.markup import Picture, read_markup
from aboveboard.checks.reach.tags import Tag
from aboveboard.checks.rule import Document, Finding, document_rule
from aboveboard.content.entry import Entry
from aboveboard.content.passages import BLANK
from aboveboard.errors import Position, Severity

LONGEST_ADDRESS = 60
_AROUND = " .,:;!?>()[]\u2026\u00bb\u203a\u2192\u00a0\u200b"

_NOTHING = Tag("", {}, 0, 0)
_FILE_NAME = re.compile(r"[^\n]{1,200}\.(?:png|jpe?g|gif|svg|webp|avif|bmp|heic|tiff?)", re.IGNORECASE)
_NO_ALT = re.compile(
    r"(?:an? |the )?(?:image|img|picture|pic|photo|screen ?shot|screen ?grab|graphic|figure|fig|untitled|unnamed"
    r"|alt(?:[ -]text)?|text|image description|description)[ #.:]*\d*",
    re.IGNORECASE,
)
_NO_WORDS = frozenset(
    f"{verb} {what}".strip()
    for verb in ("", "click", "click on", "see", "look", "go", "read", "right", "over", "find", "more")
    for what in ("", "here", "this", "that", "more", "this link", "this page", "this post", "this article")
)
_NO_WORDS |= {
    "link",
    "a link",
    "the link",
    "links",
    "this one",
    "this site",
    "this website",
    "click me",
    "url",
    "page",
}
_NO_WORDS |= {"more info", "more information", "more details", "details", "learn more", "find out more"}
_NO_WORDS -= {""}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


@document_rule("AX001", Severity.WARNING)
def a_picture_has_a_text_in_its_place(document: Document, context: Context) -> Iterator[Finding]:
    """Who cannot see a picture hears its alternative text; a file name says nothing.

    Bad: `![](graph.png)` or `![screenshot](graph.png)`
    Good: `![Errors rose from 1 to 40 a minute at 10:12](graph.png)`
    """
    for picture in read_markup(document.prose).pictures:
        alt = " ".join((picture.alt or "").split())
        if picture.raw and picture.alt == "":
            continue
        example = 'alt="…"' if picture.raw else "![what it shows](…)"
        if not alt:
            yield Finding(picture.position, f"this picture has no text in its place: say what it shows, {example}")
        elif _says_nothing(alt, picture):
            message = f"the text in place of this picture, {_short(alt)!r}, does not say what it shows: write that"
            yield Finding(picture.position, message)


def _says_nothing(alt: str, picture: Picture) -> bool:
    stem = PurePosixPath(unquote(picture.target)).stem
    is_stem = alt.casefold() == stem.casefold() and not alt.isalpha()
    return is_stem or bool(_FILE_NAME.fullmatch(alt) or _NO_ALT.fullmatch(alt))


@document_rule("AX002", Severity.WARNING)
def headings_do_not_skip_levels(document: Document, context: Context) -> Iterator[Finding]:
    """A screen reader lists headings by level, and a gap reads as something missing.

    Bad: `#### Impact` right below `## What happened`, or a second `# Title`
    Good: `### Impact` below `## What happened`
    """
    headings = document.prose.headings
    first = [heading for heading in headings if heading.level == 1]
    second = first[0 if isinstance(document, Entry) else 1 :]
    if second:
        what = "the page begins with its own: take the line out, or write ##"
        if not isinstance(document, Entry):
            what = "a page has one first-level heading: write ##"
        more = f", here and {len(second) - 1} more times" if len(second) > 1 else ""
        message = f"this is a second title, and {what}{more}"
        yield Finding(document.prose.position(second[0].line), message)
    above = 1
    for heading in headings:
        if heading.level > above + 1:
            what = f"{'#' * heading.level} comes right after {'#' * above}"
            if above == 1 and not first:
                what = f"{'#' * heading.level} is the first heading below the title"
            message = f"{what}: write {'#' * (above + 1)}, levels are not skipped"
            yield Finding(document.prose.position(heading.line), message)
        above = heading.level


@document_rule("AX003", Severity.WARNING)
def a_link_says_where_it_leads(document: Document, context: Context) -> Iterator[Finding]:
    """Links are read out one after the other, without the text around them.

    Bad: `The report is [here](report.md)`
    Good: `Read [the report on the outage](report.md)`
    """
    markup = read_markup(document.prose)
    pictured = {picture.position.line for picture in markup.pictures}
    for link in markup.links:
        words = link.words.strip(_AROUND).casefold()
        if not words and link.position.line not in pictured and link.target:
            yield Finding(link.position, "this link shows no words: write where it leads between the brackets")
        elif words in _NO_WORDS:
            yield Finding(link.position, f"the link {_short(link.words)!r} does not say where it leads: name that")
        elif _ADDRESS.fullmatch(link.words) and len(link.words) > LONGEST_ADDRESS:
            yield Finding(link.position, _spelt_out(link.words))
    for text in markup.texts:
        for match in _ADDRESS.finditer(text.bare) if "/" in text.bare and not text.tags else ():
            address = match[0].split(BLANK)[0].rstrip(".,;:!?)]}'\"*_")
            if len(address) > LONGEST_ADDRESS:
                yield Finding(text.position(match.start()), _spelt_out(address))


def _spelt_out(address: str) -> str:
    return f"an address of {len(address)} characters is read out whole: write [where it leads](address)"


@document_rule("AX004", Severity.WARNING)
def a_table_has_a_header_row(document: Document, context: Context) -> Iterator[Finding]:
    """Headers are read out with every cell; without them a cell is a word without a meaning.

    Bad: a first row of empty cells
    Good: `| When | What happened |`
    """
    message = "this table has no words in its header row: name its columns there"
    headers = [block for block in document.prose.blocks if block.kind == "header"]
    for line, cells in itertools.groupby(headers, key=lambda block: block.line):
        if not any(c.isalnum() for cell in cells for c in cell.text):
            source = document.prose.lines[line]
            yield Finding(document.prose.position(line, len(source) - len(source.lstrip(" >")) + 1), message)
    tags = [(tag, place) for tag, place in read_markup(document.prose).tags if tag.name in ("table", "th")]
    for (tag, place), (following, _) in itertools.pairwise([*tags, (_NOTHING, Position())]):
        is_layout = tag.attributes.get("role") in ("presentation", "none")
        if tag.name == "table" and not tag.is_end and not is_layout and following.name != "th":
            yield Finding(place, "this table has no header cells: write its first row with <th>")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
