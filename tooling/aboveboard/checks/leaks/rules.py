"""LK: what must not be published. Secrets here; people, internal places and files in the rooms beside."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.checks.context import Context
from aboveboard.checks.leaks import files, internal, personal  # noqa: F401  registers their rules
from aboveboard.checks.leaks.secrets import find_secrets
from aboveboard.checks.leaks.text import REVOKE, an, mask
from aboveboard.checks.rule import Document, Finding, document_rule
from aboveboard.errors import Severity


@document_rule("LK001", Severity.ERROR)
def no_private_key_is_published(document: Document, context: Context) -> Iterator[Finding]:
    """Whoever has the private key is you, on every machine and in every message that trusts it.

    Bad: `-----BEGIN … PRIVATE KEY-----` and the lines of the key
    Good: the fingerprint of its public half
    """
    yield from _found(document, "LK001")


@document_rule("LK002", Severity.ERROR)
def no_token_is_published(document: Document, context: Context) -> Iterator[Finding]:
    """Machines look for tokens in public pages and try them within minutes.

    Bad: `ghp_…` with all its characters, in a pasted command
    Good: `ghp_…`, or `$TOKEN`
    """
    yield from _found(document, "LK002")


@document_rule("LK003", Severity.ERROR)
def no_address_carries_a_password(document: Document, context: Context) -> Iterator[Finding]:
    """A connection string is an address and the key to it.

    Bad: `postgres://app:…@db.example.org/main` with the password where the dots are
    Good: `postgres://app:<password>@db.example.org/main`
    """
    yield from _found(document, "LK003")


@document_rule("LK004", Severity.ERROR)
def no_header_carries_a_credential(document: Document, context: Context) -> Iterator[Finding]:
    """A pasted request is often pasted with the header or cookie that lets anyone send it again.

    Bad: `Authorization: Bearer …` with the token where the dots are
    Good: `Authorization: Bearer $TOKEN`
    """
    yield from _found(document, "LK004")


@document_rule("LK005", Severity.ERROR)
def no_secret_stands_beside_its_name(document: Document, context: Context) -> Iterator[Finding]:
    """A password or key has no shape of its own; the name beside it tells what it is.

    Bad: `DB_PASSWORD=…` with its value
    Good: `DB_PASSWORD=<from the vault>`
    """
    yield from _found(document, "LK005")


def _found(document: Document, code: str) -> Iterator[Finding]:
    for secret in find_secrets(document.matter.text):
        if secret.code == code:
            message = f"this looks like {an(secret.name)}, {mask(secret.value)}: {REVOKE}"
            yield Finding(document.matter.lines.position(secret.start), message)
