"""Credentials in requests: addresses with a password, authorisation headers, cookies, `curl -u`."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from aboveboard.checks.leaks.text import Secret, is_keyish, is_random, is_stand_in, words

URL, HEADER = "LK003", "LK004"

_URL = re.compile(
    r"(?<![a-zA-Z0-9+.-])[a-zA-Z][a-zA-Z0-9+.-]{1,30}://(?P<user>[^\s:/?#@\"'<>`]{0,128}):"
    r"(?P<secret>[^\s/?#@\"'<>`]{1,256})@"
)
# What every match of it has. No pattern is looked for at every letter of a text that has an address in it.
_URL_SIGN = re.compile(r"://[^\s/?#@\"'<>`]{1,385}@")
_HEADER = re.compile(
    r"(?:authorization|\bx-[a-z]{2,20}-auth)[\"'`]{0,2}[ \t]{0,4}(?:[:=]|=>|,)[ \t]{0,4}[\"'`]{0,2}"
    r"(?:(?P<scheme>bearer|basic|token|apikey|api-key|bot|negotiate|key|splunk|genie[kK]ey|sso-key)[ \t=]{1,4})?"
    r"(?P<secret>[A-Za-z0-9+/=._~:-]{8,2000})",
    re.IGNORECASE,
)
_BEARER = re.compile(r"\bbearer[ \t]{1,4}[\"'`]?(?P<secret>[A-Za-z0-9+/=._~-]{16,2000})", re.IGNORECASE)
_COOKIE = re.compile(
    r"cookie:[ \t]{1,4}(?:[\w.-]{1,60}=[^;\s]{0,200};[ \t]?){0,20}?"
    r"[\w.-]{0,40}(?:sess|sid|auth|token|jwt|remember)[\w.-]{0,40}=(?P<secret>[A-Za-z0-9+/=._~%:-]{16,2000})",
    re.IGNORECASE,
)
_CURL = re.compile(
    r"\bcurl\b[^\n]{0,300}?[ \t](?:-u|--user)[ =]?[\"']?[^\s:\"']{1,80}:(?P<secret>[^\s\"']{4,128})"
)
_SIGNS = (
    # The letter behind `author` may be one that only looks like an i to a pattern.
    (("authorization", "author\u0131zation", "author\u0130zation", "-auth"), _HEADER),
    (("bearer",), _BEARER),
    (("cookie:",), _COOKIE),
    (("curl",), _CURL),
)
_NO_PASSWORD = words(
    "password pass passwd pwd pw secret token user username name root admin postgres mysql guest changeme "
    "test key apikey port host mypassword mysecretpassword anoncvs anonymous x-oauth-basic"
)


def in_urls(text: str) -> Iterator[Secret]:
    """Yield the passwords in addresses, defaults and stand-ins apart."""
    for match in _URL.finditer(text) if _URL_SIGN.search(text) else ():
        value = match["secret"]
        is_default = len(value) < 4 or value.lower() in _NO_PASSWORD or value.lower() == match["user"].lower()
        if (
            is_default
            or is_stand_in(value)
            or value.startswith(("$", "%s", "%(", "%{", "{", "(", ":"))
            or (value.isdigit() and len(value) < 6)
        ):
            continue
        yield Secret(match.start("secret"), match.end("secret"), URL, "password in an address", value)


def in_headers(text: str, low: str) -> Iterator[Secret]:
    """Yield what authorisation headers, cookies and `curl -u` carry; `low` is the text in lower case."""
    for signs, pattern in _SIGNS:
        for match in pattern.finditer(text) if any(sign in low for sign in signs) else ():
            value = match["secret"].rstrip(".:")
            if is_stand_in(value):
                continue
            if pattern is _CURL:
                fine = value.startswith(("$", "{", "%")) or value.lower() in _NO_PASSWORD
            elif pattern is _HEADER and (match["scheme"] or "").lower() == "basic":
                fine = not _is_basic(value)
            else:
                fine = not (is_keyish(value) if pattern is not _BEARER else is_random(value))
            if not fine:
                what = "session cookie" if pattern is _COOKIE else "authorisation header"
                yield Secret(match.start("secret"), match.start("secret") + len(value), HEADER, what, value)


def _is_basic(value: str) -> bool:
    try:
        user, colon, password = (
            base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode().partition(":")
        )
    except (binascii.Error, ValueError):
        return False
    return (
        bool(colon and password) and password.lower() not in _NO_PASSWORD and not is_stand_in(f"{user}:{password}")
    )
