"""What a reader fetches before searching and for the first result, read off a real browser."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WORD = "boundary"
INDEX = {"ours": "/pagefind/", "material": "/search/"}


def is_measurable() -> bool:
    """Return whether a browser is here to measure with."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return False
    return shutil.which("chromium") is not None


def measure_search(name: str, site: Path) -> dict[str, float]:
    """Return bytes of the index fetched by the first page, and by then and the first result of a search.

    Bytes are those of the files: nothing is compressed on the way. `name` is `ours` or `material`. Without a
    result within a minute there is no figure.
    """
    from playwright.sync_api import TimeoutError as TooLong

    try:
        return _measure(name, site)
    except TooLong:
        return {}


def _measure(name: str, site: Path) -> dict[str, float]:
    asks = {"ours": _ask_ours, "material": _ask_material}[name]
    with _serving(site) as address, _browsing() as page:
        fetched: dict[str, int] = {}

        def note(answer: Response) -> None:
            path = answer.url.removeprefix(address.rstrip("/"))
            if INDEX[name] in path and not path.startswith("/search/?") and answer.ok:
                fetched[path] = (site / path.lstrip("/").split("?")[0]).stat().st_size

        page.on("response", note)
        page.goto(address, wait_until="networkidle")
        before = sum(fetched.values())
        asks(page, address)
        page.wait_for_load_state("networkidle")
        return {"search_before": before, "search_first": sum(fetched.values())}


def _ask_ours(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    page.locator("#ab-search input[type=search]").first.fill(WORD)
    page.keyboard.press("Enter")
    page.locator("#ab-search-results > li").first.wait_for(timeout=60_000)


def _ask_material(page: Page, _: str) -> None:
    # It listens to keys, so the word is typed key by key.
    page.locator(".md-search__input").press_sequentially(WORD, delay=30)
    page.locator(".md-search-result__item").first.wait_for(state="attached", timeout=60_000)


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    answer: Callable[..., _Silent] = functools.partial(_Silent, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _browsing() -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield chromium.new_page()
        chromium.close()
