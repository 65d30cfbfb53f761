"""Links to elsewhere: whether they still answer. Asked for on demand, politely, and remembered.

The only room that asks other people's servers; `web` is how.
"""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

from aboveboard.checks.reach.leads import host_of, is_local, scheme_of
from aboveboard.checks.reach.markup import read_markup
from aboveboard.checks.rule import Document, every_rule
from aboveboard.checks.waivers import find_waivers, without_waived
from aboveboard.content.files import replace_file, write_new
from aboveboard.content.library import Library
from aboveboard.engine.web import ask
from aboveboard.errors import Diagnostic, Position, Severity, UserError

CODE = "LN010"
GOOD_FOR, BAD_FOR = timedelta(days=7), timedelta(days=1)
HOSTS_AT_ONCE = 8
PAUSE = 1.0
# Where none of so many hosts answers, it is not they who are away.
ENOUGH_HOSTS = 3

# Ways to say "not by HEAD", whatever they mean elsewhere, and "not to you": the page may well be there.
_ASK_AGAIN = (400, 403, 404, 405, 406, 500, 501, 503)
_UNKNOWN = (401, 403, 407, 429, 451, 999)

Fetch = Callable[[str, str], int | str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one address: `wrong` is what is wrong with it; only what is `good` is kept for long.

    `heard`: whether any server answered.
    """

    wrong: str | None
    good: bool
    heard: bool = True


def external_diagnostics(library: Library, now: datetime, fetch: Fetch = ask) -> list[Diagnostic]:
    """Return a diagnostic for every link of a library to elsewhere that does not answer, in order.

    Asks the network for what `.aboveboard/links.json` does not know yet.
    """
    settings = library.project.settings
    if settings.rules.get(CODE) == "off":
        return []
    severity = Severity(settings.rules.get(CODE) or every_rule()[CODE].about.severity)
    cache = library.project.cache / "links.json"
    placed = [(d, url, position) for d in _documents(library) for url, position in external_urls(d)]
    answers = check_external((url for _, url, _ in placed), cache, now, fetch)
    prefix = library.project.relative(library.project.content)
    by_document: dict[str, list[Diagnostic]] = defaultdict(list)
    texts = {document.path: document.matter.text for document, _, _ in placed}
    for document, url, position in placed:
        if wrong := answers[url]:
            message = f"{_shown(url)} {wrong}: mend the link, or lead to a copy in a web archive"
            diagnostic = Diagnostic(f"{prefix}/{document.path}", position, CODE, severity, message)
            by_document[document.path].append(diagnostic)
    found = (without_waived(by_document[path], find_waivers(texts[path])) for path in by_document)
    return sorted({diagnostic for diagnostics in found for diagnostic in diagnostics})


def external_urls(document: Document) -> Iterator[tuple[str, Position]]:
    """Yield what a document links to on the web with its place: in the text, and in the front matter."""
    for path, value in _values(document.matter.values):
        if _is_asked(value) and not re.search(r"\s", value):
            yield value, document.matter.position(path)
    for item in read_markup(document.prose).targets:
        if _is_asked(item.target):
            yield item.target.strip(), item.position


def _is_asked(target: str) -> bool:
    return scheme_of(target) in ("http", "https") and not is_local(target) and host_of(target) != ""


def check_external(
    urls: Iterable[str],
    cache: Path,
    now: datetime,
    fetch: Fetch = ask,
    pause: Callable[[float], None] = time.sleep,
) -> dict[str, str | None]:
    """Return what is wrong with each address, None where it answers or will not say.

    One request at a time to a host, a second apart, up to eight hosts at once. Answers are kept in
    `cache`: good ones for seven days, others for one. `fetch` gives the status of one request, or
    the reason why there is none. Raises UserError where nobody at all can be reached.
    """
    wanted = {url: urldefrag(url).url for url in urls}
    known = _load(cache, now)
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in sorted(set(wanted.values()) - known.keys()):
        by_host[host_of(address)].append(address)
    if by_host:
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            for found in pool.map(lambda addresses: _ask_host(addresses, fetch, pause), by_host.values()):
                known |= {url: (now, answer) for url, answer in found.items()}
        asked = [known[address][1] for addresses in by_host.values() for address in addresses]
        if len(by_host) >= ENOUGH_HOSTS and not any(answer.heard for answer in asked):
            raise UserError(f"none of {len(by_host)} hosts can be reached: is this machine online?")
        _save(cache, known)
    return {url: known[address][1].wrong for url, address in wanted.items()}


def _ask_host(addresses: list[str], fetch: Fetch, pause: Callable[[float], None]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for index, address in enumerate(addresses):
        if index:
            pause(PAUSE)
        status = fetch(address, "HEAD")
        if status in _ASK_AGAIN:
            pause(PAUSE)
            status = fetch(address, "GET")
        answers[address] = _judge(status)
        if status == 429:
            # The host asks for quiet, and gets it.
            return answers | {left: _judge(status) for left in addresses[index + 1 :]}
    return answers


def _judge(status: int | str) -> Answer:
    if isinstance(status, str):
        return Answer(status, good=False, heard=False)
    if status in _UNKNOWN:
        return Answer(None, good=False)
    if status in (404, 410):
        return Answer("is gone" if status == 410 else "does not exist any more (404)", good=False)
    if 300 <= status < 400:
        return Answer("is forwarded and never arrives", good=False)
    return Answer(None, good=True) if status < 400 else Answer(f"answers with an error ({status})", good=False)


def _load(cache: Path, now: datetime) -> dict[str, tuple[datetime, Answer]]:
    """Return what is remembered and still counts; a cache that cannot be read is empty."""
    try:
        kept = json.loads(cache.read_text(encoding="utf-8"))
        return {url: entry for url, value in kept.items() if (entry := _read(value, now))}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _read(value: Any, now: datetime) -> tuple[datetime, Answer] | None:
    try:
        at = datetime.fromisoformat(value["at"])
        wrong, good = value["wrong"], value["good"] is True
        fresh = timedelta() <= now - at < (GOOD_FOR if good else BAD_FOR)
    except (KeyError, TypeError, ValueError):
        return None
    return (at, Answer(wrong, good)) if fresh and (wrong is None or isinstance(wrong, str)) else None


def _save(cache: Path, known: dict[str, tuple[datetime, Answer]]) -> None:
    kept = {
        url: {"at": at.isoformat(), "wrong": answer.wrong, "good": answer.good}
        for url, (at, answer) in sorted(known.items())
    }
    text = json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
    try:
        if cache.exists():
            replace_file(cache, text)
        else:
            write_new(cache, text)
    except OSError:
        # A folder that cannot be written to costs the memory, not the answer.
        return


def _documents(library: Library) -> list[Document]:
    return [*library.entries, *library.pages]


def _values(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _values(inner, (*path, key))


def _shown(url: str) -> str:
    """Return an address for a message: neither a password nor a query, where keys may stand."""
    parts = urlsplit(url)
    text = f"{parts.hostname}{parts.path}".rstrip("/")
    return text if len(text) <= 80 else f"{text[:79]}…"
