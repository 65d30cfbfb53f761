"""Plain bodies are read line by line, and give the blocks that markdown-it finds in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.content.blocks import Block, from_tokens, read_plain
from aboveboard.content.markdown import parse_blocks
from aboveboard.content.text import split_lines

PLAIN = """We saw **errors** at 02:04.
They went on.

## What happened

- one, and
  its second line
- [two](x.md)
lazy
12. twelve

| When | What |
|---|:-:|
| 02:04 | it began | and more |
| 02:10 |

```sh
# no heading

- no item
```
---
*Nothing* else, #hashtag
   indented
"""
LINES = st.sampled_from([
    *PLAIN.split("\n"), "#", "# a #", "a", "a |", "-", "- ", "-  two", "  - inner", "1. x", "2. y", "2) y", "***", "- - -", "> quoted",
    "    code", "===", "<b>", "```", "~~~", "````", "``` a ` b", " ```", "|", "||", "| a |", "|-|", "| \\| |", "[a]: b", "\ta",
    "*", "**", "+44", "+ x", "\u00a0", "\x0c", "\u2003a", "\u2014 so", "\u0661. a", "_a_", "___", "`a`", "  ", "a  ", "2026-11-20 a", "1.",
])  # fmt: skip


def by_markdown_it(body: str) -> tuple[Block, ...]:
    return tuple(from_tokens(parse_blocks(body, {})))


def test_a_plain_body_is_read_without_markdown_it() -> None:
    assert read_plain(PLAIN, split_lines(PLAIN)) == by_markdown_it(PLAIN)


@pytest.mark.parametrize(
    "body",
    ["> a", "- a\n  - b", "a\n===", "<b>", "[a]: b", "- a\n\n  b", "a\n2. b", "```\na", "a | b\n-|-", "\ta"],
)
def test_what_is_not_plain_is_left_to_markdown_it(body: str) -> None:
    assert read_plain(body, split_lines(body)) is None


@given(st.lists(LINES | st.text(max_size=8), max_size=9).map("\n".join))
def test_both_give_the_same_blocks(body: str) -> None:
    plain = read_plain(body, split_lines(body))
    assert plain is None or plain == by_markdown_it(body)
