"""LK030 to LK033: what attachments give away. Pictures by their metadata, text files by their text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from aboveboard.checks.attachment import Attachment
from aboveboard.checks.context import Context
from aboveboard.checks.leaks.images import traces
from aboveboard.checks.leaks.numbers import find_cards, find_identifiers, find_phones
from aboveboard.checks.leaks.personal import find_addresses, is_registered
from aboveboard.checks.leaks.pointers import find_accounts, find_hosts, find_links, find_private_addresses
from aboveboard.checks.leaks.secrets import find_secrets
from aboveboard.checks.leaks.text import REVOKE, an, mask
from aboveboard.checks.rule import Finding, attachment_rule
from aboveboard.content.text import Lines
from aboveboard.errors import Position, Severity

_MOST = 20


@attachment_rule("LK030", Severity.WARNING)
def a_picture_tells_no_place_or_author(attachment: Attachment, context: Context) -> Iterator[Finding]:
    """A camera writes where it stood and whose it is into every picture; readers can read it too.

    Authors whom the register of people names are let through.

    Bad: a photograph of the whiteboard, straight from a telephone
    Good: the same, saved without metadata
    """
    if not attachment.is_image:
        return
    known = {person.name.casefold() for person in context.registers.people.values()}
    known.add((context.settings.organisation or "").casefold())
    found = traces(attachment.data)
    told = []
    if any(what == "place" for what, _ in found):
        told.append("where it was taken")
    if any(what == "author" and name.casefold() not in known for what, name in found):
        told.append("who made it")
    if told:
        message = f"this picture tells {' and '.join(told)} in its metadata: save it without (exiftool -all= FILE)"
        yield Finding(Position(), message)


@attachment_rule("LK031", Severity.ERROR)
def an_attachment_has_no_secret(attachment: Attachment, context: Context) -> Iterator[Finding]:
    """A log or a configuration file pasted beside a report is where secrets are found most often.

    Bad: `debug.log` with the headers of every request
    Good: the ten lines that matter, tokens cut out
    """
    lines = Lines(attachment.text)
    for secret in find_secrets(attachment.text)[:_MOST]:
        message = f"this looks like {an(secret.name)}, {mask(secret.value)}: {REVOKE}"
        yield Finding(lines.position(secret.start), message)


@attachment_rule("LK032", Severity.WARNING)
def an_attachment_has_no_personal_data(attachment: Attachment, context: Context) -> Iterator[Finding]:
    """An export of data has a column with people in it more often than anyone expects.

    Bad: `users.csv` with addresses and telephone numbers
    Good: the same with that column dropped
    """
    # In a register it stands on purpose.
    text = "" if attachment.is_register else attachment.text
    addresses = [start for start, address in find_addresses(text) if not is_registered(address, context)]
    numbers = chain(find_phones(text), find_identifiers(text), find_cards(text))
    for what, starts in (
        ("e-mail address/e-mail addresses", addresses),
        (
            "number of a person or card/numbers of persons or cards",
            [number.start for number in numbers if not number.is_reserved],
        ),
    ):
        if starts:
            message = f"{_count(what, starts)}: leave that out of what is published"
            yield Finding(Lines(text).position(min(starts)), message)


@attachment_rule("LK033", Severity.WARNING)
def an_attachment_leads_to_nothing_internal(attachment: Attachment, context: Context) -> Iterator[Finding]:
    """Logs name every machine and address they came by.

    Bad: `trace.log` with the names and addresses of machines inside
    Good: the same with `host1` and `192.0.2.1` put in their places
    """
    text = "" if attachment.is_register else attachment.text
    for what, pointers in (
        ("link the public cannot open/links the public cannot open", find_links(text)),
        ("internal host name/internal host names", find_hosts(text)),
        ("private address/private addresses", find_private_addresses(text)),
        ("cloud account/cloud accounts", find_accounts(text)),
    ):
        starts = [start for start, _, severity in pointers if severity is None]
        if starts:
            message = f"{_count(what, starts)}: put something general in its place"
            yield Finding(Lines(text).position(min(starts)), message)


def _count(what: str, starts: list[int]) -> str:
    one, many = what.split("/")
    return (
        f"1 {one} in this file" if len(starts) == 1 else f"{len(starts)} {many} in this file, the first one here"
    )
