"""The preview: made page by page, marked for writers, and never older than what lies in the project."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from aboveboard.engine.ledger import Row
from aboveboard.engine.preview import Preview
from aboveboard.engine.workshop import Piece, Workshop
from tests.conftest import CONFIG, INCIDENT, WEEKNOTE, Site, entry
from tests.showcase import fill

COMMAND = Path(sys.executable).with_name("aboveboard")
NOTE = "weeknotes/2026-w47-platform.md"
NOTE_PAGE = "weeknotes/2026-w47-platform/index.html"
PATIENCE = 20.0


def preview_of(site: Site, folder: Path) -> Preview:
    preview = Preview(site.project, folder, "http://127.0.0.1:8000/", lambda line: None)
    preview.load()
    preview.refresh()
    return preview


def shown(preview: Preview, dest: str) -> str:
    preview.make(dest)
    path = preview.folder / dest
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def edit(site: Site, path: str, change: Callable[[str], str]) -> None:
    site.write(path, change(site.read(f"content/{path}")))


EDITS: dict[str, Callable[[Site], object]] = {
    "a word": lambda site: edit(site, "weeknotes/2026-w47-pay.md", lambda text: f"{text}\nA word more.\n"),
    "a title": lambda site: edit(site, "incidents/2026-01-05-slow.md", lambda text: re.sub("title: .*", "title: Slower", text)),
    "a tag": lambda site: edit(site, "incidents/2026-01-05-slow.md", lambda text: text.replace("---\n", "---\ntags: [new]\n", 1)),
    "a draft": lambda site: site.write("incidents/2026-11-21-new.md", entry(f"{INCIDENT}\ndraft: true")),
    "a broken entry": lambda site: site.write("incidents/2026-11-22-broken.md", "---\ntitle: [\n---\n"),
    "a register": lambda site: site.write("registers/teams.yml", "- slug: platform\n  name: The platform\n"),
    "a picture": lambda site: (site.root / "content/weeknotes/2026-w43-platform/square.png").write_bytes(b"other"),
    "a page": lambda site: site.write("about.md", "# About us\n\nAnother text.\n"),
    "less": lambda site: (site.root / "content/incidents/2026-01-05-slow.md").unlink(),
}  # fmt: skip


def test_after_every_edit_it_shows_what_a_new_preview_would(site: Site, tmp_path: Path) -> None:
    fill(site)
    warm = preview_of(site, tmp_path / "warm")
    pages = [*sorted(warm._by_dest), "weeknotes/2026-w43-platform/square.png"]
    assert len(pages) > 100
    for dest in pages:
        warm.make(dest)
    for number, (name, change) in enumerate(EDITS.items()):
        change(site)
        warm.refresh()
        new = preview_of(site, tmp_path / f"new{number}")
        for dest in {*pages, *new._by_dest}:
            assert shown(warm, dest) == shown(new, dest), f"{name}: {dest}"


def test_a_word_more_makes_one_page_when_it_is_asked_for(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(site)
    preview = preview_of(site, tmp_path / "shown")
    finished: list[str] = []
    finish = Workshop.finish

    def noted(shop: Workshop, piece: Piece) -> tuple[str, Row]:
        finished.append(piece.name)
        return finish(shop, piece)

    monkeypatch.setattr(Workshop, "finish", noted)
    dest = "weeknotes/2026-w47-pay/index.html"
    for _ in range(2):
        shown(preview, dest)
        shown(preview, "index.html")
    assert sorted(finished) == ["index.md", "weeknotes/2026-w47-pay.md"]
    EDITS["a word"](site)
    preview.refresh()
    assert "A word more." in shown(preview, dest)
    shown(preview, "index.html")
    assert len(finished) == 3


def test_it_leaves_the_next_build_of_the_process_alone(site: Site, tmp_path: Path) -> None:
    site.write("incidents/2026-11-20-soon.md", entry(f"{INCIDENT}\ndraft: true"))
    assert "2026-11-20-soon" in shown(preview_of(site, tmp_path / "shown"), "incidents/2026-11-20-soon/index.html")
    build(load_config(str(site.root / "mkdocs.yml"), site_dir=str(tmp_path / "out")))
    assert not (tmp_path / "out/incidents/2026-11-20-soon").exists()


@pytest.fixture
def served(site: Site) -> Iterator[Callable[[str], str]]:
    """A preview in a process of its own, and how to ask it for a page: what it answers, "404" where it has none."""
    site.write(NOTE, entry(WEEKNOTE, "First words.\n"))
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    process = subprocess.Popen(
        [COMMAND, "-C", str(site.root), "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )

    def ask(path: str) -> str:
        try:
            with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except HTTPError as error:
            return str(error.code)
        except OSError:
            return ""

    try:
        wait_for(lambda: "</html>" in ask(""))
        yield ask
    finally:
        process.terminate()
        process.communicate()


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def test_what_is_saved_is_served(site: Site, served: Callable[[str], str]) -> None:
    page = NOTE_PAGE.removesuffix("index.html")
    assert "First words." in served(page)
    site.write(NOTE, entry(WEEKNOTE, "Second words.\n"))
    wait_for(lambda: "Second words." in served(page))
    site.write(NOTE, entry(f"title: Our week\n{WEEKNOTE}"))
    wait_for(lambda: "Our week" in served("weeknotes/"))
    site.write("incidents/2026-11-20-soon.md", entry(f"{INCIDENT}\ndraft: true"))
    wait_for(lambda: "The public does not see this page" in served("incidents/2026-11-20-soon/"))
    (site.root / "content/incidents/2026-11-20-soon.md").unlink()
    wait_for(lambda: served("incidents/2026-11-20-soon/") == "404")
    site.write("/theme/partials/ab-footer.html", "<footer>One</footer>")
    site.write("/mkdocs.yml", CONFIG.replace("Try", "Tried").replace("material", "material, custom_dir: theme"))
    wait_for(lambda: "<title>Tried</title>" in served(""))
    assert "<footer>One</footer>" in served("")


def test_it_reloads_what_a_browser_has_open(served: Callable[[str], str]) -> None:
    assert "livereload(" in served("")


def test_a_plugin_that_changes_pages_is_left_to_mkdocs(site: Site) -> None:
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[aboveboard, search]"))
    site.write(NOTE, entry(WEEKNOTE, "Words.\n"))
    result = site.run("build")
    assert "everything was made, as always: the plugin material/search may change any page" in result.stderr
    assert "Words." in site.read(f"site/{NOTE_PAGE}")
