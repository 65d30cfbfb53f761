"""Find personal data in a text: addresses, telephone numbers, national identifiers, payment cards, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.leaks.numbers import Number, find_cards, find_identifiers, find_phones
from aboveboard.checks.leaks.text import an, words
from aboveboard.checks.rule import Document, Finding, document_rule
from aboveboard.errors import Severity

_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}\Z")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![A-Za-z0-9_-])")
_ENDINGS = words(
    "png jpg jpeg gif svg webp ico css scss js mjs ts jsx tsx json md txt html htm yml yaml xml csv pdf "
    "zip gz tgz py rb rs go java php sh lock toml local internal localdomain lan svc test example invalid "
    "localhost"
)
# Nobody's own: what answers here is a role, a list or a machine.
_ROLES = re.compile(
    r"(?:no-?|do-?not-?)reply.*|(?:mailer-daemon|postmaster|hostmaster|webmaster|abuse|info|information|"
    r"support|help|"
    r"help-?desk|service-?desk|contact|contact-?us|hello|hi|enquir\w+|inquir\w+|office|admin|administrator|"
    r"team|press|media|"
    r"security|privacy|dpo|data\.?protection|legal|compliance|sales|billing|accounts|finance|feedback|jobs|"
    r"careers|hr|"
    r"recruitment|events|news|newsletter|subscribe|unsubscribe|notifications?|alerts?|noc|soc|ops|devops|sre|"
    r"root|git|hg|svn|"
    r"bot|ci|build|deploy|ubuntu|ec2-user|user|users|username|name|firstname\.lastname|first\.last|you|"
    r"your\W?\w*|someone|"
    r"somebody|me|example|test|foo|bar|email|mail|status|incidents?|oncall|on-call|postmaster|community|"
    r"general|mailbox)|"
    r".*[-_.](?:team|support|list|lists|devel|dev|users?|announce|group|alerts?|bot|help|admin|noreply|"
    r"security|enquiries)",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"(?:^|\.)(?:lists?|groups|googlegroups|mailman|listserv)\.|groups\.io$|\.gserviceaccount\.com$|"
    r"^users\.noreply\.|\.noreply\.",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:^|\.)(?:example\.(?:com|org|net|edu)|example\.[a-z]{2,3}\.[a-z]{2})$|^(?:domain|yourdomain|email|"
    r"mail|company|acme)\.com$",
    re.IGNORECASE,
)
# Even at example.org a first and a last name look like somebody.
_FULL_NAME = re.compile(r"[a-z]{1,20}[._-][a-z]{2,20}", re.IGNORECASE)
_NAME = (
    r"[A-Z][a-z\u00df-\u00ff'\u2019-]{1,20}(?:[ ][A-Z]\.?)?"
    r"[ ][A-Z](?:[a-z\u00df-\u00ff'\u2019-]|(?<=[a-z])[A-Z]){1,24}"
)
_NAME_BEFORE = re.compile(
    rf"(?P<name>{_NAME})[ \t]{{0,3}}(?:[(<\[\]:,|\u2013\u2014-]|on|at|via|is|[ \t]){{1,3}}[ \t]{{0,3}}"
    rf"(?:[(<\[:*`]|mailto:|tel:|phone|mobile|tel|e-?mail|[ .:]){{0,6}}\Z"
)
_NO_NAME = words(
    "Desk Team Service Services Support Centre Center Office Line Helpline Council Department Ministry "
    "Agency Group Contact Email Mail Phone Telephone Mobile Hotline Enquiries Press Security Customer "
    "Technical Data Platform Public Duty Call Manager Officer Engineer Engineering Incident Operations "
    "The This Please For Send Write Ask Reach Status Street Road House Kingdom London University College "
    "School Hospital Trust Bank Company Limited Ltd Inc Or And Our Your"
)


@document_rule("LK010", Severity.WARNING)
def no_e_mail_address_of_a_person_is_published(document: Document, context: Context) -> Iterator[Finding]:
    """A published address is harvested the same day, and tells who works where.

    Role addresses (`info@`), mailing lists, what the registers name and `jane@example.org` are let through.

    Bad: the address of a colleague
    Good: `the on-call engineer`, or `jane@example.org` in an example
    """
    matter = document.matter
    for start, address in find_addresses(matter.text):
        if not is_registered(address, context):
            local, _, domain = address.partition("@")
            shown = f"{local[:1]}\u2026@{domain}" if len(local) > 2 else f"\u2026@{domain}"
            message = f"{shown} is somebody's address: name a role or a team mailbox instead"
            yield Finding(matter.lines.position(start), message)


@document_rule("LK011", Severity.WARNING)
def no_telephone_number_is_published(document: Document, context: Context) -> Iterator[Finding]:
    """A number leads to one person, who did not publish it.

    Numbers that anyone may call (0800, 03) are let through; those kept for examples are mentioned.

    Bad: `call me on +44 7…`
    Good: `call the service desk`
    """
    yield from _numbers(document, find_phones(document.matter.text), "leave it out, or give a public line")


@document_rule("LK012", Severity.WARNING)
def no_national_identifier_is_published(document: Document, context: Context) -> Iterator[Finding]:
    """An identifier of a person or of their account is used to pretend to be them.

    UK National Insurance and NHS numbers, US social security numbers, IBAN, French NIR, Italian fiscal codes.

    Bad: a National Insurance number in a pasted record
    Good: `a citizen's record`
    """
    yield from _numbers(document, find_identifiers(document.matter.text), "leave it out")


@document_rule("LK013", Severity.WARNING)
def no_payment_card_is_published(document: Document, context: Context) -> Iterator[Finding]:
    """A card number is enough to try to pay with it.

    Bad: sixteen digits that begin like a card and whose last one is right
    Good: `a card ending in 42`
    """
    yield from _numbers(document, find_cards(document.matter.text), "leave it out, and tell who issued it")


@document_rule("LK014", Severity.WARNING)
def a_person_beside_contact_data_is_registered(document: Document, context: Context) -> Iterator[Finding]:
    """A name with a way to reach it is a person; the register of people is where they agree to that.

    Bad: a name and a number, of somebody that `registers/people.yml` does not have
    Good: `the duty manager`
    """
    text, lines = document.matter.text, document.matter.lines
    contacts = [start for start, _ in find_addresses(text)]
    contacts += [phone.start for phone in find_phones(text)]
    if not contacts:
        return
    known = {person.name.casefold() for person in context.registers.people.values()}
    for start in sorted(contacts):
        begin = max(text.rfind("\n", 0, start) + 1, start - 90)
        match = _NAME_BEFORE.search(text, begin, start)
        if match and match["name"].casefold() not in known and _NO_NAME.isdisjoint(match["name"].split()):
            initials = " ".join(f"{part[0]}\u2026" for part in match["name"].split())
            message = f"{initials} stands beside contact data and is not registered: name the role instead"
            yield Finding(lines.position(match.start("name")), message)


def find_addresses(text: str) -> Iterator[tuple[int, str]]:
    """Yield the e-mail addresses of a text that may be a person's, with their offsets."""
    at = text.find("@")
    while at >= 0:
        local = _LOCAL.search(text, max(0, at - 64), at)
        domain = _DOMAIN.match(text, at + 1) if local else None
        if local and domain and _is_personal(local[0], domain[0], text[max(0, local.start() - 3) : local.start()]):
            yield local.start(), f"{local[0]}@{domain[0]}"
        at = text.find("@", at + 1)


def _is_personal(local: str, domain: str, before: str) -> bool:
    return not (
        domain.rpartition(".")[2].lower() in _ENDINGS
        or (before.endswith((":", "/")) and "//" in before)
        or _ROLES.fullmatch(local)
        or _LISTS.search(domain)
        or (_EXAMPLE.search(domain) and not _FULL_NAME.fullmatch(local))
    )


def is_registered(address: str, context: Context) -> bool:
    """Tell whether an address is published on purpose: in the registers, or as the site's contact."""
    registers = context.registers
    said = [context.settings.contact, *(team.contact for team in registers.teams.values())]
    said += [link for person in registers.people.values() for link in person.links]
    return any(address.casefold() in (link or "").casefold() for link in said)


def _numbers(document: Document, numbers: Iterable[Number], advice: str) -> Iterator[Finding]:
    for number in numbers:
        position = document.matter.lines.position(number.start)
        what = f"{an(number.what)} ({number.size} {'digits' if number.is_numeric else 'characters'})"
        if number.is_reserved:
            yield Finding(position, f"this is {what} of those kept for examples: {advice}, or say that it is one")
        else:
            yield Finding(position, f"this looks like {what}: {advice}")
