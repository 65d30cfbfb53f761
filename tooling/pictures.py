"""Make the pictures of the README: what a terminal shows, and what becomes of the report that it prints.

python tooling/pictures.py          makes them all; the screenshots need Debian's chromium
python tooling/pictures.py --check  exits 1 where a terminal would show something else now

Nothing in them is drawn by hand: the commands are run in a project of made-up content, the report is the README's.
"""

from __future__ import annotations

import html
import os
import re
import shlex
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from aboveboard.cli import main

sys.path.insert(0, str(Path(__file__).parent))
from asking import plain_server

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDER = REPOSITORY / "content" / "pictures"
NAME = "Example Council"
REPORT = "incidents/2026-11-20-checkout-timeouts.md"
WIDTH, LINE, LETTER = 86, 20, 8.43
STYLE = (
    "text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;"
    "fill:#24292f;white-space:pre}"
    ".p{fill:#57606a}.c{font-weight:700}"
)

# What is typed, each with the instant it is typed at.
TERMINALS = {
    "terminal-night": (
        ("2026-11-20T02:08Z", 'new incident "Checkout timeouts"'),
        ("2026-11-20T02:09Z", 'incident mark started "half of all payments time out" --at 02:00'),
        ("2026-11-20T02:20Z", 'incident log "act: release 412 is rolled back"'),
        ("2026-11-20T02:41Z", 'incident mark mitigated "checkouts succeed again"'),
        ("2026-11-20T03:10Z", "incident mark resolved"),
    ),
    "terminal-friday": (
        ("2026-11-27T15:50Z", "new weeknote"),
        ("2026-11-27T15:55Z", "check --select BL"),
        ("2026-11-27T15:56Z", "due"),
    ),
}
BLAME = "\nThe on-call engineer should have noticed the alarm.\n"


def run(folder: Path, now: str, *words: str) -> str:
    """Run a command of ours as at some instant; return all that a terminal would show."""
    before = dict(os.environ)
    os.environ.update(ABOVEBOARD_NOW=now, NO_COLOR="1", GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull)
    here = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(main, list(words), catch_exceptions=False).output
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)


def terminals() -> Iterator[tuple[str, str]]:
    """Yield each terminal's name and its drawing."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "open-blog"
        run(Path(temporary), "2026-11-20T02:00Z", "init", str(folder), "--name", NAME)
        for name, typed in TERMINALS.items():
            shown: list[tuple[str, str]] = []
            for now, line in typed:
                said = run(folder, now, *shlex.split(line))
                shown += [("$", f"aboveboard {line}"), *((" ", text) for text in said.rstrip("\n").split("\n"))]
            yield name, draw(shown)
            report = folder / "content" / REPORT
            text = report.read_text(encoding="utf-8").replace("## What happened\n", f"## What happened\n{BLAME}")
            report.write_text(text, encoding="utf-8")


def draw(shown: list[tuple[str, str]]) -> str:
    """Return lines as SVG that any viewer shows without a font of ours; long ones go on in the next."""
    rows: list[str] = []
    for mark, line in shown:
        for part in textwrap.wrap(line, WIDTH, break_on_hyphens=False, drop_whitespace=False) or [""]:
            y = 28 + LINE * len(rows)
            prompt = f'<tspan class="p">$ </tspan><tspan class="c">{html.escape(part)}</tspan>'
            rows.append(f'<text x="16" y="{y}">{prompt if mark == "$" else html.escape(part)}</text>')
    width, height = round(32 + LETTER * (WIDTH + 2)), 24 + LINE * len(rows)
    box = f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="8" fill="#f6f8fa" stroke="#d0d7de"/>'
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return "\n".join([head, f"<style>{STYLE}</style>", box, *rows, "</svg>", ""])


def report_of_the_readme() -> str:
    """Return the report that the README shows."""
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    found = re.search(r"^```markdown\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found, "the README shows a report"
    return found[1]


def screenshot() -> None:
    """Build a site of the README's report, and take a picture of its page."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "open-blog"
        run(Path(temporary), "2026-11-20T09:00Z", "init", str(folder), "--name", NAME)
        report = folder / "content" / REPORT
        report.parent.mkdir()
        report.write_text(report_of_the_readme(), encoding="utf-8")
        run(folder, "2026-11-20T09:00Z", "build")
        target = FOLDER / "report.png"
        with plain_server(folder / "site") as root, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1100, "height": 1000})
            page.goto(f"{root}{REPORT.replace('.md', '/')}")
            page.screenshot(path=target)
            browser.close()
        Image.open(target).convert("RGB").quantize(64).save(target, optimize=True)


def make(check: bool) -> int:
    """Write or check the pictures; return how many terminals were out of date."""
    stale = 0
    for name, drawing in terminals():
        path = FOLDER / f"{name}.svg"
        if not path.exists() or path.read_text(encoding="utf-8") != drawing:
            stale += 1
            if check:
                print(f"{path.name} is out of date: python tooling/pictures.py", file=sys.stderr)
            else:
                path.write_text(drawing, encoding="utf-8")
    if not check:
        screenshot()
    return stale


if __name__ == "__main__":
    checking = "--check" in sys.argv
    sys.exit(1 if make(checking) and checking else 0)
