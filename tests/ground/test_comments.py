"""Comments are prompts for the writer: none reaches the public, and nothing else goes with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from aboveboard.content.comments import scan_comments, strip_comments, unclosed_comment

GOES: list[tuple[str, str, str]] = [
    ("on a line of its own", "a\n\n<!-- x -->\n\nb\n", "a\n\n\n\nb\n"),
    ("inside a line", "a <!-- x --> b\n", "a  b\n"),
    ("twice in a line", "<!-- x -->a<!-- y -->\n", "a\n"),
    ("over lines", "a\n<!-- x\ny\n-->b\n", "a\nb\n"),
    ("over paragraphs", "<!-- x\n\n## Heading\n\ny -->\nb\n", "\nb\n"),
    ("without anything in it", "a<!---->b<!-->c<!--->d\n", "abcd\n"),
    ("with dashes", "<!-- a -- b --->c\n", "c\n"),
    ("with a fence in it", "<!--\n```\n-->\nb\n", "\nb\n"),
    ("with a backtick in it", "<!-- ` -->`b`\n", "`b`\n"),
    ("in a list", "- a\n- <!-- x -->\n- b\n", "- a\n- \n- b\n"),
    ("in a table", "| a | <!-- x --> |\n", "| a |  |\n"),
    ("behind a backtick that stands alone", "it`s <!-- x --> so\n", "it`s  so\n"),
    ("between backticks of two list items", "- it`s\n- <!-- x -->\n- it`s\n", "- it`s\n- \n- it`s\n"),
    ("between backticks of two cells' rows", "| ` |\n| <!-- x --> |\n| ` |\n", "| ` |\n|  |\n| ` |\n"),
    ("on a line of its own between backticks", "it`s\n<!-- x -->\nit`s\n", "it`s\n\nit`s\n"),
    ("behind a code span", "`a` <!-- x --> `b`\n", "`a`  `b`\n"),
    ("behind a fence", "```\na\n```\n<!-- x --> `b`\n", "```\na\n```\n `b`\n"),
    ("behind a fence that its item ends", "- ```\n  a\n\nb <!-- x -->\n", "- ```\n  a\n\nb \n"),
    ("behind a fence that its quotation ends", "> ```\n> a\nb <!-- x -->\n", "> ```\n> a\nb \n"),
    ("behind an indented line of a paragraph", "a\n    b <!-- x -->\n", "a\n    b \n"),
    ("with line endings of Windows", "a\r\n<!-- x\r\n-->\r\nb\r\n", "a\r\n\r\nb\r\n"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [c[1:] for c in GOES], ids=[c[0] for c in GOES])
def test_a_comment_goes(before: str, after: str) -> None:
    assert scan_comments(before) == (after, None)


STAYS = {
    "a code span": "a `<!-- x -->` b\n",
    "a code span of two backticks": "``a ` <!-- x -->``\n",
    "a code span over two lines": "a `b\nc <!-- x -->` d\n",
    "a fence": "```html\n<!-- x -->\n```\n",
    "a fence of tildes": "~~~\n<!-- x -->\n```\n<!-- y -->\n~~~\n",
    "a longer fence": "````\n```\n<!-- x -->\n````\n",
    "a fence never closed": "```\n<!-- x -->\n",
    "a fence in a list": "- ```\n  <!-- x -->\n  ```\n",
    "a fence in a quotation": "> ```\n> <!-- x -->\n> ```\n",
    "a fence with what looks like a closing one": "```\n- ```\n<!-- x -->\n```\n",
    "indented code": "a\n\n    <!-- x -->\n",
    "indented code after indented code": "\tb\n\t<!-- x -->\n",
    "no comment": "a <! -- b --> c\n",
}


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS)
def test_code_stays(text: str) -> None:
    assert scan_comments(text) == (text, None)


@pytest.mark.parametrize(
    ("text", "kept", "offset"),
    [
        ("a\n<!-- b\n\nc\n", "a\n", 2),
        ("<!-- x -->a <!-- b", "a ", 12),
        ("`<!--` <!--", "`<!--` ", 7),
        ("```\n<!--\n```\n<!-- b\n", "```\n<!--\n```\n", 13),
    ],
)
def test_a_comment_never_closed_hides_the_rest_and_is_found(text: str, kept: str, offset: int) -> None:
    assert scan_comments(text) == (kept, offset)
    assert (strip_comments(text), unclosed_comment(text)) == (kept, offset)


# Whatever is written

pieces = st.lists(
    st.sampled_from(["<!--", "-->", "<!-- x -->", "`", "``", "```", "~~~", "\n", "\n\n", "    ", "- ", "> ", "# ", "| ", "\t", "a", "b ", "\r\n", "1. ", "-", ">", "<", "!"]),
    max_size=40,
).map("".join)  # fmt: skip


@given(pieces | st.text())
def test_no_text_breaks_the_scan(text: str) -> None:
    kept, offset = scan_comments(text)
    assert len(kept) <= len(text)
    assert offset is None or text[offset : offset + 4] == "<!--"
    characters = iter(text)
    assert all(character in characters for character in kept)


@given(pieces.filter(lambda text: "<!--" not in text) | st.text().filter(lambda text: "<!--" not in text))
def test_a_text_without_comments_stays_as_it_is(text: str) -> None:
    assert scan_comments(text) == (text, None)


words = st.lists(
    st.sampled_from(["one", "two ", "\n", "\n\n", "## Heading\n", "- item\n", "| cell |\n", "`code`", "> said\n"]),
    max_size=6,
).map("".join)


@given(
    st.lists(
        st.tuples(words, st.sampled_from(["<!-- prompt -->", "<!---->", "<!-- a\n\nb -->", "<!--\n```\n-->"])),
        max_size=6,
    ),
    words,
)
def test_what_is_no_comment_is_kept_to_the_letter(parts: list[tuple[str, str]], end: str) -> None:
    text = "".join(before + comment for before, comment in parts) + end
    assert strip_comments(text) == "".join(before for before, _ in parts) + end


@given(pieces)
def test_code_blocks_are_code_to_us_as_they_are_to_markdown(text: str) -> None:
    # Where the whole text is one fence, Markdown shows all of it, and so do we.
    fenced = f"`````\n{text}\n`````\n"
    (block, *_) = MarkdownIt().parse(fenced)
    if "`````" not in text and "\r" not in text:
        assert "<!--" not in text or block.content == f"{text}\n"
        assert strip_comments(fenced) == fenced


LONG = 200_000
HUGE = {
    "openings": "<!--" * (LONG // 4),
    "openings and closings": "<!---->" * (LONG // 7),
    "closings": "-->" * (LONG // 3),
    "comments over paragraphs": "<!--\n\n-->" * (LONG // 9),
    "code spans and one comment": "`a` " * (LONG // 4) + "<!-- x -->",
    "one run of backticks": "a " + "`" * LONG + "<!-- x -->",
    "runs of every width": " ".join("`" * width for width in range(600)) + "<!-- x -->",
    "runs that never close": "`<!-- x --> ``" * (LONG // 14),
    "backticks alone on lines": "`\n" * (LONG // 2) + "<!-- x -->",
    "a comment on every line": "a <!-- x -->\n" * (LONG // 13),
    "dashes": "- " * (LONG // 2) + "<!-- x -->",
    "quotation marks": "> " * (LONG // 2) + "<!-- x -->",
    "digits": "1" * LONG + "<!-- x -->",
    "blanks": " " * LONG + "<!-- x -->",
    "blank lines": " \n" * (LONG // 2) + "<!-- x -->",
    "fences": "```\n" * (LONG // 4) + "<!-- x -->",
    "indented lines": "    a <!-- x -->\n" * (LONG // 16),
}


@pytest.mark.parametrize("name", HUGE)
def test_no_text_takes_long(name: str) -> None:
    # Nothing is timed: what looks again at what it has read does not come back from these.
    kept, _ = scan_comments(HUGE[name])
    assert len(kept) <= len(HUGE[name])
