"""LN: whether links lead where they say, for everybody, and not only on the machine they were written on."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.reach.leads import Lead, host_of, is_local, leads, path_of, scheme_of, ways_of
from aboveboard.checks.reach.markup import Link, Picture, read_markup
from aboveboard.checks.reach.site import is_held_back, source_path
from aboveboard.checks.rule import Document, Finding, document_rule
from aboveboard.errors import Severity, nearest

LARGEST_PICTURE = 1_000_000
# Looking for what was meant costs time; a page with more dead links than this has another problem.
MOST_GUESSES = 20

_LOOKS_EXTERNAL = re.compile(
    r"www\.[\w-]+\.|[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.(?:com|org|net|io|gov|dev|edu|co\.uk|gov\.uk|eu|de|fr)(?:[/:?#]|$)",
    re.IGNORECASE,
)


@document_rule("LN001", Severity.WARNING, around=True)
def a_link_leads_to_something(document: Document, context: Context) -> Iterator[Finding]:
    """A dead link costs the reader's time and the writer's credit.

    Bad: `[the outage](../incidents/2026-11-20-chekout.md)`
    Good: `[the outage](../incidents/2026-11-20-checkout.md)`
    """
    guesses = 0
    for lead in leads(document, context):
        if lead.place is None and isinstance(lead.item, Link):
            guesses += 1
            hint = _hint(lead, document, context) if guesses <= MOST_GUESSES else "mend it or take it out"
            yield Finding(lead.item.position, f"nothing is at {_short(lead.path)}: {hint}")
    ways = ways_of(document, context)
    for link in ways.targets:
        if isinstance(link, Link) and not link.target.strip():
            yield Finding(link.position, f"the link {_short(link.words)!r} has no address: write where it leads")
    for position, undefined in ways.undefined:
        name = _short(undefined)
        yield Finding(position, f"no line says where [{name}] leads: add a line [{name}]: and the address")


@document_rule("LN002", Severity.WARNING, around=True)
def an_anchor_is_on_its_page(document: Document, context: Context) -> Iterator[Finding]:
    """A link into a page lands at its top when the heading has another name now.

    Bad: `[what we learned](#lessons)` where the heading is `What we learned`
    Good: `[what we learned](#what-we-learned)`
    """
    for lead in leads(document, context):
        target = lead.place.page if lead.place else None
        if not lead.anchor or target is None or not isinstance(lead.item, Link):
            continue
        anchors = context.anchors_on(target)
        if lead.anchor in anchors or lead.anchor.startswith(("fn:", "fnref:", ":~:", "__")):
            continue
        guess = nearest(lead.anchor, anchors)
        hint = f"did you mean #{guess}?" if guess else "its headings in lower case with hyphens are its anchors"
        where = "this page" if target == document.path else lead.path
        yield Finding(lead.item.position, f"there is no #{_short(lead.anchor)} on {_short(where)}: {hint}")


@document_rule("LN003", Severity.WARNING, around=True)
def a_link_leads_to_what_the_public_sees(document: Document, context: Context) -> Iterator[Finding]:
    """A link to a draft is a dead link to everybody but its writer, and tells of what is not public.

    Bad: a link to an entry with `draft: true`
    Good: the link is added when the entry is published
    """
    for lead in leads(document, context):
        held = lead.place.held if lead.place else None
        if held and not is_held_back(document, context):
            message = f"{_short(lead.path)} {_HELD.get(held, f'is {held}')}, and the public cannot follow: "
            yield Finding(lead.item.position, message + "take the link out until it can")


_HELD = {
    "draft": "is a draft",
    "broken": "has errors and is not published",
    "stray": "lies in no entry's folder and is not published",
    "empty": "has no public entry yet",
}


@document_rule("LN004", Severity.WARNING, around=True)
def a_picture_is_there(document: Document, context: Context) -> Iterator[Finding]:
    """A missing picture shows as a broken frame.

    Bad: `![Errors by minute](grpah.png)`
    Good: `![Errors by minute](graph.png)`
    """
    guesses = 0
    for lead in leads(document, context):
        if lead.place is None and isinstance(lead.item, Picture):
            guesses += 1
            hint = _hint(lead, document, context) if guesses <= MOST_GUESSES else "mend it or take it out"
            yield Finding(lead.item.position, f"there is no picture at {_short(lead.path)}: {hint}")
    for picture in ways_of(document, context).targets:
        if isinstance(picture, Picture) and not picture.target.strip():
            yield Finding(picture.position, "this picture has no address: write where its file is")


@document_rule("LN005", Severity.WARNING, around=True)
def a_picture_is_not_heavy(document: Document, context: Context) -> Iterator[Finding]:
    """A picture of more than 1 MB keeps readers on a slow connection waiting, and costs them money.

    Bad: a photograph of 6 MB as the camera wrote it
    Good: the same, 1,600 pixels wide, as a JPEG or WebP of 200 kB
    """
    for lead in leads(document, context):
        if lead.place is None or not isinstance(lead.item, Picture) or lead.place.page:
            continue
        size = context.surroundings.size(lead.place.path) or 0
        if size > LARGEST_PICTURE:
            message = f"this picture has {size / 1e6:.1f} MB: save it smaller, 1 MB at most"
            yield Finding(lead.item.position, message)


@document_rule("LN006", Severity.WARNING, around=True)
def a_link_leads_off_this_machine(document: Document, context: Context) -> Iterator[Finding]:
    """What is on the writer's own machine is nowhere for anybody else.

    Bad: `[the dashboard](http://localhost:3000/d/1)`
    Good: `[the dashboard](https://status.example.org/d/1)`
    """
    here = source_path(document)
    for item in ways_of(document, context).targets:
        if not is_local(item.target):
            continue
        if context.surroundings.site.find(here, path_of(item.target), item.raw) is None:
            message = f"{_short(item.target.strip())} is on your own machine: link to what others can open"
            yield Finding(item.position, message)


@document_rule("LN010", Severity.WARNING)
def an_address_elsewhere_can_be_followed(document: Document, context: Context) -> Iterator[Finding]:
    """An address without a host leads nowhere. With `--external`, those that do not answer are named too.

    Bad: `[the report](https:///report)`
    Good: `[the report](https://example.org/report)`
    """
    for item in read_markup(document.prose).targets:
        if scheme_of(item.target) in ("http", "https") and not is_local(item.target) and not host_of(item.target):
            yield Finding(item.position, f"{_short(item.target.strip())} names no host: mend the address")


def _hint(lead: Lead, document: Document, context: Context) -> str:
    if _LOOKS_EXTERNAL.match(lead.path) and not posixpath.splitext(lead.path)[1].startswith(".md"):
        return f"write https://{_short(lead.path)}"
    if re.fullmatch(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}", lead.path):
        return f"write mailto:{_short(lead.path)}"
    guess = context.surroundings.site.suggest(source_path(document), lead.path, lead.item.raw)
    return f"did you mean {guess}?" if guess else "mend the link or take it out"


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
