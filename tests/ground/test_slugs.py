"""A slug stands in an address and in a file name, on every platform and for ever."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aboveboard.content.portable import portability_problems, why_unportable
from aboveboard.content.slugs import MAX_BYTES, RESERVED, has_name, is_slug, slugify

# One of each kind that normalising, folding or cutting has tripped over, and everything else.
anything = (
    st.text(
        st.sampled_from(
            "aZ09 -_./\\+#\u0130\u00df\u1e9e\u03a3\u0345\u0301\u093f\u0e31\ufe0f\u20e3\u200d\ufb01\u2460\u0587\U0001f600\u65e5"
        )
    )
    | st.text()
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Checkout timeouts", "checkout-timeouts"),
        ("  What's up, Doc?!  ", "what-s-up-doc"),
        ("a__b--c", "a-b-c"),
        ("Caf\u00e9 cr\u00e8me", "cafe-creme"),
        ("Cafe\u0301", "cafe"),
        ("\u0130stanbul", "istanbul"),
        ("Stra\u00dfe", "stra\u00dfe"),
        ("\ufb01re \u2460", "fire-1"),
        ("\u65e5\u672c\u8a9e \u306e \u5831\u544a", "\u65e5\u672c\u8a9e-\u306e-\u5831\u544a"),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940"),
        ("\u0e20\u0e31\u0e22", "\u0e20\u0e31\u0e22"),
        (
            "\u0410\u0432\u0430\u0440\u0438\u0439\u043d\u044b\u0439",
            "\u0430\u0432\u0430\u0440\u0438\u0439\u043d\u044b\u0439",
        ),
        ("../../etc/passwd", "etc-passwd"),
        ("C++ and C#", "c-plus-plus-and-c-sharp"),
        ("CON", "con-x"),
        ("Lpt1", "lpt1-x"),
        ("index", "index-x"),
        ("con.txt", "con-txt"),
        ("COM\u00b9", "com1-x"),
        ("a: b. ", "a-b"),
        ("1\ufe0f\u20e3 first", "1-first"),
    ],
)
def test_a_text_becomes_words_and_hyphens(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize("text", ["", " ", "\U0001f600", "!!!", "\u0301", "\u200d", "\ud800", "---"])
def test_a_text_without_a_letter_gets_a_name_all_the_same(text: str) -> None:
    assert slugify(text).startswith("x") and len(slugify(text)) == 9
    assert not has_name(text)


def test_texts_without_letters_get_different_names() -> None:
    assert len({slugify(text) for text in ("", "!", "?", "\U0001f600", "\U0001f680")}) == 5


@pytest.mark.parametrize(
    "text",
    ["", "A", "a b", "a/b", "a\\b", ".", "..", "a.b", "-a", "a-", "a--b", "_a", "con", "nul", "com9", "com\u00b9", "lpt\u00b3", "index", "a" * 500, "cafe\u0301",
     "\u0301a", "a-\u0301b", "caf\u00c9", "a\n", "\U0001f600"],
)  # fmt: skip
def test_what_cannot_stand_in_an_address_is_no_slug(text: str) -> None:
    assert not is_slug(text)


@pytest.mark.parametrize("text", ["a", "2026-w47-platform", "a_b", "caf\u00e9", "\u65e5\u672c", "con-x", "com10"])
def test_what_can_is(text: str) -> None:
    assert is_slug(text)


@given(anything)
@example("\u0345")
@example("con-")
@example("x" * 79 + "\u00e9")
@example("C++#")
def test_any_text_has_a_slug(text: str) -> None:
    slug = slugify(text)
    assert slug and len(slug.encode()) <= MAX_BYTES
    assert slug not in RESERVED
    assert is_slug(slug)
    assert slugify(slug) == slug
    assert unicodedata.is_normalized("NFC", slug)
    assert not set(slug) & set("/\\.:?#%&+ \t\n")
    assert why_unportable(f"{slug}.md") is None and why_unportable(slug) is None


@given(st.text(max_size=20), st.sampled_from(["NFC", "NFD"]))
def test_the_same_words_have_the_same_slug_however_they_are_typed(text: str, form: str) -> None:
    typed = unicodedata.normalize("NFC" if form == "NFC" else "NFD", text)
    if has_name(text):
        assert slugify(typed) == slugify(text)


@pytest.mark.parametrize(
    "name",
    ["con", "CON.txt", "nul.tar.gz", "Aux ", "com1.png", "lpt\u00b2.csv", "a:b", 'a"b', "a<b", "a>b", "a|b", "a?b", "a*b",
     "a\\b", "a\tb", "a\x1fb", "a.", "a ", "..."],
)  # fmt: skip
def test_what_windows_cannot_hold_is_known(name: str) -> None:
    assert why_unportable(name)


@pytest.mark.parametrize(
    "name", ["console.md", "com10.png", "a b", ".gitkeep", "a..b", "caf\u00e9.png", "nul-1", "com0"]
)
def test_what_it_can_hold_is_let_be(name: str) -> None:
    assert why_unportable(name) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/Map.png", "a/map.png"),
        ("A/map.png", "a/map.png"),
        ("caf\u00e9.md", "cafe\u0301.md"),
        ("STRASSE", "stra\u00dfe"),
    ],
)
def test_two_names_for_one_file_are_both_told(one: str, other: str) -> None:
    assert {path for path, _ in portability_problems([one, other, "b/map.png"])} == {one, other}
