"""Find what leads inside: links the public cannot open, internal hosts, private addresses, accounts."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from functools import lru_cache

from aboveboard.checks.leaks.places import places_at
from aboveboard.checks.leaks.text import an, lowered, mask, shape, words
from aboveboard.errors import Severity

_LINK = re.compile(
    r"(?:https?|slack|msteams)://(?P<host>[A-Za-z0-9.-]{1,253})(?::\d{1,5})?(?P<path>[^\s<>\"'`)\]|]{0,400})"
)

_INTERNAL = re.compile(
    r"(?<![A-Za-z0-9_.$%*@-])(?P<at>[A-Za-z0-9._%+-]{1,64}@)?"
    r"(?P<labels>(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,7})"
    r"(?P<top>internal|local|localdomain|lan|corp|intranet|intra|svc|consul|home\.arpa)"
    r"(?P<after>\.?(?![A-Za-z0-9_(.-])(?::\d{2,5}|/)?)",
    re.IGNORECASE,
)
_IN_LINK = re.compile(r"://(?:[^\s/@]{1,100}@)?\Z")
_INTERNAL_SIGNS = (".internal", ".local", ".lan", ".corp", ".intra", ".svc", ".consul", ".home.arpa")
_NODE = re.compile(r"(?<![A-Za-z0-9.-])ip-(?:10|172|192)(?:-\d{1,3}){3}(?![A-Za-z0-9.-])")
# What every machine of its kind has is nobody's pointer.
_EVERYBODYS = re.compile(
    r"(?:host|gateway|kubernetes)\.docker\.internal|localhost\.localdomain|metadata\.google\.internal|kubernetes\.default\.svc"
    r"(?:\.cluster\.local)?",
    re.IGNORECASE,
)
# Words before the dot that make it a file, a package or a member of something: `.env.local`, `com.acme.internal`.
_NO_HOST = words(
    "com org net io java javax sun jdk android androidx kotlin scala golang self this window config "
    "settings module exports process os threading env appsettings application compose docker-compose "
    "thread global example var std zone package pkg lib src crate cls obj ctx state data options props"
)

_IPV4 = re.compile(r"(?P<ip>\d(?<![\w.-].)\d{0,2}(?:\.\d{1,3}){3})(?P<size>/\d{1,2})?(?![\w-]|\.\d)")
_IPV6 = re.compile(r"[fF](?<![\w:.].)[cde][0-9a-f]{2}:[0-9a-f:]{2,39}(?![\w:])", re.IGNORECASE)
# Of a text without these the two patterns find nothing that is an address.
_IPV4_SIGNS = (".0.0", ".00.0", ".000.0")
_TWO_COLONS = re.compile(r":[0-9A-Fa-f]{0,4}:")
_VERSION = re.compile(r"(?i)(?:version|release|build|v|upgrade[sd]? to|update[sd]? to|==?|>=|<=|~|\^)\s{0,2}\Z")
_PRIVATE = [ipaddress.ip_network(n) for n in (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "fc00::/7", "fe80::/10",
)]  # fmt: skip
_WELL_KNOWN = {"169.254.169.254", "169.254.170.2", "10.0.0.0", "172.16.0.0", "192.168.0.0", "169.254.0.0",
    "100.64.0.0",
               "172.17.0.1", "169.254.169.253", "fe80::1", "fd00:ec2::254", "fe80::", "fc00::",
               "fd00::"}  # fmt: skip

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ACCOUNTS = (
    ("AWS account", ("arn:aws",), re.compile(r"arn:aws[a-z-]{0,10}:[a-z0-9-]{0,30}:[a-z0-9-]{0,20}:"
                                             r"(?P<id>\d{12})\b")),
    ("AWS account", ("ccount",), re.compile(r"(?i)account[ _-]?(?:id|number|no\.?|)[\"'`* ]{0,3}(?:[:=(#]|is|"
                                            r"of)?[\"'`* ]{0,3}(?P<id>\d{4}-?\d{4}-?\d{4})(?![\w-]|\.\d)")),
    ("AWS account", (".amazonaws.com", ".signin.aws"), re.compile(r"(?<!\w)(?P<id>\d{12})(?=\.dkr\.ecr\.|"
            r"\.signin\.aws\.)")),
    ("AWS account", (".amazonaws.com/",), re.compile(r"\bsqs\.[a-z0-9-]{5,20}\.amazonaws\.com/(?P<id>\d{12})\b")),
    ("Azure subscription", ("ubscription",),
        re.compile(rf"(?i)subscriptions?(?:[ _-]?id)?[\"'`* ]{{0,3}}[:=/ ][\"'`* ]{{0,3}}(?P<id>{_UUID})")),
    ("Azure tenant", ("enant", "ENANT"),
        re.compile(rf"(?i)tenants?(?:[ _-]?id)?[\"'`* ]{{0,3}}[:=/ ][\"'`* ]{{0,3}}(?P<id>{_UUID})")),
    ("Google Cloud project", ("projects/",), re.compile(r"\bprojects/(?P<id>\d{10,13})(?=/)")),
    ("Google service account", (".gserviceaccount.com",), re.compile(r"(?P<id>[a-z0-9-]{1,40}@[a-z0-9.-]{1,"
            r"60}\.gserviceaccount\.com)")),
    ("Twilio account", ("AC",), re.compile(r"(?<![A-Za-z0-9])(?P<id>AC[0-9a-f]{32})(?![A-Za-z0-9])")),
)  # fmt: skip
# Those whose number has at least eight digits in a row, or four and four.
_NUMBERED = ("AWS account", "Google Cloud project")
_EXAMPLE_ACCOUNTS = (
    "123456789012",
    "111122223333",
    "444455556666",
    "012345678901",
    "000000000000",
    "111111111111",
)


Pointer = tuple[int, str, Severity | None]


def find_links(text: str) -> Iterator[Pointer]:
    """Yield the links that need a sign-in: offset, message, and a severity where it is not the rule's."""
    for match in _LINK.finditer(text) if "://" in text else ():
        for what, path_is in _places(match["host"].lower()):
            if path_is.search(match["path"]):
                message = f"this link ({what}) wants a sign-in: say what is there, or link to a public copy"
                yield match.start(), message, None
                break


@lru_cache(maxsize=512)
def _places(host: str) -> list[tuple[str, re.Pattern[str]]]:
    if host.startswith("example."):
        return []
    return places_at(host)


def find_hosts(text: str) -> Iterator[Pointer]:
    """Yield the names of machines inside a network."""
    low = lowered(text)
    if any(sign in low for sign in _INTERNAL_SIGNS):
        for match in _INTERNAL.finditer(text):
            if _is_host(match, text):
                name = match["labels"] + match["top"]
                shown = f"\u2026.{match['top'].lower()} ({len(name)} characters)"
                message = f"{shown} is a name inside your network: say what it is for instead"
                yield match.start("labels"), message, None
    for match in _NODE.finditer(text) if "ip-1" in text else ():
        if not text.startswith((".ec2.internal", ".internal"), match.end()):
            message = "ip-\u2026 is the name of a machine inside your network: say what it is for instead"
            yield match.start(), message, None


def find_private_addresses(text: str) -> Iterator[Pointer]:
    """Yield private and link-local addresses of machines; whole ranges and what every cloud has are none."""
    last = ("", -1)
    may_be = ((_IPV4, any(sign in shape(text) for sign in _IPV4_SIGNS)), (_IPV6, _TWO_COLONS.search(text)))
    for pattern, signed in may_be:
        for match in pattern.finditer(text) if signed else ():
            value = match["ip"] if pattern is _IPV4 else match[0]
            if not _is_private(value) or _VERSION.search(text, max(0, match.start() - 14), match.start()):
                continue
            # A log line says one address again and again.
            said, last = last, (value, match.end())
            if said[0] == value and "\n" not in text[said[1] : match.start()]:
                continue
            first = value.partition("." if pattern is _IPV4 else ":")[0]
            message = (
                f"{first}\u2026 ({len(value)} characters) is a private address: leave it out, or use 192.0.2.1"
            )
            yield match.start(), message, None


def find_accounts(text: str) -> Iterator[Pointer]:
    """Yield numbers of cloud accounts, where the text says that they are."""
    numbered = "00000000" in shape(text) or "0000-0000" in shape(text)
    for what, signs, pattern in _ACCOUNTS:
        if (what in _NUMBERED and not numbered) or not any(sign in text for sign in signs):
            continue
        for match in pattern.finditer(text):
            value = match["id"]
            if value.replace("-", "") in _EXAMPLE_ACCOUNTS:
                message = "this account number is one used in examples: fine if nobody takes it for a real one"
                yield match.start("id"), message, Severity.INFO
            else:
                yield match.start("id"), f"{mask(value)} is the id of {an(what)}: leave it out", None


def _is_host(match: re.Match[str], text: str) -> bool:
    """Tell a name of a machine from a file, a package or a member: `.env.local`, `com.acme.internal`."""
    labels = match["labels"].rstrip(".").lower().split(".")
    top, name = match["top"].lower(), (match["labels"] + match["top"]).lower()
    if _EVERYBODYS.fullmatch(name) or not any(c.isalpha() for c in labels[-1]):
        return False
    if _IN_LINK.search(text, max(0, match.start() - 104), match.start()) or match["at"]:
        return True
    if text.startswith("/", match.start() - 1) or labels[0] in _NO_HOST or labels[-1] in _NO_HOST:
        return False
    if ":" in match["after"] or len(labels) > 1 or top in ("internal", "corp", "lan", "localdomain", "intranet"):
        return True
    return top != "svc" and any(c in "-0123456789" for c in labels[0])


def _is_private(value: str) -> bool:
    try:
        address = ipaddress.ip_address(value)
    except ValueError:
        return False
    return value.lower() not in _WELL_KNOWN and any(address in network for network in _PRIVATE)
