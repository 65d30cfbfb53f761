"""Texts that are YAML from top to bottom, such as registers: read like front matter that has no body."""

from __future__ import annotations

from aboveboard.content.front_matter import FrontMatter, place_problem
from aboveboard.content.text import Lines
from aboveboard.content.yaml_nodes import parse_yaml


def parse_document(text: str) -> FrontMatter:
    """Return a text that is YAML as a whole, with a position for every value; never raises on content.

    `values` stays empty: a register is a list. Ask `root`, and with any problem nothing but positions.
    """
    root, refused = parse_yaml(text)
    lines, end = Lines(text), len(text)
    problems = tuple(place_problem(problem, lines, 0) for problem in refused)
    return FrontMatter(text, True, {}, root, 0, end, end, problems, lines)
