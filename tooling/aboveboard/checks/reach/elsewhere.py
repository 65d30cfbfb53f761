"""LN: what a page would have its readers fetch from other people's hosts."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.reach.leads import FETCHED, host_of, is_local, shows_elsewhere
from aboveboard.checks.reach.markup import read_markup
from aboveboard.checks.rule import Document, Finding, document_rule
from aboveboard.errors import Position, Severity

_WHAT = {"img": "picture", "source": "file", "audio": "recording", "video": "video"}
# What is cleaned away anyhow, and said so by AX007, unless HTML is let through as it stands.
_ONLY_WHERE_ALLOWED = {"iframe": "frame", "script": "script", "embed": "file", "track": "file", "input": "picture"}


@document_rule("LN007", Severity.WARNING)
def what_a_page_shows_comes_with_it(document: Document, context: Context) -> Iterator[Finding]:
    """A picture on another host tells that host who reads the page, and can change or go at any time.

    Bad: `![Errors by minute](https://cdn.example.net/graph.png)`
    Good: `![Errors by minute](graph.png)`, the file in the entry's own folder
    """
    allowed = context.settings.raw_html == "allow"
    for what, attribute, target, position in _shown(document, allowed):
        if not shows_elsewhere(attribute, target, context.site_url) or is_local(target):
            continue
        host = host_of(target.split()[0]) or "another host"
        happens = "every reader asks that host for it" if allowed else "it is not shown"
        message = f"this {what} lies on {host}, and {happens}: copy it here if its licence lets you, or link to it"
        yield Finding(position, message)


def _shown(document: Document, allowed: bool) -> Iterator[tuple[str, str, str, Position]]:
    """Yield what a document shows: what it is, the attribute that names it, its address, and where."""
    markup = read_markup(document.prose)
    for picture in markup.pictures:
        if not picture.raw:
            yield "picture", "src", picture.target, picture.position
    names = _WHAT | (_ONLY_WHERE_ALLOWED if allowed else {})
    for tag, position in markup.tags:
        if tag.name in names and not tag.is_end:
            yield from ((names[tag.name], a, tag.attributes[a], position) for a in FETCHED if a in tag.attributes)
