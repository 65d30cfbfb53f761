"""What somebody does who has Python and git and has just heard of this, done for real and timed.

    python tooling/newcomer.py              in a temporary folder; packages come from wherever pip gets them
    python tooling/newcomer.py --keep DIR   in a folder that stays, to look at

Wheel, empty environment, `init`, a weeknote, a build, a published folder; then a plain web server serves that
folder at the root of a host and below a path, and every page, picture and link in it is asked for.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

REPOSITORY = Path(__file__).resolve().parents[1]
PLACE = "blog"
# Whoever installs us has no other copy of us in the way, and no setting of ours.
LEFT_OUT = ("PYTHON", "ABOVEBOARD", "VIRTUAL_ENV", "MKDOCS")
SOMEBODY = {
    "GIT_AUTHOR_NAME": "A writer", "GIT_AUTHOR_EMAIL": "writer@example.org",
    "GIT_COMMITTER_NAME": "A writer", "GIT_COMMITTER_EMAIL": "writer@example.org",
}  # fmt: skip
NOTE = "\n## What we did\n\nWe put this site up, in ten minutes.\n"
URL_OF_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)")


@dataclass
class Newcomer:
    """Somebody at work in an empty folder. `steps`: what they did, and how many seconds each thing took."""

    folder: Path
    steps: list[tuple[str, float]] = field(default_factory=list)

    @property
    def bin(self) -> Path:
        return self.folder / "environment" / ("Scripts" if os.name == "nt" else "bin")

    @property
    def site(self) -> Path:
        return self.folder / "open-blog"

    @property
    def published(self) -> Path:
        """The folder that a web server is given; beside it nothing else is served."""
        return self.folder / "www" / PLACE

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step."""
        start = time.perf_counter()
        yield
        self.steps.append((name, time.perf_counter() - start))

    def run(self, *words: str | Path, cwd: Path | None = None) -> str:
        """Run a command, expect it to end well, and return what it printed."""
        env = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
        kept = os.environ.get("ABOVEBOARD_NOW")
        done = subprocess.run(
            words, cwd=cwd or self.folder, env={**env, **SOMEBODY, **({"ABOVEBOARD_NOW": kept} if kept else {})},
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
        return done.stdout

    def aboveboard(self, *words: str) -> str:
        """Run the command that the wheel installed, in the site."""
        return self.run(self.bin / "aboveboard", *words, cwd=self.site)


def build_wheel(newcomer: Newcomer) -> Path:
    """Return the wheel of this checkout. pip makes the room that it is built in."""
    target = newcomer.folder / "dist"
    newcomer.run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", target, REPOSITORY)
    return next(target.glob("*.whl"))


def install(newcomer: Newcomer, wheel: Path) -> None:
    """Install the wheel and what it needs into an empty environment."""
    newcomer.run(sys.executable, "-m", "venv", newcomer.bin.parent)
    newcomer.run(newcomer.bin / "python", "-m", "pip", "install", "--quiet", wheel)


def work(newcomer: Newcomer, wheel: Path, into: Callable[[Newcomer, Path], None] = install) -> None:
    """Do everything from the wheel to the published folder. `into`: how the wheel is installed."""
    with newcomer.step("install the wheel into an empty environment"):
        into(newcomer, wheel)
    with newcomer.step("aboveboard init"):
        name = "Example Council, in the open"
        newcomer.run(newcomer.bin / "aboveboard", "init", "open-blog", "--name", name)
    with newcomer.step("git init, and a commit"):
        newcomer.run("git", "init", "--quiet", newcomer.site)
        commit(newcomer, "Start")
    with newcomer.step("aboveboard new weeknote"):
        path = newcomer.site / newcomer.aboveboard("new", "weeknote").strip()
    fields = path.read_text(encoding="utf-8").split("---\n")[1]
    path.write_text(f"---\n{fields}---\n{NOTE}", encoding="utf-8")
    with newcomer.step("a commit"):
        commit(newcomer, "Write this week's note")
    with newcomer.step("aboveboard build"):
        newcomer.aboveboard("build")
    newcomer.published.parent.mkdir()
    with newcomer.step("aboveboard publish to a folder"):
        newcomer.aboveboard("publish", "--to", str(newcomer.published))


def commit(newcomer: Newcomer, message: str) -> None:
    """Commit everything that git does not ignore."""
    newcomer.run("git", "add", "--all", cwd=newcomer.site)
    newcomer.run("git", "commit", "--quiet", "--message", message, cwd=newcomer.site)


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


def read(newcomer: Newcomer) -> list[str]:
    """Read the published folder as the public does, at the root and below a path; return what was wrong."""
    wrong: list[str] = []
    for name, folder, path in (
        ("at the root", newcomer.published, ""),
        ("below a path", newcomer.published.parent, f"{PLACE}/"),
    ):
        with newcomer.step(f"every address, served {name}"), plain_server(folder) as root:
            count, found = ask_for_everything(root + path)
        newcomer.steps[-1] = (f"{newcomer.steps[-1][0]}: {count} of them", newcomer.steps[-1][1])
        wrong += found
    return wrong


def table(steps: list[tuple[str, float]]) -> str:
    """Return the steps as a table, the sum below."""
    rows = [*steps, ("in all", sum(seconds for _, seconds in steps))]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {seconds:6.1f} s" for name, seconds in rows)


def main() -> int:
    """Prove it, and print how long each step took; 1 where an address did not answer."""
    parser = argparse.ArgumentParser(description="Do what a newcomer does, and time it.")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work there, and leave it to be looked at")
    wanted = parser.parse_args().keep
    with tempfile.TemporaryDirectory(prefix="newcomer-") as temporary:
        folder = (wanted or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        newcomer = Newcomer(folder)
        with newcomer.step("build the wheel"):
            wheel = build_wheel(newcomer)
        work(newcomer, wheel)
        wrong = read(newcomer)
    print(table(newcomer.steps))
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
