"""A secret that only the name beside it gives away: `password=…`, `DATADOG_API_KEY: …`, `--token …`.

A password may be short, if nothing else is written like it; anything else has to look random.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aboveboard.checks.leaks.text import is_keyish, is_random, is_stand_in, lowered

_PROVIDERS = (
    "datadog|fastly|cloudflare|vercel|linkedin|heroku|postmark|twilio|okta|auth0|algolia|pagerduty|opsgenie|"
    "honeycomb|rollbar|bugsnag|codecov|travis|snyk|linode|vultr|hetzner|dd|circleci|splunk|mailjet|zendesk|"
    "intercom|segment|mixpanel|amplitude|cohere|mistral|openai|wandb|deepl|giphy|trello|jira|azure|aws|gcp|"
    "confluent|kafka|redis|mongo|rabbitmq|elastic|kibana|grafana|sentry|jenkins|sonar|nexus|artifactory|"
    "notify|stripe|paypal|adyen|klarna|shopify|etsy|dropbox|box|slack|discord|twitter|facebook|instagram"
)
_KEYS = (
    "api|access|account|secret|private|signing|encryption|master|auth|app|application|service|storage|admin|"
    "deploy|shared|shared[_ -]?access|licen[cs]e|hmac|jwt|cipher|encryption|decryption|webhook|session|ingest|"
    "write|server|webhook[_ -]?signing|primary[_ -]?access"
)
# Searched in the text with its letters in lower case.
_NAME = re.compile(
    r"passw(?:or)?d|passphrase|passcode|\bpwd|_pwd|"
    r"secret(?:[_ .-]?access)?[_ .-]?key(?:[_-]base)?|secret|"
    rf"(?:{_KEYS})[_ .-]?key|(?:{_PROVIDERS})[_ .-](?:[a-z]{{2,12}}[_ .-])?key|"
    r"credentials?|token"
)
_SIGNS = ("passw", "passphrase", "passcode", "pwd", "secret", "key", "credential", "token")
_NO_SECRET = re.compile(
    r"(?:csrf|xsrf|next|page|paging|pagination|continuation|sync|cancel\w*|public|publishable|idempotency|"
    r"cursor|sitekey|site)[_ .-]?(?:auth[_ .-]?)?$"
)
_SUFFIX = r"(?:[_-](?:value|prod|production|live|test|staging|dev|v?\d{1,2}|primary|secondary|b64|base64))?"
_OPEN = r"[\"'`*_\]]{0,4}"
_SEPARATOR = re.compile(
    rf"{_SUFFIX}{_OPEN}(?:"
    r"[ \t]{0,20}(?P<assigned>=>|:=|==?|::?)[ \t]{0,20}(?:[|>][+-]?[ \t]{0,4})?(?:\r?\n[ \t>]{1,20})?"
    r"|(?P<call>[ \t]?(?:,|\()[ \t]{0,4})(?=[\"'])"
    r"|(?P<said>[ \t]{1,4}(?:(?:is|was|of|to|as|value|named|called)[ \t]{1,4}(?:now[ \t])?)?|[ \t]?\()"
    r"(?:\r?\n[ \t>]{0,20})?"
    r"|(?P<cell>[ \t]{0,40}\|[ \t]{0,40})"
    r"|(?P<element>>|(?:[\"'][ \t]{1,4}value=))"
    r")"
)
_VALUE = re.compile(
    r"(?P<open>\\?[\"']|[`*]{1,3}|)(?:(?:bearer|token|basic)[ \t])?"
    r"(?:(?<=[\"'])(?P<quoted>[^\"'\s\\]{4,300})(?=\\?[\"'])|(?P<bare>[^\s\"'`<>,;|\\&]{4,300}))",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"^[$%@&({\[<~/.#!]|\$\(|\(\)|\w\(|^(?:https?|arn|vault|ref|op|secret|file|env|ssm)[:+]|->|::|"
    r"^(?:os|process|env|config|self|this|settings|vars?|secrets?|data|local|module|params?|request|ctx|"
    r"props)[.\[]|"
    r"^(?:sha\d{1,3}|md5|bcrypt|scrypt|argon2|pbkdf2|enc|sealed)[-:$_\[]|\.(?:png|jpe?g|svg|json|ya?ml|txt|"
    r"md|html?|js|ts|py|pem|"
    r"key|crt|log|sh|go|rb|java)$",
    re.IGNORECASE,
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NO_PASSWORD = re.compile(
    r"(?:sha|md|aes|rsa|utf|base|argon|ipv|oauth|saml|http|tls|ssl|pbkdf|hs|rs|es|ed|k8s|ntlmv?|v|version|"
    r"step|part|phase|level|user|field|column|line|option|note|figure|table|test|input|arg|var)[-_]?\d{1,"
    r"5}[a-z]{0,3}"
    r"|\d+[-_]?[a-z]+|[a-z]+(?:[-_./][a-z0-9]+)+|[\w.+-]+@[\w-]+\.[\w.-]+|[\d.:/-]+(?:[tz].*)?|b?crypt\d?",
    re.IGNORECASE,
)


_OWNED = re.compile(r"(?:[_-]|auth|access|api|bot|server|client|refresh|bearer)$")


_SHORT_WORDS = re.compile(r"[a-z]{8}|[A-Z]{8}|[(){}<>/.]|\d{8}")


@dataclass(frozen=True, slots=True)
class Named:
    """A value beside a secret-like name; `name` in lower case, as the pattern has it."""

    name: str
    start: int
    value: str


def find_named(text: str) -> Iterator[Named]:
    """Yield the values beside secret-like names, in order."""
    low = lowered(text)
    if not any(sign in low for sign in _SIGNS):
        return
    end = 0
    for name in _names(low):
        if name.start() < end:
            continue
        separator = _SEPARATOR.match(low, name.end())
        if separator is None or _NO_SECRET.search(low, max(0, name.start() - 20), name.start()):
            continue
        value = _VALUE.match(text, separator.end())
        if value is None:
            continue
        if value.end() - value.start() > 290:
            end = value.end()
            continue
        group = "quoted" if value["quoted"] else "bare"
        found = value[group] if group == "quoted" else value["bare"].rstrip(".,:;!?)]}*_`")
        if _is_secret(name[0], separator, value["open"], found, low[max(0, name.start() - 30) : name.start()]):
            yield Named(name[0], value.start(group), found)


def _names(low: str) -> Iterator[re.Match[str]]:
    """Yield the secret-like names of a text; only lines with a sign of one are searched."""
    start = 0
    while start <= len(low):
        signs = [at for sign in _SIGNS if (at := low.find(sign, start)) >= 0]
        if not signs:
            return
        at = min(signs)
        end = low.find("\n", at)
        end = len(low) if end < 0 else end
        yield from _NAME.finditer(low, low.rfind("\n", 0, at) + 1, end)
        start = end + 1


def _is_secret(name: str, separator: re.Match[str], opened: str, value: str, before: str) -> bool:
    if len(value) < 6 or is_stand_in(value):
        return False
    if opened and _is_noise(value) and not _UUID.fullmatch(value):
        return True
    if _CODE.search(value):
        return False
    assigned = bool(separator["assigned"] or separator["call"] or separator["element"])
    if _UUID.fullmatch(value):
        # A bare `token:` may well be an identifier of something; a key of an interface is not.
        return assigned and (name not in ("token", "credential", "secret") or _OWNED.search(before) is not None)
    if name.startswith(("passw", "passphrase", "passcode", "pwd", "_pwd")):
        told = assigned or bool(opened) or before.endswith("--") or "login " in before
        return _is_password(value, strict=not told or bool(separator["cell"]))
    if assigned or before.endswith("--"):
        return is_keyish(value, told=bool(opened) or separator[0].endswith("="))
    if name not in ("token", "secret", "credential", "credentials"):
        return is_random(value)
    return len(value) >= 20 and is_random(value)


def _is_noise(value: str) -> bool:
    """Tell whether a value is as long and as full of signs as only a generator makes it."""
    signs = sum(c in "!@#$%^&*+=-_~?" for c in value)
    return (
        len(value) >= 24
        and signs >= 4
        and sum(c.isdigit() for c in value) >= 2
        and _SHORT_WORDS.search(value) is None
    )


def _is_password(value: str, strict: bool) -> bool:
    """Tell whether a value is like a password: letters with digits or signs, and no word or measure."""
    if _NO_PASSWORD.fullmatch(value) and not is_random(value):
        return False
    letters = any(c.isalpha() for c in value)
    kinds = [
        any(c.islower() for c in value),
        any(c.isupper() for c in value),
        any(c.isdigit() for c in value),
        any(c in "!@#$%^&*?~+=" for c in value[:-1]),
    ]
    if strict:
        return letters and sum(kinds) >= 3 and kinds[2] and len(value) >= 8
    return letters and (kinds[2] or kinds[3]) and sum(kinds) >= 2
