"""An edit changes the bytes of one value and nothing else, or does not happen."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aboveboard.content.edit import CannotEdit, Value, plain, set_value
from aboveboard.content.front_matter import FrontMatter, parse_front_matter
from aboveboard.content.yaml_nodes import Node
from aboveboard.content.yaml_nodes import Path as FieldPath
from aboveboard.content.yaml_write import Bare
from tests.ground.written import Written, any_texts, keys, texts, values, written

CONTENT = Path(__file__).parents[2] / "content"
PAGES = [page for page in sorted(CONTENT.glob("*/*.md")) if page.read_bytes().startswith(b"---\n")]


def edit(yaml: str, path: FieldPath, value: Value) -> str:
    """Set a value in a file with this front matter; return the new front matter, the rest being as it was."""
    before, after = "---\n", "---\n\nThe body: *stays*.\n"
    text = set_value(before + yaml + after, path, value)
    assert text.startswith(before) and text.endswith(after)
    assert set_value(text, path, value) == text
    return text.removeprefix(before).removesuffix(after)


EXAMPLES: list[tuple[str, str, FieldPath, Value, str]] = [
    ("a plain text", "title: A\nteam: b\n", ("title",), "C", "title: C\nteam: b\n"),
    ("a text in double quotes", 'title: "A"  # why\n', ("title",), "C", 'title: "C"  # why\n'),
    ("a text in single quotes", "title: 'A'\n", ("title",), "it's", "title: 'it''s'\n"),
    ("a text in single quotes that cannot stay in them", "title: 'A'\n", ("title",), "a\nb", 'title: "a\\nb"\n'),
    ("a text over two lines", "title: A\n  long one\nteam: b\n", ("title",), "C", "title: C\nteam: b\n"),
    ("a text on a line of its own", "title:\n    A\nteam: b\n", ("title",), "C", "title:\n    C\nteam: b\n"),
    ("a block text", "why: |\n  one\n  two\n\nteam: b\n", ("why",), "C", "why: C\n\nteam: b\n"),
    ("a block text with a remark", "why: >-  # note\n  one\nteam: b\n", ("why",), "C", "why: C  # note\nteam: b\n"),
    ("a remark below a block text", "why: |\n  one\n# note\nteam: b\n", ("why",), "C", "why: C\n# note\nteam: b\n"),
    ("an empty value", "title:\nteam: b\n", ("title",), "C", "title: C\nteam: b\n"),
    ("an empty value with a blank", "title: \nteam: b\n", ("title",), "C", "title: C \nteam: b\n"),
    ("an empty value before a remark", "due: # a day\nteam: b\n", ("due",), "2026-11-20", "due: 2026-11-20 # a day\nteam: b\n"),
    ("an empty value before a remark, now a block", "due: # a day\n", ("due",), {"a": "b"}, "due: # a day\n  a: b\n"),
    ("null spelt out", "title: ~\n", ("title",), "C", "title: C\n"),
    ("a value taken away", "title: A # note\nteam: b\n", ("title",), None, "title: # note\nteam: b\n"),
    ("a value on its own line taken away", "title:\n  A\nteam: b\n", ("title",), None, "title:\nteam: b\n"),
    ("a value in brackets taken away", "tags: [a, b]\n", ("tags", 0), None, "tags: [null, b]\n"),
    ("an item in brackets", "tags: [a, 'b',c]\n", ("tags", 2), "d, e", "tags: [a, 'b',\"d, e\"]\n"),
    ("one more in brackets", "tags: [a, b]  # note\n", ("tags", 2), "c", "tags: [a, b, c]  # note\n"),
    ("one more after a final comma", "tags: [a, b,]\n", ("tags", 2), "c", "tags: [a, b, c,]\n"),
    ("one more in brackets over lines", "tags: [\n  a, # one\n  b # two\n]\n", ("tags", 2), "c", "tags: [\n  a, # one\n  b, c # two\n]\n"),
    ("the first in brackets", "tags: []\n", ("tags", 0), "c", "tags: [c]\n"),
    ("the first in braces", "source: {}\n", ("source", "id"), "c", "source: {id: c}\n"),
    ("one more in braces", "source: {id: a}\n", ("source", "url"), ["x"], 'source: {id: a, url: ["x"]}\n'.replace('"x"', "x")),
    ("one more in a block", "tags:\n  - a # one\n  - b # two\nteam: c\n", ("tags", 2), "d", "tags:\n  - a # one\n  - b # two\n  - d\nteam: c\n"),
    ("one more in a block that stands no deeper", "tags:\n- a\n- b\nteam: c\n", ("tags", 2), "d", "tags:\n- a\n- b\n- d\nteam: c\n"),
    ("one more of several fields", "actions:\n  - id: a1\n    what: x\n", ("actions", 1), {"id": "a2", "tags": ["p"]}, "actions:\n  - id: a1\n    what: x\n  - id: a2\n    tags: [p]\n"),
    ("a field in a list of several", "actions:\n  - id: a1\n    due: # soon\n  - id: a2\n", ("actions", 0, "due"), "2026-11-20", "actions:\n  - id: a1\n    due: 2026-11-20 # soon\n  - id: a2\n"),
    ("a new field in a list of several", "actions:\n  - id: a1\n    due: # soon\n  - id: a2\n", ("actions", 0, "owner"), "ops", "actions:\n  - id: a1\n    due: # soon\n    owner: ops\n  - id: a2\n"),
    ("a new field behind a block text", "actions:\n  - why: |\n      one\n\n  - id: a2\n", ("actions", 0, "owner"), "ops", "actions:\n  - why: |\n      one\n    owner: ops\n\n  - id: a2\n"),
    ("a field below one that is empty", "source:\nteam: b\n", ("source", "id"), "a", "source:\n  id: a\nteam: b\n"),
    ("an item below a field that is empty", "actions:\n", ("actions", 0, "what"), "mend", "actions:\n  - what: mend\n"),
    ("fields for an item that is empty", "actions:\n  -\n  - b\n", ("actions", 0, "id"), "a1", "actions:\n  - id: a1\n  - b\n"),
    ("a new key", "title: A\n# the end\n", ("team",), "b", "title: A\n# the end\nteam: b\n"),
    ("a new key in front matter that is empty", "", ("team",), "b", "team: b\n"),
    ("a new key below a remark alone", "# note\n", ("team",), "b", "# note\nteam: b\n"),
    ("a new key where all are indented", "  title: A\n", ("team",), "b", "  title: A\n  team: b\n"),
    ("a new key in braces", "{title: A}\n", ("team",), "b", "{title: A, team: b}\n"),
    ("a new key that needs quotes", "title: A\n", ("a: b",), "c", 'title: A\n"a: b": c\n'),
    ("new keys, one in the other", "title: A\n", ("source", "id"), "b", "title: A\nsource:\n  id: b\n"),
    ("a list for a text", "team: a # note\n", ("team",), ["a", "b"], "team: [a, b] # note\n"),
    ("a text for a list", "team: # note\n  - a\n  - b\ndate: x\n", ("team",), "a", 'team: a # note\ndate: x\n'),
    ("a text for a list that stands no deeper", "team:\n- a\n- b\ntitle: A\n", ("team",), "a", "team: a\ntitle: A\n"),
    ("an empty list for a list", "team:\n- a\n", ("team",), [], "team: []\n"),
    ("nothing for a list", "team:\n  - a\ntitle: A\n", ("team",), None, "team:\ntitle: A\n"),
    ("fields for a list that stands no deeper", "team:\n- a\n", ("team",), {"a": "b"}, "team:\n  a: b\n"),
    ("a list for a list", "a:\n    - b: 1\n", ("a",), [{"c": "d"}], "a:\n    - c: d\n"),
    ("fields for a text with a remark", "a: b # note\n", ("a",), {"c": "d"}, "a: # note\n  c: d\n"),
    ("fields in a list of lists", "a:\n  - - x: 1\n", ("a", 0, 0, "x"), {"c": "d"}, "a:\n  - - x:\n        c: d\n"),
    ("true", "draft: false\n", ("draft",), True, "draft: true\n"),
    ("a number", "value: 1\n", ("value",), 2.5, "value: 2.5\n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "path", "value", "after"), [e[1:] for e in EXAMPLES], ids=[e[0] for e in EXAMPLES]
)
def test_only_the_value_changes(before: str, path: FieldPath, value: Value, after: str) -> None:
    assert edit(before, path, value) == after


@pytest.mark.parametrize(
    "style", ["title: A\n", 'title: "A"\n', "title: 'A'\n", "title:\n", "title: [A]\n", "title: |\n  A\n"]
)
@pytest.mark.parametrize(
    "text",
    ["a: b", "# x", "a #b", "yes", "No", "null", "~", "", "12:30", "0123", "1.10", "2026", "- x", "? x", "| x", "[x]", "{x}", "*x*", "&x",
     "!x", "%x", "@x", "`x`", "it's", 'say "so"', "C:\\path", "one\ntwo\n", "a\tb", " a ", "---", "...", "\U0001f600", "\u2028", "\ufeff",
     "\x07", "a:", ":", "x" * 5000, "{{ x }}", "<<", "="],
)  # fmt: skip
def test_any_text_reads_back_as_itself(style: str, text: str) -> None:
    edited = edit(style, ("title",), text)
    assert parse_front_matter(f"---\n{edited}---\n").values == {"title": text}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_endings_are_kept(ending: str) -> None:
    text = ending.join(["---", "title: A", "actions:", "  - id: a1", "---", "body", ""])
    edited = set_value(text, ("actions", 1), {"id": "a2", "what": "x"})
    assert edited == ending.join(
        ["---", "title: A", "actions:", "  - id: a1", "  - id: a2", "    what: x", "---", "body", ""]
    )


def test_new_lines_end_as_the_front_matter_does_not_as_a_paste_in_the_body() -> None:
    assert set_value("---\na: b\n---\npasted\r\n", ("c",), "d") == "---\na: b\nc: d\n---\npasted\r\n"


def test_a_byte_order_mark_is_kept() -> None:
    assert set_value("\ufeff---\na: b\n---\n", ("a",), "c") == "\ufeff---\na: c\n---\n"


def test_a_body_that_looks_like_front_matter_is_left_alone() -> None:
    text = "---\na: b\n---\n\n---\na: x\n---\n"
    assert set_value(text, ("a",), "c") == "---\na: c\n---\n\n---\na: x\n---\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("no front matter\n", ("a",)),
        ("---\na: b\n", ("a",)),
        ("---\na: b\na: c\n---\n", ("a",)),
        ("---\na: b: c\n---\n", ("a",)),
        ("---\n- a\n---\n", ("a",)),
        ("---\na: b\n---\n", ("a", "b")),
        ("---\na: b\n---\n", ("a", 0)),
        ("---\na: [b]\n---\n", ("a", 2)),
        ("---\na: [b]\n---\n", ("a", -1)),
        ("---\na: []\n---\n", ("a", -1)),
        ("---\na: [b]\n---\n", ("a", "b")),
        ("---\na: {b: c}\n---\n", ("a", 0)),
        ("---\na: b\n...\n---\n", ("c",)),
        ("---\n{a}\n---\n", ("a",)),
    ],
)
def test_what_cannot_be_edited_safely_is_refused(text: str, path: FieldPath) -> None:
    with pytest.raises(CannotEdit):
        set_value(text, path, "x")


def test_a_text_that_no_file_can_hold_is_refused() -> None:
    with pytest.raises(CannotEdit):
        set_value("---\na: b\n---\n", ("a",), "\ud800")


# Whatever was written, whatever is set


def model(found: dict[str, Any], path: FieldPath, value: Any) -> dict[str, Any]:
    """Return the values as they should be after the edit."""
    result: Any = copy.deepcopy(found)
    place = result
    for step, following in zip(path, [*path[1:], None], strict=True):
        fresh = copy.deepcopy(value) if following is None else [] if isinstance(following, int) else {}
        if isinstance(step, int) and step == len(place):
            place.append(fresh)
        elif following is None or (isinstance(step, str) and place.get(step) is None) or place[step] is None:
            place[step] = fresh
        place = place[step]
    assert isinstance(result, dict)
    return result


def end_of(yaml: str, node: Node) -> int:
    last = node
    while last.items and not last.flow:
        last = last.items[-1]
    return (
        last.start + len(yaml[last.start : last.end].rstrip(" \t\r\n")) if last.style in ("|", ">") else last.end
    )


def allowed(matter: FrontMatter, path: FieldPath, value: Any) -> tuple[int, int]:
    """Return the part of the file outside which no byte may change."""
    yaml, root = matter.text[matter.yaml_start : matter.yaml_end], matter.root
    found = [node for depth in range(len(path) + 1) if (node := root.find(path[:depth]) if root else None)]
    if not found or (len(found) == 1 and not found[0].flow):
        return matter.yaml_end, matter.yaml_end
    node = found[-1]
    end = yaml.find("\n", end_of(yaml, node))
    start, end = node.start, end if end >= 0 else len(yaml)
    if len(found) <= len(path) and node.kind != "scalar":
        # Something is put in behind what is there.
        start = end_of(yaml, node.items[-1]) if node.items else start
    elif node.kind == "scalar" and isinstance(value, str) and len(found) > len(path):
        end = end_of(yaml, node)
    else:
        start = len(re.sub(r"(?:\s|#[^\n]*|[:-])*\Z", "", yaml[:start]))
    return matter.yaml_start + start, matter.yaml_start + end


def remarks(text: str) -> list[str]:
    return re.findall(r"# remark\d+", text)


def assert_edit(file: Written, path: FieldPath, value: Value) -> None:
    matter = parse_front_matter(file.text)
    edited = set_value(file.text, path, value)
    after = parse_front_matter(edited)
    assert after.values == model(file.values, path, plain(value))
    assert after.body == matter.body
    assert set_value(edited, path, value) == edited
    if edited == file.text:
        return
    start, end = allowed(matter, path, value)
    assert edited[:start] == file.text[:start]
    assert edited.endswith(file.text[end:]) and len(edited) >= start + len(file.text) - end
    node = matter.root.find(path) if matter.root else None
    inside = (
        remarks(matter.text[matter.yaml_start :][node.start : node.end]) if node and node.kind != "scalar" else []
    )
    assert [r for r in remarks(file.text) if r not in inside] == [r for r in remarks(edited) if r not in inside]
    assert "\n" not in edited.replace("\r\n", "") or "\r\n" not in file.text


def can_hold(matter: FrontMatter, path: FieldPath) -> bool:
    """Whether something can be put below a value: a list, a mapping, or nothing yet."""
    node = matter.root.find(path) if matter.root else None
    return node is not None and (node.kind != "scalar" or node.is_null)


some_values: st.SearchStrategy[Any] = st.one_of(
    texts, values(texts, 5), st.booleans(), st.integers(-9, 99), any_texts
)


@given(written(), st.data())
def test_setting_what_is_there_changes_nothing_else(file: Written, data: st.DataObject) -> None:
    assume(file.paths())
    assert_edit(file, data.draw(st.sampled_from(file.paths())), data.draw(some_values))


@given(written(), st.data())
def test_adding_what_is_not_there_changes_nothing_else(file: Written, data: st.DataObject) -> None:
    matter = parse_front_matter(file.text)
    assume(matter.present)
    path = data.draw(st.sampled_from([(), *(path for path in file.paths() if can_hold(matter, path))]))
    here: Any = file.values
    for step in path:
        here = here[step]
    new: str | int = data.draw(keys)
    if isinstance(here, list):
        new = len(here)
    elif here is None:
        new = data.draw(keys | st.just(0))
    deeper: FieldPath = ()
    if not isinstance(here, dict) or here.get(new) is None:
        deeper = data.draw(st.sampled_from([(), (), ("id",), (0,), (0, "id"), ("id", "x")]))
    assert_edit(file, (*path, new, *deeper), data.draw(some_values))


@given(
    st.text("ab:-#'\" \n\t[]{},|>&*!?~\r", max_size=60),
    st.lists(st.sampled_from(["a", "b", 0, 1]), min_size=1, max_size=3),
    some_values,
)
def test_an_edit_of_anything_at_all_is_right_or_refused(yaml: str, path: list[str | int], value: Any) -> None:
    text = f"---\n{yaml}\n---\nbody\n"
    matter = parse_front_matter(text)
    try:
        edited = set_value(text, tuple(path), value)
    except CannotEdit:
        return
    after = parse_front_matter(edited)
    assert after.values == model(matter.values, tuple(path), plain(value)) and after.body == matter.body


# Our own content


def scalar_paths(node: Node, path: FieldPath = ()) -> list[FieldPath]:
    if node.kind == "scalar":
        return [path]
    steps: list[str | int] = [key.text for key in node.keys] or list(range(len(node.items)))
    return [
        found for step, item in zip(steps, node.items, strict=True) for found in scalar_paths(item, (*path, step))
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_field_of_our_own_content_can_be_edited(page: Path) -> None:
    text = page.read_bytes().decode()
    matter = parse_front_matter(text)
    assert matter.root is not None
    for path in scalar_paths(matter.root):
        assert_edit(Written(text, matter.values), path, "Another: text # with \u201cquotes\u201d")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_field_can_be_added_to_our_own_content(page: Path) -> None:
    text = page.read_bytes().decode()
    edited = set_value(text, ("licence",), "CC-BY-4.0")
    fence = text.index("\n---\n") + 1
    assert edited == f"{text[:fence]}licence: CC-BY-4.0\n{text[fence:]}"


def test_our_own_content_is_found() -> None:
    assert len(PAGES) > 10


def test_numbers_and_truths_are_written_bare() -> None:
    assert plain([True, 3, {"a": 0.5, "b": "3"}, None]) == [
        Bare("true"),
        Bare("3"),
        {"a": Bare("0.5"), "b": "3"},
        None,
    ]
    assert edit("a: x\n", ("a",), [True, 3, "3"]) == 'a: [true, 3, "3"]\n'
