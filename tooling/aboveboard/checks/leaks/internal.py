"""LK020 to LK023: nothing published leads inside, where the public cannot follow and attackers would like to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.leaks.pointers import Pointer, find_accounts, find_hosts, find_links, find_private_addresses
from aboveboard.checks.rule import Document, Finding, document_rule
from aboveboard.errors import Severity


@document_rule("LK020", Severity.WARNING)
def the_public_can_open_every_link(document: Document, context: Context) -> Iterator[Finding]:
    """A link into a chat, a ticket or a dashboard tells the public nothing, and attackers a little.

    Bad: `https://example.slack.com/archives/C0…`
    Good: what was said there, in a sentence
    """
    yield from _placed(document, find_links(document.matter.text))


@document_rule("LK021", Severity.WARNING)
def no_internal_host_is_named(document: Document, context: Context) -> Iterator[Finding]:
    """Names of machines inside are a map for whoever gets in, and mean nothing to a reader.

    Bad: `db1.….internal` with the name where the dots are
    Good: `the main database`
    """
    yield from _placed(document, find_hosts(document.matter.text))


@document_rule("LK022", Severity.WARNING)
def no_private_address_is_published(document: Document, context: Context) -> Iterator[Finding]:
    """Private and link-local addresses tell how a network is laid out, and a reader nothing.

    Bad: an address in `10.0.0.0/8` of one machine
    Good: `192.0.2.10`, which is reserved for examples
    """
    yield from _placed(document, find_private_addresses(document.matter.text))


@document_rule("LK023", Severity.WARNING)
def no_cloud_account_is_published(document: Document, context: Context) -> Iterator[Finding]:
    """The number of an account is half of what somebody needs to pretend to be its owner.

    Numbers that manuals use are mentioned only.

    Bad: an ARN with the number of your account
    Good: the name of the resource alone
    """
    yield from _placed(document, find_accounts(document.matter.text))


def _placed(document: Document, pointers: Iterable[Pointer]) -> Iterator[Finding]:
    for start, message, severity in pointers:
        yield Finding(document.matter.lines.position(start), message, severity)
