"""Front matter: read once, with a position for every field, or refused with the reason.

python-frontmatter carries it, with a handler of ours: its own YAML handler fails open (an unclosed
fence gives an empty mapping, a ValueError is swallowed) and strips the body so that lines shift.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from aboveboard.content.problems import Problem
from aboveboard.content.text import Lines, decode
from aboveboard.content.yaml_nodes import Node, Path, YamlProblem, parse_yaml
from aboveboard.errors import Position

_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_COMMENT = re.compile(r"([ \t]+)#(.?)")
_LOOKS_LIKE_FIELDS = re.compile(r"\s*[A-Za-z_][\w-]*:(?: .*)?\r?\n(?:.*\n){0,60}?---[ \t]*\r?$", re.MULTILINE)


_LOOKS_LIKE_YAML = re.compile(r"""\s*(?:---\s*$|#|[-\[{]|["'?&*!]|[^\s:]+\s*:(?:\s|$))""")
_FIELD = re.compile(r"^\s*[\w-]+[ \w-]{0,20}:|^<{7}", re.MULTILINE)
# Other tools take these for the beginning of front matter too.
_DECORATED_FENCE = re.compile(r"---[ \t]+[#!&]")


class Unreadable(Exception):
    """Front matter that cannot be split off; not a ValueError, which python-frontmatter would swallow."""

    def __init__(self, offset: int, code: str, message: str) -> None:
        super().__init__(message)
        self.offset, self.code, self.message = offset, code, message


class Handler(BaseHandler):
    """Splits and loads one source text, keeping the offsets that python-frontmatter throws away."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.fence = self.yaml_start = self.yaml_end = self.body_start = 0
        self.root: Node | None = None
        self.problems: list[YamlProblem] = []

    def detect(self, text: str) -> bool:
        """Tell whether the source begins with a fence; raise Unreadable where a fence was plainly meant."""
        start = len(self.source) - len(self.source.lstrip())
        first, _, rest = self.source[start:].partition("\n")
        if first.startswith("+++"):
            raise Unreadable(start, "FM004", "this is TOML front matter: write YAML between lines of ---")
        if re.match(r'\{\s*(?:"|$)', first):
            raise Unreadable(start, "FM004", "this is JSON front matter: write YAML between lines of ---")
        if first.rstrip() == "---" or _DECORATED_FENCE.match(first):
            self.fence, self.yaml_start = start, start + len(first) + 1
            return self._is_not_a_rule(rest)
        if _LOOKS_LIKE_FIELDS.match(self.source, start):
            raise Unreadable(start, "FM004", "this looks like front matter: put a line of --- above it")
        return False

    def _is_not_a_rule(self, rest: str) -> bool:
        """Tell whether what follows a line of --- is meant as fields; above plain prose it is a rule.

        It is when the first line that is not blank looks like YAML, or when a second fence follows and
        any line before it looks like a field: what hides a `draft: true` must not pass for prose.
        """
        first = next((line for line in rest.split("\n") if line.strip()), "")
        if _LOOKS_LIKE_YAML.match(first):
            return True
        closing = _FENCE.search(rest)
        return closing is not None and _FIELD.search(rest[: closing.start()]) is not None

    def split(self, text: str) -> tuple[str, str]:
        """Return the YAML and the body of the source; raise Unreadable when the fence is not closed."""
        closing = _FENCE.search(self.source, self.yaml_start)
        if closing is None:
            message = "the front matter is not closed: put a line of --- below the last field"
            raise Unreadable(self.fence, "FM004", message)
        self.yaml_end = closing.start()
        end = self.source.find("\n", closing.start())
        self.body_start = len(self.source) if end < 0 else end + 1
        return self.source[self.yaml_start : self.yaml_end], self.source[self.body_start :]

    def load(self, fm: str) -> dict[str, Any]:
        """Return the fields; what is refused is kept in `problems`, and then nothing is returned."""
        self.root, self.problems = parse_yaml(fm)
        if not self.problems and self.root is not None and self.root.kind != "mapping":
            message = "the front matter is not a list of `field: value` lines"
            self.problems.append(YamlProblem(self.root.start, "FM010", message))
        return {} if self.problems or self.root is None else dict(self.root.value)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A source text, taken apart. `present` says whether there is front matter at all.

    `yaml_start`, `body_start`: offsets in `text`. `values`: str, None, list and dict only.
    With any error `values` is empty: it fails closed. Text lost after ` #` (FM009) is only a warning.
    """

    text: str
    present: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    root: Node | None = None
    yaml_start: int = 0
    yaml_end: int = 0
    body_start: int = 0
    problems: tuple[Problem, ...] = ()
    lines: Lines = field(default_factory=lambda: Lines(""))

    @property
    def body(self) -> str:
        return self.text[self.body_start :]

    @property
    def body_line(self) -> int:
        """The line of the file on which the body begins, from 1."""
        return self.lines.position(self.body_start).line

    def position(self, path: Path) -> Position:
        """Return where the value at `path` stands; where there is none, the nearest thing above it."""
        while path:
            node = self.root.find(path) if self.root else None
            if node is not None:
                return self.at(node.start)
            path = path[:-1]
        return Position()

    def key_position(self, path: Path) -> Position:
        """Return where the key of the value at `path` stands."""
        parent = self.root.find(path[:-1]) if self.root else None
        for key, _ in parent.pairs if parent else ():
            if key.text == path[-1]:
                return self.at(key.start)
        return self.position(path)

    def at(self, offset: int) -> Position:
        """Return the position of an offset of the YAML text."""
        return self.lines.position(self.yaml_start + offset)


def read_front_matter(data: bytes) -> FrontMatter:
    """Read a file's bytes; never raises on content. What is wrong is in `problems`, all of it at once."""
    text, problems = decode(data)
    if problems:
        return FrontMatter(text, problems=tuple(problems))
    return parse_front_matter(text)


def parse_front_matter(text: str) -> FrontMatter:
    """The same for a text already decoded."""
    lines, handler = Lines(text), Handler(text)
    try:
        if not handler.detect(text):
            return FrontMatter(text, lines=lines)
        values, _ = frontmatter.parse(text, handler=handler)
    except Unreadable as error:
        problem = Problem(lines.position(error.offset), error.code, error.message)
        return FrontMatter(text, present=True, body_start=len(text), problems=(problem,), lines=lines)
    found = [place_problem(problem, lines, handler.yaml_start) for problem in handler.problems]
    yaml = text[handler.yaml_start : handler.yaml_end]
    found += [
        Problem(lines.position(handler.yaml_start + offset), "FM009", message)
        for offset, message in _lost_text(handler.root, yaml)
    ]
    return FrontMatter(
        text, True, values, handler.root, handler.yaml_start, handler.yaml_end, handler.body_start,
        tuple(sorted(found)), lines,
    )  # fmt: skip


def place_problem(problem: YamlProblem, lines: Lines, start: int) -> Problem:
    """Return a refusal as a problem of the whole text, in which the YAML begins at `start`."""
    message = problem.message
    if problem.code == "FM006":
        key, first = message.split("\0")
        line = lines.position(start + int(first)).line
        message = f"`{key}` stands on line {line} already: keep one of the two"
    return Problem(lines.position(start + problem.offset), problem.code, message)


def _lost_text(root: Node | None, yaml: str) -> list[tuple[int, str]]:
    """Find plain values that lose their end to a comment: `Week 1 #weeknotes`.

    A comment that is meant has a space after the `#`, and after prose two spaces before it; both
    are what yamllint asks for, so nobody who writes comments is bothered.
    """
    if root is None:
        return []
    found = []
    for node in _scalars(root):
        comment = _COMMENT.match(yaml, node.end)
        if node.style or node.is_null or comment is None:
            continue
        if comment[2] not in ("", " ", "\t", "\r", "#") or (comment[1] == " " and " " in node.text):
            message = "the text after ` #` is a comment and is lost: put the whole value in quotes"
            found.append((node.end + len(comment[1]), message))
    return found


def _scalars(node: Node) -> list[Node]:
    if node.kind == "scalar":
        return [node]
    return [scalar for item in node.items for scalar in _scalars(item)]
