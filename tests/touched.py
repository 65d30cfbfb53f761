"""Which lines an edit touched, and entries in every style that people write them in."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from aboveboard.authoring.edits import Edit, write_edit
from aboveboard.content.entry import Entry, parse_entry
from aboveboard.content.front_matter import FrontMatter, parse_front_matter
from aboveboard.content.kinds import BY_FOLDER, Kind
from aboveboard.content.library import Library
from aboveboard.content.project import Project, load_project
from aboveboard.content.registers import Registers
from aboveboard.content.text import split_lines
from aboveboard.content.yaml_nodes import Node
from aboveboard.content.yaml_nodes import Path as FieldPath
from tests.conftest import CONFIG
from tests.ground.written import Draw, Written, texts, write_out

Changes = Mapping[FieldPath, Any]


def assert_lines_stay(before: str, after: str, meant: Collection[int]) -> None:
    """Assert that all lines but those with the numbers that are meant, from 1, still stand there in their order."""
    new = iter(split_lines(after))
    for number, line in enumerate(split_lines(before), 1):
        if number not in meant:
            assert line in new, f"line {number} was touched: {line!r}"


def assert_touches_only(before: str, after: str, changes: Changes) -> None:
    """Assert that the front matter says what was meant, and that no line changed but those of the values meant."""
    old, new = parse_front_matter(before), parse_front_matter(after)
    assert new.values == _changed(old.values, changes)
    assert new.body == old.body
    assert_lines_stay(before, after, {line for path in changes for line in lines_of(old, path)})
    assert re.findall(r"# remark\d+", before) == re.findall(r"# remark\d+", after)
    if "\r\n" in before:
        assert "\n" not in after.replace("\r\n", "")


def _changed(values: dict[str, Any], changes: Changes) -> dict[str, Any]:
    result: Any = copy.deepcopy(values)
    for path, value in changes.items():
        place = result
        for step, following in pairwise(path):
            if isinstance(place, dict) and place.get(step) is None:
                place[step] = [] if isinstance(following, int) else {}
            place = place[step]
        if isinstance(path[-1], int) and path[-1] == len(place):
            place.append(value)
        else:
            place[path[-1]] = value
    assert isinstance(result, dict)
    return result


def lines_of(matter: FrontMatter, path: FieldPath) -> Iterator[int]:
    """Yield the lines that a change of one value may touch: its own, or of what it is put into on one line."""
    found: list[Node] = [matter.root] if matter.root else []
    while found and len(found) <= len(path) and (child := found[-1].child(path[len(found) - 1])):
        found.append(child)
    node = found[-1]
    if len(found) <= len(path) and node.kind != "scalar" and not node.flow:
        return
    start = node.start
    if len(found) > 1:
        parent, step = found[-2], path[len(found) - 2]
        start = min(start, next((k.start for k, _ in parent.pairs if k.text == step), start))
    yield from range(matter.at(start).line, matter.at(node.end).line + 1)


def library_of(project: Project, path: str, text: str) -> tuple[Library, Entry] | None:
    """Return a library of one entry, written to its place as well; None where it could not be published."""
    kind = BY_FOLDER[path.split("/", maxsplit=1)[0]]
    parsed = parse_entry(kind, path, text.encode(), project.settings)
    if parsed.entry is None or parsed.broken:
        return None
    target = project.content / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="")
    return Library(project, (parsed.entry,), Registers(), files=(parsed,)), parsed.entry


def assert_edit(
    project: Project, path: str, text: str, plan: Callable[[Library, Entry], Edit], changes: Changes
) -> str:
    """Assert that an edit touches only what it is meant to, and that a second one changes nothing; return the text."""
    made = library_of(project, path, text)
    assert made is not None
    edit = plan(*made)
    write_edit(edit)
    after = (project.content / path).read_bytes().decode()
    assert_touches_only(text, after, changes)
    again = library_of(project, path, after)
    assert again is not None
    assert not plan(*again).changes
    return after


words = texts.filter(lambda text: text.strip() != "")
days = st.dates().filter(lambda day: 2000 < day.year < 2100).map(str)
action = st.fixed_dictionaries(
    {"what": words},
    optional={
        "id": st.sampled_from(["a1", "a2", "first"]),
        "owner": st.just("platform"),
        "due": days,
        "status": st.sampled_from(["open", None]),
        "link": st.none(),
        "x_note": words,
    },
)
LISTS: dict[str, st.SearchStrategy[Any]] = {
    "actions": st.lists(action, max_size=3),
    "lessons": st.lists(words | st.fixed_dictionaries({"what": words}), max_size=3),
    "corrections": st.lists(st.fixed_dictionaries({"date": days, "text": words}), max_size=2),
    "withdrawn": st.none(),
}
OWN: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "experiments": {
        "stage": st.sampled_from(["planned", "running"]),
        "hypothesis": words,
        "success_criteria": words,
    },
    "incidents": {},
    "weeknotes": {"week": st.just("2026-W47"), "team": st.just("platform")},
}
MORE: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "experiments": {
        "starts": st.none() | days,
        "ends": days,
        "measures": st.lists(st.fixed_dictionaries({"name": words}, optional={"target": words}), max_size=2),
        "registered": st.none(),
        "result": st.none(),
        "decision": st.none(),
    }
}


@st.composite
def entries(draw: Draw, kind: Kind, *needs: str) -> Written:
    """Return a file of a kind that can be published, its fields in any order, in drawn styles, with remarks.

    `needs`: lists that have something in them.
    """
    some = {name: LISTS[name].filter(lambda found: bool(found)) for name in needs}
    found = draw(
        st.fixed_dictionaries(
            {"title": words, "date": st.just("2026-11-20"), **OWN[kind.folder], **some},
            optional={
                **{name: drawn for name, drawn in LISTS.items() if name not in needs},
                **MORE.get(kind.folder, {}),
                "x_y": words | st.lists(words, max_size=2),
            },
        )
    )
    return write_out(draw, dict(draw(st.permutations(list(found.items())))))


def made(folder: Path) -> Project:
    """Return a project in a folder, the same one every time."""
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    project = load_project(folder / "mkdocs.yml")
    assert project is not None
    return project


OUR_CONTENT = Path(__file__).parents[1] / "content"
OUR_ENTRIES = [
    path.relative_to(OUR_CONTENT).as_posix()
    for folder in BY_FOLDER
    for path in sorted((OUR_CONTENT / folder).glob("*.md"))
]
