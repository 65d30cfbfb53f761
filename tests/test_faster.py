"""What is skipped without a search would have found nothing: the guards against the searches they spare."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st
from markdown_it.common.utils import MD_TRIM_CHARS

from aboveboard.checks.blame import text as blame
from aboveboard.checks.blame.constructs import Cues
from aboveboard.checks.leaks import named, secrets
from aboveboard.content import passages as running_text
from aboveboard.content.blocks import SPACE
from aboveboard.content.entry import parse_entry
from aboveboard.content.kinds import INCIDENT
from aboveboard.content.passages import BLANK, passages
from aboveboard.content.prose import Prose
from aboveboard.content.settings import Settings
from aboveboard.engine import indexed, verify
from aboveboard.engine.looking.ground import Ground
from aboveboard.engine.verify import addresses_in
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
WRITTEN = st.lists(
    st.sampled_from(["<a", "<div", "</div>", "<p>", ">", "/>", " ", "\n", "href", "HREF", "src", "\u017frc", "data-", "=", " = ", "=\n", '"', "'", "x", "../", "&", "data-pagefind-ignore", "ignored", "<"]),
    max_size=40,
).map("".join)  # fmt: skip
WAYS = st.one_of(
    st.lists(st.sampled_from(["../", "./", "/", "//", "a", "a/", "b/", "incidents/x/", "index.html", "feed.xml", "#x", "?y", "..", "%61/", " "]), max_size=6).map("".join),
    st.sampled_from(["https://example.org/open/a/", "https://example.org/open/b/", "https://example.org", "http://EXAMPLE.org/open/b/", "https://example.net/open/b/", "https://example.org.example.net/", "https://example.org:443/open/b/", "https://me@example.org/open/b/", "mailto:x@example.org", "https://exa\nmple.org/open/b/", "https://site.invalid/b", "https://[", "tel:1"]),
)  # fmt: skip


PEOPLE = st.lists(
    st.sampled_from(["Ann", " ", "  ", "\n", "\n> ", "\n  ", "\n- ", "Lee", "O\u2019Neil", "O'Neil", "*", "_", "@", "x", "`", "[", "](x)", ".", "Grace", "Hopper", "<b>", "\t", "| ", "https://x"]),
    max_size=20,
).map("".join)  # fmt: skip


@given(TORN)
def test_lines_are_torn_where_a_search_of_all_finds_them_torn(text: str) -> None:
    found = [cut.span() for cut in secrets._breaks(text)]
    assert found == [cut.span() for cut in secrets._BREAK.finditer(text)]


@given(NAMED)
def test_names_of_secrets_are_those_that_a_search_of_all_finds(text: str) -> None:
    assert [m.span() for m in named._names(text)] == [m.span() for m in named._NAME.finditer(text)]


@given(st.one_of(PEOPLE, BODY))
def test_whom_a_sentence_names_the_entry_names(body: str) -> None:
    text = f"---\ntitle: T\ndate: 2026-11-20\nlessons: [Ask Kim]\n---\n\n{body}".encode("utf-8", "surrogatepass")
    entry = parse_entry(INCIDENT, "incidents/2026-11-20-x.md", text, Settings()).entry
    for names in (("Ann  Lee", "O'Neil", "Grace Hopper", "Ann"), ("Kim",), ()):
        sentences = blame._sentences(entry, blame._named(names)) if entry else ()
        if entry and any("@" in sentence.text for sentence in sentences):
            assert blame._may_name(entry, names)


@given(st.lists(st.text("abc ", min_size=1, max_size=6), max_size=6), st.text("abc ", max_size=3))
def test_sentences_with_a_cue_are_those_that_have_it(sentences: list[str], cue: str) -> None:
    found = Cues(sentences)._having[cue]
    assert list(found) == [n for n, sentence in enumerate(sentences) if cue in sentence.lower()]


@given(st.one_of(MARKED, BODY))
def test_running_text_is_read_as_without_looking_for_signs(body: str) -> None:
    for passage in passages(Prose(body)):
        text = passage.raw
        for pattern in (running_text._CODE, running_text._TAG, running_text._LINK_TARGET, running_text._ADDRESS):
            text = pattern.sub(lambda match: BLANK * len(match[0]), text)
        assert passage.read == text
        if not passage.quoted:
            assert passage.own == running_text._QUOTED.sub(lambda match: BLANK * len(match[0]), text)


@given(st.one_of(WRITTEN, BODY))
def test_addresses_are_those_that_a_search_of_all_finds(html: str) -> None:
    assert addresses_in(html) == {a or b or c for a, b, c in verify._ADDRESS.findall(html)}


@given(WRITTEN)
def test_what_search_passes_over_is_what_a_search_of_all_finds(html: str) -> None:
    left = html
    while start := indexed._IGNORED.search(left):
        left = left[: start.start()] + left[indexed._end(left, start) :]
    assert indexed._body(f"<article data-pagefind-body>{html}</article>") == left


@given(st.lists(WAYS, max_size=8), st.sampled_from(["index.html", "a/index.html", "incidents/x/index.html"]))
def test_dead_links_are_those_that_lead_nowhere_one_by_one(links: list[str], path: str) -> None:
    ground = Ground(
        {"index.html", "a/index.html", "incidents/x/index.html", "feed.xml"}, "https://example.org/open/"
    )
    for _ in range(2):
        # The second time it remembers what it found.
        found = set(ground.dead_among(path, set(links)))
        assert found == {link for link in links if (lead := ground.find(path, link)) and not lead.file}
    whole = [link for link in links if "://" in link]
    assert [ground.find(path, link) for link in whole] == [ground._taken_apart(path, link) for link in whole]


def test_space_is_what_markdown_it_takes_for_space() -> None:
    assert SPACE == MD_TRIM_CHARS


def test_whoever_parses_nothing_imports_no_parser() -> None:
    code = "import sys, aboveboard.content.library; print('markdown_it' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
