"""Write a project's public entries as sources of another builder: the same Markdown, its own front matter."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.edits import find_newest

HERE = Path(__file__).parent
KINDS = ("weeknotes", "experiments", "incidents")
LINK = re.compile(r"\]\(\.\./(\w+)/([^)]+)\.md\)")


@dataclass(frozen=True, slots=True)
class Rival:
    """How another builder wants its sources: where an entry lies, and what its file says."""

    name: str
    entries: str
    write: Callable[[str, dict[str, Any], str], str]
    moved: tuple[tuple[str, str], ...] = ()

    def place(self, folder: Path, kind: str, name: str) -> Path:
        """Return where an entry's file is below the rival's folder."""
        return folder / self.entries / kind / name


def export_project(project: Path, folder: Path, rival: Rival) -> int:
    """Write all public entries and the rival's own files into a new folder; return how many entries."""
    shutil.copytree(HERE / rival.name, folder, ignore=shutil.ignore_patterns("package*.json"))
    for was, now in rival.moved:
        (folder / now).parent.mkdir(parents=True, exist_ok=True)
        (folder / was).rename(folder / now)
    for kind in KINDS:
        (folder / rival.entries / kind).mkdir(parents=True, exist_ok=True)
    paths = find_newest(project, KINDS)
    for path in paths:
        export_entry(path, folder, rival)
    return len(paths)


def export_entry(path: Path, folder: Path, rival: Rival) -> Path:
    """Write one entry again, as after an edit of it, and return the rival's file."""
    front, body = path.read_text(encoding="utf-8")[4:].split("\n---\n", 1)
    facts = yaml.load(front, yaml.CSafeLoader)
    place = rival.place(folder, path.parent.name, path.name)
    place.write_text(rival.write(path.parent.name, facts, body.lstrip("\n")), encoding="utf-8")
    return place


def _for_material(kind: str, facts: dict[str, Any], body: str) -> str:
    # Its documentation asks for a mark where the excerpt for lists ends.
    first, rest = body.split("\n\n", 1)
    told = {
        "title": facts["title"],
        "date": facts["date"],
        "description": facts["summary"],
        "categories": [kind],
        "tags": facts["tags"],
    }
    return f"{_front(told)}# {facts['title']}\n\n{first}\n\n<!-- more -->\n\n{rest}"


def _for_hugo(_: str, facts: dict[str, Any], body: str) -> str:
    told = {
        "title": facts["title"],
        "date": facts["date"],
        "description": facts["summary"],
        "summary": facts["summary"],
        "tags": facts["tags"],
        "years": [str(facts["date"].year)],
    }
    return _front(told) + LINK.sub(r"](/\1/\2/)", body)


def _for_eleventy(_: str, facts: dict[str, Any], body: str) -> str:
    told = {
        "layout": "entry.njk",
        "title": facts["title"],
        "date": facts["date"],
        "description": facts["summary"],
        "topics": facts["tags"],
    }
    return _front(told) + LINK.sub(r"](/\1/\2/)", body)


def _front(facts: dict[str, Any]) -> str:
    def said(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False) if isinstance(value, (str, list)) else str(value)

    lines = "".join(f"{key}: {said(value)}\n" for key, value in facts.items())
    return f"---\n{lines}---\n\n"


MATERIAL = Rival("material", "docs/posts", _for_material)
HUGO = Rival("hugo", "content", _for_hugo)
ELEVENTY = Rival("eleventy", "content", _for_eleventy, (("pages", "content/pages"),))
