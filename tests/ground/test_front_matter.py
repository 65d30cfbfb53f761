"""Front matter is read as it was written, or refused with the line and what to do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from aboveboard.content.front_matter import FrontMatter, parse_front_matter, read_front_matter
from aboveboard.content.problems import PROBLEMS
from aboveboard.content.text import MAX_BYTES
from aboveboard.content.yaml_nodes import MAX_DEPTH
from aboveboard.content.yaml_nodes import Path as FieldPath
from aboveboard.content.yaml_write import Bare, spaced, write_key, write_scalar
from aboveboard.errors import Severity
from tests.ground.written import Written, any_texts, keys, mappings, texts, values, written


def read(text: str) -> FrontMatter:
    return read_front_matter(text.encode())


def said(text: str | bytes) -> list[str]:
    """Return what is wrong with a file, as `line:column CODE message`."""
    matter = read_front_matter(text if isinstance(text, bytes) else text.encode())
    return [f"{p.position.line}:{p.position.column} {p.code} {p.message}" for p in matter.problems]


def fenced(yaml: str) -> str:
    return f"---\n{yaml}---\n\nBody.\n"


@pytest.mark.parametrize(
    "text",
    ["Yes", "No", "Off", "on", "y", "true", "12:30", "0123", "1.10", "2026", "2026-11-20", "2026-02-30", "1e5", "0x1F", "1_000", ".inf",
     "NaN", "=", "<<", "9" * 5000, "C:\\path", "it's", "a#b", "a:b", "https://example.org/#x", "-x", "\u65e5\u672c", "\U0001f600"],
)  # fmt: skip
def test_plain_text_stays_the_text_that_was_written(text: str) -> None:
    matter = read(fenced(f"title: {text}\n"))
    assert matter.values == {"title": text}
    assert matter.problems == ()


@pytest.mark.parametrize("text", ["", " ", " ~", " null", " Null", " NULL", " # a remark", "\n\n"])
def test_nothing_is_none(text: str) -> None:
    assert read(fenced(f"title:{text}\n")).values == {"title": None}


@pytest.mark.parametrize("text", ['""', "''", '"~"', "'null'", "nULL"])
def test_what_is_in_quotes_is_text(text: str) -> None:
    assert read(fenced(f"title: {text}\n")).values == {"title": text.strip("\"'")}


VALUES: list[tuple[str, str, dict[str, Any]]] = [
    ("a list in brackets", "tags: [a, 'b c', \"d\"]\n", {"tags": ["a", "b c", "d"]}),
    ("a list of lines", "tags:\n- a\n- b\n", {"tags": ["a", "b"]}),
    ("a list of fields", "actions:\n  - id: a1\n    due:\n  - id: a2\n", {"actions": [{"id": "a1", "due": None}, {"id": "a2"}]}),
    ("a group in braces", "source: {system: retold, id: x}\n", {"source": {"system": "retold", "id": "x"}}),
    ("lines as they stand", "why: |\n  one\n  two\n\nteam: b\n", {"why": "one\ntwo", "team": "b"}),
    ("lines run together", "why: >\n  one\n  two\n", {"why": "one two"}),
    ("escapes", 'why: "a\\tb\\u00e9"\n', {"why": "a\tb\u00e9"}),
    ("remarks alone", "# nothing yet\n", {}),
    ("nothing", "", {}),
    ("a merge key is a key", "<<: {a: b}\n", {"<<": {"a": "b"}}),
    ("keys are text", "1: a\nyes: b\nnull: c\n", {"1": "a", "yes": "b", "null": "c"}),
]  # fmt: skip


@pytest.mark.parametrize(("yaml_text", "expected"), [v[1:] for v in VALUES], ids=[v[0] for v in VALUES])
def test_collections_and_texts_of_several_lines(yaml_text: str, expected: dict[str, Any]) -> None:
    matter = read(fenced(yaml_text))
    assert (matter.present, matter.values, matter.problems) == (True, expected, ())


QUOTE = "FM005 this value needs quotes: "
REFUSED: list[tuple[str, str, list[str]]] = [
    ("a key twice", "a: 1\nb: 2\na: 3\n", ["4:1 FM006 `a` stands on line 2 already: keep one of the two"]),
    ("a key twice in braces", "a: {b: 1, b: 2}\n", ["2:11 FM006 `b` stands on line 2 already: keep one of the two"]),
    ("two keys twice", "a: 1\na: 2\nb: 1\nb: 2\n", ["3:1 FM006 `a` stands on line 2 already: keep one of the two", "5:1 FM006 `b` stands on line 4 already: keep one of the two"]),
    ("an alias", "a: *b\n", ["2:4 FM007 `*b` is an alias: write the value out, or quote it"]),
    ("an anchor", "a: &b c\n", ["2:4 FM007 `&b` is an anchor: write the value out, or quote it"]),
    ("an anchor that eats the text", "a: &me\n", ["2:4 FM007 `&me` is an anchor: write the value out, or quote it"]),
    ("a list that holds itself", "a: &a [*a]\n", ["2:4 FM007 `&a` is an anchor: write the value out, or quote it"]),
    ("an alias for a key", "*a : b\n", ["2:1 FM007 `*a` is an alias: write the value out, or quote it"]),
    ("a bomb of aliases", "a: [*a, *a, *a]\nb: [*a, *a]\n", ["2:5 FM007 `*a` is an alias: write the value out, or quote it"]),
    ("a tag", "a: !!python/name:os.system x\n", ["2:4 FM008 the tag `!!python/name:os.system` is not read: write the plain value, or quote it"]),
    ("a tag of one's own", "a: !env HOME\n", ["2:4 FM008 the tag `!env` is not read: write the plain value, or quote it"]),
    ("an exclamation mark", "a: ! b\n", ["2:4 FM008 the tag `!` is not read: write the plain value, or quote it"]),
    ("a tag on a list", "a: !!set {b, c}\n", ["2:4 FM008 the tag `!!set` is not read: write the plain value, or quote it"]),
    ("a tab", "a: b\n\tc: d\n", ["3:1 FM005 a tab cannot indent YAML: use spaces"]),
    ("a tab before a dash", "a:\n\t- b\n", ["3:1 FM005 a tab cannot indent YAML: use spaces"]),
    ("a colon", "title: Fix: x\n", [f'2:8 {QUOTE}title: "Fix: x"']),
    ("a colon and a quote", 'title: Fix: "x"\n', [f'2:8 {QUOTE}title: "Fix: \\"x\\""']),
    ("a colon at the end", "title: Fix:\n", [f'2:8 {QUOTE}title: "Fix:"']),
    ("brackets", "title: [Draft] x\n", [f'2:8 {QUOTE}title: "[Draft] x"']),
    ("a star", "title: *x* y\n", [f'2:8 {QUOTE}title: "*x* y"']),
    ("an at sign", "title: @x\n", [f'2:8 {QUOTE}title: "@x"']),
    ("a backtick", "title: `x`\n", [f'2:8 {QUOTE}title: "`x`"']),
    ("a percent sign", "title: %x\n", [f'2:8 {QUOTE}title: "%x"']),
    ("a dash", "title: - x\n", [f'2:8 {QUOTE}title: "- x"']),
    ("a question mark", "title: ? x\n", [f'2:8 {QUOTE}title: "? x"']),
    ("a bar", "title: | x\n", [f'2:8 {QUOTE}title: "| x"']),
    ("a template", "title: {{ x }} y\n", [f'2:8 {QUOTE}title: "{{{{ x }}}} y"']),
    ("a colon in a list", "a:\n  - what: Fix: x\n", [f'3:11 {QUOTE}what: "Fix: x"']),
    ("a quote never closed", 'title: "abc\nb: c\n', ["2:8 FM005 this quote is never closed: add the closing quote"]),
    ("a single quote never closed", "title: 'abc\nb: c\n", ["2:8 FM005 this quote is never closed: add the closing quote"]),
    ("a Windows path", 'title: "C:\\path"\n', ["2:11 FM005 a backslash in double quotes begins an escape: write \\\\, or use single quotes"]),
    ("an escape of nothing", 'title: "\\ud800"\n', ["2:11 FM005 a backslash in double quotes begins an escape: write \\\\, or use single quotes"]),
    ("a control character of Latin-1", "n: \u00e9\u00e9\u00e9\nt: a\x80b\n", ["3:5 FM005 this character cannot stand in YAML: remove it"]),
    ("a character that is none", "n: \u00e9\u00e9\u00e9\nt: a\ufffeb\n", ["3:5 FM005 this character cannot stand in YAML: remove it"]),
    ("a line that is no field", "a: b\nc\nd: e\n", ["3:1 FM005 this line is not `field: value`: indent it, or quote the text it belongs to"]),
    ("a list for a key", "[a, b]: c\n", ["2:1 FM005 a key is a plain word: quote it, or write it out"]),
    ("a list of everything", "- a\n", ["2:1 FM010 the front matter is not a list of `field: value` lines"]),
    ("text in quotes", '"a"\n', ["2:1 FM010 the front matter is not a list of `field: value` lines"]),
    ("nested without end", f"a: {'[' * 3000}\n", [f"2:{4 + MAX_DEPTH - 1} FM005 nested more than {MAX_DEPTH} deep"]),
    ("a second document", "a: b\n--- # again\nc: d\n", ["3:1 FM005 a second YAML document begins here: keep one"]),
]  # fmt: skip


@pytest.mark.parametrize(("yaml_text", "expected"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_it_is_refused_where_it_stands_with_what_to_do(yaml_text: str, expected: list[str]) -> None:
    text = fenced(yaml_text)
    assert said(text) == expected
    assert read(text).values == {}


FENCES: list[tuple[str, str, list[str]]] = [
    (
        "never closed",
        "---\ntitle: A\n\nBody.\n",
        ["1:1 FM004 the front matter is not closed: put a line of --- below the last field"],
    ),
    (
        "never closed, with blanks and CRLF",
        "\r\n---  \r\ntitle: A\r\n",
        ["2:1 FM004 the front matter is not closed: put a line of --- below the last field"],
    ),
    (
        "never opened",
        "title: A\nteam: b\n---\nBody.\n",
        ["1:1 FM004 this looks like front matter: put a line of --- above it"],
    ),
    (
        "never opened, with CRLF",
        "title: A\r\nteam: b\r\n---\r\n",
        ["1:1 FM004 this looks like front matter: put a line of --- above it"],
    ),
    ("TOML", '+++\ntitle = "A"\n+++\n', ["1:1 FM004 this is TOML front matter: write YAML between lines of ---"]),
    ("JSON", '{"title": "A"}\n', ["1:1 FM004 this is JSON front matter: write YAML between lines of ---"]),
    (
        "JSON with a blank",
        '{ "title": "A" }\n',
        ["1:1 FM004 this is JSON front matter: write YAML between lines of ---"],
    ),
    (
        "JSON over lines",
        '{\n  "title": "A"\n}\n',
        ["1:1 FM004 this is JSON front matter: write YAML between lines of ---"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [f[1:] for f in FENCES], ids=[f[0] for f in FENCES])
def test_a_fence_that_was_meant_is_not_published_as_text(text: str, expected: list[str]) -> None:
    matter = read(text)
    assert said(text) == expected
    assert (matter.present, matter.values, matter.body) == (True, {}, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "# Week 47\n",
        "---\n",
        "---\n\nA rule above prose.\n\n---\n\nMore.\n",
        "---\nIn a word, it was late.\n---\n",
        "{{ x }}\n",
        "Text.\n\n---\n",
    ],
)
def test_a_page_without_front_matter_is_all_body(text: str) -> None:
    matter = read(text)
    assert (matter.present, matter.values, matter.problems, matter.body) == (False, {}, (), text)


LOST = "FM009 the text after ` #` is a comment and is lost: put the whole value in quotes"


@pytest.mark.parametrize(
    ("yaml_text", "expected"),
    [
        ("title: Week 1 #weeknotes\n", [f"2:15 {LOST}"]),
        ("title: Week 1 # weeknotes\n", [f"2:15 {LOST}"]),
        ("tags: [a, Week 1 #x\n  , b]\n", [f"2:18 {LOST}"]),
        ("a:\n  - what: mend #12\n", [f"3:16 {LOST}"]),
        ("severity: sev2  # comment\n", []),
        ("severity: sev2 # comment\n", []),
        ("title: Week 1  # the first\n", []),
        ('title: "Week 1" #weeknotes\n', []),
        ("title: Week#1\n", []),
        ("title: #weeknotes\n", []),
        ("title: A\n#weeknotes\n", []),
        ("severity: sev2  ####\n", []),
    ],
)
def test_text_lost_after_a_number_sign_is_a_warning(yaml_text: str, expected: list[str]) -> None:
    assert said(fenced(yaml_text)) == expected
    assert read(fenced(yaml_text)).values != {}


BYTES: list[tuple[str, bytes, list[str]]] = [
    ("UTF-16", "---\ntitle: A\n---\n".encode("utf-16"), ["1:1 FM001 this file is UTF-16 (byte 0): save it as UTF-8"]),
    ("UTF-16, the other way round", b"\xfe\xff\x00-", ["1:1 FM001 this file is UTF-16 (byte 0): save it as UTF-8"]),
    ("Latin-1", "---\ntitle: caf\u00e9\n---\n".encode("latin-1"), ["2:11 FM001 byte 14 (0xe9) is not UTF-8: save the file as UTF-8"]),
    ("Latin-1 after UTF-8", b"---\nt: \xc3\xa9\xe9\n", ["2:5 FM001 byte 9 (0xe9) is not UTF-8: save the file as UTF-8"]),
    ("Latin-1 after a byte order mark", b"\xef\xbb\xbf---\nt: \xe9\n", ["2:4 FM001 byte 10 (0xe9) is not UTF-8: save the file as UTF-8"]),
    ("a NUL", "---\nt: \u00e9\0\n---\n".encode(), ["2:5 FM001 the control character U+0000 (byte 9) cannot be published: remove it"]),
    ("a NUL in the body", b"---\nt: a\n---\n\nx\0", ["5:2 FM001 the control character U+0000 (byte 15) cannot be published: remove it"]),
    ("a NUL after a byte order mark", b"\xef\xbb\xbfx\0", ["1:2 FM001 the control character U+0000 (byte 4) cannot be published: remove it"]),
    ("an escape", b"x\x1b[0m", ["1:2 FM001 the control character U+001B (byte 1) cannot be published: remove it"]),
    ("half a pair", b"x\xed\xa0\x80", ["1:2 FM001 byte 1 (0xed) is not UTF-8: save the file as UTF-8"]),
    ("three megabytes", b"x" * 3_000_000, ["1:1 FM002 this file has 3 MB, and an entry can have 2 MB: move the data out and link to it"]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), [b[1:] for b in BYTES], ids=[b[0] for b in BYTES])
def test_what_is_not_utf_8_text_is_refused_at_its_byte(data: bytes, expected: list[str]) -> None:
    assert said(data) == expected
    assert read_front_matter(data).values == {}


def test_a_file_a_little_too_large_is_not_said_to_have_what_it_may_have() -> None:
    assert "2 MB, and" not in said(b"x" * (MAX_BYTES + 1))[0]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    matter = read_front_matter(b"\xef\xbb\xbf---\ntitle: A\n---\nBody.\n")
    assert (matter.values, matter.body, matter.body_line) == ({"title": "A"}, "Body.\n", 4)


def test_a_file_from_windows_reads_the_same_and_keeps_its_line_endings() -> None:
    matter = read("---\r\ntitle: A\r\nwhy: |\r\n  one\r\n  two\r\n---\r\nBody.\r\n")
    assert matter.values == {"title": "A", "why": "one\ntwo"}
    assert (matter.body, matter.body_line) == ("Body.\r\n", 7)


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\na: b\n---\n", "", 4),
        ("---\na: b\n---", "", 3),
        ("---\na: b\n---\n\n\n  Body.\n\n", "\n\n  Body.\n\n", 4),
        ("\n\n---\na: b\n---\t\nBody.", "Body.", 6),
        ("---\n---\nBody.\n", "Body.\n", 3),
        ("---\na: b\n---\n---\nc: d\n---\n", "---\nc: d\n---\n", 4),
    ],
)
def test_the_body_keeps_its_blank_lines_and_its_place(text: str, body: str, line: int) -> None:
    matter = read(text)
    assert (matter.present, matter.body, matter.body_line) == (True, body, line)


def test_every_key_and_value_has_a_line_and_a_column() -> None:
    matter = read(
        "---\nna\u00efve: \U0001f600 \u65e5\u672c\n'caf\u00e9':   [\u00e9, {\u00e8: x}]\n\nactions:\n  # later\n  - id: a1\n    due:\n---\n"
    )
    at: dict[FieldPath, tuple[tuple[int, int], tuple[int, int]]] = {
        ("na\u00efve",): ((2, 1), (2, 8)),
        ("caf\u00e9",): ((3, 1), (3, 11)),
        ("caf\u00e9", 0): ((3, 12), (3, 12)),
        ("caf\u00e9", 1, "\u00e8"): ((3, 16), (3, 19)),
        ("actions",): ((5, 1), (7, 3)),
        ("actions", 0, "id"): ((7, 5), (7, 9)),
        ("actions", 0, "due"): ((8, 5), (8, 9)),
    }
    for path, (key, value) in at.items():
        found = matter.key_position(path), matter.position(path)
        assert [(p.line, p.column) for p in found] == [key, value], path


@pytest.mark.parametrize(
    ("path", "line"), [(("a", "b", "c"), 3), (("a", "x"), 3), (("x",), 1), ((), 1), (("a", 3), 3)]
)
def test_what_is_missing_is_placed_at_the_nearest_thing_above_it(path: FieldPath, line: int) -> None:
    assert read("---\na:\n  b: c\n---\n").position(path).line == line


def test_positions_count_lines_of_the_file_after_a_byte_order_mark_and_blank_lines() -> None:
    matter = read_front_matter("\ufeff\n\n---\na: b\n---\n".encode())
    assert (matter.key_position(("a",)).line, matter.position(("a",)).column) == (4, 4)


# Whatever is written


def error_free(matter: FrontMatter) -> bool:
    return all(PROBLEMS[problem.code].severity is not Severity.ERROR for problem in matter.problems)


def write(found: dict[str, Any], newline: str) -> str:
    lines = [f"{write_key(key)}:{spaced(value, 2, newline)}{newline}" for key, value in found.items()]
    return f"---{newline}{''.join(lines)}---{newline}"


@given(mappings(texts | any_texts), st.sampled_from(["\n", "\r\n"]))
def test_what_we_write_reads_back_equal(found: dict[str, Any], newline: str) -> None:
    matter = parse_front_matter(write(found, newline))
    assert (matter.values, matter.problems) == (found, ())


@given(
    st.dictionaries(
        keys | st.text(min_size=1, max_size=20).filter(str.isprintable), any_texts, min_size=1, max_size=3
    )
)
def test_any_key_reads_back_equal(found: dict[str, str]) -> None:
    assert parse_front_matter(write(found, "\n")).values == found


@given(texts | any_texts | st.from_regex(r"[-+.\d:eExXobT_ ]{1,10}", fullmatch=True), st.booleans())
def test_another_yaml_reader_takes_what_we_write_for_the_same_text(text: str, in_flow: bool) -> None:
    # Python's own reader is YAML 1.1, which sees booleans and numbers where there are none. Days and
    # times are left plain on purpose: everybody expects to see them so.
    written_text = write_scalar(text, in_flow)
    assume(not re.match(r"\d{4}-\d", text))
    found = yaml.safe_load(f"[{written_text}]" if in_flow else f"a: {written_text}")
    assert found == ([text] if in_flow else {"a": text})


@given(mappings())
def test_another_yaml_reader_takes_our_keys_for_the_same_keys(found: dict[str, Any]) -> None:
    loaded = yaml.safe_load(write(dict.fromkeys(found), "\n").strip("-\n"))
    assert loaded == (dict.fromkeys(found) or None)


@pytest.mark.parametrize(
    "text", ["1.", "0:?", "1:30.5", "12:30", "0123", "1_000", "yes", "~", "0?", "null", "=", "<<", "", "-1"]
)
def test_what_another_reader_takes_for_a_number_is_quoted(text: str) -> None:
    assert yaml.safe_load(f"[{write_scalar(text, in_flow=True)}]") == [text]
    assert yaml.safe_load(f"a: {write_scalar(text)}") == {"a": text}


def test_a_number_is_written_bare_only_where_it_is_asked_for() -> None:
    assert [write_scalar("3"), write_scalar(Bare("3")), write_scalar(Bare("true"), quote='"')] == [
        '"3"',
        "3",
        "true",
    ]


@given(written())
def test_any_style_of_yaml_reads_as_its_values(file: Written) -> None:
    matter = read(file.text)
    assert matter.values == file.values
    assert error_free(matter)


@given(written())
def test_every_value_stands_where_it_is_said_to_stand(file: Written) -> None:
    matter = read(file.text)
    lines = file.text.split("\n")
    for path in file.paths():
        value, key = matter.position(path), matter.key_position(path)
        assert value.column <= len(lines[value.line - 1]) + 1
        if isinstance(path[-1], str):
            assert lines[key.line - 1][key.column - 1 :].lstrip("\"'").startswith(path[-1])


scraps = st.lists(
    st.sampled_from(["---", "---\n", "\n", "\r\n", "a: b", "a:", "- ", "  ", "\t", "'", '"', "[", "]", "{", "}", "&a ", "*a", "!t ", "|", ">", "#",
                     " #x", "? ", "%YAML 1.1", "...", "\ufeff", "\x00", "\x85", "\u2028", "\ud7ff", "\U0001f600", "+++", "title: A\n", "\\", "<<: "])
    | st.text(max_size=4),
    max_size=24,
).map("".join)  # fmt: skip


def assert_fails_closed(data: bytes) -> None:
    matter = read_front_matter(data)
    assert error_free(matter) or matter.values == {}
    assert matter.body_line >= 1
    json.dumps(matter.values)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    assert_fails_closed(data)
    assert_fails_closed(b"---\n" + data + b"\n---\n")


@given(scraps)
def test_no_text_breaks_the_reader(text: str) -> None:
    assert_fails_closed(text.encode())
    assert_fails_closed(f"---\n{text}\n---\n{text}".encode())
    assert_fails_closed(f"---\n{text}".encode())


@given(values(texts), st.integers(0, 5))
def test_a_file_cut_short_is_refused_or_read_as_far_as_it_says(value: Any, cut: int) -> None:
    text = write({"a": value}, "\n")
    assert_fails_closed(text[: len(text) - cut].encode())


HUGE = {
    "many fields": "---\n" + "".join(f"k{n}: v #x\n" for n in range(60_000)) + "---\n",
    "one long value": f"---\na: {'x ' * 400_000}\n---\n",
    "blank lines": "\n" * 500_000,
    "rules": "---\n" * 200_000,
    "lines that look like fields": "a: b\n" * 200_000,
    "blanks before a fence": "a:\n" + " " * 500_000 + "---x\n",
    "brackets": f"---\na: {'[' * 500_000}\n---\n",
    "items": f"---\na: [{'x, ' * 60_000}]\n---\n",
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_file_is_read_once(name: str) -> None:
    # Nothing is timed: what reads a file again for each of its lines does not come back from these.
    assert_fails_closed(HUGE[name].encode())


def test_the_reader_does_not_need_libyaml() -> None:
    program = (
        "import yaml; vars(yaml).pop('CSafeLoader', None)\n"
        "from aboveboard.content.front_matter import parse_front_matter as p\n"
        "m = p('---\\nna\\u00efve: Yes\\ntags: [a, b] # x\\n---\\n')\n"
        "assert m.values == {'na\\u00efve': 'Yes', 'tags': ['a', 'b']}, m.values\n"
        "assert m.position(('tags', 1)).column == 11\n"
        "assert p('---\\na: &x b\\n---\\n').problems[0].code == 'FM007'\n"
        "assert p('---\\na: \"\\\\p\"\\n---\\n').problems[0].message.startswith('a backslash')\n"
        "assert p('---\\na: x\\x80\\n---\\n').problems[0].position.column == 5\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env=dict(os.environ))
