"""ST: what a template or a hurry left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from aboveboard.checks.context import Context
from aboveboard.checks.rule import Document, Finding, document_rule, rule
from aboveboard.content.entry import Entry
from aboveboard.content.passages import flat_text, passages
from aboveboard.content.text import folded
from aboveboard.errors import Severity

_PLACEHOLDER = re.compile(
    r"\bTODO\b|\bTBD\b|\bTBC\b|\bFIXME\b|\bXXX+\b|\bYYYY-MM-DD\b|\b[Dd]{2}/[Mm]{2}/[Yy]{4}\b|\bHH:MM\b"
    r"|\{\{ ?[\w .]{1,40} ?\}\}|\b[Ll]orem ipsum\b"
    r"|\[(?:insert|your|name|date|team|describe)\b[^\[\]\n]{0,60}\](?!\()"
    r"|\[insert: ?[^\[\]\n]{0,200}\]"
)
# Of a text without these, whatever their case, the pattern finds nothing.
_SIGNS = (
    "todo", "tbd", "tbc", "fixme", "xxx", "yyyy-mm-dd", "/yyyy", "hh:mm", "{{", "lorem ipsum",
    "[insert", "[your", "[name", "[date", "[team", "[describe",
)  # fmt: skip
_PROSE_FIELDS = ("title", "summary", "hypothesis", "success_criteria")


@document_rule("ST014", Severity.WARNING)
def nothing_is_left_of_the_template(document: Document, context: Context) -> Iterator[Finding]:
    """A placeholder on a public page says that nobody read it.

    Bad: `TODO: who was affected?`
    Good: `About 300 people could not pay.`
    """
    for name in _PROSE_FIELDS:
        value = document.matter.values.get(name)
        if isinstance(value, str) and _is_signed(folded(value)) and (match := _PLACEHOLDER.search(value)):
            yield Finding(document.matter.position((name,)), _message(match[0]))
    for passage in passages(document.prose) if _is_signed(flat_text(document.prose)) else ():
        for match in _PLACEHOLDER.finditer(passage.own):
            # As it was written: quotations are blanked in what was searched.
            yield Finding(passage.position(match.start()), _message(passage.raw[match.start() : match.end()]))


def _is_signed(text: str) -> bool:
    return any(sign in text for sign in _SIGNS)


def _message(left: str) -> str:
    return f"{left!r} is left of a template: write it, or take it out"


@rule("ST017", Severity.WARNING)
def a_draft_does_not_grow_old(entry: Entry, context: Context) -> Iterator[Finding]:
    """A draft that nobody opens is closed without saying so.

    Bad: `draft: true` for two months
    Good: published, or deleted
    """
    days = context.settings.draft_days
    if entry.fields.draft and not context.clock.is_within(entry.opens_at, timedelta(days=days)):
        age = context.clock.days_since(entry.opens_at)
        message = f"this draft is {age} days old, and the limit is {days}: publish it, or say why it is closed"
        yield Finding(entry.matter.position(("draft",)), message)
