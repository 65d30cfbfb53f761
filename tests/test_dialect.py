"""What is checked as CommonMark reads the same when Python-Markdown renders it."""

from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from aboveboard.engine.configure import EXTENSIONS
from aboveboard.outputs.entry.dialect import for_python_markdown, parsed
from aboveboard.outputs.entry.plain_blocks import read_plainly

SAME = {
    "a list straight under a paragraph": "We did:\n- this\n- that\n",
    "a list nested by two spaces": "- a\n  - b\n    - c\n- d\n",
    "a numbered list with bullets in it": "1. a\n   - b\n   - c\n2. d\n",
    "a paragraph in an item": "- a\n\n  more of a\n\n- b\n",
    "code in an item": "- run\n\n  ```sh\n  one\n    two\n  ```\n\n- then\n",
    "code right under an item": "1. run\n   ```sh\n   one\n   ```\n2. then\n",
    "a quotation in an item": "- a\n\n  > said\n\n- b\n",
    "two lists in a row": "- a\n\n1. b\n2. c\n",
    "a table straight under a paragraph": "So:\n| a | b |\n| --- | --- |\n| 1 | 2 |\n",
    "tabs": "- a\n\t- b\n\t- c\n",
    "a marker of another kind": "* a\n* b\n\n  + c\n",
}


def shape(html: str) -> list[str]:
    """Return the blocks of some HTML, and the words in them."""
    plain = re.sub(r"<(/?)(ul|ol|li|pre|table|blockquote|tr|td)\b[^>]*>", r"\n<\1\2>\n", html)
    lines = (
        re.sub(r"<(?!/?(?:ul|ol|li|pre|table|blockquote|tr|td)>)[^>]+>", "", line) for line in plain.split("\n")
    )
    return [line.strip() for line in lines if line.strip()]


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_it_reads_the_same(text: str) -> None:
    ours = markdown.markdown(for_python_markdown(text), extensions=["tables", "fenced_code", *EXTENSIONS])
    assert shape(ours) == shape(MarkdownIt("commonmark").enable("table").render(text))


@given(st.text(alphabet="-*1. \t\nab|`>#", max_size=200))
def test_nothing_but_white_space_changes(text: str) -> None:
    def bare(written: str) -> str:
        return re.sub(r"\s|(?<=\d)[.)]", "", written)

    assert bare(for_python_markdown(text)) == bare(text)


LINES = (
    *("", "", "", "words", "*so* it is", "**so** it is", "`code` is", "[a](b)", "![a](b)", "(so)", "# H", "## H ##", "#"),
    *("- item", "- item ", "-  item", "-", "- ", "- - x", "- 1. x", "- **a** b", "- `a`", "- [a](b)", "- > x", "- # x"),
    *("* item", "+ item", "1. one", "2. two", "10. ten", "1) one", "1.one", "- ```", "```py", "````", "```", "```", "  - nested", "  more", "    code"),
    *("| a | b |", "| --- | --- |", "| 1 | 2 |", "a | b", "--- | ---", "> said", "---", "===", "***", "```", "~~~"),
    *("<div>", "<ul>", "<li>a</li>", "</ul>", "</div>", "<p>a</p>", "<!-- a", "-->", "<b>x</b>", "<pre>", "</pre>", " "),
    *("[r]: https://example.org", "\u9031\u5831", "\u00a0x", "\u201cso\u201d", "- \u201cso\u201d", "a\\", "2026 it was"),
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=14).map("\n".join))
def test_a_text_that_is_plain_is_what_the_parser_makes_of_it(text: str) -> None:
    plain = read_plainly(text)
    assert plain is None or plain == parsed(text)


@given(st.text(alphabet="-*1. \nab|`>#<p[]:\u00a0\x0c\u2028", max_size=120))
def test_so_is_any_text(text: str) -> None:
    plain = read_plainly(text)
    assert plain is None or plain == parsed(text)


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("## What we did\n\n- This\n- That\n\nAnd more.\n", True),
        ("1. One\n2. Two\n", True),
        ("<ul>\n  <li>ours</li>\n</ul>\n\n- theirs\n", True),
        ("We did:\n- this\n", False),
        ("- a\n  - b\n", False),
        ("- a\n\n1) b\n", False),
    ],
)
def test_most_texts_are_plain(text: str, is_plain: bool) -> None:
    assert (read_plainly(text) is not None) == is_plain
