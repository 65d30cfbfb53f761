"""The Markdown below the front matter, kind by kind: 400 to 700 words of prose each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.words import Prose

WEEKNOTE = ("What we did", "What we learned", "What was hard", "What is next")
EXPERIMENT = ("Why we tried it", "What we did", "What we saw", "What we make of it", "What next")
BEFORE = ("What happened", "What users saw")
AFTER = ("How we responded", "What went well", "Where we were lucky", "What surprised us")
MILESTONES = ("started", "detected", "declared", "mitigated", "resolved")
BETWEEN = ("act: ", "decide: ", "change: ", "communicate: ", "")


@dataclass(frozen=True, slots=True)
class Target:
    """Another entry that a text may link to: its path below `content/`, and its title."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Extras:
    """What a body holds besides prose."""

    links: list[Target]
    code: bool
    table: bool


def write_weeknote(prose: Prose, extras: Extras) -> str:
    """Return the body of a weeknote."""
    return _write(prose, extras, [(title, lambda: "") for title in WEEKNOTE])


def write_experiment(prose: Prose, extras: Extras) -> str:
    """Return the body of an experiment."""
    return _write(prose, extras, [(title, lambda: "") for title in EXPERIMENT])


def write_incident(prose: Prose, extras: Extras, started: datetime, until: str) -> str:
    """Return the body of an incident whose timeline ends with the milestone `until`."""
    sections = [(title, lambda: "") for title in BEFORE]
    sections.append(("Timeline", lambda: _timeline(prose, started, until)))
    return _write(prose, extras, sections + [(title, lambda: "") for title in AFTER])


def _write(prose: Prose, extras: Extras, sections: list[tuple[str, Callable[[], str]]]) -> str:
    blocks = [prose.paragraph(3)]
    wanted = prose.chance.randint(420, 660)
    filled = [title for title, given in sections if title != "Timeline"]
    share = wanted // len(filled)
    links, code_at, table_at = list(extras.links), prose.chance.choice(filled), prose.chance.choice(filled)
    for title, given in sections:
        blocks.append(f"## {title}")
        if title not in filled:
            blocks.append(given())
            continue
        blocks.extend(_fill(prose, share))
        if links:
            target = links.pop()
            blocks.append(f"{prose.sentence()} More of that is in [{target.title}](../{target.path}).")
        if extras.code and title == code_at:
            blocks.append(prose.code())
        if extras.table and title == table_at:
            blocks.append(prose.table())
    return "\n\n".join(blocks) + "\n"


def _fill(prose: Prose, words: int) -> list[str]:
    """Return blocks that together come to about so many words; about every third is a list."""
    blocks: list[str] = []
    while (left := words - sum(len(block.split()) for block in blocks)) > 15:
        many = max(1, min(left // 12, prose.chance.randint(2, 5)))
        blocks.append(prose.bullets(many) if many > 1 and prose.chance.random() < 0.3 else prose.paragraph(many))
    return blocks


def _timeline(prose: Prose, started: datetime, until: str) -> str:
    lines, at, day = [], started, ""
    for milestone in MILESTONES[: MILESTONES.index(until) + 1]:
        texts = [f"{milestone}: {prose.clause()}"]
        texts += [prose.chance.choice(BETWEEN) + prose.clause() for _ in range(prose.chance.randint(0, 2))]
        for text in texts:
            date = f"{at:%Y-%m-%d} " if f"{at:%Y-%m-%d}" != day else ""
            lines.append(f"- {date}{at:%H:%M} {text}")
            day, at = f"{at:%Y-%m-%d}", at + timedelta(minutes=prose.chance.randint(2, 45))
    return "\n".join(lines)
