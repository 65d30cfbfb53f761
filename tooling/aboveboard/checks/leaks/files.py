"""LK030 to LK033: what attachments give away. Pictures by their metadata, text files by their text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath

from aboveboard.checks.leaks.images import traces
from aboveboard.checks.leaks.numbers import find_cards, find_identifiers, find_phones
from aboveboard.checks.leaks.personal import find_addresses, is_registered
from aboveboard.checks.leaks.pointers import find_accounts, find_hosts, find_links, find_private_addresses
from aboveboard.checks.leaks.secrets import find_secrets
from aboveboard.checks.leaks.text import REVOKE, an, mask
from aboveboard.checks.rule import Context, Finding, library_rule
from aboveboard.content.registers import FOLDER as REGISTERS
from aboveboard.content.registers import RECORDS
from aboveboard.content.text import Lines
from aboveboard.errors import Position, Severity

MAX_TEXT, MAX_IMAGE = 2_000_000, 50_000_000
IMAGES = frozenset(
    [".jpg", ".jpeg", ".jpe", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".gif", ".dng"]
)
_BINARY = frozenset([".pdf", ".zip", ".gz", ".xz", ".bz2", ".7z", ".mp4", ".mov", ".webm", ".mp3", ".woff",
    ".woff2",
                     ".ttf", ".otf", ".ico", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".parquet",
                     *IMAGES])  # fmt: skip
_MOST = 20


@library_rule("LK030", Severity.WARNING)
def a_picture_tells_no_place_or_author(context: Context) -> Iterator[tuple[str, Finding]]:
    """A camera writes where it stood and whose it is into every picture; readers can read it too.

    Authors whom the register of people names are let through.

    Bad: a photograph of the whiteboard, straight from a telephone
    Good: the same, saved without metadata
    """
    known = {person.name.casefold() for person in context.library.registers.people.values()}
    organisation = context.library.project.settings.organisation or ""
    for path in context.library.attachments:
        if PurePosixPath(path).suffix.lower() not in IMAGES:
            continue
        found = traces(_read(context, path, MAX_IMAGE))
        told = []
        if any(what == "place" for what, _ in found):
            told.append("where it was taken")
        if any(
            what == "author" and name.casefold() not in {*known, organisation.casefold()} for what, name in found
        ):
            told.append("who made it")
        if told:
            message = (
                f"this picture tells {' and '.join(told)} in its metadata: save it without (exiftool -all= FILE)"
            )
            yield path, Finding(Position(), message)


@library_rule("LK031", Severity.ERROR)
def an_attachment_has_no_secret(context: Context) -> Iterator[tuple[str, Finding]]:
    """A log or a configuration file pasted beside a report is where secrets are found most often.

    Bad: `debug.log` with the headers of every request
    Good: the ten lines that matter, tokens cut out
    """
    registers = [f"{REGISTERS}/{name}.yml" for name in RECORDS]
    for path in [*context.library.attachments, *registers]:
        text = _text(context, path)
        lines = Lines(text)
        for secret in find_secrets(text)[:_MOST]:
            message = f"this looks like {an(secret.name)}, {mask(secret.value)}: {REVOKE}"
            yield path, Finding(lines.position(secret.start), message)


@library_rule("LK032", Severity.WARNING)
def an_attachment_has_no_personal_data(context: Context) -> Iterator[tuple[str, Finding]]:
    """An export of data has a column with people in it more often than anyone expects.

    Bad: `users.csv` with addresses and telephone numbers
    Good: the same with that column dropped
    """
    for path in context.library.attachments:
        text = _text(context, path)
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
                yield path, Finding(Lines(text).position(min(starts)), message)


@library_rule("LK033", Severity.WARNING)
def an_attachment_leads_to_nothing_internal(context: Context) -> Iterator[tuple[str, Finding]]:
    """Logs name every machine and address they came by.

    Bad: `trace.log` with the names and addresses of machines inside
    Good: the same with `host1` and `192.0.2.1` put in their places
    """
    for path in context.library.attachments:
        text = _text(context, path)
        for what, pointers in (
            ("link the public cannot open/links the public cannot open", find_links(text)),
            ("internal host name/internal host names", find_hosts(text)),
            ("private address/private addresses", find_private_addresses(text)),
            ("cloud account/cloud accounts", find_accounts(text)),
        ):
            starts = [start for start, _, severity in pointers if severity is None]
            if starts:
                message = f"{_count(what, starts)}: put something general in its place"
                yield path, Finding(Lines(text).position(min(starts)), message)


def _count(what: str, starts: list[int]) -> str:
    one, many = what.split("/")
    return (
        f"1 {one} in this file" if len(starts) == 1 else f"{len(starts)} {many} in this file, the first one here"
    )


def _read(context: Context, path: str, most: int) -> bytes:
    try:
        with (context.library.project.content / path).open("rb") as file:
            return file.read(most)
    except OSError:
        return b""


def _text(context: Context, path: str) -> str:
    """Return the text of an attachment, its first two megabytes; of what is no text, nothing."""
    if PurePosixPath(path).suffix.lower() in _BINARY:
        return ""
    data = _read(context, path, MAX_TEXT)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return "" if b"\0" in data[:8192] else data.decode("utf-8", "replace").removeprefix("\ufeff")
