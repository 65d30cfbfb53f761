"""The working rhythm, played: `tests/story/rhythm.txt` holds what is typed and what comes of it.

    @ 2026-10-05T02:04Z                  now, from here on
    $ aboveboard incident log "…"        a command; below it what it prints: `> ` on stdout, `! ` on stderr,
                                         `= 1` where it does not exit with 0
    set FILE FIELD = YAML                what a person types into an editor: a field,
    under FILE HEADING = TEXT            or the text below a heading; without text, the heading goes
    write FILE, then lines after `| `    a file of theirs
    page ADDRESS says: …                 words of a page, its tags apart; also `says once:`, `does not say:`
    file PATH says: …                    words of any file, as they stand there

A command that ends in `> FILE` has its stdout written there. Git's commits bear the story's time.

`UPDATE_STORY=1 pytest tests/test_story.py` writes down what comes of it now; read the difference.
"""

from __future__ import annotations

import html
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

import pytest
from click.testing import CliRunner

from aboveboard.authoring.plan import read_value
from aboveboard.cli import main
from aboveboard.content.edit import set_value

STORY = Path(__file__).parent / "story" / "rhythm.txt"
BELOW = re.compile(r"[>!=|]")
NOBODY = {
    "GIT_AUTHOR_NAME": "A writer", "GIT_AUTHOR_EMAIL": "writer@example.org",
    "GIT_COMMITTER_NAME": "A writer", "GIT_COMMITTER_EMAIL": "writer@example.org",
}  # fmt: skip


@dataclass
class Player:
    """Plays a story in a folder; `played` is the story with what came of it."""

    root: Path
    monkeypatch: pytest.MonkeyPatch
    played: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def play(self, lines: list[str]) -> None:
        """Play every step; what stood below a command is replaced with what it prints now."""
        for line, below in steps(lines):
            self.played.append(line)
            if line.startswith("@ "):
                for name in ("ABOVEBOARD_NOW", "GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
                    self.monkeypatch.setenv(name, line[2:])
            elif line.startswith("$ "):
                self.played += self.run(shlex.split(line[2:]))
            elif line.startswith(("set ", "under ")):
                self.edit(line)
            elif line.startswith("write "):
                file = self.root / line[6:]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text("".join(f"{kept[2:]}\n" for kept in below), encoding="utf-8")
                self.played += below
            elif line.startswith(("page ", "file ")):
                self.look(line)

    def run(self, words: list[str]) -> list[str]:
        """Run a command; return what it printed, stderr marked, and how it exited."""
        words, kept = (words[:-2], self.root / words[-1]) if words[-2:-1] == [">"] else (words, None)
        if words[0] == "aboveboard":
            result = CliRunner().invoke(main, words[1:])
            assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
            out, err, code = result.stdout, result.stderr, result.exit_code
        else:
            done = subprocess.run(words, cwd=self.root, capture_output=True, text=True, check=False)
            # What git says when all is well differs from version to version.
            code = done.returncode
            out, err = (done.stdout, done.stderr) if code else ("", "")
        if kept:
            kept.write_text(out, encoding="utf-8")
            out = ""
        said = [*(f"> {line}" for line in out.splitlines()), *(f"! {line}" for line in err.splitlines())]
        return [line.rstrip() for line in said] + ([f"= {code}"] if code else [])

    def edit(self, line: str) -> None:
        """Change a file as a person does in an editor."""
        what, path, name, value = re.fullmatch(r"(set|under) (\S+) (.+?) =(.*)", line).groups()  # type: ignore[union-attr]
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        if what == "set":
            steps_to = tuple(int(step) if step.isdigit() else step for step in name.split("."))
            text = set_value(text, steps_to, read_value(value.strip()))
        else:
            kept = f"## {name}\n\n{value.strip()}\n" if value.strip() else ""
            text, found = re.subn(
                rf"^## {re.escape(name)}\n(?:\n|<!--.*-->\n)*", f"{kept}\n", text, flags=re.MULTILINE
            )
            assert found == 1, f"{path} has no heading {name}"
        file.write_text(text, encoding="utf-8")

    def look(self, line: str) -> None:
        """Look for words in a page, as the site was built last, or in a file."""
        claim = r"(page|file) (\S+) (says|says once|does not say): (.*)"
        what, path, how, words = re.fullmatch(claim, line).groups()  # type: ignore[union-attr]
        file = self.root / (f"site/{path.strip('/')}/index.html" if what == "page" else path)
        text = file.read_text(encoding="utf-8")
        if what == "page":
            text = text[text.index("<article") : text.index("</article>")]
        text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split()) if what == "page" else text
        found = text.count(words)
        if not {"says": found > 0, "says once": found == 1, "does not say": found == 0}[how]:
            self.wrong.append(f"{line}\n    {text[:1500]}")


def steps(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield every line of a story that is no output, with the lines of output or text below it."""
    index = 0
    while index < len(lines):
        line, below = lines[index], []
        index += 1
        if line.startswith(("$ ", "write ")):
            while index < len(lines) and BELOW.match(lines[index]):
                below.append(lines[index])
                index += 1
        yield line, below


def test_the_working_rhythm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first alert at night to a digest that goes out, over eight weeks, with the site built at each act."""
    monkeypatch.chdir(tmp_path)
    for name, value in NOBODY.items():
        monkeypatch.setenv(name, value)
    written = STORY.read_text(encoding="utf-8").splitlines()
    player = Player(tmp_path, monkeypatch)
    player.play(written)
    if os.environ.get("UPDATE_STORY"):
        STORY.write_text("\n".join(player.played) + "\n", encoding="utf-8")
    else:
        difference = list(unified_diff(written, player.played, "rhythm.txt", "what came of it", lineterm="", n=2))
        assert difference == [], "\n".join(difference)
    assert player.wrong == [], "\n".join(player.wrong)
