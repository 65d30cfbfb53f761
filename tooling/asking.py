"""Ask a plain server for every address of a site, as a crawler would, without anything of ours."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

URL_OF_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)")


@contextmanager
def plain_server(folder: Path) -> Iterator[str]:
    """Serve a folder with `python -m http.server`; give the address of its root."""
    words = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            said = server.stdout.readline() if server.stdout else ""
            yield re.search(r"http://\S+/", said)[0].replace("0.0.0.0", "127.0.0.1")  # type: ignore[index]
        finally:
            server.terminate()


class Links(HTMLParser):
    """What a page links to (`links`), and what a browser fetches to show it (`parts`)."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if address := values.get("href"):
            shown = tag == "link" and values.get("rel") in ("stylesheet", "icon")
            (self.parts if shown else self.links).append(address)
        if address := values.get("src"):
            self.parts.append(address)


def ask_for_everything(root: str) -> tuple[int, list[str]]:
    """Follow every link from a site's home page that stays on its host.

    Return how many addresses answered, and what was wrong: an address without an answer, one outside of the
    site, and whatever a page would fetch from another host.
    """
    wrong: list[str] = []
    seen, left = {root}, [root]
    while left:
        address = left.pop()
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                kind, text = answer.headers.get_content_type(), answer.read().decode("utf-8", "replace")
        except urllib.error.URLError as error:
            wrong.append(f"{address}: {error}")
            continue
        links, parts = _addresses(kind, text)
        host = root.split("/")[2]
        for found in [*links, *parts]:
            target = urldefrag(urljoin(address, found)).url
            if target.split("/")[2:3] != [host]:
                wrong += [f"{address} fetches {target}"] if found in parts else []
            elif not target.startswith(root):
                wrong.append(f"{address} leads out of the site to {target}")
            elif target not in seen:
                seen.add(target)
                left.append(target)
    return len(seen), wrong


def _addresses(kind: str, text: str) -> tuple[list[str], list[str]]:
    if kind == "text/css":
        return [], [found for found in URL_OF_STYLE.findall(text) if not found.startswith("data:")]
    parser = Links()
    if kind == "text/html":
        parser.feed(text)
    return parser.links, [part for part in parser.parts if not part.startswith("data:")]
