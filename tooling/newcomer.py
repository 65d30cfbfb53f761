"""What somebody does who has Python and git and has just heard of this, done for real and timed.

    python tooling/newcomer.py              in a temporary folder; packages come from wherever pip gets them
    python tooling/newcomer.py --keep DIR   in a folder that stays, to look at

Wheel, empty environment, `init`, a weeknote, a build, a published folder; then a plain web server serves that
folder at the root of a host and below a path, and every page, picture and link in it is asked for.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from asking import ask_for_everything, plain_server

REPOSITORY = Path(__file__).resolve().parents[1]
PLACE = "blog"
# Whoever installs us has no other copy of us in the way, and no setting of ours.
LEFT_OUT = ("PYTHON", "ABOVEBOARD", "VIRTUAL_ENV", "MKDOCS")
SOMEBODY = {
    "GIT_AUTHOR_NAME": "A writer", "GIT_AUTHOR_EMAIL": "writer@example.org",
    "GIT_COMMITTER_NAME": "A writer", "GIT_COMMITTER_EMAIL": "writer@example.org",
}  # fmt: skip
NOTE = "\n## What we did\n\nWe put this site up, in ten minutes.\n"


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
