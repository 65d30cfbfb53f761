"""What is skipped without a search would have found nothing: the guards against the searches they spare."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.checks.leaks import named, secrets
from aboveboard.content import passages as running_text
from aboveboard.content.passages import BLANK, passages
from aboveboard.content.prose import Prose
from tests.test_fuzz import BODY

TORN = st.lists(
    st.sampled_from(["\n", "\r\n", "\\", '"', "'", "+", "&", ".", " ", "\t", ">", "|", "`", "a", "Z9", "_", "-", "=", "é", "ghp_1aB", "\n\n"]),
    max_size=60,
).map("".join)  # fmt: skip
NAMED = st.lists(
    st.sampled_from(["secret", "key", "api", "_", " ", "-", ".", "\n", "passw", "word", "pwd", "_pwd", "token", "x", "aws", "master", "é", ":", "credentials", "ss"]),
    max_size=40,
).map("".join)  # fmt: skip
MARKED = st.lists(
    st.sampled_from(["`", "``", "<", ">", "<b>", "<!--", "-->", "](", "][", ")", "]", "[", "https://", "<https://", "www.", "mailto:", "ftp:x", "a", " ", "\n", '"', "\u201c", "\u201d", "\u2018", "\u2019", "HTTP:"]),
    max_size=40,
).map("".join)  # fmt: skip


@given(TORN)
def test_lines_are_torn_where_a_search_of_all_finds_them_torn(text: str) -> None:
    found = [cut.span() for cut in secrets._breaks(text)]
    assert found == [cut.span() for cut in secrets._BREAK.finditer(text)]


@given(NAMED)
def test_names_of_secrets_are_those_that_a_search_of_all_finds(text: str) -> None:
    assert [m.span() for m in named._names(text)] == [m.span() for m in named._NAME.finditer(text)]


@given(st.one_of(MARKED, BODY))
def test_running_text_is_read_as_without_looking_for_signs(body: str) -> None:
    for passage in passages(Prose(body)):
        text = passage.raw
        for pattern in (running_text._CODE, running_text._TAG, running_text._LINK_TARGET, running_text._ADDRESS):
            text = pattern.sub(lambda match: BLANK * len(match[0]), text)
        assert passage.read == text
        if not passage.quoted:
            assert passage.own == running_text._QUOTED.sub(lambda match: BLANK * len(match[0]), text)
